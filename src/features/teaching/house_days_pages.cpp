// GET /house-days: holidays and the half-days of the house.
#include "features/teaching/teaching_pages.h"

namespace tiendo::teaching {
namespace {

int year_asked(pages::Reader& asked, const web::Visit& visit) {
    return asked.year("year").value_or(visit.today().year());
}

Value days_value(const web::Visit& visit, db::Read& tx, int year) {
    return Value::object({{"year", year},
                          {"holidays", list_of(holidays(tx, *Date::of(year, 1, 1), *Date::of(year, 12, 31)),
                                               [](const Holiday& holiday) { return to_value(holiday); })},
                          {"half_days", list_of(half_days_on(tx, visit.today()), [](const HalfDay& half_day) {
                               return to_value(half_day);
                           })}});
}

Value page_value(const web::Visit& visit, db::Read& tx, int year, const pages::Refused& refused) {
    const bool can_change = may_change_house(tx, visit.actor);
    const auto offered = can_change ? offered_holidays(tx, year) : std::vector<Holiday>{};
    Value holiday, half_day;
    if (can_change) {
        pages::FieldList day(visit, refused, "holidays");
        day.day("first_on").required().day("last_on").hint("teaching.last_on_hint");
        day.text("name").label(visit.text("teaching.holiday_name")).required();
        holiday = day.form();
        pages::FieldList half(visit, refused, "half-days");
        half.choice("half_day", half_day_options(visit), "morning");
        half.day("valid_from", visit.today()).required();
        half.time("starts_at").required().shorter().time("ends_at").required().shorter();
        half.count("periods").required().hint("teaching.periods_hint");
        half_day = half.form();
    }
    return days_value(visit, tx, year)
        .set("title", visit.text("teaching.house_days"))
        .set("previous_url", "/house-days?year=" + std::to_string(year - 1))
        .set("next_url", "/house-days?year=" + std::to_string(year + 1))
        .set("history", list_of(half_day_history(tx), [](const HalfDay& one) { return to_value(one); }))
        .set("offered", list_of(offered, [](const Holiday& one) { return to_value(one); }))
        .set("has_offered", !offered.empty())
        .set("can_change", can_change)
        .set("holiday", std::move(holiday))
        .set("half_day", std::move(half_day));
}

http::Response days_page(const web::Visit& visit) {
    pages::Reader asked = pages::Reader::of_query(visit);
    const int year = year_asked(asked, visit);
    return visit.database.read(
        [&](db::Read& tx) { return visit.page("teaching/house_days", page_value(visit, tx, year, {})); });
}

http::Response days_json(const web::Visit& visit) {
    pages::Reader asked = pages::Reader::of_query(visit);
    const int year = year_asked(asked, visit);
    if (asked.refused()) return visit.json_refused(asked.refusals());
    return visit.database.read([&](db::Read& tx) { return visit.json(days_value(visit, tx, year)); });
}

template <class Verb>
Outcome<Done> happen(const web::Visit& visit, Verb verb) {
    return visit.database.write([&](db::Write& tx) -> Outcome<Done> {
        pages::Reader sent = pages::Reader::of_body(visit);
        if (sent.refused()) return sent.refusals();
        return verb(tx, sent);
    });
}

http::Response answer(const web::Visit& visit, const char* form, const Outcome<Done>& done) {
    if (done) return visit.redirect("/house-days", "act.recorded");
    return visit.database.read([&](db::Read& tx) {
        return visit.refused("teaching/house_days",
                             page_value(visit, tx, visit.today().year(), {form, done.refusals()}),
                             done.refusals());
    });
}

Outcome<Done> declaring(const web::Visit& visit) {
    return happen(visit, [&](db::Write& tx, pages::Reader& sent) -> Outcome<Done> {
        Holiday holiday;
        holiday.first_on = sent.required_day("first_on").value_or(Date{});
        holiday.last_on = sent.day("last_on").value_or(holiday.first_on);
        holiday.name = sent.required_text("name");
        if (sent.refused()) return sent.refusals();
        const auto declared = declare_holiday(tx, visit.actor, holiday, visit.now);
        if (!declared) return declared.refusals();
        return Done{};
    });
}

http::Response declare_by_form(const web::Visit& visit) {
    return answer(visit, "holidays", declaring(visit));
}

http::Response declare_by_json(const web::Visit& visit) {
    const auto declared = declaring(visit);
    return declared ? visit.json(Value::object({{"done", true}}), 201)
                    : visit.json_refused(declared.refusals());
}

http::Response withdraw(const web::Visit& visit) {
    return answer(visit, "withdrawal", happen(visit, [&](db::Write& tx, pages::Reader&) -> Outcome<Done> {
                      withdraw_holiday(tx, visit.actor, HolidayId{web::id_of(visit, "id")}, visit.now);
                      return Done{};
                  }));
}

http::Response set_half_day_sent(const web::Visit& visit) {
    return answer(visit, "half-days", happen(visit, [&](db::Write& tx, pages::Reader& sent) -> Outcome<Done> {
                      HalfDay half_day;
                      half_day.code =
                          sent.required_choice("half_day", {"morning", "afternoon", "evening"}).value_or("");
                      half_day.valid_from = sent.required_day("valid_from");
                      sent.required_text("starts_at");
                      sent.required_text("ends_at");
                      half_day.starts_minute = time_sent(sent, "starts_at").value_or(0);
                      half_day.ends_minute = time_sent(sent, "ends_at").value_or(0);
                      half_day.periods = sent.required_count("periods").value_or(0);
                      if (sent.refused()) return sent.refusals();
                      return set_half_day(tx, visit.actor, half_day, visit.now);
                  }));
}

}  // namespace

void register_house_days(web::Routes& routes) {
    routes.get("/house-days", see_timetable, days_page);
    routes.post("/house-days/holidays", change_timetable, declare_by_form);
    routes.post("/house-days/holidays/:id/withdrawal", change_timetable, withdraw);
    routes.post("/house-days/half-days", change_timetable, set_half_day_sent);
    routes.get("/api/v1/house-days", see_timetable, days_json);
    routes.post("/api/v1/house-days/holidays", change_timetable, declare_by_json);
}

}  // namespace tiendo::teaching
