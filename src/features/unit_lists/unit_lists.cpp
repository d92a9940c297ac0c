#include "features/unit_lists/unit_lists.h"

#include <algorithm>

#include "base/text.h"
#include "features/unit_lists/unit_rows.h"

namespace tiendo::unit_lists {
namespace {

class Reader {
 public:
    Reader(const imports::Job& job, imports::Report& report, const std::vector<organisations::Unit>& units)
        : job_(job), report_(report) {
        for (const auto& unit : units) codes_by_name_[fold(unit.name)].push_back(unit.code);
    }

    void read(const office::TableRow& row) {
        row_ = &row;
        said_ = Row{.sheet = std::string(row.sheet), .number = row.number, .place = imports::place_of(row)};
        said_.name = text("name");
        said_.code = text("code");
        said_.parent = text("parent");
        said_.successor = text("successor");
        said_.note = text("note");
        said_.begins_on = day("begins_on");
        said_.ends_on = day("ends_on");
        said_.kind = kind();
        if (said_.good && said_.name.empty()) reject(report_, said_, {"name", "unit.name_missing", ""});
        if (said_.good && said_.code.empty()) said_.code = code_of_name();
        if (said_.good) check_code();
        if (said_.begins_on && said_.ends_on && *said_.ends_on <= *said_.begins_on)
            reject(report_, said_,
                   {"ends_on",
                    "unit_list.ends_before_beginning",
                    to_text(*said_.ends_on),
                    {to_text(*said_.ends_on), to_text(*said_.begins_on)}});
        rows_.push_back(said_);
    }
    std::vector<Row>& rows() { return rows_; }

 private:
    std::string text(const std::string& field) {
        auto found = imports::text_refusing_errors(report_, *row_, field);
        if (!found) said_.good = false;
        return found.value_or("");
    }

    // A year or a month is its first day: lists of units seldom know more of the old ones.
    std::optional<Date> day(const std::string& field) {
        const std::string written = text(field);
        if (written.empty()) return std::nullopt;
        if (const auto guess = office::date_of((*row_)[field])) return guess->date;
        reject(report_, said_, {field, "import.no_date", written});
        return std::nullopt;
    }

    std::string kind() {
        const std::string written = text("kind");
        if (written.empty()) return "";
        for (const std::string_view one : organisations::kinds)
            if (!imports::term(job_.texts, "unit_kind", {one}, written).empty()) return std::string(one);
        const auto& all = organisations::kinds;
        const auto right =
            imports::choices(job_.texts, "unit_kind",
                             {all[0], all[1], all[2], all[3], all[4], all[5], all[6], all[7]}, written);
        reject(report_, said_,
               {"kind", "import.not_a_choice", written, {written, right.listed}, right.nearest});
        return "";
    }

    // A list without codes knows units by their names.
    std::string code_of_name() {
        const auto known = codes_by_name_.find(fold(said_.name));
        if (known == codes_by_name_.end()) return slug(said_.name);
        if (known->second.size() == 1) return known->second.front();
        reject(report_, said_,
               {"code",
                "unit_list.several",
                said_.name,
                {said_.name, known->second[0], known->second[1]},
                known->second[0]});
        return "";
    }

    void check_code() {
        const auto [first, is_new] = rows_by_code_.emplace(said_.code, said_.number);
        if (!is_new)
            reject(report_, said_,
                   {"code", "unit_list.code_twice", said_.code, {said_.code, std::to_string(first->second)}});
    }

    const imports::Job& job_;
    imports::Report& report_;
    std::map<std::string, std::vector<std::string>> codes_by_name_;
    std::map<std::string, int> rows_by_code_;
    std::vector<Row> rows_;
    Row said_;
    const office::TableRow* row_ = nullptr;
};

imports::Report record_workbook(db::Write& tx, const imports::Importer& importer, const imports::Job& job) {
    imports::Report report;
    const auto units = organisations::units(tx, job.actor);
    Reader reader(job, report, units);
    if (!imports::read_rows(importer, job, report, [&](const office::TableRow& row) { reader.read(row); }))
        return report;
    const Known known(units, reader.rows());
    judge(reader.rows(), known, report);
    record(tx, job, reader.rows(), known, report);
    return report;
}

}  // namespace

imports::Importer importer() {
    imports::Importer importer{
        .kind = "units",
        .permission = organisations::change_units,
        .required = {"name"},
        .optional = {"number", "code", "parent", "kind", "begins_on", "ends_on", "successor", "note"},
        .seen_at = [](const imports::Options&) { return std::string("/units"); },
        .total_counts_rows = true,
        .undo = undo_list,
        .record = {}};
    importer.record = [importer](db::Write& tx, const imports::Job& job) {
        return record_workbook(tx, importer, job);
    };
    return importer;
}

}  // namespace tiendo::unit_lists
