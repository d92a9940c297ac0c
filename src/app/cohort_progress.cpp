#include "app/cohort_progress.h"

#include <algorithm>

#include "features/assessment/assessment.h"
#include "features/attendance/attendance.h"
#include "features/certificates/certificates.h"
#include "features/dossiers/dossiers.h"
#include "features/nominations/nominations.h"
#include "features/participation/participation.h"
#include "features/surveys/surveys.h"
#include "features/timetable/timetable.h"

namespace tiendo::app {

cohorts::ProgressById progress_of_cohorts(db::Read& tx, std::span<const cohorts::CohortId> asked) {
    cohorts::ProgressById progress;
    for (const nominations::Convening& one : nominations::convenings_of(tx, asked)) {
        cohorts::Progress& reached = progress[one.cohort];
        reached.called_on = day_of(one.issued_at, Offset{});
        if (one.locked_at) reached.locked_on = day_of(*one.locked_at, Offset{});
        reached.admitted = one.admitted;
    }
    for (const auto& [cohort, people] : participation::enrolled_in(tx, asked))
        progress[cohort].enrolled = people;
    for (const auto& [cohort, day] : assessment::recognised_on(tx, asked)) progress[cohort].assessed_on = day;
    return progress;
}

void tell_of_cohorts() {
    cohorts::learn_of_progress(progress_of_cohorts);
    cohorts::follow_mergers(participation::merger_follower());
    cohorts::follow_mergers(nominations::merger_follower());
    cohorts::ask_for_evidence(dossiers::missing);
    dossiers::see_item_by("opening_decision", [](db::Read&, const cohorts::Cohort& cohort) {
        return cohort.facts.decided_on.has_value();
    });
    dossiers::see_item_by("roster", [](db::Read& tx, const cohorts::Cohort& cohort) {
        return nominations::is_locked(tx, cohort.id) ||
               participation::enrolled_in(tx, {&cohort.id, 1}).contains(cohort.id);
    });
    dossiers::see_item_by("timetable", [](db::Read& tx, const cohorts::Cohort& cohort) {
        return !timetable::sessions_of(tx, cohort.id).empty();
    });
    dossiers::see_item_by("attendance", [](db::Read& tx, const cohorts::Cohort& cohort) {
        const auto learners = attendance::attended(tx, cohort);
        return std::any_of(learners.begin(), learners.end(),
                           [](const attendance::Attended& one) { return one.held_periods > 0; });
    });
    dossiers::see_item_by("survey", [](db::Read& tx, const cohorts::Cohort& cohort) {
        const auto survey = surveys::find_survey(tx, cohort.id, surveys::Audience::learners);
        return survey && surveys::turnout_of(tx, *survey).responses > 0;
    });
    dossiers::see_item_by("certificate_register", [](db::Read& tx, const cohorts::Cohort& cohort) {
        return certificates::issued_in(tx, cohort.id) > 0;
    });
    dossiers::see_item_by("results", [](db::Read& tx, const cohorts::Cohort& cohort) {
        return assessment::recognised_on(tx, {&cohort.id, 1}).contains(cohort.id);
    });
}

}  // namespace tiendo::app
