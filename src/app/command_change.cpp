// What happens to a cohort or a learner, told from the command line.
#include "app/commands.h"
#include "base/text.h"
#include "features/cohorts/cohorts.h"
#include "features/participation/participation.h"

namespace tiendo::app {
namespace {

Exit answer(const Program& program, const Outcome<Done>& outcome) {
    if (!outcome) return program.refuse(outcome.refusals());
    if (program.settings().json())
        program.print(Value::object({{"done", true}}));
    else
        program.print(program.text("command.recorded"));
    return Exit::done;
}

// Fetches the cohort and lets `change(tx, actor, cohort, day, act)` do the rest.
template <class Change>
Exit change_cohort(Program& program, const ChangeWords& words, Change change) {
    const auto on = day_of_option("--on", words.on);
    if (!on) return program.refuse(on.refusals());
    const web::Actor actor = program.actor();
    return answer(program, program.database().write([&](db::Write& tx) -> Outcome<Done> {
        const auto cohort = cohorts::find_for_change(tx, words.cohort);
        if (!cohort)
            return Refusal{
                "cohort", "cohort.unknown", {words.cohort, nearest(words.cohort, cohorts::cohort_codes(tx))}};
        return change(tx, actor, *cohort, (*on).value_or(program.today()),
                      cohorts::Act{program.now(), words.reason, {}});
    }));
}

template <class Change>
Exit change_learner(Program& program, const ChangeWords& words, Change change) {
    return change_cohort(program, words,
                         [&](db::Write& tx, const web::Actor& actor, const cohorts::Cohort& cohort, Date on,
                             const cohorts::Act& act) {
                             const auto id = people::read_national_id(words.person).value_or(words.person);
                             return change(tx, actor, participation::require(tx, actor, cohort.id, id), on,
                                           act);
                         });
}

}  // namespace

Exit open_cohort(Program& program, const ChangeWords& words) {
    return change_cohort(
        program, words,
        [&](db::Write& tx, const web::Actor& actor, const cohorts::Cohort& cohort, Date on,
            const cohorts::Act& act) { return cohorts::open(tx, actor, cohort, on, program.today(), act); });
}

Exit close_cohort(Program& program, const ChangeWords& words) {
    return change_cohort(program, words,
                         [&](db::Write& tx, const web::Actor& actor, const cohorts::Cohort& cohort, Date on,
                             const cohorts::Act& act) {
                             return cohorts::close_with_evidence(tx, actor, cohort, on,
                                                                 {program.today(), program.language()}, act);
                         });
}

Exit cancel_cohort(Program& program, const ChangeWords& words) {
    return change_cohort(program, words,
                         [](db::Write& tx, const web::Actor& actor, const cohorts::Cohort& cohort, Date on,
                            const cohorts::Act& act) { return cohorts::cancel(tx, actor, cohort, on, act); });
}

Exit reinstate_cohort(Program& program, const ChangeWords& words) {
    return change_cohort(program, words,
                         [](db::Write& tx, const web::Actor& actor, const cohorts::Cohort& cohort, Date,
                            const cohorts::Act& act) { return cohorts::reinstate(tx, actor, cohort, act); });
}

Exit count_cohort(Program& program, const ChangeWords& words) {
    return change_cohort(program, words,
                         [&](db::Write& tx, const web::Actor& actor, const cohorts::Cohort& cohort, Date,
                             const cohorts::Act& act) -> Outcome<Done> {
                             if (!words.counts)
                                 return cohorts::count_toward(tx, actor, cohort, std::nullopt, act);
                             const auto lines = cohorts::lines_it_may_count_to(tx, cohort);
                             if (lines.empty())
                                 return Refusal{
                                     "cohort",
                                     "cohort.no_plan_line",
                                     {cohort.programme.name, std::to_string(cohorts::year_of(cohort))}};
                             return cohorts::count_toward(tx, actor, cohort, lines.front().id, act);
                         });
}

Exit withdraw_learner(Program& program, const ChangeWords& words) {
    return change_learner(
        program, words,
        [](db::Write& tx, const web::Actor& actor, const participation::Participation& learner, Date on,
           const cohorts::Act& act) { return participation::withdraw(tx, actor, learner, on, act); });
}

Exit readmit_learner(Program& program, const ChangeWords& words) {
    return change_learner(
        program, words,
        [](db::Write& tx, const web::Actor& actor, const participation::Participation& learner, Date,
           const cohorts::Act& act) { return participation::readmit(tx, actor, learner, act); });
}

}  // namespace tiendo::app
