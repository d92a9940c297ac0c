// Marks that come in late and disagree with what stood by then: they wait for somebody's decision and
// are never dropped. Private to this feature.
#pragma once
#include "features/attendance/attendance_store.h"

namespace tiendo::attendance {

// --- from a phone that was offline ---------------------------------------------------------------

struct OfflineMark {
    Said said;                  // with its client_id and marked_at
    std::int64_t based_on = 0;  // the event that stood when the phone saw the list; 0: none did
    std::string after;          // the phone's own mark that this one follows, perhaps on its way still
};
struct Synced {
    std::string client_id;
    std::string_view outcome;  // recorded, known (was here already), contradicts, refused
    std::int64_t event = 0;    // that stands now; 0 when it contradicts or is refused
    std::optional<Refusal> refusal;
};
// Each mark by itself: what can be recorded is, and sent again it is known and not doubled. One
// contradicts when something else stands than what the phone had seen, or when a reason is needed.
std::vector<Synced> sync(db::Write& tx, const web::Actor& actor, const Book& book,
                         std::span<const OfflineMark> marks, Date today, const cohorts::Act& act);

// --- what waits -----------------------------------------------------------------------------------

struct Contradiction {
    std::int64_t id = 0;
    SessionId session;
    Date held_on;
    ParticipationId participation;
    std::string full_name;
    State state = State::present;
    std::int64_t periods = 0;
    Way way = Way::offline;
    Instant marked_at;
    std::string said_by;
    std::optional<State> stands;  // now
    std::int64_t stands_periods = 0;
    std::string stands_by;
};
std::vector<Contradiction> open_contradictions(db::Read& tx, cohorts::CohortId cohort);

void contradict(db::Write& tx, const web::Actor& actor, const Book& book, const Said& said,
                std::int64_t stood, Way way, Instant at);

enum class Kept { said, stood };
// With a reason. web::NotFound when it is decided already, or of another cohort.
Outcome<Done> decide(db::Write& tx, const web::Actor& actor, const Book& book, std::int64_t contradiction,
                     Kept kept, Date today, const cohorts::Act& act);

}  // namespace tiendo::attendance
