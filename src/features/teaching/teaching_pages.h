// The handlers of teaching; private to this feature.
#pragma once
#include "features/teaching/teaching.h"
#include "platform/pages/field_list.h"
#include "platform/pages/reader.h"

namespace tiendo::teaching {

// "timetable.half_day.morning" …, by their codes.
std::vector<pages::Option> half_day_options(const web::Visit& visit);
// first_on, last_on (the same day when not said), half_day (the whole day when not said), reason.
Unavailability unavailability_sent(pages::Reader& sent, db::Read& tx);
// The minute of a time that was sent; none when nothing was said, with a refusal when it is no time.
std::optional<std::int64_t> time_sent(pages::Reader& sent, std::string_view name);

Value to_value(const Unavailability& when);
Value to_value(const Room& room);
Value to_value(const Lecturer& lecturer);
Value to_value(const Holiday& holiday);
Value to_value(const HalfDay& half_day);

void register_rooms(web::Routes& routes);
void register_lecturers(web::Routes& routes);
void register_house_days(web::Routes& routes);

}  // namespace tiendo::teaching
