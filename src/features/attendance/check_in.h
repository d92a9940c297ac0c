// Learners check themselves in: by a code that the room sees and that is soon another, by what they know
// of themselves, and by a phone that has checked nobody else in. Private to this feature.
#pragma once
#include "features/attendance/attendance_store.h"

namespace tiendo::attendance {

struct Window {
    std::int64_t id = 0;
    SessionId session;
    cohorts::CohortId cohort;
    std::string secret;
    Instant opened_at;
    std::int64_t opened_by = 0;  // on whose behalf marks are recorded
};
// The one that is open.
std::optional<Window> window_of(db::Read& tx, SessionId session);
// Refuses on any day but the session's.
Outcome<Done> open_window(db::Write& tx, const web::Actor& actor, const Book& book, Date today, Instant at);
void close_window(db::Write& tx, const web::Actor& actor, SessionId session, Instant at);

struct Knock {
    std::string code;
    std::string last_digits;  // four, of the national ID
    Date birth;
    std::string device;  // digest of the phone's cookie
};
struct CheckedIn {
    std::string full_name;
    State state = State::present;
    std::int64_t periods = 0;
    enum class Waits { no, marked_otherwise, not_direct };
    Waits waits = Waits::no;  // for a decision: something else stands, or a mark needs a reason by now
};
// Whatever is wrong with code, person or list is one refusal, so that nobody learns who is on it:
// check_in.unknown. A phone that has checked somebody else in: check_in.device_used.
Outcome<CheckedIn> check_in(db::Write& tx, const Knock& knock, Instant now, Offset offset);

}  // namespace tiendo::attendance
