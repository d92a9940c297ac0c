// The way of a cohort: proposed, decided, convening, roster locked, running, assessed, closed, filed;
// beside it postponed, merged into another, cancelled. Include features/cohorts/cohorts.h.
//
// No state is stored: it is where the events have led to, and what the features above have done.
#pragma once
#include <functional>
#include <map>
#include <span>
#include <vector>

#include "base/outcome.h"
#include "features/cohorts/cohort.h"
#include "platform/i18n/i18n.h"

namespace tiendo::cohorts {

enum class State {
    proposed,
    decided,    // the opening decision is recorded
    convening,  // a call is out
    roster_locked,
    running,
    assessed,  // the results are recognised
    closed,
    filed,  // so is its dossier
    postponed,
    merged,
    cancelled,
};
std::string_view to_text(State state);
std::optional<State> parse_state(std::string_view text);

// What the features above know of its way.
struct Progress {
    std::optional<Date> called_on, locked_on, assessed_on;
    std::int64_t admitted = 0;  // nominated, and given a place
    std::int64_t enrolled = 0;  // on the roster and not withdrawn
};
using ProgressById = std::map<CohortId, Progress>;
// Filled once, when the program starts; a cohort of which there is nothing to tell may be left out.
void learn_of_progress(std::function<ProgressById(db::Read&, std::span<const CohortId>)> tell);
ProgressById progress_of(db::Read& tx, std::span<const CohortId> cohorts);
Progress progress_of(db::Read& tx, CohortId cohort);

State state_on(const Cohort& cohort, const Progress& progress, Date day);
// Without what the features above know.
std::string_view state_on(const Cohort& cohort, Date day);

// The steps from proposed to filed with the day each was reached, and the exit it took, if it did.
struct Step {
    State state;
    std::optional<Date> reached_on;
    bool reached = false, current = false;
};
std::vector<Step> way_of(const Cohort& cohort, const Progress& progress, Date day);

// Whether there are enough people to open, by the programme's version in force on its day.
struct Size {
    std::optional<std::int64_t> minimum, target, maximum;
    std::int64_t people = 0;           // on the roster; before there is one, admitted
    std::string_view verdict() const;  // too_few, enough, too_many; no_rule
};
Size size_of(db::Read& tx, const Cohort& cohort, const Progress& progress, Date today);

// --- the opening decision -------------------------------------------------------------------

struct OpeningDecision {
    documents::Document paper;  // number and date; the file when there is one
    std::string signatory, signatory_title;
};
// The one in force, as it was recorded.
struct Decided {
    std::int64_t event = 0;
    OpeningDecision decision;
    Instant recorded_at;
    std::string recorded_by;
};
std::optional<Decided> opening_decision(db::Read& tx, CohortId cohort);
// Refuses one without number or signatory, dated ahead, of a cancelled cohort. A second one corrects the
// first and needs a reason.
Outcome<Done> decide(db::Write& tx, const web::Actor& actor, const Cohort& cohort,
                     const OpeningDecision& decision, Date today, const Act& act);

// --- go, or not ------------------------------------------------------------------------------

// It goes ahead with the people it has: a reason is required when they are too few or too many.
Outcome<Done> go_ahead(db::Write& tx, const web::Actor& actor, const Cohort& cohort, const Size& size,
                       Date today, const Act& act);
// Until a later day or month; a reason is required. Refused once it has opened.
Outcome<Done> postpone(db::Write& tx, const web::Actor& actor, const Cohort& cohort, PlannedDate until,
                       Date today, const Act& act);

// Its learners go over into another cohort of the programme on that day, and from then on it counts no
// more. A reason is required. Reinstating it takes the learners back.
Outcome<Done> merge(db::Write& tx, const web::Actor& actor, const Cohort& cohort, const Cohort& into,
                    Date merged_on, Date today, const Act& act);
// Cohorts of the same programme and unit into which it may be merged, the latest opening first.
std::vector<Cohort> cohorts_to_merge_into(db::Read& tx, const web::Actor& actor, const Cohort& cohort);

struct Merger {
    Cohort from, into;  // as they were before
    Date merged_on;
    std::int64_t event = 0;
    Instant at;  // when it was recorded
};
// What the features above do when a cohort is merged into another, and when that is taken back.
struct MergerFollower {
    std::function<void(db::Write&, const web::Actor&, const Merger&, const Act&)> follow, undo;
};
void follow_mergers(MergerFollower follower);

// --- what the dossier must hold by then --------------------------------------------------------

enum class Due { opening, closing, filing };
// Who asks: the names of what is missing are in his language.
struct Asking {
    Date today;
    i18n::Language language = i18n::Language::vi;
};
// What of its dossier is missing by then, told by the feature that keeps it. Filled once, when the
// program starts.
using Evidence = std::function<std::vector<std::string>(db::Read&, const Cohort&, Due, const Asking&)>;
void ask_for_evidence(Evidence missing);
std::vector<std::string> missing_evidence(db::Read& tx, const Cohort& cohort, Due due, const Asking& asking);

// As open() and close(), for who does it with the dossier in hand: what is missing needs a reason.
Outcome<Done> open_with_evidence(db::Write& tx, const web::Actor& actor, const Cohort& cohort, Date opened_on,
                                 const Asking& asking, const Act& act);
Outcome<Done> close_with_evidence(db::Write& tx, const web::Actor& actor, const Cohort& cohort,
                                  Date closed_on, const Asking& asking, const Act& act);
// The dossier goes to the archive, after the closing; what is missing of it needs a reason.
Outcome<Done> file(db::Write& tx, const web::Actor& actor, const Cohort& cohort, Date filed_on,
                   const Asking& asking, const Act& act);

}  // namespace tiendo::cohorts
