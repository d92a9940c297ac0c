// The queries of this feature; private to it.
#pragma once
#include <map>

#include "base/value.h"
#include "features/assessment/assessment.h"

namespace tiendo::assessment {

Scheme scheme_of(db::Read& tx, cohorts::CohortId cohort);
void write_scheme(db::Write& tx, cohorts::CohortId cohort, const Scheme& scheme);
bool has_marks(db::Read& tx, ComponentId component);

struct NewEvent {
    std::string_view kind;
    Value said;
    std::optional<Date> effective_on;
    std::optional<documents::DocumentId> document;
};
std::int64_t insert_event(db::Write& tx, const web::Actor& actor, cohorts::CohortId cohort,
                          const NewEvent& event, const cohorts::Act& act);

// One attempt of one learner at one component, as it stands.
struct Sheet {
    std::map<ParticipationId, Attempts> attempts;  // of everybody on the roster, perhaps none
};
Sheet sheet_of(db::Read& tx, cohorts::CohortId cohort, ComponentId component);
void write_marks(db::Write& tx, const web::Actor& actor, ComponentId component, const Sheet& before,
                 std::span<const Said> said, const cohorts::Act& act);

struct Aim {
    std::string code, name_vi, name_en;
};
std::vector<Aim> aims_on(db::Read& tx, Date day);
std::map<std::pair<ParticipationId, std::string>, Mark> aim_marks_of(db::Read& tx, cohorts::CohortId cohort);
void write_aim_marks(db::Write& tx, const web::Actor& actor, std::span<const AimMark> said,
                     const cohorts::Act& act);

std::map<ParticipationId, std::int64_t> codes_of(db::Read& tx, cohorts::CohortId cohort,
                                                 ComponentId component);
void write_codes(db::Write& tx, ComponentId component, const std::map<ParticipationId, std::int64_t>& codes);

struct Seat {
    std::int64_t id;
    std::string name, duty;
};
std::vector<Seat> board_of(db::Read& tx, cohorts::CohortId cohort);
void add_seat(db::Write& tx, cohorts::CohortId cohort, const Seat& seat, Instant at);
void remove_seat(db::Write& tx, cohorts::CohortId cohort, std::int64_t seat);

struct Paper {
    ParticipationId participation;
    documents::DocumentId document;
    std::string file_name, file_digest;
};
// The latest of each learner.
std::vector<Paper> papers_of(db::Read& tx, cohorts::CohortId cohort, ComponentId component);
void add_paper(db::Write& tx, const web::Actor& actor, ComponentId component, const Paper& paper, Instant at);

void write_results(db::Write& tx, const Assessment& assessment, std::span<const Graded> learners,
                   std::int64_t event);
void remove_results(db::Write& tx, cohorts::CohortId cohort);

// After a change of locked marks: what the decision says of whom, and the learners' results, anew.
void conclude_again(db::Write& tx, const web::Actor& actor, const Assessment& assessment,
                    const cohorts::Act& act);

}  // namespace tiendo::assessment
