#include "features/teaching/house_days.h"

#include <algorithm>
#include <charconv>
#include <cstdio>

#include "features/organisations/organisations.h"
#include "platform/audit/audit.h"

namespace tiendo::teaching {
namespace {

HalfDay half_day_of(const db::Row& row) {
    return {row.text(0), row.maybe_date(1), row.integer(2), row.integer(3), row.integer(4)};
}

void require_house(db::Read& tx, const web::Actor& actor) {
    if (!may_change_house(tx, actor)) throw web::Forbidden{};
}

}  // namespace

std::string time_text(std::int64_t minute) {
    char text[8];
    std::snprintf(text, sizeof text, "%02d:%02d", static_cast<int>(minute / 60 % 100),
                  static_cast<int>(minute % 60));
    return text;
}

std::optional<std::int64_t> parse_time(std::string_view text) {
    const auto colon = text.find(':');
    if (colon == text.npos || colon == 0 || colon > 2 || text.size() != colon + 3) return std::nullopt;
    int hour = 0, minute = 0;
    const auto read = [](std::string_view digits, int& number) {
        const auto [end, trouble] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
        return trouble == std::errc{} && end == digits.data() + digits.size() && number >= 0;
    };
    if (!read(text.substr(0, colon), hour) || !read(text.substr(colon + 1), minute)) return std::nullopt;
    if (hour > 24 || minute > 59 || hour * 60 + minute > whole_day) return std::nullopt;
    return hour * 60 + minute;
}

int weekday_of(Date day) {
    constexpr int thursday = 3;  // 1970-01-01
    return ((day.days + thursday) % 7 + 7) % 7;
}

std::vector<Holiday> holidays(db::Read& tx, Date first, Date last) {
    return tx.all<Holiday>(R"sql(
        select id, first_on, last_on, name from holidays
        where withdrawn_at is null and last_on >= :first and first_on <= :last
        order by first_on, id)sql",
                           {{"first", first}, {"last", last}}, [](const db::Row& row) {
                               return Holiday{row.id<HolidayId>(0), row.date(1), row.date(2), row.text(3)};
                           });
}

Date after_working_days(Date day, std::int64_t count, std::span<const Holiday> holidays) {
    constexpr int saturday = 5;
    const auto is_off = [&](Date one) {
        return weekday_of(one) >= saturday ||
               std::any_of(holidays.begin(), holidays.end(), [&](const Holiday& holiday) {
                   return holiday.first_on <= one && one <= holiday.last_on;
               });
    };
    while (count > 0) {
        day = day + 1;
        if (!is_off(day)) --count;
    }
    return day;
}

Date after_working_days(db::Read& tx, Date day, std::int64_t count) {
    // However long a house is closed, a year and twice as many days hold the count.
    const Date last = day + static_cast<int>(366 + 2 * count);
    return after_working_days(day, count, holidays(tx, day, last));
}

std::vector<Holiday> offered_holidays(db::Read& tx, int year) {
    const auto known = holidays(tx, *Date::of(year, 1, 1), *Date::of(year, 12, 31));
    std::vector<Holiday> offered;
    tx.each(R"sql(
        select first_month, first_day, days, name from holiday_templates order by first_month, first_day)sql",
            {}, [&](const db::Row& row) {
                const auto first =
                    Date::of(year, static_cast<int>(row.integer(0)), static_cast<int>(row.integer(1)));
                if (!first) return;
                const Holiday one{{}, *first, *first + static_cast<int>(row.integer(2) - 1), row.text(3)};
                const bool is_known = std::any_of(known.begin(), known.end(), [&](const Holiday& other) {
                    return other.first_on <= one.last_on && one.first_on <= other.last_on;
                });
                if (!is_known) offered.push_back(one);
            });
    return offered;
}

std::vector<HalfDay> half_days_on(db::Read& tx, Date day) {
    return tx.all<HalfDay>(
        R"sql(
        select h.code, h.valid_from, h.starts_minute, h.ends_minute, h.periods from half_days h
        where h.periods > 0 and (h.valid_from is null or h.valid_from <= :day)
          and not exists (select 1 from half_days later
                          where later.code = h.code and (later.valid_from is null or later.valid_from <= :day)
                            and (later.valid_from > h.valid_from
                                 or (h.valid_from is null and later.valid_from is not null)
                                 or (later.id > h.id and (later.valid_from = h.valid_from
                                                          or (later.valid_from is null and h.valid_from is null)))))
        order by h.starts_minute)sql",
        {{"day", day}}, half_day_of);
}

std::vector<HalfDay> half_day_history(db::Read& tx) {
    return tx.all<HalfDay>(R"sql(
        select code, valid_from, starts_minute, ends_minute, periods from half_days
        order by valid_from desc nulls last, starts_minute, id desc)sql",
                           {}, half_day_of);
}

const HalfDay* half_day_at(const std::vector<HalfDay>& half_days, std::int64_t minute) {
    const HalfDay* found = half_days.empty() ? nullptr : &half_days.front();
    for (const HalfDay& one : half_days)
        if (one.starts_minute <= minute) found = &one;
    return found;
}

bool may_change_house(db::Read& tx, const web::Actor& actor) {
    return organisations::may(tx, actor, change_timetable, organisations::centre(tx).id);
}

Outcome<HolidayId> declare_holiday(db::Write& tx, const web::Actor& actor, const Holiday& holiday,
                                   Instant at) {
    require_house(tx, actor);
    if (holiday.name.empty()) return Refusal{"name", "form.required", {}};
    if (holiday.last_on < holiday.first_on)
        return Refusal{"last_on",
                       "teaching.ends_before_it_begins",
                       {to_text(holiday.last_on), to_text(holiday.first_on)}};
    const auto id = new_id<HolidayId>();
    tx.run(R"sql(
        insert into holidays (id, first_on, last_on, name, recorded_at, recorded_by)
        values (:id, :first_on, :last_on, :name, :at, :by))sql",
           {{"id", id},
            {"first_on", holiday.first_on},
            {"last_on", holiday.last_on},
            {"name", holiday.name},
            {"at", at},
            {"by", actor.account}});
    audit::record(
        tx, actor, at,
        {"teaching.declare_holiday", "holiday", id.value,
         Value::object(
             {{"first_on", holiday.first_on}, {"last_on", holiday.last_on}, {"name", holiday.name}})});
    return id;
}

void withdraw_holiday(db::Write& tx, const web::Actor& actor, HolidayId id, Instant at) {
    require_house(tx, actor);
    const auto changed = tx.run(R"sql(
        update holidays set withdrawn_at = :at, withdrawn_by = :by where id = :id and withdrawn_at is null)sql",
                                {{"at", at}, {"by", actor.account}, {"id", id}});
    if (changed == 0) throw web::NotFound{};
    audit::record(tx, actor, at, {"teaching.withdraw_holiday", "holiday", id.value, Value::object()});
}

Outcome<Done> set_half_day(db::Write& tx, const web::Actor& actor, const HalfDay& half_day, Instant at) {
    require_house(tx, actor);
    if (half_day.ends_minute <= half_day.starts_minute)
        return Refusal{"ends_at",
                       "teaching.ends_before_it_begins",
                       {time_text(half_day.ends_minute), time_text(half_day.starts_minute)}};
    const std::int64_t id = next_id();
    tx.run(R"sql(
        insert into half_days (id, code, valid_from, starts_minute, ends_minute, periods, recorded_at, recorded_by)
        values (:id, :code, :valid_from, :starts, :ends, :periods, :at, :by))sql",
           {{"id", id},
            {"code", half_day.code},
            {"valid_from", half_day.valid_from},
            {"starts", half_day.starts_minute},
            {"ends", half_day.ends_minute},
            {"periods", half_day.periods},
            {"at", at},
            {"by", actor.account}});
    audit::record(tx, actor, at,
                  {"teaching.set_half_day", "half_day", id,
                   Value::object({{"code", half_day.code},
                                  {"valid_from", half_day.valid_from},
                                  {"starts_at", time_text(half_day.starts_minute)},
                                  {"ends_at", time_text(half_day.ends_minute)},
                                  {"periods", half_day.periods}})});
    return Done{};
}

}  // namespace tiendo::teaching
