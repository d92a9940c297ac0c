// What pages and JSON say of attendance; private to this feature.
#pragma once
#include "features/attendance/contradictions.h"
#include "platform/pages/forms.h"
#include "platform/web/web.h"

namespace tiendo::attendance {

std::string clock_text(std::int64_t minute);                  // 07:30
std::string_view half_day_of(const timetable::Session& one);  // morning, afternoon, evening
Value to_value(const timetable::Session& session, std::int64_t ordinal);
Value to_value(const Contradiction& contradiction);
Value cohort_value(const cohorts::Cohort& cohort);

// The whole book: {"cohort", "programme", "minimum", "leave", "needs_reason", "sessions", "learners",
// "counts", "contradictions"}
Value book_value(db::Read& tx, const Book& book);
// One session's list: {"cohort", "session", "needs_reason", "learners"}; each learner with the mark that
// stands, or null.
Value session_value(db::Read& tx, const Book& whole, SessionId session);
Value synced_value(const web::Visit& visit, std::span<const Synced> synced);

}  // namespace tiendo::attendance
