// GET /cohorts/:id/attendance/:session: a session is marked in one go. Everybody is present unless said
// otherwise.
#include "features/attendance/attendance_pages.h"

namespace tiendo::attendance {
namespace {

constexpr std::array all_states{State::present, State::late, State::excused, State::unexcused};

// The list of one session as a form: what is chosen is what stands, else present; after a refusal, what
// was sent.
Value lines_value(const web::Visit& visit, const pages::Forms& forms, const Value& learners, bool sent) {
    Value lines = Value::list();
    std::int64_t ordinal = 0;
    for (const Value& learner : *learners.list_items()) {
        const std::string id = *learner["id"].text();
        const Value& mark = learner["mark"];
        std::string chosen = mark.is_null() ? "present" : *mark["state"].text();
        if (sent) chosen = std::string(visit.request.sent("state-" + id));
        const bool counted = !mark.is_null() && *mark["partial"].truth();
        lines.push(Value::object(
            {{"id", id},
             {"ordinal", ++ordinal},
             {"full_name", learner["full_name"]},
             {"unit", learner["unit"]},
             {"stands", mark.is_null() ? Value() : mark["state"]},
             {"choices",
              list_of(
                  all_states,
                  [&](State state) {
                      return Value::object({{"state", to_text(state)}, {"chosen", chosen == to_text(state)}});
                  })},
             {"refusal", forms.field("marks", "state-" + id)["refusal"]},
             {"periods", forms.field("marks", "periods-" + id, counted ? mark["periods"] : Value())}}));
    }
    return lines;
}

Value page_value(const web::Visit& visit, db::Read& tx, const Book& book, const pages::Refused& refused) {
    const pages::Forms forms(visit, refused);
    const SessionId id = session_of(visit);
    Value value = session_value(tx, book, id);
    const Value learners = value["learners"];
    std::int64_t marked = 0;
    for (const Value& one : *learners.list_items()) marked += one["mark"].is_null() ? 0 : 1;
    const bool ahead = book.sessions.front().held_on > visit.today();
    const auto events = history_of(tx, id, 200);
    const std::int64_t count = static_cast<std::int64_t>(learners.list_items()->size());
    return std::move(value)
        .set("title", visit.text("attendance.session_title", {book.cohort.code}))
        .set("can_mark", may_mark(visit, tx, book) && !ahead)
        .set("ahead", ahead)
        .set("marked", marked)
        .set("count", count)
        .set("lines", lines_value(visit, forms, learners, refused.form == "marks"))
        .set("form", forms.form("marks"))
        .set("has_history", !events.empty())
        .set("events", list_of(events, [](const Event& event) {
                 return Value::object({{"full_name", event.full_name},
                                       {"state", event.state ? Value(to_text(*event.state)) : Value()},
                                       {"periods", event.periods},
                                       {"way", event.way},
                                       {"reason", event.reason},
                                       {"excuse", event.excuse},
                                       {"marked_at", event.marked_at},
                                       {"recorded_at", event.recorded_at},
                                       {"recorded_by", event.recorded_by}});
             }));
}

http::Response marking_page(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        const Book book = require_book(tx, visit.actor, cohort_of(visit), session_of(visit));
        return visit.page("attendance/marking", page_value(visit, tx, book, {}));
    });
}

http::Response marking_json(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        const Book book = require_book(tx, visit.actor, cohort_of(visit), session_of(visit));
        return visit.json(session_value(tx, book, session_of(visit)));
    });
}

// What the form or a program says of the learners it names; "none" takes back what was said.
std::vector<Said> marks_sent(pages::Reader& sent, const Book& book) {
    std::vector<Said> said;
    for (const Learner& learner : book.learners) {
        const std::string id = to_text(learner.participation);
        const auto state = sent.choice("state-" + id, {"present", "late", "excused", "unexcused", "none"});
        if (!state) continue;  // was not on the list
        said.push_back({.session = book.sessions.front().id,
                        .participation = learner.participation,
                        .state = parse_state(*state),
                        .periods = *state == "none" ? std::nullopt : sent.count("periods-" + id),
                        .excuse = {},
                        .client_id = {},
                        .marked_at = {},
                        .place = {}});
    }
    return said;
}

// Whom somebody else has marked since the list was shown, and otherwise than is said now.
void refuse_marked_meanwhile(pages::Reader& sent, const Book& book, std::span<const Said> said) {
    const std::string seen = sent.text("seen");
    if (seen.empty()) return;
    for (const Said& one : said)
        for (const Learner& learner : book.learners) {
            const auto mark = learner.marks.find(one.session);
            if (learner.participation != one.participation || mark == learner.marks.end()) continue;
            if (mark->second.event > parse_id(seen) && mark->second.state != one.state)
                sent.refuse("state-" + to_text(one.participation), "attendance.marked_meanwhile",
                            {learner.full_name});
        }
}

Outcome<std::int64_t> mark(const web::Visit& visit) {
    return visit.database.write([&](db::Write& tx) -> Outcome<std::int64_t> {
        pages::Reader sent = pages::Reader::of_body(visit);
        if (sent.refused()) return sent.refusals();
        const Book book = require_for_marking(tx, visit.actor, cohort_of(visit), session_of(visit));
        const auto said = marks_sent(sent, book);
        refuse_marked_meanwhile(sent, book, said);
        if (sent.refused()) return sent.refusals();
        return record(tx, visit.actor, book, said, Way::page, visit.today(),
                      {visit.now, sent.text("reason"), {}});
    });
}

http::Response mark_by_form(const web::Visit& visit) {
    const auto marked = mark(visit);
    if (marked) return visit.redirect(session_address(visit), "act.recorded");
    return visit.database.read([&](db::Read& tx) {
        const Book book = require_book(tx, visit.actor, cohort_of(visit), session_of(visit));
        return visit.refused("attendance/marking", page_value(visit, tx, book, {"marks", marked.refusals()}),
                             marked.refusals());
    });
}

http::Response mark_by_json(const web::Visit& visit) {
    const auto marked = mark(visit);
    if (!marked) return visit.json_refused(marked.refusals());
    return visit.json(Value::object({{"recorded", *marked}}));
}

}  // namespace

void register_marking(web::Routes& routes) {
    routes.get("/cohorts/:id/attendance/:session", see_attendance, marking_page);
    routes.post("/cohorts/:id/attendance/:session/marks", mark_attendance, mark_by_form);
    routes.get("/api/v1/cohorts/:id/attendance/:session", see_attendance, marking_json);
    routes.post("/api/v1/cohorts/:id/attendance/:session/marks", mark_attendance, mark_by_json);
}

}  // namespace tiendo::attendance
