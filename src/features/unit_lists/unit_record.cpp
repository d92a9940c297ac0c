// What the rows of a list say anew, through the verbs of units.
#include <algorithm>

#include "features/unit_lists/unit_rows.h"

namespace tiendo::unit_lists {
namespace {

using organisations::Unit;

class Recorder {
 public:
    Recorder(db::Write& tx, const imports::Job& job, const Known& known, imports::Report& report)
        : tx_(tx), job_(job), known_(known), report_(report) {}

    // Parents before their children.
    void describe(Row& row) {
        changed_ = false;
        const Unit* before = known_.unit(row.code);
        if (!before) {
            make(row);
        } else {
            const Unit unit = *organisations::find_unit(tx_, before->id);
            if (row.name != unit.name)
                take(row, organisations::rename(tx_, job_.actor, unit, row.name, job_.today, act(row)));
            if (!row.parent.empty() && unit.parent && row.parent != code_of(*unit.parent))
                if (const auto parent = other(row, "parent", row.parent))
                    take(row, organisations::move(tx_, job_.actor, unit, *parent, job_.today, act(row)));
            Unit said = unit;
            if (!row.kind.empty() && unit.parent) said.kind = row.kind;
            if (row.begins_on) said.begins_on = row.begins_on;
            if (said.kind != unit.kind || said.begins_on != unit.begins_on)
                take(row, organisations::describe(tx_, job_.actor, said, act(row)));
        }
        changed_rows_.emplace(row.code, changed_);
    }

    // After all of them: first those that ended first, so that a successor is still there.
    void end(Row& row) {
        if (!row.ends_on || !row.good) return;
        const Unit unit = *organisations::find_unit(tx_, row.code);
        const std::string successor = unit.successor ? code_of(*unit.successor) : "";
        if (unit.ends_on) {
            if (*unit.ends_on != *row.ends_on || (!row.successor.empty() && row.successor != successor))
                reject(report_, row,
                       {"ends_on",
                        "unit_list.end_differs",
                        to_text(*row.ends_on),
                        {to_text(*row.ends_on), to_text(*unit.ends_on)},
                        to_text(*unit.ends_on)});
            return;
        }
        changed_ = changed_rows_[row.code];
        if (row.successor.empty())
            take(row, organisations::dissolve(tx_, job_.actor, unit, *row.ends_on, act(row)));
        else if (const auto into = other(row, "successor", row.successor))
            take(row, organisations::merge(tx_, job_.actor, unit, *into, *row.ends_on, act(row)));
        changed_rows_[row.code] = changed_;
    }

    void count(const Row& row) {
        if (!row.good) return;
        const bool changed = changed_rows_[row.code];
        ++(!known_.unit(row.code) ? report_.added : changed ? report_.changed : report_.unchanged);
    }

 private:
    void make(Row& row) {
        const auto parent = other(row, "parent", known_.parent_of(row.code));
        if (!parent) return;
        const auto made = organisations::make(tx_, job_.actor,
                                              {.parent = parent->id,
                                               .code = row.code,
                                               .name = row.name,
                                               .kind = row.kind.empty() ? "affiliated_unit" : row.kind,
                                               .begins_on = row.begins_on},
                                              act(row));
        for (const Refusal& refusal : made.refusals()) refuse(row, refusal);
    }

    // A unit that another row should have made, and did not.
    std::optional<Unit> other(Row& row, const char* field, const std::string& code) {
        auto unit = organisations::find_unit(tx_, code);
        if (!unit) reject(report_, row, {field, "unit_list.other_refused", code});
        return unit;
    }

    organisations::Act act(const Row& row) const {
        return {.at = job_.at,
                .today = job_.today,
                .reason = row.note,
                .document = job_.document,
                .place = row.place};
    }
    std::string code_of(organisations::UnitId id) { return organisations::find_unit(tx_, id)->code; }

    void take(Row& row, const Outcome<Done>& outcome) {
        changed_ = true;
        for (const Refusal& refusal : outcome.refusals()) refuse(row, refusal);
    }
    void refuse(Row& row, const Refusal& refusal) {
        const std::string field = refusal.field == "from"   ? "ends_on"
                                  : refusal.field == "into" ? "successor"
                                  : refusal.field.empty()   ? "name"
                                                            : refusal.field;
        const std::string found = field == "ends_on"  ? to_text(row.ends_on.value_or(job_.today))
                                  : field == "parent" ? row.parent
                                                      : row.code;
        reject(report_, row, {field, refusal.message, found, refusal.arguments});
    }

    db::Write& tx_;
    const imports::Job& job_;
    const Known& known_;
    imports::Report& report_;
    bool changed_ = false;
    std::map<std::string, bool> changed_rows_;
};

}  // namespace

void record(db::Write& tx, const imports::Job& job, std::vector<Row>& rows, const Known& known,
            imports::Report& report) {
    std::vector<Row*> order;
    for (Row& row : rows) order.push_back(&row);
    std::stable_sort(order.begin(), order.end(),
                     [](const Row* a, const Row* b) { return a->depth < b->depth; });
    Recorder recorder(tx, job, known, report);
    // Rows hang together: with one of them wrong the others cannot be tried.
    if (report.rejected == 0) {
        for (Row* row : order) recorder.describe(*row);
        std::stable_sort(order.begin(), order.end(), [](const Row* a, const Row* b) {
            return a->ends_on != b->ends_on ? a->ends_on < b->ends_on : a->depth > b->depth;
        });
        for (Row* row : order) recorder.end(*row);
    }
    for (Row& row : rows) recorder.count(row);
}

}  // namespace tiendo::unit_lists
