// Setting up the scheme of a cohort, and who stands for its results.
#include <algorithm>

#include "features/assessment/assessment_store.h"
#include "platform/audit/audit.h"

namespace tiendo::assessment {
namespace {

// What was marked on a scale is not read on another.
void judge_change(db::Read& tx, const Scheme& before, const Scheme& scheme, Refusals& refusals) {
    for (const Component& one : before.components) {
        if (!has_marks(tx, one.id)) continue;
        const auto same = std::find_if(scheme.components.begin(), scheme.components.end(),
                                       [&](const Component& now) { return now.code == one.code; });
        if (same == scheme.components.end())
            refusals.push_back({"name-1", "assessment.component_has_marks", {one.name}});
        else if (same->scale_max != one.scale_max || same->markers != one.markers)
            refusals.push_back({"scale-1", "assessment.component_has_marks", {one.name}});
    }
}

Value said_by(const Scheme& scheme) {
    return Value::object({{"components", list_of(scheme.components,
                                                 [](const Component& one) {
                                                     return Value::object({{"code", one.code},
                                                                           {"name", one.name},
                                                                           {"weight", one.weight},
                                                                           {"scale_max", one.scale_max},
                                                                           {"pass_mark", one.pass_mark},
                                                                           {"resits", one.resits},
                                                                           {"markers", one.markers},
                                                                           {"tolerance", one.tolerance},
                                                                           {"anonymous", one.anonymous}});
                                                 })},
                          {"bands", list_of(scheme.bands, [](const Band& band) {
                               return Value::object({{"code", band.code},
                                                     {"name", band.name},
                                                     {"from_mark", band.from_mark},
                                                     {"passes", band.passes}});
                           })}});
}

}  // namespace

Outcome<Done> set_up(db::Write& tx, const web::Actor& actor, const Assessment& assessment, Scheme scheme,
                     const cohorts::Act& act) {
    const std::string& code = assessment.cohort.code;
    if (assessment.locked_on) return Refusal{"", "assessment.locked", {code, to_text(*assessment.locked_on)}};
    Refusals refusals = programmes::wrong_with(scheme);
    scheme = programmes::without_blanks(std::move(scheme));
    judge_change(tx, assessment.scheme, scheme, refusals);
    if (!refusals.empty()) return refusals;
    const bool is_new = assessment.scheme.components.empty();
    write_scheme(tx, assessment.cohort.id, scheme);
    const Value said = said_by(scheme);
    insert_event(tx, actor, assessment.cohort.id, {.kind = is_new ? "set_up" : "changed", .said = said}, act);
    audit::record(tx, actor, act.at, {"assessment.set_up", "cohort", assessment.cohort.id.value, said});
    return Done{};
}

Outcome<Done> seat(db::Write& tx, const web::Actor& actor, const Assessment& assessment,
                   const std::string& name, const std::string& duty, const cohorts::Act& act) {
    Refusals refusals;
    if (name.empty()) refusals.push_back({"name", "form.required", {}});
    if (duty.empty()) refusals.push_back({"duty", "form.required", {}});
    for (const Seat& one : board_of(tx, assessment.cohort.id))
        if (one.name == name) refusals.push_back({"name", "assessment.on_board_already", {name, one.duty}});
    if (!refusals.empty()) return refusals;
    add_seat(tx, assessment.cohort.id, {next_id(), name, duty}, act.at);
    const Value said = Value::object({{"name", name}, {"duty", duty}});
    insert_event(tx, actor, assessment.cohort.id, {.kind = "seated", .said = said}, act);
    audit::record(tx, actor, act.at, {"assessment.seat", "cohort", assessment.cohort.id.value, said});
    return Done{};
}

Outcome<Done> unseat(db::Write& tx, const web::Actor& actor, const Assessment& assessment, std::int64_t id,
                     const cohorts::Act& act) {
    for (const Seat& one : board_of(tx, assessment.cohort.id)) {
        if (one.id != id) continue;
        remove_seat(tx, assessment.cohort.id, id);
        const Value said = Value::object({{"name", one.name}, {"duty", one.duty}});
        insert_event(tx, actor, assessment.cohort.id, {.kind = "unseated", .said = said}, act);
        audit::record(tx, actor, act.at, {"assessment.unseat", "cohort", assessment.cohort.id.value, said});
        return Done{};
    }
    throw web::NotFound{};
}

}  // namespace tiendo::assessment
