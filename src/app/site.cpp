#include "app/site.h"

#include "features/accounts/accounts.h"
#include "features/api/api.h"
#include "features/assessment/assessment.h"
#include "features/attendance/attendance.h"
#include "features/calendars/calendars.h"
#include "features/certificates/certificates.h"
#include "features/cohorts/cohorts.h"
#include "features/dashboard/dashboard.h"
#include "features/delegations/delegations.h"
#include "features/documents/documents.h"
#include "features/dossiers/dossiers.h"
#include "features/duplicates/duplicates.h"
#include "features/eligibility/eligibility.h"
#include "features/field_trips/field_trips.h"
#include "features/imports/imports.h"
#include "features/needs/needs.h"
#include "features/nominations/nominations.h"
#include "features/notices/notices.h"
#include "features/organisations/organisations.h"
#include "features/participation/participation.h"
#include "features/people/people.h"
#include "features/plan/plan.h"
#include "features/programmes/programmes.h"
#include "features/reports/reports.h"
#include "features/surveys/surveys.h"
#include "features/teaching/teaching.h"
#include "features/timetable/timetable.h"

extern "C" const tiendo::EmbeddedEntry embedded_views[];
extern "C" const tiendo::EmbeddedEntry embedded_assets[];

namespace tiendo::app {
namespace {

// The sidebar: what one works with. An item is shown to whoever may open it.
struct Item {
    std::string_view group, name, url;
    web::Permission permission;
};
constexpr Item navigation[] = {
    {"work", "dashboard", "/", web::signed_in},
    {"work", "plan", "/plans", plan::see_plan},
    {"work", "needs", "/needs", needs::see_needs},
    {"work", "cohorts", "/cohorts", cohorts::see_cohorts},
    {"work", "delegations", "/delegations", delegations::see_delegations},
    {"work", "people", "/people", people::see_people},
    {"work", "programmes", "/programmes", programmes::see_programmes},
    {"work", "timetable", "/timetable", timetable::see_timetable},
    {"work", "calls", "/calls", nominations::see_nominations},
    {"work", "marking", "/marking", assessment::enter_marks},
    {"work", "follow_ups", "/follow-ups", surveys::answer_surveys},
    {"work", "certificates", "/certificates", certificates::see_certificates},
    {"work", "statement", "/statements", reports::see_statements},
    {"data", "imports", "/imports", imports::see_imports},
    {"data", "units", "/units", organisations::see_units},
    {"data", "duplicates", "/duplicates", duplicates::see_duplicates},
    {"house", "accounts", "/accounts", accounts::see_accounts},
    {"house", "audit", "/audit", accounts::see_audit_trail},
};

bool is_below(std::string_view path, std::string_view url) {
    return path == url || (url.size() > 1 && path.starts_with(url) && path[url.size()] == '/');
}

Value navigation_of(const web::Visit& visit) {
    Value groups = Value::list();
    Value items = Value::list();
    std::string_view group;
    const auto close_group = [&] {
        if (!items.list_items()->empty()) groups.push(Value::object({{"group", group}, {"items", items}}));
        items = Value::list();
    };
    for (const Item& item : navigation) {
        if (item.group != group) close_group();
        group = item.group;
        if (visit.actor.may(item.permission))
            items.push(Value::object({{"name", item.name},
                                      {"url", item.url},
                                      {"current", is_below(visit.request.path, item.url)}}));
    }
    close_group();
    return groups;
}

// What a cohort's page leads to, in the order in which a cohort goes through it.
void offer_tabs() {
    const auto goes_abroad = [](const cohorts::Cohort& cohort) {
        return cohort.kind == cohorts::Kind::overseas_delegation;
    };
    const auto stays = [](const cohorts::Cohort& cohort) { return cohort.kind == cohorts::Kind::cohort; };
    cohorts::offer_tab({"call", nominations::see_nominations});
    cohorts::offer_tab({"delegation", delegations::see_delegations, goes_abroad});
    cohorts::offer_tab({"timetable", timetable::see_timetable});
    cohorts::offer_tab({"attendance", attendance::see_attendance});
    cohorts::offer_tab({"field-trips", cohorts::see_cohorts, stays});
    cohorts::offer_tab({"assessment", assessment::see_assessment});
    cohorts::offer_tab({"certificates", certificates::see_certificates});
    cohorts::offer_tab({"survey", surveys::see_surveys});
    cohorts::offer_tab({"dossier", dossiers::see_dossiers});
}

void register_features(web::Routes& routes, const imports::Desk& desk, const duplicates::Desk& sweeps,
                       const certificates::Desk& drawing, const files::Store& store) {
    api::register_routes(routes);
    dashboard::register_routes(routes);
    documents::register_routes(routes, store);
    accounts::register_routes(routes);
    organisations::register_routes(routes);
    organisations::show_beside_unit(reports::shown_beside_unit);
    people::register_routes(routes);
    duplicates::register_routes(routes, sweeps);
    imports::register_routes(routes, desk);
    programmes::register_routes(routes);
    eligibility::register_routes(routes);
    programmes::offer_tab({"rules", eligibility::see_eligibility});
    plan::register_routes(routes);
    needs::register_routes(routes);
    plan::show_basis(needs::basis_of_lines);
    cohorts::register_routes(routes, store);
    participation::register_routes(routes);
    nominations::register_routes(routes);
    teaching::register_routes(routes);
    timetable::register_routes(routes);
    calendars::register_routes(routes);
    notices::register_routes(routes);
    attendance::register_routes(routes, store);
    assessment::register_routes(routes, store);
    certificates::register_routes(routes, drawing, store);
    surveys::register_routes(routes);
    field_trips::register_routes(routes);
    cohorts::show_field_trips(field_trips::shown_with_cohort);
    cohorts::count_certificates_by(certificates::standing_count);
    delegations::register_routes(routes, store);
    dossiers::register_routes(routes, store);
    reports::register_routes(routes);
    offer_tabs();
}

}  // namespace

Pages::Pages(Program& program)
    : desk_(imports::open_desk(program.database(), program.store(), program.texts(),
                               {.clock = [&program] { return program.now(); }})),
      sweeps_(duplicates::open_desk(program.database(), {.clock = [&program] { return program.now(); }})),
      drawing_(certificates::open_desk(program.database(), program.store(), program.settings().address,
                                       {.clock = [&program] { return program.now(); }})),
      views_(files_of(embedded_views), program.texts()),
      asset_names_(asset_names(files_of(embedded_assets))),
      assets_(asset_names_.files),
      site_{.routes = routes_,
            .views = views_,
            .texts = program.texts(),
            .database = program.database(),
            .language = program.language()},
      program_(program) {
    register_features(routes_, desk_, sweeps_, drawing_, program.store());
    site_.clock = [&program] { return program.now(); };
    site_.layout = "web/layout";
    site_.frame = [this](const web::Visit& visit) { return frame_of(visit); };
    site_.assets = [this](const http::Request& request) {
        return assets_.find(std::string_view(request.path).substr(std::string_view("/assets/").size()),
                            request);
    };
    site_.actor = [&program](const http::Request& request) {
        return accounts::actor_of(program.database(), request, program.now());
    };
}

void Pages::mail_by(mail::Server server) {
    post_ = notices::open_post(program_.database(), program_.texts(), program_.language(), std::move(server),
                               {.clock = [this] { return program_.now(); }});
}

Value Pages::frame_of(const web::Visit& visit) const {
    // Read anew: the centre may be renamed while the site runs.
    const std::string centre =
        visit.database.read([](db::Read& tx) { return organisations::centre(tx).name; });
    Value frame = Value::object(
        {{"centre", centre}, {"product_version", TIENDO_VERSION}, {"assets", asset_names_.links}});
    if (!visit.actor.is_signed_in())
        return std::move(frame).set("actor", nullptr).set("navigation", Value::list());
    const auto roles = accounts::roles_of(visit.database, accounts::AccountId{visit.actor.account});
    frame.set("actor", Value::object(
                           {{"name", visit.actor.name}, {"roles", list_of(roles, [](const std::string& role) {
                                                             return Value::object({{"role", role}});
                                                         })}}));
    return std::move(frame).set("navigation", navigation_of(visit));
}

}  // namespace tiendo::app
