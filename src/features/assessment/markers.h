// Whose the two sheets of a component are that two people mark without knowing each other's marks; private to
// this feature.
//
// A sheet is whoever's first mark on it still stands: nobody is appointed, and a sheet begun by mistake is
// free again once its marks are taken back. One account begins one of the two; only who may change the
// assessment begins both, because small offices type in what others wrote on paper.
#pragma once
#include "features/assessment/assessment_store.h"

namespace tiendo::assessment {

struct Markers {
    std::optional<std::int64_t> first, second;  // accounts; none: the sheet is free
    bool complete = true;                       // no mark of one lacks that of the other
};
Markers markers_of(db::Read& tx, cohorts::CohortId cohort, ComponentId component, const Sheet& sheet);

enum class Access {
    open,
    with_reason,  // another's, for who may change the assessment
    closed,       // neither seen nor marked
};
struct Asking {
    std::int64_t account = 0;
    bool may_change = false;  // the assessment, not only mark it
};
Access access_to(const Component& component, const Markers& markers, Marker sheet, const Asking& asking);

// After the decision a marker changes nothing: web::Forbidden unless the actor may change the assessment.
Asking require_asking(db::Read& tx, const web::Actor& actor, const Assessment& assessment);

}  // namespace tiendo::assessment
