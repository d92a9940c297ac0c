// GET /cohorts/:id/certificates: who of a cohort has one, who may be given one, and why others may not;
// and the issue while its papers are drawn.
#include "base/text.h"
#include "features/certificates/certificates_pages.h"

namespace tiendo::certificates {
namespace {

// What these pages work with.
struct Office : Desk {
    files::Store store;
};

cohorts::CohortId cohort_of(const web::Visit& visit) { return cohorts::CohortId{web::id_of(visit, "id")}; }
std::string address_of(cohorts::CohortId id) { return "/cohorts/" + to_text(id) + "/certificates"; }
std::string address_of(IssueId id) { return "/certificates/issues/" + to_text(id); }

// The office's page: a unit finds its own people's in the list.
cohorts::Cohort require_cohort(const web::Visit& visit, db::Read& tx) {
    cohorts::Cohort cohort = cohorts::require(tx, visit.actor, cohort_of(visit));
    if (!organisations::may(tx, visit.actor, see_certificates, cohort.organiser_unit)) throw web::NotFound{};
    return cohort;
}

Order order_on(const web::Visit& visit, Date day, const Office& office) {
    return {day, visit.today(), office.address};
}

std::int64_t drawn_of(db::Read& tx, const Office& office, IssueId issue) {
    return office.jobs ? office.jobs->glimpse(tx, issue.value).units : 0;
}

Value issues_value(db::Read& tx, const Office& office, cohorts::CohortId cohort) {
    return list_of(issues_of(tx, cohort),
                   [&](const IssueState& issue) { return to_value(issue, drawn_of(tx, office, issue.id)); });
}

Value cohort_value(const web::Visit& visit, db::Read& tx, const cohorts::Cohort& cohort,
                   const Office& office) {
    constexpr int most = 5'000;
    const auto given = lines(tx, visit.actor, {.cohort = cohort.code, .today = visit.today()}, {}, most);
    const Issued foreseen = foresee(tx, office.store, cohort, order_on(visit, visit.today(), office));
    std::int64_t to_hand_over = 0;
    for (const Line& line : given)
        to_hand_over += !line.handed_over_on && !line.revoked_on && !line.replaced_on ? 1 : 0;
    return Value::object(
        {{"cohort", Value::object({{"id", cohort.id}, {"code", cohort.code}})},
         {"programme", cohort.programme.name},
         {"certificates", list_of(given, [&](const Line& line) { return to_value(line, visit.today()); })},
         {"ready", list_of(foreseen.codes,
                           [](const std::string& name) {
                               return Value::object({{"person", name}});
                           })},
         {"groundless",
          list_of(groundless_in(tx, cohort.id), [](const Groundless& one) { return to_value(one); })},
         {"hindered", refused_value(foreseen.refused, visit.site.texts, visit.language)},
         {"counts", Value::object({{"standing", foreseen.standing.size()},
                                   {"ready", foreseen.codes.size()},
                                   {"hindered", foreseen.refused.size()},
                                   {"to_hand_over", to_hand_over}})},
         {"issues", issues_value(tx, office, cohort.id)}});
}

Value page_value(const web::Visit& visit, db::Read& tx, const cohorts::Cohort& cohort, const Office& office,
                 const pages::Refused& refused) {
    const pages::Forms forms(visit, refused);
    Value value = cohort_value(visit, tx, cohort, office);
    const bool may = organisations::may(tx, visit.actor, issue_certificates, cohort.organiser_unit);
    const bool any_ready = *value["counts"]["ready"].number() > 0;
    const bool any_to_hand_over = *value["counts"]["to_hand_over"].number() > 0;
    Value issuing, handover;
    if (may && any_ready)
        issuing = forms.form("certificates")
                      .set("issued_on", forms.field("certificates", "issued_on", visit.today()));
    if (may && any_to_hand_over)
        handover = forms.form("handover")
                       .set("handed_over_on", forms.field("handover", "handed_over_on", visit.today()));
    const bool has_rows = !value["certificates"].list_items()->empty();
    const bool has_groundless = !value["groundless"].list_items()->empty();
    const bool has_hindered = !value["hindered"].list_items()->empty();
    const bool has_issues = !value["issues"].list_items()->empty();
    return std::move(value)
        .set("title", visit.text("certificate.of_cohort", {cohort.code}))
        .set("tabs", cohorts::tabs(visit, tx, cohort, "certificates"))
        .set("issuing", std::move(issuing))
        .set("handover", std::move(handover))
        .set("has_rows", has_rows)
        .set("has_groundless", has_groundless)
        .set("has_hindered", has_hindered)
        .set("has_no_address", office.address.empty())
        .set("has_issues", has_issues)
        .set("export", nullptr)
        .set("print_url", address_of(cohort.id) + "?print=1");
}

http::Response cohort_page(const web::Visit& visit, const Office& office) {
    return visit.database.read([&](db::Read& tx) {
        return visit.page("certificates/cohort",
                          page_value(visit, tx, require_cohort(visit, tx), office, {}));
    });
}

http::Response cohort_json(const web::Visit& visit, const Office& office) {
    return visit.database.read(
        [&](db::Read& tx) { return visit.json(cohort_value(visit, tx, require_cohort(visit, tx), office)); });
}

http::Response refused_page(const web::Visit& visit, const Office& office, const pages::Refused& refused) {
    return visit.database.read([&](db::Read& tx) {
        return visit.refused("certificates/cohort",
                             page_value(visit, tx, require_cohort(visit, tx), office, refused),
                             refused.refusals);
    });
}

// --- what is done -------------------------------------------------------------------------------

Outcome<Issued> issue_sent(const web::Visit& visit, const Office& office) {
    const auto issued = visit.database.write([&](db::Write& tx) -> Outcome<Issued> {
        pages::Reader sent = pages::Reader::of_body(visit);
        const auto day = sent.required_day("issued_on");
        if (sent.refused()) return sent.refusals();
        auto given = issue(tx, visit.actor, office.store, cohort_of(visit), order_on(visit, *day, office),
                           {visit.now, sent.text("reason"), {}});
        if (given && !given->issue && given->standing.empty())
            return Refusal{"issued_on", "certificate.nobody_ready", {}};
        return given;
    });
    if (office.jobs) office.jobs->wake();
    return issued;
}

http::Response issue_by_form(const web::Visit& visit, const Office& office) {
    const auto issued = issue_sent(visit, office);
    if (!issued) return refused_page(visit, office, {"certificates", issued.refusals()});
    return visit.redirect(issued->issue ? address_of(*issued->issue) : address_of(cohort_of(visit)),
                          "act.recorded");
}

http::Response issue_by_json(const web::Visit& visit, const Office& office) {
    const auto issued = issue_sent(visit, office);
    if (!issued) return visit.json_refused(issued.refusals());
    const auto codes = [](const std::string& code) { return Value::object({{"code", code}}); };
    return visit.json(
        Value::object({{"issue", issued->issue},
                       {"issued", list_of(issued->codes, codes)},
                       {"standing", list_of(issued->standing, codes)},
                       {"refused", refused_value(issued->refused, visit.site.texts, visit.language)}}));
}

Outcome<Done> handover_sent(const web::Visit& visit) {
    return visit.database.write([&](db::Write& tx) -> Outcome<Done> {
        pages::Reader sent = pages::Reader::of_body(visit);
        const auto day = sent.required_day("handed_over_on");
        if (sent.refused()) return sent.refusals();
        const cohorts::Cohort cohort = require_cohort(visit, tx);
        if (!organisations::may(tx, visit.actor, issue_certificates, cohort.organiser_unit))
            throw web::Forbidden{};
        tx.lock("cohort", cohort.id.value);
        return hand_over(tx, visit.actor, standing_in(tx, cohort.id), *day, visit.today(), "",
                         {visit.now, sent.text("reason"), {}});
    });
}

http::Response handover_by_form(const web::Visit& visit, const Office& office) {
    const auto done = handover_sent(visit);
    if (!done) return refused_page(visit, office, {"handover", done.refusals()});
    return visit.redirect(address_of(cohort_of(visit)), "act.recorded");
}

// --- an issue -----------------------------------------------------------------------------------

IssueId issue_of(const web::Visit& visit) { return IssueId{web::id_of(visit, "id")}; }

Value issue_value(const web::Visit& visit, db::Read& tx, const Office& office) {
    const IssueState issue = require_issue(tx, visit.actor, issue_of(visit));
    return to_value(issue, drawn_of(tx, office, issue.id));
}

http::Response issue_page(const web::Visit& visit, const Office& office) {
    return visit.database.read([&](db::Read& tx) {
        Value value = issue_value(visit, tx, office);
        const std::string code = *value["cohort"]["code"].text();
        const bool can_issue = visit.actor.may(issue_certificates);
        return visit.page("certificates/issue", value.set("title", visit.text("certificate.issue", {code}))
                                                    .set("can_issue", can_issue)
                                                    .set("has_no_address", office.address.empty()));
    });
}

http::Response issue_json(const web::Visit& visit, const Office& office) {
    return visit.database.read([&](db::Read& tx) { return visit.json(issue_value(visit, tx, office)); });
}

http::Response issue_file(const web::Visit& visit, const files::Store& store) {
    const IssueState issue =
        visit.database.read([&](db::Read& tx) { return require_issue(tx, visit.actor, issue_of(visit)); });
    if (issue.file_digest.empty()) throw web::NotFound{};
    const std::filesystem::path path = store.path_of(issue.file_digest);
    return http::download(http::FileBody{path, std::filesystem::file_size(path), nullptr},
                          slug(issue.cohort_code) + " " + to_text(issue.issued_on) + ".pdf",
                          "application/pdf");
}

// What broke off, or whose papers jammed, is drawn once more: the numbers stay.
http::Response draw_again(const web::Visit& visit, const Office& office) {
    visit.database.write([&](db::Write& tx) {
        const IssueState issue = require_issue(tx, visit.actor, issue_of(visit));
        const cohorts::Cohort cohort = cohorts::require_for_books(tx, issue.cohort);
        if (!organisations::may(tx, visit.actor, issue_certificates, cohort.organiser_unit))
            throw web::Forbidden{};
        begin_drawing_again(tx, visit.actor, issue.id, visit.now);
    });
    if (office.jobs) office.jobs->wake();
    return visit.redirect(address_of(issue_of(visit)), "act.recorded");
}

}  // namespace

void register_issuing(web::Routes& routes, const Desk& desk, const files::Store& store) {
    const web::Options slow{.pool = http::Pool::slow};
    const Office office{{desk.jobs, printable_address(desk.address)}, store};
    routes.get("/cohorts/:id/certificates", see_certificates,
               [office](const web::Visit& visit) { return cohort_page(visit, office); });
    routes.post(
        "/cohorts/:id/certificates", issue_certificates,
        [office](const web::Visit& visit) { return issue_by_form(visit, office); }, slow);
    routes.post("/cohorts/:id/certificates/handover", issue_certificates,
                [office](const web::Visit& visit) { return handover_by_form(visit, office); });
    routes.get("/certificates/issues/:id", see_certificates,
               [office](const web::Visit& visit) { return issue_page(visit, office); });
    routes.get("/certificates/issues/:id/file", see_certificates,
               [store](const web::Visit& visit) { return issue_file(visit, store); });
    routes.post("/certificates/issues/:id/drawing", issue_certificates,
                [office](const web::Visit& visit) { return draw_again(visit, office); });
    routes.get("/api/v1/cohorts/:id/certificates", see_certificates,
               [office](const web::Visit& visit) { return cohort_json(visit, office); });
    routes.post(
        "/api/v1/cohorts/:id/certificates", issue_certificates,
        [office](const web::Visit& visit) { return issue_by_json(visit, office); }, slow);
    routes.get("/api/v1/certificates/issues/:id", see_certificates,
               [office](const web::Visit& visit) { return issue_json(visit, office); });
}

}  // namespace tiendo::certificates
