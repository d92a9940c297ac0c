// What is found of those nominated, and kept with each decision on them; private to this feature.
#pragma once
#include "features/nominations/nominations_store.h"

namespace tiendo::nominations {

// One for each nomination; empty when nobody judges.
std::vector<Judged> judged(db::Read& tx, const web::Actor& actor, const Call& call,
                           std::span<const Nomination> nominations, Date today, Wanting wanting);
// eligible, ineligible or unknown, also where nobody judged.
std::string finding_of(const std::vector<Judged>& all, std::size_t i);
// Grounds for a reader; an empty list without any.
Value told(const web::Visit& visit, const ToTell& asked);

// Nominations under the lock, with what was found of each to decide by.
struct Examined {
    std::vector<Nomination> who;
    std::vector<Judged> found;  // in the same order; empty when nobody judges

    std::string finding(std::size_t i) const { return finding_of(found, i); }
    // Some of them, in that order.
    Examined only(std::span<const NominationId> which) const;
};
Examined examine(db::Read& tx, const web::Actor& actor, const Call& call, std::vector<Nomination> who,
                 Date today);

// Nobody gets a place against a rule that must be met, unless let off it. A reason and a document say both
// why and by what: then each such rule that may be waived is waived for this cohort, and who is let off is
// examined again. What may not be waived, or was not, is refused rule by rule.
Outcome<Examined> let_off(db::Write& tx, const web::Actor& actor, const Call& call, Examined examined,
                          Date today, const cohorts::Act& act);

// Moves them as `move` does, each with what was found: it is kept with the event, and the audit trail names
// each nomination.
void decide_on(db::Write& tx, const web::Actor& actor, const Call& call, const Examined& examined,
               const Step& step, const cohorts::Act& act);

}  // namespace tiendo::nominations
