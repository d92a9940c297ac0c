// The commands, one function each; what a script may want they also answer as JSON.
#pragma once
#include <optional>
#include <string>

#include "app/program.h"

namespace tiendo::app {

struct InitWords {
    std::string centre;   // name of the centre; asked for in a terminal when not given
    std::string account;  // of the first administrator
};
Exit init(Program& program, const InitWords& words);
Exit demo(Program& program, const std::string& workbooks_folder);
Exit sign_in_link(Program& program, const std::string& account);

struct ImportWords {
    std::string kind, file;
    bool dry_run = false, leave_rejected = false, ids_confirmed = false, new_units = false;
    int year = 0;
    std::string document_number, document_date, effective_on, note, cohort, reason;
    std::string old_font = "by_font";
};
Exit import_workbook(Program& program, const ImportWords& words);

struct ViewWords {
    int year = 0;
    std::string as_of, known_at;
};
struct StatementWords : ViewWords {
    std::string rounding = "half-up", out;
    int decimals = 1;
};
Exit statement(Program& program, const StatementWords& words);

struct FigureWords : ViewWords {
    std::string measure, programme, cohort;
};
Exit figure(Program& program, const FigureWords& words);

struct UnitCountWords : ViewWords {
    std::string unit;  // code; the centre when not given
    bool follow_successors = false;
};
Exit count_units(Program& program, const UnitCountWords& words);

Exit verify(Program& program);

struct ChangeWords {
    std::string cohort, person;  // code; national ID
    std::string on, reason;
    std::string result;  // of a learner
    bool counts = true;
};
Exit open_cohort(Program& program, const ChangeWords& words);
Exit close_cohort(Program& program, const ChangeWords& words);
Exit cancel_cohort(Program& program, const ChangeWords& words);
Exit reinstate_cohort(Program& program, const ChangeWords& words);
Exit count_cohort(Program& program, const ChangeWords& words);
Exit withdraw_learner(Program& program, const ChangeWords& words);
Exit readmit_learner(Program& program, const ChangeWords& words);

struct ProgrammesWords {
    std::string on;
};
Exit list_programmes(Program& program, const ProgrammesWords& words);
struct CohortsWords {
    int year = 0;
    std::string state, words;  // running, …; in code, programme or partner
};
Exit list_cohorts(Program& program, const CohortsWords& words);
struct LifeWords {
    std::string cohort, on, reason;
    std::string number, signatory, signatory_title;  // of the opening decision
    std::string until;                               // a day or a month
    std::string into;                                // code of the other cohort
};
Exit decide_cohort(Program& program, const LifeWords& words);
Exit postpone_cohort(Program& program, const LifeWords& words);
Exit merge_cohort(Program& program, const LifeWords& words);
Exit file_cohort(Program& program, const LifeWords& words);

struct EligibilityWords {
    std::string programme, person;  // code or name; national ID or Party card
    std::string on;
};
Exit judge_person(Program& program, const EligibilityWords& words);
struct FindWords {
    std::string words;
    int count = 20;
};
Exit find_people(Program& program, const FindWords& words);
struct DuplicatesWords {
    int minimum = 50;        // the least score worth printing
    std::string keep, with;  // records by id, national ID or Party card
    std::string merge, reason;
};
Exit find_duplicates(Program& program, const DuplicatesWords& words);
Exit merge_duplicates(Program& program, const DuplicatesWords& words);
Exit undo_merge(Program& program, const DuplicatesWords& words);

struct CertificatesWords {
    std::string cohort, code;  // of a cohort; of a certificate, or the text of its code to scan
    std::string on, reason, out, key;
    std::string ground = "other";
};
Exit issue_certificates(Program& program, const CertificatesWords& words);
Exit check_certificate(Program& program, const CertificatesWords& words);
Exit revoke_certificate(Program& program, const CertificatesWords& words);
Exit verify_certificate_offline(Program& program, const CertificatesWords& words);
Exit certificate_key(Program& program, const CertificatesWords& words);

struct ServeWords {
    std::string listen = "127.0.0.1:8080";
    bool behind_proxy = false;  // believe what a proxy says of the visitor's address and of TLS
    std::string mail_server, mail_from, mail_user, mail_password;  // without a server nothing is mailed
};
Exit serve(Program& program, const ServeWords& words);

// Days and moments as words of a command; a refusal names the option.
Outcome<std::optional<Date>> day_of_option(const std::string& option, const std::string& text);
Outcome<std::optional<Instant>> moment_of_option(const std::string& option, const std::string& text);

}  // namespace tiendo::app
