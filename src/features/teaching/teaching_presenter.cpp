#include "features/teaching/teaching_pages.h"

namespace tiendo::teaching {

std::vector<pages::Option> half_day_options(const web::Visit& visit) {
    std::vector<pages::Option> options;
    for (const std::string_view code : half_day_codes)
        options.push_back({std::string(code), visit.text("timetable.half_day." + std::string(code))});
    return options;
}

std::optional<std::int64_t> time_sent(pages::Reader& sent, std::string_view name) {
    const std::string text = sent.text(name);
    if (text.empty()) return std::nullopt;
    const auto minute = parse_time(text);
    if (!minute) sent.refuse(name, "teaching.no_time", {text});
    return minute;
}

Unavailability unavailability_sent(pages::Reader& sent, db::Read& tx) {
    Unavailability when;
    when.first_on = sent.required_day("first_on").value_or(Date{});
    when.last_on = sent.day("last_on").value_or(when.first_on);
    when.reason = sent.text("reason");
    const auto half_day = sent.choice("half_day", {"morning", "afternoon", "evening"});
    if (!half_day || sent.refused()) return when;
    for (const HalfDay& one : half_days_on(tx, when.first_on))
        if (one.code == *half_day) {
            when.starts_minute = one.starts_minute;
            when.ends_minute = one.ends_minute;
            return when;
        }
    sent.refuse("half_day", "teaching.half_day_not_used", {to_text(when.first_on)});
    return when;
}

Value to_value(const Unavailability& when) {
    const bool all_day = when.starts_minute == 0 && when.ends_minute == whole_day;
    return Value::object({{"id", when.id},
                          {"first_on", when.first_on},
                          {"last_on", when.last_on == when.first_on ? Value() : Value(when.last_on)},
                          {"starts_at", all_day ? Value() : Value(time_text(when.starts_minute))},
                          {"ends_at", all_day ? Value() : Value(time_text(when.ends_minute))},
                          {"reason", when.reason}});
}

Value to_value(const Room& room) {
    return Value::object({{"id", room.id},
                          {"name", room.name},
                          {"site", room.site},
                          {"capacity", room.capacity},
                          {"equipment", room.equipment}});
}

Value to_value(const Lecturer& lecturer) {
    return Value::object({{"id", lecturer.id},
                          {"full_name", lecturer.full_name},
                          {"kind", lecturer.kind},
                          {"organisation", lecturer.organisation},
                          {"title", lecturer.title},
                          {"fields", lecturer.fields},
                          {"email", lecturer.email},
                          {"person", lecturer.person}});
}

Value to_value(const Holiday& holiday) {
    return Value::object({{"id", holiday.id ? Value(holiday.id) : Value()},
                          {"first_on", holiday.first_on},
                          {"last_on", holiday.last_on},
                          {"name", holiday.name}});
}

Value to_value(const HalfDay& half_day) {
    return Value::object({{"code", half_day.code},
                          {"valid_from", half_day.valid_from},
                          {"starts_at", time_text(half_day.starts_minute)},
                          {"ends_at", time_text(half_day.ends_minute)},
                          {"periods", half_day.periods}});
}

void register_routes(web::Routes& routes) {
    register_rooms(routes);
    register_lecturers(routes);
    register_house_days(routes);
}

}  // namespace tiendo::teaching
