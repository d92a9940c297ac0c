// Class dossiers (hồ sơ lớp): who stands for a cohort, its groups and costs, and the papers that must be
// there before it is closed and filed.
//
// Everything said of a dossier is a row of dossier_events. What the program sees by itself is not said
// again: an opening decision that is recorded ticks its item.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/outcome.h"
#include "features/cohorts/cohorts.h"
#include "features/dossiers/house_lists.h"
#include "features/participation/participation.h"
#include "platform/files/files.h"

namespace tiendo::dossiers {

inline constexpr web::Permission see_dossiers{"dossiers.see"};
inline constexpr web::Permission change_dossiers{"dossiers.change"};

using participation::ParticipationId;

// Fetched through the actor: web::NotFound unless he may see dossiers on the cohort's unit. To change it:
// web::Forbidden when he may see it and no more; nobody else changes it meanwhile.
cohorts::Cohort require_cohort(db::Read& tx, const web::Actor& actor, cohorts::CohortId id);
cohorts::Cohort require_to_change(db::Write& tx, const web::Actor& actor, cohorts::CohortId id);

// --- the checklist ---------------------------------------------------------------------------

struct Checked {
    Listed item;        // of the list of the house
    std::string state;  // seen, attached, waived; missing
    std::optional<documents::Document> paper;
    std::string reason, recorded_by;
    std::optional<Instant> recorded_at;
    bool is_missing() const { return state == "missing"; }
};
// The items in force on the day of opening, or today before it, in their order.
std::vector<Checked> checklist(db::Read& tx, const cohorts::Cohort& cohort, Date today);
// The names of what must be there by then and is not; for cohorts::ask_for_evidence.
std::vector<std::string> missing(db::Read& tx, const cohorts::Cohort& cohort, cohorts::Due due,
                                 const cohorts::Asking& asking);
// Whether an item is there, told by the feature that knows. Filled once, when the program starts.
using Sight = std::function<bool(db::Read&, const cohorts::Cohort&)>;
void see_item_by(std::string item, Sight sight);

// A paper is put into the dossier: it has a number or a file.
Outcome<Done> attach(db::Write& tx, const web::Actor& actor, const cohorts::Cohort& cohort,
                     const std::string& item, documents::Document paper, const cohorts::Act& act);
// It need not be there; a reason is required.
Outcome<Done> waive(db::Write& tx, const web::Actor& actor, const cohorts::Cohort& cohort,
                    const std::string& item, const cohorts::Act& act);
// What was attached or waived no longer holds; a reason is required.
Outcome<Done> reopen(db::Write& tx, const web::Actor& actor, const cohorts::Cohort& cohort,
                     const std::string& item, const cohorts::Act& act);

// --- who stands for the cohort ----------------------------------------------------------------

enum class Body { board, class_manager, committee };  // ban tổ chức lớp, chủ nhiệm lớp, ban cán sự lớp
std::string_view to_text(Body body);
std::optional<Body> parse_body(std::string_view text);
struct Seat {
    std::int64_t id = 0;
    Body body = Body::board;
    std::string name, duty;
    std::optional<ParticipationId> learner;  // of the committee
};
std::vector<Seat> seats_of(db::Read& tx, cohorts::CohortId cohort);
// Refuses a committee member who is no learner of the cohort, and a second class manager.
Outcome<Done> seat(db::Write& tx, const web::Actor& actor, const cohorts::Cohort& cohort, Seat seat,
                   const cohorts::Act& act);
Outcome<Done> unseat(db::Write& tx, const web::Actor& actor, const cohorts::Cohort& cohort, std::int64_t seat,
                     const cohorts::Act& act);

// --- groups -----------------------------------------------------------------------------------

// A learner who has not withdrawn, given name first, and the group he is in; 0: in none.
struct Grouped {
    ParticipationId learner;
    std::string full_name, unit_name;
    std::int64_t group = 0;
};
std::vector<Grouped> groups_of(db::Read& tx, cohorts::CohortId cohort);
struct Assignment {
    ParticipationId learner;
    std::int64_t group = 0;
};
// Those named go where it says; everybody else stays.
Outcome<Done> assign(db::Write& tx, const web::Actor& actor, const cohorts::Cohort& cohort,
                     std::span<const Assignment> assignments, const cohorts::Act& act);
// Everybody anew into so many groups of one size, give or take one, in the order of the list.
Outcome<Done> divide(db::Write& tx, const web::Actor& actor, const cohorts::Cohort& cohort,
                     std::int64_t groups, const cohorts::Act& act);

// --- costs: whole đồng --------------------------------------------------------------------------

enum class Stage { planned, spent };
std::string_view to_text(Stage stage);
struct CostLine {
    std::int64_t id = 0;
    Stage stage = Stage::planned;
    std::string kind;
    Name kind_name;
    std::int64_t amount_dong = 0;
    std::string note, paper_number;
};
std::vector<CostLine> costs_of(db::Read& tx, cohorts::CohortId cohort);
struct CostTotal {
    Name kind;
    std::int64_t planned = 0, spent = 0;
};
// By kind, in the order of the kinds; a pure sum of the lines.
std::vector<CostTotal> totals_of(std::span<const CostLine> lines);
Outcome<Done> add_cost(db::Write& tx, const web::Actor& actor, const cohorts::Cohort& cohort,
                       const CostLine& line, const documents::Document& paper, const cohorts::Act& act);
// A reason is required.
Outcome<Done> strike_cost(db::Write& tx, const web::Actor& actor, const cohorts::Cohort& cohort,
                          std::int64_t line, const cohorts::Act& act);

// The store is where papers are kept.
void register_routes(web::Routes& routes, const files::Store& store);

}  // namespace tiendo::dossiers
