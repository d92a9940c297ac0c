// The register is read in passes. Each takes those keys that fall to it, sorts them, and compares
// whoever shares one; so a pass holds some two million keys at most, however many people there are.
#include "features/duplicates/sweep.h"

#include <algorithm>

#include "platform/audit/audit.h"

namespace tiendo::duplicates {
namespace {

constexpr std::int64_t keys_at_once = 2'000'000, usual_keys = 8;
constexpr std::size_t compared_at_once = 20'000;  // in one transaction, so that others get between

std::vector<Keyed> keys_of_pass(const Course& course, std::int64_t pass, std::int64_t passes, Swept& swept) {
    constexpr std::int64_t told_every = 10'000;
    std::vector<Keyed> keyed;
    const auto passes_of_key = static_cast<std::uint64_t>(passes);
    const std::function<void(Keyed)> take = [&](Keyed one) {
        if (one.key % passes_of_key == static_cast<std::uint64_t>(pass)) keyed.push_back(one);
    };
    std::int64_t done = pass * swept.people;
    course.database.read([&](db::Read& tx) {
        each_person(tx, [&](const people::Person& person, std::string_view search) {
            keys_of(person, search, take);
            if (++done % told_every == 0) course.progress(std::min(done, swept.steps), swept.steps);
        });
    });
    return keyed;
}

void compare_all(const Course& course, const std::vector<Candidate>& candidates, std::int64_t done,
                 std::int64_t steps) {
    for (std::size_t begin = 0; begin < candidates.size(); begin += compared_at_once) {
        const auto first = candidates.begin() + static_cast<std::ptrdiff_t>(begin);
        const auto count = std::min(compared_at_once, candidates.size() - begin);
        const std::vector<Candidate> some(first, first + static_cast<std::ptrdiff_t>(count));
        course.database.write([&](db::Write& tx) { record_alike(tx, some, course.id.value, course.at); });
        course.progress(done, steps);
    }
}

}  // namespace

Swept sweep_register(const Course& course) {
    Swept swept;
    swept.people = course.database.read(count_of_people);
    const std::int64_t passes = 1 + swept.people * usual_keys / keys_at_once;
    swept.steps = swept.people * passes;
    course.progress(0, swept.steps);
    for (std::int64_t pass = 0; pass < passes; ++pass) {
        std::vector<Candidate> candidates;
        {
            std::vector<Keyed> keyed = keys_of_pass(course, pass, passes, swept);
            candidates = candidates_of(keyed);
        }
        compare_all(course, candidates, (pass + 1) * swept.people, swept.steps);
    }
    return swept;
}

Sweep sweep(db::Database& database, const web::Actor& actor, const Clock& clock,
            const std::function<void(std::int64_t done, std::int64_t steps)>& progress) {
    Sweep sweep{.id = new_id<SweepId>(), .state = "finished", .begun_at = clock(), .begun_by = actor.name};
    const Swept swept = sweep_register({database, sweep.id, sweep.begun_at, progress});
    sweep.steps = sweep.steps_done = swept.steps;
    sweep.people = swept.people;
    sweep.finished_at = clock();
    database.write([&](db::Write& tx) {
        drop_unseen(tx, sweep.id.value);
        sweep.pairs = count_of_open(tx);
        insert_sweep(tx, actor, sweep);
        audit::record(tx, actor, *sweep.finished_at,
                      {"duplicates.sweep", "sweep", sweep.id.value, Value::object({{"pairs", sweep.pairs}})});
    });
    return sweep;
}

SweepId begin_sweep(db::Write& tx, const web::Actor& actor, Instant at) {
    tx.lock("duplicates.sweep");
    if (const auto last = last_sweep(tx); last && last->state == "running") return last->id;
    const Sweep sweep{.id = new_id<SweepId>(), .state = "running", .begun_at = at};
    insert_sweep(tx, actor, sweep);
    jobs::add(tx, sweep_job, sweep.id.value, at);
    audit::record(tx, actor, at, {"duplicates.sweep", "sweep", sweep.id.value, Value::object()});
    return sweep.id;
}

Desk open_desk(db::Database& database, jobs::Settings settings) {
    const Clock clock = settings.clock;
    settings.threads = std::min(settings.threads, 1);
    const auto run = [&database, clock](jobs::Run& job) {
        const auto begun =
            database.read([&](db::Read& tx) { return find_sweep(tx, SweepId{job.subject()}); });
        if (!begun || begun->state != "running") return;
        Sweep sweep = *begun;
        const auto progress = [&](std::int64_t done, std::int64_t steps) {
            if (done == 0) {
                sweep.steps = steps;
                database.write([&](db::Write& tx) { update_sweep(tx, sweep); });
            }
            job.progress(done);
        };
        const Swept swept = sweep_register({database, sweep.id, sweep.begun_at, progress});
        database.write([&](db::Write& tx) {
            job.finish(tx);
            drop_unseen(tx, sweep.id.value);
            sweep.state = "finished";
            sweep.steps = swept.steps;
            sweep.people = swept.people;
            sweep.pairs = count_of_open(tx);
            sweep.finished_at = clock();
            update_sweep(tx, sweep);
        });
    };
    const auto failed = [clock](db::Write& tx, std::int64_t subject, const std::string& incident) {
        auto sweep = find_sweep(tx, SweepId{subject});
        if (!sweep) return;
        sweep->state = "failed";
        sweep->incident = incident;
        sweep->finished_at = clock();
        update_sweep(tx, *sweep);
    };
    return {std::make_shared<jobs::Pool>(
        database, std::vector<jobs::Work>{{std::string(sweep_job), run, failed}}, settings)};
}

}  // namespace tiendo::duplicates
