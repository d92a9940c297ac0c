// GET /api/v1/calls/:id/newcomers, what both pages of a call show of newcomers, and what a unit does there.
#include "features/nominations/newcomers_store.h"
#include "features/nominations/nominations_pages.h"

namespace tiendo::nominations {
namespace {

Value likely_value(const Likely& likely) {
    const people::Person& person = likely.person;
    return Value::object({{"person", person.id},
                          {"name", person.full_name},
                          {"birth_date", people::birth_text(person)},
                          {"national_id", people::masked(person.national_id)},
                          {"unit", likely.unit_name},
                          {"position", person.position},
                          {"same_id", likely.same_id},
                          {"same_birth", likely.same_birth}});
}

Value row_value(const ListedNewcomer& row) {
    const Newcomer& one = row.newcomer;
    return Value::object({{"id", one.id},
                          {"full_name", one.full_name},
                          {"birth_date", people::birth_text({.birth = one.birth})},
                          {"sex", one.sex},
                          {"national_id", people::masked(one.national_id)},
                          {"unit", row.unit_name},
                          {"position", one.position},
                          {"choice", one.choice},
                          {"note", one.note},
                          {"late", one.is_late},
                          {"state", to_text(one.state)},
                          {"waiting", one.state == NewcomerState::waiting},
                          {"received_at", one.received_at},
                          {"document", row.document_title},
                          {"reason", row.reason},
                          {"decided_at", row.decided_at},
                          {"decided_by", row.decided_by},
                          {"nomination", row.may_see_nomination ? Value(*one.nomination) : Value()}});
}

Outcome<Done> take_back(const web::Visit& visit) {
    const CallId id{web::id_of(visit, "id")};
    return visit.database.write([&](db::Write& tx) -> Outcome<Done> {
        pages::Reader sent = pages::Reader::of_body(visit);
        if (sent.refused()) return sent.refusals();
        const Call call = require(tx, visit.actor, id);
        const auto which = chosen<NewcomerId>(visit, sent, "newcomer");
        const auto withdrawn = withdraw(tx, visit.actor, call, which,
                                        {visit.now, sent.text("reason"), paper_sent(visit, tx, sent)});
        if (!withdrawn) return withdrawn.refusals();
        return Done{};
    });
}

http::Response withdrawal(const web::Visit& visit) {
    const auto taken_back = take_back(visit);
    const CallId id{web::id_of(visit, "id")};
    if (taken_back) return visit.redirect("/calls/" + to_text(id) + "/nominations", "act.recorded");
    return visit.database.read([&](db::Read& tx) {
        const pages::Refused refused{"withdrawal", taken_back.refusals()};
        return visit.refused("nominations/own_nominations",
                             own_page_value(visit, tx, require(tx, visit.actor, id), {}, refused),
                             refused.refusals);
    });
}

http::Response newcomers_json(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        return visit.json(
            newcomers_value(visit, tx, require(tx, visit.actor, CallId{web::id_of(visit, "id")})));
    });
}

}  // namespace

Value newcomers_value(const web::Visit& visit, db::Read& tx, const Call& call) {
    const auto rows = listed_newcomers(tx, visit.actor, call.id);
    const NewcomerCount count = count_newcomers(tx, visit.actor, call.id);
    std::vector<NewcomerId> ids;
    for (const ListedNewcomer& row : rows) ids.push_back(row.newcomer.id);
    // A unit looks in its own people only; who is like whom elsewhere is the office's to see.
    const bool office = may_change(tx, visit.actor, call.cohort);
    auto likely = office ? likely_people(tx, visit.actor, ids) : std::map<NewcomerId, std::vector<Likely>>{};
    return Value::object({{"count", count.all},
                          {"waiting", count.waiting},
                          {"newcomers", list_of(rows, [&](const ListedNewcomer& row) {
                               return row_value(row).set("likely",
                                                         list_of(likely[row.newcomer.id], likely_value));
                           })}});
}

Value shown_newcomers(const web::Visit& visit, db::Read& tx, const Call& call) {
    Value value = newcomers_value(visit, tx, call);
    const std::int64_t count = *value["count"].number(), waiting = *value["waiting"].number();
    if (count == 0) return {};
    Value rows = with_ticks(visit, value["newcomers"], "newcomer");
    const auto shown = static_cast<std::int64_t>(rows.list_items()->size());
    return std::move(value)
        .set("newcomers", std::move(rows))
        .set("still_waiting", waiting > 0 ? Value(waiting) : Value())
        .set("beyond", count > shown ? Value(count - shown) : Value());
}

void register_newcomer_acts(web::Routes& routes) {
    routes.post("/calls/:id/newcomers/withdrawal", nominate_people, withdrawal);
    routes.get("/api/v1/calls/:id/newcomers", see_nominations, newcomers_json);
    routes.post("/api/v1/calls/:id/newcomers/withdrawal", nominate_people, [](const web::Visit& visit) {
        const auto taken_back = take_back(visit);
        return taken_back ? newcomers_json(visit) : visit.json_refused(taken_back.refusals());
    });
}

}  // namespace tiendo::nominations
