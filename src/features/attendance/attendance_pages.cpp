// GET /cohorts/:id/attendance: the whole book, what waits for a decision, leave and waivers.
#include "features/attendance/attendance_pages.h"

#include "base/percent.h"
#include "platform/pages/workbook.h"

namespace tiendo::attendance {
namespace {

using Column = office::ListColumn;

Value decided_here(const pages::Forms& forms, Value contradictions) {
    Value list = Value::list();
    for (const Value& one : *contradictions.list_items())
        list.push(Value(one).set("reason", forms.field("decisions", "reason-" + *one["id"].text())));
    return list;
}

Value page_value(const web::Visit& visit, db::Read& tx, const Book& book, const pages::Refused& refused) {
    const pages::Forms forms(visit, refused);
    const bool can_mark = may_mark(visit, tx, book);
    Value value = book_value(tx, book);
    Value waivers = list_of(waivers_of(tx, book.cohort.id), [&](const Waiver& waiver) {
        std::string name;
        for (const Learner& learner : book.learners)
            if (learner.participation == waiver.participation) name = learner.full_name;
        return Value::object({{"participation", waiver.participation},
                              {"full_name", name},
                              {"reason", waiver.reason},
                              {"recorded_by", waiver.recorded_by},
                              {"recorded_at", waiver.recorded_at}});
    });
    Value waiving, leave_form;
    if (can_mark && !value["minimum"].is_null())
        waiving = forms.form("waivers").set("waiver_reason", forms.field("waivers", "waiver_reason"));
    if (can_mark)
        leave_form = forms.form("leave")
                         .set("paper", forms.field("leave", "paper"))
                         .set("from", forms.field("leave", "from"))
                         .set("to", forms.field("leave", "to"))
                         .set("file", forms.field("leave", "file"));
    const bool has_waivers = !waivers.list_items()->empty();
    const bool has_contradictions = !value["contradictions"].list_items()->empty();
    const bool has_sessions = !book.sessions.empty();
    Value contradictions = decided_here(forms, value["contradictions"]);
    value.set("contradictions", std::move(contradictions))
        .set("title", visit.text("attendance.title", {book.cohort.code}))
        .set("tabs", cohorts::tabs(visit, tx, book.cohort, "attendance"))
        .set("can_mark", can_mark)
        .set("has_sessions", has_sessions)
        .set("has_learners", !book.learners.empty())
        .set("has_contradictions", has_contradictions)
        .set("waivers", std::move(waivers))
        .set("has_waivers", has_waivers)
        .set("waiving", std::move(waiving))
        .set("leave_form", std::move(leave_form))
        .set("export", address_of(visit) + "?format=xlsx")
        .set("print_url", address_of(visit) + "?print=1");
    return value;
}

// --- the book as a workbook, which can be filled in and brought back ---------------------------------

std::string heading_of(const web::Visit& visit, const timetable::Session& session) {
    char day[48];
    std::snprintf(day, sizeof day, "%02d/%02d/%04d", session.held_on.day(), session.held_on.month(),
                  session.held_on.year());
    return std::string(day) + " " + visit.text("half_day." + std::string(half_day_of(session)));
}

// One letter, or the number of periods where the letter would not say it.
std::string written(const web::Visit& visit, const Mark& mark, const timetable::Session& session) {
    const bool came = mark.state == State::present || mark.state == State::late;
    if (mark.state == State::present && mark.periods != session.periods) return std::to_string(mark.periods);
    std::string letter = visit.text("attendance.letter." + std::string(to_text(mark.state)));
    if (mark.periods != (came ? session.periods : 0)) letter += " " + std::to_string(mark.periods);
    return letter;
}

http::Response workbook(const web::Visit& visit, db::Read& tx, const Book& book) {
    office::ListLayout layout{
        .sheet = visit.text("cohort.tab.attendance"),
        .titles = {visit.text("attendance.title", {book.cohort.code}), book.cohort.programme.name},
        .columns = {{visit.text("roster.ordinal"), Column::Kind::integer},
                    {visit.text("roster.full_name"), {}, 28},
                    {visit.text("roster.unit_alone"), {}, 36}}};
    for (const timetable::Session& session : book.sessions)
        layout.columns.push_back({heading_of(visit, session), {}, 12});
    layout.columns.push_back({visit.text("attendance.attended"), Column::Kind::quantity});
    layout.columns.push_back({visit.text("attendance.excused"), Column::Kind::quantity});
    layout.columns.push_back({visit.text("attendance.held"), Column::Kind::quantity});
    layout.columns.push_back({visit.text("attendance.share"), Column::Kind::percent});
    std::map<ParticipationId, Attended> totals;
    for (const Attended& one : attended(tx, book.cohort)) totals[one.participation] = one;
    const std::string name = visit.text("cohort.tab.attendance") + " " + book.cohort.code + ".xlsx";
    return pages::workbook(layout, name, [&](office::ListWriter& writer) {
        std::int64_t ordinal = 0;
        for (const Learner& learner : book.learners) {
            std::vector<std::string> texts;  // a cell only looks at its text
            for (const timetable::Session& session : book.sessions) {
                const auto mark = learner.marks.find(session.id);
                texts.push_back(mark == learner.marks.end() ? "" : written(visit, mark->second, session));
            }
            std::vector<office::ListCell> cells{++ordinal, learner.full_name, learner.unit_name};
            cells.insert(cells.end(), texts.begin(), texts.end());
            std::string share;
            if (const auto total = totals.find(learner.participation); total != totals.end()) {
                const Attended& one = total->second;
                share = percent_text(one.attended_periods, one.held_periods).value_or("");
                cells.insert(cells.end(), {one.attended_periods, one.excused_periods, one.held_periods});
                if (!share.empty()) cells.emplace_back(std::string_view(share));
            }
            writer.row(cells);
        }
    });
}

http::Response book_page(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        const Book book = require_book(tx, visit.actor, cohort_of(visit));
        if (visit.request.asked("format") == "xlsx") return workbook(visit, tx, book);
        return visit.page("attendance/attendance", page_value(visit, tx, book, {}));
    });
}

http::Response book_json(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        return visit.json(book_value(tx, require_book(tx, visit.actor, cohort_of(visit))));
    });
}

// --- what is done --------------------------------------------------------------------------------------

struct Told {
    db::Write& tx;
    const web::Visit& visit;
    const Book& book;
    pages::Reader& sent;
};
using Verb = std::function<Outcome<Done>(const Told&)>;

Outcome<Done> decision(const Told& told) {
    const std::int64_t which = parse_id(told.sent.required_text("contradiction"));
    const auto kept = told.sent.required_choice("kept", {"said", "stood"});
    if (told.sent.refused()) return told.sent.refusals();
    std::string reason = told.sent.text("reason-" + std::to_string(which));
    if (reason.empty()) reason = told.sent.text("reason");
    return decide(told.tx, told.visit.actor, told.book, which, *kept == "said" ? Kept::said : Kept::stood,
                  told.visit.today(), {told.visit.now, reason, {}});
}

Outcome<Done> waiver(const Told& told) {
    const ParticipationId whose{parse_id(told.sent.required_text("participation"))};
    const auto granted = told.sent.choice("granted", {"yes", "no"});
    if (told.sent.refused()) return told.sent.refusals();
    return waive(told.tx, told.visit.actor, told.book, whose, granted.value_or("yes") == "yes",
                 {told.visit.now, told.sent.text("waiver_reason"), {}});
}

// Whoever was on leave: his absences from one day to another, with the paper that says so. Sessions in
// which he was present stay as they are.
Outcome<Done> leave(const Told& told, const std::optional<documents::Document>& file) {
    const ParticipationId whose{parse_id(told.sent.required_text("participation"))};
    const std::string number = told.sent.required_text("paper");
    const auto from = told.sent.required_day("from"), to = told.sent.required_day("to");
    if (told.sent.refused()) return told.sent.refusals();
    documents::Document paper = file.value_or(documents::Document{});
    paper.kind = "leave";
    paper.title = paper.number = number;
    const auto document = documents::record(told.tx, told.visit.actor, paper, told.visit.now);
    std::vector<Said> said;
    for (const timetable::Session& session : told.book.sessions) {
        if (session.held_on < *from || *to < session.held_on) continue;
        for (const Learner& learner : told.book.learners) {
            if (learner.participation != whose) continue;
            const auto mark = learner.marks.find(session.id);
            const bool came = mark != learner.marks.end() &&
                              (mark->second.state == State::present || mark->second.state == State::late);
            if (!came)
                said.push_back({.session = session.id,
                                .participation = whose,
                                .state = State::excused,
                                .periods = {},
                                .excuse = document,
                                .client_id = {},
                                .marked_at = {},
                                .place = {}});
        }
    }
    if (said.empty()) return Refusal{"from", "attendance.no_absence", {to_text(*from), to_text(*to)}};
    const auto recorded = record(told.tx, told.visit.actor, told.book, said, Way::page, told.visit.today(),
                                 {told.visit.now, number, {}});
    if (!recorded) return recorded.refusals();
    return Done{};
}

Outcome<Done> happen(const web::Visit& visit, const Verb& verb) {
    return visit.database.write([&](db::Write& tx) -> Outcome<Done> {
        pages::Reader sent = pages::Reader::of_body(visit);
        if (sent.refused()) return sent.refusals();
        return verb({tx, visit, require_for_marking(tx, visit.actor, cohort_of(visit)), sent});
    });
}

http::Response answer(const web::Visit& visit, const std::string& form, const Outcome<Done>& outcome) {
    if (outcome) return visit.redirect(address_of(visit), "act.recorded");
    return visit.database.read([&](db::Read& tx) {
        const Book book = require_book(tx, visit.actor, cohort_of(visit));
        return visit.refused("attendance/attendance", page_value(visit, tx, book, {form, outcome.refusals()}),
                             outcome.refusals());
    });
}

web::Handler by_form(std::string form, Verb verb) {
    return [form = std::move(form), verb = std::move(verb)](const web::Visit& visit) {
        return answer(visit, form, happen(visit, verb));
    };
}

web::Handler by_json(Verb verb) {
    return [verb = std::move(verb)](const web::Visit& visit) {
        const Outcome<Done> outcome = happen(visit, verb);
        return outcome ? book_json(visit) : visit.json_refused(outcome.refusals());
    };
}

http::Response leave_sent(const web::Visit& visit, const files::Store& store) {
    std::optional<documents::Document> file;
    if (const http::Upload* upload = visit.request.upload("file")) {
        const files::Stored stored = store.keep(upload->path().string());
        file = documents::Document{};
        file->file_digest = stored.digest;
        file->file_name = upload->name;
        file->file_bytes = stored.bytes;
    }
    return answer(visit, "leave",
                  happen(visit, [&](const Told& told) -> Outcome<Done> { return leave(told, file); }));
}

}  // namespace

void register_routes(web::Routes& routes, const files::Store& store) {
    constexpr web::Options uploads{.uploads = true, .body_limit = 16ULL << 20};
    routes.get("/cohorts/:id/attendance", see_attendance, book_page);
    routes.post("/cohorts/:id/attendance/decisions", mark_attendance, by_form("decisions", decision));
    routes.post("/cohorts/:id/attendance/waivers", mark_attendance, by_form("waivers", waiver));
    routes.post(
        "/cohorts/:id/attendance/leave", mark_attendance,
        [store](const web::Visit& visit) { return leave_sent(visit, store); }, uploads);
    routes.get("/api/v1/cohorts/:id/attendance", see_attendance, book_json);
    routes.post("/api/v1/cohorts/:id/attendance/decisions", mark_attendance, by_json(decision));
    routes.post("/api/v1/cohorts/:id/attendance/waivers", mark_attendance, by_json(waiver));
    register_marking(routes);
    register_sign_in_sheets(routes);
    register_check_in(routes, std::make_shared<auth::Throttle>());
    register_offline(routes);
    register_counting_rules(routes);
}

}  // namespace tiendo::attendance
