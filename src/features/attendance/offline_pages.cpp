// GET /offline/attendance/:id/:session: a list that a phone keeps and marks without a network, and where
// it sends its marks afterwards.
#include "features/attendance/attendance_pages.h"
#include "platform/json/json.h"

extern "C" const tiendo::EmbeddedEntry embedded_offline[];

namespace tiendo::attendance {
namespace {

http::Response offline_page(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        const Book book = require_book(tx, visit.actor, cohort_of(visit), session_of(visit));
        if (!may_mark(visit, tx, book)) throw web::Forbidden{};
        Value value = session_value(tx, book, session_of(visit));
        const Value learners = value["learners"];
        std::int64_t ordinal = 0;
        Value lines = Value::list();
        for (const Value& learner : *learners.list_items()) {
            const Value& mark = learner["mark"];
            const std::string stands = mark.is_null() ? "" : *mark["state"].text();
            Value choices = Value::list();
            for (const State state : {State::present, State::late, State::excused, State::unexcused})
                choices.push(
                    Value::object({{"state", to_text(state)}, {"chosen", stands == to_text(state)}}));
            lines.push(Value::object({{"id", learner["id"]},
                                      {"ordinal", ++ordinal},
                                      {"full_name", learner["full_name"]},
                                      {"event", mark.is_null() ? Value("0") : mark["event"]},
                                      {"choices", std::move(choices)}}));
        }
        value.set("title", visit.text("offline.title", {book.cohort.code}))
            .set("lines", std::move(lines))
            .set("sync_url", "/api/v1" + session_address(visit) + "/sync");
        return visit.page("attendance/offline", std::move(value));
    });
}

// The worker may look after pages below its own folder: /offline/.
http::Response worker(const web::Visit&) {
    for (const EmbeddedFile& file : files_of(embedded_offline))
        return http::Response{.type = "text/javascript; charset=utf-8", .constant = file.bytes};
    throw web::NotFound{};
}

// --- what phones send ------------------------------------------------------------------------------------

std::string text_of(const Value& value) { return value.text() ? *value.text() : std::string(); }

std::optional<std::vector<OfflineMark>> marks_of(const std::string& body, SessionId session) {
    const auto sent = json::parse(body);
    const auto* list = sent ? (*sent)["marks"].list_items() : nullptr;
    if (!list) return std::nullopt;
    std::vector<OfflineMark> marks;
    for (const Value& one : *list) {
        OfflineMark mark;
        mark.said = {.session = session,
                     .participation = ParticipationId{parse_id(text_of(one["participation"]))},
                     .state = parse_state(text_of(one["state"])),
                     .periods = {},
                     .excuse = {},
                     .client_id = text_of(one["id"]),
                     .marked_at = parse_instant(text_of(one["marked_at"])),
                     .place = {}};
        if (const auto* periods = one["periods"].number()) mark.said.periods = *periods;
        mark.based_on = parse_id(text_of(one["based_on"]));
        mark.after = text_of(one["after"]);
        marks.push_back(std::move(mark));
    }
    return marks;
}

http::Response sync_sent(const web::Visit& visit) {
    const auto marks = marks_of(visit.request.body, session_of(visit));
    if (!marks) return visit.json_refused({{"marks", "form.no_object", {}}});
    const auto synced = visit.database.write([&](db::Write& tx) {
        const Book book = require_for_marking(tx, visit.actor, cohort_of(visit), session_of(visit));
        return sync(tx, visit.actor, book, *marks, visit.today(), {visit.now, "", {}});
    });
    return visit.json(synced_value(visit, synced));
}

}  // namespace

void register_offline(web::Routes& routes) {
    routes.get("/offline/attendance/:id/:session", mark_attendance, offline_page);
    routes.get("/offline/attendance-worker.js", web::everyone, worker);
    routes.post("/api/v1/cohorts/:id/attendance/:session/sync", mark_attendance, sync_sent);
}

}  // namespace tiendo::attendance
