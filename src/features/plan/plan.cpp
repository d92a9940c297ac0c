#include "features/plan/plan.h"

#include <set>

#include "base/text.h"
#include "features/plan/plan_store.h"
#include "platform/audit/audit.h"

namespace tiendo::plan {
namespace {

// Which line of the plan a drafted line speaks of: the same programme and audience.
std::string identity(const Line& line) { return line.programme.code + "/" + fold(line.audience); }

bool says_the_same(const Line& a, const Line& b) {
    return a.targets == b.targets && a.duration == b.duration && a.opens_in == b.opens_in &&
           a.place == b.place && a.lead == b.lead && a.partners == b.partners && a.note == b.note;
}

Refusals refusals_of(const std::vector<Line>& lines) {
    Refusals refusals;
    std::set<std::string> seen;
    for (const Line& line : lines) {
        if (!seen.insert(identity(line)).second)
            refusals.push_back({"programme", "plan.line_twice", {line.programme.name, line.audience}});
        for (const auto& target : {line.targets.cohorts, line.targets.learners})
            if (target && *target < 0)
                refusals.push_back(
                    {"targets", "plan.target_negative", {line.programme.name, std::to_string(*target)}});
    }
    return refusals;
}

}  // namespace

Outcome<Adopted> adopt(db::Write& tx, const web::Actor& actor, const Draft& draft,
                       const documents::Source& source, Instant at) {
    std::vector<Line> drafted = draft.lines;
    for (Line& line : drafted)
        line.programme = programmes::find_or_make_programme(tx, line.programme.name, line.programme.code, at);
    if (Refusals refusals = refusals_of(drafted); !refusals.empty()) return refusals;

    const auto unit = organisations::centre(tx).id;
    tx.lock("plan", draft.year);
    Adopted adopted{.plan = find_or_make_plan(tx, unit, draft.year, at)};
    const std::vector<Version> earlier = versions(tx, adopted.plan);
    std::map<std::string, Line> before;
    if (!earlier.empty())
        for (Line& line : lines(tx, earlier.back().id)) before.emplace(identity(line), std::move(line));

    for (Line& line : drafted) {
        const auto same = before.find(identity(line));
        if (same == before.end()) {
            ++adopted.added;
        } else {
            line.id = same->second.id;
            says_the_same(line, same->second) ? ++adopted.kept : ++adopted.amended;
            before.erase(same);
        }
    }
    adopted.dropped = static_cast<int>(before.size());
    const bool same_paper = !earlier.empty() && earlier.back().document_number == draft.approval.number &&
                            earlier.back().effective_on == draft.effective_on;
    if (adopted.added + adopted.amended + adopted.dropped == 0 && same_paper) return adopted;

    documents::Document approval = draft.approval;
    if (!approval.number.empty()) approval.id = documents::record(tx, actor, approval, at);
    Version version{.id = new_id<VersionId>(),
                    .number = next_number(tx, adopted.plan),
                    .effective_on = draft.effective_on,
                    .document = approval.id ? std::optional(approval.id) : source.document,
                    .recorded_at = at,
                    .workbook = source.document};
    insert_version(tx, adopted.plan, version, draft.note, actor);
    int position = 0;
    for (Line& line : drafted) {
        if (!line.id) line.id = find_or_make_line(tx, adopted.plan, line);
        insert_targets(tx, version.id, line, ++position);
    }
    adopted.version = version.number;
    audit::record(tx, actor, at,
                  {"plan.adopt", "plan", adopted.plan.value,
                   Value::object({{"year", draft.year},
                                  {"version", version.number},
                                  {"document", draft.approval.number},
                                  {"added", adopted.added},
                                  {"amended", adopted.amended},
                                  {"dropped", adopted.dropped}})});
    return adopted;
}

}  // namespace tiendo::plan
