// GET /timetable/clashes: what clashes, as a list one can step through, and letting one stand.
#include <algorithm>

#include "features/timetable/timetable_pages.h"
#include "platform/pages/address.h"

namespace tiendo::timetable {
namespace {

constexpr int days_ahead = 90, longest = 366;

// What is looked at: days, perhaps one cohort, open ones or all.
struct Asked {
    ClashFilter filter;
    bool all = false;
    Refusals refusals;
};
Asked asked(const web::Visit& visit) {
    pages::Reader reader = pages::Reader::of_query(visit);
    Asked asked;
    asked.filter.first = reader.day("first").value_or(visit.today());
    asked.filter.last = reader.day("last").value_or(asked.filter.first + days_ahead);
    if (asked.filter.last < asked.filter.first || asked.filter.last - asked.filter.first > longest)
        reader.refuse("last", "timetable.window", {to_text(asked.filter.first), std::to_string(longest)});
    if (const std::string cohort = reader.text("cohort"); !cohort.empty())
        asked.filter.cohort = cohorts::CohortId{parse_id(cohort)};
    asked.all = reader.text("state") == "all";
    asked.refusals = reader.refusals();
    return asked;
}

std::vector<Clash> found(db::Read& tx, const web::Actor& actor, const Asked& what) {
    return what.all ? clashes(tx, actor, what.filter) : open_clashes(tx, actor, what.filter);
}

std::string address_of(const web::Visit& visit, const Clash& clash) {
    return pages::here(visit.request, {{"at", clash.key()}});
}

// One clash with the ones before and after it.
Value step_value(const web::Visit& visit, const std::vector<Clash>& all, std::size_t at,
                 const pages::Refused& refused) {
    Value form;
    if (visit.actor.may(change_timetable) && !all[at].accepted) {
        pages::FieldList fields(visit, refused, "acceptance");
        fields.text("reason").label(visit.text("timetable.clash_note")).required();
        form = fields.form();
    }
    return to_value(all[at])
        .set("position", at + 1)
        .set("previous_url", at > 0 ? Value(address_of(visit, all[at - 1])) : Value())
        .set("next_url", at + 1 < all.size() ? Value(address_of(visit, all[at + 1])) : Value())
        .set("acceptance", std::move(form));
}

Value page_value(const web::Visit& visit, db::Read& tx, const Asked& what, const std::string& key,
                 const pages::Refused& refused) {
    const auto all = found(tx, visit.actor, what);
    const auto at = std::find_if(all.begin(), all.end(), [&](const Clash& one) { return one.key() == key; });
    Value step;
    if (at != all.end()) step = step_value(visit, all, static_cast<std::size_t>(at - all.begin()), refused);
    return Value::object(
        {{"title", visit.text("timetable.clashes")},
         {"first", what.filter.first},
         {"last", what.filter.last},
         {"cohort_asked", what.filter.cohort ? Value(*what.filter.cohort) : Value()},
         {"all", what.all},
         {"state_url", pages::here(visit.request, {{"state", what.all ? "" : "all"}, {"at", ""}})},
         {"list_url", pages::here(visit.request, {{"at", ""}})},
         {"query", pages::here(visit.request, {})},
         {"count", all.size()},
         {"clashes", list_of(all,
                             [&](const Clash& clash) {
                                 return to_value(clash)
                                     .set("url", address_of(visit, clash))
                                     .set("current", clash.key() == key);
                             })},
         {"step", std::move(step)}});
}

http::Response clashes_page(const web::Visit& visit) {
    const Asked what = asked(visit);
    return visit.database.read([&](db::Read& tx) {
        if (!what.refusals.empty()) {
            Asked usual;
            usual.filter = {visit.today(), visit.today() + days_ahead, std::nullopt, std::nullopt};
            return visit.refused("timetable/clashes", page_value(visit, tx, usual, "", {"", what.refusals}),
                                 what.refusals);
        }
        return visit.page("timetable/clashes",
                          page_value(visit, tx, what, std::string(visit.request.asked("at")), {}));
    });
}

http::Response clashes_json(const web::Visit& visit) {
    const Asked what = asked(visit);
    if (!what.refusals.empty()) return visit.json_refused(what.refusals);
    return visit.database.read([&](db::Read& tx) {
        return visit.json(
            Value::object({{"first", what.filter.first},
                           {"last", what.filter.last},
                           {"clashes", list_of(found(tx, visit.actor, what),
                                               [](const Clash& one) { return to_value(one); })}}));
    });
}

// The clash that the key names, found again on the day of its session.
Clash require_clash(db::Write& tx, const web::Actor& actor, const std::string& key) {
    const auto dash = key.find('-');
    if (dash == key.npos) throw web::NotFound{};
    const SessionId id{parse_id(key.substr(dash + 1, key.find('-', dash + 1) - dash - 1))};
    const auto day = tx.find<Date>(R"sql(select held_on from timetable_sessions where id = :id)sql",
                                   {{"id", id}}, [](const db::Row& row) { return row.date(0); });
    if (!day) throw web::NotFound{};
    for (Clash& clash : clashes(tx, actor, {*day, *day, id, std::nullopt}))
        if (clash.key() == key) return std::move(clash);
    throw web::NotFound{};
}

Outcome<Done> accepting(const web::Visit& visit) {
    return visit.database.write([&](db::Write& tx) -> Outcome<Done> {
        pages::Reader sent = pages::Reader::of_body(visit);
        tx.lock("timetable");
        const Clash clash = require_clash(tx, visit.actor, sent.text("clash"));
        // Whoever may change one of the two may let it stand.
        const auto may = [&](const Meeting& meeting) {
            return !meeting.cohort_code.empty() &&
                   organisations::may(tx, visit.actor, change_timetable,
                                      cohorts::require_for_books(tx, meeting.cohort).organiser_unit);
        };
        if (!may(clash.session) && !(clash.other && may(*clash.other))) throw web::Forbidden{};
        const std::string note = sent.required_text("reason");
        if (sent.refused()) return sent.refusals();
        if (!clash.accepted) accept(tx, visit.actor, {&clash, 1}, {visit.now, note, {}});
        return Done{};
    });
}

http::Response accept_by_form(const web::Visit& visit) {
    const auto done = accepting(visit);
    const std::string back = web::local_path(visit.request.sent("back")).value_or("/timetable/clashes");
    if (done) return visit.redirect(back, "act.recorded");
    return visit.database.read([&](db::Read& tx) {
        return visit.refused("timetable/clashes",
                             page_value(visit, tx, asked(visit), std::string(visit.request.sent("clash")),
                                        {"acceptance", done.refusals()}),
                             done.refusals());
    });
}

http::Response accept_by_json(const web::Visit& visit) {
    const auto done = accepting(visit);
    return done ? visit.json(Value::object({{"done", true}})) : visit.json_refused(done.refusals());
}

}  // namespace

void register_clash_pages(web::Routes& routes) {
    routes.get("/timetable/clashes", see_timetable, clashes_page);
    routes.post("/timetable/clashes", change_timetable, accept_by_form);
    routes.get("/api/v1/timetable/clashes", see_timetable, clashes_json);
    routes.post("/api/v1/timetable/clashes", change_timetable, accept_by_json);
}

}  // namespace tiendo::timetable
