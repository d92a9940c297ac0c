#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <functional>

#include "app/commands.h"

namespace {

using namespace tiendo::app;

std::string default_data_folder() {
    if (const char* home = std::getenv("XDG_DATA_HOME"); home && *home) return std::string(home) + "/tiendo";
    if (const char* home = std::getenv("HOME"); home && *home)
        return std::string(home) + "/.local/share/tiendo";
    return "tiendo-data";
}

std::string default_language() {
    for (const char* name : {"TIENDO_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"})
        if (const char* value = std::getenv(name); value && *value)
            return std::string(value).starts_with("en") ? "en" : "vi";
    return "vi";
}

// The words of the command line, parsed; `command` is what they ask for.
struct CommandLine {
    CLI::App app{"Tiến Độ: sổ sách của một trung tâm đào tạo. The books of a training centre."};
    Settings settings;
    std::function<Exit(Program&)> command;
    InitWords init_words;
    std::string demo_workbooks, account;
    ImportWords import_words;
    StatementWords statement_words;
    FigureWords figure_words;
    UnitCountWords unit_count_words;
    ChangeWords change_words;
    ProgrammesWords programmes_words;
    CohortsWords cohorts_words;
    LifeWords life_words;
    EligibilityWords eligibility_words;
    FindWords find_words;
    DuplicatesWords duplicates_words;
    CertificatesWords certificates_words;
    ServeWords serve_words;

    CommandLine() {
        app.require_subcommand(1);
        app.fallthrough();
        settings.data = default_data_folder();
        settings.language = default_language();
        app.add_option("--data", settings.data, "Folder of the SQLite file and the stored files")
            ->envname("TIENDO_DATA");
        app.add_option("--database", settings.database, "postgresql://… instead of the SQLite file")
            ->envname("TIENDO_DATABASE");
        app.add_option("--language", settings.language, "vi or en")->check(CLI::IsMember({"vi", "en"}));
        app.add_option("--format", settings.format, "table, json, or for a statement xlsx")
            ->check(CLI::IsMember({"table", "json", "xlsx"}));
        app.add_option("--address", settings.address,
                       "Address of the site, as certificates print it (https://so.example.vn)")
            ->envname("TIENDO_ADDRESS");
        app.add_option("--now", settings.now,
                       "Act at this moment instead of now (2017-06-16T08:00:00+07:00)");
        add_setting_up();
        add_import();
        add_answers();
        add_changes();
        add_duplicates();
        add_certificates();
    }

    CLI::App* add(const std::string& name, const std::string& says, std::function<Exit(Program&)> run,
                  CLI::App* under = nullptr) {
        CLI::App* found = (under ? under : &app)->add_subcommand(name, says);
        found->callback([this, run = std::move(run)] { command = run; });
        return found;
    }

    void add_setting_up() {
        auto* init_command = add("init", "Make the database, the centre and the first account",
                                 [this](Program& p) { return init(p, init_words); });
        init_command->add_option("--centre", init_words.centre, "Name of the centre");
        init_command->add_option("--account", init_words.account,
                                 "Name of the first administrator's account");
        add("demo", "Fill a new database with the demonstration year 2017",
            [this](Program& p) { return demo(p, demo_workbooks); })
            ->add_option("--workbooks", demo_workbooks,
                         "Write the demonstration workbooks into this folder, and nothing else");
        add("sign-in-link", "Print a one-time link for an account",
            [this](Program& p) { return sign_in_link(p, account); })
            ->add_option("--account", account, "Name of the account")
            ->required();
        auto* serve_command =
            add("serve", "Serve the site", [this](Program& p) { return serve(p, serve_words); });
        serve_command->add_option("--listen", serve_words.listen,
                                  "Address and port; port 0 takes any free one");
        serve_command->add_flag("--behind-proxy", serve_words.behind_proxy,
                                "Believe X-Forwarded-For and X-Forwarded-Proto");
        serve_command
            ->add_option("--mail-server", serve_words.mail_server,
                         "Mail changes of the timetable through smtp://… or smtps://…")
            ->envname("TIENDO_MAIL_SERVER");
        serve_command->add_option("--mail-from", serve_words.mail_from, "Address of the sender")
            ->envname("TIENDO_MAIL_FROM");
        serve_command->add_option("--mail-user", serve_words.mail_user, "Name at the mail server")
            ->envname("TIENDO_MAIL_USER");
        // Never on the command line, where every process sees it.
        if (const char* password = std::getenv("TIENDO_MAIL_PASSWORD")) serve_words.mail_password = password;
    }

    void add_import() {
        auto* import_command =
            add("import", "Record a workbook: units, needs, plan, cohorts, people, roster or attendance",
                [this](Program& p) { return import_workbook(p, import_words); });
        import_command
            ->add_option("kind", import_words.kind,
                         "units, needs, plan, cohorts, people, roster or attendance; or undo")
            ->required()
            ->check(CLI::IsMember(
                {"units", "needs", "plan", "cohorts", "people", "roster", "attendance", "undo"}));
        import_command
            ->add_option("file", import_words.file,
                         ".xlsx, .ods, .csv or .xls; of undo the number of the import")
            ->required();
        import_command->add_flag("--dry-run", import_words.dry_run,
                                 "Say what would be recorded, and record nothing");
        import_command->add_flag("--leave-rejected", import_words.leave_rejected,
                                 "Record the rows that can be taken; the others come in another file");
        import_command->add_flag("--ids-confirmed", import_words.ids_confirmed,
                                 "National IDs that contradict their rows are as on the cards");
        import_command->add_flag("--new-units", import_words.new_units,
                                 "Units whose names are almost those of others are new all the same");
        import_command
            ->add_option("--old-font", import_words.old_font,
                         "Text from before Unicode: tcvn3 or vni where no font says so; as_is leaves it")
            ->check(CLI::IsMember({"by_font", "as_is", "tcvn3", "vni"}));
        import_command->add_option("--reason", import_words.reason, "Why an import is undone");
        import_command->add_option("--year", import_words.year,
                                   "Year of the plan, or of the plan that needs are for");
        import_command->add_option("--document-number", import_words.document_number,
                                   "Number of the document that approves the plan");
        import_command->add_option("--document-date", import_words.document_date, "Its date (2017-01-05)");
        import_command->add_option("--effective-on", import_words.effective_on,
                                   "First day on which this version of the plan holds");
        import_command->add_option("--note", import_words.note,
                                   "A note to the plan's version; why late needs are taken");
        import_command->add_option("--cohort", import_words.cohort, "Cohort of roster rows that name none");
    }

    static void add_view(CLI::App* found, ViewWords& words) {
        found->add_option("--year", words.year, "Year of the plan")->required();
        found->add_option("--as-of", words.as_of, "The day to look at (2017-06-16); today when not given");
        found->add_option("--known-at", words.known_at,
                          "As it was known at this moment (2017-06-20T08:00:00+07:00)");
    }

    void add_answers() {
        auto* statement_command = add("statement", "Plan against actual, as of a day",
                                      [this](Program& p) { return statement(p, statement_words); });
        add_view(statement_command, statement_words);
        statement_command->add_option("--rounding", statement_words.rounding, "half-up or truncate")
            ->check(CLI::IsMember({"half-up", "truncate"}));
        statement_command->add_option("--decimals", statement_words.decimals, "Decimals of percentages")
            ->check(CLI::Range(0, 6));
        statement_command->add_option("--out", statement_words.out, "File to write with --format xlsx");
        auto* figure_command = add("figure", "The postings that sum to a figure",
                                   [this](Program& p) { return figure(p, figure_words); });
        add_view(figure_command, figure_words);
        figure_command->add_option("--measure", figure_words.measure, "learners_started, cohorts_opened, …")
            ->required();
        figure_command->add_option("--programme", figure_words.programme,
                                   "Code or name; the whole plan when not given");
        figure_command->add_option("--cohort", figure_words.cohort, "Code of one cohort");
        add("programmes", "What is taught, with the version in force on a day", [this](Program& p) {
            return list_programmes(p, programmes_words);
        })->add_option("--on", programmes_words.on, "The day (2025-10-01); today when not given");
        auto* eligibility_command =
            add("eligibility", "Whether a person may attend a programme, rule by rule",
                [this](Program& p) { return judge_person(p, eligibility_words); });
        eligibility_command
            ->add_option("--programme", eligibility_words.programme, "Code or name of the programme")
            ->required();
        eligibility_command->add_option("--person", eligibility_words.person, "National ID or Party card")
            ->required();
        eligibility_command->add_option("--on", eligibility_words.on,
                                        "The first day of the cohort (2025-10-01); today when not given");
        auto* cohorts_command = add("cohorts", "Which cohorts there are, and how far each has come",
                                    [this](Program& p) { return list_cohorts(p, cohorts_words); });
        cohorts_command->add_option("--year", cohorts_words.year, "Of the opening, or the planned one");
        cohorts_command->add_option("--state", cohorts_words.state, "proposed, decided, convening, …");
        cohorts_command->add_option("--words", cohorts_words.words, "In code, programme or partner");
        auto* people =
            app.add_subcommand("people", "Who is in the register")->require_subcommand(1)->fallthrough();
        auto* find_command = add(
            "find", "People by words of their names, an ID or a Party card",
            [this](Program& p) { return find_people(p, find_words); }, people);
        find_command->add_option("words", find_words.words, "Words in any order, with or without marks")
            ->required();
        find_command->add_option("--count", find_words.count, "How many at most")
            ->check(CLI::Range(1, 10'000));
        auto* units = app.add_subcommand("units", "The tree of units")->require_subcommand(1)->fallthrough();
        auto* count_command = add(
            "count", "Learners by unit, each with all beneath it",
            [this](Program& p) { return count_units(p, unit_count_words); }, units);
        add_view(count_command, unit_count_words);
        count_command->add_option("--unit", unit_count_words.unit,
                                  "Code of a unit; the centre when not given");
        count_command->add_flag("--follow-successors", unit_count_words.follow_successors,
                                "Count what former units sent with their successors");
        add("verify", "Check that postings, day totals and event rows agree",
            [](Program& p) { return verify(p); });
    }

    CLI::App* add_change(CLI::App* under, const std::string& name, const std::string& says,
                         Exit (*run)(Program&, const ChangeWords&)) {
        auto* found = add(
            name, says, [this, run](Program& p) { return run(p, change_words); }, under);
        found->add_option("--cohort", change_words.cohort, "Code of the cohort")->required();
        found->add_option("--reason", change_words.reason, "Why");
        return found;
    }

    CLI::App* add_life(CLI::App* under, const std::string& name, const std::string& says,
                       Exit (*run)(Program&, const LifeWords&)) {
        auto* found = add(
            name, says, [this, run](Program& p) { return run(p, life_words); }, under);
        found->add_option("--cohort", life_words.cohort, "Code of the cohort")->required();
        found->add_option("--reason", life_words.reason, "Why");
        return found;
    }

    // The way of a cohort besides opening and closing.
    void add_lives(CLI::App* cohort) {
        auto* decide =
            add_life(cohort, "decide", "Its opening decision; said again, corrects it", decide_cohort);
        decide->add_option("--number", life_words.number, "Number of the decision")->required();
        decide->add_option("--on", life_words.on, "Its date")->required();
        decide->add_option("--signatory", life_words.signatory, "Who signed it")->required();
        decide->add_option("--title", life_words.signatory_title, "The signatory's title");
        add_life(cohort, "postpone", "It opens later than planned", postpone_cohort)
            ->add_option("--until", life_words.until, "The new day or month (2017-09-04, 2017-09)")
            ->required();
        auto* merge = add_life(cohort, "merge", "Its learners go over into another cohort", merge_cohort);
        merge->add_option("--into", life_words.into, "Code of that cohort")->required();
        merge->add_option("--on", life_words.on, "From this day; today when not given");
        add_life(cohort, "file", "Its dossier goes to the archive; what is missing needs a reason",
                 file_cohort)
            ->add_option("--on", life_words.on, "The day; today when not given");
    }

    void add_duplicates() {
        auto* found = app.add_subcommand("duplicates", "Sweep the register and list who may be one person")
                          ->require_subcommand(0, 1)
                          ->fallthrough();
        // Whoever says merge or undo does not ask for the list.
        found->callback([this, found] {
            if (found->get_subcommands().empty())
                command = [this](Program& p) { return find_duplicates(p, duplicates_words); };
        });
        found->add_option("--minimum", duplicates_words.minimum, "The least score to print")
            ->check(CLI::Range(0, 100));
        const auto merge = add(
            "merge", "Two records are one person",
            [this](Program& p) { return merge_duplicates(p, duplicates_words); }, found);
        merge->add_option("--keep", duplicates_words.keep, "The record that stays: id, national ID or card")
            ->required();
        merge->add_option("--with", duplicates_words.with, "The record that follows it")->required();
        merge->add_option("--reason", duplicates_words.reason, "Why");
        const auto undo = add(
            "undo", "A merge is taken back", [this](Program& p) { return undo_merge(p, duplicates_words); },
            found);
        undo->add_option("--merge", duplicates_words.merge, "The number that merge printed")->required();
        undo->add_option("--reason", duplicates_words.reason, "Why");
    }

    void add_certificates() {
        auto* found = app.add_subcommand("certificates", "Certificates: issued, checked, revoked")
                          ->require_subcommand(1)
                          ->fallthrough();
        CertificatesWords& words = certificates_words;
        const auto add_verb = [&](const std::string& name, const std::string& says,
                                  Exit (*run)(Program&, const CertificatesWords&)) {
            return add(
                name, says, [this, run](Program& p) { return run(p, certificates_words); }, found);
        };
        auto* issue = add_verb("issue", "Give everybody of a cohort one who may have it and has none",
                               issue_certificates);
        issue->add_option("--cohort", words.cohort, "Code of the cohort")->required();
        issue->add_option("--on", words.on, "The day of issue; today when not given");
        issue->add_option("--out", words.out, "Write all of the cohort into this PDF");
        issue->add_option("--reason", words.reason, "Why");
        add_verb("check", "What is printed on a certificate, and whether it is valid", check_certificate)
            ->add_option("code", words.code, "Its code, 7K3M-9QWE-R4TY-P")
            ->required();
        auto* revoke = add_verb("revoke", "It is no longer valid", revoke_certificate);
        revoke->add_option("code", words.code, "Its code")->required();
        revoke->add_option("--reason", words.reason, "Why")->required();
        revoke->add_option("--ground", words.ground,
                           "fraud, ineligible, beyond_authority, altered, lent, issuer_error or other");
        revoke->add_option("--on", words.on, "From that day; today when not given");
        auto* verify = add_verb("verify-offline", "Whether the text of a code to scan is genuine",
                                verify_certificate_offline);
        verify->add_option("text", words.code, "What the scanner reads")->required();
        verify->add_option("--key", words.key, "File of public keys, as `certificates key` writes it")
            ->required();
        add_verb("key", "The public keys that certificates are signed with", certificate_key)
            ->add_option("--out", words.out, "File to write");
    }

    void add_changes() {
        auto* cohort =
            app.add_subcommand("cohort", "What happens to a cohort")->require_subcommand(1)->fallthrough();
        add_change(cohort, "open", "It opened; said again, corrects the day", open_cohort)
            ->add_option("--on", change_words.on, "The day")
            ->required();
        add_change(cohort, "close", "It closed; said again, corrects the day", close_cohort)
            ->add_option("--on", change_words.on, "The day")
            ->required();
        add_change(cohort, "cancel", "It is cancelled from a day on", cancel_cohort)
            ->add_option("--on", change_words.on, "The day")
            ->required();
        add_change(cohort, "reinstate", "The cancellation is taken back", reinstate_cohort);
        add_change(cohort, "count", "It counts to its line of the plan, or to none", count_cohort)
            ->add_flag("--to-plan,!--not-to-plan", change_words.counts, "Whether it counts");
        add_lives(cohort);
        auto* learner = app.add_subcommand("learner", "What happens to a learner in a cohort")
                            ->require_subcommand(1)
                            ->fallthrough();
        auto* withdraw = add_change(learner, "withdraw", "Left the cohort on a day", withdraw_learner);
        withdraw->add_option("--person", change_words.person, "National ID")->required();
        withdraw->add_option("--on", change_words.on, "The day")->required();
        add_change(learner, "readmit", "The withdrawal is taken back", readmit_learner)
            ->add_option("--person", change_words.person, "National ID")
            ->required();
    }
};

int run(CommandLine& line) {
    Program program(line.settings);
    try {
        return static_cast<int>(line.command(program));
    } catch (const tiendo::web::NotFound&) {
        program.refuse({{"", "command.not_found", {}}});
        return static_cast<int>(Exit::refused);
    } catch (const tiendo::db::Busy& failure) {
        std::fprintf(stderr, "%s\n%s\n", program.text("command.database_busy").c_str(), failure.what());
        return static_cast<int>(Exit::unavailable);
    } catch (const tiendo::db::Conflict& conflict) {
        std::fprintf(stderr, "%s\n%s\n", program.text("command.conflict").c_str(), conflict.what());
        return static_cast<int>(Exit::unavailable);
    } catch (const tiendo::db::Failure& failure) {
        std::fprintf(stderr, "%s\n%s\n", program.text("command.database_unavailable").c_str(),
                     failure.what());
        return static_cast<int>(Exit::unavailable);
    } catch (const std::filesystem::filesystem_error& failure) {
        std::fprintf(stderr, "%s\n%s\n", program.text("command.file_trouble").c_str(), failure.what());
        return static_cast<int>(Exit::unavailable);
    }
}

}  // namespace

int main(int count, char** words) {
    register_features();
    CommandLine line;
    try {
        line.app.parse(count, words);
    } catch (const CLI::ParseError& error) {
        return line.app.exit(error) == 0 ? 0 : static_cast<int>(Exit::usage);
    }
    try {
        return run(line);
    } catch (const std::invalid_argument& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return static_cast<int>(Exit::usage);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return static_cast<int>(Exit::defect);
    }
}
