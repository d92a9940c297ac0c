// GET /duplicates and /duplicates/:id, what is decided there, and the sweep; as pages and as JSON.
#include <algorithm>

#include "features/duplicates/duplicates_presenter.h"
#include "features/duplicates/duplicates_store.h"
#include "features/duplicates/sweep.h"
#include "platform/pages/address.h"
#include "platform/pages/forms.h"
#include "platform/pages/paging.h"
#include "platform/pages/reader.h"

namespace tiendo::duplicates {
namespace {

constexpr int rows_of_a_page = 50;

// --- the list -------------------------------------------------------------------------------

struct Asked {
    State state = State::open;
    int minimum = shown_from;
};

Asked asked_of(pages::Reader& query) {
    Asked asked;
    if (const auto state = query.choice("state", {"open", "dismissed", "merged"}))
        asked.state = *parse_state(*state);
    // Who looks for what was decided looks for all of it.
    asked.minimum = asked.state == State::open ? shown_from : 0;
    if (const auto minimum = query.count("minimum"))
        asked.minimum = static_cast<int>(std::min<std::int64_t>(*minimum, 100));
    return asked;
}

Value list_value(const web::Visit& visit, const Desk& desk, db::Read& tx, const Asked& asked) {
    const pages::Place begun = pages::place_of(visit.request, 2);
    std::optional<Cursor> after;
    if (!begun.at_beginning()) after = {static_cast<int>(begun.number(0)), FoundId{begun.number(1)}};
    const Listing listing = pairs(tx, visit.actor, asked.state, asked.minimum, after, rows_of_a_page);
    std::vector<std::string> last;
    if (!listing.rows.empty())
        last = {std::to_string(listing.rows.back().pair.score), to_text(listing.rows.back().id)};
    const auto sweep = last_sweep(tx);
    const std::int64_t done = sweep ? desk.jobs->glimpse(tx, sweep->id.value).units : 0;
    return Value::object(
        {{"count", listing.total},
         {"pairs", list_of(listing.rows, [&](const Found& found) { return to_value(found); })},
         {"sweep", to_value(sweep, done)},
         {"paging", pages::paging(visit.request, begun, static_cast<std::int64_t>(listing.rows.size()),
                                  listing.total, last)}});
}

// Reasons with which way they point, for the eye.
Value with_reasons(Value pair) {
    return std::move(pair).set("reasons", list_of(*pair["reasons"].list_items(), [](const Value& name) {
                                   const int weight = weight_of(*parse_reason(*name.text()));
                                   return Value::object({{"name", name}, {"against", weight < 0}});
                               }));
}

Value with_filter(const web::Visit& visit, Value value, const Asked& asked) {
    Value rows = list_of(*value["pairs"].list_items(), with_reasons);
    const auto states = {State::open, State::dismissed, State::merged};
    return std::move(value)
        .set("pairs", std::move(rows))
        .set("title", visit.text("duplicates.title"))
        .set("export", nullptr)
        .set("print_url", pages::here(visit.request, {{"print", "1"}}))
        .set("can_change", visit.actor.may(change_duplicates))
        .set("is_open", asked.state == State::open)
        .set("minimum", asked.minimum)
        .set("states", list_of(states, [&](State state) {
                 return Value::object({{"value", to_text(state)}, {"current", state == asked.state}});
             }));
}

http::Response list_page(const web::Visit& visit, const Desk& desk) {
    pages::Reader query = pages::Reader::of_query(visit);
    const Asked asked = asked_of(query);
    return visit.database.read([&](db::Read& tx) {
        Value value = with_filter(visit, list_value(visit, desk, tx, asked), asked);
        if (query.refused())
            return visit.refused("duplicates/duplicates", std::move(value), query.refusals());
        return visit.page("duplicates/duplicates", std::move(value));
    });
}

http::Response list_json(const web::Visit& visit, const Desk& desk) {
    pages::Reader query = pages::Reader::of_query(visit);
    const Asked asked = asked_of(query);
    if (query.refused()) return visit.json_refused(query.refusals());
    return visit.database.read([&](db::Read& tx) { return visit.json(list_value(visit, desk, tx, asked)); });
}

// --- the sweep ------------------------------------------------------------------------------

// It reads everybody, so it is for whoever may see everybody.
SweepId begin(const web::Visit& visit, const Desk& desk) {
    const SweepId id = visit.database.write([&](db::Write& tx) {
        if (!organisations::may(tx, visit.actor, change_duplicates, organisations::centre(tx).id))
            throw web::Forbidden{};
        return begin_sweep(tx, visit.actor, visit.now);
    });
    desk.jobs->wake();
    return id;
}

http::Response sweep_by_form(const web::Visit& visit, const Desk& desk) {
    begin(visit, desk);
    return visit.redirect("/duplicates");
}

http::Response sweep_by_json(const web::Visit& visit, const Desk& desk) {
    const SweepId id = begin(visit, desk);
    return visit.database.read([&](db::Read& tx) {
        return visit.json(Value::object({{"sweep", to_value(find_sweep(tx, id), 0)}}), 202);
    });
}

// --- one pair -------------------------------------------------------------------------------

FoundId id_in(const web::Visit& visit) { return FoundId{web::id_of(visit, "id")}; }

bool may_be_shown(const web::Visit& visit, db::Read& tx, const Found& found) {
    return people::may_be_shown(tx, visit.actor, found.first.person) &&
           people::may_be_shown(tx, visit.actor, found.second.person);
}

Value page_value(const web::Visit& visit, db::Read& tx, const pages::Refused& refused,
                 people::Sensitive sensitive = people::Sensitive::masked) {
    const Found found = require(tx, visit.actor, id_in(visit));
    const auto may_change = [&](const Side& side) {
        return organisations::may(tx, visit.actor, change_duplicates, side.person.unit);
    };
    const bool can_change =
        visit.actor.may(change_duplicates) && may_change(found.first) && may_change(found.second);
    const pages::Forms forms(visit, refused);
    const bool shown = sensitive == people::Sensitive::shown;
    Value disclosure, merging, dismissal, undoing;
    if (!shown && may_be_shown(visit, tx, found)) disclosure = forms.form("disclosure");
    if (can_change && found.state != State::merged) merging = forms.form("merging");
    if (can_change && found.state == State::open) dismissal = forms.form("dismissal");
    if (can_change && found.state == State::merged) undoing = forms.form("undoing");
    // Proposed to stay: the record with more behind it, else the older one.
    const bool second_has_more = found.second.participations > found.first.participations;
    Value value = with_reasons(to_value(found, sensitive));
    Value choices = list_of(*value["people"].list_items(), [&](Value person) {
        const bool is_second = *person["id"].text() == to_text(found.pair.second);
        return std::move(person)
            .set("number", is_second ? 2 : 1)
            .set("proposed", is_second == second_has_more);
    });
    return std::move(value)
        .set("people", std::move(choices))
        .set("title", visit.text("duplicates.one"))
        .set("rows", comparison(visit, tx, found, sensitive))
        .set("shown", shown)
        .set("disclosure", std::move(disclosure))
        .set("can_change", can_change)
        .set("is_merged", found.state == State::merged)
        .set("is_open", found.state == State::open)
        .set("merging", std::move(merging))
        .set("dismissal", std::move(dismissal))
        .set("undoing", std::move(undoing));
}

http::Response pair_page(const web::Visit& visit, const Desk&) {
    return visit.database.read(
        [&](db::Read& tx) { return visit.page("duplicates/duplicate", page_value(visit, tx, {})); });
}

http::Response pair_json(const web::Visit& visit, const Desk&) {
    return visit.database.read(
        [&](db::Read& tx) { return visit.json(to_value(require(tx, visit.actor, id_in(visit)))); });
}

// Both records whole, once, in the answer itself; the trail of either person keeps it.
template <class Answer>
Outcome<http::Response> disclose(const web::Visit& visit, Answer answer) {
    return visit.database.write([&](db::Write& tx) -> Outcome<http::Response> {
        const Found found = require(tx, visit.actor, id_in(visit));
        if (!may_be_shown(visit, tx, found)) throw web::Forbidden{};
        pages::Reader sent = pages::Reader::of_body(visit);
        const std::string reason = sent.required_text("reason");
        if (sent.refused()) return sent.refusals();
        for (const Side* side : {&found.first, &found.second})
            people::note_disclosure(tx, visit.actor, side->person, reason, visit.now);
        return answer(tx, found);
    });
}

http::Response disclosure(const web::Visit& visit, const Desk&) {
    const auto shown = disclose(visit, [&](db::Read& tx, const Found&) {
        return visit.page("duplicates/duplicate", page_value(visit, tx, {}, people::Sensitive::shown));
    });
    if (shown) return *shown;
    return visit.database.read([&](db::Read& tx) {
        return visit.refused("duplicates/duplicate", page_value(visit, tx, {"disclosure", shown.refusals()}),
                             shown.refusals());
    });
}

http::Response disclosure_json(const web::Visit& visit, const Desk&) {
    const auto shown = disclose(visit, [&](db::Read&, const Found& found) {
        return visit.json(to_value(found, people::Sensitive::shown));
    });
    return shown ? *shown : visit.json_refused(shown.refusals());
}

// What a verb is told: the pair as it is now, and what was sent about it.
struct Told {
    db::Write& tx;
    const web::Visit& visit;
    const Found& found;
    pages::Reader& sent;
    Act act;
};
using Verb = Outcome<Done> (*)(const Told&);

Outcome<Done> merging(const Told& told) {
    const auto [first, second] = std::pair(told.found.pair.first, told.found.pair.second);
    const auto keep = told.sent.required_choice("keep", {to_text(first), to_text(second)});
    if (!keep) return told.sent.refusals();
    const bool keeps_first = *keep == to_text(first);
    const auto merged = merge(told.tx, told.visit.actor, keeps_first ? first : second,
                              keeps_first ? second : first, told.act);
    if (!merged) return merged.refusals();
    return Done{};
}

Outcome<Done> dismissal(const Told& told) {
    return dismiss(told.tx, told.visit.actor, told.found.id, told.act);
}

Outcome<Done> undoing(const Told& told) {
    const auto standing = standing_merge(told.tx, told.found.pair);
    if (!standing) return Refusal{"", "duplicates.undone_already", {}};
    return undo(told.tx, told.visit.actor, *standing, told.act);
}

Outcome<Done> happen(const web::Visit& visit, Verb verb) {
    return visit.database.write([&](db::Write& tx) -> Outcome<Done> {
        pages::Reader sent = pages::Reader::of_body(visit);
        if (sent.refused()) return sent.refusals();
        const Found found = require(tx, visit.actor, id_in(visit));
        return verb({tx, visit, found, sent, {visit.now, sent.text("reason")}});
    });
}

web::Handler by_form(std::string act, Verb verb) {
    return [act = std::move(act), verb](const web::Visit& visit) {
        const Outcome<Done> outcome = happen(visit, verb);
        if (outcome) return visit.redirect("/duplicates/" + to_text(id_in(visit)), "act.recorded");
        return visit.database.read([&](db::Read& tx) {
            return visit.refused("duplicates/duplicate", page_value(visit, tx, {act, outcome.refusals()}),
                                 outcome.refusals());
        });
    };
}

web::Handler by_json(Verb verb, const Desk& desk) {
    return [verb, desk](const web::Visit& visit) {
        const Outcome<Done> outcome = happen(visit, verb);
        return outcome ? pair_json(visit, desk) : visit.json_refused(outcome.refusals());
    };
}

}  // namespace

void register_routes(web::Routes& routes, const Desk& desk) {
    const auto with_desk = [&](auto handler) {
        return [handler, desk](const web::Visit& visit) { return handler(visit, desk); };
    };
    routes.get("/duplicates", see_duplicates, with_desk(list_page));
    routes.get("/duplicates/:id", see_duplicates, with_desk(pair_page));
    routes.post("/duplicates/sweeps", change_duplicates, with_desk(sweep_by_form));
    routes.post("/duplicates/:id/disclosure", people::see_sensitive, with_desk(disclosure));
    routes.post("/duplicates/:id/merging", change_duplicates, by_form("merging", merging));
    routes.post("/duplicates/:id/dismissal", change_duplicates, by_form("dismissal", dismissal));
    routes.post("/duplicates/:id/undoing", change_duplicates, by_form("undoing", undoing));
    routes.get("/api/v1/duplicates", see_duplicates, with_desk(list_json));
    routes.get("/api/v1/duplicates/:id", see_duplicates, with_desk(pair_json));
    routes.post("/api/v1/duplicates/sweeps", change_duplicates, with_desk(sweep_by_json));
    routes.post("/api/v1/duplicates/:id/disclosure", people::see_sensitive, with_desk(disclosure_json));
    routes.post("/api/v1/duplicates/:id/merging", change_duplicates, by_json(merging, desk));
    routes.post("/api/v1/duplicates/:id/dismissal", change_duplicates, by_json(dismissal, desk));
    routes.post("/api/v1/duplicates/:id/undoing", change_duplicates, by_json(undoing, desk));
}

}  // namespace tiendo::duplicates
