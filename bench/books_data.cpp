#include "books_data.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string>
#include <vector>

#include "base/text.h"
#include "features/accounts/accounts.h"
#include "features/cohorts/cohorts.h"
#include "features/documents/documents.h"
#include "features/ledger/ledger.h"
#include "features/organisations/organisations.h"
#include "features/participation/participation.h"
#include "features/people/people.h"
#include "features/plan/plan.h"

namespace tiendo::bench {
namespace {

constexpr int units = 40;
constexpr int teaching_days = 250;
constexpr int days_of_a_line_held_equal = 10;
constexpr int days_of_a_course = 5;
constexpr std::int64_t together = 500;  // cohorts in one transaction

Instant moment(Date day, int hour) {
    constexpr std::int64_t hour_ms = 3'600'000;
    return Instant{day.days * 24 * hour_ms + (hour - 7) * hour_ms};
}

// The n-th day of the year on which there is teaching: Monday to Friday from the second week on.
Date teaching_day(int n) { return *Date::of(year_of_books, 1, 9) + n / 5 * 7 + n % 5; }

std::string numbered(const char* form, std::int64_t number) {
    char text[64];
    std::snprintf(text, sizeof text, form, static_cast<long long>(number));
    return text;
}

// Names of people in the order of their search keys.
struct Name {
    std::string search, full_name, sort_key;
};

std::vector<Name> names_in_order() {
    constexpr std::array family{"Nguyễn", "Trần", "Lê",  "Phạm", "Hoàng", "Phan",
                                "Vũ",     "Đặng", "Bùi", "Đỗ",   "Ngô",   "Dương"};
    constexpr std::array middle{"Thị", "Văn", "Ngọc", "Minh", "Thanh", "Hữu"};
    constexpr std::array given{"An",   "Bình",  "Cường", "Đạt",  "Giang", "Hà",  "Hạnh",
                               "Hải",  "Hương", "Khánh", "Lan",  "Long",  "Mai", "Nam",
                               "Oanh", "Quân",  "Thảo",  "Thủy", "Tuấn",  "Yến"};
    std::vector<Name> names;
    for (const char* first : family)
        for (const char* second : middle)
            for (const char* last : given) {
                const std::string full = std::string(first) + " " + second + " " + last;
                names.push_back({fold(full), full, name_sort_key(full)});
            }
    std::sort(names.begin(), names.end(), [](const Name& a, const Name& b) { return a.search < b.search; });
    return names;
}

struct Person {
    people::PersonId id;
    organisations::UnitId unit;
};

struct Learner {
    participation::InCohort now;  // facts grow while the year goes on
    people::PersonId person;
    std::int64_t withdrawal = 0;  // id of that event; 0: stayed
};

// A cohort with its roster, as they stand in the end.
struct Course {
    cohorts::Cohort cohort;
    std::optional<Date> opens_on;  // none: still to come
    bool closes = false;
    int learners = learners_in_a_cohort;
    std::vector<Learner> roster;
    std::int64_t counting = 0, opening = 0, closing = 0;  // ids of those events
};

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

class Filler {
 public:
    Filler(db::Database& database, const Shape& shape) : database_(database), shape_(shape) {}

    void fill() {
        found_the_centre();
        enter_people();
        const std::int64_t cohorts = shape_.participations / learners_in_a_cohort;
        const int days = shape_.days == Days::whole_year ? teaching_days : days_of_a_line_held_equal;
        std::vector<std::vector<std::int64_t>> by_day(
            teaching_days);  // of each day, the lines of its cohorts
        // 1237 is prime to both numbers of pairs: every pair comes once before any comes again.
        for (std::int64_t i = 0; i < cohorts; ++i) {
            const std::int64_t pair = i * 1237 % (plan_lines * days);
            const auto day = static_cast<std::size_t>(pair / plan_lines * (teaching_days / days));
            by_day[day].push_back(pair % plan_lines);
        }
        for (int day = 0; day < teaching_days; ++day)
            open_on(teaching_day(day), by_day[static_cast<std::size_t>(day)]);
        add_what_counts_to_no_line();
    }

 private:
    void found_the_centre() {
        database_.write([&](db::Write& tx) {
            const Instant at = moment(*Date::of(year_of_books, 1, 2), 8);
            accounts::settle_roles(tx);
            centre_ = organisations::found_centre(tx, "Trung tâm Bồi dưỡng chính trị", at);
            accounts::make_operator(tx, centre_, at);
            actor_ = accounts::operator_actor(tx);
            organisations::UnitNames names(tx);
            for (int i = 1; i <= units; ++i)
                units_.push_back(names.find_or_make(tx, numbered("Đảng bộ cơ quan %02lld", i), at));
            adopt_the_plan(tx, at);
            workbook_ = documents::record(
                tx, actor_,
                {.kind = "workbook", .title = "hoc-vien-2017.xlsx", .file_name = "hoc-vien-2017.xlsx"}, at);
        });
    }

    void adopt_the_plan(db::Write& tx, Instant at) {
        plan::Draft draft{.year = year_of_books,
                          .effective_on = *Date::of(year_of_books, 1, 1),
                          .approval = {},
                          .note = "",
                          .lines = {}};
        const std::int64_t cohorts_each = shape_.participations / learners_in_a_cohort / plan_lines + 2;
        for (int i = 1; i <= plan_lines; ++i) {
            plan::Line line;
            line.programme.code = numbered("CT%02lld", i);
            line.programme.name = numbered("Bồi dưỡng lý luận chính trị, chuyên đề %02lld", i);
            line.audience = "Đảng viên";
            line.targets = {cohorts_each, cohorts_each * learners_in_a_cohort};
            draft.lines.push_back(line);
        }
        const auto adopted = plan::adopt(tx, actor_, draft, {}, at);
        if (!adopted) throw std::logic_error("the plan was refused");
        lines_ = plan::all_lines(tx, adopted->plan);
    }

    // In the order of their names, so that the indexes grow at their ends.
    void enter_people() {
        const std::int64_t count = std::max<std::int64_t>(2'000, shape_.participations / 5);
        const std::vector<Name> names = names_in_order();
        constexpr std::int64_t chunk = 50'000;
        people_.reserve(static_cast<std::size_t>(count));
        for (std::int64_t from = 0; from < count; from += chunk)
            database_.write([&](db::Write& tx) {
                auto bulk = tx.bulk("people",
                                    {"id", "full_name", "search", "sort_key", "birth_date", "birth_precision",
                                     "sex", "national_id", "unit", "position", "recorded_at"});
                people_.resize(static_cast<std::size_t>(from));
                const Instant at = moment(*Date::of(year_of_books, 1, 3), 8);
                for (std::int64_t i = from; i < std::min(count, from + chunk); ++i) {
                    const Name& name =
                        names[static_cast<std::size_t>(i * static_cast<std::int64_t>(names.size()) / count)];
                    const Person person{new_id<people::PersonId>(),
                                        units_[static_cast<std::size_t>(i % units)]};
                    const Date born = *Date::of(1965, 1, 1) + static_cast<int>(i * 7919 % 10'950);
                    const std::string national_id = numbered("001%09lld", i);
                    bulk.add({person.id, name.full_name, name.search, db::Blob{name.sort_key}, born, "day",
                              i % 2 == 0 ? "female" : "male", national_id, person.unit, "Chuyên viên", at});
                    people_.push_back(person);
                }
                bulk.flush();
            });
    }

    void open_on(Date day, const std::vector<std::int64_t>& lines) {
        for (std::size_t from = 0; from < lines.size(); from += together) {
            std::vector<Course> courses;
            for (std::size_t i = from; i < std::min(lines.size(), from + together); ++i) {
                const plan::Line& line = lines_[static_cast<std::size_t>(lines[i])];
                Course& course = courses.emplace_back();
                course.cohort.code = numbered("L-%06lld/2017", ++made_);
                course.cohort.programme = line.programme;
                course.cohort.facts.plan_line = line.id;
                course.opens_on = day;
                course.closes = made_ % 8 == 0;
            }
            record(day, courses);
        }
    }

    // Listed one by one in a statement, and therefore as many at every size.
    void add_what_counts_to_no_line() {
        const Date day = teaching_day(100);
        std::vector<Course> courses;
        const auto add = [&](const char* code, int count, cohorts::Role role, cohorts::Kind kind,
                             int learners) {
            for (int i = 1; i <= count; ++i) {
                Course& course = courses.emplace_back();
                course.cohort.code = numbered(code, i);
                course.cohort.programme = lines_.front().programme;
                course.cohort.role = role;
                course.cohort.kind = kind;
                if (role != cohorts::Role::organiser)
                    course.cohort.partner = "Đảng ủy Tổng công ty Quản lý bay Việt Nam";
                course.opens_on = day;
                course.learners = learners;
            }
        };
        constexpr int in_the_large_cohort = 120;
        add("LK-%02lld/2017", 1, cohorts::Role::joint_delivery, cohorts::Kind::cohort, in_the_large_cohort);
        add("PH-%02lld/2017", 4, cohorts::Role::co_organised, cohorts::Kind::cohort, learners_in_a_cohort);
        add("NKH-%02lld/2017", 3, cohorts::Role::organiser, cohorts::Kind::cohort, learners_in_a_cohort);
        add("NN-%02lld/2017", 2, cohorts::Role::co_organised, cohorts::Kind::overseas_delegation, 18);
        add("DK-%02lld/2017", 4, cohorts::Role::organiser, cohorts::Kind::cohort, 0);
        for (std::size_t i = courses.size() - 4; i < courses.size(); ++i) {
            courses[i].opens_on.reset();
            courses[i].cohort.planned_opens_on =
                cohorts::PlannedDate{*Date::of(year_of_books, 12, 1), Precision::month};
            courses[i].cohort.expected_learners = learners_in_a_cohort;
        }
        record(day, courses);
        database_.write([&](db::Write& tx) {
            for (const char* place : {"Lào Cai", "Hải Dương"})
                cohorts::record_field_trip(tx, actor_, courses.front().cohort.id, {place, day + 10, 77, ""},
                                           moment(day + 11, 8));
        });
    }

    // All that happens to these cohorts, each kind of event at its own moment. The function of a
    // write may run twice, hence the copies.
    void record(Date day, std::vector<Course>& courses) {
        database_.write([&](db::Write& tx) {
            std::vector<Course> taught = courses;
            std::int64_t first = enrolled_;
            for (Course& course : taught) settle_identity(course, first);
            insert_cohorts(tx, day, taught);
            insert_rosters(tx, day, taught);
            post(tx, day, taught);
            for (std::size_t i = 0; i < courses.size(); ++i) courses[i].cohort.id = taught[i].cohort.id;
        });
        for (const Course& course : courses) enrolled_ += course.learners;
    }

    // Learners of one cohort come from all over the register, cohort after cohort one further
    // on: no person twice in a cohort, and the index by person grows in few places.
    void settle_identity(Course& course, std::int64_t& first) const {
        course.cohort.id = new_id<cohorts::CohortId>();
        course.cohort.organiser_unit = centre_;
        if (course.cohort.facts.plan_line) course.counting = next_id();
        if (course.opens_on) course.opening = next_id();
        if (course.closes) course.closing = next_id();
        const auto everybody = static_cast<std::int64_t>(people_.size());
        const std::int64_t cohort_number = first / learners_in_a_cohort;
        for (int i = 0; i < course.learners; ++i) {
            const Person& person = people_[static_cast<std::size_t>(
                (i * (everybody / course.learners) + cohort_number) % everybody)];
            Learner& learner = course.roster.emplace_back();
            learner.now = {new_id<participation::ParticipationId>(), person.unit, {}};
            learner.person = person.id;
            if (i == 7 || i == 41) learner.withdrawal = next_id();
        }
        first += course.learners;
    }

    void insert_cohorts(db::Write& tx, Date day, const std::vector<Course>& courses) const {
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
                         actor_.account,
                         workbook_,
                         "Các lớp!5"});
        }
        cohorts.flush();
        auto descriptions = tx.bulk("cohort_descriptions",
                                    {"id", "cohort", "kind", "role", "partner", "planned_opens_on",
                                     "planned_precision", "expected_learners", "recorded_at", "recorded_by"});
        for (const Course& course : courses) {
            const cohorts::Cohort& cohort = course.cohort;
            descriptions.add({next_id(), cohort.id, to_text(cohort.kind), to_text(cohort.role),
                              cohort.partner, planned_day(cohort), precision(cohort),
                              cohort.expected_learners, proposed, actor_.account});
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
                    events.add({id, course.cohort.id, kind, on, line, at, actor_.account, "", workbook_,
                                "Các lớp!5"});
            };
            add(course.counting, "counted", no_day, course.cohort.facts.plan_line, proposed);
            add(course.opening, "opened", course.opens_on, no_line, moment(day, 8));
            add(course.closing, "closed", closes_on(course), no_line, moment(day + days_of_a_course, 17));
        }
        events.flush();
    }

    void insert_rosters(db::Write& tx, Date day, const std::vector<Course>& courses) const {
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
                rows.add({learner.now.id, course.cohort.id, learner.person, learner.now.unit, "Chuyên viên",
                          "", learner.withdrawal != 0 ? std::optional(day + 1) : no_day,
                          completes(course, learner) ? "completed" : "", enrolled, actor_.account, workbook_,
                          place});
            }
        rows.flush();
        auto events = tx.bulk("participation_events",
                              {"id", "participation", "cohort", "kind", "effective_on", "result",
                               "recorded_at", "recorded_by", "reason", "document", "source_place"});
        for (const Course& course : courses)
            for (const Learner& learner : course.roster) {
                if (learner.withdrawal != 0)
                    events.add({learner.withdrawal, learner.now.id, course.cohort.id, "withdrawn", day + 1,
                                "", left, actor_.account, "Chuyển công tác", workbook_, ""});
                if (completes(course, learner))
                    events.add({next_id(), learner.now.id, course.cohort.id, "concluded", no_day, "completed",
                                concluded, actor_.account, "", workbook_, ""});
            }
        events.flush();
    }

    void post(db::Write& tx, Date day, std::vector<Course>& courses) const {
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

    static std::optional<Date> closes_on(const Course& course) {
        return course.closes ? std::optional(*course.opens_on + (days_of_a_course - 1)) : std::nullopt;
    }
    static bool completes(const Course& course, const Learner& learner) {
        return course.closes && learner.withdrawal == 0;
    }

    db::Database& database_;
    const Shape shape_;
    web::Actor actor_;
    organisations::UnitId centre_;
    std::vector<organisations::UnitId> units_;
    std::vector<plan::Line> lines_;
    documents::DocumentId workbook_;
    std::vector<Person> people_;
    std::int64_t made_ = 0, enrolled_ = 0;
};

}  // namespace

void fill(db::Database& database, const Shape& shape) { Filler(database, shape).fill(); }

}  // namespace tiendo::bench
