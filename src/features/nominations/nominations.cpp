#include "features/nominations/nominations.h"

#include <algorithm>
#include <array>

#include "features/nominations/nominations_store.h"
#include "features/nominations/places.h"
#include "platform/audit/audit.h"

namespace tiendo::nominations {
namespace {

constexpr std::array state_names{std::string_view{"received"},       std::string_view{"over_quota"},
                                 std::string_view{"late"},           std::string_view{"checked"},
                                 std::string_view{"needs_document"}, std::string_view{"admitted"},
                                 std::string_view{"wait_listed"},    std::string_view{"refused"},
                                 std::string_view{"withdrawn"},      std::string_view{"substituted"}};

// Two calls of one programme are locked together: a ranked choice touches both.
void lock_programme(db::Write& tx, const Call& call) {
    tx.lock("nominations", call.cohort.programme.id.value);
}

Refusals wrong_with(db::Read& tx, const Call& call, const std::optional<Call>& before,
                    const cohorts::Act& act) {
    Refusals refusals;
    const cohorts::Facts& facts = call.cohort.facts;
    if (facts.cancelled_on || facts.closed_on)
        refusals.push_back({"", "call.cohort_is_over", {call.cohort.code}});
    if (call.locked_at) refusals.push_back({"", "call.locked", {call.cohort.code}});
    if (call.places < 1) refusals.push_back({"places", "call.no_places", {std::to_string(call.places)}});
    // What was given is not taken back by a number: first somebody goes, or there are as many places.
    const std::int64_t taken = before ? places_taken(tx, call) : 0;
    if (before && call.places >= 1 && call.places < before->places && call.places < taken)
        refusals.push_back(
            {"places", "call.fewer_than_taken", {std::to_string(call.places), std::to_string(taken)}});
    const auto& planned = call.cohort.planned_opens_on;
    if (planned && planned->precision == Precision::day) {
        const Date latest = planned->date + -static_cast<int>(call.notice_days);
        const Date day = day_of(call.deadline, Offset{});
        if (day > latest)
            refusals.push_back({"deadline",
                                "call.deadline_too_late",
                                {to_text(day), to_text(planned->date), to_text(latest)}});
    }
    if (before && act.reason.empty() && !nominations_of(tx, before->id).empty())
        refusals.push_back({"reason", "call.reason_required", {}});
    return refusals;
}

}  // namespace

std::string_view to_text(State state) { return state_names[static_cast<std::size_t>(state)]; }

std::optional<State> parse_state(std::string_view text) {
    const auto found = std::find(state_names.begin(), state_names.end(), text);
    if (found == state_names.end()) return std::nullopt;
    return static_cast<State>(found - state_names.begin());
}

std::optional<State> state_after(std::string_view kind) {
    constexpr std::array others{std::pair{std::string_view{"answered"}, State::received},
                                std::pair{std::string_view{"asked_again"}, State::needs_document},
                                std::pair{std::string_view{"moved_up"}, State::admitted},
                                std::pair{std::string_view{"returned"}, State::admitted},
                                std::pair{std::string_view{"placed_elsewhere"}, State::withdrawn},
                                std::pair{std::string_view{"left_roster"}, State::withdrawn},
                                std::pair{std::string_view{"same_person"}, State::withdrawn}};
    for (const auto& [other, state] : others)
        if (kind == other) return state;
    return parse_state(kind);
}

bool is_live(State state) {
    return state != State::refused && state != State::withdrawn && state != State::substituted;
}

bool awaits_decision(State state) {
    return state == State::received || state == State::over_quota || state == State::late ||
           state == State::needs_document;
}

std::string_view state_at(const Call& call, Instant now) {
    const cohorts::Facts& facts = call.cohort.facts;
    if (facts.cancelled_on || (facts.closed_on && !call.locked_at)) return "over";
    if (call.locked_at) return "locked";
    return now < call.deadline ? "open" : "closed";
}

bool may_change(db::Read& tx, const web::Actor& actor, const cohorts::Cohort& cohort) {
    return actor.may(change_nominations) &&
           organisations::may(tx, actor, change_nominations, cohort.organiser_unit);
}

Call require_for_change(db::Write& tx, const web::Actor& actor, CallId id) {
    const Call call = require(tx, actor, id);
    if (!may_change(tx, actor, call.cohort)) throw web::Forbidden{};
    lock_programme(tx, call);
    return require(tx, actor, id);
}

Outcome<CallId> issue(db::Write& tx, const web::Actor& actor, const Call& said, const cohorts::Act& act) {
    lock_programme(tx, said);
    Call call = said;
    const auto before = find_call_of(tx, call.cohort.id);
    const bool is_new = !before;
    call.id = before ? before->id : new_id<CallId>();
    call.locked_at = before ? before->locked_at : std::nullopt;
    if (const Refusals wrong = wrong_with(tx, call, before, act); !wrong.empty()) return wrong;
    write_call(tx, actor, call, is_new, act.at);
    insert_call_event(tx, actor, call, is_new ? "issued" : "changed", act);
    audit::record(tx, actor, act.at,
                  {is_new ? "call.issue" : "call.change", "call", call.id.value,
                   Value::object({{"cohort", call.cohort.code},
                                  {"places", call.places},
                                  {"deadline", call.deadline},
                                  {"units", call.quotas.size()},
                                  {"reason", act.reason}})});
    // More places are places that fell free.
    if (before && call.places > before->places) after_change(tx, actor, call, day_of(act.at, Offset{}), act);
    return call.id;
}

}  // namespace tiendo::nominations
