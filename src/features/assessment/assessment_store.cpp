#include "features/assessment/assessment_store.h"

#include "platform/db/ids.h"
#include "platform/json/json.h"

namespace tiendo::assessment {

Scheme scheme_of(db::Read& tx, cohorts::CohortId cohort) {
    Scheme scheme;
    scheme.components = tx.all<Component>(R"sql(
        select id, code, name, weight, scale_max, pass_mark, resits, markers, tolerance, anonymous
        from assessment_components where cohort = :cohort order by position)sql",
                                          {{"cohort", cohort}}, [](const db::Row& row) {
                                              return Component{.id = row.id<ComponentId>(0),
                                                               .code = row.text(1),
                                                               .name = row.text(2),
                                                               .weight = row.integer(3),
                                                               .scale_max = row.integer(4),
                                                               .pass_mark = row.integer(5),
                                                               .resits = row.integer(6),
                                                               .markers = row.integer(7),
                                                               .tolerance = row.integer(8),
                                                               .anonymous = row.truth(9)};
                                          });
    scheme.bands = tx.all<Band>(R"sql(
        select code, name, from_mark, passes from assessment_bands where cohort = :cohort order by position)sql",
                                {{"cohort", cohort}}, [](const db::Row& row) {
                                    return Band{row.text(0), row.text(1), row.integer(2), row.truth(3)};
                                });
    return scheme;
}

std::vector<std::string> bands_of(db::Read& tx, cohorts::CohortId cohort) {
    return tx.all<std::string>(
        R"sql(select name from assessment_bands where cohort = :cohort order by position)sql",
        {{"cohort", cohort}}, [](const db::Row& row) { return row.text(0); });
}

// A component keeps its identity by its code, and with it its marks.
void write_scheme(db::Write& tx, cohorts::CohortId cohort, const Scheme& scheme) {
    std::int64_t position = 0;
    for (const Component& component : scheme.components)
        tx.run(R"sql(
            insert into assessment_components (id, cohort, position, code, name, weight, scale_max, pass_mark,
                                               resits, markers, tolerance, anonymous)
            values (:id, :cohort, :position, :code, :name, :weight, :scale_max, :pass_mark, :resits, :markers,
                    :tolerance, :anonymous)
            on conflict (cohort, code) do update set
                position = excluded.position, name = excluded.name, weight = excluded.weight,
                scale_max = excluded.scale_max, pass_mark = excluded.pass_mark, resits = excluded.resits,
                markers = excluded.markers, tolerance = excluded.tolerance, anonymous = excluded.anonymous)sql",
               {{"id", new_id<ComponentId>()},
                {"cohort", cohort},
                {"position", ++position},
                {"code", component.code},
                {"name", component.name},
                {"weight", component.weight},
                {"scale_max", component.scale_max},
                {"pass_mark", component.pass_mark},
                {"resits", component.resits},
                {"markers", component.markers},
                {"tolerance", component.tolerance},
                {"anonymous", component.anonymous}});
    for (const Component& before : scheme_of(tx, cohort).components) {
        bool stays = false;
        for (const Component& component : scheme.components) stays = stays || component.code == before.code;
        if (stays) continue;
        tx.run(R"sql(delete from marking_codes where component = :id)sql", {{"id", before.id}});
        tx.run(R"sql(delete from assessment_components where id = :id)sql", {{"id", before.id}});
    }
    tx.run(R"sql(delete from assessment_bands where cohort = :cohort)sql", {{"cohort", cohort}});
    auto bands = tx.bulk("assessment_bands", {"cohort", "position", "code", "name", "from_mark", "passes"});
    position = 0;
    for (const Band& band : scheme.bands)
        bands.add({cohort, ++position, band.code, band.name, band.from_mark, band.passes});
    bands.flush();
}

bool has_marks(db::Read& tx, ComponentId component) {
    return tx.integer(R"sql(
        select (select count(*) from mark_events where component = :component)
             + (select count(*) from submitted_papers where component = :component))sql",
                      {{"component", component}}) > 0;
}

std::optional<Date> locked_on(db::Read& tx, cohorts::CohortId cohort) {
    const auto last = tx.find<std::optional<Date>>(
        R"sql(
        select kind, effective_on from assessment_events
        where cohort = :cohort and kind in ('locked', 'unlocked') order by id desc limit 1)sql",
        {{"cohort", cohort}},
        [](const db::Row& row) { return row.view(0) == "locked" ? row.maybe_date(1) : std::nullopt; });
    return last.value_or(std::nullopt);
}

std::map<cohorts::CohortId, Date> recognised_on(db::Read& tx, std::span<const cohorts::CohortId> asked) {
    std::map<cohorts::CohortId, Date> recognised;
    if (asked.empty()) return recognised;
    const std::string ids = db::side_by_side(asked);
    tx.each(R"sql(
        with recursive places (place) as (
            select 0 union all select place + 1 from places where place + 1 < :count
        ),
        asked (id) as (select cast(substr(:ids, place * 20 + 1, 20) as bigint) from places)
        select l.cohort, l.effective_on from asked join assessment_events l on l.cohort = asked.id
        where l.kind = 'locked'
          and not exists (select 1 from assessment_events o
                          where o.cohort = l.cohort and o.kind in ('locked', 'unlocked') and o.id > l.id))sql",
            {{"count", asked.size()}, {"ids", ids}},
            [&](const db::Row& row) { recognised[row.id<cohorts::CohortId>(0)] = row.date(1); });
    return recognised;
}

std::int64_t insert_event(db::Write& tx, const web::Actor& actor, cohorts::CohortId cohort,
                          const NewEvent& event, const cohorts::Act& act) {
    const std::int64_t id = next_id();
    const std::string said = json::write(event.said);
    tx.run(R"sql(
        insert into assessment_events (id, cohort, kind, said, effective_on, document, recorded_at, recorded_by,
                                       reason)
        values (:id, :cohort, :kind, :said, :effective_on, :document, :at, :actor, :reason))sql",
           {{"id", id},
            {"cohort", cohort},
            {"kind", event.kind},
            {"said", said},
            {"effective_on", event.effective_on},
            {"document", event.document},
            {"at", act.at},
            {"actor", actor.account},
            {"reason", act.reason}});
    return id;
}

std::vector<Event> history_of(db::Read& tx, cohorts::CohortId cohort) {
    return tx.all<Event>(R"sql(
        select e.kind, e.said, e.effective_on, coalesce(d.number, ''), e.recorded_at, a.display_name, e.reason
        from assessment_events e
        join accounts a on a.id = e.recorded_by
        left join documents d on d.id = e.document
        where e.cohort = :cohort order by e.id)sql",
                         {{"cohort", cohort}}, [](const db::Row& row) {
                             const Value said = json::parse(row.view(1)).value_or(Value());
                             const std::string* who = said["name"].text();
                             return Event{row.text(0),    who ? *who : "", row.maybe_date(2), row.text(3),
                                          row.instant(4), row.text(5),     row.text(6)};
                         });
}

std::vector<Seat> board_of(db::Read& tx, cohorts::CohortId cohort) {
    return tx.all<Seat>(R"sql(
        select id, name, duty from assessment_board where cohort = :cohort order by id)sql",
                        {{"cohort", cohort}}, [](const db::Row& row) {
                            return Seat{row.integer(0), row.text(1), row.text(2)};
                        });
}

void add_seat(db::Write& tx, cohorts::CohortId cohort, const Seat& seat, Instant at) {
    tx.run(R"sql(
        insert into assessment_board (id, cohort, name, duty, recorded_at)
        values (:id, :cohort, :name, :duty, :at))sql",
           {{"id", seat.id}, {"cohort", cohort}, {"name", seat.name}, {"duty", seat.duty}, {"at", at}});
}

void remove_seat(db::Write& tx, cohorts::CohortId cohort, std::int64_t seat) {
    tx.run(R"sql(delete from assessment_board where cohort = :cohort and id = :seat)sql",
           {{"cohort", cohort}, {"seat", seat}});
}

void write_results(db::Write& tx, const Assessment& assessment, std::span<const Graded> learners,
                   std::int64_t event) {
    auto bulk = tx.bulk("assessment_results",
                        {"participation", "cohort", "total", "band_code", "band_name", "passed", "event"});
    for (const Graded& one : learners) {
        const Band& band = assessment.scheme.bands[*one.result.band];
        bulk.add({one.participation, assessment.cohort.id, *one.result.total, band.code, band.name,
                  one.result.passed, event});
    }
    bulk.flush();
}

void remove_results(db::Write& tx, cohorts::CohortId cohort) {
    tx.run(R"sql(delete from assessment_results where cohort = :cohort)sql", {{"cohort", cohort}});
}

}  // namespace tiendo::assessment
