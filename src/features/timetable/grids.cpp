// A week, a month, a list and a year of the timetable as values.
#include <algorithm>

#include "features/timetable/timetable_presenter.h"
#include "platform/pages/address.h"

namespace tiendo::timetable {
namespace {

constexpr int days_of_week = 7;

Date monday_of(Date day) { return day + -teaching::weekday_of(day); }
Date first_of_month(Date day) { return *Date::of(day.year(), day.month(), 1); }
Date last_of_month(Date day) { return last_day_of_month(day.year(), day.month()); }

// What stands in a cell or a line for one session.
Value card(const Drawn& drawn, const Listed& listed) {
    const auto clash = drawn.clashing.find(listed.session.id);
    std::string lecturers;
    for (const Taught& one : listed.session.lecturers)
        lecturers += (lecturers.empty() ? "" : ", ") + one.name;
    return Value::object(
        {{"id", listed.session.id},
         {"cohort", listed.session.cohort},
         {"cohort_code", listed.cohort_code},
         {"topic", listed.session.topic},
         {"activity", programmes::to_text(listed.session.activity)},
         {"starts_at", teaching::time_text(listed.session.starts_minute)},
         {"ends_at", teaching::time_text(listed.session.ends_minute)},
         {"periods", listed.session.periods},
         {"room", listed.room},
         {"lecturers", std::move(lecturers)},
         {"sequence", listed.session.sequence},
         {"movable", drawn.can_change},
         {"clash", clash == drawn.clashing.end() ? Value() : Value(clash->second ? "open" : "accepted")}});
}

std::string holiday_on(const Drawn& drawn, Date day) {
    for (const teaching::Holiday& holiday : drawn.holidays)
        if (holiday.first_on <= day && day <= holiday.last_on) return holiday.name;
    return "";
}

Value day_head(const Drawn& drawn, Date day) {
    return Value::object({{"date", day},
                          {"day", day.day()},
                          {"weekday", std::to_string(teaching::weekday_of(day))},
                          {"is_today", day == drawn.visit.today()},
                          {"holiday", holiday_on(drawn, day)}});
}

// The cards of those sessions, drawn one below the other.
template <class Which>
std::string cards(const Drawn& drawn, Which which) {
    const web::Visit& visit = drawn.visit;
    std::string html;
    for (const Listed& listed : drawn.sessions)
        if (which(listed.session))
            html += visit.site.views.render("timetable/card", card(drawn, listed),
                                            {visit.language, visit.offset});
    return html;
}

Value week_value(const Drawn& drawn) {
    Value days = Value::list(), rows = Value::list();
    for (int i = 0; i < days_of_week; ++i) days.push(day_head(drawn, drawn.look.first + i));
    for (const teaching::HalfDay& half_day : drawn.half_days) {
        Value cells = Value::list();
        for (int i = 0; i < days_of_week; ++i) {
            const Date day = drawn.look.first + i;
            cells.push(day_head(drawn, day)
                           .set("half_day", half_day.code)
                           .set("sessions_html", cards(drawn, [&](const Session& session) {
                                    return session.held_on == day &&
                                           teaching::half_day_at(drawn.half_days, session.starts_minute) ==
                                               &half_day;
                                })));
        }
        rows.push(Value::object({{"half_day", half_day.code},
                                 {"starts_at", teaching::time_text(half_day.starts_minute)},
                                 {"ends_at", teaching::time_text(half_day.ends_minute)},
                                 {"cells", std::move(cells)}}));
    }
    return Value::object({{"days", std::move(days)}, {"rows", std::move(rows)}});
}

// The weeks that a month touches; `cell` fills a day of it.
template <class Cell>
Value weeks_of(Date first, Cell cell) {
    Value weeks = Value::list();
    for (Date monday = monday_of(first); monday <= last_of_month(first); monday = monday + days_of_week) {
        Value days = Value::list();
        for (int i = 0; i < days_of_week; ++i) {
            const Date day = monday + i;
            days.push(cell(day).set("outside", day < first || last_of_month(first) < day));
        }
        weeks.push(Value::object({{"days", std::move(days)}}));
    }
    return weeks;
}

Value week_days() {
    Value days = Value::list();
    for (int i = 0; i < days_of_week; ++i) days.push(Value::object({{"weekday", std::to_string(i)}}));
    return days;
}

Value month_value(const Drawn& drawn) {
    return Value::object(
        {{"weekdays", week_days()},
         {"weeks", weeks_of(drawn.look.first, [&](Date day) {
              return day_head(drawn, day).set("sessions_html", cards(drawn, [&](const Session& one) {
                                                  return one.held_on == day;
                                              }));
          })}});
}

Value list_value(const Drawn& drawn) {
    Value days = Value::list();
    for (auto at = drawn.sessions.begin(); at != drawn.sessions.end();) {
        const Date day = at->session.held_on;
        Value sessions = Value::list();
        for (; at != drawn.sessions.end() && at->session.held_on == day; ++at)
            sessions.push(card(drawn, *at));
        days.push(day_head(drawn, day).set("sessions", std::move(sessions)));
    }
    const bool has_days = !days.list_items()->empty();
    return Value::object({{"days", std::move(days)}, {"has_days", has_days}});
}

// Months of a year with the number of sessions on each day.
Value year_value(const Drawn& drawn) {
    std::map<Date, std::int64_t> on;
    std::int64_t most = 0;
    for (const DayCount& count : drawn.counts) {
        on[count.day] = count.sessions;
        most = std::max(most, count.sessions);
    }
    constexpr std::int64_t shades = 4;
    const auto shade_of = [&](std::int64_t sessions) { return (sessions * shades + most - 1) / most; };
    Value months = Value::list();
    for (int month = 1; month <= 12; ++month) {
        const Date first = *Date::of(drawn.look.on.year(), month, 1);
        std::int64_t sum = 0;
        Value weeks = weeks_of(first, [&](Date day) {
            const auto found = on.find(day);
            const bool inside = day.month() == month;
            const std::int64_t sessions = found == on.end() || !inside ? 0 : found->second;
            sum += sessions;
            return day_head(drawn, day)
                .set("sessions", sessions > 0 ? Value(sessions) : Value())
                .set("shade", sessions > 0 ? Value(shade_of(sessions)) : Value())
                .set("url", pages::here(drawn.visit.request, {{"view", "week"}, {"on", to_text(day)}}));
        });
        months.push(Value::object(
            {{"month", to_text(first).substr(0, 7)},
             {"url", pages::here(drawn.visit.request, {{"view", "month"}, {"on", to_text(first)}})},
             {"sessions", sum},
             {"weekdays", week_days()},
             {"weeks", std::move(weeks)}}));
    }
    return Value::object({{"months", std::move(months)}});
}

}  // namespace

Look look_at(std::string_view view, Date on, std::optional<Days> whole) {
    Look look{.view = std::string(view), .on = on};
    if (view == "week") {
        look.first = monday_of(on);
        look.last = look.first + (days_of_week - 1);
        look.previous = on + -days_of_week;
        look.next = on + days_of_week;
    } else if (view == "year") {
        look.first = *Date::of(on.year(), 1, 1);
        look.last = *Date::of(on.year(), 12, 31);
        look.previous = *Date::of(on.year() - 1, 1, 1);
        look.next = look.last + 1;
    } else {
        look.first = first_of_month(on);
        look.last = last_of_month(on);
        look.previous = first_of_month(look.first + -1);
        look.next = look.last + 1;
        if (view == "list" && whole) {
            look.first = whole->first;
            look.last = whole->last;
        }
    }
    return look;
}

Value grid_value(const Drawn& drawn) {
    const std::string& view = drawn.look.view;
    return Value::object({{"week", view == "week" ? week_value(drawn) : Value()},
                          {"month", view == "month" ? month_value(drawn) : Value()},
                          {"list", view == "list" ? list_value(drawn) : Value()},
                          {"year", view == "year" ? year_value(drawn) : Value()}});
}

}  // namespace tiendo::timetable
