// Changes on their way by e-mail.
#include <spdlog/spdlog.h>

#include <algorithm>

#include "features/notices/notices.h"

namespace tiendo::notices {
namespace {

constexpr std::string_view job_kind = "notices.mail";

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

void keep(db::Database& database, std::int64_t event, std::int64_t recipient, Instant at) {
    database.write([&](db::Write& tx) {
        tx.run(R"sql(
            insert into notice_mails (event, recipient, sent_at) values (:event, :recipient, :at)
            on conflict (event, recipient) do nothing)sql",
               {{"event", event}, {"recipient", recipient}, {"at", at}});
    });
}

// A recipient whom the server does not take is passed over; a server that takes nobody is a fault.
void mail_change(const Sending& sending, jobs::Run& job) {
    const std::int64_t event = job.subject();
    std::optional<timetable::Change> change;
    std::vector<Recipient> recipients;
    sending.database.read([&](db::Read& tx) {
        change = timetable::find_change(tx, event);
        recipients = recipients_of(tx, event, day_of(sending.clock(), Offset{}));
    });
    if (change) {
        const Letter letter = letter_of(sending.texts, sending.language, *change);
        std::int64_t done = 0, refused = 0;
        for (const Recipient& recipient : recipients) {
            job.progress(++done);
            if (!mail::is_address(recipient.email)) continue;
            const std::string id =
                "<event-" + std::to_string(event) + "-" + std::to_string(recipient.id) + "@tiendo>";
            try {
                mail::send(sending.server, {recipient.email, letter.subject, letter.text, id},
                           sending.clock());
            } catch (const mail::Failure&) {
                if (++refused == done) throw;  // nobody has been taken yet
                continue;
            }
            keep(sending.database, event, recipient.id, sending.clock());
        }
        if (refused > 0)
            spdlog::warn("a change was mailed to {} people, {} were refused", done - refused, refused);
    }
    sending.database.write([&](db::Write& tx) { job.finish(tx); });
}

}  // namespace

Post open_post(db::Database& database, const i18n::Texts& texts, i18n::Language language, mail::Server server,
               jobs::Settings settings) {
    settings.threads = std::min(settings.threads, 1);
    const auto sending =
        std::make_shared<Sending>(Sending{database, texts, language, std::move(server), settings.clock});
    timetable::tell_changes_to([](db::Write& tx, const timetable::Changed& changed) {
        jobs::add(tx, job_kind, changed.event, changed.act.at);
    });
    std::vector<jobs::Work> works{{.kind = std::string(job_kind),
                                   .run = [sending](jobs::Run& job) { mail_change(*sending, job); },
                                   .failed = [](db::Write&, std::int64_t, const std::string&) {}}};
    return {std::make_shared<jobs::Pool>(database, std::move(works), std::move(settings))};
}

}  // namespace tiendo::notices
