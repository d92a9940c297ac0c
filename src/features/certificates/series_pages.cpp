// /certificates/series: the books there are, who signs, the blanks, and the drawing of each.
#include <fstream>

#include "base/text.h"
#include "features/certificates/certificates_pages.h"
#include "features/certificates/drawing.h"
#include "platform/pages/address.h"

namespace tiendo::certificates {
namespace {

constexpr std::array<std::string_view, 2> regimes{"party", "state"};
constexpr std::array<std::string_view, 2> kinds{"certificate_of_completion", "certificate"};
constexpr std::array<std::string_view, 4> capacities{"own_name", "on_behalf", "in_place", "by_order"};

std::string code_of(const web::Visit& visit) { return std::string(visit.request.parameter("code")); }
std::string address_of(const web::Visit& visit) { return "/certificates/series/" + code_of(visit); }

void require_to_see(const web::Visit& visit, db::Read& tx) {
    if (!organisations::may(tx, visit.actor, see_certificates, organisations::centre(tx).id))
        throw web::NotFound{};
}

bool may_change(const web::Visit& visit, db::Read& tx) {
    return organisations::may(tx, visit.actor, issue_certificates, organisations::centre(tx).id);
}

// --- all of them ------------------------------------------------------------------------------

Value list_value(const web::Visit& visit, db::Read& tx) {
    require_to_see(visit, tx);
    return Value::object(
        {{"series", list_of(all_series(tx), [&](const Series& series) {
              const auto authority = authority_on(tx, series, visit.today());
              return to_value(series)
                  .set("authority", authority ? to_value(*authority) : Value())
                  .set("remaining", series.uses_blanks ? Value(blanks_remaining(tx, series.code)) : Value());
          })}});
}

Value list_page_value(const web::Visit& visit, db::Read& tx, const pages::Refused& refused) {
    const pages::Forms forms(visit, refused);
    Value value = list_value(visit, tx), making;
    if (may_change(visit, tx))
        making = forms.form("series")
                     .set("code", forms.field("series", "code"))
                     .set("mark", forms.field("series", "mark"))
                     .set("name", forms.field("series", "name"))
                     .set("number_pattern", forms.field("series", "number_pattern", "{number}/{year}-{mark}"))
                     .set("regimes", choices(regimes, visit.request.sent("regime")))
                     .set("kinds", choices(kinds, visit.request.sent("kind")));
    return std::move(value)
        .set("title", visit.text("certificate.series_list"))
        .set("making", std::move(making));
}

http::Response list_page(const web::Visit& visit) {
    return visit.database.read(
        [&](db::Read& tx) { return visit.page("certificates/series_list", list_page_value(visit, tx, {})); });
}

http::Response list_json(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) { return visit.json(list_value(visit, tx)); });
}

http::Response make(const web::Visit& visit) {
    const auto made = visit.database.write([&](db::Write& tx) -> Outcome<Done> {
        require_to_see(visit, tx);
        if (!may_change(visit, tx)) throw web::Forbidden{};
        pages::Reader sent = pages::Reader::of_body(visit);
        Series series;
        series.code = sent.required_text("code");
        series.mark = sent.required_text("mark");
        series.name = sent.required_text("name");
        series.regime = sent.required_choice("regime", {"party", "state"}).value_or("");
        series.kind = sent.required_choice("kind", {"certificate_of_completion", "certificate"}).value_or("");
        series.number_pattern = sent.required_text("number_pattern");
        if (sent.refused()) return sent.refusals();
        return make_series(tx, visit.actor, series, {visit.now, sent.text("reason"), {}});
    });
    if (made) return visit.redirect("/certificates/series", "act.recorded");
    return visit.database.read([&](db::Read& tx) {
        return visit.refused("certificates/series_list",
                             list_page_value(visit, tx, {"series", made.refusals()}), made.refusals());
    });
}

// --- one ----------------------------------------------------------------------------------------

std::string preview_of(const std::string& digest, const Series& series) {
    return pages::address("/certificates/series/" + series.code + "/preview", {{"drawing", digest}});
}

Value drawings_value(db::Read& tx, const Series& series) {
    return list_of(drawings_of(tx, series.code), [&](const Drawing& drawing) {
        return Value::object({{"valid_from", drawing.valid_from},
                              {"file_name", drawing.file_name},
                              {"preview", preview_of(drawing.digest, series)},
                              {"recorded_at", drawing.recorded_at},
                              {"recorded_by", drawing.recorded_by}});
    });
}

// What was sent, judged and kept, and is not yet in force.
struct Trial {
    std::string digest, file_name;
};

Value page_value(const web::Visit& visit, db::Read& tx, const Series& series, const pages::Refused& refused,
                 const std::optional<Trial>& trial = std::nullopt) {
    const pages::Forms forms(visit, refused);
    Value authority, blanks, spoiling, drawing, tried;
    if (may_change(visit, tx)) {
        authority = forms.form("authority")
                        .set("valid_from", forms.field("authority", "valid_from", visit.today()))
                        .set("capacities", choices(capacities, visit.request.sent("capacity")));
        for (const char* field :
             {"issuer_name", "place", "principal", "signatory_title", "signatory_name", "basis"})
            authority.set(field, forms.field("authority", field));
        blanks = forms.form("blanks")
                     .set("first", forms.field("blanks", "first"))
                     .set("last", forms.field("blanks", "last"))
                     .set("received_on", forms.field("blanks", "received_on", visit.today()));
        if (series.uses_blanks)
            spoiling = forms.form("spoiling").set("serial", forms.field("spoiling", "serial"));
        drawing = forms.form("drawing")
                      .set("valid_from", forms.field("drawing", "valid_from", visit.today()))
                      .set("file", forms.field("drawing", "file"));
        if (trial)
            tried = Value::object({{"drawing", trial->digest},
                                   {"file_name", trial->file_name},
                                   {"preview", preview_of(trial->digest, series)},
                                   {"valid_from", visit.request.sent("valid_from")}});
    }
    const auto list_with = [](const auto& rows) {
        return list_of(rows, [](const auto& row) { return to_value(row); });
    };
    const auto authorities = authorities_of(tx, series);
    const auto ranges = blanks_of(tx, series.code);
    const bool can_change = may_change(visit, tx);
    return to_value(series)
        .set("title", series.name)
        .set("authorities", list_with(authorities))
        .set("blanks", list_with(ranges))
        .set("has_blanks", !ranges.empty())
        .set("drawings", drawings_value(tx, series))
        .set("number_example", register_text(series, 15, visit.today().year()))
        .set("trial", std::move(tried))
        .set("can_change", can_change)
        .set("authority", std::move(authority))
        .set("receiving", std::move(blanks))
        .set("spoiling", std::move(spoiling))
        .set("drawing", std::move(drawing));
}

http::Response series_page(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        const Series series = require_series(tx, visit.actor, code_of(visit));
        return visit.page("certificates/series", page_value(visit, tx, series, {}));
    });
}

struct Told {
    db::Write& tx;
    const web::Visit& visit;
    const Series& series;
    pages::Reader& sent;
    const cohorts::Act& act;
};
using Verb = Outcome<Done> (*)(const Told&);

Outcome<Done> authority(const Told& told) {
    Appointment said;
    said.series = told.series.code;
    said.valid_from = told.sent.required_day("valid_from").value_or(Date{});
    said.issuer_name = told.sent.text("issuer_name");
    said.place = told.sent.text("place");
    said.capacity = told.sent.required_choice("capacity", {"own_name", "on_behalf", "in_place", "by_order"})
                        .value_or("own_name");
    said.principal = told.sent.text("principal");
    said.signatory_title = told.sent.text("signatory_title");
    said.signatory_name = told.sent.text("signatory_name");
    said.basis = told.sent.text("basis");
    if (told.sent.refused()) return told.sent.refusals();
    return appoint(told.tx, told.visit.actor, said, told.act);
}

Outcome<Done> blanks(const Told& told) {
    const std::string first = told.sent.required_text("first"), last = told.sent.required_text("last");
    const auto day = told.sent.required_day("received_on");
    if (told.sent.refused()) return told.sent.refusals();
    return receive_blanks(told.tx, told.visit.actor, told.series, first, last, *day, told.act);
}

Outcome<Done> spoiling(const Told& told) {
    const std::string serial = told.sent.required_text("serial");
    if (told.sent.refused()) return told.sent.refusals();
    return spoil_unused(told.tx, told.visit.actor, told.series, serial, told.act);
}

http::Response refused_page(const web::Visit& visit, const std::string& form, const Refusals& refusals) {
    return visit.database.read([&](db::Read& tx) {
        const Series series = require_series(tx, visit.actor, code_of(visit));
        return visit.refused("certificates/series", page_value(visit, tx, series, {form, refusals}),
                             refusals);
    });
}

web::Handler by_form(std::string form, Verb verb) {
    return [form = std::move(form), verb](const web::Visit& visit) {
        const auto outcome = visit.database.write([&](db::Write& tx) -> Outcome<Done> {
            pages::Reader sent = pages::Reader::of_body(visit);
            if (sent.refused()) return sent.refusals();
            const Series series = require_series_to_change(tx, visit.actor, code_of(visit));
            return verb({tx, visit, series, sent, cohorts::Act{visit.now, sent.text("reason"), {}}});
        });
        if (!outcome) return refused_page(visit, form, outcome.refusals());
        return visit.redirect(address_of(visit), "act.recorded");
    };
}

// --- the drawing ------------------------------------------------------------------------------

std::string bytes_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

Refusals of_file(Refusals refusals) {
    for (Refusal& refusal : refusals) refusal.field = "file";
    return refusals;
}

papers::Values longest_of(const papers::Template& drawing) {
    papers::Values values = drawing.longest();
    values["qr"] = sample_text_of_code();
    return values;
}

// What it may hold, which fields it must show, whether the longest names and the longest code fit.
Outcome<Done> judge_drawing(const std::string& bytes) {
    const auto judged = papers::Template::read(bytes, fields());
    if (!judged) return of_file(judged.refusals());
    const Refusals complaints = judged->complaints_about(longest_of(*judged));
    if (!complaints.empty()) return of_file(complaints);
    return Done{};
}

// A file is judged and kept, and comes back to be looked at; what was looked at comes by its digest, and is
// put in force.
Outcome<Trial> drawing_sent(const web::Visit& visit, const files::Store& store) {
    pages::Reader sent = pages::Reader::of_body(visit);
    const auto day = sent.required_day("valid_from");
    if (sent.refused()) return sent.refusals();
    const std::string looked_at = sent.text("drawing");
    const http::Upload* file = visit.request.upload("file");
    if (looked_at.empty() && !file) return Refusal{"file", "certificate.no_drawing", {}};
    const papers::Limits limits;
    if (looked_at.empty() && file->size > limits.bytes)
        return Refusal{
            "file",
            "papers.too_large",
            {file->name, std::to_string(file->size / 1'000'000), std::to_string(limits.bytes / 1'000'000)}};
    if (!looked_at.empty() && !store.has(looked_at)) throw web::NotFound{};
    if (const auto judged =
            judge_drawing(looked_at.empty() ? bytes_of(file->path()) : bytes_of(store.path_of(looked_at)));
        !judged)
        return judged.refusals();
    if (looked_at.empty()) return Trial{store.keep(file->path().string()).digest, file->name};
    visit.database.write([&](db::Write& tx) {
        const Series series = require_series_to_change(tx, visit.actor, code_of(visit));
        put_drawing_in_force(tx, visit.actor, series,
                             {*day, looked_at, sent.text("file_name"), visit.now, ""});
    });
    return Trial{};
}

http::Response drawing_by_form(const web::Visit& visit, const files::Store& store) {
    visit.database.write([&](db::Write& tx) { require_series_to_change(tx, visit.actor, code_of(visit)); });
    const auto outcome = drawing_sent(visit, store);
    if (!outcome) return refused_page(visit, "drawing", outcome.refusals());
    if (outcome->digest.empty()) return visit.redirect(address_of(visit), "act.recorded");
    return visit.database.read([&](db::Read& tx) {
        const Series series = require_series(tx, visit.actor, code_of(visit));
        return visit.page("certificates/series", page_value(visit, tx, series, {}, *outcome));
    });
}

// A drawing with every text at its longest: the one that was asked for, else that in force.
http::Response preview(const web::Visit& visit, const files::Store& store) {
    std::string digest = visit.database.read([&](db::Read& tx) {
        const Series series = require_series(tx, visit.actor, code_of(visit));
        return keep_drawing(tx, store, series, visit.today());
    });
    if (const std::string asked(visit.request.asked("drawing")); !asked.empty()) digest = asked;
    if (!store.has(digest)) throw web::NotFound{};
    const auto drawing = drawing_of(store, digest);
    if (!drawing) throw web::NotFound{};
    constexpr int pixels = 1400;
    const auto drawn = papers::png_of(*drawing, longest_of(*drawing), pixels);
    if (!drawn) throw web::NotFound{};
    http::Response response;
    response.type = "image/png";
    response.body = *drawn;
    return response;
}

// To begin with in Inkscape: the drawing in force.
http::Response drawing_file(const web::Visit& visit, const files::Store& store) {
    const std::string digest = visit.database.read([&](db::Read& tx) {
        const Series series = require_series(tx, visit.actor, code_of(visit));
        return keep_drawing(tx, store, series, visit.today());
    });
    return http::download(bytes_of(store.path_of(digest)), slug(code_of(visit)) + ".svg", "image/svg+xml");
}

}  // namespace

void register_series(web::Routes& routes, const files::Store& store) {
    const web::Options slow{.pool = http::Pool::slow};
    // More than a drawing may have, so that one too large is refused with a reason.
    const web::Options uploads{.pool = http::Pool::slow, .uploads = true, .body_limit = 64 << 20};
    routes.get("/certificates/series", see_certificates, list_page);
    routes.post("/certificates/series", issue_certificates, make);
    routes.get("/certificates/series/:code", see_certificates, series_page);
    routes.post("/certificates/series/:code/authority", issue_certificates, by_form("authority", authority));
    routes.post("/certificates/series/:code/blanks", issue_certificates, by_form("blanks", blanks));
    routes.post("/certificates/series/:code/spoiling", issue_certificates, by_form("spoiling", spoiling));
    routes.post(
        "/certificates/series/:code/drawing", issue_certificates,
        [store](const web::Visit& visit) { return drawing_by_form(visit, store); }, uploads);
    routes.get(
        "/certificates/series/:code/preview", see_certificates,
        [store](const web::Visit& visit) { return preview(visit, store); }, slow);
    routes.get("/certificates/series/:code/drawing", see_certificates,
               [store](const web::Visit& visit) { return drawing_file(visit, store); });
    routes.get("/api/v1/certificate-series", see_certificates, list_json);
}

}  // namespace tiendo::certificates
