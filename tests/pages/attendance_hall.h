// A hall in which a cohort is taught and marked, for tests of attendance.
#pragma once
#include "features/attendance/attendance.h"
#include "features/proof/proof.h"
#include "year.h"

namespace tiendo::tests::hall {

// Opened on 5 June 2017, with sessions of five periods from 8:00 to 12:00 on the days given, and that many
// learners, An 0, An 1, …; at least 80 % must be attended.
cohorts::Cohort taught_cohort(Year& year, const std::string& code, int learners,
                              std::initializer_list<const char*> days);
std::string address_of(const cohorts::Cohort& cohort);
Value book(Year& year, const cohorts::Cohort& cohort);
std::string session(Year& year, const cohorts::Cohort& cohort, std::size_t which);
Value learner(Year& year, const cohorts::Cohort& cohort, std::size_t whose);
std::int64_t attended(Year& year, const cohorts::Cohort& cohort, std::size_t whose);
// {"state-ID": state, …} for everybody, and what else is said.
std::string everybody(Year& year, const cohorts::Cohort& cohort, const std::string& state,
                      const std::string& more = "");
http::Response mark(Year& year, const cohorts::Cohort& cohort, std::size_t which, const std::string& sent);
proof::Proof verify(Year& year);
std::int64_t periods_posted(Year& year);
// One mark as a phone sends it.
std::string offline(const std::string& id, const std::string& whose, const std::string& state,
                    const std::string& based_on, const std::string& after = "");
Value sync(Year& year, const cohorts::Cohort& cohort, const std::string& marks);
std::string outcome(const Value& synced, std::size_t which = 0);
// Everybody is marked 9 of 10, which passes; the address of the assessment.
std::string assess(Year& year, const cohorts::Cohort& cohort);
// The code that the room sees.
std::string room_code(Year& year);
std::string last_digits(Year& year, const cohorts::Cohort& cohort, std::size_t whose);
// From a phone, by nobody who is signed in.
http::Response check_in(Year& year, const std::string& code, const std::string& digits, const char* birth,
                        const char* phone);
void know_days_of_birth(Year& year);

}  // namespace tiendo::tests::hall
