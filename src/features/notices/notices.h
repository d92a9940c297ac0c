// Notices (báo thay đổi): the changes of the timetable told to the people whom they concern: on a page of
// everybody who signs in and, when a mail server is configured, by e-mail to lecturers and learners who have
// an address. People without an account read them at their secret address (features/calendars).
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "features/timetable/timetable.h"
#include "platform/jobs/jobs.h"
#include "platform/mail/mail.h"

namespace tiendo::notices {

// Changes of the last two months that concern the account, the latest first; those after `read_until` are
// new.
struct Notices {
    std::vector<timetable::Change> changes;
    Instant read_until;
    bool is_new(const timetable::Change& change) const { return read_until < change.recorded_at; }
};
Notices notices_of(db::Read& tx, const web::Actor& actor, Instant now);
void read(db::Write& tx, const web::Actor& actor, Instant until, Instant at);

// --- by e-mail --------------------------------------------------------------------------------

// Whom a change is mailed to: its lecturers, those from whom the session was taken, and the learners of the
// cohort who have an address in the register, have not been told yet and were not refused for good.
struct Recipient {
    std::int64_t id = 0;  // the lecturer or the person
    std::string email;
};
std::vector<Recipient> recipients_of(db::Read& tx, std::int64_t event, Date today);

// Mails each change once it is committed, by a thread of its own; lives as long as somebody holds it. What is
// sent is in that language. While the server takes nothing it is tried again with growing pauses, for a day.
struct Post {
    std::shared_ptr<jobs::Pool> jobs;
};
Post open_post(db::Database& database, const i18n::Texts& texts, i18n::Language language, mail::Server server,
               jobs::Settings settings = {});

// What the office ought to know of mail that did not get through, of the last two months, the latest first.
struct MailTrouble {
    jobs::PutOff waiting;  // changes that wait for the server
    struct Unmailed {
        cohorts::CohortId cohort;
        std::string cohort_code;
        bool is_given_up = false;  // else the server refused these people
        std::int64_t people = 0;
        std::string incident;  // of what was given up
        Instant at;
    };
    std::vector<Unmailed> unmailed;
};
// None for who does not change the timetable of the house, and when nothing is the matter.
std::optional<MailTrouble> mail_trouble(db::Read& tx, const web::Actor& actor, Instant now);

void register_routes(web::Routes& routes);

}  // namespace tiendo::notices
