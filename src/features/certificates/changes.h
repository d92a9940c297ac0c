// What becomes of a certificate after it was issued; private to this feature, but for revoke().
#pragma once
#include "features/certificates/issuing.h"

namespace tiendo::certificates {

// Somebody asks for another paper: what for, and on which day. The answer is due within the working days
// of the regime. Refuses one that does not stand, and a second request while the first waits.
Outcome<Done> request(db::Write& tx, const web::Actor& actor, const Certificate& certificate,
                      const std::string& cause, Date requested_on, Date today, const cohorts::Act& act);
Outcome<Done> decline(db::Write& tx, const web::Actor& actor, const Certificate& certificate, Date today,
                      const cohorts::Act& act);

// Another paper instead: with its own number, of the kind that the regime gives for this cause. It says
// what the first said, except where the issuer's error is mended; its validity is that of the first.
struct Replacement {
    std::string cause;  // issuer_error, damaged, lost
    // Only where the issuer erred; empty: as they were. The birth as people write it, the band one of the
    // cohort's.
    std::string full_name, birth, unit_name, band;
};
Outcome<Certificate> replace(db::Write& tx, const web::Actor& actor, const files::Store& store,
                             const Certificate& certificate, const Replacement& replacement,
                             const Order& order, const cohorts::Act& act);

Outcome<Done> revoke(db::Write& tx, const web::Actor& actor, const Certificate& certificate,
                     const std::string& ground, Date revoked_on, Date today,
                     const std::string& document_number, const cohorts::Act& act);

// Certificates of one cohort handed over on a day to whoever signed for them; empty: each learner. Those
// that were handed over before, or stand no more, are passed over.
Outcome<Done> hand_over(db::Write& tx, const web::Actor& actor, std::span<const Certificate> certificates,
                        Date handed_over_on, Date today, const std::string& received_by,
                        const cohorts::Act& act);

// The blank it was printed on is spoiled: it goes onto the next one and is drawn anew. Refused once it
// was handed over.
Outcome<Done> spoil_blank(db::Write& tx, const web::Actor& actor, const Certificate& certificate, Date today,
                          const cohorts::Act& act);

}  // namespace tiendo::certificates
