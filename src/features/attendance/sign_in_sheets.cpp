// Sheets to sign by hand: for one session, or with a column for each of the cohort's.
#include "features/attendance/attendance_pages.h"

namespace tiendo::attendance {
namespace {

http::Response sheet(const web::Visit& visit, const Book& book, bool of_one, const std::string& address) {
    std::int64_t ordinal = 0, place = 0;
    Value learners = Value::list();
    for (const Learner& learner : book.learners) {
        if (!book.sessions.empty() && !learner.was_there_on(book.sessions.back().held_on)) continue;
        learners.push(Value::object({{"ordinal", ++ordinal},
                                     {"full_name", learner.full_name},
                                     {"unit", learner.unit_name},
                                     {"boxes", list_of(book.sessions, [](const timetable::Session& session) {
                                          return Value::object({{"session", session.id}});
                                      })}}));
    }
    const bool has_learners = !learners.list_items()->empty();
    return visit.page("attendance/sign_in_sheet",
                      Value::object({{"title", visit.text("attendance.sign_in_title", {book.cohort.code})},
                                     {"cohort", cohort_value(book.cohort)},
                                     {"programme", book.cohort.programme.name},
                                     {"place", book.cohort.place},
                                     {"of_one", of_one},
                                     {"sessions", list_of(book.sessions,
                                                          [&](const timetable::Session& session) {
                                                              return to_value(session, ++place);
                                                          })},
                                     {"has_learners", has_learners},
                                     {"learners", std::move(learners)},
                                     {"export", nullptr},
                                     {"print_url", address + "?print=1"}}));
}

http::Response sheet_of_cohort(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        return sheet(visit, require_book(tx, visit.actor, cohort_of(visit)), false,
                     address_of(visit) + "/sign-in-sheet");
    });
}

http::Response sheet_of_session(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        return sheet(visit, require_book(tx, visit.actor, cohort_of(visit), session_of(visit)), true,
                     session_address(visit) + "/sign-in-sheet");
    });
}

}  // namespace

void register_sign_in_sheets(web::Routes& routes) {
    routes.get("/cohorts/:id/attendance/sign-in-sheet", see_attendance, sheet_of_cohort);
    routes.get("/cohorts/:id/attendance/:session/sign-in-sheet", see_attendance, sheet_of_session);
}

}  // namespace tiendo::attendance
