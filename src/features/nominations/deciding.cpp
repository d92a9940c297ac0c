// The office decides: one by one, several at once, or the whole list in order.
#include <algorithm>
#include <set>

#include "features/nominations/nominations_store.h"
#include "features/nominations/order.h"
#include "features/nominations/places.h"
#include "platform/audit/audit.h"

namespace tiendo::nominations {
namespace {

// The nominations of the call among `which`, as they stand under the lock. One of another call is
// not there.
std::vector<Nomination> chosen_of(db::Read& tx, const Call& call, std::span<const NominationId> which) {
    const std::set<NominationId> wanted(which.begin(), which.end());
    std::vector<Nomination> chosen;
    for (Nomination& one : nominations_of(tx, call.id))
        if (wanted.contains(one.id)) chosen.push_back(std::move(one));
    if (chosen.size() != wanted.size()) throw web::NotFound{};
    return chosen;
}

// Admitting is recounted here, under the lock: of two officers who take the last place at once, one
// finds it taken.
Refusals wrong_to_admit(db::Read& tx, const Call& call, const std::vector<Nomination>& chosen,
                        const cohorts::Act& act) {
    Refusals wrong;
    const auto adds = std::count_if(chosen.begin(), chosen.end(),
                                    [](const Nomination& one) { return one.state != State::admitted; });
    const std::int64_t free = call.places - places_taken(tx, call);
    if (adds > free)
        wrong.push_back({"",
                         "nomination.no_place_left",
                         {std::to_string(adds), std::to_string(std::max<std::int64_t>(free, 0)),
                          std::to_string(call.places)}});
    if (!act.reason.empty()) return wrong;
    for (const Nomination& one : chosen)
        if (one.state == State::late) wrong.push_back({"reason", "nomination.late_reason", {one.full_name}});
    const auto hindered = hindrances(tx, call);
    for (const Nomination& one : chosen)
        if (const auto other = hindered.find(one.id); other != hindered.end())
            wrong.push_back({"reason",
                             "nomination." + other->second.kind + "_reason",
                             {one.full_name, other->second.cohort}});
    return wrong;
}

// Who is not eligible waits for a place only with a reason.
Refusals wrong_to_wait(const Examined& examined, const cohorts::Act& act) {
    Refusals wrong;
    if (!act.reason.empty()) return wrong;
    for (std::size_t i = 0; i < examined.who.size(); ++i)
        if (examined.finding(i) == "ineligible")
            wrong.push_back({"reason", "nomination.ineligible_waits", {examined.who[i].full_name}});
    return wrong;
}

// The states to which the office's decisions lead; each decision is called as its event.
std::optional<State> state_decided(std::string_view decision) {
    for (const std::string_view known : {"checked", "asked_again", "admitted", "wait_listed", "refused"})
        if (decision == known) return state_after(decision);
    return std::nullopt;
}

Refusals wrong_with(db::Read& tx, const Call& call, const std::vector<Nomination>& chosen,
                    std::string_view decision, const cohorts::Act& act) {
    Refusals wrong;
    const auto merged = of_merged_records(tx, call.id);
    if (chosen.empty()) wrong.push_back({"nomination", "nomination.nobody_chosen", {}});
    const bool asks_reason = decision == "refused" || decision == "asked_again" || call.locked_at;
    if (asks_reason && act.reason.empty()) wrong.push_back({"reason", "nomination.reason_required", {}});
    for (const Nomination& one : chosen)
        if (merged.contains(one.id) && decision != "refused")
            wrong.push_back({"nomination", "nomination.merged_away", {one.full_name}});
        else if (one.state == State::substituted || one.state == State::withdrawn)
            wrong.push_back({"nomination", "nomination.not_live", {one.full_name}});
    return wrong;
}

}  // namespace

Outcome<std::int64_t> decide(db::Write& tx, const web::Actor& actor, const Call& call,
                             std::span<const NominationId> which, std::string_view decision, Date today,
                             const cohorts::Act& act) {
    const auto state = state_decided(decision);
    if (!state) return Refusal{"decision", "nomination.no_such_decision", {std::string(decision)}};
    const auto chosen = chosen_of(tx, call, which);
    if (const Refusals wrong = wrong_with(tx, call, chosen, decision, act); !wrong.empty()) return wrong;
    Examined examined = examine(tx, actor, call, chosen, today);
    if (*state == State::admitted) {
        Refusals wrong = wrong_to_admit(tx, call, chosen, act);
        auto fit = let_off(tx, actor, call, std::move(examined), today, act);
        wrong.insert(wrong.end(), fit.refusals().begin(), fit.refusals().end());
        if (!wrong.empty()) return wrong;
        admit(tx, actor, call, *fit, decision, act);
    } else {
        if (*state == State::wait_listed)
            if (const Refusals wrong = wrong_to_wait(examined, act); !wrong.empty()) return wrong;
        decide_on(tx, actor, call, examined, {decision, *state}, act);
    }
    audit::record(
        tx, actor, act.at,
        {"nomination.decide", "call", call.id.value,
         Value::object({{"decision", decision}, {"people", chosen.size()}, {"reason", act.reason}})});
    // Putting somebody on the waiting list of a cohort with free places is a decision, too: only
    // whoever gives up a place makes room for others.
    const bool frees = std::any_of(chosen.begin(), chosen.end(),
                                   [](const Nomination& one) { return one.state == State::admitted; });
    if (call.locked_at || (frees && decision != "wait_listed" && decision != "admitted"))
        after_change(tx, actor, call, today, act);
    return static_cast<std::int64_t>(chosen.size());
}

Outcome<Selected> select(db::Write& tx, const web::Actor& actor, const Call& call, Date today,
                         const cohorts::Act& act) {
    if (call.locked_at && act.reason.empty()) return Refusal{"reason", "nomination.reason_required", {}};
    std::vector<Nomination> waiting;
    Seats quotas, admitted;
    for (const Quota& quota : call.quotas) quotas[quota.unit] = quota.quota;
    for (Nomination& one : nominations_of(tx, call.id)) {
        if (one.state == State::admitted && one.asked_unit) ++admitted[*one.asked_unit];
        if (one.state != State::admitted && is_live(one.state)) waiting.push_back(std::move(one));
    }
    const Examined examined = examine(tx, actor, call, std::move(waiting), today);
    const auto hindered = hindrances(tx, call);
    const auto merged = of_merged_records(tx, call.id);
    Selected selected;
    std::vector<Nomination> may;
    for (std::size_t i = 0; i < examined.who.size(); ++i) {
        const Nomination& one = examined.who[i];
        const std::string finding = examined.finding(i);
        // What cannot be judged for lack of data is taken once the office has checked it.
        const bool judged_well =
            examined.found.empty() || finding == "eligible" ||
            (finding == "unknown" && (one.state == State::checked || one.state == State::wait_listed));
        if (judged_well && !hindered.contains(one.id) && !merged.contains(one.id) &&
            one.state != State::needs_document && one.state != State::late)
            may.push_back(one);
        else
            ++selected.left;
    }
    auto order = in_order(may, quotas, admitted);
    const auto free = std::max<std::int64_t>(call.places - places_taken(tx, call), 0);
    const auto first = std::min(static_cast<std::size_t>(free), order.size());
    const std::span<const NominationId> all(order);
    admit(tx, actor, call, examined.only(all.first(first)), "admitted", act);
    std::vector<NominationId> to_wait;
    for (const NominationId id : all.subspan(first)) {
        const auto now = std::find_if(may.begin(), may.end(), [&](const auto& one) { return one.id == id; });
        if (now->state != State::wait_listed) to_wait.push_back(id);
    }
    decide_on(tx, actor, call, examined.only(to_wait), {"wait_listed", State::wait_listed}, act);
    selected.admitted = static_cast<std::int64_t>(first);
    selected.wait_listed = static_cast<std::int64_t>(to_wait.size());
    audit::record(tx, actor, act.at,
                  {"nomination.select", "call", call.id.value,
                   Value::object({{"admitted", selected.admitted},
                                  {"wait_listed", selected.wait_listed},
                                  {"left", selected.left}})});
    if (call.locked_at) after_change(tx, actor, call, today, act);
    return selected;
}

// The substitute is nominated like anybody else, and then stands where the other stood.
Outcome<Done> substitute(db::Write& tx, const web::Actor& actor, const Nomination& seen, people::PersonId by,
                         Date today, const cohorts::Act& act) {
    const Call call = locked_call(tx, seen);
    if (!may_change(tx, actor, call.cohort)) throw web::Forbidden{};
    const Nomination nomination = again(tx, seen.id);
    if (!is_live(nomination.state)) return Refusal{"", "nomination.not_live", {nomination.full_name}};
    if (act.reason.empty()) return Refusal{"reason", "nomination.reason_required", {}};
    if (by == nomination.person) return Refusal{"person", "nomination.same_person", {nomination.full_name}};
    // First the place falls free, and the quota with it; then the other takes both.
    move(tx, actor, std::vector{nomination.id}, {"substituted", State::substituted}, act);
    const auto answers = nominate(tx, actor, call, {{by}, nomination.choice, ""}, act);
    if (!answers) return answers.refusals();
    std::optional<Nomination> other;
    for (Nomination& one : nominations_of(tx, call.id))
        if (one.person == by && is_live(one.state)) other = std::move(one);
    const bool already_there = other && (other->state == State::admitted);
    if (!other || already_there)
        return Refusal{"person", answers->front().message, answers->front().arguments};
    set_substitute(tx, nomination.id, other->id);
    Examined examined = examine(tx, actor, call, {*other}, today);
    const std::string_view decision = to_text(nomination.state);
    if (nomination.state == State::admitted) {
        const auto fit = let_off(tx, actor, call, std::move(examined), today, act);
        if (!fit) return fit.refusals();
        admit(tx, actor, call, *fit, decision, act);
    } else if (awaits_decision(nomination.state)) {
        move(tx, actor, std::vector{other->id}, {decision, nomination.state}, act);
    } else {
        decide_on(tx, actor, call, examined, {decision, nomination.state}, act);
    }
    audit::record(tx, actor, act.at,
                  {"nomination.substitute", "nomination", nomination.id.value,
                   Value::object({{"by", other->id}, {"reason", act.reason}})});
    if (call.locked_at) after_change(tx, actor, call, today, act);
    return Done{};
}

Outcome<std::int64_t> lock(db::Write& tx, const web::Actor& actor, const Call& call, Date today,
                           const cohorts::Act& act) {
    if (call.locked_at) return Refusal{"", "call.locked", {call.cohort.code}};
    if (call.cohort.facts.cancelled_on || call.cohort.facts.closed_on)
        return Refusal{"", "call.cohort_is_over", {call.cohort.code}};
    const auto all = nominations_of(tx, call.id);
    if (std::none_of(all.begin(), all.end(), [](const auto& one) { return one.state == State::admitted; }))
        return Refusal{"", "call.nobody_admitted", {call.cohort.code}};
    if (!organisations::may(tx, actor, participation::change_rosters, call.cohort.organiser_unit))
        throw web::Forbidden{};
    Call locked = call;
    locked.locked_at = act.at;
    set_locked(tx, call.id, act.at);
    insert_call_event(tx, actor, locked, "locked", act);
    settle_roster(tx, actor, locked, today,
                  {act.at, act.reason.empty() ? call.cohort.code : act.reason, act.source});
    const auto size = places_taken(tx, call);
    audit::record(tx, actor, act.at,
                  {"call.lock", "call", call.id.value,
                   Value::object({{"cohort", call.cohort.code}, {"people", size}})});
    return size;
}

Outcome<Done> unlock(db::Write& tx, const web::Actor& actor, const Call& call, const cohorts::Act& act) {
    if (!call.locked_at) return Refusal{"", "call.not_locked", {call.cohort.code}};
    if (const auto opened_on = call.cohort.facts.opened_on)
        return Refusal{"", "call.has_opened", {call.cohort.code, to_text(*opened_on)}};
    if (act.reason.empty()) return Refusal{"reason", "nomination.reason_required", {}};
    set_locked(tx, call.id, std::nullopt);
    Call unlocked = call;
    unlocked.locked_at.reset();
    insert_call_event(tx, actor, unlocked, "unlocked", act);
    audit::record(tx, actor, act.at,
                  {"call.unlock", "call", call.id.value,
                   Value::object({{"cohort", call.cohort.code}, {"reason", act.reason}})});
    return Done{};
}

}  // namespace tiendo::nominations
