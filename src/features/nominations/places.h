// What follows when places are taken or fall free; private to this feature.
#pragma once
#include "features/nominations/nominations.h"

namespace tiendo::nominations {

// The call of a nomination; nobody else admits or nominates in its programme meanwhile.
Call locked_call(db::Write& tx, const Nomination& nomination);

// One for each nomination; empty when nobody judges.
std::vector<Judged> judged(db::Read& tx, const web::Actor& actor, const Call& call,
                           std::span<const Nomination> nominations, Date today,
                           const web::Visit* visit = nullptr,
                           people::Sensitive sensitive = people::Sensitive::masked);

// eligible, ineligible or unknown, also where nobody judged.
std::string finding_of(const std::vector<Judged>& all, std::size_t i);

// Gives the places to these. Their nominations to cohorts that they want less are withdrawn, and whoever
// waits there moves up into a place that one of them had.
void admit(db::Write& tx, const web::Actor& actor, const Call& call, std::span<const NominationId> which,
           std::string_view kind, const cohorts::Act& act);

// With a locked roster: it says what the nominations say. Otherwise whoever waits and may attend
// moves up into the places that are free.
void after_change(db::Write& tx, const web::Actor& actor, const Call& call, Date today,
                  const cohorts::Act& act);

void settle_roster(db::Write& tx, const web::Actor& actor, const Call& call, Date today,
                   const cohorts::Act& act);

}  // namespace tiendo::nominations
