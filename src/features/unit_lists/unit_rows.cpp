#include "features/unit_lists/unit_rows.h"

#include <algorithm>

#include "base/text.h"

namespace tiendo::unit_lists {

void reject(imports::Report& report, Row& row, const Problem& problem) {
    row.good = false;
    report.reject({row.sheet,
                   row.number,
                   problem.field,
                   problem.found,
                   {problem.field, problem.message,
                    problem.arguments.empty() ? std::vector{problem.found} : problem.arguments},
                   problem.nearest});
}

Known::Known(const std::vector<organisations::Unit>& units, const std::vector<Row>& rows) {
    std::map<std::string, std::vector<std::string>> ended;
    const auto name = [&](auto& names, const std::string& called, const std::string& code) {
        auto& codes = names[fold(called)];
        if (std::find(codes.begin(), codes.end(), code) == codes.end()) codes.push_back(code);
        names_.push_back(called);
    };
    for (const Row& row : rows) {
        if (row.code.empty()) continue;
        rows_.emplace(row.code, &row);
        name(by_name_, row.name, row.code);
    }
    for (const organisations::Unit& unit : units) {
        units_.emplace(unit.code, &unit);
        by_id_.emplace(unit.id, &unit);
        if (!unit.parent) centre_ = &unit;
        name(unit.ends_on ? ended : by_name_, unit.name, unit.code);
    }
    // A unit that has ended is meant only where no other has its name.
    for (auto& [folded, codes] : ended) by_name_.try_emplace(folded, std::move(codes));
}

const organisations::Unit* Known::unit(const std::string& code) const {
    const auto found = units_.find(code);
    return found == units_.end() ? nullptr : found->second;
}

const Row* Known::row(const std::string& code) const {
    const auto found = rows_.find(code);
    return found == rows_.end() ? nullptr : found->second;
}

std::vector<std::string> Known::meant_by(const std::string& written) const {
    if (unit(written) || row(written)) return {written};
    const auto found = by_name_.find(fold(written));
    return found == by_name_.end() ? std::vector<std::string>{} : found->second;
}

std::string Known::nearest_to(const std::string& written) const { return nearest(written, names_); }

std::string Known::name_of(const std::string& code) const {
    if (const Row* said = row(code)) return said->name;
    const auto* known = unit(code);
    return known ? known->name : "";
}

std::string Known::parent_of(const std::string& code) const {
    const auto* known = unit(code);
    if (known == centre_) return "";
    if (const Row* said = row(code); said && !said->parent.empty()) return said->parent;
    if (known && known->parent)
        if (const auto parent = by_id_.find(*known->parent); parent != by_id_.end())
            return parent->second->code;
    return centre_->code;
}

std::optional<Date> Known::end_of(const std::string& code) const {
    if (const Row* said = row(code); said && said->ends_on) return said->ends_on;
    const auto* known = unit(code);
    return known ? known->ends_on : std::nullopt;
}

std::string Known::successor_of(const std::string& code) const {
    if (const Row* said = row(code); said && !said->successor.empty()) return said->successor;
    const auto* known = unit(code);
    if (!known || !known->successor) return "";
    const auto successor = by_id_.find(*known->successor);
    return successor == by_id_.end() ? "" : successor->second->code;
}

namespace {

class Judge {
 public:
    Judge(std::vector<Row>& rows, const Known& known, imports::Report& report)
        : rows_(rows), known_(known), report_(report) {}

    void judge() {
        for (Row& row : rows_) {
            resolve(row, row.parent, "parent");
            resolve(row, row.successor, "successor");
            if (!row.successor.empty() && !row.ends_on)
                reject(report_, row, {"successor", "unit_list.successor_without_end", row.successor});
        }
        for (Row& row : rows_)
            if (row.good) place(row);
        for (Row& row : rows_)
            if (row.good) check_parent_remains(row);
    }

 private:
    void resolve(Row& row, std::string& written, const char* field) {
        if (written.empty()) return;
        const auto codes = known_.meant_by(written);
        if (codes.size() == 1) {
            written = codes.front();
            return;
        }
        if (codes.empty())
            reject(report_, row, {field, "unit_list.unknown", written, {}, known_.nearest_to(written)});
        else
            reject(report_, row,
                   {field, "unit_list.several", written, {written, codes[0], codes[1]}, codes[0]});
        written.clear();
    }

    // Walks up to the centre, and finds out how deep the row lies or that it never gets there.
    void place(Row& row) {
        std::vector<std::string> path{row.code};
        for (std::string code = known_.parent_of(row.code); !code.empty(); code = known_.parent_of(code)) {
            const bool met = std::find(path.begin(), path.end(), code) != path.end();
            path.push_back(code);
            if (!met) continue;
            std::string circle;
            for (const std::string& one : path) circle += (circle.empty() ? "" : " → ") + one;
            const auto* known = known_.unit(row.code);
            const std::string where = known ? "" : known_.centre().name;
            return reject(report_, row,
                          {"parent", "unit_list.circle", row.parent, {row.code, circle}, where});
        }
        row.depth = static_cast<int>(path.size()) - 1;
    }

    void check_parent_remains(Row& row) {
        const std::string parent = known_.parent_of(row.code);
        if (parent.empty()) return;
        const auto ends = known_.end_of(parent), own = known_.end_of(row.code);
        if (!ends || (own && *own <= *ends)) return;
        reject(report_, row,
               {"parent",
                "unit_list.parent_ends",
                known_.name_of(parent),
                {known_.name_of(parent), to_text(*ends)},
                known_.name_of(known_.successor_of(parent))});
    }

    std::vector<Row>& rows_;
    const Known& known_;
    imports::Report& report_;
};

}  // namespace

void judge(std::vector<Row>& rows, const Known& known, imports::Report& report) {
    Judge(rows, known, report).judge();
}

}  // namespace tiendo::unit_lists
