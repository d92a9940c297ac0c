// What issuing and replacing share; private to this feature.
#pragma once
#include "features/certificates/certificates_store.h"

namespace tiendo::certificates {

// What is the same on all papers of one act.
struct Setting {
    Series series;
    Authority authority;
    Order order;
};
// The day, the place and whoever signs.
void put_signature(const Setting& setting, Certificate& certificate);
// Gives each its code, its place in the book, its blank, and the signature it will bear; in their order.
void enter_in_book(db::Write& tx, const Setting& setting, std::span<Certificate> certificates);
// Why blanks do not suffice for that many; none when they do, or when none are used.
std::optional<Refusal> blanks_short(db::Read& tx, const Series& series, std::int64_t count);
// The digest of the drawing in force, which is in the store when this returns.
std::string keep_drawing(db::Read& tx, const files::Store& store, const Series& series, Date day);
// The job that draws them is added.
IssueId begin_issue(db::Write& tx, const web::Actor& actor, const std::string& drawing, Date issued_on,
                    std::span<Certificate> certificates, const cohorts::Act& act);

// What was drawn is drawn once more, from the same facts.
void begin_drawing_again(db::Write& tx, const web::Actor& actor, IssueId issue, Instant at);

inline constexpr std::string_view drawing_job = "certificates.draw";

}  // namespace tiendo::certificates
