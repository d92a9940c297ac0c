#include "features/nominations/places.h"

#include "features/nominations/nominations_store.h"
#include "features/nominations/order.h"
#include "platform/audit/audit.h"

namespace tiendo::nominations {
namespace {

// Whoever comes first in order gets the next place, judged as when the office admits: who is not
// eligible is passed over, and the row says so.
void move_up(db::Write& tx, const web::Actor& actor, const Call& call, Date today, const cohorts::Act& act) {
    const std::int64_t free = call.places - places_taken(tx, call);
    if (free <= 0) return;
    Seats quotas, admitted;
    for (const Quota& quota : call.quotas) quotas[quota.unit] = quota.quota;
    const auto hindered = hindrances(tx, call);
    const auto merged = of_merged_records(tx, call.id);
    std::vector<Nomination> waiting;
    for (const Nomination& one : nominations_of(tx, call.id)) {
        if (one.state == State::admitted && one.asked_unit) ++admitted[*one.asked_unit];
        if (one.state == State::wait_listed && !hindered.contains(one.id) && !merged.contains(one.id))
            waiting.push_back(one);
    }
    const Examined examined = examine(tx, actor, call, std::move(waiting), today);
    std::vector<Nomination> may;
    std::set<NominationId> unfit;
    for (std::size_t i = 0; i < examined.who.size(); ++i)
        if (examined.finding(i) == "ineligible")
            unfit.insert(examined.who[i].id);
        else
            may.push_back(examined.who[i]);
    auto order = in_order(may, quotas, admitted);
    if (static_cast<std::int64_t>(order.size()) > free) order.resize(static_cast<std::size_t>(free));
    // Of those unfit only whoever would have come before the last of these was passed over.
    std::vector<NominationId> passed_over;
    std::int64_t placed = 0;
    for (const NominationId id : in_order(examined.who, quotas, admitted)) {
        if (placed == free) break;
        if (unfit.contains(id))
            passed_over.push_back(id);
        else
            ++placed;
    }
    decide_on(tx, actor, call, examined.only(passed_over), {"passed_over", State::wait_listed},
              {act.at, "", {}});
    if (order.empty()) return;
    admit(tx, actor, call, examined.only(order), "moved_up", {act.at, "", {}});
    audit::record(tx, actor, act.at,
                  {"nomination.move_up", "call", call.id.value, Value::object({{"people", order.size()}})});
}

// The roster cannot refuse what its nominations say: it would say something else from then on.
void done(const Outcome<Done>& outcome) {
    if (!outcome)
        throw std::logic_error("a roster refused its nominations: " + outcome.refusals().front().message);
}

// Cohorts that they want less are left to others: whoever waits there moves up into a place that one had.
void give_up_elsewhere(db::Write& tx, const web::Actor& actor, const Call& call,
                       std::span<const NominationId> admitted, const cohorts::Act& act) {
    std::vector<NominationId> elsewhere;
    std::set<CallId> with_free_places;
    for (const WantedLess& one : wanted_less(tx, call, admitted)) {
        elsewhere.push_back(one.id);
        if (one.has_place) with_free_places.insert(one.call);
    }
    move(tx, actor, elsewhere, {"placed_elsewhere", State::withdrawn}, {act.at, call.cohort.code, {}});
    for (const CallId other : with_free_places)
        after_change(tx, actor, require_for_books(tx, other), day_of(act.at, Offset{}), act);
}

}  // namespace

Call locked_call(db::Write& tx, const Nomination& nomination) {
    const Call call = require_for_books(tx, nomination.call);
    tx.lock("nominations", call.cohort.programme.id.value);
    return require_for_books(tx, nomination.call);
}

void admit(db::Write& tx, const web::Actor& actor, const Call& call, const Examined& examined,
           std::string_view kind, const cohorts::Act& act) {
    decide_on(tx, actor, call, examined, {kind, State::admitted}, act);
    std::vector<NominationId> admitted;
    for (const Nomination& one : examined.who) admitted.push_back(one.id);
    give_up_elsewhere(tx, actor, call, admitted, act);
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
    move(tx, actor, difference.left, {"left_roster", State::withdrawn}, {act.at, "", {}});
    for (const auto id : difference.to_readmit)
        done(participation::readmit(tx, actor, participation::require_for_change(tx, actor, id), act));
    for (const auto id : difference.to_withdraw) {
        const auto learner = participation::require_for_change(tx, actor, id);
        // Who starts later leaves on the day on which it would have been.
        const Date leaves_on = std::max(today, learner.facts.started_on.value_or(today));
        done(participation::withdraw(tx, actor, learner, leaves_on, act));
    }
}

void follow_roster(db::Write& tx, const web::Actor& actor, const participation::RosterChange& change,
                   const cohorts::Act& act) {
    const auto seen = find_call_of(tx, change.cohort);
    if (!seen) return;
    tx.lock("nominations", seen->cohort.programme.id.value);
    const Call call = require_for_books(tx, seen->id);
    const auto which = nominations_of(tx, call, change);
    if (which.empty()) return;
    if (change.went == participation::Went::back) {
        move(tx, actor, which, {"returned", State::admitted}, act);
        return give_up_elsewhere(tx, actor, call, which, act);
    }
    move(tx, actor, which, {"left_roster", State::withdrawn}, act);
    // A locked roster says already what the nominations say now.
    if (!call.locked_at) after_change(tx, actor, call, day_of(act.at, Offset{}), act);
}

void after_change(db::Write& tx, const web::Actor& actor, const Call& call, Date today,
                  const cohorts::Act& act) {
    if (call.locked_at)
        settle_roster(tx, actor, call, today, act);
    else
        move_up(tx, actor, call, today, act);
}

}  // namespace tiendo::nominations
