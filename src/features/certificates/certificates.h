// Certificates (giấy chứng nhận, chứng chỉ): who gets one, what is printed on it, the book in which it
// stands, and what becomes of it.
//
// A certificate copies everything it prints at the moment of issue: names and units change, paper does
// not. Its number in the book of its series and year is given once and never again, without a gap. It is
// drawn afterwards, from what was frozen, so that work that broke off goes on where it stood.
#pragma once
#include <functional>

#include "features/assessment/assessment.h"
#include "features/certificates/papers.h"
#include "features/certificates/printed.h"
#include "features/participation/participation.h"
#include "features/programmes/programmes.h"
#include "platform/files/files.h"

namespace tiendo::certificates {

inline constexpr web::Permission see_certificates{"certificates.see"};
inline constexpr web::Permission issue_certificates{"certificates.issue"};
inline constexpr web::Permission revoke_certificates{"certificates.revoke"};

using participation::ParticipationId;

struct Certificate;
struct Issue;
using CertificateId = Id<Certificate>;
using IssueId = Id<Issue>;

struct Certificate {
    CertificateId id;
    ParticipationId participation;
    cohorts::CohortId cohort;
    IssueId issue;
    std::string kind;
    Printed printed;
    std::string address;      // of the site, in the code to scan
    std::string head, motto;  // of the paper, as its regime has them
    std::optional<CertificateId> replaces;
    std::optional<Date> replaced_on, revoked_on, handed_over_on;
    std::optional<Date> requested_on, request_due_on;  // somebody asked for another, and waits
    std::int64_t page = 1;                             // of the file that was drawn
    std::string file_digest;                           // SHA-256 of it; empty: not yet drawn
    std::string revoked_ground = {};
    std::int64_t blanks = 0, blank_number = 0;  // which blank it is on; 0: on none
    // Of the learner on the day of issue. Sensitive: on the paper when its drawing shows them, and nowhere
    // else.
    std::string party_cell = {}, party_committee = {};
    State state() const;
    bool has_expired_by(Date day) const { return printed.valid_until && *printed.valid_until < day; }
};

// Fetched through the actor: the office's certificates of its cohorts, a unit's of its own people.
Certificate require(db::Read& tx, const web::Actor& actor, CertificateId id);
Certificate require(db::Read& tx, const web::Actor& actor, std::string_view code);
// What anybody may know who has the code, however it was typed.
std::optional<Certificate> find_certificate(db::Read& tx, std::string_view code);
// How many of a cohort are in the register.
std::int64_t issued_in(db::Read& tx, cohorts::CohortId cohort);
// What a series is called, with its mark: Bồi dưỡng nghiệp vụ công tác đảng (CTĐ). Empty: there is none.
std::string series_name(db::Read& tx, std::string_view code);
// How many of a cohort stand: neither replaced nor revoked.
std::int64_t standing_count(db::Read& tx, cohorts::CohortId cohort);
// Every printed fact, by its name.
Value printed_value(const Printed& printed);
// The same with "state": valid, replaced, revoked or unknown; and whether its time is over.
Value check_value(const std::optional<Certificate>& found, Date today);

// --- issuing --------------------------------------------------------------------------------

// Why a learner gets no certificate.
struct Hindrance {
    ParticipationId participation;
    Refusal why;
};
// What another feature asks before one is issued, of the whole cohort at once. Filled once, when the
// program starts.
using Condition = std::function<std::vector<Hindrance>(db::Read&, const cohorts::Cohort&)>;
void require_before_issue(Condition condition);

struct Order {
    Date issued_on, today;
    std::string address;  // of this site, as it is printed on the paper: https://…; empty: none is
};
struct Refused {
    std::string full_name;
    Refusal why;
};
struct Issued {
    std::optional<IssueId> issue;       // none: nobody was left who could be given one
    std::vector<std::string> codes;     // of those given now, in the order of the book
    std::vector<std::string> standing;  // of those given before
    std::vector<Refused> refused;
};
// What issue() would do now; `codes` holds names instead.
Issued foresee(db::Read& tx, const files::Store& store, const cohorts::Cohort& cohort, const Order& order);
// A refusal as a reader is told it beside a person: the field first, when it is about one.
std::string reason_text(const i18n::Texts& texts, i18n::Language language, const Refusal& why);
// Gives everybody of the cohort a certificate who may have one and has none: numbers, facts and postings
// now, the papers by the job that is added. web::Forbidden unless he may issue on the cohort's unit.
Outcome<Issued> issue(db::Write& tx, const web::Actor& actor, const files::Store& store,
                      cohorts::CohortId cohort, const Order& order, const cohorts::Act& act);

// Who issues a series and who signs it from a day on (see books.h). Refuses what is left empty.
struct Appointment {
    std::string series;  // its code
    Date valid_from;
    std::string issuer_name, place;
    std::string capacity = "own_name";  // on_behalf, in_place, by_order
    std::string principal;              // for whom: BAN THƯỜNG VỤ
    std::string signatory_title, signatory_name, basis;
};
Outcome<Done> appoint(db::Write& tx, const web::Actor& actor, const Appointment& appointment,
                      const cohorts::Act& act);

// How papers about a cohort are headed and who signs them on that day: by the rules and the issuer of the
// certificates of its programme. None where nobody issues any.
std::optional<organisations::Letterhead> letterhead_on(db::Read& tx, const cohorts::Cohort& cohort, Date day);

// --- what becomes of it -----------------------------------------------------------------------

// Invalid from that day, on a ground in force then (certificate_grounds). A reason is required.
Outcome<Done> revoke(db::Write& tx, const web::Actor& actor, std::string_view code, const std::string& ground,
                     Date revoked_on, Date today, const cohorts::Act& act);

// What a certificate amounts to in the ledger: one when it is issued, one less when it is revoked. One
// that replaces another adds nothing.
struct Counted {
    CertificateId id;
    ParticipationId participation;
    organisations::UnitId unit;
    Date issued_on;
    bool is_replacement = false;
    std::optional<Date> revoked_on;
};
void entries(const cohorts::Cohort& cohort, const Counted& certificate, const ledger::Emit& emit);
ledger::Bookkeeper bookkeeper();

// For a person's page: what the person was given. Empty to who may not see certificates.
std::string person_html(const web::Visit& visit, db::Read& tx, const people::Person& person);

// Tells imports which of these rows depend on what a workbook brought. Once, when the program starts.
void depend_on_imports();

void register_routes(web::Routes& routes, const Desk& desk, const files::Store& store);

}  // namespace tiendo::certificates
