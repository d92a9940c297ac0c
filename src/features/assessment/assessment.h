// Assessment (đánh giá kết quả): what a cohort is marked on, the marks, and the results that a
// decision locks.
//
// A cohort has a scheme of its own, begun from its programme's. Every mark is a row of mark_events;
// once the results are locked, each further change carries its reason. Locking concludes the learners:
// completed, or not.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/outcome.h"
#include "features/assessment/grading.h"
#include "features/assessment/marking.h"
#include "features/participation/participation.h"
#include "platform/files/files.h"

namespace tiendo::assessment {

inline constexpr web::Permission see_assessment{"assessment.see"};
// Marking sheets and nothing else: where marking is anonymous, a marker sees codes and no names.
inline constexpr web::Permission enter_marks{"assessment.mark"};
inline constexpr web::Permission change_assessment{"assessment.change"};

// The assessment of one cohort as it stands.
struct Assessment {
    cohorts::Cohort cohort;
    Scheme scheme;                  // empty: not yet set up
    std::optional<Date> locked_on;  // by the decision in force
};

// A learner who has not withdrawn, with the marks and what they come to.
struct Graded {
    ParticipationId participation;
    std::string full_name, unit_name;
    std::map<ComponentId, Attempts> marked;
    Result result;
    std::map<std::string, Mark> aims;  // by code of the aim
    // Passed by marks and kept from completing all the same; then `result.passed` is false.
    std::optional<Refusal> held_back;
    // What the decision says; empty before it.
    std::optional<Mark> decided_total;
    std::string decided_band;
    bool decided_pass = false;
};

// Fetched through the actor: web::NotFound unless he may see the assessment on the cohort's unit.
Assessment require_assessment(db::Read& tx, const web::Actor& actor, cohorts::CohortId cohort);
// The same for who may mark it, though perhaps not see what it comes to.
Assessment require_to_mark(db::Read& tx, const web::Actor& actor, cohorts::CohortId cohort);
// To mark it, or to change it: web::Forbidden when he may see it and no more. Nobody else changes it
// meanwhile.
Assessment require_for_marking(db::Write& tx, const web::Actor& actor, cohorts::CohortId cohort);
Assessment require_to_change(db::Write& tx, const web::Actor& actor, cohorts::CohortId cohort);

// Everybody on the roster who has not withdrawn, given name first.
std::vector<Graded> graded(db::Read& tx, const Assessment& assessment);
// The scheme of the programme's version in force on the day of the cohort's opening, else of its planned
// opening, else today; empty when there is none.
Scheme offered_scheme(db::Read& tx, const cohorts::Cohort& cohort, Date today);

// What results may be called in this cohort, the best first; empty: it has no scheme.
std::vector<std::string> bands_of(db::Read& tx, cohorts::CohortId cohort);

// The day of the decision in force; none: the results are not locked.
std::optional<Date> locked_on(db::Read& tx, cohorts::CohortId cohort);

// One row of the history of a cohort's assessment.
struct Event {
    std::string kind;  // set_up, changed, locked, corrected, unlocked, seated, unseated
    std::string who;   // of the board; empty elsewhere
    std::optional<Date> effective_on;
    std::string document_number;
    Instant recorded_at;
    std::string recorded_by, reason;
};
std::vector<Event> history_of(db::Read& tx, cohorts::CohortId cohort);

// The day of the decision in force, of cohorts whose results are recognised.
std::map<cohorts::CohortId, Date> recognised_on(db::Read& tx, std::span<const cohorts::CohortId> asked);

// --- verbs ---------------------------------------------------------------------------------

// Sets the assessment up, or changes its scheme. Refuses weights that do not add up to 100, two of one
// code, pass marks above the scale, bands that do not fall to 0; once there are marks, another scale or
// one component less; once locked, anything.
Outcome<Done> set_up(db::Write& tx, const web::Actor& actor, const Assessment& assessment, Scheme scheme,
                     const cohorts::Act& act);

// Who stands for the results: a name and what he does on the board (chủ tịch, thư ký, ủy viên).
Outcome<Done> seat(db::Write& tx, const web::Actor& actor, const Assessment& assessment,
                   const std::string& name, const std::string& duty, const cohorts::Act& act);
Outcome<Done> unseat(db::Write& tx, const web::Actor& actor, const Assessment& assessment, std::int64_t seat,
                     const cohorts::Act& act);

// The decision that recognises the results.
struct Decision {
    std::string number;
    Date dated_on;
};
// Locks the marks and concludes every learner. Refused while somebody has no total, and names who.
Outcome<Done> lock(db::Write& tx, const web::Actor& actor, const Assessment& assessment,
                   const Decision& decision, Date today, const cohorts::Act& act);
// Takes the decision back; the results of the learners go with it. A reason is required.
Outcome<Done> unlock(db::Write& tx, const web::Actor& actor, const Assessment& assessment,
                     const cohorts::Act& act);

// Tells imports which of these rows depend on what a workbook brought.
void depend_on_imports();
// Something besides the marks has changed what keeps learners from completing: results that are locked are
// concluded anew.
void reconsider(db::Write& tx, const web::Actor& actor, const cohorts::Cohort& cohort,
                const cohorts::Act& act);

// The store is where papers are kept.
void register_routes(web::Routes& routes, const files::Store& store);

}  // namespace tiendo::assessment
