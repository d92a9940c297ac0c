// GET /cohorts/new and /cohorts/:id/description: proposing a cohort, and describing it anew.
#include <algorithm>

#include "features/cohorts/cohorts_pages.h"
#include "features/cohorts/cohorts_presenter.h"

namespace tiendo::cohorts {
namespace {

constexpr documents::PaperFields basis_fields{"basis_number", "basis_dated_on", "basis_file"};

// --- from a line of the plan ------------------------------------------------------------------

// The line as the version in force states it, with its targets; none when nobody asked for one.
struct FromLine {
    int year = 0;
    plan::Line line;
};
std::optional<FromLine> line_asked_for(const web::Visit& visit, db::Read& tx, const std::string& text) {
    if (text.empty()) return std::nullopt;
    const auto found = plan::find_line(tx, plan::LineId{parse_id(text)});
    const auto plan = found ? plan::find_plan(tx, visit.actor, found->year) : std::nullopt;
    if (!plan) throw web::NotFound{};
    FromLine from{found->year, found->line};
    if (const auto version = plan::version_in_force(tx, plan->id, {visit.today(), std::nullopt}))
        for (plan::Line& line : plan::lines(tx, version->id))
            if (line.id == from.line.id) from.line = std::move(line);
    return from;
}

// So many learners in each of the cohorts that the line promises, rounded up.
std::optional<std::int64_t> learners_of_each(const plan::Targets& targets) {
    if (!targets.learners || !targets.cohorts || *targets.cohorts == 0) return std::nullopt;
    return (*targets.learners + *targets.cohorts - 1) / *targets.cohorts;
}

Cohort cohort_of(const FromLine& from) {
    Cohort cohort;
    cohort.programme = from.line.programme;
    cohort.place = from.line.place;
    cohort.partner = from.line.partners;
    cohort.planned_opens_on = parse_planned(from.line.opens_in);
    cohort.expected_learners = learners_of_each(from.line.targets);
    cohort.facts.plan_line = from.line.id;
    return cohort;
}

// --- the form ---------------------------------------------------------------------------------

Value chosen_of(const Value& field, const std::vector<std::pair<std::string, std::string>>& words) {
    const std::string now = field["value"].text() ? *field["value"].text() : "";
    return list_of(words, [&](const auto& word) {
        return Value::object({{"value", word.first}, {"title", word.second}, {"current", word.first == now}});
    });
}

Value kinds_of(const web::Visit& visit, const Value& field) {
    std::vector<std::pair<std::string, std::string>> words;
    for (const Kind kind : {Kind::cohort, Kind::overseas_delegation}) {
        const std::string word(to_text(kind));
        words.emplace_back(word, visit.text("kind." + word));
    }
    return chosen_of(field, words);
}

Value roles_of(const web::Visit& visit, const Value& field) {
    std::vector<std::pair<std::string, std::string>> words;
    for (const Role role : {Role::organiser, Role::co_organised, Role::joint_delivery, Role::support}) {
        const std::string word(to_text(role));
        words.emplace_back(word, visit.text("role." + word));
    }
    return chosen_of(field, words);
}

Value programmes_of(db::Read& tx, const Value& field) {
    std::vector<std::pair<std::string, std::string>> words;
    for (const programmes::Programme& one : programmes::programmes(tx))
        words.emplace_back(to_text(one.id), one.name);
    return chosen_of(field, words);
}

// The fields of a description as they are, or as they were just sent.
Value description_form(const web::Visit& visit, db::Read& tx, const Cohort& cohort,
                       const pages::Refused& refused) {
    const pages::Forms forms(visit, refused);
    const auto field = [&](std::string_view name, Value value = {}) {
        return forms.field("description", name, std::move(value));
    };
    const auto& planned = cohort.planned_opens_on;
    Value form = forms.form("description");
    form.set("code", field("code", cohort.code))
        .set("kinds", kinds_of(visit, field("kind", to_text(cohort.kind))))
        .set("roles", roles_of(visit, field("role", to_text(cohort.role))))
        .set("partner", field("partner", cohort.partner))
        .set("hosted_by", field("hosted_by", cohort.hosted_by))
        .set("managed_by", field("managed_by", cohort.managed_by))
        .set("certified_by", field("certified_by", cohort.certified_by))
        .set("place", field("place", cohort.place))
        .set("basis", field("basis", cohort.basis))
        .set("basis_number", field("basis_number"))
        .set("basis_dated_on", field("basis_dated_on"))
        .set("planned_opens_on", field("planned_opens_on", planned ? Value(to_text(*planned)) : Value()))
        .set("planned_closes_on", field("planned_closes_on", cohort.planned_closes_on))
        .set("expected_learners", field("expected_learners", cohort.expected_learners))
        .set("note", field("note", cohort.note));
    const Value programme = field("programme", cohort.programme.id ? Value(cohort.programme.id) : Value());
    return std::move(form)
        .set("programmes", programmes_of(tx, programme))
        .set("programme_refusal", programme["refusal"]);
}

Value proposal_value(const web::Visit& visit, db::Read& tx, const pages::Refused& refused) {
    const bool sent = !refused.form.empty();
    const auto from = line_asked_for(
        visit, tx, std::string(sent ? visit.request.sent("plan_line") : visit.request.asked("plan_line")));
    const Cohort cohort = from ? cohort_of(*from) : Cohort{};
    const bool counts = !sent || visit.request.sent("counts") == "yes";
    Value line;
    if (from)
        line = Value::object({{"id", from->line.id},
                              {"title", std::to_string(from->year) + " · " + title_of(from->line)},
                              {"counts", counts}});
    return Value::object({{"title", visit.text("cohort.propose")},
                          {"cohort", nullptr},
                          {"programme", nullptr},
                          {"line", std::move(line)},
                          {"form", description_form(visit, tx, cohort, refused)}});
}

Value description_value(const web::Visit& visit, db::Read& tx, const Cohort& cohort,
                        const pages::Refused& refused) {
    return Value::object({{"title", visit.text("cohort.describe_title", {cohort.code})},
                          {"cohort", Value::object({{"id", cohort.id}, {"code", cohort.code}})},
                          {"programme", cohort.programme.name},
                          {"line", nullptr},
                          {"form", description_form(visit, tx, cohort, refused)}});
}

// --- what was sent ----------------------------------------------------------------------------

void require_may_change(const web::Visit& visit, db::Read& tx, organisations::UnitId unit) {
    if (!organisations::may(tx, visit.actor, change_cohorts, unit)) throw web::NotFound{};
}

// What a description says, on top of what the cohort is; what is wrong is in the reader.
void read_description(pages::Reader& sent, Cohort& cohort) {
    cohort.kind = parse_kind(sent.required_choice("kind", {"cohort", "overseas_delegation"}).value_or(""))
                      .value_or(cohort.kind);
    cohort.role =
        parse_role(sent.required_choice("role", {"organiser", "co_organised", "joint_delivery", "support"})
                       .value_or(""))
            .value_or(cohort.role);
    cohort.partner = sent.text("partner");
    cohort.hosted_by = sent.text("hosted_by");
    cohort.managed_by = sent.text("managed_by");
    cohort.certified_by = sent.text("certified_by");
    cohort.place = sent.text("place");
    cohort.basis = sent.text("basis");
    cohort.note = sent.text("note");
    const std::string planned = sent.text("planned_opens_on");
    cohort.planned_opens_on = parse_planned(planned);
    if (!planned.empty() && !cohort.planned_opens_on)
        sent.refuse("planned_opens_on", "cohort.no_planned_day", {planned});
    cohort.planned_closes_on = sent.day("planned_closes_on");
    if (cohort.planned_closes_on && cohort.planned_opens_on &&
        *cohort.planned_closes_on < cohort.planned_opens_on->date)
        sent.refuse("planned_closes_on", "cohort.closing_before_opening",
                    {to_text(*cohort.planned_closes_on), to_text(cohort.planned_opens_on->date)});
    cohort.expected_learners = sent.count("expected_learners");
    const bool is_joint = cohort.role == Role::joint_delivery || cohort.role == Role::co_organised;
    if (is_joint && cohort.partner.empty()) sent.refuse("partner", "cohort.partner_required");
}

// The paper behind it, when one was given.
void record_basis(const web::Visit& visit, db::Write& tx, Cohort& cohort, documents::Document paper) {
    if (paper.number.empty() && paper.file_digest.empty()) return;
    paper.kind = "basis";
    cohort.basis_document = documents::record(tx, visit.actor, paper, visit.now);
    if (cohort.basis.empty()) cohort.basis = paper.number;
}

Outcome<CohortId> propose_sent(const web::Visit& visit, const files::Store& store) {
    return visit.database.write([&](db::Write& tx) -> Outcome<CohortId> {
        pages::Reader sent = pages::Reader::of_body(visit);
        if (sent.refused()) return sent.refusals();
        Cohort cohort;
        cohort.organiser_unit = organisations::centre(tx).id;
        require_may_change(visit, tx, cohort.organiser_unit);
        const auto from = line_asked_for(visit, tx, sent.text("plan_line"));
        cohort.code = sent.required_text("code");
        if (find_cohort(tx, cohort.code)) sent.refuse("code", "cohort.code_taken", {cohort.code});
        const std::string programme = sent.required_text("programme");
        const auto found = programmes::find_programme(tx, programmes::ProgrammeId{parse_id(programme)});
        const auto named = found ? found : programmes::find_programme(tx, programme);
        if (named) cohort.programme = *named;
        if (!named && !programme.empty()) sent.refuse("programme", "cohort.programme_unknown", {programme});
        if (named && from && !(from->line.programme.id == named->id))
            sent.refuse("programme", "cohort.line_of_other_programme",
                        {from->line.programme.name, named->name});
        read_description(sent, cohort);
        const documents::Document paper = documents::paper_sent(visit, sent, store, basis_fields);
        if (sent.refused()) return sent.refusals();
        record_basis(visit, tx, cohort, paper);
        const Act act{visit.now, sent.text("reason"), {cohort.basis_document, {}}};
        cohort.id = propose(tx, visit.actor, cohort, act);
        if (from && sent.text("counts") == "yes")
            count_toward(tx, visit.actor, require_for_books(tx, cohort.id), from->line.id, act);
        return cohort.id;
    });
}

http::Response propose_page(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        require_may_change(visit, tx, organisations::centre(tx).id);
        return visit.page("cohorts/description", proposal_value(visit, tx, {}));
    });
}

http::Response propose_by_form(const web::Visit& visit, const files::Store& store) {
    const auto proposed = propose_sent(visit, store);
    if (proposed) return visit.redirect("/cohorts/" + to_text(*proposed), "act.recorded");
    return visit.database.read([&](db::Read& tx) {
        const pages::Refused refused{"description", proposed.refusals()};
        return visit.refused("cohorts/description", proposal_value(visit, tx, refused), proposed.refusals());
    });
}

http::Response propose_by_json(const web::Visit& visit, const files::Store& store) {
    const auto proposed = propose_sent(visit, store);
    if (!proposed) return visit.json_refused(proposed.refusals());
    return visit.database.read([&](db::Read& tx) {
        const Cohort cohort = require(tx, visit.actor, *proposed);
        return visit.json(to_value(portrait(tx, visit.actor, cohort, visit.today()), visit.today()));
    });
}

Outcome<Done> describe_sent(const Told& told, const files::Store& store) {
    Cohort cohort = told.cohort;
    read_description(told.sent, cohort);
    const documents::Document paper = documents::paper_sent(told.visit, told.sent, store, basis_fields);
    if (told.sent.refused()) return told.sent.refusals();
    record_basis(told.visit, told.tx, cohort, paper);
    describe(told.tx, told.visit.actor, cohort, told.act);
    return Done{};
}

Cohort require_asked_for(const web::Visit& visit, db::Read& tx) {
    Cohort cohort = require(tx, visit.actor, CohortId{web::id_of(visit, "id")});
    if (!organisations::may(tx, visit.actor, change_cohorts, cohort.organiser_unit)) throw web::Forbidden{};
    return cohort;
}

http::Response describe_page(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        return visit.page("cohorts/description",
                          description_value(visit, tx, require_asked_for(visit, tx), {}));
    });
}

http::Response describe_by_form(const web::Visit& visit, const files::Store& store) {
    const Outcome<Done> described =
        happen_to(visit, [&](const Told& told) { return describe_sent(told, store); });
    if (described)
        return visit.redirect("/cohorts/" + std::string(visit.request.parameter("id")), "act.recorded");
    return visit.database.read([&](db::Read& tx) {
        const pages::Refused refused{"description", described.refusals()};
        return visit.refused("cohorts/description",
                             description_value(visit, tx, require_asked_for(visit, tx), refused),
                             described.refusals());
    });
}

}  // namespace

void register_descriptions(web::Routes& routes, const files::Store& store) {
    const web::Options uploads{.pool = http::Pool::slow, .uploads = true, .body_limit = 32 << 20};
    routes.get("/cohorts/new", change_cohorts, propose_page);
    routes.post(
        "/cohorts", change_cohorts,
        [store](const web::Visit& visit) { return propose_by_form(visit, store); }, uploads);
    routes.get("/cohorts/:id/description", change_cohorts, describe_page);
    routes.post(
        "/cohorts/:id/description", change_cohorts,
        [store](const web::Visit& visit) { return describe_by_form(visit, store); }, uploads);
    routes.post("/api/v1/cohorts", change_cohorts,
                [store](const web::Visit& visit) { return propose_by_json(visit, store); });
    routes.post("/api/v1/cohorts/:id/description", change_cohorts,
                by_json([store](const Told& told) { return describe_sent(told, store); }));
}

}  // namespace tiendo::cohorts
