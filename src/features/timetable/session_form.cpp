// The form of a session.
#include <algorithm>

#include "features/timetable/timetable_presenter.h"

namespace tiendo::timetable {
namespace {

constexpr std::size_t least_lecturers = 2, most_lecturers = 8;

std::vector<pages::Option> half_days(const web::Visit& visit) {
    std::vector<pages::Option> options;
    for (const std::string_view code : teaching::half_day_codes)
        options.push_back({std::string(code), visit.text("timetable.half_day." + std::string(code))});
    return options;
}

std::vector<pages::Option> activities_of(const web::Visit& visit) {
    std::vector<pages::Option> options;
    for (const programmes::Activity activity : programmes::activities) {
        const std::string code(programmes::to_text(activity));
        options.push_back({code, visit.text("timetable.activity." + code)});
    }
    return options;
}

std::string room_name(const teaching::Room& room) {
    return room.site.empty() ? room.name : room.name + " · " + room.site;
}

std::optional<std::int64_t> time_sent(pages::Reader& sent, std::string_view name) {
    const std::string text = sent.text(name);
    if (text.empty()) return std::nullopt;
    const auto minute = teaching::parse_time(text);
    if (!minute) sent.refuse(name, "teaching.no_time", {text});
    return minute;
}

// From the beginning of that half-day for as many periods as the session has.
void put_into(pages::Reader& sent, db::Read& tx, Session& session, std::string_view code) {
    for (const teaching::HalfDay& one : teaching::half_days_on(tx, session.held_on))
        if (one.code == code) {
            session.starts_minute = one.starts_minute;
            session.ends_minute = one.minute_after(std::max<std::int64_t>(session.periods, 1));
            return;
        }
    sent.refuse("half_day", "teaching.half_day_not_used", {to_text(session.held_on)});
}

void read_lecturers(pages::Reader& sent, Session& session) {
    bool said = false;
    std::vector<Taught> lecturers;
    for (std::size_t i = 1; i <= most_lecturers; ++i) {
        const std::string row = std::to_string(i);
        const std::string id = sent.text("lecturer-" + row);
        said = said || sent.says("lecturer-" + row);
        if (id.empty()) continue;
        const std::int64_t lecturer = parse_id(id);
        if (lecturer == 0) throw web::NotFound{};
        lecturers.push_back(
            {teaching::LecturerId{lecturer}, sent.count("lecturer-periods-" + row).value_or(0)});
    }
    if (said) session.lecturers = std::move(lecturers);
}

}  // namespace

Value session_form(const web::Visit& visit, db::Read& tx, const pages::Refused& refused, const char* form,
                   const Session& session, std::string_view half_day) {
    std::vector<pages::Option> rooms, lecturers;
    for (const teaching::Room& room : teaching::rooms(tx, visit.actor))
        rooms.push_back({to_text(room.id), room_name(room)});
    for (const teaching::Lecturer& lecturer : teaching::lecturers(tx, visit.actor))
        lecturers.push_back({to_text(lecturer.id), lecturer.full_name});
    const bool is_new = session.periods == 0;
    const std::string nobody = visit.text("timetable.nobody");
    pages::FieldList fields(visit, refused, form);
    fields.day("held_on", session.held_on).required();
    fields.choice("half_day", half_days(visit), half_day, visit.text("timetable.by_the_clock"))
        .hint("timetable.half_day_hint");
    fields.time("starts_at", is_new ? Value() : Value(teaching::time_text(session.starts_minute))).shorter();
    fields.time("ends_at", is_new ? Value() : Value(teaching::time_text(session.ends_minute))).shorter();
    fields.count("periods", is_new ? Value() : Value(session.periods)).required();
    fields.text("topic", session.topic).required();
    fields.choice("activity", activities_of(visit), programmes::to_text(session.activity));
    fields.choice("room", rooms, session.room ? to_text(*session.room) : "", visit.text("timetable.no_room"));
    for (std::size_t i = 0; i < std::max(least_lecturers, session.lecturers.size() + 1); ++i) {
        const std::string row = std::to_string(i + 1);
        const bool there = i < session.lecturers.size();
        fields
            .choice("lecturer-" + row, lecturers, there ? to_text(session.lecturers[i].lecturer) : "", nobody)
            .label(visit.text("timetable.lecturer_no", {row}));
        fields.count("lecturer-periods-" + row, there ? Value(session.lecturers[i].periods) : Value())
            .label(visit.text("timetable.lecturer_periods", {row}))
            .hint("timetable.lecturer_periods_hint");
    }
    fields.text("note", session.note);
    fields.text("reason").hint("timetable.reason_hint");
    return fields.form().set("sequence", session.sequence);
}

Session session_sent(pages::Reader& sent, db::Read& tx, Session session) {
    const bool is_new = session.periods == 0;
    if (is_new || sent.says("held_on")) session.held_on = sent.required_day("held_on").value_or(Date{});
    if (is_new || sent.says("periods")) session.periods = sent.required_count("periods").value_or(0);
    if (is_new || sent.says("topic")) session.topic = sent.required_text("topic");
    if (sent.says("note")) session.note = sent.text("note");
    if (const auto activity =
            sent.choice("activity", {"lecture", "discussion", "field_trip", "self_study", "test"}))
        session.activity = *programmes::parse_activity(*activity);
    if (sent.says("room")) {
        const std::string room = sent.text("room");
        session.room.reset();
        if (!room.empty()) session.room = teaching::RoomId{parse_id(room)};
    }
    read_lecturers(sent, session);
    const auto half_day = sent.choice("half_day", {"morning", "afternoon", "evening"});
    if (const auto starts = time_sent(sent, "starts_at")) session.starts_minute = *starts;
    if (const auto ends = time_sent(sent, "ends_at")) session.ends_minute = *ends;
    if (half_day && !sent.refused()) put_into(sent, tx, session, *half_day);
    if (const auto sequence = sent.count("sequence")) session.sequence = *sequence;
    return session;
}

}  // namespace tiendo::timetable
