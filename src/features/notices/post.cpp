// Changes on their way by e-mail.
#include "features/notices/post.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "features/notices/notices.h"

namespace tiendo::notices {
namespace {

std::string when_text(i18n::Language language, Date day, std::int64_t minute) {
    return i18n::date(language, day) + " " + teaching::time_text(minute);
}

struct Letter {
    std::string subject, text;
};
Letter letter_of(const i18n::Texts& texts, i18n::Language language, const timetable::Change& change) {
    const auto said = [&](std::string_view key, std::initializer_list<std::string> arguments) {
        return texts.text(language, key, arguments);
    };
    Letter letter;
    letter.subject =
        said("notices.mail_subject", {change.cohort_code, said("timetable.event." + change.kind, {})});
    if (change.laid_out) {
        const timetable::LaidOut& laid = *change.laid_out;
        letter.text = said("notices.mail_laid_out",
                           {change.cohort_code, std::to_string(laid.sessions),
                            i18n::date(language, laid.first_on), i18n::date(language, laid.last_on)}) +
                      "\n\n" + said("notices.mail_foot", {}) + "\n";
        return letter;
    }
    letter.text = said("notices.mail_session", {change.cohort_code, change.topic,
                                                when_text(language, change.held_on, change.starts_minute)}) +
                  "\n";
    if (change.was_on)
        letter.text +=
            said("notices.mail_was", {when_text(language, *change.was_on, change.was_minute)}) + "\n";
    for (const auto& [key, value] :
         {std::pair("notices.mail_room", change.room), std::pair("notices.mail_lecturers", change.lecturers),
          std::pair("notices.mail_reason", change.reason)})
        if (!value.empty()) letter.text += said(key, {value}) + "\n";
    letter.text += "\n" + said("notices.mail_foot", {}) + "\n";
    return letter;
}

// What the thread that sends works with.
struct Sending {
    db::Database& database;
    const i18n::Texts& texts;
    i18n::Language language;
    mail::Server server;
    Clock clock;
};

// What has been sent is recorded however long the database is locked: nobody is told twice.
void keep(const Sending& sending, jobs::Run& job, std::int64_t recipient) {
    for (;; job.progress(0)) try {
            sending.database.write([&](db::Write& tx) {
                tx.run(R"sql(
                    insert into notice_mails (event, recipient, sent_at) values (:event, :recipient, :at)
                    on conflict (event, recipient) do nothing)sql",
                       {{"event", job.subject()}, {"recipient", recipient}, {"at", sending.clock()}});
            });
            return;
        } catch (const db::Busy&) {
        }
}

void keep_refusal(const Sending& sending, std::int64_t event, std::int64_t recipient) {
    sending.database.write([&](db::Write& tx) {
        tx.run(R"sql(
            insert into notice_refusals (event, recipient, refused_at) values (:event, :recipient, :at)
            on conflict (event, recipient) do nothing)sql",
               {{"event", event}, {"recipient", recipient}, {"at", sending.clock()}});
    });
}

std::vector<Recipient> left_to_tell(const Sending& sending, db::Read& tx, std::int64_t event) {
    auto recipients = recipients_of(tx, event, day_of(sending.clock(), Offset{}));
    std::erase_if(recipients, [](const Recipient& one) { return !mail::is_address(one.email); });
    return recipients;
}

// What became of it; why some have to be tried again. When the server takes nothing at all, nobody else is
// tried.
struct Sent {
    std::int64_t taken = 0, refused = 0;
    std::string put_off_because;
};
Sent send_to_all(const Sending& sending, jobs::Run& job, const timetable::Change& change,
                 const std::vector<Recipient>& recipients) {
    const std::int64_t event = job.subject();
    const Letter letter = letter_of(sending.texts, sending.language, change);
    Sent sent;
    std::int64_t done = 0;
    for (const Recipient& recipient : recipients) {
        job.progress(++done);
        const std::string id =
            "<event-" + std::to_string(event) + "-" + std::to_string(recipient.id) + "@tiendo>";
        try {
            mail::send(sending.server, {recipient.email, letter.subject, letter.text, id}, sending.clock());
        } catch (const mail::Failure& failure) {
            if (failure.kind == mail::Failure::Kind::refused) {
                keep_refusal(sending, event, recipient.id);
                ++sent.refused;
                continue;
            }
            sent.put_off_because = failure.what();
            if (failure.kind == mail::Failure::Kind::unavailable) break;
            continue;
        }
        keep(sending, job, recipient.id);
        ++sent.taken;
    }
    return sent;
}

void mail_change(const Sending& sending, jobs::Run& job) {
    std::optional<timetable::Change> change;
    std::vector<Recipient> recipients;
    sending.database.read([&](db::Read& tx) {
        change = timetable::find_change(tx, job.subject());
        recipients = left_to_tell(sending, tx, job.subject());
    });
    if (change) {
        const Sent sent = send_to_all(sending, job, *change, recipients);
        if (sent.refused > 0)
            spdlog::warn("a change was mailed to {} people, {} were refused", sent.taken, sent.refused);
        if (!sent.put_off_because.empty()) {
            const auto pause = mail_pause(job.times_put_off());
            if (!pause) throw std::runtime_error("tried for a day: " + sent.put_off_because);
            spdlog::warn("{} of {} people are mailed a change later: {}",
                         std::ssize(recipients) - sent.taken - sent.refused, recipients.size(),
                         sent.put_off_because);
            throw jobs::Later(*pause, sent.put_off_because);
        }
    }
    sending.database.write([&](db::Write& tx) { job.finish(tx); });
}

void give_up(const Sending& sending, db::Write& tx, std::int64_t event, const std::string& incident) {
    const std::int64_t unreached = std::ssize(left_to_tell(sending, tx, event));
    if (unreached == 0) return;
    tx.run(R"sql(
        insert into notice_mails_given_up (event, unreached, incident, given_up_at)
        values (:event, :unreached, :incident, :at)
        on conflict (event) do nothing)sql",
           {{"event", event}, {"unreached", unreached}, {"incident", incident}, {"at", sending.clock()}});
}

// Once for all posts: whoever sends finds the job.
void have_changes_mailed() {
    static const bool told = [] {
        timetable::tell_changes_to([](db::Write& tx, const timetable::Changed& changed) {
            jobs::add(tx, mail_job, changed.event, changed.act.at);
        });
        return true;
    }();
    (void)told;
}

}  // namespace

std::optional<std::chrono::milliseconds> mail_pause(int times_put_off) {
    using namespace std::chrono_literals;
    constexpr std::array<std::chrono::milliseconds, 3> at_first{1min, 5min, 30min};
    constexpr int hourly = 23;
    if (times_put_off < std::ssize(at_first)) return at_first[static_cast<std::size_t>(times_put_off)];
    if (times_put_off < std::ssize(at_first) + hourly) return 1h;
    return std::nullopt;
}

Post open_post(db::Database& database, const i18n::Texts& texts, i18n::Language language, mail::Server server,
               jobs::Settings settings) {
    settings.threads = std::min(settings.threads, 1);
    const auto sending =
        std::make_shared<Sending>(Sending{database, texts, language, std::move(server), settings.clock});
    have_changes_mailed();
    std::vector<jobs::Work> works{
        {.kind = std::string(mail_job),
         .run = [sending](jobs::Run& job) { mail_change(*sending, job); },
         .failed = [sending](db::Write& tx, std::int64_t event,
                             const std::string& incident) { give_up(*sending, tx, event, incident); }}};
    return {std::make_shared<jobs::Pool>(database, std::move(works), std::move(settings))};
}

}  // namespace tiendo::notices
