// Nominations when two records turn out to be one person.
#include <algorithm>
#include <array>

#include "features/nominations/nominations_store.h"
#include "features/nominations/places.h"

namespace tiendo::nominations {
namespace {

std::vector<std::int64_t> follow(db::Write& tx, people::PersonId from, people::PersonId to) {
    auto moved =
        tx.all<std::int64_t>(R"sql(
        select n.id from nominations n
        where n.person = :from
          and not exists (select 1 from nominations o where o.call = n.call and o.person = :to)
        order by n.id)sql",
                             {{"from", from}, {"to", to}}, [](const db::Row& row) { return row.integer(0); });
    tx.run(R"sql(
        update nominations set person = :to
        where person = :from
          and not exists (select 1 from nominations o where o.call = nominations.call and o.person = :to))sql",
           {{"from", from}, {"to", to}});
    return moved;
}

void undo(db::Write& tx, people::PersonId from, people::PersonId to, std::span<const std::int64_t> moved) {
    for (const std::int64_t id : moved)
        tx.run(R"sql(update nominations set person = :from where id = :id and person = :to)sql",
               {{"from", from}, {"to", to}, {"id", id}});
}

// The nominations of both records in one call. Each keeps its row, that is history; but one only
// leads to a place.
struct Both {
    Nomination gone, kept;
};
std::vector<Both> in_one_call(db::Read& tx, const people::Merging& merging) {
    struct Ids {
        NominationId gone, kept;
    };
    const auto ids = tx.all<Ids>(
        R"sql(
        select n.id, o.id from nominations n join nominations o on o.call = n.call and o.person = :to
        where n.person = :from order by n.id)sql",
        {{"from", merging.from}, {"to", merging.to}}, [](const db::Row& row) {
            return Ids{row.id<NominationId>(0), row.id<NominationId>(1)};
        });
    std::vector<Both> all;  // as many as there are calls in which one person was nominated twice
    for (const Ids& one : ids) all.push_back({again(tx, one.gone), again(tx, one.kept)});
    return all;
}

// The further it has come, the stronger.
std::size_t strength(State state) {
    constexpr std::array weakest_first{State::late,    State::over_quota,     State::received,
                                       State::checked, State::needs_document, State::wait_listed,
                                       State::admitted};
    if (!is_live(state)) return 0;
    const auto* found = std::find(weakest_first.begin(), weakest_first.end(), state);
    return static_cast<std::size_t>(found - weakest_first.begin()) + 1;
}

// Two rows: that it is so because of a merge, and the state it leads to.
void tell_and_move(db::Write& tx, const people::Merging& merging, NominationId id, std::string_view what,
                   State state) {
    const cohorts::Act act{merging.at, std::string(merging.reason), {}};
    insert_events(tx, merging.actor, std::vector{id}, what, "", act);
    move(tx, merging.actor, std::vector{id}, {to_text(state), state}, {merging.at, "", {}});
}

void join(db::Write& tx, const people::Merging& merging) {
    for (const Both& both : in_one_call(tx, merging)) {
        if (!is_live(both.gone.state)) continue;
        const Call call = locked_call(tx, both.kept);
        move(tx, merging.actor, std::vector{both.gone.id}, {"same_person", State::withdrawn},
             {merging.at, std::string(merging.reason), {}});
        if (strength(both.gone.state) > strength(both.kept.state)) {
            tell_and_move(tx, merging, both.kept.id, "taken_over", both.gone.state);
            set_participations(tx, call.id);
        }
        // Where both had a place, one of them falls free.
        if (both.gone.state == State::admitted && both.kept.state == State::admitted && !call.locked_at)
            after_change(tx, merging.actor, call, day_of(merging.at, Offset{}),
                         {merging.at, std::string(merging.reason), {}});
    }
}

// The state before the row of that kind, when nothing has happened since.
std::optional<State> state_before(const std::vector<std::string>& kinds, std::string_view kind) {
    // The newest row first; what was taken over stands behind the state it led to.
    auto found = std::find(kinds.begin(), kinds.end(), kind);
    const std::ptrdiff_t behind = kind == "taken_over" ? 1 : 0;
    if (found == kinds.end() || found - kinds.begin() != behind) return std::nullopt;
    for (++found; found != kinds.end(); ++found)
        if (const auto state = state_after(*found)) return state;
    return std::nullopt;
}

void part(db::Write& tx, const people::Merging& merging) {
    for (const Both& both : in_one_call(tx, merging)) {
        const auto gone = state_before(kinds_of(tx, both.gone.id), "same_person");
        if (!gone) continue;
        locked_call(tx, both.kept);
        tell_and_move(tx, merging, both.gone.id, "parted", *gone);
        const auto kept = state_before(kinds_of(tx, both.kept.id), "taken_over");
        if (!kept) continue;
        tell_and_move(tx, merging, both.kept.id, "parted", *kept);
        if (both.kept.participation == both.gone.participation) clear_participation(tx, both.kept.id);
    }
}

}  // namespace

people::Follower nominations_follow() {
    return {.name = "nominations", .follow = follow, .undo = undo, .join = join, .part = part};
}

}  // namespace tiendo::nominations
