// The list of features: who keeps books, who takes workbooks, who answers which routes.
#include "app/cohort_progress.h"
#include "app/person_views.h"
#include "app/program.h"
#include "features/accounts/accounts.h"
#include "features/assessment/assessment.h"
#include "features/attendance/attendance.h"
#include "features/certificates/certificates.h"
#include "features/cohorts/cohorts.h"
#include "features/delegations/delegations.h"
#include "features/duplicates/duplicates.h"
#include "features/eligibility/eligibility.h"
#include "features/imports/imports.h"
#include "features/ledger/ledger.h"
#include "features/needs/needs.h"
#include "features/nominations/nominations.h"
#include "features/participation/participation.h"
#include "features/people/people.h"
#include "features/plan/plan.h"
#include "features/programmes/programmes.h"
#include "features/teaching/teaching.h"
#include "features/timetable/timetable.h"
#include "features/unit_lists/unit_lists.h"
#include "platform/i18n/in_each_language.h"

namespace tiendo::app {
namespace {

// What a rule asks about earlier training, answered by the rosters.
std::vector<eligibility::Training> trainings_of(db::Read& tx, std::span<const people::PersonId> people) {
    std::vector<eligibility::Training> trainings;
    for (participation::Completion& one : participation::completions_of(tx, people))
        trainings.push_back({one.person, std::move(one.programme), one.completed_on});
    return trainings;
}

std::string cohort_called(db::Read& tx, const web::Actor& actor, programmes::ProgrammeId programme,
                          std::int64_t id) {
    const cohorts::Cohort cohort = cohorts::require(tx, actor, cohorts::CohortId{id});
    if (!(cohort.programme.id == programme)) throw web::NotFound{};
    return cohort.code;
}

// Whether those nominated may attend, judged for the first day of the cohort. The unit that
// nominates introduces them.
std::vector<nominations::Judged> judged(db::Read& tx, const web::Actor& actor,
                                        const nominations::ToJudge& asked) {
    const cohorts::Cohort& cohort = asked.cohort;
    const auto planned =
        cohort.planned_opens_on ? std::optional(cohort.planned_opens_on->date) : std::nullopt;
    const Date on = cohort.facts.opened_on.value_or(planned.value_or(asked.today));
    const eligibility::Question question{.programme = cohort.programme,
                                         .on = on,
                                         .cohort = cohort.id.value,
                                         .introduced = true,
                                         .for_books = asked.wanting == nominations::Wanting::grounds};
    std::vector<nominations::Judged> all;
    for (const auto& judgement : eligibility::judge(tx, actor, question, asked.people)) {
        nominations::Judged& one = all.emplace_back();
        one.eligible = judgement.eligible;
        for (const eligibility::RuleResult& result : judgement.rules)
            if (const eligibility::Rule& rule = *result.rule; eligibility::hinders(result))
                one.failing.push_back({rule.code, i18n::in_each_language(rule.message_vi, rule.message_en),
                                       rule.basis, rule.waivable});
        if (question.for_books) one.grounds = eligibility::to_text(judgement);
    }
    return all;
}

// With where a rule that does not hold can be waived for the cohort.
Value grounds_told(const web::Visit& visit, const nominations::ToTell& asked) {
    auto judgement = eligibility::read_judgement(asked.grounds);
    if (asked.sensitive == people::Sensitive::masked) judgement = eligibility::masked(std::move(judgement));
    std::string url;
    if (asked.waived_for && visit.actor.may(eligibility::change_eligibility))
        url = "/programmes/" + to_text(asked.waived_for->programme.id) +
              "/waivers?person_id=" + to_text(asked.person) + "&cohort=" + to_text(asked.waived_for->id);
    const Value told = eligibility::to_value(judgement, visit.site.texts, visit.language);
    return list_of(*told["rules"].list_items(), [&](Value rule) {
        const bool open =
            *rule["waivable"].truth() && *rule["result"].text() != "pass" && rule["waived"].is_null();
        Value waive_url;
        if (open && !url.empty()) waive_url = url + "&rule=" + *rule["id"].text();
        return std::move(rule).set("waive_url", std::move(waive_url));
    });
}

// By the paper and for the reason of a decision that admits.
Outcome<Done> waived(db::Write& tx, const web::Actor& actor, const nominations::ToWaive& asked) {
    if (!organisations::may(tx, actor, eligibility::change_eligibility, organisations::centre(tx).id))
        return Refusal{"", "nomination.may_not_waive", {}};
    const auto paper = documents::find_document(tx, asked.act.source.document.value());
    std::vector<eligibility::Waiver> granted;
    for (const auto& [person, rule] : asked.pairs)
        granted.push_back({.person = person,
                           .programme = asked.cohort.programme.id,
                           .cohort = asked.cohort.id.value,
                           .rule = rule,
                           .reason = asked.act.reason,
                           .document = paper->id,
                           .document_title = paper->number});
    eligibility::waive(tx, actor, granted, asked.act.at);
    return Done{};
}

// Who attended too little gets no certificate, whatever the marks say.
std::vector<certificates::Hindrance> attended_enough(db::Read& tx, const cohorts::Cohort& cohort) {
    std::vector<certificates::Hindrance> hindrances;
    for (participation::HeldBack& one : attendance::held_back(tx, cohort))
        hindrances.push_back({one.participation, std::move(one.why)});
    return hindrances;
}

}  // namespace

void register_features() {
    tell_of_cohorts();
    participation::lock_rosters_by(nominations::is_locked);
    participation::tell_changes_to(nominations::follow_roster);
    nominations::judge_by({judged, grounds_told, waived});
    nominations::head_letters_by(certificates::letterhead_on);
    people::follow_merges(nominations::nominations_follow());
    ledger::keep_books(cohorts::bookkeeper());
    ledger::keep_books(participation::bookkeeper());
    ledger::keep_books(attendance::bookkeeper());
    participation::hold_back_by(attendance::held_back);
    certificates::require_before_issue(attended_enough);
    timetable::know_attendance_by(attendance::attendance_of);
    timetable::tell_changes_to([](db::Write& tx, const timetable::Changed& changed) {
        if (changed.touches_attendance)
            attendance::follow_session(tx, changed.actor, changed.session, changed.act);
    });
    programmes::learn_of_openings(cohorts::openings_of);
    programmes::name_series_by(certificates::series_name);
    programmes::show_rules(eligibility::rules_shown, eligibility::change_eligibility);
    ledger::keep_books(certificates::bookkeeper());
    eligibility::learn_of_trainings(trainings_of);
    eligibility::know_cohorts_by(cohort_called);
    show_with_people();
    people::follow_merges(eligibility::waivers_follow());
    people::follow_merges_with_own_rows();
    people::follow_merges(participation::follower());
    people::follow_merges(teaching::lecturers_follow());
    imports::look_over(
        [](db::Write& tx, const imports::Job& job, std::int64_t first, imports::Report& report) {
            const auto alike = duplicates::note_newcomers(tx, people::PersonId{first}, job.at);
            if (alike > 0) report.notes.push_back({"", "duplicates.newcomers", {std::to_string(alike)}});
        });
    people::depend_on_imports();
    eligibility::depend_on_imports();
    duplicates::depend_on_imports();
    accounts::depend_on_imports();
    cohorts::depend_on_imports();
    participation::depend_on_imports();
    needs::depend_on_imports();
    nominations::depend_on_imports();
    assessment::depend_on_imports();
    attendance::depend_on_imports();
    certificates::depend_on_imports();
    delegations::depend_on_imports();
    timetable::depend_on_imports();
    imports::brought_elsewhere({nominations::nominate_people, "imports.elsewhere.nominations", "/calls"});
    imports::brought_elsewhere({needs::answer_needs, "imports.elsewhere.needs", "/needs"});
    // In the order in which a centre brings its workbooks.
    imports::offer(unit_lists::importer());
    imports::offer(needs::importer());
    imports::offer(plan::importer());
    imports::offer(cohorts::importer());
    imports::offer(people::importer());
    imports::offer(participation::importer());
    imports::offer(attendance::importer());
}

}  // namespace tiendo::app
