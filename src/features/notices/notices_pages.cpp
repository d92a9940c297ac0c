// GET /notices: what has changed in the timetable for whoever is signed in.
#include <algorithm>

#include "features/notices/notices.h"

namespace tiendo::notices {
namespace {

Value mail_value(const std::optional<MailTrouble>& trouble) {
    if (!trouble) return nullptr;
    Value waiting;
    if (trouble->waiting.jobs > 0)
        waiting = Value::object({{"changes", trouble->waiting.jobs}, {"next_at", trouble->waiting.next_at}});
    return Value::object(
        {{"waiting", std::move(waiting)},
         {"unmailed", list_of(trouble->unmailed, [](const MailTrouble::Unmailed& one) {
              return Value::object(
                  {{"cohort", Value::object({{"id", one.cohort}, {"code", one.cohort_code}})},
                   {"why", one.is_given_up ? "given_up" : "refused"},
                   {"people", one.people},
                   {"incident", one.is_given_up ? Value(one.incident) : Value()},
                   {"at", one.at}});
          })}});
}

Value notices_value(const web::Visit& visit, db::Read& tx) {
    const Notices notices = notices_of(tx, visit.actor, visit.now);
    std::int64_t fresh = 0;
    Value changes = list_of(notices.changes, [&](const timetable::Change& change) {
        const bool is_new = notices.is_new(change);
        if (is_new) ++fresh;
        return timetable::told_value(visit, change).set("is_new", is_new);
    });
    return Value::object({{"count", notices.changes.size()},
                          {"new", fresh},
                          {"changes", std::move(changes)},
                          {"mail", mail_value(mail_trouble(tx, visit.actor, visit.now))}});
}

http::Response notices_page(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        Value value = notices_value(visit, tx);
        const bool has_new = *value["new"].number() > 0;
        const bool has_changes = !value["changes"].list_items()->empty();
        return visit.page("notices/notices", value.set("title", visit.text("notices.title"))
                                                 .set("has_new", has_new)
                                                 .set("has_changes", has_changes)
                                                 .set("until", std::to_string(visit.now.ms)));
    });
}

http::Response notices_json(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) { return visit.json(notices_value(visit, tx)); });
}

// Until when the page was made: what came since stays new.
http::Response reading(const web::Visit& visit) {
    const std::int64_t said = parse_id(std::string(visit.request.sent("until")));
    const Instant until{said > 0 ? std::min(said, visit.now.ms) : visit.now.ms};
    visit.database.write([&](db::Write& tx) { read(tx, visit.actor, until, visit.now); });
    return visit.redirect("/notices");
}

}  // namespace

void register_routes(web::Routes& routes) {
    routes.get("/notices", web::signed_in, notices_page);
    routes.post("/notices/reading", web::signed_in, reading);
    routes.get("/api/v1/notices", web::signed_in, notices_json);
}

}  // namespace tiendo::notices
