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
    if (!row.is_null(4))
        participation.person.birth =
            people::Birth{row.date(4), parse_precision(row.view(5)).value_or(Precision::day)};
    return participation;
}

// Of the person's name; empty when there is no such participation, and a list then begins anew.
std::string sort_key_of(db::Read& tx, ParticipationId id) {
    return tx
        .find<std::string>(R"sql(
            select h.sort_key from participations p join people h on h.id = p.person where p.id = :id)sql",
                           {{"id", id}}, [](const db::Row& row) { return row.text(0); })
        .value_or("");
}

}  // namespace

std::vector<Participation> roster(db::Read& tx, const web::Actor& actor, cohorts::CohortId cohort,
                                  const Page& page) {
    const std::string after_key = page.after ? sort_key_of(tx, *page.after) : "";
    return tx.all<Participation>(R"sql(
        select p.id, p.cohort, h.id, h.full_name, h.birth_date, h.birth_precision, h.sex, h.national_id,
               h.unit, h.position,
               p.unit,
               coalesce((select n.name from unit_names n
                         where n.unit = p.unit
                           and (n.valid_from is null or n.valid_from <= coalesce(c.opened_on, c.planned_opens_on))
                         order by n.valid_from desc nulls last, n.id desc limit 1), u.name),
               p.position, p.note, p.started_on, p.withdrawn_on, p.result, p.source_place
        from participations p
        join cohorts c on c.id = p.cohort
        join people h on h.id = p.person
        join units u on u.id = p.unit
        where p.cohort = :cohort
          and exists (select 1 from reach r where r.account = :actor and r.permission = :permission and r.unit = p.unit)
          and (h.sort_key > :after_key or (h.sort_key = :after_key and p.id > :after))
        order by h.sort_key, p.id limit :count)sql",
                                 {{"cohort", cohort},
                                  {"actor", actor.account},
                                  {"permission", see_rosters.name},
                                  {"after_key", db::Blob{after_key}},
                                  {"after", page.after.value_or(ParticipationId{})},
                                  {"count", page.count}},
                                 participation_of);
}

std::int64_t roster_size(db::Read& tx, const web::Actor& actor, cohorts::CohortId cohort) {
    return tx.integer(R"sql(
        select count(*) from participations p
        where p.cohort = :cohort
          and exists (select 1 from reach r where r.account = :actor and r.permission = :permission
              and r.unit = p.unit))sql",
                      {{"cohort", cohort}, {"actor", actor.account}, {"permission", see_rosters.name}});
}

Participation require(db::Read& tx, const web::Actor& actor, ParticipationId id) {
    auto found = tx.find<Participation>(
        R"sql(
        select p.id, p.cohort, h.id, h.full_name, h.birth_date, h.birth_precision, h.sex, h.national_id,
               h.unit, h.position,
               p.unit,
               coalesce((select n.name from unit_names n
                         where n.unit = p.unit
                           and (n.valid_from is null or n.valid_from <= coalesce(c.opened_on, c.planned_opens_on))
                         order by n.valid_from desc nulls last, n.id desc limit 1), u.name),
               p.position, p.note, p.started_on, p.withdrawn_on, p.result, p.source_place
        from participations p
        join cohorts c on c.id = p.cohort
        join people h on h.id = p.person
        join units u on u.id = p.unit
        where p.id = :id
          and exists (select 1 from reach r where r.account = :actor and r.permission = :permission
              and r.unit = p.unit))sql",
        {{"id", id}, {"actor", actor.account}, {"permission", see_rosters.name}}, participation_of);
    if (!found) throw web::NotFound{};
    return *found;
}

Participation require(db::Read& tx, const web::Actor& actor, cohorts::CohortId cohort,
                      std::string_view national_id) {
    const auto id = tx.integer(R"sql(
        select p.id from participations p join people h on h.id = p.person
        where p.cohort = :cohort and h.national_id = :national_id)sql",
                               {{"cohort", cohort}, {"national_id", national_id}});
    return require(tx, actor, ParticipationId{id});
}

// That the person came is told by the row itself; what happened since, by the events.
std::vector<Event> history(db::Read& tx, ParticipationId id) {
    return tx.all<Event>(R"sql(
        select p.id, 'enrolled', null, '', p.recorded_at, a.display_name, '', p.source_place, d.id,
               coalesce(d.title, '')
        from participations p
        join accounts a on a.id = p.recorded_by
        left join documents d on d.id = p.document
        where p.id = :id
        union all
        select e.id, e.kind, e.effective_on, coalesce(e.result, ''), e.recorded_at, a.display_name, e.reason,
               e.source_place,
               d.id, coalesce(d.title, '')
        from participation_events e
        join participations p on p.id = e.participation and p.cohort = e.cohort
        join accounts a on a.id = e.recorded_by
        left join documents d on d.id = e.document
        where p.id = :id
        order by 5, 1)sql",
                         {{"id", id}}, [](const db::Row& row) {
                             return Event{
                                 row.integer(0), row.text(1),    row.maybe_date(2),
                                 row.text(3),    row.instant(4), row.text(5),
                                 row.text(6),    row.text(7),    row.maybe_id<documents::DocumentId>(8),
                                 row.text(9)};
                         });
}

std::vector<InCohort> learners_in(db::Read& tx, cohorts::CohortId cohort,
                                  std::optional<ParticipationId> only) {
    return tx.all<InCohort>(R"sql(
        select id, unit, started_on, withdrawn_on, result from participations
        where cohort = :cohort and (cast(:only as bigint) is null or id = :only) order by id)sql",
                            {{"cohort", cohort}, {"only", only}}, [](const db::Row& row) {
                                return InCohort{row.id<ParticipationId>(0),
                                                row.id<organisations::UnitId>(1),
                                                {row.maybe_date(2), row.maybe_date(3), row.text(4)}};
                            });
}

std::int64_t insert_event(db::Write& tx, const web::Actor& actor, const Participation& participation,
                          const NewEvent& event, const cohorts::Act& act) {
    const std::int64_t id = next_id();
    tx.run(R"sql(
        insert into participation_events (id, participation, cohort, kind, effective_on, result, recorded_at,
                                          recorded_by, reason,
                                          document, source_place)
        values (:id, :participation, :cohort, :kind, :effective_on, :result, :at, :actor, :reason, :document,
            :source_place))sql",
           {{"id", id},
            {"participation", participation.id},
            {"cohort", participation.cohort},
            {"kind", event.kind},
            {"effective_on", event.effective_on},
            {"result", event.result},
            {"at", act.at},
            {"actor", actor.account},
            {"reason", act.reason},
            {"document", act.source.document},
            {"source_place", act.source.place}});
    return id;
}

void update_description(db::Write& tx, ParticipationId id, const Description& description) {
    tx.run(
        R"sql(update participations set unit = :unit, position = :position, note = :note where id = :id)sql",
        {{"id", id},
         {"unit", description.unit},
         {"position", description.position},
         {"note", description.note}});
}

void update_facts(db::Write& tx, ParticipationId id, const Facts& facts) {
    tx.run(R"sql(
        update participations set started_on = :started_on, withdrawn_on = :withdrawn_on,
            result = :result where id = :id)sql",
           {{"id", id},
            {"started_on", facts.started_on},
            {"withdrawn_on", facts.withdrawn_on},
            {"result", facts.result}});
}

}  // namespace tiendo::participation
