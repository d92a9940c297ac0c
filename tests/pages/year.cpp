#include "year.h"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

#include "app/cohort_progress.h"
#include "app/demo_data.h"
#include "app/person_views.h"
#include "features/accounts/accounts.h"
#include "features/assessment/assessment.h"
#include "features/attendance/attendance.h"
#include "features/calendars/calendars.h"
#include "features/certificates/certificates.h"
#include "features/dashboard/dashboard.h"
#include "features/delegations/delegations.h"
#include "features/dossiers/dossiers.h"
#include "features/eligibility/eligibility.h"
#include "features/field_trips/field_trips.h"
#include "features/imports/imports.h"
#include "features/needs/needs.h"
#include "features/nominations/nominations.h"
#include "features/notices/notices.h"
#include "features/plan/plan.h"
#include "features/programmes/programmes.h"
#include "features/reports/reports.h"
#include "features/surveys/surveys.h"
#include "features/teaching/teaching.h"
#include "features/timetable/timetable.h"
#include "platform/http/form.h"
#include "platform/json/json.h"

namespace tiendo::tests {
namespace {

std::string temporary_folder() {
    std::string folder = (std::filesystem::temp_directory_path() / "tiendo-pages-XXXXXX").string();
    if (!mkdtemp(folder.data())) throw std::runtime_error("no temporary folder");
    return folder;
}

// One store for all tests: its files are found by their digests.
const std::string& store_folder() {
    static const std::string folder = temporary_folder();
    return folder;
}
void offer_all() {
    static const bool offered = [] {
        ledger::keep_books(cohorts::bookkeeper());
        ledger::keep_books(participation::bookkeeper());
        ledger::keep_books(attendance::bookkeeper());
        participation::hold_back_by(attendance::held_back);
        app::show_with_people();
        timetable::tell_changes_to([](db::Write& tx, const timetable::Changed& changed) {
            attendance::follow_session(tx, changed.actor, changed.session, changed.act);
        });
        ledger::keep_books(certificates::bookkeeper());
        participation::lock_rosters_by(nominations::is_locked);
        programmes::learn_of_openings(cohorts::openings_of);
        programmes::show_rules(eligibility::rules_shown, eligibility::change_eligibility);
        app::tell_of_cohorts();
        imports::offer(plan::importer());
        imports::offer(cohorts::importer());
        imports::offer(participation::importer());
        imports::offer(attendance::importer());
        return true;
    }();
    (void)offered;
}

Value frame_of(const web::Visit& visit) {
    return Value::object({{"centre", "Trung tâm Bồi dưỡng chính trị"},
                          {"assets", Value::object({{"icons", "/assets/icons.svg"}})},
                          {"navigation", Value::list()},
                          {"actor", Value::object({{"name", visit.actor.name}, {"roles", Value::list()}})}});
}

}  // namespace

SourceFiles::SourceFiles(const std::string& folder, const std::string& ending) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (!entry.path().string().ends_with(ending)) continue;
        std::ifstream file(entry.path(), std::ios::binary);
        const auto& name =
            *kept.emplace_back(new std::string(std::filesystem::relative(entry.path(), folder).string()));
        const auto& bytes = *kept.emplace_back(new std::string(std::istreambuf_iterator<char>(file), {}));
        files.push_back({name, bytes});
    }
}

const files::Store& store() {
    static const files::Store kept(store_folder());
    return kept;
}

const i18n::Texts& texts() {
    static const SourceFiles files(TIENDO_SOURCE_DIR "/locales", ".toml");
    static const i18n::Texts all(files.files, i18n::Missing::throws);
    return all;
}

const views::Views& pages() {
    static const SourceFiles files(TIENDO_SOURCE_DIR "/src", ".html");
    static const views::Views all(files.files, texts());
    return all;
}

const web::Routes& routes() {
    static const web::Routes all = [] {
        web::Routes made;
        dashboard::register_routes(made);
        organisations::register_routes(made);
        organisations::show_beside_unit(reports::shown_beside_unit);
        documents::register_routes(made, store());
        plan::register_routes(made);
        needs::register_routes(made);
        plan::show_basis(needs::basis_of_lines);
        cohorts::register_routes(made, store());
        people::register_routes(made);
        participation::register_routes(made);
        nominations::register_routes(made);
        attendance::register_routes(made, store());
        cohorts::offer_tab({"attendance", attendance::see_attendance});
        assessment::register_routes(made, store());
        cohorts::offer_tab({"assessment", assessment::see_assessment});
        surveys::register_routes(made);
        cohorts::offer_tab({"survey", surveys::see_surveys});
        field_trips::register_routes(made);
        cohorts::show_field_trips(field_trips::shown_with_cohort);
        delegations::register_routes(made, store());
        dossiers::register_routes(made, store());
        cohorts::offer_tab({"dossier", dossiers::see_dossiers});
        certificates::register_routes(made, {nullptr, "https://so.example.vn"}, store());
        reports::register_routes(made);
        programmes::register_routes(made);
        eligibility::register_routes(made);
        programmes::offer_tab({"rules", eligibility::see_eligibility});
        teaching::register_routes(made);
        timetable::register_routes(made);
        calendars::register_routes(made);
        notices::register_routes(made);
        cohorts::offer_tab({"timetable", timetable::see_timetable});
        return made;
    }();
    return all;
}

Year::Year(db::Database& of) : database(of), folder_(temporary_folder()) {
    offer_all();
    database.write([&](db::Write& tx) {
        const Instant at = moment("2017-01-02T08:00:00+07:00");
        accounts::settle_roles(tx);
        centre = organisations::found_centre(tx, "Trung tâm Bồi dưỡng chính trị", at);
        accounts::make_operator(tx, centre, at);
        organisations::UnitNames units(tx);
        tu_phap = units.find_or_make(tx, "Đảng bộ Bộ Tư pháp", at);
        noi_vu = units.find_or_make(tx, "Đảng bộ Bộ Nội vụ", at);
    });
    operator_ = database.read([](db::Read& tx) { return accounts::operator_actor(tx); });
    director = cast("giamdoc", "director", centre);
    officer = cast("daotao", "training_officer", centre);
    auditor = cast("kiemtra", "auditor", centre);
    unit_officer = cast("donvi", "unit_officer", tu_phap);
    outsider = cast("ngoai", "administrator", database.write([&](db::Write& tx) {
        organisations::UnitNames units(tx);
        return units.find_or_make(tx, "Trung tâm khác", now);
    }));
    site_ = std::make_unique<web::Site>(
        web::Site{.routes = routes(), .views = pages(), .texts = texts(), .database = database});
    site_->clock = [] { return now; };
    site_->frame = frame_of;
    site_->actor = [this](const http::Request&) { return asking_; };
}

Year::~Year() { std::filesystem::remove_all(folder_); }

web::Actor Year::cast(const std::string& name, const std::string& role, organisations::UnitId unit) {
    web::Actor actor{
        .account = next_id(), .name = name, .language = {}, .permissions = {}, .csrf = "token of " + name};
    database.write([&](db::Write& tx) {
        tx.run("insert into accounts (id, name, display_name, recorded_at) values (:id, :name, :name, :at)",
               {{"id", actor.account}, {"name", name}, {"at", now}});
        tx.run(
            "insert into grants (id, account, role, unit, granted_by, recorded_at) "
            "values (:id, :account, :role, :unit, :account, :at)",
            {{"id", next_id()}, {"account", actor.account}, {"role", role}, {"unit", unit}, {"at", now}});
        tx.each("select distinct permission from reach where account = :account",
                {{"account", actor.account}},
                [&](const db::Row& row) { actor.permissions.push_back(row.text(0)); });
    });
    return actor;
}

void Year::record(const std::string& kind, const std::string& path, const char* at, int year) {
    for (const imports::Importer& importer : imports::importers()) {
        if (importer.kind != kind) continue;
        const files::Stored stored = store().keep(path);
        const auto report = imports::run(database, importer,
                                         {.actor = operator_,
                                          .texts = texts(),
                                          .path = path,
                                          .file_name = std::filesystem::path(path).filename(),
                                          .file_digest = stored.digest,
                                          .file_bytes = stored.bytes,
                                          .options = {.year = year},
                                          .at = moment(at),
                                          .today = day_of(moment(at), Offset{})},
                                         imports::Keep::yes);
        if (!report.acceptable()) throw std::runtime_error(path + " was not accepted");
    }
}

void Year::fill() {
    write([&](db::Write& tx) { eligibility::install_templates(tx, operator_, now); });
    const auto workbooks = app::write_demo_workbooks(folder_);
    record("plan", workbooks.plan, "2017-01-09T09:00:00+07:00", 2017);
    record("cohorts", workbooks.cohorts, "2017-06-12T08:00:00+07:00", 0);
    record("roster", workbooks.rosters, "2017-06-12T08:30:00+07:00", 0);
    const cohorts::Cohort trip_of = cohort("K28B-16");
    write([&](db::Write& tx) {
        field_trips::record(tx, operator_, trip_of,
                            {.place = "Lào Cai", .starts_on = day("2017-04-11"), .head_count = 77},
                            day("2017-06-12"), {moment("2017-06-12T09:00:00+07:00"), "", {}});
    });
}

http::Response Year::answer(const web::Actor& actor, http::Request& request, i18n::Language language) {
    asking_ = actor;
    asking_->language = language;
    request.client = client;
    request.headers.push_back({"host", "localhost"});
    request.cookies = cookies;
    return web::answer(*site_, request);
}

http::Response Year::get(const web::Actor& actor, const std::string& target, i18n::Language language) {
    http::Request request;
    request.target = target;
    request.path = target.substr(0, target.find('?'));
    if (request.path != target)
        request.query = http::cleaned(*http::parse_form(target.substr(request.path.size() + 1)));
    return answer(actor, request, language);
}

http::Response Year::post(const web::Actor& actor, const std::string& path, Fields form) {
    http::Request request;
    request.method = http::Method::post;
    request.target = request.path = path;
    request.form = form;
    request.form_as_typed = form;
    request.form_as_typed.push_back({"csrf", actor.csrf});
    return answer(actor, request, i18n::Language::vi);
}

http::Response Year::upload(const web::Actor& actor, const std::string& path, const std::string& file,
                            const std::string& field, Fields form) {
    http::Request request;
    request.method = http::Method::post;
    request.target = request.path = path;
    request.form = form;
    request.form.push_back({"csrf", actor.csrf});
    request.form_as_typed = request.form;
    if (!file.empty()) {
        const auto stored = std::make_shared<http::TemporaryFile>(folder_);
        std::filesystem::copy_file(file, stored->path(), std::filesystem::copy_options::overwrite_existing);
        request.uploads.push_back({field, std::filesystem::path(file).filename(), "text/csv", stored,
                                   std::filesystem::file_size(stored->path())});
    }
    return answer(actor, request, i18n::Language::vi);
}

http::Response Year::send(const web::Actor& actor, const std::string& path, const std::string& body) {
    http::Request request;
    request.method = http::Method::post;
    request.target = request.path = path;
    request.body = body;
    web::Actor program = actor;
    program.by_bearer = true;
    return answer(program, request, i18n::Language::en);
}

Value Year::json(const web::Actor& actor, const std::string& target) {
    const http::Response response = get(actor, target);
    REQUIRE_MESSAGE(response.status == 200, target << ": " << response.body);
    CHECK(response.type == "application/json");
    return *json::parse(response.body);
}

cohorts::Cohort Year::cohort(const std::string& code) {
    return database.read([&](db::Read& tx) { return *cohorts::find_cohort(tx, code); });
}

cohorts::Cohort Year::propose(const std::string& code, std::optional<cohorts::PlannedDate> opens_on) {
    return write([&](db::Write& tx) {
        cohorts::Cohort cohort;
        cohort.code = code;
        cohort.programme = programmes::find_or_make_programme(tx, "Đảng viên mới", "new-members", now);
        cohort.organiser_unit = centre;
        cohort.planned_opens_on = opens_on;
        cohort.id = cohorts::propose(tx, operator_, cohort, {now, "", {}});
        return cohorts::require_for_books(tx, cohort.id);
    });
}

participation::ParticipationId Year::enrol(const cohorts::Cohort& cohort, const std::string& name,
                                           organisations::UnitId unit) {
    return write([&](db::Write& tx) {
        const auto person = new_id<people::PersonId>();
        const std::string running = std::to_string(person.value);
        const std::string national_id = "001" + running.substr(running.size() - 9);
        people::Registration registration(tx, now);
        const people::Person learner{.id = person,
                                     .full_name = name,
                                     .birth = people::Birth{day("1985-01-01"), Precision::year},
                                     .sex = "female",
                                     .national_id = national_id,
                                     .unit = unit,
                                     .position = "Chuyên viên"};
        registration.add({&learner, 1});
        registration.close();
        const auto id = new_id<participation::ParticipationId>();
        tx.run(
            "insert into participations (id, cohort, person, unit, position, note, result, recorded_at, "
            "recorded_by, source_place) "
            "values (:id, :cohort, :person, :unit, '', '', '', :at, :actor, '')",
            {{"id", id},
             {"cohort", cohort.id},
             {"person", person},
             {"unit", unit},
             {"at", now},
             {"actor", operator_.account}});
        ledger::settle(tx, now, id.value, cohort.id, id);
        return id;
    });
}

void for_each_year(const std::function<void(Year&)>& test) {
    db::for_each_database(TIENDO_SOURCE_DIR "/db/migrations", [&](db::Database& database) {
        Year year(database);
        test(year);
    });
}

namespace {

struct Filled {
    db::TestDatabase kept;
    std::unique_ptr<Year> year;
};
std::vector<Filled>& demonstrations() {
    static std::vector<Filled> all;
    return all;
}

}  // namespace

void for_each_demonstration(const std::function<void(Year&)>& test) {
    if (demonstrations().empty()) {
        const auto migrations = db::migration_files(TIENDO_SOURCE_DIR "/db/migrations");
        for (db::TestDatabase& one : db::test_databases()) {
            db::migrate(*one.database, migrations.files);
            auto year = std::make_unique<Year>(*one.database);
            year->fill();
            demonstrations().push_back({std::move(one), std::move(year)});
        }
    }
    for (const Filled& one : demonstrations()) {
        CAPTURE(one.kept.name);
        test(*one.year);
    }
}

void forget_demonstrations() {
    demonstrations().clear();
    std::filesystem::remove_all(store_folder());
}

bool shows(const http::Response& response, std::string_view text) {
    return response.body.find(text) != std::string::npos;
}

}  // namespace tiendo::tests
