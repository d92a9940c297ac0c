#include "features/plan/plan_presenter.h"

#include <algorithm>
#include <map>

namespace tiendo::plan {
namespace {

// What the versions say of one line, in their order; null where a version does not have it.
struct Row {
    const Line* newest = nullptr;
    std::vector<const Line*> by_version;
};

// The lines in the order of the newest version, then those that only earlier ones had.
std::vector<Row> rows_of(const Board& board) {
    std::vector<Row> rows;
    std::map<LineId, std::size_t> place;
    for (std::size_t v = board.versions.size(); v-- > 0;)
        for (const Stated& stated : board.stated) {
            if (stated.version != board.versions[v].id) continue;
            const auto [found, is_new] = place.emplace(stated.line.id, rows.size());
            if (is_new) rows.push_back({&stated.line, std::vector<const Line*>(board.versions.size())});
            rows[found->second].by_version[v] = &stated.line;
        }
    return rows;
}

struct Change {
    bool changed = false;
    std::optional<std::int64_t> was;
};
Change change_of(const Line* before, std::optional<std::int64_t> Targets::*target, const Line& now) {
    if (before == nullptr || before->targets.*target == now.targets.*target) return {};
    return {true, before->targets.*target};
}

Value target_value(const Row& row, std::size_t version) {
    const Line* line = row.by_version[version];
    const Line* before = version > 0 ? row.by_version[version - 1] : nullptr;
    if (line == nullptr) {
        const auto had_it = [](const Line* earlier) { return earlier != nullptr; };
        const auto end = row.by_version.begin() + static_cast<std::ptrdiff_t>(version);
        return Value::object({{"present", false},
                              {"target_cohorts", nullptr},
                              {"target_learners", nullptr},
                              {"added", false},
                              {"dropped", std::any_of(row.by_version.begin(), end, had_it)},
                              {"cohorts_changed", false},
                              {"learners_changed", false},
                              {"cohorts_was", nullptr},
                              {"learners_was", nullptr}});
    }
    const Change cohorts = change_of(before, &Targets::cohorts, *line);
    const Change learners = change_of(before, &Targets::learners, *line);
    return Value::object({{"present", true},
                          {"target_cohorts", line->targets.cohorts},
                          {"target_learners", line->targets.learners},
                          {"added", version > 0 && before == nullptr},
                          {"dropped", false},
                          {"cohorts_changed", cohorts.changed},
                          {"learners_changed", learners.changed},
                          {"cohorts_was", cohorts.was},
                          {"learners_was", learners.was}});
}

Value line_value(const Row& row, std::int64_t position) {
    const Line& line = *row.newest;
    Value value = Value::object({{"id", line.id},
                                 {"position", position},
                                 {"code", line.programme.code},
                                 {"programme", line.programme.name},
                                 {"audience", line.audience},
                                 {"duration", line.duration},
                                 {"opens_in", line.opens_in},
                                 {"place", line.place},
                                 {"lead", line.lead},
                                 {"partners", line.partners},
                                 {"note", line.note}});
    Value targets = Value::list();
    for (std::size_t version = 0; version < row.by_version.size(); ++version)
        targets.push(target_value(row, version));
    return std::move(value).set("targets", std::move(targets));
}

// No line with a target: no target in all, which is not a target of 0.
void add(std::optional<std::int64_t>& sum, const std::optional<std::int64_t>& target) {
    if (target) sum = sum.value_or(0) + *target;
}

Value version_value(const Board& board, const Version& version) {
    Targets total;
    for (const Stated& stated : board.stated) {
        if (stated.version != version.id) continue;
        add(total.cohorts, stated.line.targets.cohorts);
        add(total.learners, stated.line.targets.learners);
    }
    return Value::object({{"version", version.number},
                          {"in_force", board.in_force == version.id},
                          {"effective_on", version.effective_on},
                          {"document", version.document_number},
                          {"document_id", version.document},
                          {"recorded_at", version.recorded_at},
                          {"recorded_by", version.recorded_by},
                          {"note", version.note},
                          {"target_cohorts", total.cohorts},
                          {"target_learners", total.learners}});
}

}  // namespace

Value to_value(const Summary& summary) {
    return Value::object({{"year", summary.plan.year},
                          {"version", summary.version.number},
                          {"document", summary.version.document_number},
                          {"effective_on", summary.version.effective_on},
                          {"lines", summary.lines},
                          {"target_cohorts", summary.total.cohorts},
                          {"target_learners", summary.total.learners}});
}

Value to_value(const Board& board) {
    Value lines = Value::list();
    std::int64_t position = 0;
    for (const Row& row : rows_of(board)) lines.push(line_value(row, ++position));
    return Value::object(
        {{"year", board.plan.year},
         {"versions_count", board.versions.size()},
         {"versions",
          list_of(board.versions, [&](const Version& version) { return version_value(board, version); })},
         {"lines", std::move(lines)}});
}

}  // namespace tiendo::plan
