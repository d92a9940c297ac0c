// GET /calls/:id/nominations and /nominations/:id, and what units do there.
#include "features/nominations/nominations_pages.h"

#include <algorithm>

#include "base/text.h"
#include "features/nominations/nominations_presenter.h"

namespace tiendo::nominations {
namespace {

constexpr int candidates_shown = 50;

// People found by the words asked for, with the state in which the call has them already.
Value candidates(const web::Visit& visit, db::Read& tx, const Call& call, std::string_view words) {
    if (words.empty()) return Value::list();
    std::map<people::PersonId, State> known;
    for (const Nomination& one : nominations_of(tx, call.id)) known[one.person] = one.state;
    const auto found = people::find(tx, visit.actor, words, candidates_shown);
    std::map<organisations::UnitId, std::string> names;
    for (const organisations::Unit& unit : organisations::units(tx, visit.actor)) names[unit.id] = unit.name;
    const auto sent = pages::Reader::of_body(visit);
    const auto ticked = ids_sent(visit, sent, "person");
    return list_of(found, [&](const people::Person& person) {
        const auto state = known.find(person.id);
        const bool there = state != known.end();
        const bool open = !there || state->second == State::withdrawn || state->second == State::substituted;
        return Value::object(
            {{"id", person.id},
             {"full_name", person.full_name},
             {"birth_date", people::birth_text(person)},
             {"national_id", people::masked(person.national_id)},
             {"unit", names[person.unit]},
             {"position", person.position},
             {"state", there ? Value(to_text(state->second)) : Value()},
             {"checked", std::find(ticked.begin(), ticked.end(), person.id.value) != ticked.end()},
             {"open", open}});
    });
}

// Those whom the unit's lists named and nobody has in the register; it may take back who still waits.
Value own_newcomers(const web::Visit& visit, db::Read& tx, const Call& call, const pages::Forms& forms) {
    Value value = shown_newcomers(visit, tx, call);
    if (value.is_null()) return value;
    const bool may = visit.actor.may(nominate_people) && !value["still_waiting"].is_null();
    return std::move(value).set("withdrawing", may ? forms.form("withdrawal") : Value());
}

// --- nominating -------------------------------------------------------------------------------

struct Offered {
    Outcome<Told> told;
    std::string form;
};

Outcome<Told> offer(const web::Visit& visit, bool from_list) {
    const CallId id{web::id_of(visit, "id")};
    return visit.database.write([&](db::Write& tx) -> Outcome<Told> {
        pages::Reader sent = pages::Reader::of_body(visit);
        if (sent.refused()) return sent.refusals();
        const Call call = require(tx, visit.actor, id);
        Offer offer{.people = chosen<people::PersonId>(visit, sent, "person"),
                    .choice = sent.count("choice").value_or(1),
                    .note = sent.text("note")};
        Recognised list;
        if (from_list) {
            // As it was typed, because the tabs between cells say where a name ends.
            const std::string typed(visit.request.secret("lines"));
            const std::string lines = typed.empty() ? sent.text("lines") : typed;
            auto recognised = recognise_list(visit, tx, lines, visit.request.upload("file"));
            if (!recognised) return recognised.refusals();
            list = *std::move(recognised);
            offer.people = list.people;
            if (list.people.empty() && list.unknown.empty() && list.unread.empty())
                return Refusal{"lines", "nomination.list_empty", {}};
        }
        if (sent.refused()) return sent.refusals();
        const cohorts::Act act{visit.now, sent.text("reason"), paper_sent(visit, tx, sent)};
        Told told;
        told.unread = list.unread;
        if (const auto kept = keep_unknown(visit, tx, call, list, offer, act, told); !kept)
            return kept.refusals();
        if (from_list && offer.people.empty()) return told;
        auto answers = nominate(tx, visit.actor, call, offer, act);
        if (!answers) return answers.refusals();
        told.answers = *std::move(answers);
        return told;
    });
}

http::Response own_page(const web::Visit& visit, const Told& told, const pages::Refused& refused) {
    return visit.database.read([&](db::Read& tx) {
        const Call call = require(tx, visit.actor, CallId{web::id_of(visit, "id")});
        Value value = own_page_value(visit, tx, call, told, refused);
        return refused.refusals.empty()
                   ? visit.page("nominations/own_nominations", std::move(value))
                   : visit.refused("nominations/own_nominations", std::move(value), refused.refusals);
    });
}

web::Handler nominating_page(std::string form, bool from_list) {
    return [form = std::move(form), from_list](const web::Visit& visit) {
        const auto told = offer(visit, from_list);
        return told ? own_page(visit, *told, {}) : own_page(visit, {}, {form, told.refusals()});
    };
}

web::Handler nominating_json(bool from_list) {
    return [from_list](const web::Visit& visit) {
        const auto told = offer(visit, from_list);
        if (!told) return visit.json_refused(told.refusals());
        return visit.json(Value::object({{"answers", to_value(visit, told->answers)},
                                         {"newcomers", to_value(visit, told->newcomers)},
                                         {"unread", unread_value(visit, told->unread)}}));
    };
}

// --- one nomination ---------------------------------------------------------------------------

using Verb = Outcome<Done> (*)(db::Write&, const web::Visit&, const Nomination&, pages::Reader&,
                               const cohorts::Act&);

Outcome<Done> withdrawal(db::Write& tx, const web::Visit& visit, const Nomination& nomination, pages::Reader&,
                         const cohorts::Act& act) {
    return withdraw(tx, visit.actor, nomination, visit.today(), act);
}

Outcome<Done> answering(db::Write& tx, const web::Visit& visit, const Nomination& nomination, pages::Reader&,
                        const cohorts::Act& act) {
    return answer(tx, visit.actor, nomination, act);
}

Outcome<Done> substitution(db::Write& tx, const web::Visit& visit, const Nomination& nomination,
                           pages::Reader& sent, const cohorts::Act& act) {
    const people::PersonId by{parse_id(sent.required_text("person"))};
    if (sent.refused()) return sent.refusals();
    if (!by) return Refusal{"person", "nomination.nobody_chosen", {}};
    return substitute(tx, visit.actor, nomination, people::require(tx, visit.actor, by).id, visit.today(),
                      act);
}

Outcome<Done> happen(const web::Visit& visit, Verb verb) {
    const NominationId id{web::id_of(visit, "id")};
    return visit.database.write([&](db::Write& tx) -> Outcome<Done> {
        pages::Reader sent = pages::Reader::of_body(visit);
        if (sent.refused()) return sent.refusals();
        const Nomination nomination = require(tx, visit.actor, id);
        return verb(tx, visit, nomination, sent,
                    cohorts::Act{visit.now, sent.text("reason"), paper_sent(visit, tx, sent)});
    });
}

http::Response nomination_page(const web::Visit& visit) {
    const NominationId id{web::id_of(visit, "id")};
    return visit.database.read([&](db::Read& tx) {
        return visit.page("nominations/nomination", nomination_page_value(visit, tx, id, {}));
    });
}

http::Response nomination_json(const web::Visit& visit) {
    const NominationId id{web::id_of(visit, "id")};
    return visit.database.read(
        [&](db::Read& tx) { return visit.json(nomination_value(visit, tx, id, people::Sensitive::masked)); });
}

// The person's record and what the rules saw of it, shown once, in the answer itself.
template <class Answer>
Outcome<http::Response> disclose(const web::Visit& visit, Answer answer) {
    const NominationId id{web::id_of(visit, "id")};
    return visit.database.write([&](db::Write& tx) -> Outcome<http::Response> {
        const Nomination nomination = require(tx, visit.actor, id);
        const auto person = people::require(tx, visit.actor, nomination.person);
        if (!people::may_be_shown(tx, visit.actor, person)) throw web::Forbidden{};
        pages::Reader sent = pages::Reader::of_body(visit);
        const std::string reason = sent.required_text("reason");
        if (sent.refused()) return sent.refusals();
        people::note_disclosure(tx, visit.actor, person, reason, visit.now);
        return answer(tx, id);
    });
}

http::Response refused_page(const web::Visit& visit, const pages::Refused& refused) {
    const NominationId id{web::id_of(visit, "id")};
    return visit.database.read([&](db::Read& tx) {
        return visit.refused("nominations/nomination", nomination_page_value(visit, tx, id, refused),
                             refused.refusals);
    });
}

http::Response disclosure(const web::Visit& visit) {
    const auto shown = disclose(visit, [&](db::Read& tx, NominationId id) {
        return visit.page("nominations/nomination",
                          nomination_page_value(visit, tx, id, {}, people::Sensitive::shown));
    });
    return shown ? *shown : refused_page(visit, {"disclosure", shown.refusals()});
}

http::Response disclosure_json(const web::Visit& visit) {
    const auto shown = disclose(visit, [&](db::Read& tx, NominationId id) {
        return visit.json(nomination_value(visit, tx, id, people::Sensitive::shown));
    });
    return shown ? *shown : visit.json_refused(shown.refusals());
}

web::Handler by_form(std::string form, Verb verb) {
    return [form = std::move(form), verb](const web::Visit& visit) {
        const Outcome<Done> outcome = happen(visit, verb);
        const NominationId id{web::id_of(visit, "id")};
        if (outcome) return visit.redirect("/nominations/" + to_text(id), "act.recorded");
        return refused_page(visit, {form, outcome.refusals()});
    };
}

web::Handler by_json(Verb verb) {
    return [verb](const web::Visit& visit) {
        const Outcome<Done> outcome = happen(visit, verb);
        return outcome ? nomination_json(visit) : visit.json_refused(outcome.refusals());
    };
}

}  // namespace

std::vector<std::int64_t> ids_sent(const web::Visit& visit, const pages::Reader& sent,
                                   std::string_view name) {
    std::vector<std::int64_t> ids;
    const auto add = [&](std::string_view text) {
        if (const std::int64_t id = parse_id(clean(text))) ids.push_back(id);
    };
    if (visit.request.body.empty()) {
        for (const http::Field& field : visit.request.form)
            if (field.name == name) add(field.value);
    } else {
        const std::string text = sent.text(name);
        for (const std::string_view one : split(text, ',')) add(one);
    }
    return ids;
}

Value with_ticks(const web::Visit& visit, const Value& rows, std::string_view name) {
    const auto ticked = ids_sent(visit, pages::Reader::of_body(visit), name);
    return list_of(*rows.list_items(), [&](Value row) {
        const std::int64_t id = parse_id(*row["id"].text());
        return std::move(row).set("checked", std::find(ticked.begin(), ticked.end(), id) != ticked.end());
    });
}

Value own_page_value(const web::Visit& visit, db::Read& tx, const Call& call, const Told& told,
                     const pages::Refused& refused) {
    const pages::Forms forms(visit, refused);
    const std::string asked(visit.request.asked("q"));
    const std::string words = asked.empty() ? std::string(visit.request.sent("q")) : asked;
    const bool office = may_change(tx, visit.actor, call.cohort);
    const std::string_view state = state_at(call, visit.now);
    const bool over = call.cohort.facts.closed_on || call.cohort.facts.cancelled_on;
    const bool may = visit.actor.may(nominate_people) && !over;
    Value list = forms.form("list")
                     .set("lines", forms.field("list", "lines", unread_text(visit, told.unread)))
                     .set("file", forms.field("list", "file"))
                     .set("choice", forms.field("list", "choice", 1))
                     .set("document", forms.field("list", "document"));
    if (!told.unread.empty()) list.set("open", true);
    Value nominating;
    if (may)
        nominating = forms.form("nominations")
                         .set("q", words)
                         .set("searched", !words.empty())
                         .set("late", state != "open")
                         .set("candidates", candidates(visit, tx, call, words))
                         .set("choice", forms.field("nominations", "choice", 1))
                         .set("note", forms.field("nominations", "note"))
                         .set("document", forms.field("nominations", "document"))
                         .set("list", std::move(list));
    const bool has_told = !told.answers.empty() || !told.newcomers.empty() || !told.unread.empty();
    return Value::object({{"title", visit.text("nomination.of_call", {call.cohort.code})},
                          {"call", call_value(visit, tx, call)},
                          {"list", list_value(visit, tx, call)},
                          {"newcomers", own_newcomers(visit, tx, call, forms)},
                          {"nominating", std::move(nominating)},
                          {"over", over},
                          {"office", office},
                          {"told", to_value(visit, told.answers)},
                          {"told_newcomers", to_value(visit, told.newcomers)},
                          {"has_told", has_told},
                          {"has_unread", !told.unread.empty()},
                          {"unread", unread_value(visit, told.unread)}});
}

documents::Source paper_sent(const web::Visit& visit, db::Write& tx, const pages::Reader& sent) {
    const std::string number = sent.text("document");
    if (number.empty()) return {};
    return {documents::record(tx, visit.actor, {.kind = "decision", .title = number, .number = number},
                              visit.now),
            ""};
}

Value nomination_page_value(const web::Visit& visit, db::Read& tx, NominationId id,
                            const pages::Refused& refused, people::Sensitive sensitive) {
    const pages::Forms forms(visit, refused);
    Value value = nomination_value(visit, tx, id, sensitive);
    const Nomination nomination = require(tx, visit.actor, id);
    const Call call = require_for_books(tx, nomination.call);
    const bool office = may_change(tx, visit.actor, call.cohort);
    const bool own = visit.actor.may(nominate_people) &&
                     organisations::may(tx, visit.actor, nominate_people, nomination.unit);
    const bool live = is_live(nomination.state);
    const bool shown = sensitive == people::Sensitive::shown;
    // Where the person is now is looked at when it is asked for.
    const people::Person nominated{.id = nomination.person, .unit = nomination.unit};
    Value disclosing;
    if (!shown && people::may_be_shown(tx, visit.actor, nominated)) disclosing = forms.form("disclosure");
    const std::string asked(visit.request.asked("substitute"));
    const std::string words = asked.empty() ? std::string(visit.request.sent("substitute")) : asked;
    Value withdrawing, answering, substituting;
    if (live && (office || (own && !call.locked_at))) withdrawing = forms.form("withdrawal");
    if (own && nomination.state == State::needs_document)
        answering = forms.form("answer").set("document", forms.field("answer", "document"));
    if (live && office)
        substituting = forms.form("substitution")
                           .set("q", words)
                           .set("searched", !words.empty())
                           .set("person", forms.field("substitution", "person"))
                           .set("document", forms.field("substitution", "document"))
                           .set("candidates", candidates(visit, tx, call, words));
    return std::move(value)
        .set("title", nomination.full_name)
        .set("nomination", nomination.id)
        .set("can_see_documents", visit.actor.may(documents::see_documents))
        .set("office", office)
        .set("shown", shown)
        .set("disclosure", std::move(disclosing))
        .set("can_change", !withdrawing.is_null() || !answering.is_null() || !substituting.is_null())
        .set("withdrawal", std::move(withdrawing))
        .set("answer", std::move(answering))
        .set("substitution", std::move(substituting));
}

void register_nomination_acts(web::Routes& routes) {
    const web::Options uploads{.pool = http::Pool::slow, .uploads = true, .body_limit = 8 << 20};
    routes.get("/calls/:id/nominations", see_nominations,
               [](const web::Visit& visit) { return own_page(visit, {}, {}); });
    routes.post("/calls/:id/nominations", nominate_people, nominating_page("nominations", false));
    routes.post("/calls/:id/list", nominate_people, nominating_page("list", true), uploads);
    routes.post("/calls/:id/list/unread", nominate_people, unread_workbook);
    routes.get("/nominations/:id", see_nominations, nomination_page);
    routes.post("/nominations/:id/disclosure", people::see_sensitive, disclosure);
    routes.post("/nominations/:id/withdrawal", nominate_people, by_form("withdrawal", withdrawal));
    routes.post("/nominations/:id/answer", nominate_people, by_form("answer", answering));
    routes.post("/nominations/:id/substitution", change_nominations, by_form("substitution", substitution));
    routes.get("/api/v1/calls/:id/nominations", see_nominations, [](const web::Visit& visit) {
        return visit.database.read([&](db::Read& tx) {
            return visit.json(
                list_value(visit, tx, require(tx, visit.actor, CallId{web::id_of(visit, "id")})));
        });
    });
    routes.post("/api/v1/calls/:id/nominations", nominate_people, nominating_json(false));
    routes.post("/api/v1/calls/:id/list", nominate_people, nominating_json(true));
    routes.get("/api/v1/nominations/:id", see_nominations, nomination_json);
    routes.post("/api/v1/nominations/:id/disclosure", people::see_sensitive, disclosure_json);
    routes.post("/api/v1/nominations/:id/withdrawal", nominate_people, by_json(withdrawal));
    routes.post("/api/v1/nominations/:id/answer", nominate_people, by_json(answering));
    routes.post("/api/v1/nominations/:id/substitution", change_nominations, by_json(substitution));
}

}  // namespace tiendo::nominations
