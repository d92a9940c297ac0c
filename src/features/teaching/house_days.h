// The days of the house: holidays, and the half-days with their periods. Part of teaching.h.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "base/outcome.h"
#include "platform/web/web.h"

namespace tiendo::teaching {

inline constexpr web::Permission see_timetable{"timetable.see"};
inline constexpr web::Permission change_timetable{"timetable.change"};

inline constexpr std::int64_t whole_day = 24 * 60;  // in minutes

struct Holiday {
    Id<Holiday> id;
    Date first_on, last_on;
    std::string name;
};
using HolidayId = Id<Holiday>;

// A half-day (buổi) of the house: five periods unless the house says otherwise.
inline constexpr std::array<std::string_view, 3> half_day_codes{"morning", "afternoon", "evening"};
struct HalfDay {
    std::string code;
    std::optional<Date> valid_from;  // none: since ever
    std::int64_t starts_minute = 0, ends_minute = 0;
    std::int64_t periods = 0;
    // The first `count` periods after `before` others.
    std::int64_t minute_after(std::int64_t periods_gone) const {
        return starts_minute + (ends_minute - starts_minute) * periods_gone / periods;
    }
    bool operator==(const HalfDay&) const = default;
};

// "07:30" and back; none when it is no time of a day.
std::string time_text(std::int64_t minute);
std::optional<std::int64_t> parse_time(std::string_view text);
// 0 is Monday.
int weekday_of(Date day);

// That touch these days, the earliest first.
std::vector<Holiday> holidays(db::Read& tx, Date first, Date last);
// So many working days later: Monday to Friday without holidays. Days to be worked instead are not recorded.
Date after_working_days(Date day, std::int64_t count, std::span<const Holiday> holidays);
Date after_working_days(db::Read& tx, Date day, std::int64_t count);
// Days off as the law has them, for a year in which the books have no such holiday yet: an offer to be
// recorded, not a holiday.
std::vector<Holiday> offered_holidays(db::Read& tx, int year);

// In use on that day, in the order of the day.
std::vector<HalfDay> half_days_on(db::Read& tx, Date day);
// The whole history, newest first.
std::vector<HalfDay> half_day_history(db::Read& tx);
// The half-day in which that minute lies, else the last that began before, else the first.
const HalfDay* half_day_at(const std::vector<HalfDay>& half_days, std::int64_t minute);

// --- verbs; each with its entry of the trail ---------------------------------------------------

// The calendar of the house is the centre's: web::Forbidden for who may not change its timetable.
Outcome<HolidayId> declare_holiday(db::Write& tx, const web::Actor& actor, const Holiday& holiday,
                                   Instant at);
void withdraw_holiday(db::Write& tx, const web::Actor& actor, HolidayId id, Instant at);
// From that day on. Refused when it ends before it begins.
Outcome<Done> set_half_day(db::Write& tx, const web::Actor& actor, const HalfDay& half_day, Instant at);
bool may_change_house(db::Read& tx, const web::Actor& actor);

}  // namespace tiendo::teaching
