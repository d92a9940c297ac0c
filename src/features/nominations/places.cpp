#include "features/nominations/places.h"

#include "features/nominations/nominations_store.h"
#include "features/nominations/order.h"
#include "platform/audit/audit.h"

namespace tiendo::nominations {
namespace {

Judge& judge() {
    static Judge judge;
    return judge;
}

void move_up(db::Write& tx, const web::Actor& actor, const Call& call, const cohorts::Act& act) {
    const std::int64_t free = call.places - places_taken(tx, call);
    if (free <= 0) return;
    Seats quotas, admitted;
    for (const Quota& quota : call.quotas) quotas[quota.unit] = quota.quota;
    const auto hindered = hindrances(tx, call);
    std::vector<Nomination> waiting;
    for (const Nomination& one : nominations_of(tx, call.id)) {
        if (one.state == State::admitted && one.asked_unit) ++admitted[*one.asked_unit];
        if (one.state == State::wait_listed && !hindered.contains(one.id)) waiting.push_back(one);
    }
    auto order = in_order(waiting, quotas, admitted);
    if (static_cast<std::int64_t>(order.size()) > free) order.resize(static_cast<std::size_t>(free));
    if (order.empty()) return;
    admit(tx, actor, call, order, "moved_up", {act.at, "", {}});
    audit::record(tx, actor, act.at,
                  {"nomination.move_up", "call", call.id.value, Value::object({{"people", order.size()}})});
}

}  // namespace

void judge_by(Judge by) { judge() = std::move(by); }

Call locked_call(db::Write& tx, const Nomination& nomination) {
    const Call call = require_for_books(tx, nomination.call);
    tx.lock("nominations", call.cohort.programme.id.value);
    return require_for_books(tx, nomination.call);
}

std::vector<Judged> judged(db::Read& tx, const web::Actor& actor, const Call& call,
                           std::span<const Nomination> nominations, Date today, const web::Visit* visit,
                           people::Sensitive sensitive) {
    if (!judge() || nominations.empty()) return {};
    std::vector<people::PersonId> people;
    for (const Nomination& one : nominations) people.push_back(one.person);
    return judge()(tx, actor, {call.cohort, people, today, visit, sensitive});
}

void admit(db::Write& tx, const web::Actor& actor, const Call& call, std::span<const NominationId> which,
           std::string_view kind, const cohorts::Act& act) {
    move(tx, actor, which, {kind, State::admitted}, act);
    const auto elsewhere = wanted_less(tx, call, which);
    move(tx, actor, elsewhere, {"placed_elsewhere", State::withdrawn}, {act.at, call.cohort.code, {}});
}

void settle_roster(db::Write& tx, const web::Actor& actor, const Call& call, Date today,
                   const cohorts::Act& act) {
    const Difference difference = difference_to_roster(tx, call);
    std::vector<participation::Enrolment> enrolments;
    std::vector<NominationId> enrolled;
    const bool has_opened = call.cohort.facts.opened_on && *call.cohort.facts.opened_on < today;
    for (const Nomination& one : difference.to_enrol) {
        enrolments.push_back({one.person, one.unit, one.position,
                              has_opened ? std::optional(today) : std::nullopt, one.id.value});
        enrolled.push_back(one.id);
    }
    participation::enrol(tx, actor, call.cohort, enrolments, act);
    insert_events(tx, actor, enrolled, "enrolled", "", act);
    set_participations(tx, call.id);
    for (const auto id : difference.to_readmit)
        participation::readmit(tx, actor, participation::require_for_change(tx, actor, id), act);
    for (const auto id : difference.to_withdraw)
        participation::withdraw(tx, actor, participation::require_for_change(tx, actor, id), today, act);
}

void after_change(db::Write& tx, const web::Actor& actor, const Call& call, Date today,
                  const cohorts::Act& act) {
    if (call.locked_at)
        settle_roster(tx, actor, call, today, act);
    else
        move_up(tx, actor, call, act);
}

}  // namespace tiendo::nominations
