// Series, their books and blanks, and who signs; private to this feature.
#pragma once
#include <array>

#include "features/certificates/certificates.h"

namespace tiendo::certificates {

struct Series {
    std::string code;        // by which versions of programmes name it
    std::string mark, name;  // CTĐ, as it is written
    std::string regime;      // party, state: whose rules hold
    std::string kind, title;
    std::string number_pattern;  // {number}/{year}-{mark}
    bool uses_blanks = false;
    std::string head = {}, motto = {};  // of its papers, by regime
};
std::optional<Series> find_series(db::Read& tx, std::string_view code);
std::vector<Series> all_series(db::Read& tx);
std::string register_text(const Series& series, std::int64_t number, int year);
std::string title_of(db::Read& tx, std::string_view kind);

// Who issues a series and who signs it, from a day on.
struct Authority : Appointment {
    std::string signed_for;  // T/L BAN THƯỜNG VỤ, as the regime writes it; empty in his own name
};
std::optional<Authority> authority_on(db::Read& tx, const Series& series, Date day);
std::vector<Authority> authorities_of(db::Read& tx, const Series& series);  // the latest first

// Changes of a series; the actor may issue on the centre. (require_series throws web::NotFound.)
Series require_series(db::Read& tx, const web::Actor& actor, std::string_view code);
Series require_series_to_change(db::Write& tx, const web::Actor& actor, std::string_view code);
Outcome<Done> make_series(db::Write& tx, const web::Actor& actor, const Series& series,
                          const cohorts::Act& act);
// The next numbers of a book, from the first given on: nobody else gets one until the transaction ends,
// and when it is undone they were never given.
std::int64_t take_numbers(db::Write& tx, const Series& series, int year, std::int64_t count);

struct Blank {
    std::int64_t blanks = 0, number = 0;
    std::string serial;  // prefix and digits
};
struct BlankRange {
    std::int64_t id = 0;
    std::string prefix;
    std::int64_t first = 0, last = 0, digits = 0, next = 0, spoiled = 0, used = 0;
    Date received_on;
    std::int64_t received() const { return last - first + 1; }
    std::int64_t remaining() const { return received() - used - spoiled; }
};
std::vector<BlankRange> blanks_of(db::Read& tx, std::string_view series);
std::string serial_of(const BlankRange& range, std::int64_t number);
std::int64_t blanks_remaining(db::Read& tx, std::string_view series);
// "DVM 001001" to "DVM 001500": the same prefix and as many digits.
Outcome<Done> receive_blanks(db::Write& tx, const web::Actor& actor, const Series& series,
                             const std::string& first, const std::string& last, Date received_on,
                             const cohorts::Act& act);
// The next unspoiled ones; as many as asked for or none.
std::optional<std::vector<Blank>> take_blanks(db::Write& tx, const Series& series, std::int64_t count);
// One that nobody has used yet.
Outcome<Done> spoil_unused(db::Write& tx, const web::Actor& actor, const Series& series,
                           const std::string& serial, const cohorts::Act& act);
void write_spoiled(db::Write& tx, const web::Actor& actor, const Blank& blank,
                   std::optional<CertificateId> certificate, const cohorts::Act& act);

// What is given because of a cause, by the rules in force on a day.
struct Remedy {
    std::string kind;  // empty: the same paper anew
    std::int64_t working_days = 0;
    std::string basis;
};
inline constexpr std::array<std::string_view, 3> causes{"issuer_error", "damaged", "lost"};
std::optional<Remedy> remedy_on(db::Read& tx, const Series& series, std::string_view cause, Date day);

struct Ground {
    std::string code, name_vi, name_en, basis;
    bool may_be_issued_again = false;
};
std::vector<Ground> grounds_on(db::Read& tx, Date day);

// The drawing of a series on a day, by digest; empty: the one that comes with the program.
std::string drawing_on(db::Read& tx, std::string_view series, Date day);
struct Drawing {
    Date valid_from;
    std::string digest, file_name;
    Instant recorded_at;
    std::string recorded_by;
};
std::vector<Drawing> drawings_of(db::Read& tx, std::string_view series);  // the latest first
void put_drawing_in_force(db::Write& tx, const web::Actor& actor, const Series& series,
                          const Drawing& drawing);

// The same day so many months later, or the last of that month.
Date after_months(Date day, std::int64_t months);

}  // namespace tiendo::certificates
