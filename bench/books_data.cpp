#include "books_data.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/text.h"
#include "course.h"
#include "features/accounts/accounts.h"
#include "features/field_trips/field_trips.h"

namespace tiendo::bench {
namespace {

constexpr int units = 40;
constexpr int teaching_days = 250;
constexpr int days_of_a_line_held_equal = 10;
constexpr std::int64_t together = 500;  // cohorts in one transaction

// The n-th day of the year on which there is teaching: Monday to Friday from the second week on.
Date teaching_day(int n) { return *Date::of(year_of_books, 1, 9) + n / 5 * 7 + n % 5; }

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
                std::vector<people::Person> registered;
                people_.resize(static_cast<std::size_t>(from));
                const Instant at = moment(*Date::of(year_of_books, 1, 3), 8);
                for (std::int64_t i = from; i < std::min(count, from + chunk); ++i) {
                    const Name& name =
                        names[static_cast<std::size_t>(i * static_cast<std::int64_t>(names.size()) / count)];
                    const Person person{new_id<people::PersonId>(),
                                        units_[static_cast<std::size_t>(i % units)]};
                    const Date born = *Date::of(1965, 1, 1) + static_cast<int>(i * 7919 % 10'950);
                    const std::string national_id = numbered("001%09lld", i);
                    registered.push_back({.id = person.id,
                                          .full_name = name.full_name,
                                          .birth = people::Birth{born},
                                          .sex = i % 2 == 0 ? "female" : "male",
                                          .national_id = national_id,
                                          .unit = person.unit,
                                          .position = "Chuyên viên"});
                    people_.push_back(person);
                }
                people::Registration registration(tx, at);
                registration.add(registered);
                registration.close();
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
                course.learners = learners_in_a_cohort;
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
                field_trips::record(tx, actor_, cohorts::require_for_books(tx, courses.front().cohort.id),
                                    {.place = place, .starts_on = day + 10, .head_count = 77}, day + 11,
                                    {moment(day + 11, 8), "", {}});
        });
    }

    // The function of a write may run twice, hence the copy.
    void record(Date day, std::vector<Course>& courses) {
        database_.write([&](db::Write& tx) {
            std::vector<Course> taught = courses;
            std::int64_t first = enrolled_;
            for (Course& course : taught) settle_identity(course, first);
            for (std::size_t i = 0; i < courses.size(); ++i) courses[i].cohort.id = taught[i].cohort.id;
            record_courses(tx, {actor_.account, workbook_}, day, std::move(taught));
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
