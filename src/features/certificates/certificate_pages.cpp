// GET /certificates/:id: one certificate, what became of it, and what may be done with it.
#include <algorithm>

#include "base/text.h"
#include "features/certificates/certificates_pages.h"
#include "features/certificates/credential.h"
#include "features/certificates/drawing.h"
#include "platform/qr/qr.h"

namespace tiendo::certificates {
namespace {

CertificateId certificate_of(const web::Visit& visit) { return CertificateId{web::id_of(visit, "id")}; }
std::string address_of(CertificateId id) { return "/certificates/" + to_text(id); }

Value beside(const std::optional<Certificate>& other) {
    if (!other) return {};
    return Value::object(
        {{"id", other->id}, {"register_text", other->printed.register_text}, {"url", address_of(other->id)}});
}

Value whole_value(const web::Visit& visit, db::Read& tx, const Certificate& one) {
    const auto grounds = grounds_on(tx, visit.today());
    auto events = history_of(tx, one.id);
    std::reverse(events.begin(), events.end());
    return Value::object(
        {{"id", one.id},
         {"state", state_on(one, visit.today())},
         {"replaced_on", one.replaced_on},
         {"revoked_on", one.revoked_on},
         {"stands", one.state() == State::valid},
         {"handed_over_on", one.handed_over_on},
         {"requested_on", one.requested_on},
         {"request_due_on", one.request_due_on},
         {"printed", printed_value(one.printed)},
         {"cohort", Value::object({{"id", one.cohort}, {"code", one.printed.cohort_code}})},
         {"participation", one.participation},
         {"replaces", beside(one.replaces ? certificates::certificate_of(tx, *one.replaces) : std::nullopt)},
         {"replaced_by", beside(successor_of(tx, one.id))},
         {"file", one.file_digest.empty() ? Value()
                                          : Value::object({{"digest", one.file_digest}, {"page", one.page}})},
         {"events", list_of(events, [&](const Event& event) { return to_value(event, visit, grounds); })}});
}

// The forms that make sense now; null where one does not.
void set_forms(Value& value, const web::Visit& visit, db::Read& tx, const Certificate& one,
               const pages::Refused& refused) {
    const pages::Forms forms(visit, refused);
    const cohorts::Cohort cohort = cohorts::require_for_books(tx, one.cohort);
    const auto may = [&](web::Permission permission) {
        return organisations::may(tx, visit.actor, permission, cohort.organiser_unit);
    };
    const bool stands = one.state() == State::valid;
    const bool may_issue = stands && may(issue_certificates), may_revoke = stands && may(revoke_certificates);
    Value revocation, replacement, requesting, declining, handover, blank;
    if (may_revoke)
        revocation = forms.form("revocation")
                         .set("grounds", grounds_value(grounds_on(tx, visit.today()), visit.language,
                                                       visit.request.sent("ground")))
                         .set("ground", forms.field("revocation", "ground"))
                         .set("revoked_on", forms.field("revocation", "revoked_on", visit.today()))
                         .set("document_number", forms.field("revocation", "document_number"));
    if (may_issue) {
        const Value words = choices(causes, visit.request.sent("cause"));
        replacement = forms.form("replacement")
                          .set("causes", words)
                          .set("cause", forms.field("replacement", "cause"))
                          .set("issued_on", forms.field("replacement", "issued_on", visit.today()));
        for (const char* fact : {"full_name", "birth", "unit_name", "band"})
            replacement.set(fact, forms.field("replacement", fact));
        const auto bands = assessment::bands_of(tx, one.cohort);
        const std::vector<std::string_view> words_of_bands(bands.begin(), bands.end());
        replacement.set("bands", choices(words_of_bands, visit.request.sent("band")));
        if (one.requested_on)
            declining = forms.form("declining");
        else
            requesting = forms.form("request")
                             .set("causes", words)
                             .set("cause", forms.field("request", "cause"))
                             .set("requested_on", forms.field("request", "requested_on", visit.today()));
        if (!one.handed_over_on)
            handover = forms.form("handover")
                           .set("handed_over_on", forms.field("handover", "handed_over_on", visit.today()))
                           .set("received_by", forms.field("handover", "received_by", one.printed.full_name));
        if (!one.handed_over_on && one.blanks != 0) blank = forms.form("blank");
    }
    value.set("has_acts", may_issue || may_revoke)
        .set("revocation", std::move(revocation))
        .set("replacement", std::move(replacement))
        .set("requesting", std::move(requesting))
        .set("declining", std::move(declining))
        .set("handover", std::move(handover))
        .set("blank", std::move(blank));
}

Value page_value(const web::Visit& visit, db::Read& tx, const Certificate& one,
                 const pages::Refused& refused) {
    Value value = whole_value(visit, tx, one);
    set_forms(value, visit, tx, one, refused);
    return std::move(value)
        .set("title", one.printed.register_text)
        .set("check_url", "/check/" + one.printed.code)
        .set("export", nullptr)
        .set("print_url", address_of(one.id) + "?print=1");
}

http::Response certificate_page(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        const Certificate one = require(tx, visit.actor, certificate_of(visit));
        return visit.page("certificates/certificate", page_value(visit, tx, one, {}));
    });
}

http::Response certificate_json(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        return visit.json(whole_value(visit, tx, require(tx, visit.actor, certificate_of(visit))));
    });
}

// --- what is done -------------------------------------------------------------------------------

struct Told {
    db::Write& tx;
    const web::Visit& visit;
    const Certificate& certificate;
    pages::Reader& sent;
    const cohorts::Act& act;
    const Desk& desk;
    const files::Store& store;
};
using Verb = Outcome<Done> (*)(const Told&);

Outcome<Done> revocation(const Told& told) {
    const std::string ground = told.sent.required_text("ground");
    const auto day = told.sent.required_day("revoked_on");
    if (told.sent.refused()) return told.sent.refusals();
    return revoke(told.tx, told.visit.actor, told.certificate, ground, *day, told.visit.today(),
                  told.sent.text("document_number"), told.act);
}

Outcome<Done> replacement(const Told& told) {
    const Replacement said{told.sent.required_text("cause"), told.sent.text("full_name"),
                           told.sent.text("birth"), told.sent.text("unit_name"), told.sent.text("band")};
    const auto day = told.sent.required_day("issued_on");
    if (told.sent.refused()) return told.sent.refusals();
    const auto other = replace(told.tx, told.visit.actor, told.store, told.certificate, said,
                               {*day, told.visit.today(), told.desk.address}, told.act);
    if (!other) return other.refusals();
    return Done{};
}

Outcome<Done> requesting(const Told& told) {
    const std::string cause = told.sent.required_text("cause");
    const auto day = told.sent.required_day("requested_on");
    if (told.sent.refused()) return told.sent.refusals();
    return request(told.tx, told.visit.actor, told.certificate, cause, *day, told.visit.today(), told.act);
}

Outcome<Done> declining(const Told& told) {
    return decline(told.tx, told.visit.actor, told.certificate, told.visit.today(), told.act);
}

Outcome<Done> handover(const Told& told) {
    const auto day = told.sent.required_day("handed_over_on");
    if (told.sent.refused()) return told.sent.refusals();
    return hand_over(told.tx, told.visit.actor, std::span(&told.certificate, 1), *day, told.visit.today(),
                     told.sent.text("received_by"), told.act);
}

Outcome<Done> blank(const Told& told) {
    return spoil_blank(told.tx, told.visit.actor, told.certificate, told.visit.today(), told.act);
}

// What a verb needs besides the visit.
struct Means {
    web::Permission permission;
    Desk desk;
    files::Store store;
};

Outcome<Done> happen(const web::Visit& visit, Verb verb, const Means& means) {
    const auto outcome = visit.database.write([&](db::Write& tx) -> Outcome<Done> {
        pages::Reader sent = pages::Reader::of_body(visit);
        if (sent.refused()) return sent.refusals();
        const Certificate certificate =
            require_for_change(tx, visit.actor, means.permission, certificate_of(visit));
        const cohorts::Act act{visit.now, sent.text("reason"), {}};
        return verb({tx, visit, certificate, sent, act, means.desk, means.store});
    });
    if (means.desk.jobs) means.desk.jobs->wake();
    return outcome;
}

http::Response refused_page(const web::Visit& visit, const std::string& form, const Refusals& refusals) {
    return visit.database.read([&](db::Read& tx) {
        const Certificate one = require(tx, visit.actor, certificate_of(visit));
        return visit.refused("certificates/certificate", page_value(visit, tx, one, {form, refusals}),
                             refusals);
    });
}

web::Handler by_form(std::string form, Verb verb, Means means) {
    return [form = std::move(form), verb, means](const web::Visit& visit) {
        const Outcome<Done> outcome = happen(visit, verb, means);
        if (outcome) return visit.redirect(address_of(certificate_of(visit)), "act.recorded");
        return refused_page(visit, form, outcome.refusals());
    };
}

web::Handler by_json(Verb verb, Means means) {
    return [verb, means](const web::Visit& visit) {
        const Outcome<Done> outcome = happen(visit, verb, means);
        return outcome ? certificate_json(visit) : visit.json_refused(outcome.refusals());
    };
}

// --- to take away ------------------------------------------------------------------------------

http::Response file(const web::Visit& visit, const files::Store& store) {
    const auto [one, issue] = visit.database.read([&](db::Read& tx) {
        Certificate found = require(tx, visit.actor, certificate_of(visit));
        return std::pair(found, find_issue(tx, found.issue).value());
    });
    const auto drawing = drawing_of(store, issue.drawing);
    if (!drawing) return refused_page(visit, "", drawing.refusals());
    std::string bytes;
    const auto drawn = draw_pages([&](const Certificate&) { return *drawing; }, std::span(&one, 1),
                                  signing_key(visit.database, visit.now),
                                  [&](std::string_view piece) { bytes += piece; }, [](std::int64_t) {});
    if (!drawn) return refused_page(visit, "", drawn.refusals());
    return pdf(std::move(bytes), slug(one.printed.register_text + " " + one.printed.full_name) + ".pdf");
}

http::Response code(const web::Visit& visit) {
    const Certificate one =
        visit.database.read([&](db::Read& tx) { return require(tx, visit.actor, certificate_of(visit)); });
    const std::string text = text_of_code(one, signing_key(visit.database, visit.now));
    http::Response response;
    response.type = "image/svg+xml";
    response.body = qr::svg_of(qr::code_of(text), one.printed.code);
    return response;
}

// A file that is handed out lives on, and nothing in it could take it back.
web::Handler credential(http::Response (*refuse)(const web::Visit&, const Refusals&)) {
    return [refuse](const web::Visit& visit) {
        const Certificate one = visit.database.read(
            [&](db::Read& tx) { return require(tx, visit.actor, certificate_of(visit)); });
        if (one.state() != State::valid) return refuse(visit, {{"", "certificate.credential_over", {}}});
        const auto key = signing_key(visit.database, visit.now);
        if (visit.request.asked("format") == "jwt")
            return http::download(credential_jwt_of(one, key), one.printed.code + ".jwt",
                                  "application/vc+jwt");
        return http::download(credential_of(one, key), one.printed.code + ".json", "application/vc");
    };
}

http::Response refused_file(const web::Visit& visit, const Refusals& refusals) {
    return refused_page(visit, "", refusals);
}
http::Response refused_json(const web::Visit& visit, const Refusals& refusals) {
    return visit.json_refused(refusals);
}

}  // namespace

http::Response pdf(std::string bytes, const std::string& name) {
    return http::download(std::move(bytes), name, "application/pdf");
}

void register_certificate(web::Routes& routes, const Desk& desk, const files::Store& store) {
    const web::Options slow{.pool = http::Pool::slow};
    const Means revoking{revoke_certificates, desk, store}, issuing{issue_certificates, desk, store};
    routes.get("/certificates/:id", see_certificates, certificate_page);
    routes.get(
        "/certificates/:id/file", see_certificates,
        [store](const web::Visit& visit) { return file(visit, store); }, slow);
    routes.get("/certificates/:id/code", see_certificates, code);
    routes.get("/certificates/:id/credential", see_certificates, credential(refused_file));
    routes.post("/certificates/:id/revocation", revoke_certificates,
                by_form("revocation", revocation, revoking));
    routes.post("/certificates/:id/replacement", issue_certificates,
                by_form("replacement", replacement, issuing));
    routes.post("/certificates/:id/request", issue_certificates, by_form("request", requesting, issuing));
    routes.post("/certificates/:id/declining", issue_certificates, by_form("declining", declining, issuing));
    routes.post("/certificates/:id/handover", issue_certificates, by_form("handover", handover, issuing));
    routes.post("/certificates/:id/blank", issue_certificates, by_form("blank", blank, issuing));
    routes.get("/api/v1/certificates/:id", see_certificates, certificate_json);
    routes.get("/api/v1/certificates/:id/credential", see_certificates, credential(refused_json));
    routes.post("/api/v1/certificates/:id/revocation", revoke_certificates, by_json(revocation, revoking));
    routes.post("/api/v1/certificates/:id/replacement", issue_certificates, by_json(replacement, issuing));
    routes.post("/api/v1/certificates/:id/request", issue_certificates, by_json(requesting, issuing));
    routes.post("/api/v1/certificates/:id/declining", issue_certificates, by_json(declining, issuing));
    routes.post("/api/v1/certificates/:id/handover", issue_certificates, by_json(handover, issuing));
    routes.post("/api/v1/certificates/:id/blank", issue_certificates, by_json(blank, issuing));
}

}  // namespace tiendo::certificates
