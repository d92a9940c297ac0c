// init, demo, sign-in-link: a database, a centre, somebody who may sign in.
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <iostream>

#include "app/commands.h"
#include "app/demo_attendance.h"
#include "app/demo_data.h"
#include "app/demo_decisions.h"
#include "app/demo_journeys.h"
#include "app/demo_people.h"
#include "app/demo_results.h"
#include "features/accounts/accounts.h"
#include "features/cohorts/cohorts.h"
#include "features/eligibility/eligibility.h"
#include "features/imports/imports.h"
#include "features/nominations/nominations.h"
#include "features/organisations/organisations.h"

namespace tiendo::app {
namespace {

bool is_initialised(db::Database& database) {
    return database.read([](db::Read& tx) { return is_founded(tx); });
}

void found(Program& program, const std::string& centre) {
    program.database().write([&](db::Write& tx) {
        const auto unit = organisations::found_centre(tx, centre, program.now());
        accounts::make_operator(tx, unit, program.now());
        eligibility::install_templates(tx, accounts::operator_actor(tx), program.now());
    });
}

// An account with a role on a unit (the centre unless named); without a role it may sign in
// and sees nothing.
struct NewAccount {
    std::string name, display_name, role, unit = {};
};
const std::array demo_accounts{
    NewAccount{"admin", "Quản trị hệ thống", "administrator"},
    NewAccount{"giamdoc", "Giám đốc Trung tâm", "director"},
    NewAccount{"daotao", "Phòng Đào tạo", "training_officer"},
    NewAccount{"donvi", "Cán bộ tổ chức Bộ Tư pháp", "unit_officer", "Đảng bộ Bộ Tư pháp"},
    NewAccount{"kiemtra", "Kiểm tra", "auditor"},
    NewAccount{"ngoai", "Người ngoài Trung tâm", ""},
};

// Makes the account and the link by which its owner signs in.
Outcome<std::string> make_account_with_link(Program& program, const NewAccount& wanted) {
    const web::Actor actor = program.actor();
    return program.database().write([&](db::Write& tx) -> Outcome<std::string> {
        const auto account =
            accounts::make_account(tx, actor, wanted.name, wanted.display_name, system_now());
        if (!account) return account.refusals();
        if (!wanted.role.empty()) {
            const auto unit = wanted.unit.empty() ? organisations::centre(tx).id
                                                  : organisations::UnitNames(tx).find(wanted.unit).value();
            if (auto granted = accounts::grant(tx, actor, *account, wanted.role, unit, system_now());
                !granted)
                return granted.refusals();
        }
        return accounts::make_sign_in_token(tx, actor, *account, system_now());
    });
}

std::string link_of(const std::string& token) { return "http://localhost:8080/sign-in/" + token; }

std::string ask(const Program& program, std::string_view question, const std::string& otherwise) {
    if (!isatty(STDIN_FILENO)) return otherwise;
    std::printf("%s [%s] ", program.text(question).c_str(), otherwise.c_str());
    std::fflush(stdout);
    std::string answer;
    std::getline(std::cin, answer);
    return answer.empty() ? otherwise : answer;
}

// Records a workbook of the demonstration as if on that day of 2017.
void record_demo_workbook(Program& program, const std::string& kind, const std::string& path,
                          const std::string& moment, imports::Options options) {
    const web::Actor actor = program.actor();
    const files::Stored stored = program.store().keep(path);
    for (const imports::Importer& importer : imports::importers()) {
        if (importer.kind != kind) continue;
        const Instant at = *parse_instant(moment);
        const imports::Report report = imports::run(program.database(), importer,
                                                    {.actor = actor,
                                                     .texts = program.texts(),
                                                     .path = path,
                                                     .file_name = std::filesystem::path(path).filename(),
                                                     .file_digest = stored.digest,
                                                     .file_bytes = stored.bytes,
                                                     .options = std::move(options),
                                                     .at = at,
                                                     .today = day_of(at, Offset{})},
                                                    imports::Keep::yes);
        if (!report.acceptable()) {
            program.print(imports::to_value(report, kind, program.texts(), program.language()));
            throw std::logic_error("the demonstration workbook " + path + " was not accepted");
        }
    }
}

constexpr const char* demo_letter =
    "Trung tâm mở lớp bồi dưỡng lý luận chính trị cho đảng viên mới.\n"
    "Đề nghị các đơn vị cử đảng viên dự bị theo chỉ tiêu dưới đây. (Số liệu minh họa.)";

// The eighth cohort that the plan promises is still to come: its call is open.
nominations::Call demo_call(db::Write& tx, const web::Actor& actor, Instant at) {
    cohorts::Cohort cohort;
    cohort.code = "DVM-08/2017";
    cohort.programme = programmes::find_programme(tx, "new-members").value();
    cohort.organiser_unit = organisations::centre(tx).id;
    cohort.place = "Hà Nội";
    cohort.note = "Lớp dự kiến; ngày là hư cấu";
    cohort.planned_opens_on = {*Date::of(2017, 7, 10), Precision::day};
    cohort.planned_closes_on = Date::of(2017, 7, 14);
    cohort.expected_learners = 80;
    cohort.id = cohorts::propose(tx, actor, cohort, {at, "", {}});
    const auto line = cohorts::lines_it_may_count_to(tx, cohort).at(0).id;
    cohorts::count_toward(tx, actor, cohort, line, {at, "", {}});
    nominations::Call call;
    call.cohort = cohorts::require(tx, actor, cohort.id);
    call.places = 80;
    call.deadline = *parse_instant("2017-06-30T17:00:00+07:00");
    call.notice_days = 7;
    call.letter_text = demo_letter;
    const organisations::UnitNames units(tx);
    for (const auto& [unit, quota] : {std::pair{"Đảng bộ Bộ Tư pháp", 6}, std::pair{"Đảng bộ Bộ Nội vụ", 8},
                                      std::pair{"Đảng bộ Bộ Tài chính", 10}, std::pair{"Đảng bộ Bộ Y tế", 6}})
        call.quotas.push_back({units.find(unit).value(), quota});
    return call;
}

// As the unit officer of the demonstration would have done it.
void record_demo_nominations(Program& program) {
    const web::Actor actor = program.actor();
    const Instant issued = *parse_instant("2017-06-12T10:00:00+07:00");
    const Instant nominated = *parse_instant("2017-06-13T09:00:00+07:00");
    program.database().write([&](db::Write& tx) {
        const auto call = nominations::issue(tx, actor, demo_call(tx, actor, issued), {issued, "", {}});
        web::Actor officer;
        officer.account = accounts::find_account(tx, "donvi").value().id.value;
        nominations::Offer offer;
        for (const people::Person& person : people::find(tx, officer, "tran", 3))
            offer.people.push_back(person.id);
        nominations::nominate(tx, officer, nominations::require(tx, actor, *call), offer,
                              {nominated, "", {}});
    });
}

}  // namespace

Exit init(Program& program, const InitWords& words) {
    db::Database& database = program.database();
    if (is_initialised(database))
        return program.refuse({{"", "command.already_initialised", {program.settings().data}}});
    const std::string centre =
        !words.centre.empty() ? words.centre
                              : ask(program, "command.ask_centre", program.text("command.unnamed_centre"));
    const std::string name =
        !words.account.empty() ? words.account : ask(program, "command.ask_account", "admin");
    found(program, centre);
    const auto token = make_account_with_link(program, {name, name, "administrator"});
    if (!token) return program.refuse(token.refusals());
    if (program.settings().json())
        program.print(Value::object({{"centre", centre}, {"account", name}, {"sign_in", link_of(*token)}}));
    else
        program.print(program.text("command.initialised", {centre, name, link_of(*token)}));
    return Exit::done;
}

Exit sign_in_link(Program& program, const std::string& account) {
    const web::Actor actor = program.actor();
    const auto token = program.database().write([&](db::Write& tx) -> Outcome<std::string> {
        const auto found = accounts::find_account(tx, account);
        if (!found) return Refusal{"account", "account.unknown", {account}};
        return accounts::make_sign_in_token(tx, actor, found->id, system_now());
    });
    if (!token) return program.refuse(token.refusals());
    if (program.settings().json())
        program.print(Value::object({{"account", account}, {"sign_in", link_of(*token)}}));
    else
        program.print(link_of(*token));
    return Exit::done;
}

Exit demo(Program& program, const std::string& workbooks_folder) {
    if (!workbooks_folder.empty()) {
        std::filesystem::create_directories(workbooks_folder);
        const DemoWorkbooks written = write_demo_workbooks(workbooks_folder);
        for (const std::string& path : {write_demo_units(workbooks_folder), written.plan, written.cohorts,
                                        written.rosters, write_demo_people(workbooks_folder)})
            program.print(path);
        return Exit::done;
    }
    if (is_initialised(program.database()))
        return program.refuse({{"", "command.already_initialised", {program.settings().data}}});
    found(program, "Trung tâm Bồi dưỡng chính trị");
    program.database().write([&](db::Write& tx) {
        write_demo_version(tx, program.actor(), *parse_instant("2017-01-05T09:00:00+07:00"));
    });

    const std::string folder = program.settings().data + "/demo";
    std::filesystem::create_directories(folder);
    const DemoWorkbooks workbooks = write_demo_workbooks(folder);
    record_demo_workbook(program, "units", write_demo_units(folder), "2017-01-05T09:00:00+07:00", {});
    record_demo_workbook(program, "plan", workbooks.plan, "2017-01-09T09:00:00+07:00", {.year = 2017});
    record_demo_workbook(program, "cohorts", workbooks.cohorts, "2017-06-12T08:00:00+07:00", {});
    record_demo_workbook(program, "roster", workbooks.rosters, "2017-06-12T08:30:00+07:00", {});
    record_demo_workbook(program, "people", write_demo_people(folder), "2017-06-12T08:45:00+07:00", {});
    program.database().write([&](db::Write& tx) { record_demo_decisions(tx, program.actor()); });
    program.database().write([&](db::Write& tx) { record_demo_journeys(tx, program.actor()); });
    program.database().write([&](db::Write& tx) { record_demo_attendance(tx, program.actor()); });

    Value links = Value::list();
    for (const NewAccount& account : demo_accounts) {
        const auto token = make_account_with_link(program, account);
        if (!token) return program.refuse(token.refusals());
        links.push(Value::object({{"account", account.name},
                                  {"name", account.display_name},
                                  {"role", account.role},
                                  {"sign_in", link_of(*token)}}));
    }
    record_demo_nominations(program);
    constexpr int days_open = 60;
    program.database().write(
        [&](db::Write& tx) { record_demo_needs(tx, program.actor(), program.today() + days_open); });
    program.database().write([&](db::Write& tx) { record_demo_results(tx, program.actor()); });
    if (program.settings().json()) {
        program.print(Value::object({{"accounts", links}}));
        return Exit::done;
    }
    program.print(program.text("command.demo_made", {program.settings().data}));
    for (const Value& link : *links.list_items())
        program.print("  " + *link["name"].text() + " (" + *link["account"].text() +
                      "): " + *link["sign_in"].text());
    return Exit::done;
}

}  // namespace tiendo::app
