// GET /marking and /cohorts/:id/assessment/:component: sheets to mark on.
#include <algorithm>

#include "features/assessment/assessment_pages.h"
#include "features/assessment/markers.h"

namespace tiendo::assessment {
namespace {

ComponentId component_of(const web::Visit& visit) { return ComponentId{web::id_of(visit, "component")}; }

const Component& require_component(const Assessment& assessment, ComponentId id) {
    for (const Component& component : assessment.scheme.components)
        if (component.id == id) return component;
    throw web::NotFound{};
}

bool may(const web::Visit& visit, db::Read& tx, const Assessment& assessment, web::Permission permission) {
    return visit.actor.may(permission) &&
           organisations::may(tx, visit.actor, permission, assessment.cohort.organiser_unit);
}

// --- which mark a sheet is for ------------------------------------------------------------------

std::optional<Marker> parse_marker(std::string_view text) {
    for (const Marker marker : {Marker::first, Marker::second, Marker::agreed})
        if (text == to_text(marker)) return marker;
    return std::nullopt;
}

// Two markers do not see each other's marks; who agrees on a third sees both.
struct Open {
    std::vector<Marker> markers;  // whose sheets the reader may see
    std::optional<Marker> shown;  // none: others have begun both
    bool can_mark = true, needs_reason = false;
};
Open open_to(const web::Visit& visit, db::Read& tx, const Assessment& assessment, const Component& component,
             std::string_view said) {
    const Asking asking{visit.actor.account, may(visit, tx, assessment, change_assessment)};
    Markers begun;
    if (component.markers > 1)
        begun = markers_of(tx, assessment.cohort.id, component.id,
                           sheet_of(tx, assessment.cohort.id, component.id));
    Open open;
    std::map<Marker, Access> access;
    for (const Marker one : {Marker::first, Marker::second, Marker::agreed}) {
        access[one] = access_to(component, begun, one, asking);
        if (access[one] != Access::closed) open.markers.push_back(one);
    }
    const bool is_second = begun.second == asking.account && begun.first != asking.account;
    const std::optional own = is_second ? Marker::second : Marker::first;
    for (const auto& one :
         {parse_marker(said), own, std::optional(Marker::first), std::optional(Marker::second)})
        if (!open.shown && one && access[*one] != Access::closed) open.shown = one;
    open.can_mark = open.shown && (!assessment.locked_on || asking.may_change);
    open.needs_reason = open.can_mark && (assessment.locked_on || access[*open.shown] == Access::with_reason);
    return open;
}

// --- a sheet ------------------------------------------------------------------------------------

// One line: whom it is about by name or by code, and the attempt that may be marked now.
struct Line {
    const Graded* learner = nullptr;
    std::optional<std::int64_t> code;
};

// By code until the decision, and for a marker ever after.
bool is_by_code(const Component& component, const Assessment& assessment, bool may_change) {
    return component.anonymous && !(assessment.locked_on && may_change);
}

// What a sheet calls whom. A code is of this component alone: an id that the learner has elsewhere, where
// his name stands beside it, would tell who he is.
std::map<std::string, ParticipationId> called(db::Read& tx, const Assessment& assessment,
                                              const Component& component, bool by_code) {
    std::map<std::string, ParticipationId> names;
    if (by_code)
        for (const auto& [participation, code] : codes_of(tx, assessment.cohort.id, component.id))
            names[std::to_string(code)] = participation;
    else
        for (const auto& [participation, attempts] :
             sheet_of(tx, assessment.cohort.id, component.id).attempts)
            names[to_text(participation)] = participation;
    return names;
}

std::vector<Line> lines_of(db::Read& tx, const Assessment& assessment, const Component& component,
                           const std::vector<Graded>& learners, bool by_code) {
    std::vector<Line> lines;
    const auto codes = by_code ? codes_of(tx, assessment.cohort.id, component.id)
                               : std::map<ParticipationId, std::int64_t>();
    for (const Graded& one : learners) {
        const auto code = codes.find(one.participation);
        if (by_code && code == codes.end()) continue;  // not yet handed out
        lines.push_back({&one, by_code ? std::optional(code->second) : std::nullopt});
    }
    if (by_code)
        std::sort(lines.begin(), lines.end(), [](const Line& a, const Line& b) { return a.code < b.code; });
    return lines;
}

std::int64_t open_attempt(const Component& component, const Attempts& attempts) {
    const auto made = static_cast<std::int64_t>(attempts.size());
    return may_resit(component, attempts) ? made + 1 : std::max<std::int64_t>(1, made);
}

Value line_value(const pages::Forms& forms, const Component& component, const Line& line, Marker marker) {
    const Attempts& attempts = line.learner->marked.at(component.id);
    const std::int64_t attempt = open_attempt(component, attempts);
    Marked marked;
    if (static_cast<std::size_t>(attempt) <= attempts.size()) marked = attempts[attempt - 1];
    const auto stands = marker == Marker::first    ? marked.first
                        : marker == Marker::second ? marked.second
                                                   : marked.agreed;
    Value earlier = Value::list(), given;
    if (marker == Marker::agreed)
        given = Value::object({{"first", Value()}, {"second", Value()}, {"due", false}});
    for (std::int64_t i = 1; i < attempt; ++i)
        earlier.push(
            Value::object({{"attempt", i}, {"mark", mark_value(mark_of(component, attempts[i - 1]))}}));
    if (marker == Marker::agreed && marked.first && marked.second)
        given = Value::object({{"first", mark_value(marked.first)},
                               {"second", mark_value(marked.second)},
                               {"due", needs_moderation(component, marked)}});
    const std::string id = line.code ? std::to_string(*line.code) : to_text(line.learner->participation);
    return Value::object(
        {{"id", id},
         {"code", line.code},
         {"full_name", line.code ? Value() : Value(line.learner->full_name)},
         {"unit", line.code ? Value() : Value(line.learner->unit_name)},
         {"attempt", attempt},
         {"earlier", std::move(earlier)},
         {"given", std::move(given)},
         {"mark", forms.field("marks", "mark-" + id, stands ? Value(to_text(*stands)) : Value())}});
}

Value papers_value(const std::vector<Paper>& papers, const std::vector<Line>& lines) {
    Value list = Value::list();
    for (const Line& line : lines)
        for (const Paper& paper : papers)
            if (paper.participation == line.learner->participation)
                list.push(Value::object({{"id", paper.document},
                                         {"whose", line.code ? Value(std::to_string(*line.code))
                                                             : Value(line.learner->full_name)},
                                         // A file's name often is a person's.
                                         {"name", line.code ? Value() : Value(paper.file_name)}}));
    return list;
}

Value sheet_value(const web::Visit& visit, db::Read& tx, const Assessment& assessment,
                  const Component& component, const pages::Refused& refused) {
    const pages::Forms forms(visit, refused);
    const bool may_change = may(visit, tx, assessment, change_assessment);
    const bool by_code = is_by_code(component, assessment, may_change);
    const std::string_view said =
        refused.form.empty() ? visit.request.asked("marker") : visit.request.sent("marker");
    const Open open = open_to(visit, tx, assessment, component, said);
    const Marker marker = open.shown.value_or(Marker::first);
    const auto learners = graded(tx, assessment);
    const auto all = lines_of(tx, assessment, component, learners, by_code);
    const auto lines = open.shown ? all : std::vector<Line>();
    const auto papers = papers_of(tx, assessment.cohort.id, component.id);
    const std::string here = address_of(visit) + "/" + to_text(component.id);
    Value papers_listed = papers_value(papers, lines);
    const bool has_papers = !papers_listed.list_items()->empty();
    return Value::object(
        {{"title", component.name},
         {"cohort", Value::object({{"id", assessment.cohort.id}, {"code", assessment.cohort.code}})},
         {"component", component_value(component)},
         {"locked_on", assessment.locked_on},
         {"by_code", by_code},
         {"without_code", by_code ? static_cast<std::int64_t>(learners.size() - all.size()) : 0},
         {"can_change", may_change},
         {"can_mark", open.can_mark},
         {"is_closed", !open.shown},
         {"needs_reason", open.needs_reason},
         {"may_see_results", may(visit, tx, assessment, see_assessment)},
         {"marker", to_text(marker)},
         {"moderating", marker == Marker::agreed},
         {"markers", component.markers == 1
                         ? Value::list()
                         : list_of(open.markers,
                                   [&](Marker one) {
                                       return Value::object(
                                           {{"marker", to_text(one)},
                                            {"current", one == marker},
                                            {"url", here + "?marker=" + std::string(to_text(one))}});
                                   })},
         {"count", lines.size()},
         {"lines",
          list_of(lines, [&](const Line& line) { return line_value(forms, component, line, marker); })},
         {"form", forms.form("marks")},
         {"paper", forms.form("papers").set("file", forms.field("papers", "file"))},
         {"papers", std::move(papers_listed)},
         {"has_papers", has_papers}});
}

http::Response sheet_page(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        const Assessment assessment = require_to_mark(tx, visit.actor, cohort_of(visit));
        const Component& component = require_component(assessment, component_of(visit));
        return visit.page("assessment/sheet", sheet_value(visit, tx, assessment, component, {}));
    });
}

// Which names belong to which codes: for whoever puts them on the papers.
http::Response codes_page(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        const Assessment assessment = require_assessment(tx, visit.actor, cohort_of(visit));
        const Component& component = require_component(assessment, component_of(visit));
        if (!may(visit, tx, assessment, change_assessment)) throw web::Forbidden{};
        const auto codes = codes_of(tx, assessment.cohort.id, component.id);
        const auto learners = graded(tx, assessment);
        std::int64_t ordinal = 0;
        return visit.page(
            "assessment/codes",
            Value::object(
                {{"title", visit.text("assessment.codes_of", {component.name})},
                 {"cohort", Value::object({{"id", assessment.cohort.id}, {"code", assessment.cohort.code}})},
                 {"component", component_value(component)},
                 {"learners", list_of(learners, [&](const Graded& one) {
                      const auto code = codes.find(one.participation);
                      return Value::object({{"ordinal", ++ordinal},
                                            {"full_name", one.full_name},
                                            {"unit", one.unit_name},
                                            {"code", code == codes.end() ? Value() : Value(code->second)}});
                  })}}));
    });
}

// --- marks come in ------------------------------------------------------------------------------

std::vector<Said> marks_sent(pages::Reader& sent, const std::map<std::string, ParticipationId>& called,
                             Marker marker) {
    std::vector<Said> said;
    for (const auto& [line, participation] : called) {
        const auto attempt = sent.count("attempt-" + line);
        if (!attempt) continue;  // was not on the sheet
        said.push_back({participation, *attempt, marker, mark_sent(sent, "mark-" + line), line});
    }
    return said;
}

Outcome<std::int64_t> mark(const web::Visit& visit) {
    return visit.database.write([&](db::Write& tx) -> Outcome<std::int64_t> {
        pages::Reader sent = pages::Reader::of_body(visit);
        if (sent.refused()) return sent.refusals();
        const Assessment assessment = require_for_marking(tx, visit.actor, cohort_of(visit));
        const Component& component = require_component(assessment, component_of(visit));
        const auto marker = parse_marker(sent.text("marker")).value_or(Marker::first);
        const bool by_code = is_by_code(component, assessment, may(visit, tx, assessment, change_assessment));
        const auto said = marks_sent(sent, called(tx, assessment, component, by_code), marker);
        if (sent.refused()) return sent.refusals();
        return record_marks(tx, visit.actor, assessment, component.id, said,
                            {visit.now, sent.text("reason"), {}});
    });
}

http::Response refused_sheet(const web::Visit& visit, const pages::Refused& refused) {
    return visit.database.read([&](db::Read& tx) {
        const Assessment assessment = require_to_mark(tx, visit.actor, cohort_of(visit));
        const Component& component = require_component(assessment, component_of(visit));
        return visit.refused("assessment/sheet", sheet_value(visit, tx, assessment, component, refused),
                             refused.refusals);
    });
}

std::string sheet_address(const web::Visit& visit) {
    return address_of(visit) + "/" + to_text(component_of(visit));
}

http::Response mark_by_form(const web::Visit& visit) {
    const auto marked = mark(visit);
    if (!marked) return refused_sheet(visit, {"marks", marked.refusals()});
    return visit.redirect(sheet_address(visit) + "?marker=" + std::string(visit.request.sent("marker")),
                          "act.recorded");
}

http::Response mark_by_json(const web::Visit& visit) {
    const auto marked = mark(visit);
    if (!marked) return visit.json_refused(marked.refusals());
    return visit.json(Value::object({{"recorded", *marked}}));
}

http::Response hand_out(const web::Visit& visit) {
    const auto done = visit.database.write([&](db::Write& tx) {
        const Assessment assessment = require_to_change(tx, visit.actor, cohort_of(visit));
        return hand_out_codes(tx, visit.actor, assessment, component_of(visit), {visit.now, "", {}});
    });
    if (!done) return refused_sheet(visit, {"codes", done.refusals()});
    return visit.redirect(sheet_address(visit) + "/codes", "act.recorded");
}

// --- papers -------------------------------------------------------------------------------------

Outcome<Done> add_paper_sent(const web::Visit& visit, const files::Store& store) {
    const http::Upload* file = visit.request.upload("file");
    if (!file) return Refusal{"file", "assessment.no_paper", {}};
    const files::Stored stored = store.keep(file->path().string());
    return visit.database.write([&](db::Write& tx) -> Outcome<Done> {
        pages::Reader sent = pages::Reader::of_body(visit);
        const Assessment assessment = require_for_marking(tx, visit.actor, cohort_of(visit));
        const Component& component = require_component(assessment, component_of(visit));
        const std::string line = sent.required_text("whose");
        if (sent.refused()) return sent.refusals();
        const bool by_code = is_by_code(component, assessment, may(visit, tx, assessment, change_assessment));
        const auto names = called(tx, assessment, component, by_code);
        const auto whose = names.find(line);
        if (whose == names.end()) throw web::NotFound{};
        if (assessment.locked_on)
            return Refusal{
                "file", "assessment.locked", {assessment.cohort.code, to_text(*assessment.locked_on)}};
        const auto document = documents::record(tx, visit.actor,
                                                {.kind = "paper",
                                                 .title = component.name,
                                                 .file_digest = stored.digest,
                                                 .file_name = file->name,
                                                 .file_bytes = stored.bytes},
                                                visit.now);
        add_paper(tx, visit.actor, component.id, {whose->second, document, file->name, stored.digest},
                  visit.now);
        return Done{};
    });
}

http::Response paper_file(const web::Visit& visit, const files::Store& store) {
    const auto paper = visit.database.read([&](db::Read& tx) {
        const Assessment assessment = require_to_mark(tx, visit.actor, cohort_of(visit));
        const Component& component = require_component(assessment, component_of(visit));
        const documents::DocumentId asked{web::id_of(visit, "paper")};
        for (const Paper& one : papers_of(tx, assessment.cohort.id, component.id))
            if (one.document == asked)
                return std::pair(
                    one, is_by_code(component, assessment, may(visit, tx, assessment, change_assessment)));
        throw web::NotFound{};
    });
    const std::filesystem::path path = store.path_of(paper.first.file_digest);
    http::FileBody body{path, std::filesystem::file_size(path), nullptr};
    const std::string ending = std::filesystem::path(paper.first.file_name).extension().string();
    const std::string name = paper.second ? to_text(paper.first.document) + ending : paper.first.file_name;
    return http::download(std::move(body), name, "application/octet-stream");
}

// --- what waits for marks -----------------------------------------------------------------------

http::Response marking_page(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        const auto sheets = open_sheets(tx, visit.actor);
        return visit.page("assessment/marking",
                          Value::object({{"title", visit.text("assessment.marking")},
                                         {"count", sheets.size()},
                                         {"sheets", list_of(sheets, [](const OpenSheet& sheet) {
                                              return Value::object(
                                                  {{"cohort", sheet.cohort_code},
                                                   {"programme", sheet.programme},
                                                   {"component", sheet.component_name},
                                                   {"learners", sheet.learners},
                                                   {"marked", sheet.marked},
                                                   {"url", "/cohorts/" + to_text(sheet.cohort) +
                                                               "/assessment/" + to_text(sheet.component)}});
                                          })}}));
    });
}

}  // namespace

void register_marking(web::Routes& routes, const files::Store& store) {
    const web::Options uploads{.pool = http::Pool::slow, .uploads = true, .body_limit = 32 << 20};
    routes.get("/marking", enter_marks, marking_page);
    routes.get("/cohorts/:id/assessment/:component", enter_marks, sheet_page);
    routes.post("/cohorts/:id/assessment/:component/marks", enter_marks, mark_by_form);
    routes.post("/api/v1/cohorts/:id/assessment/:component/marks", enter_marks, mark_by_json);
    routes.get("/cohorts/:id/assessment/:component/codes", change_assessment, codes_page);
    routes.post("/cohorts/:id/assessment/:component/codes", change_assessment, hand_out);
    routes.post(
        "/cohorts/:id/assessment/:component/papers", enter_marks,
        [store](const web::Visit& visit) {
            const auto added = add_paper_sent(visit, store);
            if (!added) return refused_sheet(visit, {"papers", added.refusals()});
            return visit.redirect(sheet_address(visit), "act.recorded");
        },
        uploads);
    routes.get("/cohorts/:id/assessment/:component/papers/:paper", enter_marks,
               [store](const web::Visit& visit) { return paper_file(visit, store); });
}

}  // namespace tiendo::assessment
