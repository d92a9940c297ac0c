// GET /rooms and /rooms/:id: what rooms there are, and when they are not to be had.
#include "features/teaching/teaching_pages.h"

namespace tiendo::teaching {
namespace {

RoomId room_of(const web::Visit& visit) { return RoomId{web::id_of(visit, "id")}; }

Value room_form(const web::Visit& visit, const pages::Refused& refused, const char* form, const Room& room) {
    pages::FieldList fields(visit, refused, form);
    fields.text("name", room.name).label(visit.text("teaching.room_name")).required();
    fields.text("site", room.site).hint("teaching.site_hint");
    fields.count("capacity", room.capacity);
    fields.text("equipment", room.equipment);
    return fields.form();
}

Room room_sent(pages::Reader& sent, Room room) {
    room.name = sent.required_text("name");
    room.site = sent.text("site");
    room.capacity = sent.count("capacity");
    room.equipment = sent.text("equipment");
    return room;
}

// --- the list ---------------------------------------------------------------------------------

Value rooms_value(const web::Visit& visit, db::Read& tx) {
    return Value::object(
        {{"rooms", list_of(rooms(tx, visit.actor), [](const Room& room) { return to_value(room); })}});
}

Value rooms_page_value(const web::Visit& visit, db::Read& tx, const pages::Refused& refused) {
    Value value = rooms_value(visit, tx);
    const auto count = value["rooms"].list_items()->size();
    return std::move(value)
        .set("title", visit.text("teaching.rooms"))
        .set("count", count)
        .set("room", visit.actor.may(change_timetable) ? room_form(visit, refused, "rooms", {}) : Value());
}

http::Response rooms_page(const web::Visit& visit) {
    return visit.database.read(
        [&](db::Read& tx) { return visit.page("teaching/rooms", rooms_page_value(visit, tx, {})); });
}

http::Response rooms_json(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) { return visit.json(rooms_value(visit, tx)); });
}

Outcome<RoomId> adding(const web::Visit& visit) {
    return visit.database.write([&](db::Write& tx) -> Outcome<RoomId> {
        pages::Reader sent = pages::Reader::of_body(visit);
        const Room room = room_sent(sent, {});
        if (sent.refused()) return sent.refusals();
        return add_room(tx, visit.actor, room, visit.now);
    });
}

http::Response add_by_form(const web::Visit& visit) {
    const auto added = adding(visit);
    if (added) return visit.redirect("/rooms/" + to_text(*added), "act.recorded");
    return visit.database.read([&](db::Read& tx) {
        return visit.refused("teaching/rooms", rooms_page_value(visit, tx, {"rooms", added.refusals()}),
                             added.refusals());
    });
}

http::Response add_by_json(const web::Visit& visit) {
    const auto added = adding(visit);
    return added ? visit.json(Value::object({{"id", *added}}), 201) : visit.json_refused(added.refusals());
}

// --- one room ---------------------------------------------------------------------------------

Value page_value(const web::Visit& visit, db::Read& tx, const Room& room, const pages::Refused& refused) {
    const bool can_change = organisations::may(tx, visit.actor, change_timetable, room.unit);
    const auto away = unavailabilities_of(tx, room.id, visit.today());
    Value description, setting_aside;
    if (can_change) {
        description = room_form(visit, refused, "description", room);
        pages::FieldList fields(visit, refused, "unavailability");
        fields.day("first_on").required().day("last_on").hint("teaching.last_on_hint");
        fields.choice("half_day", half_day_options(visit), "", visit.text("teaching.whole_day"));
        fields.text("reason");
        setting_aside = fields.form();
    }
    return to_value(room)
        .set("title", room.name)
        .set("unavailabilities", list_of(away, [](const Unavailability& when) { return to_value(when); }))
        .set("has_unavailabilities", !away.empty())
        .set("base_url", "/rooms/" + to_text(room.id))
        .set("can_change", can_change)
        .set("description", std::move(description))
        .set("setting_aside", std::move(setting_aside));
}

http::Response room_page(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        return visit.page("teaching/room",
                          page_value(visit, tx, require_room(tx, visit.actor, room_of(visit)), {}));
    });
}

// A form of the room's page: done, or the page again with what is wrong.
template <class Verb>
http::Response by_form(const web::Visit& visit, const char* form, Verb verb) {
    const RoomId id = room_of(visit);
    const Outcome<Done> done = visit.database.write([&](db::Write& tx) -> Outcome<Done> {
        pages::Reader sent = pages::Reader::of_body(visit);
        return verb(tx, sent, require_for_change(tx, visit.actor, id));
    });
    if (done) return visit.redirect("/rooms/" + to_text(id), "act.recorded");
    return visit.database.read([&](db::Read& tx) {
        return visit.refused(
            "teaching/room",
            page_value(visit, tx, require_room(tx, visit.actor, id), {form, done.refusals()}),
            done.refusals());
    });
}

http::Response describe_room(const web::Visit& visit) {
    return by_form(visit, "description",
                   [&](db::Write& tx, pages::Reader& sent, const Room& room) -> Outcome<Done> {
                       const Room said = room_sent(sent, room);
                       if (sent.refused()) return sent.refusals();
                       return describe(tx, visit.actor, said, visit.now);
                   });
}

http::Response set_room_aside(const web::Visit& visit) {
    return by_form(visit, "unavailability",
                   [&](db::Write& tx, pages::Reader& sent, const Room& room) -> Outcome<Done> {
                       const Unavailability when = unavailability_sent(sent, tx);
                       if (sent.refused()) return sent.refusals();
                       return set_aside(tx, visit.actor, room.id, when, visit.now);
                   });
}

http::Response give_room_back(const web::Visit& visit) {
    return by_form(visit, "return",
                   [&](db::Write& tx, pages::Reader& sent, const Room& room) -> Outcome<Done> {
                       give_back(tx, visit.actor, room.id,
                                 UnavailabilityId{parse_id(sent.text("unavailability"))}, visit.now);
                       return Done{};
                   });
}

}  // namespace

void register_rooms(web::Routes& routes) {
    routes.get("/rooms", see_timetable, rooms_page);
    routes.post("/rooms", change_timetable, add_by_form);
    routes.get("/rooms/:id", see_timetable, room_page);
    routes.post("/rooms/:id/description", change_timetable, describe_room);
    routes.post("/rooms/:id/unavailability", change_timetable, set_room_aside);
    routes.post("/rooms/:id/return", change_timetable, give_room_back);
    routes.get("/api/v1/rooms", see_timetable, rooms_json);
    routes.post("/api/v1/rooms", change_timetable, add_by_json);
}

}  // namespace tiendo::teaching
