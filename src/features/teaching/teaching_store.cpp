#include "features/teaching/teaching_store.h"

#include "base/text.h"

namespace tiendo::teaching {
namespace {

Lecturer lecturer_of(const db::Row& row) {
    return {row.id<LecturerId>(0),
            row.id<organisations::UnitId>(1),
            row.maybe_id<people::PersonId>(2),
            row.text(3),
            row.text(4),
            row.text(5),
            row.text(6),
            row.text(7),
            row.text(8)};
}

Room room_of(const db::Row& row) {
    return {row.id<RoomId>(0),    row.id<organisations::UnitId>(1),
            row.text(2),          row.text(3),
            row.maybe_integer(4), row.text(5)};
}

Unavailability unavailability_of(const db::Row& row) {
    return {
        row.id<UnavailabilityId>(0), row.date(1), row.date(2), row.integer(3), row.integer(4), row.text(5)};
}

Fee fee_of(const db::Row& row) { return {row.date(1), row.integer(2), row.text(3)}; }

}  // namespace

std::vector<Lecturer> lecturers(db::Read& tx, const web::Actor& actor) {
    return tx.all<Lecturer>(R"sql(
        select l.id, l.unit, l.person, l.full_name, l.organisation, l.title, l.kind, l.fields, l.email
        from lecturers l
        where exists (select 1 from reach r
                      where r.account = :actor and r.permission = :permission and r.unit = l.unit)
        order by l.sort_key, l.id)sql",
                            {{"actor", actor.account}, {"permission", see_timetable.name}}, lecturer_of);
}

std::vector<Room> rooms(db::Read& tx, const web::Actor& actor) {
    return tx.all<Room>(R"sql(
        select m.id, m.unit, m.name, m.site, m.capacity, m.equipment from rooms m
        where exists (select 1 from reach r
                      where r.account = :actor and r.permission = :permission and r.unit = m.unit)
        order by m.sort_key, m.id)sql",
                        {{"actor", actor.account}, {"permission", see_timetable.name}}, room_of);
}

Lecturer require_lecturer(db::Read& tx, const web::Actor& actor, LecturerId id) {
    const auto found = tx.find<Lecturer>(
        R"sql(
        select l.id, l.unit, l.person, l.full_name, l.organisation, l.title, l.kind, l.fields, l.email
        from lecturers l
        where l.id = :id and exists (select 1 from reach r
                                     where r.account = :actor and r.permission = :permission and r.unit = l.unit))sql",
        {{"id", id}, {"actor", actor.account}, {"permission", see_timetable.name}}, lecturer_of);
    if (!found) throw web::NotFound{};
    return *found;
}

Room require_room(db::Read& tx, const web::Actor& actor, RoomId id) {
    const auto found =
        tx.find<Room>(R"sql(
        select m.id, m.unit, m.name, m.site, m.capacity, m.equipment from rooms m
        where m.id = :id and exists (select 1 from reach r
                                     where r.account = :actor and r.permission = :permission and r.unit = m.unit))sql",
                      {{"id", id}, {"actor", actor.account}, {"permission", see_timetable.name}}, room_of);
    if (!found) throw web::NotFound{};
    return *found;
}

std::vector<Unavailability> unavailabilities_of(db::Read& tx, LecturerId id, Date from) {
    return tx.all<Unavailability>(R"sql(
        select id, first_on, last_on, starts_minute, ends_minute, reason from unavailabilities
        where lecturer = :id and last_on >= :from and withdrawn_at is null order by first_on, id)sql",
                                  {{"id", id}, {"from", from}}, unavailability_of);
}

std::vector<Unavailability> unavailabilities_of(db::Read& tx, RoomId id, Date from) {
    return tx.all<Unavailability>(R"sql(
        select id, first_on, last_on, starts_minute, ends_minute, reason from unavailabilities
        where room = :id and last_on >= :from and withdrawn_at is null order by first_on, id)sql",
                                  {{"id", id}, {"from", from}}, unavailability_of);
}

std::vector<Fee> fees_of(db::Read& tx, LecturerId id) {
    return tx.all<Fee>(R"sql(
        select lecturer, valid_from, per_period, basis from lecturer_fees
        where lecturer = :id order by valid_from, id)sql",
                       {{"id", id}}, fee_of);
}

std::map<LecturerId, std::vector<Fee>> fees(db::Read& tx, const web::Actor& actor) {
    std::map<LecturerId, std::vector<Fee>> all;
    tx.each(R"sql(
        select f.lecturer, f.valid_from, f.per_period, f.basis
        from lecturer_fees f join lecturers l on l.id = f.lecturer
        where exists (select 1 from reach r
                      where r.account = :actor and r.permission = :permission and r.unit = l.unit)
        order by f.lecturer, f.valid_from, f.id)sql",
            {{"actor", actor.account}, {"permission", see_timetable.name}},
            [&](const db::Row& row) { all[row.id<LecturerId>(0)].push_back(fee_of(row)); });
    return all;
}

void insert_lecturer(db::Write& tx, const web::Actor& actor, const Lecturer& lecturer, Instant at) {
    const std::string key = name_sort_key(lecturer.full_name);
    tx.run(R"sql(
        insert into lecturers (id, unit, person, full_name, sort_key, organisation, title, kind, fields, email,
                               recorded_at, recorded_by)
        values (:id, :unit, :person, :full_name, :key, :organisation, :title, :kind, :fields, :email, :at, :by))sql",
           {{"id", lecturer.id},
            {"unit", lecturer.unit},
            {"person", lecturer.person},
            {"full_name", lecturer.full_name},
            {"key", db::Blob{key}},
            {"organisation", lecturer.organisation},
            {"title", lecturer.title},
            {"kind", lecturer.kind},
            {"fields", lecturer.fields},
            {"email", lecturer.email},
            {"at", at},
            {"by", actor.account}});
}

void update_lecturer(db::Write& tx, const Lecturer& lecturer) {
    const std::string key = name_sort_key(lecturer.full_name);
    tx.run(R"sql(
        update lecturers set person = :person, full_name = :full_name, sort_key = :key,
               organisation = :organisation, title = :title, kind = :kind, fields = :fields, email = :email
        where id = :id)sql",
           {{"id", lecturer.id},
            {"person", lecturer.person},
            {"full_name", lecturer.full_name},
            {"key", db::Blob{key}},
            {"organisation", lecturer.organisation},
            {"title", lecturer.title},
            {"kind", lecturer.kind},
            {"fields", lecturer.fields},
            {"email", lecturer.email}});
}

void insert_room(db::Write& tx, const web::Actor& actor, const Room& room, Instant at) {
    const std::string key = sort_key(room.name);
    tx.run(R"sql(
        insert into rooms (id, unit, name, sort_key, site, capacity, equipment, recorded_at, recorded_by)
        values (:id, :unit, :name, :key, :site, :capacity, :equipment, :at, :by))sql",
           {{"id", room.id},
            {"unit", room.unit},
            {"name", room.name},
            {"key", db::Blob{key}},
            {"site", room.site},
            {"capacity", room.capacity},
            {"equipment", room.equipment},
            {"at", at},
            {"by", actor.account}});
}

void update_room(db::Write& tx, const Room& room) {
    const std::string key = sort_key(room.name);
    tx.run(R"sql(
        update rooms set name = :name, sort_key = :key, site = :site, capacity = :capacity,
               equipment = :equipment where id = :id)sql",
           {{"id", room.id},
            {"name", room.name},
            {"key", db::Blob{key}},
            {"site", room.site},
            {"capacity", room.capacity},
            {"equipment", room.equipment}});
}

UnavailabilityId insert_unavailability(db::Write& tx, const web::Actor& actor,
                                       std::optional<LecturerId> lecturer, std::optional<RoomId> room,
                                       const Unavailability& when, Instant at) {
    const auto id = new_id<UnavailabilityId>();
    tx.run(R"sql(
        insert into unavailabilities (id, lecturer, room, first_on, last_on, starts_minute, ends_minute, reason,
                                      recorded_at, recorded_by)
        values (:id, :lecturer, :room, :first_on, :last_on, :starts, :ends, :reason, :at, :by))sql",
           {{"id", id},
            {"lecturer", lecturer},
            {"room", room},
            {"first_on", when.first_on},
            {"last_on", when.last_on},
            {"starts", when.starts_minute},
            {"ends", when.ends_minute},
            {"reason", when.reason},
            {"at", at},
            {"by", actor.account}});
    return id;
}

bool withdraw_unavailability(db::Write& tx, const web::Actor& actor, std::optional<LecturerId> lecturer,
                             std::optional<RoomId> room, UnavailabilityId id, Instant at) {
    return tx.run(R"sql(
        update unavailabilities set withdrawn_at = :at, withdrawn_by = :by
        where id = :id and withdrawn_at is null and (lecturer = :lecturer or room = :room))sql",
                  {{"at", at}, {"by", actor.account}, {"id", id}, {"lecturer", lecturer}, {"room", room}}) >
           0;
}

void insert_fee(db::Write& tx, const web::Actor& actor, LecturerId id, const Fee& fee, Instant at) {
    tx.run(R"sql(
        insert into lecturer_fees (id, lecturer, valid_from, per_period, basis, recorded_at, recorded_by)
        values (:id, :lecturer, :valid_from, :per_period, :basis, :at, :by))sql",
           {{"id", next_id()},
            {"lecturer", id},
            {"valid_from", fee.valid_from},
            {"per_period", fee.per_period},
            {"basis", fee.basis},
            {"at", at},
            {"by", actor.account}});
}

}  // namespace tiendo::teaching
