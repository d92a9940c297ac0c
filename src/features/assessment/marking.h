// Marking: the sheets that wait, and what markers say on them. Part of assessment.h.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/outcome.h"
#include "features/assessment/grading.h"
#include "features/participation/participation.h"

namespace tiendo::assessment {

using participation::ParticipationId;
struct Assessment;

// Sheets that wait for marks in cohorts where the actor may mark, the latest opening first.
struct OpenSheet {
    cohorts::CohortId cohort;
    std::string cohort_code, programme;
    ComponentId component;
    std::string component_name;
    std::int64_t learners = 0, marked = 0;  // marked: have at least one mark
};
std::vector<OpenSheet> open_sheets(db::Read& tx, const web::Actor& actor);

enum class Marker { first, second, agreed };
std::string_view to_text(Marker marker);
// What a marker says of one attempt; no mark takes back what was there.
struct Said {
    ParticipationId participation;
    std::int64_t attempt = 1;
    Marker marker = Marker::first;
    std::optional<Mark> mark;
    std::string line = {};  // what the sheet calls him; empty: the participation
};
// All marks of one sheet in one act; those that say nothing new are passed over, and their number is not
// in the answer. Refuses a mark above the scale, a second marker where there is one, a re-sit that is not
// open; after the lock, or on the sheet of another marker, a change without a reason. web::Forbidden for a
// marker after the lock, or on a sheet that another has begun (markers.h).
Outcome<std::int64_t> record_marks(db::Write& tx, const web::Actor& actor, const Assessment& assessment,
                                   ComponentId component, std::span<const Said> said,
                                   const cohorts::Act& act);

struct AimMark {
    ParticipationId participation;
    std::string aim;
    std::optional<Mark> mark;  // of ten points
};
Outcome<std::int64_t> record_aims(db::Write& tx, const web::Actor& actor, const Assessment& assessment,
                                  std::span<const AimMark> said, const cohorts::Act& act);

// Gives every learner without one a code for this component, in an order that tells nothing.
Outcome<Done> hand_out_codes(db::Write& tx, const web::Actor& actor, const Assessment& assessment,
                             ComponentId component, const cohorts::Act& act);

}  // namespace tiendo::assessment
