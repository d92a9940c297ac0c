// Where a person took part, as the person's page shows it: unit and position as they were then.
#include "features/participation/roster_pages.h"
#include "features/participation/roster_presenter.h"

namespace tiendo::participation {
namespace {

struct Taken {
    Participation participation;
    cohorts::Cohort cohort;
};

std::vector<Taken> taken_by(db::Read& tx, const web::Actor& actor, people::PersonId person) {
    return tx.all<Taken>(
        R"sql(
        select p.id, p.started_on, p.withdrawn_on, p.result, p.position, u.name,
               c.id, c.code, g.name, c.opened_on, c.closed_on, c.cancelled_on
        from participations p
        join cohorts c on c.id = p.cohort
        join programmes g on g.id = c.programme
        join units u on u.id = p.unit
        where p.person = :person
          and exists (select 1 from reach r
                      where r.account = :actor and r.permission = :permission and r.unit = p.unit)
        order by coalesce(p.started_on, c.opened_on, c.planned_opens_on) desc nulls first, p.id desc
        limit 500)sql",
        {{"person", person}, {"actor", actor.account}, {"permission", see_rosters.name}},
        [](const db::Row& row) {
            Taken taken;
            taken.participation.id = row.id<ParticipationId>(0);
            taken.participation.facts = {row.maybe_date(1), row.maybe_date(2), row.text(3)};
            taken.participation.position = row.text(4);
            taken.participation.unit_name = row.text(5);
            taken.cohort.id = row.id<cohorts::CohortId>(6);
            taken.cohort.code = row.text(7);
            taken.cohort.programme.name = row.text(8);
            taken.cohort.facts.opened_on = row.maybe_date(9);
            taken.cohort.facts.closed_on = row.maybe_date(10);
            taken.cohort.facts.cancelled_on = row.maybe_date(11);
            return taken;
        });
}

}  // namespace

std::string person_html(const web::Visit& visit, db::Read& tx, const people::Person& person) {
    if (!visit.actor.may(see_rosters)) return "";
    const auto taken = taken_by(tx, visit.actor, person.id);
    const auto row = [&](const Taken& one) {
        const Facts& facts = one.participation.facts;
        return Value::object(
            {{"id", one.participation.id},
             {"code", one.cohort.code},
             {"programme", one.cohort.programme.name},
             {"started_on", facts.started_on ? facts.started_on : one.cohort.facts.opened_on},
             {"unit", one.participation.unit_name},
             {"position", one.participation.position},
             {"state", state_of(one.participation, one.cohort, visit.today())}});
    };
    return visit
        .fragment("participation/of_person",
                  Value::object({{"count", taken.size()}, {"participations", list_of(taken, row)}}))
        .body;
}

}  // namespace tiendo::participation
