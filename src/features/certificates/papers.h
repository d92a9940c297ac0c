// The papers: drawn from what was frozen, and the code on them that anybody may scan. Part of
// certificates.h.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/outcome.h"
#include "features/certificates/printed.h"
#include "features/cohorts/cohorts.h"
#include "platform/files/files.h"
#include "platform/jobs/jobs.h"

namespace tiendo::certificates {

// Draws the papers of whoever was issued some, on a thread of its own. The database outlives it.
struct Desk {
    std::shared_ptr<jobs::Pool> jobs;  // none: drawn elsewhere
    std::string address;               // of the site, as it is printed
};
Desk open_desk(db::Database& database, const files::Store& store, std::string address,
               jobs::Settings settings);
// Draws on this thread whatever papers of the cohort are not drawn yet, for a command. Refused with the
// numbers in the book that cannot be drawn, and why.
Outcome<Done> draw_now(db::Database& database, const files::Store& store, cohorts::CohortId cohort,
                       Instant at);
// The certificates of a cohort that stand, a page for each, written to that file. Refused as draw_now, and
// when the file cannot be written.
Outcome<Done> write_booklet(db::Database& database, const files::Store& store, cohorts::CohortId cohort,
                            const std::string& path, Instant at);

// The address as papers may carry it: without a slash at its end; empty when nobody elsewhere could open it.
std::string printable_address(std::string_view address);

// Whether the text of a code says what was once signed: valid, altered, forged. It needs no network and
// no database, only the public keys (PEM) that were ever used.
struct Scanned {
    std::string state;
    std::optional<Printed> printed;  // what it says, when it can be believed
    std::string address = {};        // of the site that issued it; empty: it says none
    bool address_signed = false;     // codes of earlier forms had an address that nobody signed
    Refusals why = {};               // when it cannot be believed
};
Outcome<Scanned> verify_offline(std::string_view text_of_code, std::string_view public_keys);
std::string public_key(db::Database& database, Instant at);  // PEM, for verify_offline

}  // namespace tiendo::certificates
