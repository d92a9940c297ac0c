// Teaching (giảng dạy): who teaches and where, when neither is to be had, what a period is paid, and on
// which days and half-days the house teaches (house_days.h).
//
// Lecturers and rooms belong to a unit and are within reach of whoever may see its timetable. Everything
// that changes with time is a row with its days: a fee, a holiday, the half-days of the house.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "base/outcome.h"
#include "features/organisations/organisations.h"
#include "features/people/people.h"
#include "features/teaching/house_days.h"

namespace tiendo::teaching {

struct Lecturer {
    Id<Lecturer> id;
    organisations::UnitId unit;              // whose lecturer list this is
    std::optional<people::PersonId> person;  // when the register knows them
    std::string full_name;
    std::string organisation, title;
    std::string kind = "internal";  // internal, guest (báo cáo viên)
    std::string fields;             // what they teach, in words
    std::string email;
};
using LecturerId = Id<Lecturer>;

struct Room {
    Id<Room> id;
    organisations::UnitId unit;
    std::string name, site;
    std::optional<std::int64_t> capacity;  // seats; none: not known
    std::string equipment;
};
using RoomId = Id<Room>;

// When somebody or something is not to be had: on each of these days (both included), between these minutes.
struct Unavailability {
    Id<Unavailability> id;
    Date first_on, last_on;
    std::int64_t starts_minute = 0, ends_minute = whole_day;
    std::string reason;
};
using UnavailabilityId = Id<Unavailability>;

// What a period is paid from a day on, in đồng.
struct Fee {
    Date valid_from;
    std::int64_t per_period = 0;
    std::string basis;
};

// --- what there is: within reach, in the order of a Vietnamese list --------------------------

std::vector<Lecturer> lecturers(db::Read& tx, const web::Actor& actor);
std::vector<Room> rooms(db::Read& tx, const web::Actor& actor);
// Absent and out of reach look the same: web::NotFound.
Lecturer require_lecturer(db::Read& tx, const web::Actor& actor, LecturerId id);
Room require_room(db::Read& tx, const web::Actor& actor, RoomId id);
// To change it: web::Forbidden when he may see it and no more.
Lecturer require_for_change(db::Write& tx, const web::Actor& actor, LecturerId id);
Room require_for_change(db::Write& tx, const web::Actor& actor, RoomId id);

// Those that were not taken back and end on that day or later, the earliest first.
std::vector<Unavailability> unavailabilities_of(db::Read& tx, LecturerId id, Date from);
std::vector<Unavailability> unavailabilities_of(db::Read& tx, RoomId id, Date from);
// Oldest first.
std::vector<Fee> fees_of(db::Read& tx, LecturerId id);
std::map<LecturerId, std::vector<Fee>> fees(db::Read& tx, const web::Actor& actor);
// What a period on that day is paid; none before the first.
std::optional<Fee> fee_on(const std::vector<Fee>& fees, Date day);

// --- verbs; each with its entry of the trail ---------------------------------------------------

// Kept in the unit on which the actor may change the timetable; refused without a name.
Outcome<LecturerId> engage(db::Write& tx, const web::Actor& actor, Lecturer lecturer, Instant at);
Outcome<Done> describe(db::Write& tx, const web::Actor& actor, const Lecturer& lecturer, Instant at);
Outcome<RoomId> add_room(db::Write& tx, const web::Actor& actor, Room room, Instant at);
Outcome<Done> describe(db::Write& tx, const web::Actor& actor, const Room& room, Instant at);

// Refused when it ends before it begins.
Outcome<Done> set_aside(db::Write& tx, const web::Actor& actor, LecturerId id, const Unavailability& when,
                        Instant at);
Outcome<Done> set_aside(db::Write& tx, const web::Actor& actor, RoomId id, const Unavailability& when,
                        Instant at);
// Of that lecturer or room; web::NotFound otherwise.
void give_back(db::Write& tx, const web::Actor& actor, LecturerId of, UnavailabilityId id, Instant at);
void give_back(db::Write& tx, const web::Actor& actor, RoomId of, UnavailabilityId id, Instant at);
// Another fee of the same day replaces it.
void set_fee(db::Write& tx, const web::Actor& actor, LecturerId id, const Fee& fee, Instant at);

// A lecturer follows the person when two records turn out to be one.
people::Follower lecturers_follow();

void register_routes(web::Routes& routes);

}  // namespace tiendo::teaching
