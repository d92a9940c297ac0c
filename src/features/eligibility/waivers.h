// Waivers (miễn, vận dụng): who is let off which rule, why and by which paper. Part of eligibility.h.
#pragma once
#include <functional>
#include <optional>
#include <span>
#include <string>

#include "features/documents/documents.h"
#include "features/people/people.h"
#include "features/programmes/programmes.h"
#include "platform/db/db.h"
#include "platform/web/web.h"

namespace tiendo::eligibility {

// A person is let off one rule of a programme (miễn, vận dụng), for good or for one cohort.
struct Waiver {
    Id<Waiver> id;
    people::PersonId person;
    programmes::ProgrammeId programme;
    std::optional<std::int64_t> cohort;  // id of the cohort; none: of the programme
    std::string rule;                    // its code
    std::string reason;
    std::optional<documents::DocumentId> document;
    std::string document_title;
    std::string granted_by;
    Instant recorded_at = {};
    // It no longer holds, since that moment.
    std::optional<Instant> withdrawn_at = {};
    std::string withdrawn_by = {}, withdrawn_reason = {};
};
using WaiverId = Id<Waiver>;
// Refused without reason or document, of a rule that is not in force on the day or not waivable,
// and of one that is waived already. The actor reaches the person.
Outcome<Done> waive(db::Write& tx, const web::Actor& actor, const Waiver& waiver,
                    const documents::Document& document, Date on, Instant at);
// The same at once of several, by a document that is recorded: of rules that the caller has just seen fail,
// that may be waived and are not.
void waive(db::Write& tx, const web::Actor& actor, std::span<const Waiver> granted, Instant at);
// It holds no longer; the row stays. Refused without a reason, and when it was withdrawn before.
Outcome<Done> withdraw(db::Write& tx, const web::Actor& actor, const Waiver& waiver,
                       const std::string& reason, Instant at);
// Of a person within the actor's reach; absent and out of reach look the same: web::NotFound.
Waiver require_waiver(db::Read& tx, const web::Actor& actor, WaiverId id);

// What a cohort is called, for a waiver of one cohort; throws web::NotFound when it is none of the
// programme, or out of the actor's reach. Filled likewise.
using NameCohort =
    std::function<std::string(db::Read&, const web::Actor&, programmes::ProgrammeId, std::int64_t cohort)>;
void know_cohorts_by(NameCohort name_cohort);

// Tells imports which waivers depend on what a workbook brought. Once, when the program starts.
void depend_on_imports();
// Waivers follow a person whose records are merged.
people::Follower waivers_follow();

}  // namespace tiendo::eligibility
