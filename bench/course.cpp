#include "course.h"

#include <algorithm>
#include <cstdio>

#include "base/text.h"

namespace tiendo::bench {
namespace {

constexpr int days_of_a_course = 5;

std::optional<Date> closes_on(const Course& course) {
    return course.closes ? std::optional(*course.opens_on + (days_of_a_course - 1)) : std::nullopt;
}
bool completes(const Course& course, const Learner& learner) {
    return course.closes && learner.withdrawal == 0;
}

// --- rows --------------------------------------------------------------------------------

void insert_cohorts(db::Write& tx, const Behind& behind, Date day, const std::vector<Course>& courses) {
    const Instant proposed = moment(day + (-14), 8);
    auto cohorts = tx.bulk("cohorts", {"id",
                                       "code",
                                       "search",
                                       "programme",
                                       "organiser_unit",
                                       "kind",
                                       "role",
                                       "partner",
                                       "place",
                                       "basis",
                                       "note",
                                       "planned_opens_on",
                                       "planned_precision",
                                       "expected_learners",
                                       "opened_on",
                                       "closed_on",
                                       "plan_line",
                                       "recorded_at",
                                       "recorded_by",
                                       "document",
                                       "source_place"});
    const auto planned_day = [](const cohorts::Cohort& cohort) {
        return cohort.planned_opens_on ? std::optional(cohort.planned_opens_on->date) : std::nullopt;
    };
    const auto precision = [](const cohorts::Cohort& cohort) {
        return cohort.planned_opens_on ? "month" : "day";
    };
    for (const Course& course : courses) {
        const cohorts::Cohort& cohort = course.cohort;
        const std::string search = fold(cohort.code + " " + cohort.partner);
        cohorts.add({cohort.id,
                     cohort.code,
                     search,
                     cohort.programme.id,
                     cohort.organiser_unit,
                     to_text(cohort.kind),
                     to_text(cohort.role),
                     cohort.partner,
                     "Hà Nội",
                     "",
                     "",
                     planned_day(cohort),
                     precision(cohort),
                     cohort.expected_learners,
                     course.opens_on,
                     closes_on(course),
                     cohort.facts.plan_line,
                     proposed,
                     behind.account,
                     behind.workbook,
                     "Các lớp!5"});
    }
    cohorts.flush();
    auto descriptions = tx.bulk("cohort_descriptions",
                                {"id", "cohort", "kind", "role", "partner", "planned_opens_on",
                                 "planned_precision", "expected_learners", "recorded_at", "recorded_by"});
    for (const Course& course : courses) {
        const cohorts::Cohort& cohort = course.cohort;
        descriptions.add({next_id(), cohort.id, to_text(cohort.kind), to_text(cohort.role), cohort.partner,
                          planned_day(cohort), precision(cohort), cohort.expected_learners, proposed,
                          behind.account});
    }
    descriptions.flush();
    auto events =
        tx.bulk("cohort_events", {"id", "cohort", "kind", "effective_on", "plan_line", "recorded_at",
                                  "recorded_by", "reason", "document", "source_place"});
    const std::optional<Date> no_day;
    const std::optional<plan::LineId> no_line;
    for (const Course& course : courses) {
        const auto add = [&](std::int64_t id, const char* kind, std::optional<Date> on,
                             std::optional<plan::LineId> line, Instant at) {
            if (id != 0)
                events.add({id, course.cohort.id, kind, on, line, at, behind.account, "", behind.workbook,
                            "Các lớp!5"});
        };
        add(course.counting, "counted", no_day, course.cohort.facts.plan_line, proposed);
        add(course.opening, "opened", course.opens_on, no_line, moment(day, 8));
        add(course.closing, "closed", closes_on(course), no_line, moment(day + days_of_a_course, 17));
    }
    events.flush();
}

void insert_rosters(db::Write& tx, const Behind& behind, Date day, const std::vector<Course>& courses) {
    const Instant enrolled = moment(day, 9), left = moment(day + 1, 10),
                  concluded = moment(day + days_of_a_course, 17);
    auto rows =
        tx.bulk("participations", {"id", "cohort", "person", "unit", "position", "note", "withdrawn_on",
                                   "result", "recorded_at", "recorded_by", "document", "source_place"});
    const std::optional<Date> no_day;
    for (const Course& course : courses)
        for (std::size_t i = 0; i < course.roster.size(); ++i) {
            const Learner& learner = course.roster[i];
            const std::string place = numbered("Danh sách!%lld", static_cast<std::int64_t>(i) + 5);
            rows.add({learner.now.id, course.cohort.id, learner.person, learner.now.unit, "Chuyên viên", "",
                      learner.withdrawal != 0 ? std::optional(day + 1) : no_day,
                      completes(course, learner) ? "completed" : "", enrolled, behind.account,
                      behind.workbook, place});
        }
    rows.flush();
    auto events =
        tx.bulk("participation_events", {"id", "participation", "cohort", "kind", "effective_on", "result",
                                         "recorded_at", "recorded_by", "reason", "document", "source_place"});
    for (const Course& course : courses)
        for (const Learner& learner : course.roster) {
            if (learner.withdrawal != 0)
                events.add({learner.withdrawal, learner.now.id, course.cohort.id, "withdrawn", day + 1, "",
                            left, behind.account, "Chuyển công tác", behind.workbook, ""});
            if (completes(course, learner))
                events.add({next_id(), learner.now.id, course.cohort.id, "concluded", no_day, "completed",
                            concluded, behind.account, "", behind.workbook, ""});
        }
    events.flush();
}

// --- postings ----------------------------------------------------------------------------

using Entries = std::vector<ledger::Entry>;

Entries entries_of(const Course& course) {
    Entries entries;
    const ledger::Emit take = [&](const ledger::Entry& entry, std::int64_t) { entries.push_back(entry); };
    cohorts::entries(course.cohort, take);
    for (const Learner& learner : course.roster) participation::entries(course.cohort, learner.now, take);
    return entries;
}

// Posts what an event adds: what is amounted to after it and was not before.
void post_growth(ledger::Journal& journal, Entries before, Entries after, std::int64_t source) {
    std::sort(before.begin(), before.end());
    std::sort(after.begin(), after.end());
    Entries grown;
    std::set_difference(after.begin(), after.end(), before.begin(), before.end(), std::back_inserter(grown));
    for (const ledger::Entry& entry : grown) journal.post(entry, source);
}

void post(db::Write& tx, Date day, std::vector<Course>& courses) {
    ledger::Journal openings(tx, moment(day, 8));
    for (Course& course : courses) {
        course.cohort.facts.opened_on = course.opens_on;
        cohorts::entries(course.cohort, [&](const ledger::Entry& entry, std::int64_t) {
            openings.post(entry, course.opening);
        });
    }
    openings.close();

    ledger::Journal enrolments(tx, moment(day, 9));
    for (const Course& course : courses)
        for (const Learner& learner : course.roster)
            participation::entries(
                course.cohort, learner.now,
                [&](const ledger::Entry& entry, std::int64_t source) { enrolments.post(entry, source); });
    enrolments.close();

    ledger::Journal withdrawals(tx, moment(day + 1, 10));
    for (Course& course : courses)
        for (Learner& learner : course.roster)
            if (learner.withdrawal != 0) {
                const auto amounts = [&] {
                    Entries entries;
                    participation::entries(
                        course.cohort, learner.now,
                        [&](const ledger::Entry& entry, std::int64_t) { entries.push_back(entry); });
                    return entries;
                };
                const Entries before = amounts();
                learner.now.facts.withdrawn_on = day + 1;
                post_growth(withdrawals, before, amounts(), learner.withdrawal);
            }
    withdrawals.close();

    ledger::Journal closings(tx, moment(day + days_of_a_course, 17));
    for (Course& course : courses) {
        if (!course.closes) continue;
        const Entries before = entries_of(course);
        course.cohort.facts.closed_on = closes_on(course);
        for (Learner& learner : course.roster)
            if (completes(course, learner)) learner.now.facts.result = "completed";
        post_growth(closings, before, entries_of(course), course.closing);
    }
    closings.close();
}

}  // namespace

void record_courses(db::Write& tx, const Behind& behind, Date day, std::vector<Course> courses) {
    insert_cohorts(tx, behind, day, courses);
    insert_rosters(tx, behind, day, courses);
    post(tx, day, courses);
}

Instant moment(Date day, int hour) {
    constexpr std::int64_t hour_ms = 3'600'000;
    return Instant{day.days * 24 * hour_ms + (hour - 7) * hour_ms};
}

std::string numbered(const char* form, std::int64_t number) {
    char text[64];
    std::snprintf(text, sizeof text, form, static_cast<long long>(number));
    return text;
}

}  // namespace tiendo::bench
