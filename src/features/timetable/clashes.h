// Clashes: what cannot be at once, or should not be. Part of the timetable, private to it.
//
// Found by one statement over a window of days; nothing is marked in advance, so that a holiday declared
// today clashes with a session put down last month. Somebody may let one stand, with a note.
#pragma once
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "features/timetable/timetable.h"

namespace tiendo::timetable {

enum class ClashKind {
    cohort,         // two sessions of one cohort at once
    room,           // two sessions in one room at once
    lecturer,       // one lecturer in two sessions at once
    learners,       // people on the rosters of two cohorts that meet at once
    lecturer_away,  // a lecturer said not to be there
    room_away,      // the room is not to be had
    capacity,       // the room has fewer seats than the roster learners
    holiday,        // nothing is taught that day
};
inline constexpr std::array clash_kinds{ClashKind::cohort,   ClashKind::room,          ClashKind::lecturer,
                                        ClashKind::learners, ClashKind::lecturer_away, ClashKind::room_away,
                                        ClashKind::capacity, ClashKind::holiday};
std::string_view to_text(ClashKind kind);
std::optional<ClashKind> parse_clash_kind(std::string_view text);

// A session as a clash shows it. The cohort is empty when it is out of reach.
struct Meeting {
    SessionId id;
    cohorts::CohortId cohort;
    std::string cohort_code, topic;
    std::int64_t starts_minute = 0, ends_minute = 0;
};

struct Clash {
    ClashKind kind = ClashKind::room;
    Date held_on;
    Meeting session;
    std::optional<Meeting> other;
    std::int64_t subject = 0;   // the room, lecturer, unavailability or holiday; 0: none
    std::string name;           // of it
    std::int64_t quantity = 0;  // learners in both, or learners without a seat
    // Who lets it stand.
    struct Acceptance {
        std::string note, by;
        Instant at;
    };
    std::optional<Acceptance> accepted;
    // "room-12-13-4": finds it again.
    std::string key() const;
    // The same things at the same times.
    bool is(const Clash& other) const;
};

// What a list of clashes is narrowed to.
struct ClashFilter {
    Date first, last;                       // both included
    std::optional<SessionId> session = {};  // those of one session
    std::optional<cohorts::CohortId> cohort = {};
};
// Of sessions within reach on those days, in the order of time. Sessions of cancelled cohorts clash with
// nothing; learners are those on the rosters today.
std::vector<Clash> clashes(db::Read& tx, const web::Actor& actor, const ClashFilter& filter);

// Lets clashes stand as they are, with the act's reason as the note.
void accept(db::Write& tx, const web::Actor& actor, std::span<const Clash> clashes, const cohorts::Act& act);

// Those that nobody has let stand.
std::vector<Clash> open_clashes(db::Read& tx, const web::Actor& actor, const ClashFilter& filter);
// After sessions were written: what clashes now and did not `before` is let stand with the act's reason;
// without one it is refused, naming the first of them.
Outcome<Done> accept_or_refuse(db::Write& tx, const web::Actor& actor, const ClashFilter& filter,
                               std::span<const Clash> before, const cohorts::Act& act);

}  // namespace tiendo::timetable
