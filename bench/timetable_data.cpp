#include "timetable_data.h"

#include <string>
#include <vector>

#include "books_data.h"
#include "features/accounts/accounts.h"
#include "features/timetable/timetable.h"

namespace tiendo::bench {
namespace {

struct Opened {
    cohorts::CohortId id;
    Date opened_on;
};

template <class IdType, class Make>
std::vector<IdType> make_all(int count, Make make) {
    std::vector<IdType> ids;
    for (int i = 1; i <= count; ++i) ids.push_back(*make(std::to_string(i)));
    return ids;
}

// Every tenth of the first people is on the roster of another cohort as well.
void share_learners(db::Write& tx, const std::vector<Opened>& cohorts, const web::Actor& actor, Instant at) {
    constexpr int people = 500;
    struct Learner {
        std::int64_t person, unit;
    };
    const auto learners = tx.all<Learner>(
        "select person, min(unit) from participations group by person order by person limit 5000", {},
        [](const db::Row& row) {
            return Learner{row.integer(0), row.integer(1)};
        });
    for (int i = 0; i < people && i * 10 < static_cast<int>(learners.size()); ++i) {
        const Learner& one = learners[static_cast<std::size_t>(i) * 10];
        const auto& cohort = cohorts[cohorts.size() - 1 - static_cast<std::size_t>(i) % 10];
        tx.run(
            "insert into participations (id, cohort, person, unit, position, note, result, recorded_at, "
            "recorded_by, source_place) "
            "values (:id, :cohort, :person, :unit, '', '', '', :at, :by, '') on conflict (cohort, person) do "
            "nothing",
            {{"id", next_id()},
             {"cohort", cohort.id},
             {"person", one.person},
             {"unit", one.unit},
             {"at", at},
             {"by", actor.account}});
    }
}

}  // namespace

void fill_timetable(db::Database& database, std::int64_t sessions) {
    database.write([&](db::Write& tx) {
        if (tx.integer("select count(*) from timetable_sessions") > 0) return;
        const web::Actor actor = accounts::operator_actor(tx);
        const Instant at = *parse_instant("2017-01-05T08:00:00+07:00");
        const auto rooms = make_all<teaching::RoomId>(70, [&](const std::string& number) {
            return teaching::add_room(tx, actor, {.name = "Phòng " + number, .capacity = 90}, at);
        });
        const auto lecturers = make_all<teaching::LecturerId>(90, [&](const std::string& number) {
            return teaching::engage(tx, actor, {.full_name = "Giảng viên " + number}, at);
        });
        const auto cohorts = tx.all<Opened>(
            "select id, opened_on from cohorts where opened_on is not null order by opened_on, id", {},
            [](const db::Row& row) {
                return Opened{row.id<cohorts::CohortId>(0), row.date(1)};
            });
        share_learners(tx, cohorts, actor, at);
        auto rows = tx.bulk("timetable_sessions", {"id", "cohort", "held_on", "starts_minute", "ends_minute",
                                                   "periods", "activity", "topic", "note", "room", "sequence",
                                                   "changed_at", "recorded_at", "recorded_by"});
        std::vector<std::int64_t> ids;
        const Date last = *Date::of(year_of_books, 12, 31);
        for (std::int64_t i = 0; i < sessions; ++i) {
            const Opened& cohort = cohorts[static_cast<std::size_t>(i) % cohorts.size()];
            const auto half_day = i / static_cast<std::int64_t>(cohorts.size());
            const Date day = std::min(last, cohort.opened_on + static_cast<int>(half_day / 2));
            const std::int64_t starts = half_day % 2 == 0 ? 450 : 810;
            ids.push_back(next_id());
            rows.add({ids.back(), cohort.id, day, starts, starts + 240, 5, "lecture", "Chuyên đề", "",
                      rooms[static_cast<std::size_t>(i) % cohorts.size() % rooms.size()], 0, at, at,
                      actor.account});
        }
        rows.flush();
        auto taught = tx.bulk("session_lecturers", {"session", "lecturer", "position", "periods"});
        std::size_t next = 0;
        for (const std::int64_t id : ids) taught.add({id, lecturers[next++ * 7 % lecturers.size()], 1, 5});
        taught.flush();
    });
}

}  // namespace tiendo::bench
