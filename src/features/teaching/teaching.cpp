#include "features/teaching/teaching.h"

#include "base/text.h"
#include "features/teaching/teaching_store.h"
#include "platform/audit/audit.h"

namespace tiendo::teaching {
namespace {

// The unit whose list a new lecturer or room enters: the highest on which the actor may change it.
std::optional<organisations::UnitId> own_unit(db::Read& tx, const web::Actor& actor) {
    return tx.find<organisations::UnitId>(
        R"sql(
        select r.unit from reach r
        where r.account = :actor and r.permission = :permission
          and not exists (select 1 from unit_ancestors a join reach above on above.unit = a.ancestor
                          where a.unit = r.unit and a.ancestor <> r.unit and above.account = :actor
                            and above.permission = :permission)
        order by r.unit limit 1)sql",
        {{"actor", actor.account}, {"permission", change_timetable.name}},
        [](const db::Row& row) { return row.id<organisations::UnitId>(0); });
}

Refusals complaints_about(const Lecturer& lecturer) {
    Refusals refusals;
    if (lecturer.full_name.empty()) refusals.push_back({"full_name", "form.required", {}});
    if (!lecturer.email.empty() && lecturer.email.find('@') == std::string::npos)
        refusals.push_back({"email", "teaching.no_email", {lecturer.email}});
    return refusals;
}

Value said_of(const Lecturer& lecturer) {
    return Value::object({{"organisation", lecturer.organisation},
                          {"title", lecturer.title},
                          {"kind", lecturer.kind},
                          {"fields", lecturer.fields}});
}

Value said_of(const Room& room) {
    return Value::object({{"name", room.name},
                          {"site", room.site},
                          {"capacity", room.capacity},
                          {"equipment", room.equipment}});
}

template <class Thing>
Thing changeable(db::Write& tx, const web::Actor& actor, Thing thing) {
    if (!organisations::may(tx, actor, change_timetable, thing.unit)) throw web::Forbidden{};
    return thing;
}

Outcome<Done> set_aside(db::Write& tx, const web::Actor& actor, std::optional<LecturerId> lecturer,
                        std::optional<RoomId> room, const Unavailability& when, Instant at) {
    if (when.last_on < when.first_on)
        return Refusal{
            "last_on", "teaching.ends_before_it_begins", {to_text(when.last_on), to_text(when.first_on)}};
    const auto id = insert_unavailability(tx, actor, lecturer, room, when, at);
    audit::record(
        tx, actor, at,
        {"teaching.set_aside", lecturer ? "lecturer" : "room", lecturer ? lecturer->value : room->value,
         Value::object({{"unavailability", id},
                        {"first_on", when.first_on},
                        {"last_on", when.last_on},
                        {"starts_at", time_text(when.starts_minute)},
                        {"ends_at", time_text(when.ends_minute)},
                        {"reason", when.reason}})});
    return Done{};
}

void give_back(db::Write& tx, const web::Actor& actor, std::optional<LecturerId> lecturer,
               std::optional<RoomId> room, UnavailabilityId id, Instant at) {
    if (!withdraw_unavailability(tx, actor, lecturer, room, id, at)) throw web::NotFound{};
    audit::record(tx, actor, at,
                  {"teaching.give_back", lecturer ? "lecturer" : "room",
                   lecturer ? lecturer->value : room->value, Value::object({{"unavailability", id}})});
}

// A second one of that name in that place would be booked for the first.
std::optional<Refusal> known_already(db::Write& tx, const web::Actor& actor, const Room& room) {
    tx.lock("rooms");
    for (const Room& other : rooms(tx, actor))
        if (other.id != room.id && other.unit == room.unit && fold(other.name) == fold(room.name) &&
            fold(other.site) == fold(room.site))
            return Refusal{"name",
                           "teaching.room_known",
                           {other.site.empty() ? other.name : other.name + ", " + other.site}};
    return std::nullopt;
}

}  // namespace

std::optional<Fee> fee_on(const std::vector<Fee>& fees, Date day) {
    std::optional<Fee> in_force;
    for (const Fee& fee : fees)
        if (fee.valid_from <= day) in_force = fee;
    return in_force;
}

Lecturer require_for_change(db::Write& tx, const web::Actor& actor, LecturerId id) {
    return changeable(tx, actor, require_lecturer(tx, actor, id));
}

Room require_for_change(db::Write& tx, const web::Actor& actor, RoomId id) {
    return changeable(tx, actor, require_room(tx, actor, id));
}

Outcome<LecturerId> engage(db::Write& tx, const web::Actor& actor, Lecturer lecturer, Instant at) {
    if (auto refusals = complaints_about(lecturer); !refusals.empty()) return refusals;
    const auto unit = own_unit(tx, actor);
    if (!unit) throw web::Forbidden{};
    lecturer.unit = *unit;
    lecturer.id = new_id<LecturerId>();
    insert_lecturer(tx, actor, lecturer, at);
    audit::record(tx, actor, at, {"teaching.engage", "lecturer", lecturer.id.value, said_of(lecturer)});
    return lecturer.id;
}

Outcome<Done> describe(db::Write& tx, const web::Actor& actor, const Lecturer& lecturer, Instant at) {
    if (auto refusals = complaints_about(lecturer); !refusals.empty()) return refusals;
    update_lecturer(tx, lecturer);
    audit::record(tx, actor, at, {"teaching.describe", "lecturer", lecturer.id.value, said_of(lecturer)});
    return Done{};
}

Outcome<RoomId> add_room(db::Write& tx, const web::Actor& actor, Room room, Instant at) {
    if (room.name.empty()) return Refusal{"name", "form.required", {}};
    const auto unit = own_unit(tx, actor);
    if (!unit) throw web::Forbidden{};
    room.unit = *unit;
    room.id = new_id<RoomId>();
    if (auto refusal = known_already(tx, actor, room)) return *std::move(refusal);
    insert_room(tx, actor, room, at);
    audit::record(tx, actor, at, {"teaching.add_room", "room", room.id.value, said_of(room)});
    return room.id;
}

Outcome<Done> describe(db::Write& tx, const web::Actor& actor, const Room& room, Instant at) {
    if (room.name.empty()) return Refusal{"name", "form.required", {}};
    if (auto refusal = known_already(tx, actor, room)) return *std::move(refusal);
    update_room(tx, room);
    audit::record(tx, actor, at, {"teaching.describe", "room", room.id.value, said_of(room)});
    return Done{};
}

Outcome<Done> set_aside(db::Write& tx, const web::Actor& actor, LecturerId id, const Unavailability& when,
                        Instant at) {
    return set_aside(tx, actor, id, std::nullopt, when, at);
}
Outcome<Done> set_aside(db::Write& tx, const web::Actor& actor, RoomId id, const Unavailability& when,
                        Instant at) {
    return set_aside(tx, actor, std::nullopt, id, when, at);
}
void give_back(db::Write& tx, const web::Actor& actor, LecturerId of, UnavailabilityId id, Instant at) {
    give_back(tx, actor, of, std::nullopt, id, at);
}
void give_back(db::Write& tx, const web::Actor& actor, RoomId of, UnavailabilityId id, Instant at) {
    give_back(tx, actor, std::nullopt, of, id, at);
}

void set_fee(db::Write& tx, const web::Actor& actor, LecturerId id, const Fee& fee, Instant at) {
    insert_fee(tx, actor, id, fee, at);
    audit::record(
        tx, actor, at,
        {"teaching.set_fee", "lecturer", id.value,
         Value::object(
             {{"valid_from", fee.valid_from}, {"per_period", fee.per_period}, {"basis", fee.basis}})});
}

people::Follower lecturers_follow() {
    return {
        .name = "lecturers",
        .follow =
            [](db::Write& tx, people::PersonId from, people::PersonId to) {
                auto moved =
                    tx.all<std::int64_t>(R"sql(select id from lecturers where person = :from order by id)sql",
                                         {{"from", from}}, [](const db::Row& row) { return row.integer(0); });
                tx.run(R"sql(update lecturers set person = :to where person = :from)sql",
                       {{"from", from}, {"to", to}});
                return moved;
            },
        .undo =
            [](db::Write& tx, people::PersonId from, people::PersonId, std::span<const std::int64_t> moved) {
                for (const std::int64_t lecturer : moved)
                    tx.run(R"sql(update lecturers set person = :from where id = :lecturer)sql",
                           {{"from", from}, {"lecturer", lecturer}});
            }};
}

}  // namespace tiendo::teaching
