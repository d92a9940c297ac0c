// The rows of certificates; private to this feature.
#pragma once
#include <map>

#include "features/certificates/books.h"
#include "platform/json/json.h"

namespace tiendo::certificates {

std::optional<Certificate> certificate_of(db::Read& tx, CertificateId id);
// For the verbs: web::Forbidden without that permission on the cohort's unit; nobody else changes a
// certificate of this cohort meanwhile.
Certificate require_for_change(db::Write& tx, const web::Actor& actor, web::Permission permission,
                               CertificateId id);
// Those of one issue, in the order of the book.
std::vector<Certificate> certificates_of(db::Read& tx, IssueId issue);
// Those of a cohort that stand, in the order of the book.
std::vector<Certificate> standing_in(db::Read& tx, cohorts::CohortId cohort);

struct Candidate {
    ParticipationId participation;
    std::string full_name, birth, unit_name;
    bool withdrawn = false;
    std::string result, band;                 // completed; of the decision
    std::string standing;                     // code of the certificate that stands
    std::string revoked_for_good;             // code of a ground after which none is issued anew
    std::string party_cell, party_committee;  // on the day of issue
};
std::vector<Candidate> candidates_of(db::Read& tx, cohorts::CohortId cohort, Date issued_on);

struct Decision {
    std::string number;
    Date dated_on;
};
// That in force which recognises the results of a cohort.
std::optional<Decision> decision_on_results(db::Read& tx, cohorts::CohortId cohort);

struct NewEvent {
    std::string_view kind;
    Date effective_on;
    Value said = Value::object();
    std::optional<documents::DocumentId> document = {};
};
std::int64_t insert_event(db::Write& tx, const web::Actor& actor, CertificateId certificate,
                          const NewEvent& event, const cohorts::Act& act);
// The same of each of them.
void insert_events(db::Write& tx, const web::Actor& actor, std::span<const Certificate> certificates,
                   const NewEvent& event, const cohorts::Act& act);
void insert_certificates(db::Write& tx, std::span<const Certificate> certificates, Instant at);
IssueId insert_issue(db::Write& tx, const web::Actor& actor, cohorts::CohortId cohort, Date issued_on,
                     const std::string& drawing, std::int64_t count, Instant at);

struct Event {
    std::string kind;
    Date effective_on;
    Value said;
    Instant recorded_at;
    std::string recorded_by, reason, document_number;
};
std::vector<Event> history_of(db::Read& tx, CertificateId id);
// Of what replaced it, if anything did.
std::optional<Certificate> successor_of(db::Read& tx, CertificateId id);

// Certificates that stand though what they were given for is gone: nobody revokes one but a person.
struct Groundless {
    CertificateId id;
    std::string register_text, full_name;
    std::string why;  // cancelled (the cohort), withdrawn, not_recognised, not_completed, other_band
    std::string band, decided_band;
};
std::vector<Groundless> groundless_in(db::Read& tx, cohorts::CohortId cohort);

struct IssueState {
    IssueId id;
    cohorts::CohortId cohort;
    std::string cohort_code;
    Date issued_on;
    std::string drawing;  // digest of the template
    std::int64_t certificates = 0;
    std::string state, incident;  // drawing, finished, failed
    std::string file_digest;      // all its papers in one file
    Instant recorded_at;
    std::string recorded_by;
};
std::optional<IssueState> find_issue(db::Read& tx, IssueId id);
IssueState require_issue(db::Read& tx, const web::Actor& actor, IssueId id);
std::vector<IssueState> issues_of(db::Read& tx, cohorts::CohortId cohort);

// One line of a list, or of the book.
struct Line {
    CertificateId id;
    std::string code, series, register_text, serial, title;
    int book_year = 0;
    std::int64_t register_number = 0;
    std::string full_name, birth, unit_name, programme_name, cohort_code, band, decision_number;
    Date decision_on, issued_on;
    std::optional<Date> valid_until, replaced_on, revoked_on, handed_over_on, requested_on, request_due_on;
    std::string received_by;  // who signed for it when it was handed over
};
struct Filter {
    std::string series, cohort, words;  // codes; words of a name, a code or a register number
    std::string state;                  // valid, replaced, revoked, expired, requested
    std::optional<int> year;            // of the book
    std::optional<Date> expires_by;     // valid, but no longer than until that day
    Date today;
};
// Books from the latest year back; within a book by number.
struct Place {
    std::int64_t year = 0;
    std::string series;
    std::int64_t number = 0;
};
std::vector<Line> lines(db::Read& tx, const web::Actor& actor, const Filter& filter,
                        const std::optional<Place>& after, int count);
// What one person was given, the latest book first.
std::vector<Line> lines_of(db::Read& tx, const web::Actor& actor, people::PersonId person, int count);
std::int64_t count_of_lines(db::Read& tx, const web::Actor& actor, const Filter& filter);
struct Book {
    std::string series, mark;
    int year = 0;
};
std::vector<Book> books(db::Read& tx, const web::Actor& actor);

}  // namespace tiendo::certificates
