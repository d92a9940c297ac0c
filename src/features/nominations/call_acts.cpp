// POST /cohorts/:id/call and /calls/:id/…: what the office does with a call, by a form or as JSON.
#include "features/nominations/nominations_pages.h"
#include "features/nominations/nominations_presenter.h"

namespace tiendo::nominations {
namespace {

// --- issuing ----------------------------------------------------------------------------------

Call said(const web::Visit& visit, db::Read& tx, const cohorts::Cohort& cohort, pages::Reader& sent) {
    Call call;
    call.cohort = cohort;
    call.places = sent.required_count("places").value_or(0);
    const auto deadline = sent.moment("deadline");
    if (sent.text("deadline").empty()) sent.refuse("deadline", "form.required");
    call.deadline = deadline.value_or(Instant{});
    call.notice_days = sent.count("notice_days").value_or(0);
    call.letter_number = sent.text("letter_number");
    call.letter_text = sent.text("letter_text");
    for (const organisations::Unit& unit : organisations::units(tx, visit.actor))
        if (const auto quota = sent.count("quota-" + to_text(unit.id)); quota && *quota > 0)
            call.quotas.push_back({unit.id, *quota});
    return call;
}

Outcome<CallId> issue_said(const web::Visit& visit) {
    const cohorts::CohortId id{web::id_of(visit, "id")};
    return visit.database.write([&](db::Write& tx) -> Outcome<CallId> {
        pages::Reader sent = pages::Reader::of_body(visit);
        const cohorts::Cohort cohort = cohorts::require(tx, visit.actor, id);
        if (!may_change(tx, visit.actor, cohort)) throw web::Forbidden{};
        const Call call = said(visit, tx, cohort, sent);
        if (sent.refused()) return sent.refusals();
        return issue(tx, visit.actor, call, {visit.now, sent.text("reason"), {}});
    });
}

http::Response refused_page(const web::Visit& visit, cohorts::CohortId cohort,
                            const pages::Refused& refused) {
    return visit.database.read([&](db::Read& tx) {
        return visit.refused("nominations/call",
                             call_page_value(visit, tx, cohorts::require(tx, visit.actor, cohort), refused),
                             refused.refusals);
    });
}

http::Response issue_page(const web::Visit& visit) {
    const cohorts::CohortId id{web::id_of(visit, "id")};
    const auto issued = issue_said(visit);
    if (!issued) return refused_page(visit, id, {"call", issued.refusals()});
    return visit.redirect("/cohorts/" + to_text(id) + "/call", "act.recorded");
}

http::Response call_json(const web::Visit& visit, CallId id) {
    return visit.database.read(
        [&](db::Read& tx) { return visit.json(call_value(visit, tx, require(tx, visit.actor, id))); });
}

http::Response issue_json(const web::Visit& visit) {
    const auto issued = issue_said(visit);
    return issued ? call_json(visit, *issued) : visit.json_refused(issued.refusals());
}

// --- deciding ---------------------------------------------------------------------------------

// What a verb is told: the call under its lock, and what was sent about it.
struct Asked {
    db::Write& tx;
    const web::Visit& visit;
    const Call& call;
    pages::Reader& sent;
    const cohorts::Act& act;
};
using Verb = Outcome<Done> (*)(const Asked&);

template <class T>
Outcome<Done> done(const Outcome<T>& outcome) {
    return outcome ? Outcome<Done>(Done{}) : Outcome<Done>(outcome.refusals());
}

Outcome<Done> decision(const Asked& asked) {
    const auto decided = asked.sent.required_choice(
        "decision", {"checked", "asked_again", "admitted", "wait_listed", "refused"});
    if (!decided) return asked.sent.refusals();
    const auto which = chosen<NominationId>(asked.visit, asked.sent, "nomination");
    return done(
        decide(asked.tx, asked.visit.actor, asked.call, which, *decided, asked.visit.today(), asked.act));
}

Outcome<Done> selection(const Asked& asked) {
    return done(select(asked.tx, asked.visit.actor, asked.call, asked.visit.today(), asked.act));
}

Outcome<Done> newcomer_decision(const Asked& asked) {
    const auto decided = asked.sent.required_choice("decision", {"registered", "refused"});
    if (!decided) return asked.sent.refusals();
    const web::Actor& actor = asked.visit.actor;
    const auto which = chosen<NewcomerId>(asked.visit, asked.sent, "newcomer");
    if (*decided == "refused") return done(refuse(asked.tx, actor, asked.call, which, asked.act));
    if (!actor.may(people::change_people)) throw web::Forbidden{};
    return done(register_and_nominate(asked.tx, actor, asked.call, which, asked.act));
}

Outcome<Done> recognition(const Asked& asked) {
    const NewcomerId which{parse_id(asked.sent.required_text("newcomer"))};
    const people::PersonId person{parse_id(asked.sent.required_text("person"))};
    if (asked.sent.refused()) return asked.sent.refusals();
    const web::Actor& actor = asked.visit.actor;
    return recognise(asked.tx, actor, asked.call, which, people::require(asked.tx, actor, person), asked.act);
}

Outcome<Done> locking(const Asked& asked) {
    return done(lock(asked.tx, asked.visit.actor, asked.call, asked.visit.today(), asked.act));
}

Outcome<Done> unlocking(const Asked& asked) {
    return unlock(asked.tx, asked.visit.actor, asked.call, asked.act);
}

Outcome<Done> happen(const web::Visit& visit, Verb verb) {
    const CallId id{web::id_of(visit, "id")};
    return visit.database.write([&](db::Write& tx) -> Outcome<Done> {
        pages::Reader sent = pages::Reader::of_body(visit);
        if (sent.refused()) return sent.refusals();
        const Call call = require_for_change(tx, visit.actor, id);
        return verb({tx, visit, call, sent,
                     cohorts::Act{visit.now, sent.text("reason"), paper_sent(visit, tx, sent)}});
    });
}

web::Handler by_form(std::string form, Verb verb) {
    return [form = std::move(form), verb](const web::Visit& visit) {
        const Outcome<Done> outcome = happen(visit, verb);
        const CallId id{web::id_of(visit, "id")};
        const auto cohort =
            visit.database.read([&](db::Read& tx) { return require(tx, visit.actor, id).cohort.id; });
        if (!outcome) return refused_page(visit, cohort, {form, outcome.refusals()});
        return visit.redirect("/cohorts/" + to_text(cohort) + "/call", "act.recorded");
    };
}

web::Handler by_json(Verb verb) {
    return [verb](const web::Visit& visit) {
        const Outcome<Done> outcome = happen(visit, verb);
        if (!outcome) return visit.json_refused(outcome.refusals());
        return call_json(visit, CallId{web::id_of(visit, "id")});
    };
}

}  // namespace

void register_call_acts(web::Routes& routes) {
    routes.post("/cohorts/:id/call", change_nominations, issue_page);
    routes.post("/calls/:id/decisions", change_nominations, by_form("decisions", decision));
    routes.post("/calls/:id/selection", change_nominations, by_form("selection", selection));
    routes.post("/calls/:id/locking", change_nominations, by_form("locking", locking));
    routes.post("/calls/:id/unlocking", change_nominations, by_form("unlocking", unlocking));
    routes.post("/calls/:id/newcomers/decisions", change_nominations,
                by_form("newcomers", newcomer_decision));
    routes.post("/calls/:id/newcomers/recognition", change_nominations, by_form("newcomers", recognition));
    routes.post("/api/v1/cohorts/:id/call", change_nominations, issue_json);
    routes.post("/api/v1/calls/:id/decisions", change_nominations, by_json(decision));
    routes.post("/api/v1/calls/:id/selection", change_nominations, by_json(selection));
    routes.post("/api/v1/calls/:id/locking", change_nominations, by_json(locking));
    routes.post("/api/v1/calls/:id/unlocking", change_nominations, by_json(unlocking));
    routes.post("/api/v1/calls/:id/newcomers/decisions", change_nominations, by_json(newcomer_decision));
    routes.post("/api/v1/calls/:id/newcomers/recognition", change_nominations, by_json(recognition));
}

}  // namespace tiendo::nominations
