// GET /timetable: the whole centre, or one room, or one lecturer.
#include "features/timetable/timetable_pages.h"

#include <algorithm>

#include "base/text.h"
#include "platform/pages/address.h"
#include "platform/pages/workbook.h"

namespace tiendo::timetable {
namespace {

constexpr std::string_view views[] = {"week", "month", "list", "year"};

Value views_value(const web::Visit& visit, const Look& look) {
    Value list = Value::list();
    for (const std::string_view view : views)
        list.push(Value::object(
            {{"view", view},
             {"url", pages::here(visit.request, {{"view", std::string(view)}, {"on", to_text(look.on)}})},
             {"current", view == look.view}}));
    return list;
}

std::map<SessionId, bool> clashing(const std::vector<Clash>& found) {
    std::map<SessionId, bool> sessions;
    for (const Clash& clash : found) {
        const bool open = !clash.accepted;
        for (const Meeting* one : {&clash.session, clash.other ? &*clash.other : nullptr})
            if (one) sessions[one->id] = sessions[one->id] || open;
    }
    return sessions;
}

// One of a list to look at: {"value", "name", "current"}.
template <class Things, class Name>
Value choices(const Things& things, std::string_view chosen, Name name) {
    return list_of(things, [&](const auto& thing) {
        const std::string value = to_text(thing.id);
        return Value::object({{"value", value}, {"name", name(thing)}, {"current", value == chosen}});
    });
}

// What the query asks for, fetched through the actor.
struct Asked {
    Scope scope;
    std::string name;  // of the room or lecturer
};
Asked asked(const web::Visit& visit, db::Read& tx) {
    Asked asked;
    const std::string room(visit.request.asked("room")), lecturer(visit.request.asked("lecturer"));
    if (!room.empty()) {
        const auto found = teaching::require_room(tx, visit.actor, teaching::RoomId{parse_id(room)});
        asked.scope.room = found.id;
        asked.name = found.name;
    }
    if (!lecturer.empty()) {
        const auto found =
            teaching::require_lecturer(tx, visit.actor, teaching::LecturerId{parse_id(lecturer)});
        asked.scope.lecturer = found.id;
        asked.name += (asked.name.empty() ? "" : " · ") + found.full_name;
    }
    return asked;
}

http::Response timetable_page(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        const Asked what = asked(visit, tx);
        const Look look = look_asked(visit, "week", visit.today());
        if (visit.request.asked("format") == "xlsx")
            return workbook(visit, visit.text("timetable.title"),
                            listed(tx, visit.actor, what.scope, look.first, look.last));
        Value value =
            timetable_value(visit, tx, what.scope, look, visit.actor.may(change_timetable))
                .set("title", visit.text("timetable.title"))
                .set("of", what.name)
                .set("rooms", choices(teaching::rooms(tx, visit.actor), visit.request.asked("room"),
                                      [](const teaching::Room& room) { return room.name; }))
                .set("lecturers",
                     choices(teaching::lecturers(tx, visit.actor), visit.request.asked("lecturer"),
                             [](const teaching::Lecturer& lecturer) { return lecturer.full_name; }));
        return visit.page("timetable/timetable", std::move(value));
    });
}

http::Response timetable_json(const web::Visit& visit) {
    pages::Reader reader = pages::Reader::of_query(visit);
    const Date first = reader.day("first").value_or(visit.today());
    const Date last = reader.day("last").value_or(first + 6);
    constexpr int longest = 366;
    if (last < first || last - first > longest)
        reader.refuse("last", "timetable.window", {to_text(first), std::to_string(longest)});
    if (reader.refused()) return visit.json_refused(reader.refusals());
    return visit.database.read([&](db::Read& tx) {
        const Asked what = asked(visit, tx);
        return visit.json(
            Value::object({{"first", first},
                           {"last", last},
                           {"sessions", list_of(listed(tx, visit.actor, what.scope, first, last),
                                                [](const Listed& one) { return to_value(one); })}}));
    });
}

}  // namespace

Look look_asked(const web::Visit& visit, std::string_view view, Date on, std::optional<Days> whole) {
    const std::string_view said = visit.request.asked("view");
    if (std::find(std::begin(views), std::end(views), said) != std::end(views)) view = said;
    pages::Reader reader = pages::Reader::of_query(visit);
    if (const auto day = reader.day("on"); day && day->year() > 1 && day->year() < 9999) on = *day;
    return look_at(view, on, whole);
}

Value timetable_value(const web::Visit& visit, db::Read& tx, const Scope& scope, const Look& look,
                      bool can_change) {
    const bool is_year = look.view == "year";
    Drawn drawn{.visit = visit,
                .look = look,
                .sessions = {},
                .counts = {},
                .half_days = teaching::half_days_on(tx, look.first),
                .holidays = teaching::holidays(tx, look.first + -7, look.last + 7),
                .clashing = {},
                .can_change = can_change};
    std::int64_t open = 0, total = 0;
    if (is_year) {
        drawn.counts = day_counts(tx, visit.actor, scope, look.first, look.last);
        for (const DayCount& count : drawn.counts) total += count.sessions;
    } else {
        drawn.sessions = listed(tx, visit.actor, scope, look.first, look.last);
        total = static_cast<std::int64_t>(drawn.sessions.size());
        drawn.clashing =
            clashing(clashes(tx, visit.actor, {look.first, look.last, std::nullopt, scope.cohort}));
        for (const Listed& one : drawn.sessions) {
            const auto clash = drawn.clashing.find(one.session.id);
            if (clash != drawn.clashing.end() && clash->second) ++open;
        }
    }
    const auto to = [&](Date day) {
        return pages::here(visit.request, {{"view", look.view}, {"on", to_text(day)}});
    };
    return grid_value(drawn)
        .set("view", look.view)
        .set("views", views_value(visit, look))
        .set("on", look.on)
        .set("first", look.first)
        .set("last", look.last)
        .set("count", total)
        .set("previous_url", to(look.previous))
        .set("next_url", to(look.next))
        .set("today_url", to(visit.today()))
        .set("open_clashes", open > 0 ? Value(open) : Value())
        .set("clashes_url",
             pages::address("/timetable/clashes", {{"first", to_text(look.first)},
                                                   {"last", to_text(look.last)},
                                                   {"cohort", scope.cohort ? to_text(*scope.cohort) : ""}}))
        .set("can_change", can_change)
        .set("here", visit.request.target)
        .set("export", is_year ? Value() : Value(pages::here(visit.request, {{"format", "xlsx"}})))
        .set("print_url", pages::here(visit.request, {{"print", "1"}}));
}

http::Response workbook(const web::Visit& visit, const std::string& name,
                        const std::vector<Listed>& sessions) {
    using Column = office::ListColumn;
    const office::ListLayout layout{.sheet = visit.text("timetable.title"),
                                    .titles = {name},
                                    .columns = {{visit.text("field.held_on"), Column::Kind::date},
                                                {visit.text("field.starts_at"), {}, 8},
                                                {visit.text("field.ends_at"), {}, 8},
                                                {visit.text("field.periods"), Column::Kind::integer},
                                                {visit.text("cohort.code"), {}, 16},
                                                {visit.text("field.topic"), {}, 50},
                                                {visit.text("field.activity"), {}, 16},
                                                {visit.text("timetable.lecturers"), {}, 32},
                                                {visit.text("field.room"), {}, 16},
                                                {visit.text("field.note"), {}, 24}}};
    return pages::workbook(layout, name + ".xlsx", [&](office::ListWriter& writer) {
        for (const Listed& one : sessions) {
            const std::string starts = teaching::time_text(one.session.starts_minute),
                              ends = teaching::time_text(one.session.ends_minute),
                              activity = visit.text("timetable.activity." +
                                                    std::string(programmes::to_text(one.session.activity)));
            std::string lecturers;
            for (const Taught& taught : one.session.lecturers)
                lecturers += (lecturers.empty() ? "" : ", ") + taught.name;
            writer.row({one.session.held_on, starts, ends, one.session.periods, one.cohort_code,
                        one.session.topic, activity, lecturers, one.room, one.session.note});
        }
    });
}

http::Response back_after_change(const web::Visit& visit, db::Read& tx, const std::string& where,
                                 std::optional<SessionId> session) {
    if (session) {
        const Session now = require_session(tx, visit.actor, *session);
        if (!clashes(tx, visit.actor, {now.held_on, now.held_on, session, std::nullopt}).empty())
            return visit.redirect(where, "timetable.recorded_with_clash", "warning");
    }
    return visit.redirect(where, "act.recorded");
}

void register_routes(web::Routes& routes) {
    routes.get("/timetable", see_timetable, timetable_page);
    routes.get("/api/v1/timetable", see_timetable, timetable_json);
    register_cohort_pages(routes);
    register_session_pages(routes);
    register_layout_pages(routes);
    register_clash_pages(routes);
    register_load_pages(routes);
}

}  // namespace tiendo::timetable
