// A roster workbook, in one pass: some thousands of rows at a time are judged by themselves, then
// recognised and recorded together, so that a hundred thousand cost few queries and little memory.
#include <unordered_map>

#include "base/text.h"
#include "features/participation/participation.h"
#include "features/participation/roster_rows.h"
#include "features/participation/roster_undo.h"

namespace tiendo::participation {
namespace {

class Reader {
 public:
    Reader(db::Write& tx, const imports::Job& job, imports::Report& report)
        : tx_(tx),
          job_(job),
          report_(report),
          recorder_(tx, job, report),
          persons_(imports::person_reader(job)),
          units_(tx),
          centre_(organisations::centre(tx).id) {}

    void read(const office::TableRow& row) {
        row_ = &row;
        good_ = true;
        RosterRow learner{.sheet = std::string(row.sheet), .sheet_row = row.number};
        read_cohort(learner);
        read_person(learner);
        read_unit(learner);
        learner.position = text("position");
        learner.started_on = day("started_on");
        learner.withdrawn_on = day("withdrawn_on");
        learner.result = term("result", {"completed", "not_completed"});
        learner.note = text("note");
        if (learner.started_on && learner.withdrawn_on && *learner.withdrawn_on < *learner.started_on)
            reject("withdrawn_on", "participation.withdrawal_before_start", to_text(*learner.withdrawn_on),
                   "", {to_text(*learner.withdrawn_on), to_text(*learner.started_on)});
        if (good_) rows_.push_back(std::move(learner));
        constexpr std::size_t held_at_most = 2'000;
        if (rows_.size() >= held_at_most) flush();
    }

    void finish() {
        flush();
        recorder_.close();
        imports::take_notes(report_, persons_);
    }

 private:
    void flush() {
        recorder_.record(rows_);
        rows_.clear();
    }

    std::string text(const std::string& field) {
        auto found = imports::text_refusing_errors(report_, *row_, field);
        if (!found) good_ = false;
        return found.value_or("");
    }

    void reject(const std::string& field, std::string message, const std::string& found,
                const std::string& nearest = "", std::vector<std::string> arguments = {}) {
        good_ = false;
        if (arguments.empty()) arguments = {found};
        report_.reject({std::string(row_->sheet),
                        row_->number,
                        field,
                        found,
                        {field, std::move(message), std::move(arguments)},
                        nearest});
    }

    std::string term(const std::string& field, std::initializer_list<std::string_view> values) {
        const std::string written = text(field);
        if (written.empty()) return "";
        std::string& value = terms_[field + "/" + written];
        if (value.empty()) value = imports::term(job_.texts, field, values, written);
        if (!value.empty()) return value;
        const auto right = imports::choices(job_.texts, field, values, written);
        reject(field, "import.not_a_choice", written, right.nearest, {written, right.listed});
        return "";
    }

    std::optional<Date> day(const std::string& field) {
        std::vector<office::CellProblem> problems;
        const auto guess = persons_.date(*row_, field, problems);
        reject(problems);
        if (!guess) return std::nullopt;
        if (guess->precision == Precision::day) return guess->date;
        reject(field, "import.no_day", text(field));
        return std::nullopt;
    }

    void reject(const std::vector<office::CellProblem>& problems) {
        good_ = good_ && problems.empty();
        imports::reject(report_, *row_, problems);
    }

    void read_cohort(RosterRow& learner) {
        std::string code = text("cohort");
        if (code.empty()) code = job_.options.cohort;
        if (code.empty()) return reject("cohort", "roster.cohort_missing", "");
        auto known = cohorts_.find(code);
        if (known == cohorts_.end())
            known = cohorts_.emplace(code, cohorts::find_for_change(tx_, code)).first;
        if (!known->second) {
            if (codes_.empty()) codes_ = cohorts::cohort_codes(tx_);
            return reject("cohort", "roster.cohort_unknown", code, nearest(code, codes_));
        }
        learner.cohort = &*known->second;
    }

    void read_person(RosterRow& learner) {
        office::PersonCells person = persons_.read(*row_);
        reject(person.problems);
        learner.search = fold(person.full_name);
        learner.full_name = std::move(person.full_name);
        if (person.birth) learner.birth = people::Birth{person.birth->date, person.birth->precision};
        learner.sex = std::move(person.sex);
        learner.national_id = std::move(person.national_id);
    }

    void read_unit(RosterRow& learner) {
        const std::string name = text("unit");
        const auto met = units_met_.find(name);
        learner.unit =
            met != units_met_.end() ? met->second : units_met_.emplace(name, unit_called(name)).first->second;
    }

    organisations::UnitId unit_called(const std::string& name) {
        if (name.empty()) return centre_;
        if (const auto known = units_.find(name)) return *known;
        // A file with more new units than that has another column in their place, or is the first
        // of a large centre; either way nobody reads that many notes.
        constexpr int told_of = 200;
        if (++units_made_ <= told_of) {
            constexpr int worth_a_look = 80;  // below it two names only share words such as "Đảng bộ Bộ"
            std::string similar = units_.nearest_to(name);
            if (likeness(name, similar) < worth_a_look) similar.clear();
            report_.notes.push_back(
                {"", similar.empty() ? "roster.unit_made" : "roster.unit_made_near", {name, similar}});
        } else {
            const Refusal note{"", "roster.units_made_more", {std::to_string(units_made_ - told_of)}};
            if (units_made_ == told_of + 1) report_.notes.push_back(note);
            report_.notes.back() = note;
        }
        return units_.find_or_make(tx_, name, job_.at);
    }

    db::Write& tx_;
    const imports::Job& job_;
    imports::Report& report_;
    RosterRecorder recorder_;
    office::PersonReader persons_;
    organisations::UnitNames units_;
    const organisations::UnitId centre_;
    std::unordered_map<std::string, organisations::UnitId> units_met_;  // as they are written
    int units_made_ = 0;
    std::unordered_map<std::string, std::optional<cohorts::Cohort>> cohorts_;  // by code
    std::vector<std::string> codes_;
    std::unordered_map<std::string, std::string> terms_;
    RosterRows rows_;
    const office::TableRow* row_ = nullptr;
    bool good_ = true;
};

imports::Report record(db::Write& tx, const imports::Importer& importer, const imports::Job& job) {
    imports::Report report;
    Reader reader(tx, job, report);
    const auto read =
        imports::read_rows(importer, job, report, [&](const office::TableRow& row) { reader.read(row); });
    if (!read) return report;
    // Rejected rows are left out. The others are recorded even if the file will not be kept: that is
    // how a dry run counts them.
    reader.finish();
    for (const office::FoundTable& table : read->tables)
        if (!table.totals.empty() && table.totals.back().declared &&
            *table.totals.back().declared != table.rows)
            report.reject({table.sheet,
                           table.totals.back().number,
                           "number",
                           table.totals.back().text,
                           {"number", "import.total_disagrees", {std::to_string(table.rows)}},
                           std::to_string(table.rows)});
    return report;
}

}  // namespace

imports::Importer importer() {
    imports::Importer importer{
        .kind = "roster",
        .permission = change_rosters,
        .required = {"full_name"},
        .optional = {"number", "cohort", "family_name", "given_name", "birth_date", "sex", "male", "female",
                     "national_id", "unit", "position", "started_on", "withdrawn_on", "result", "note"},
        .alternatives = {{"full_name", {"family_name", "given_name"}}},
        .guarded = {{"national_id", {people::see_national_ids, people::masked}}},
        .seen_at = [](const imports::Options&) { return std::string("/cohorts"); },
        .rows_stand_alone = true,
        .undo = undo_roster,
        .record = {}};
    importer.record = [importer](db::Write& tx, const imports::Job& job) {
        return record(tx, importer, job);
    };
    return importer;
}

}  // namespace tiendo::participation
