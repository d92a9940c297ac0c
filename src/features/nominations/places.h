// What follows when places are taken or fall free; private to this feature.
#pragma once
#include "features/nominations/grounds.h"

namespace tiendo::nominations {

// The call of a nomination; nobody else admits or nominates in its programme meanwhile.
Call locked_call(db::Write& tx, const Nomination& nomination);

// Gives the places to these. Their nominations to cohorts that they want less are withdrawn, and whoever
// waits there moves up into a place that one of them had.
void admit(db::Write& tx, const web::Actor& actor, const Call& call, const Examined& examined,
           std::string_view kind, const cohorts::Act& act);

// With a locked roster: it says what the nominations say. Otherwise whoever waits and may attend
// moves up into the places that are free.
void after_change(db::Write& tx, const web::Actor& actor, const Call& call, Date today,
                  const cohorts::Act& act);

void settle_roster(db::Write& tx, const web::Actor& actor, const Call& call, Date today,
                   const cohorts::Act& act);

}  // namespace tiendo::nominations
