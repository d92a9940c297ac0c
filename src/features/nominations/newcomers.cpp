#include "features/nominations/newcomers.h"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

#include "base/text.h"
#include "features/nominations/newcomers_store.h"
#include "features/nominations/nominating.h"
#include "features/nominations/nominations_store.h"
#include "platform/audit/audit.h"

namespace tiendo::nominations {
namespace {

constexpr std::array newcomer_states{std::string_view{"waiting"}, std::string_view{"registered"},
                                     std::string_view{"recognised"}, std::string_view{"refused"},
                                     std::string_view{"withdrawn"}};

// Whom a call has already. One ID is one person; else one name and birth is, within a unit.
class Known {
 public:
    bool has(const Newcomer& one) const {
        if (!one.national_id.empty() && ids_.contains(one.national_id)) return true;
        const auto [first, last] = ids_by_name_.equal_range(name_of(one));
        // Two IDs that differ are two people of one name.
        return std::any_of(
            first, last, [&](const auto& other) { return other.second.empty() || one.national_id.empty(); });
    }
    void add(const Newcomer& one) {
        if (!one.national_id.empty()) ids_.insert(one.national_id);
        ids_by_name_.emplace(name_of(one), one.national_id);
    }

 private:
    using Name = std::tuple<organisations::UnitId, std::string, std::string>;
    static Name name_of(const Newcomer& one) {
        return {one.unit, fold(one.full_name), people::birth_text({.birth = one.birth})};
    }
    std::set<std::string> ids_;
    std::multimap<Name, std::string> ids_by_name_;
};

std::vector<NewcomerId> ids_of(const std::vector<Newcomer>& newcomers) {
    std::vector<NewcomerId> ids;
    for (const Newcomer& one : newcomers) ids.push_back(one.id);
    return ids;
}

std::vector<Newcomer> chosen_of(db::Read& tx, const web::Actor& actor, const Call& call,
                                std::span<const NewcomerId> which, web::Permission permission) {
    const std::set<NewcomerId> wanted(which.begin(), which.end());
    std::vector<Newcomer> chosen;
    for (Newcomer& one : newcomers_of(tx, actor, call.id, permission))
        if (wanted.contains(one.id)) chosen.push_back(std::move(one));
    if (chosen.size() != wanted.size()) throw web::NotFound{};
    return chosen;
}

// What is decided stays decided: two officers at once find so.
Refusals not_waiting(const std::vector<Newcomer>& chosen) {
    if (chosen.empty()) return {{"newcomer", "nomination.nobody_chosen", {}}};
    Refusals wrong;
    for (const Newcomer& one : chosen)
        if (one.state != NewcomerState::waiting)
            wrong.push_back({"newcomer", "newcomer.decided", {one.full_name}});
    return wrong;
}

// Nothing of it needs a reason: what came late says so, and a place is given later.
Refusals wrong_to_nominate(const Call& call, const std::vector<Newcomer>& chosen) {
    if (call.cohort.facts.cancelled_on || call.cohort.facts.closed_on)
        return {{"", "call.cohort_is_over", {call.cohort.code}}};
    return not_waiting(chosen);
}

// Each is told by name: who reads it ticks the others and goes on.
Refusals wrong_to_register(db::Read& tx, const web::Actor& actor, const std::vector<Newcomer>& chosen) {
    const auto ids = ids_of(chosen);
    std::map<NewcomerId, std::string> names;
    for (const Newcomer& one : chosen) names[one.id] = one.full_name;
    Refusals wrong;
    for (const NewcomerId id : out_of_reach(tx, actor, ids))
        wrong.push_back({"newcomer", "newcomer.unit_out_of_reach", {names[id]}});
    for (const Holder& holder : holders_of_ids(tx, actor, ids))
        wrong.push_back({"newcomer",
                         "newcomer.id_of_another",
                         {names[holder.newcomer], holder.full_name.empty() ? "…" : holder.full_name}});
    std::map<std::string, std::string> first;
    for (const Newcomer& one : chosen)
        if (const auto [other, is_first] = first.emplace(one.national_id, one.full_name);
            !is_first && !one.national_id.empty())
            wrong.push_back({"newcomer", "newcomer.id_twice", {one.full_name, other->second}});
    return wrong;
}

Sent sent_by(const Newcomer& one, people::PersonId person) {
    return {.person = person,
            .choice = one.choice,
            .note = one.note,
            .arrives = one.is_late ? Arrives::late : Arrives::in_time,
            .at = one.received_at,
            .document = one.document};
}

Value said_of(const Call& call, std::size_t people, const cohorts::Act& act) {
    return Value::object({{"cohort", call.cohort.code}, {"people", people}, {"reason", act.reason}});
}

}  // namespace

std::string_view to_text(NewcomerState state) { return newcomer_states[static_cast<std::size_t>(state)]; }

std::optional<NewcomerState> parse_newcomer_state(std::string_view text) {
    const auto found = std::find(newcomer_states.begin(), newcomer_states.end(), text);
    if (found == newcomer_states.end()) return std::nullopt;
    return static_cast<NewcomerState>(found - newcomer_states.begin());
}

Outcome<std::vector<Keeping>> keep(db::Write& tx, const web::Actor& actor, const Call& seen,
                                   std::span<Newcomer> named, const cohorts::Act& act) {
    tx.lock("nominations", seen.cohort.programme.id.value);
    const Call call = require_for_books(tx, seen.id);
    const auto arrives = arrival(tx, actor, call, act);
    if (!arrives) return arrives.refusals();
    Known before, now;
    for (const Newcomer& one : newcomers_of(tx, actor, call.id, nominate_people))
        if (one.state == NewcomerState::waiting) before.add(one);
    std::vector<Newcomer> fresh;
    std::vector<Keeping> became;
    for (Newcomer& one : named) {
        if (one.choice < 1) return Refusal{"choice", "nomination.no_choice", {std::to_string(one.choice)}};
        became.push_back(now.has(one)      ? Keeping::twice
                         : before.has(one) ? Keeping::waiting_already
                                           : Keeping::kept);
        now.add(one);
        if (became.back() != Keeping::kept) continue;
        one.id = new_id<NewcomerId>();
        one.call = call.id;
        one.is_late = *arrives == Arrives::late;
        one.received_at = act.at;
        one.document = act.source.document;
        fresh.push_back(one);
    }
    if (fresh.empty()) return became;
    insert_newcomers(tx, actor, fresh, act);
    audit::record(tx, actor, act.at,
                  {"newcomer.keep", "call", call.id.value, said_of(call, fresh.size(), act)});
    return became;
}

Outcome<std::int64_t> register_and_nominate(db::Write& tx, const web::Actor& actor, const Call& call,
                                            std::span<const NewcomerId> which, const cohorts::Act& act) {
    const auto chosen = chosen_of(tx, actor, call, which, see_nominations);
    if (const Refusals wrong = wrong_to_nominate(call, chosen); !wrong.empty()) return wrong;
    // Somebody registered meanwhile by another is found below.
    tx.lock("people");
    if (const Refusals wrong = wrong_to_register(tx, actor, chosen); !wrong.empty()) return wrong;
    std::vector<people::Person> people;
    std::vector<Sent> sent;
    std::vector<Became> became;
    for (const Newcomer& one : chosen) {
        const auto person = new_id<people::PersonId>();
        people.push_back({.id = person,
                          .full_name = one.full_name,
                          .birth = one.birth,
                          .sex = one.sex,
                          .national_id = one.national_id,
                          .unit = one.unit,
                          .position = one.position});
        sent.push_back(sent_by(one, person));
        became.push_back({one.id, person});
    }
    people::Registration registration(tx, act.at);
    registration.add(people);
    registration.close();
    take(tx, actor, call, sent, act);
    move(tx, actor, ids_of(chosen), NewcomerState::registered, act);
    set_nominations(tx, became);
    audit::record(tx, actor, act.at,
                  {"newcomer.register", "call", call.id.value, said_of(call, chosen.size(), act)});
    return static_cast<std::int64_t>(chosen.size());
}

Outcome<Done> recognise(db::Write& tx, const web::Actor& actor, const Call& call, NewcomerId which,
                        const people::Person& person, const cohorts::Act& act) {
    const auto chosen = chosen_of(tx, actor, call, std::span(&which, 1), see_nominations);
    if (const Refusals wrong = wrong_to_nominate(call, chosen); !wrong.empty()) return wrong;
    const Sent sent = sent_by(chosen.front(), person.id);
    const auto answers = take(tx, actor, call, std::span(&sent, 1), act);
    if (!answers.front().taken)
        return Refusal{"newcomer", answers.front().message, answers.front().arguments};
    const Became became{which, person.id};
    move(tx, actor, std::span(&which, 1), NewcomerState::recognised, act);
    set_nominations(tx, std::span(&became, 1));
    audit::record(tx, actor, act.at,
                  {"newcomer.recognise", "call", call.id.value,
                   Value::object({{"cohort", call.cohort.code}, {"person", person.id}})});
    return Done{};
}

Outcome<std::int64_t> refuse(db::Write& tx, const web::Actor& actor, const Call& call,
                             std::span<const NewcomerId> which, const cohorts::Act& act) {
    const auto chosen = chosen_of(tx, actor, call, which, see_nominations);
    Refusals wrong = not_waiting(chosen);
    if (act.reason.empty()) wrong.push_back({"reason", "nomination.reason_required", {}});
    if (!wrong.empty()) return wrong;
    move(tx, actor, ids_of(chosen), NewcomerState::refused, act);
    audit::record(tx, actor, act.at,
                  {"newcomer.refuse", "call", call.id.value, said_of(call, chosen.size(), act)});
    return static_cast<std::int64_t>(chosen.size());
}

Outcome<std::int64_t> withdraw(db::Write& tx, const web::Actor& actor, const Call& seen,
                               std::span<const NewcomerId> which, const cohorts::Act& act) {
    tx.lock("nominations", seen.cohort.programme.id.value);
    const auto chosen = chosen_of(tx, actor, seen, which, nominate_people);
    Refusals wrong = not_waiting(chosen);
    if (act.reason.empty()) wrong.push_back({"reason", "nomination.reason_required", {}});
    if (!wrong.empty()) return wrong;
    move(tx, actor, ids_of(chosen), NewcomerState::withdrawn, act);
    audit::record(tx, actor, act.at,
                  {"newcomer.withdraw", "call", seen.id.value, said_of(seen, chosen.size(), act)});
    return static_cast<std::int64_t>(chosen.size());
}

}  // namespace tiendo::nominations
