// The list of features: who keeps books, who takes workbooks, who answers which routes.
#include "app/program.h"
#include "features/accounts/accounts.h"
#include "features/certificates/certificates.h"
#include "features/cohorts/cohorts.h"
#include "features/duplicates/duplicates.h"
#include "features/eligibility/eligibility.h"
#include "features/imports/imports.h"
#include "features/ledger/ledger.h"
#include "features/nominations/nominations.h"
#include "features/participation/participation.h"
#include "features/people/people.h"
#include "features/plan/plan.h"
#include "features/unit_lists/unit_lists.h"

namespace tiendo::app {
namespace {

// What a rule asks about earlier training, answered by the rosters.
std::vector<eligibility::Training> trainings_of(db::Read& tx, std::span<const people::PersonId> people) {
    std::vector<eligibility::Training> trainings;
    for (participation::Completion& one : participation::completions_of(tx, people))
        trainings.push_back({one.person, std::move(one.programme), one.completed_on});
    return trainings;
}

// Whether those nominated may attend, judged for the first day of the cohort. The unit that
// nominates introduces them.
std::vector<nominations::Judged> judged(db::Read& tx, const web::Actor& actor,
                                        const nominations::ToJudge& asked) {
    const cohorts::Cohort& cohort = asked.cohort;
    const auto planned =
        cohort.planned_opens_on ? std::optional(cohort.planned_opens_on->date) : std::nullopt;
    const Date on = cohort.facts.opened_on.value_or(planned.value_or(asked.today));
    const eligibility::Question question{
        .programme = cohort.programme, .on = on, .cohort = cohort.id.value, .introduced = true};
    std::vector<nominations::Judged> all;
    for (const auto& judgement : eligibility::judge(tx, actor, question, asked.people)) {
        nominations::Judged& one = all.emplace_back();
        one.eligible = judgement.eligible;
        if (asked.visit)
            one.rules =
                eligibility::to_value(judgement, asked.visit->site.texts, asked.visit->language)["rules"];
    }
    return all;
}

}  // namespace

void register_features() {
    participation::lock_rosters_by(nominations::is_locked);
    nominations::judge_by(judged);
    people::follow_merges(nominations::nominations_follow());
    ledger::keep_books(cohorts::bookkeeper());
    ledger::keep_books(participation::bookkeeper());
    ledger::keep_books(certificates::bookkeeper());
    eligibility::learn_of_trainings(trainings_of);
    people::follow_merges(eligibility::waivers_follow());
    people::follow_merges_with_own_rows();
    people::follow_merges(participation::follower());
    imports::look_over(
        [](db::Write& tx, const imports::Job& job, std::int64_t first, imports::Report& report) {
            const auto alike = duplicates::note_newcomers(tx, people::PersonId{first}, job.at);
            if (alike > 0) report.notes.push_back({"", "duplicates.newcomers", {std::to_string(alike)}});
        });
    // In the order in which a centre brings its workbooks.
    imports::offer(unit_lists::importer());
    imports::offer(plan::importer());
    imports::offer(cohorts::importer());
    imports::offer(people::importer());
    imports::offer(participation::importer());
}

}  // namespace tiendo::app
