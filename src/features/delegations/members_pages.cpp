// GET /cohorts/:id/delegation/passports, visas, briefing and reports: sheets with a line for each member, and
// the files of the reports.
#include <array>

#include "features/delegations/delegations_pages.h"
#include "platform/pages/address.h"

namespace tiendo::delegations {
namespace {

constexpr std::array<std::string_view, 4> visa_states{"not_needed", "applied", "granted", "refused"};

// The country whose visas are asked for; the first when none of the journey is.
std::string country_of(const web::Visit& visit, const std::vector<std::string>& countries) {
    std::string said(visit.request.sent("country"));
    if (said.empty()) said = std::string(visit.request.asked("country"));
    for (const std::string& country : countries)
        if (country == said) return country;
    return countries.empty() ? "" : countries.front();
}

Visa* visa_of(Member& member, std::string_view country) {
    for (Visa& visa : member.visas)
        if (visa.country == country) return &visa;
    return nullptr;
}

// --- a sheet ------------------------------------------------------------------------------------

// Makes the cells of one member; a cell is an input with the name of its column and the member's id.
class Cells {
 public:
    Cells(const pages::Forms& forms, const web::Visit& visit, const std::string& sheet, const Member& member)
        : forms_(forms), visit_(visit), sheet_(sheet), whose_(to_text(member.id)) {}

    Cells& text(std::string_view column, const std::string& value, const std::string& shown = "") {
        return cell(column, "is_text", value, shown);
    }
    Cells& day(std::string_view column, const std::optional<Date>& value) {
        return cell(column, "is_day", value, "");
    }
    Cells& file(std::string_view column, const std::string& shown) {
        return cell(column, "is_file", "", shown);
    }
    Cells& check(std::string_view column, bool value) { return cell(column, "is_check", value, ""); }
    Cells& state(std::string_view column, const std::string& value) {
        cell(column, "is_choice", value, "");
        const Value now = last_["value"];
        last_.set("choices", list_of(visa_states, [&](std::string_view state) {
                      return Value::object({{"value", state},
                                            {"title", visit_.text("delegation.visa." + std::string(state))},
                                            {"current", now == Value(state)}});
                  }));
        return *this;
    }
    Value list() {
        if (!last_.is_null()) cells_.push(std::move(last_));
        return cells_;
    }

 private:
    Cells& cell(std::string_view column, std::string_view kind, Value value, const std::string& shown) {
        if (!last_.is_null()) cells_.push(std::move(last_));
        const std::string name = std::string(column) + "-" + whose_;
        last_ = forms_.field(sheet_, name, std::move(value))
                    .set("name", name)
                    .set("column", column)
                    .set("label", visit_.text("delegation.column." + std::string(column)))
                    .set("shown", shown.empty() ? Value() : Value(shown))
                    .set("choices", nullptr)
                    .set("current", false);
        for (const std::string_view one : {"is_text", "is_day", "is_check", "is_choice", "is_file"})
            last_.set(std::string(one), one == kind);
        return *this;
    }

    const pages::Forms& forms_;
    const web::Visit& visit_;
    const std::string& sheet_;
    std::string whose_;
    Value cells_ = Value::list(), last_;
};

Value cells_of(Cells cells, const std::string& sheet, Member member, const std::string& country) {
    if (sheet == "passports")
        return cells.text("passport", "", people::masked(member.passport_number))
            .day("expires", member.passport_expires_on)
            .list();
    if (sheet == "briefing") return cells.check("briefed", member.briefed).list();
    if (sheet == "reports")
        return cells.day("report", member.report_received_on)
            .text("document", member.report_number)
            .file("file", member.report_file.file_name)
            .list();
    const Visa* known = visa_of(member, country);
    const Visa visa = known ? *known : Visa{};
    return cells.state("visa", visa.state)
        .day("applied", visa.applied_on)
        .day("granted", visa.granted_on)
        .day("until", visa.valid_until)
        .list();
}

std::vector<std::string_view> columns_of(const std::string& sheet) {
    if (sheet == "passports") return {"passport", "expires"};
    if (sheet == "briefing") return {"briefed"};
    if (sheet == "reports") return {"report", "document", "file"};
    return {"visa", "applied", "granted", "until"};
}

Value sheet_value(const web::Visit& visit, db::Read& tx, const Delegation& delegation,
                  const std::string& sheet, const pages::Refused& refused) {
    const pages::Forms forms(visit, refused);
    const Portrait seen = portrait(tx, delegation, visit.today());
    const Value whole = to_value(seen, visit.today(), visit.language);
    const auto countries = countries_of(delegation);
    const std::string country = sheet == "visas" ? country_of(visit, countries) : "";
    Value choices = Value::list();
    if (sheet == "visas" && countries.size() > 1)
        for (const std::string& one : countries)
            choices.push(
                Value::object({{"name", one},
                               {"current", one == country},
                               {"url", pages::address(address_of(visit) + "/visas", {{"country", one}})}}));
    Value briefing;
    if (sheet == "briefing")
        briefing = Value::object(
            {{"briefed_on", forms.field(sheet, "briefed_on", delegation.briefed_on)},
             {"briefing_place", forms.field(sheet, "briefing_place", delegation.briefing_place)}});
    return Value::object(
        {{"title", visit.text("delegation.sheet." + sheet)},
         {"cohort", whole["cohort"]},
         {"sheet", sheet},
         {"country", country.empty() ? Value() : Value(country)},
         {"countries", std::move(choices)},
         {"passport_needed_until", sheet == "passports" ? whole["passport_needed_until"] : Value()},
         {"report_due_on", sheet == "reports" ? whole["report_due_on"] : Value()},
         {"report_last_due_on", sheet == "reports" ? whole["report_last_due_on"] : Value()},
         {"briefing", std::move(briefing)},
         {"form", forms.form(sheet)},
         {"has_files", sheet == "reports"},
         {"columns", list_of(columns_of(sheet),
                             [&](std::string_view column) {
                                 return Value::object(
                                     {{"column", column},
                                      {"label", visit.text("delegation.column." + std::string(column))}});
                             })},
         {"lines", list_of(seen.members, [&](const Member& member) {
              return Value::object(
                  {{"id", member.id},
                   {"full_name", member.full_name},
                   {"unit", member.unit_name},
                   {"cells", cells_of(Cells(forms, visit, sheet, member), sheet, member, country)}});
          })}});
}

// --- what was sent ------------------------------------------------------------------------------

// A form sends every line; a program may send some, and whoever is not named stays as he was.

void read_passport(pages::Reader& sent, Member& member) {
    const std::string whose = to_text(member.id);
    // The number is masked on the sheet: an empty one leaves what is there.
    if (const std::string number = sent.text("passport-" + whose); !number.empty()) {
        constexpr std::size_t longest = 20;
        if (number.size() > longest ||
            number.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") != std::string::npos)
            sent.refuse("passport-" + whose, "delegation.no_passport_number", {});
        member.passport_number = number;
    }
    if (sent.names("expires-" + whose)) member.passport_expires_on = sent.day("expires-" + whose);
}

void read_visa(pages::Reader& sent, Member& member, const std::string& country) {
    Visa* visa = visa_of(member, country);
    const std::string whose = to_text(member.id);
    if (!visa || !sent.names("visa-" + whose)) return;
    visa->state = sent.choice("visa-" + whose, {"not_needed", "applied", "granted", "refused"}).value_or("");
    visa->applied_on = sent.day("applied-" + whose);
    visa->granted_on = sent.day("granted-" + whose);
    visa->valid_until = sent.day("until-" + whose);
    if (visa->state.empty() && (visa->applied_on || visa->granted_on || visa->valid_until))
        sent.refuse("visa-" + whose, "form.required");
}

// A file that is not sent leaves the one that is there; a report that did not come has none.
void read_report(const web::Visit& visit, pages::Reader& sent, Member& member, const files::Store& store) {
    const std::string whose = to_text(member.id);
    const std::string number = "document-" + whose, day = "report-" + whose, file = "file-" + whose;
    const http::Upload* upload = visit.request.upload(file);
    const bool has_file = upload && upload->size > 0;
    if (!sent.names(day) && !has_file) return;
    documents::Document paper =
        documents::paper_sent(visit, sent, store, {.number = number, .dated_on = day, .file = file});
    member.report_received_on = paper.dated_on;
    member.report_number = paper.number;
    if (!member.report_received_on && (has_file || !member.report_number.empty()))
        sent.refuse(day, "form.required");
    if (!member.report_received_on) member.report_file = {};
    if (paper.file_digest.empty()) return;
    paper.kind = "report";
    member.report_file = std::move(paper);
}

// A box that is not ticked is not sent at all.
void read_briefing(pages::Reader& sent, Member& member) {
    const std::string said = sent.text("briefed-" + to_text(member.id));
    member.briefed = !said.empty() && said != "false";
}

Outcome<Done> fill_in(const web::Visit& visit, const std::string& sheet, const files::Store& store) {
    return visit.database.write([&](db::Write& tx) -> Outcome<Done> {
        pages::Reader sent = pages::Reader::of_body(visit);
        if (sent.refused()) return sent.refusals();
        const Delegation delegation = require_to_change(tx, visit.actor, cohort_of(visit));
        const cohorts::Act act{visit.now, sent.text("reason"), {}};
        const Portrait before = portrait(tx, delegation, visit.today());
        const auto countries = countries_of(delegation);
        std::string country = sent.text("country");
        if (country.empty() && !countries.empty()) country = countries.front();
        auto members = before.members;
        for (Member& member : members) {
            if (sheet == "passports") read_passport(sent, member);
            if (sheet == "visas") read_visa(sent, member, country);
            if (sheet == "reports") read_report(visit, sent, member, store);
            if (sheet == "briefing") read_briefing(sent, member);
        }
        const auto briefed_on = sheet == "briefing" ? sent.day("briefed_on") : std::nullopt;
        if (sent.refused()) return sent.refusals();
        if (sheet == "briefing") {
            const auto set =
                set_briefing(tx, visit.actor, delegation, briefed_on, sent.text("briefing_place"), act);
            if (!set) return set;
        }
        return update_members(tx, visit.actor, before, members, sheet, visit.today(), act);
    });
}

web::Handler page_of(std::string sheet) {
    return [sheet = std::move(sheet)](const web::Visit& visit) {
        return visit.database.read([&](db::Read& tx) {
            const Delegation delegation = require_delegation(tx, visit.actor, cohort_of(visit));
            if (!may_change(visit, tx, delegation)) throw web::Forbidden{};
            return visit.page("delegations/sheet", sheet_value(visit, tx, delegation, sheet, {}));
        });
    };
}

web::Handler by_form(std::string sheet, const files::Store& store) {
    return [sheet = std::move(sheet), store](const web::Visit& visit) {
        const auto outcome = fill_in(visit, sheet, store);
        if (outcome) return visit.redirect(address_of(visit) + "#members", "act.recorded");
        return visit.database.read([&](db::Read& tx) {
            const Delegation delegation = require_delegation(tx, visit.actor, cohort_of(visit));
            return visit.refused("delegations/sheet",
                                 sheet_value(visit, tx, delegation, sheet, {sheet, outcome.refusals()}),
                                 outcome.refusals());
        });
    };
}

web::Handler by_json(std::string sheet, const files::Store& store) {
    return [sheet = std::move(sheet), store](const web::Visit& visit) {
        const auto outcome = fill_in(visit, sheet, store);
        return outcome ? delegation_json(visit) : visit.json_refused(outcome.refusals());
    };
}

// For whoever sees the delegation: it is the member's report to it.
http::Response report_file(const web::Visit& visit, const files::Store& store) {
    const ParticipationId whose{web::id_of(visit, "member")};
    const documents::Document file = visit.database.read([&](db::Read& tx) {
        const Delegation delegation = require_delegation(tx, visit.actor, cohort_of(visit));
        for (Member& one : members_of(tx, delegation))
            if (one.id == whose && !one.report_file.file_digest.empty()) return std::move(one.report_file);
        throw web::NotFound{};
    });
    const std::filesystem::path path = store.path_of(file.file_digest);
    http::FileBody body{path, std::filesystem::file_size(path), nullptr};
    return http::download(std::move(body), file.file_name, "application/octet-stream");
}

}  // namespace

void register_members(web::Routes& routes, const files::Store& store) {
    constexpr web::Permission change = change_delegations;
    const web::Options uploads{.pool = http::Pool::slow, .uploads = true, .body_limit = {}};
    routes.get("/cohorts/:id/delegation/passports", change, page_of("passports"));
    routes.get("/cohorts/:id/delegation/visas", change, page_of("visas"));
    routes.get("/cohorts/:id/delegation/briefing", change, page_of("briefing"));
    routes.get("/cohorts/:id/delegation/reports", change, page_of("reports"));
    const auto file = [store](const web::Visit& visit) { return report_file(visit, store); };
    routes.get("/cohorts/:id/delegation/reports/:member/file", see_delegations, file);
    routes.get("/api/v1/cohorts/:id/delegation/reports/:member/file", see_delegations, file);
    routes.post("/cohorts/:id/delegation/passports", change, by_form("passports", store));
    routes.post("/cohorts/:id/delegation/visas", change, by_form("visas", store));
    routes.post("/cohorts/:id/delegation/briefing", change, by_form("briefing", store));
    routes.post("/cohorts/:id/delegation/reports", change, by_form("reports", store), uploads);
    routes.post("/api/v1/cohorts/:id/delegation/passports", change, by_json("passports", store));
    routes.post("/api/v1/cohorts/:id/delegation/visas", change, by_json("visas", store));
    routes.post("/api/v1/cohorts/:id/delegation/briefing", change, by_json("briefing", store));
    routes.post("/api/v1/cohorts/:id/delegation/reports", change, by_json("reports", store));
}

}  // namespace tiendo::delegations
