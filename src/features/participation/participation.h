// Participation: one person in one cohort, from the roster to the result.
//
// A learner counts from the day of starting (their own, else the cohort's opening) until
// the day of withdrawing. Unit and position are kept as they were when the person came.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "base/outcome.h"
#include "features/cohorts/cohorts.h"
#include "features/imports/imports.h"
#include "features/ledger/ledger.h"
#include "features/participation/conclusions.h"
#include "features/participation/enrolment.h"
#include "features/people/people.h"

namespace tiendo::participation {

inline constexpr web::Permission see_rosters{"rosters.see"};
inline constexpr web::Permission change_rosters{"rosters.change"};

// Where its events have led to.
struct Facts {
    std::optional<Date> started_on;    // none: with the cohort
    std::optional<Date> withdrawn_on;  // that day the learner no longer counts
    std::string result;                // completed, not_completed; empty: not yet known
    bool operator==(const Facts&) const = default;
};

struct Participation {
    Id<Participation> id;
    cohorts::CohortId cohort;
    people::Person person;
    organisations::UnitId unit;
    std::string unit_name;  // as it was called when the cohort opened
    std::string position;
    std::string note;
    Facts facts;
    std::string source_place;
};
using ParticipationId = Id<Participation>;

// Rows of a roster, in the order of a Vietnamese list (given name first), that the actor may
// see: a unit officer sees the people of their own units. `after` is the last row seen; none for
// the first page.
struct Page {
    std::optional<ParticipationId> after;
    int count = 100;
};
std::vector<Participation> roster(db::Read& tx, const web::Actor& actor, cohorts::CohortId cohort,
                                  const Page& page);
std::int64_t roster_size(db::Read& tx, const web::Actor& actor, cohorts::CohortId cohort);

Participation require(db::Read& tx, const web::Actor& actor, ParticipationId id);
// By national ID, for scripts.
Participation require(db::Read& tx, const web::Actor& actor, cohorts::CohortId cohort,
                      std::string_view national_id);

// To change it: web::Forbidden when he may see it and no more. Nobody else changes it meanwhile.
Participation require_for_change(db::Write& tx, const web::Actor& actor, ParticipationId id);

// One row of a participation's history.
struct Event {
    std::int64_t id;
    std::string kind;  // enrolled, started, withdrawn, readmitted, concluded
    std::optional<Date> effective_on;
    std::string result;
    Instant recorded_at;
    std::string recorded_by, reason, source_place;
    std::optional<documents::DocumentId> document;
    std::string document_title;
};
std::vector<Event> history(db::Read& tx, ParticipationId id);

// --- verbs ---------------------------------------------------------------------------------

Outcome<Done> withdraw(db::Write& tx, const web::Actor& actor, const Participation& participation,
                       Date withdrawn_on, const cohorts::Act& act);
// The withdrawal was a mistake, or the learner came back: counts as if it had not been.
Outcome<Done> readmit(db::Write& tx, const web::Actor& actor, const Participation& participation,
                      const cohorts::Act& act);
Outcome<Done> correct_start(db::Write& tx, const web::Actor& actor, const Participation& participation,
                            Date started_on, const cohorts::Act& act);
// What does not change a figure: the unit, the position and the note as the roster gives them.
struct Description {
    organisations::UnitId unit;
    std::string position, note;
};
void describe(db::Write& tx, const web::Actor& actor, const Participation& participation,
              const Description& description, const cohorts::Act& act);

// --- what a participation amounts to in the ledger: a pure function of both facts -------------

struct InCohort {
    ParticipationId id;
    organisations::UnitId unit;
    Facts facts;
};
void entries(const cohorts::Cohort& cohort, const InCohort& learner, const ledger::Emit& emit);
ledger::Bookkeeper bookkeeper();

// Tells imports which of these rows depend on what a workbook brought. Once, when the program starts.
void depend_on_imports();

// Learners go over when their cohort is merged into another; taken back, they return. For
// cohorts::follow_mergers.
cohorts::MergerFollower merger_follower();

// On the roster and not withdrawn; a cohort without anybody is left out.
std::map<cohorts::CohortId, std::int64_t> enrolled_in(db::Read& tx, std::span<const cohorts::CohortId> asked);

// Moves with a person when two records are merged; refuses two learners in one cohort.
people::Follower follower();

// Workbooks in: STT, Mã lớp, Họ và tên (or Họ và tên đệm + Tên), Ngày sinh, Giới tính, Số CCCD,
// Đơn vị công tác, Chức vụ, Ngày vào lớp, Ngày thôi học, Kết quả, Ghi chú. One cohort or many.
imports::Importer importer();

// For a person's page: where the person takes part. Empty to who may not see rosters.
std::string person_html(const web::Visit& visit, db::Read& tx, const people::Person& person);

void register_routes(web::Routes& routes);

}  // namespace tiendo::participation
