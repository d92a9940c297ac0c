#include "features/assessment/assessment.h"

#include "features/assessment/assessment_store.h"

namespace tiendo::assessment {
namespace {

Assessment assessment_of(db::Read& tx, cohorts::Cohort cohort) {
    Assessment assessment{.cohort = std::move(cohort), .scheme = {}, .locked_on = {}};
    assessment.scheme = scheme_of(tx, assessment.cohort.id);
    assessment.locked_on = locked_on(tx, assessment.cohort.id);
    return assessment;
}

cohorts::Cohort require_cohort(db::Read& tx, const web::Actor& actor, cohorts::CohortId id,
                               web::Permission permission) {
    cohorts::Cohort cohort = cohorts::require(tx, actor, id);
    if (!organisations::may(tx, actor, permission, cohort.organiser_unit)) throw web::NotFound{};
    return cohort;
}

Assessment require_to_write(db::Write& tx, const web::Actor& actor, cohorts::CohortId id,
                            web::Permission permission) {
    const cohorts::Cohort cohort = cohorts::require(tx, actor, id);
    if (!organisations::may(tx, actor, permission, cohort.organiser_unit)) throw web::Forbidden{};
    tx.lock("cohort", id.value);
    return assessment_of(tx, cohorts::require(tx, actor, id));
}

// The roster, with what a decision said of each.
std::vector<Graded> learners_of(db::Read& tx, cohorts::CohortId cohort) {
    return tx.all<Graded>(R"sql(
        select p.id, h.full_name,
               coalesce((select n.name from unit_names n
                         where n.unit = p.unit
                           and (n.valid_from is null or n.valid_from <= coalesce(c.opened_on, c.planned_opens_on))
                         order by n.valid_from desc nulls last, n.id desc limit 1), u.name),
               r.total, r.band_name, r.passed
        from participations p
        join cohorts c on c.id = p.cohort
        join people h on h.id = p.person
        join units u on u.id = p.unit
        left join assessment_results r on r.participation = p.id
        where p.cohort = :cohort and p.withdrawn_on is null
        order by h.sort_key, p.id)sql",
                          {{"cohort", cohort}}, [](const db::Row& row) {
                              Graded one;
                              one.participation = row.id<ParticipationId>(0);
                              one.full_name = row.text(1);
                              one.unit_name = row.text(2);
                              one.decided_total = row.maybe_integer(3);
                              one.decided_band = row.text(4);
                              one.decided_pass = row.truth(5);
                              return one;
                          });
}

}  // namespace

Assessment require_assessment(db::Read& tx, const web::Actor& actor, cohorts::CohortId cohort) {
    return assessment_of(tx, require_cohort(tx, actor, cohort, see_assessment));
}

Assessment require_to_mark(db::Read& tx, const web::Actor& actor, cohorts::CohortId cohort) {
    return assessment_of(tx, require_cohort(tx, actor, cohort, enter_marks));
}

Assessment require_for_marking(db::Write& tx, const web::Actor& actor, cohorts::CohortId cohort) {
    return require_to_write(tx, actor, cohort, enter_marks);
}

Assessment require_to_change(db::Write& tx, const web::Actor& actor, cohorts::CohortId cohort) {
    return require_to_write(tx, actor, cohort, change_assessment);
}

std::vector<Graded> graded(db::Read& tx, const Assessment& assessment) {
    auto learners = learners_of(tx, assessment.cohort.id);
    std::map<ComponentId, Sheet> sheets;
    for (const Component& component : assessment.scheme.components)
        sheets[component.id] = sheet_of(tx, assessment.cohort.id, component.id);
    const auto aims = aim_marks_of(tx, assessment.cohort.id);
    std::map<ParticipationId, Refusal> held_back;
    for (auto& [participation, why] : participation::held_back(tx, assessment.cohort))
        held_back.emplace(participation, std::move(why));
    for (Graded& one : learners) {
        for (auto& [component, sheet] : sheets) one.marked[component] = sheet.attempts[one.participation];
        one.result = result_of(assessment.scheme, one.marked);
        if (const auto held = held_back.find(one.participation);
            held != held_back.end() && one.result.passed) {
            one.held_back = held->second;
            one.result.passed = false;
        }
        for (auto aim = aims.lower_bound({one.participation, ""});
             aim != aims.end() && aim->first.first == one.participation; ++aim)
            one.aims[aim->first.second] = aim->second;
    }
    return learners;
}

std::vector<OpenSheet> open_sheets(db::Read& tx, const web::Actor& actor) {
    constexpr int most = 200;  // a centre marks a handful of cohorts at a time
    return tx.all<OpenSheet>(
        R"sql(
        select c.id, c.code, g.name, k.id, k.name,
               (select count(*) from participations p where p.cohort = c.id and p.withdrawn_on is null),
               (select count(distinct m.participation) from marks m
                join participations p on p.id = m.participation
                where m.component = k.id and p.withdrawn_on is null)
        from assessment_components k
        join cohorts c on c.id = k.cohort
        join programmes g on g.id = c.programme
        where c.cancelled_on is null
          and not exists (select 1 from assessment_events l
                          where l.cohort = c.id and l.kind = 'locked'
                            and not exists (select 1 from assessment_events o
                                            where o.cohort = c.id and o.kind = 'unlocked' and o.id > l.id))
          and exists (select 1 from reach r where r.account = :actor and r.permission = :permission
              and r.unit = c.organiser_unit)
        order by c.opened_on desc nulls last, c.id desc, k.position limit :most)sql",
        {{"actor", actor.account}, {"permission", enter_marks.name}, {"most", most}}, [](const db::Row& row) {
            return OpenSheet{row.id<cohorts::CohortId>(0),
                             row.text(1),
                             row.text(2),
                             row.id<ComponentId>(3),
                             row.text(4),
                             row.integer(5),
                             row.integer(6)};
        });
}

void reconsider(db::Write& tx, const web::Actor& actor, const cohorts::Cohort& cohort,
                const cohorts::Act& act) {
    const Assessment assessment = assessment_of(tx, cohort);
    if (assessment.locked_on) conclude_again(tx, actor, assessment, act);
}

Scheme offered_scheme(db::Read& tx, const cohorts::Cohort& cohort, Date today) {
    const auto& planned = cohort.planned_opens_on;
    const Date day = cohort.facts.opened_on.value_or(planned ? planned->date : today);
    auto version = programmes::version_on(tx, cohort.programme.id, day);
    return version ? std::move(version->scheme) : Scheme{};
}

}  // namespace tiendo::assessment
