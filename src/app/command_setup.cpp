// init, demo, sign-in-link: a database, a centre, somebody who may sign in.
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <iostream>

#include "app/commands.h"
#include "app/demo_data.h"
#include "features/accounts/accounts.h"
#include "features/attendance/attendance.h"
#include "features/cohorts/cohorts.h"
#include "features/eligibility/eligibility.h"
#include "features/imports/imports.h"
#include "features/nominations/nominations.h"
#include "features/organisations/organisations.h"
#include "features/timetable/timetable.h"

namespace tiendo::app {
namespace {

bool is_initialised(db::Database& database) {
    return database.read([](db::Read& tx) { return tx.integer(R"sql(select count(*) from units)sql"); }) > 0;
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

void record_demo_trips(Program& program) {
    const web::Actor actor = program.actor();
    const Instant at = *parse_instant("2017-06-12T09:00:00+07:00");
    program.database().write([&](db::Write& tx) {
        cohorts::record_field_trip(tx, actor, cohorts::require(tx, actor, "K28B-16").id,
                                   {"Lào Cai", Date::of(2017, 4, 11), 77, "Ngày đi thực tế là hư cấu"}, at);
        cohorts::record_field_trip(tx, actor, cohorts::require(tx, actor, "CVC-I/2017").id,
                                   {"Hải Dương", Date::of(2017, 5, 18), 66, "Ngày đi thực tế là hư cấu"}, at);
    });
}

// The cohort BTCB-01/2017 met on two days, morning and afternoon. Who attended less than its programme asks
// is one learner, who was on leave on the second day.
constexpr const char* demo_attendance_cohort = "BTCB-01/2017";
constexpr std::int64_t demo_attendance_minimum = 80;

// How that programme was taught in 2017: what its version says besides is left open.
void write_demo_version(db::Write& tx, const web::Actor& actor, const cohorts::Cohort& cohort, Instant at) {
    const std::int64_t number = 1 + tx.integer(R"sql(
        select coalesce(max(number), 0) from programme_versions where programme = :programme)sql",
                                               {{"programme", cohort.programme.id}});
    tx.run(R"sql(
        insert into programme_versions (id, programme, number, valid_from, basis, audience, aims, attendance_minimum,
                                        certificate_series, verified_by, recorded_at, recorded_by)
        values (:id, :programme, :number, :from, :basis, '', '', :minimum, '', '', :at, :actor))sql",
           {{"id", next_id()},
            {"programme", cohort.programme.id},
            {"number", number},
            {"from", *Date::of(2017, 1, 1)},
            {"basis", "Số liệu minh họa"},
            {"minimum", demo_attendance_minimum},
            {"at", at},
            {"actor", actor.account}});
}

// Four halves of two days, from the first day given on.
void schedule_demo_sessions(db::Write& tx, const web::Actor& actor, const cohorts::Cohort& cohort, Date first,
                            const cohorts::Act& act) {
    constexpr std::int64_t morning = 7 * 60 + 45, afternoon = 13 * 60 + 30, minutes = 225;
    constexpr std::array topics{"Tổ chức cơ sở đảng và công tác tư tưởng", "Công tác tổ chức, cán bộ",
                                "Công tác dân vận; kiểm tra, giám sát", "Nghiệp vụ của bí thư chi bộ"};
    for (int i = 0; i < 4; ++i) {
        const std::int64_t starts = i % 2 == 0 ? morning : afternoon;
        timetable::schedule(tx, actor, cohort,
                            {.id = {},
                             .cohort = cohort.id,
                             .held_on = first + i / 2,
                             .starts_minute = starts,
                             .ends_minute = starts + minutes,
                             .periods = 5,
                             .topic = topics[static_cast<std::size_t>(i)],
                             .note = ""},
                            act);
    }
}

void record_demo_attendance(Program& program) {
    using attendance::State;
    const web::Actor actor = program.actor();
    const Instant at = *parse_instant("2017-06-12T09:30:00+07:00");
    const cohorts::Act act{at, "Theo sổ điểm danh giấy của lớp (số liệu minh họa)", {}};
    program.database().write([&](db::Write& tx) {
        const cohorts::Cohort cohort = cohorts::require(tx, actor, demo_attendance_cohort);
        write_demo_version(tx, actor, cohort, at);
        schedule_demo_sessions(tx, actor, cohort, *cohort.facts.opened_on, act);
        // One that runs has sessions on the day of the review, which nobody has marked yet.
        schedule_demo_sessions(tx, actor, cohorts::require(tx, actor, "K4-CT2"), *Date::of(2017, 6, 15), act);
        const auto book = attendance::require_for_marking(tx, actor, cohort.id);
        const auto leave = documents::record(
            tx, actor, {.kind = "leave", .title = "Đơn xin nghỉ học", .number = "Đơn ngày 25/5/2017"}, at);
        std::vector<attendance::Said> said;
        for (std::size_t session = 0; session < book.sessions.size(); ++session)
            for (std::size_t learner = 0; learner < book.learners.size(); ++learner) {
                attendance::Said one;
                one.session = book.sessions[session].id;
                one.participation = book.learners[learner].participation;
                one.state = State::present;
                if (learner == 10 && session >= 2) {
                    one.state = State::excused;
                    one.excuse = leave;
                } else if (learner % 23 == 5 && session == 2) {
                    one.state = State::late;
                    one.periods = 4;
                }
                said.push_back(std::move(one));
            }
        attendance::record(tx, actor, book, said, attendance::Way::page, day_of(at, Offset{}), act);
    });
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
        for (const std::string& path : {written.plan, written.cohorts, written.rosters}) program.print(path);
        return Exit::done;
    }
    if (is_initialised(program.database()))
        return program.refuse({{"", "command.already_initialised", {program.settings().data}}});
    found(program, "Trung tâm Bồi dưỡng chính trị");

    const std::string folder = program.settings().data + "/demo";
    std::filesystem::create_directories(folder);
    const DemoWorkbooks workbooks = write_demo_workbooks(folder);
    record_demo_workbook(program, "plan", workbooks.plan, "2017-01-09T09:00:00+07:00", {.year = 2017});
    record_demo_workbook(program, "cohorts", workbooks.cohorts, "2017-06-12T08:00:00+07:00", {});
    record_demo_workbook(program, "roster", workbooks.rosters, "2017-06-12T08:30:00+07:00", {});
    record_demo_trips(program);
    record_demo_attendance(program);

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
