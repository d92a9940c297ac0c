// GET /calls, /cohorts/:id/call, its letter and its workbook.
#include "base/text.h"
#include "features/nominations/nominations_pages.h"
#include "features/nominations/nominations_presenter.h"
#include "platform/pages/address.h"
#include "platform/pages/workbook.h"

namespace tiendo::nominations {
namespace {

using Column = office::ListColumn;

Value calls_value(const web::Visit& visit, db::Read& tx) {
    const auto rows = calls(tx, visit.actor, visit.now);
    return Value::object({{"count", rows.size()}, {"calls", list_of(rows, [&](const ListedCall& call) {
                                                       return to_value(call, visit.now, visit.offset);
                                                   })}});
}

http::Response calls_page(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        const bool office = visit.actor.may(change_nominations);
        Value value = calls_value(visit, tx).set("title", visit.text("call.list"));
        Value rows = list_of(*value["calls"].list_items(), [&](Value row) {
            const std::string url = office ? "/cohorts/" + *row["cohort"]["id"].text() + "/call"
                                           : "/calls/" + *row["id"].text() + "/nominations";
            return std::move(row).set("url", url);
        });
        return visit.page("nominations/calls", value.set("calls", std::move(rows)));
    });
}

// The units that may be asked: those right below the centre, and whoever was asked already.
Value units_to_ask(const web::Visit& visit, db::Read& tx, const pages::Forms& forms,
                   const std::optional<Call>& call, organisations::UnitId centre) {
    Value list = Value::list();
    for (const organisations::Unit& unit : organisations::units(tx, visit.actor)) {
        std::optional<std::int64_t> quota;
        if (call)
            for (const Quota& one : call->quotas)
                if (one.unit == unit.id) quota = one.quota;
        if (!quota && unit.parent != centre) continue;
        list.push(Value::object({{"id", unit.id},
                                 {"name", unit.name},
                                 {"quota", forms.field("call", "quota-" + to_text(unit.id), quota)}}));
    }
    return list;
}

Value issue_form(const web::Visit& visit, db::Read& tx, const cohorts::Cohort& cohort,
                 const std::optional<Call>& call, const pages::Forms& forms) {
    Value deadline, places = cohort.expected_learners, number, text, notice = 7;
    if (call) {
        const Value now = call_value(visit, tx, *call);
        deadline = now["deadline_local"];
        places = call->places;
        notice = call->notice_days;
        number = call->letter_number;
        text = call->letter_text;
    }
    return forms.form("call")
        .set("again", call.has_value())
        .set("places", forms.field("call", "places", places))
        .set("deadline", forms.field("call", "deadline", deadline))
        .set("notice_days", forms.field("call", "notice_days", notice))
        .set("letter_number", forms.field("call", "letter_number", number))
        .set("letter_text", forms.field("call", "letter_text", text))
        .set("units", units_to_ask(visit, tx, forms, call, cohort.organiser_unit));
}

// Who is nominated and has not been decided on.
std::int64_t undecided(const Value& call) {
    std::int64_t count = 0;
    for (const Value& one : *call["states"].list_items())
        if (const auto state = *parse_state(*one["state"].text());
            is_live(state) && state != State::admitted && state != State::wait_listed)
            count += *one["count"].number();
    return count;
}

Value filters_of(const web::Visit& visit, const Value& call) {
    return list_of(*call["states"].list_items(), [&](Value state) {
        const std::string name = *state["state"].text();
        return std::move(state)
            .set("url", pages::here(visit.request, {{"state", name}, {"after", ""}}))
            .set("current", visit.request.asked("state") == name);
    });
}

http::Response workbook(const web::Visit& visit, db::Read& tx, const Call& call) {
    const std::string title = visit.text("nomination.list_of", {call.cohort.code});
    const office::ListLayout layout{.sheet = visit.text("nomination.list"),
                                    .titles = {title, call.cohort.programme.name},
                                    .columns = {{visit.text("roster.ordinal"), Column::Kind::integer},
                                                {visit.text("roster.full_name"), {}, 28},
                                                {visit.text("roster.birth_date"), {}, 14},
                                                {visit.text("roster.national_id"), {}, 16},
                                                {visit.text("roster.unit_alone"), {}, 36},
                                                {visit.text("roster.position"), {}, 24},
                                                {visit.text("nomination.choice"), Column::Kind::integer},
                                                {visit.text("nomination.state"), {}, 20},
                                                {visit.text("cohort.note"), {}, 24}}};
    const auto rows = listed(tx, visit.actor, call.id, {.state = {}, .after = {}, .count = 100'000});
    return pages::workbook(layout, title + ".xlsx", [&](office::ListWriter& writer) {
        std::int64_t ordinal = 0;
        for (const Listed& row : rows)
            writer.row({++ordinal, row.person.full_name,
                        i18n::date(visit.language, people::birth_text(row.person)),
                        people::masked(row.person.national_id), row.unit_name, row.nomination.position,
                        row.nomination.choice,
                        visit.text("nomination.state." + std::string(to_text(row.nomination.state))),
                        row.nomination.note});
    });
}

http::Response call_page(const web::Visit& visit) {
    const cohorts::CohortId id{web::id_of(visit, "id")};
    return visit.database.read([&](db::Read& tx) {
        const auto call = find_call_of(tx, id);
        if (call) require(tx, visit.actor, call->id);
        const cohorts::Cohort cohort = call ? call->cohort : cohorts::require(tx, visit.actor, id);
        if (!organisations::may(tx, visit.actor, see_nominations, cohort.organiser_unit)) {
            if (!call) throw web::NotFound{};
            return visit.redirect("/calls/" + to_text(call->id) + "/nominations");
        }
        if (call && visit.request.asked("format") == "xlsx") return workbook(visit, tx, *call);
        return visit.page("nominations/call", call_page_value(visit, tx, cohort, {}));
    });
}

}  // namespace

Value call_page_value(const web::Visit& visit, db::Read& tx, const cohorts::Cohort& cohort,
                      const pages::Refused& refused) {
    const pages::Forms forms(visit, refused);
    const auto call = find_call_of(tx, cohort.id);
    const bool office = may_change(tx, visit.actor, cohort);
    const std::string path = "/cohorts/" + to_text(cohort.id) + "/call";
    Value value = Value::object({{"title", visit.text("call.title", {cohort.code})},
                                 {"tabs", cohorts::tabs(visit, tx, cohort, "call")},
                                 {"cohort", Value::object({{"id", cohort.id}, {"code", cohort.code}})},
                                 {"programme", cohort.programme.name},
                                 {"call", nullptr},
                                 {"list", nullptr},
                                 {"newcomers", nullptr},
                                 {"filters", Value::list()},
                                 {"filtered", !visit.request.asked("state").empty()},
                                 {"history", Value::list()},
                                 {"export", nullptr},
                                 {"print_url", nullptr},
                                 {"decisions", nullptr},
                                 {"selection", nullptr},
                                 {"locking", nullptr},
                                 {"unlocking", nullptr},
                                 {"can_change", office},
                                 {"issue", nullptr}});
    const bool over = cohort.facts.closed_on || cohort.facts.cancelled_on;
    const bool locked = call && call->locked_at;
    if (office && !over && !locked) value.set("issue", issue_form(visit, tx, cohort, call, forms));
    if (!call) return value;
    Value seen = call_value(visit, tx, *call), list = list_value(visit, tx, *call);
    list.set("nominations", with_ticks(visit, list["nominations"], "nomination"));
    value.set("filters", filters_of(visit, seen))
        .set("list", std::move(list))
        .set("export", path + "?format=xlsx")
        .set("print_url", path + "?print=1")
        .set("history", list_of(history(tx, call->id), [](const Event& event) { return to_value(event); }));
    Value newcomers = shown_newcomers(visit, tx, *call);
    if (!newcomers.is_null()) {
        const bool may = office && !over && !newcomers["still_waiting"].is_null();
        const bool registers = visit.actor.may(people::change_people);
        newcomers.set("locked", locked)
            .set("deciding", !may ? Value()
                                  : forms.form("newcomers")
                                        .set("registers", registers)
                                        .set("document", forms.field("newcomers", "document")));
    }
    value.set("newcomers", std::move(newcomers));
    if (office && !over) {
        value
            .set("decisions", forms.form("decisions")
                                  .set("elsewhere", refused.form == "newcomers")
                                  .set("document", forms.field("decisions", "document")))
            .set("selection", forms.form("selection"));
        if (!locked) {
            const std::int64_t left = undecided(seen);
            value.set("locking", forms.form("locking").set("undecided", left > 0 ? Value(left) : Value()));
        }
        if (locked && !cohort.facts.opened_on) value.set("unlocking", forms.form("unlocking"));
    }
    return std::move(value).set("call", std::move(seen));
}

void register_routes(web::Routes& routes) {
    routes.get("/calls", see_nominations, calls_page);
    routes.get("/cohorts/:id/call", see_nominations, call_page);
    routes.get("/calls/:id/letter", see_nominations, letter);
    routes.get("/api/v1/calls", see_nominations, [](const web::Visit& visit) {
        return visit.database.read([&](db::Read& tx) { return visit.json(calls_value(visit, tx)); });
    });
    routes.get("/api/v1/calls/:id", see_nominations, [](const web::Visit& visit) {
        return visit.database.read([&](db::Read& tx) {
            return visit.json(
                call_value(visit, tx, require(tx, visit.actor, CallId{web::id_of(visit, "id")})));
        });
    });
    register_call_acts(routes);
    register_nomination_acts(routes);
    register_newcomer_acts(routes);
}

}  // namespace tiendo::nominations
