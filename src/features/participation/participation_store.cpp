#include "features/participation/participation_store.h"

namespace tiendo::participation {
namespace {

Participation participation_of(const db::Row& row) {
    Participation participation{.id = row.id<ParticipationId>(0),
                                .cohort = row.id<cohorts::CohortId>(1),
                                .person = {.id = row.id<people::PersonId>(2),
                                           .full_name = row.text(3),
                                           .birth = std::nullopt,
                                           .sex = row.text(6),
                                           .national_id = row.text(7),
                                           .unit = row.id<organisations::UnitId>(8),
                                           .position = row.text(9)},
                                .unit = row.id<organisations::UnitId>(10),
                                .unit_name = row.text(11),
                                .position = row.text(12),
                                .note = row.text(13),
                                .facts = {row.maybe_date(14), row.maybe_date(15), row.text(16)},
                                .source_place = row.text(17)};
    if (!row.is_null(4)) participation.person.birth = people::Birth{row.date(4), parse_precision(row.view(5)).value_or(Precision::day)};
    return participation;
}

}  // namespace

std::vector<Participation> roster(db::Read& tx, const web::Actor& actor, cohorts::CohortId cohort, const Page& page) {
    return tx.all<Participation>(R"sql(
        select p.id, p.cohort, h.id, h.full_name, h.birth_date, h.birth_precision, h.sex, h.national_id, h.unit, h.position,
               p.unit, u.name, p.position, p.note, p.started_on, p.withdrawn_on, p.result, p.source_place
        from participations p
        join people h on h.id = p.person
        join units u on u.id = p.unit
        where p.cohort = :cohort
          and exists (select 1 from reach r where r.account = :actor and r.permission = :permission and r.unit = p.unit)
          and (h.sort_key > :after_key or (h.sort_key = :after_key and p.id > :after))
        order by h.sort_key, p.id limit :count)sql",
                                 {{"cohort", cohort}, {"actor", actor.account}, {"permission", see_rosters.name},
                                  {"after_key", db::Blob{page.after_key}}, {"after", page.after}, {"count", page.count}},
                                 participation_of);
}

std::int64_t roster_size(db::Read& tx, const web::Actor& actor, cohorts::CohortId cohort) {
    return tx.integer(R"sql(
        select count(*) from participations p
        where p.cohort = :cohort
          and exists (select 1 from reach r where r.account = :actor and r.permission = :permission and r.unit = p.unit))sql",
                      {{"cohort", cohort}, {"actor", actor.account}, {"permission", see_rosters.name}});
}

Participation require(db::Read& tx, const web::Actor& actor, ParticipationId id) {
    auto found = tx.find<Participation>(R"sql(
        select p.id, p.cohort, h.id, h.full_name, h.birth_date, h.birth_precision, h.sex, h.national_id, h.unit, h.position,
               p.unit, u.name, p.position, p.note, p.started_on, p.withdrawn_on, p.result, p.source_place
        from participations p
        join people h on h.id = p.person
        join units u on u.id = p.unit
        where p.id = :id
          and exists (select 1 from reach r where r.account = :actor and r.permission = :permission and r.unit = p.unit))sql",
                                        {{"id", id}, {"actor", actor.account}, {"permission", see_rosters.name}}, participation_of);
    if (!found) throw web::NotFound{};
    return *found;
}

Participation require(db::Read& tx, const web::Actor& actor, cohorts::CohortId cohort, std::string_view national_id) {
    const auto id = tx.integer(R"sql(
        select p.id from participations p join people h on h.id = p.person
        where p.cohort = :cohort and h.national_id = :national_id)sql",
                               {{"cohort", cohort}, {"national_id", national_id}});
    return require(tx, actor, ParticipationId{id});
}

std::vector<InCohort> learners_in(db::Read& tx, cohorts::CohortId cohort, std::optional<ParticipationId> only) {
    return tx.all<InCohort>(R"sql(
        select id, unit, started_on, withdrawn_on, result from participations
        where cohort = :cohort and (cast(:only as bigint) is null or id = :only) order by id)sql",
                            {{"cohort", cohort}, {"only", only}}, [](const db::Row& row) {
                                return InCohort{row.id<ParticipationId>(0), row.id<organisations::UnitId>(1),
                                                {row.maybe_date(2), row.maybe_date(3), row.text(4)}};
                            });
}

std::int64_t insert_event(db::Write& tx, const web::Actor& actor, const Participation& participation, const NewEvent& event, const cohorts::Act& act) {
    const std::int64_t id = next_id();
    tx.run(R"sql(
        insert into participation_events (id, participation, cohort, kind, effective_on, result, recorded_at, recorded_by, reason,
                                          document, source_place)
        values (:id, :participation, :cohort, :kind, :effective_on, :result, :at, :actor, :reason, :document, :source_place))sql",
           {{"id", id}, {"participation", participation.id}, {"cohort", participation.cohort}, {"kind", event.kind},
            {"effective_on", event.effective_on}, {"result", event.result}, {"at", act.at}, {"actor", actor.account},
            {"reason", act.reason}, {"document", act.source.document}, {"source_place", act.source.place}});
    return id;
}

void update_description(db::Write& tx, ParticipationId id, const Description& description) {
    tx.run(R"sql(update participations set unit = :unit, position = :position, note = :note where id = :id)sql",
           {{"id", id}, {"unit", description.unit}, {"position", description.position}, {"note", description.note}});
}

void update_facts(db::Write& tx, ParticipationId id, const Facts& facts) {
    tx.run(R"sql(
        update participations set started_on = :started_on, withdrawn_on = :withdrawn_on, result = :result where id = :id)sql",
           {{"id", id}, {"started_on", facts.started_on}, {"withdrawn_on", facts.withdrawn_on}, {"result", facts.result}});
}

}  // namespace tiendo::participation
