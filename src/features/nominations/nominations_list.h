// What readers see of calls and nominations, always bounded by who asks; private to this feature.
#pragma once
#include "base/value.h"
#include "features/nominations/nominations_store.h"

namespace tiendo::nominations {

// A call in the work list; the counts are of the units within reach.
struct ListedCall {
    CallId id;
    cohorts::CohortId cohort;
    std::string code, programme;
    std::optional<cohorts::PlannedDate> opens_on;
    Instant deadline;
    bool is_locked = false;
    std::int64_t places = 0, asked = 0, answered = 0, quota = 0, nominated = 0, admitted = 0;
    std::int64_t asked_again = 0;        // that wait for an answer of their unit
    std::int64_t newcomers_waiting = 0;  // for the office to say who they are
    bool is_over = false;                // with its cohort
};
// Open ones first, the nearest deadline on top; then the others, the latest on top.
std::vector<ListedCall> calls(db::Read& tx, const web::Actor& actor, Instant now);

struct UnitAnswer {
    organisations::UnitId unit;
    std::string name;
    std::int64_t quota = 0, nominated = 0, admitted = 0, wait_listed = 0;
    bool has_answered = false;
};
std::vector<UnitAnswer> unit_answers(db::Read& tx, const web::Actor& actor, CallId call);

struct Listed {
    Nomination nomination;
    people::Person person;
    std::string unit_name, asked_unit_name, substitute;
};
struct Wanted {
    std::optional<State> state;
    std::optional<NominationId> after;
    int count = 200;
};
// In the order of a Vietnamese list.
std::vector<Listed> listed(db::Read& tx, const web::Actor& actor, CallId call, const Wanted& wanted);
Listed require_listed(db::Read& tx, const web::Actor& actor, NominationId id);
// How many in each state, of those within reach.
std::map<State, std::int64_t> states(db::Read& tx, const web::Actor& actor, CallId call);

struct Event {
    std::int64_t id;
    std::string kind, finding, recorded_by, reason;
    Instant recorded_at;
    std::optional<documents::DocumentId> document = {};
    std::string document_title = {};
    std::string grounds = {};  // what was found, where the office decided by it
};
std::vector<Event> history(db::Read& tx, NominationId id);
std::vector<Event> history(db::Read& tx, CallId id);

}  // namespace tiendo::nominations
