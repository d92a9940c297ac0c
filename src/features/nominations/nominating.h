// How nominations are taken, sent now or earlier; private to this feature.
#pragma once
#include "features/nominations/nominations.h"

namespace tiendo::nominations {

// What is late stays so, and waits for the office.
enum class Arrives { in_time, late };

// How what the actor sends now arrives. Refused when the call takes nobody any more, and when the office
// takes late ones without a reason.
Outcome<Arrives> arrival(db::Read& tx, const web::Actor& actor, const Call& call, const cohorts::Act& act);

// Somebody offered, as and when it was sent.
struct Sent {
    people::PersonId person;
    std::int64_t choice = 1;
    std::string note;
    Arrives arrives = Arrives::in_time;
    Instant at;
    std::optional<documents::DocumentId> document;
};
// Each by itself, in the order given; the caller holds the lock of the call.
std::vector<Answer> take(db::Write& tx, const web::Actor& actor, const Call& call, std::span<const Sent> sent,
                         const cohorts::Act& act);

}  // namespace tiendo::nominations
