#include "features/dossiers/dossiers_store.h"

#include "platform/audit/audit.h"
#include "platform/json/json.h"

namespace tiendo::dossiers {

std::int64_t insert_event(db::Write& tx, const web::Actor& actor, const cohorts::Cohort& cohort,
                          const NewEvent& event, const cohorts::Act& act) {
    const std::int64_t id = next_id();
    const std::string said = json::write(event.said);
    const auto item = event.item.empty() ? std::nullopt : std::optional<std::string_view>(event.item);
    tx.run(R"sql(
        insert into dossier_events (id, cohort, kind, item, said, document, recorded_at, recorded_by, reason)
        values (:id, :cohort, :kind, :item, :said, :document, :at, :actor, :reason))sql",
           {{"id", id},
            {"cohort", cohort.id},
            {"kind", event.kind},
            {"item", item},
            {"said", said},
            {"document", event.document},
            {"at", act.at},
            {"actor", actor.account},
            {"reason", act.reason}});
    Value detail = Value::object({{"code", cohort.code}});
    if (item) detail.set("item", event.item);
    if (!act.reason.empty()) detail.set("reason", act.reason);
    audit::record(tx, actor, act.at,
                  {"dossier." + std::string(event.kind), "cohort", cohort.id.value, std::move(detail)});
    return id;
}

std::vector<Checked> said_of_items(db::Read& tx, cohorts::CohortId cohort) {
    return tx.all<Checked>(R"sql(
        select e.item, e.kind, e.reason, a.display_name, e.recorded_at, d.id, coalesce(d.number, ''),
               d.dated_on, d.title, coalesce(d.file_name, '')
        from dossier_events e
        join accounts a on a.id = e.recorded_by
        left join documents d on d.id = e.document
        where e.cohort = :cohort and e.item is not null
          and not exists (select 1 from dossier_events l
                          where l.cohort = e.cohort and l.item = e.item and l.id > e.id))sql",
                           {{"cohort", cohort}}, [](const db::Row& row) {
                               Checked one;
                               one.item.code = row.text(0);
                               one.state = row.text(1);
                               one.reason = row.text(2);
                               one.recorded_by = row.text(3);
                               one.recorded_at = row.instant(4);
                               if (!row.is_null(5))
                                   one.paper = documents::Document{.id = row.id<documents::DocumentId>(5),
                                                                   .kind = "dossier",
                                                                   .title = row.text(8),
                                                                   .number = row.text(6),
                                                                   .dated_on = row.maybe_date(7),
                                                                   .file_digest = {},
                                                                   .file_name = row.text(9)};
                               return one;
                           });
}

std::vector<Seat> seats_of(db::Read& tx, cohorts::CohortId cohort) {
    return tx.all<Seat>(R"sql(
        select id, body, name, duty, participation from class_seats where cohort = :cohort order by id)sql",
                        {{"cohort", cohort}}, [](const db::Row& row) {
                            return Seat{row.integer(0), *parse_body(row.view(1)), row.text(2), row.text(3),
                                        row.maybe_id<ParticipationId>(4)};
                        });
}

void insert_seat(db::Write& tx, cohorts::CohortId cohort, const Seat& seat) {
    tx.run(R"sql(
        insert into class_seats (id, cohort, body, name, duty, participation)
        values (:id, :cohort, :body, :name, :duty, :learner))sql",
           {{"id", seat.id},
            {"cohort", cohort},
            {"body", to_text(seat.body)},
            {"name", seat.name},
            {"duty", seat.duty},
            {"learner", seat.learner}});
}

void delete_seat(db::Write& tx, cohorts::CohortId cohort, std::int64_t seat) {
    tx.run(R"sql(delete from class_seats where cohort = :cohort and id = :seat)sql",
           {{"cohort", cohort}, {"seat", seat}});
}

std::vector<Grouped> groups_of(db::Read& tx, cohorts::CohortId cohort) {
    return tx.all<Grouped>(
        R"sql(
        select p.id, h.full_name,
               coalesce((select n.name from unit_names n
                         where n.unit = p.unit
                           and (n.valid_from is null or n.valid_from <= coalesce(c.opened_on, c.planned_opens_on))
                         order by n.valid_from desc nulls last, n.id desc limit 1), u.name),
               coalesce(m.class_group, 0)
        from participations p
        join cohorts c on c.id = p.cohort
        join people h on h.id = p.person
        join units u on u.id = p.unit
        left join class_group_members m on m.participation = p.id
        where p.cohort = :cohort and p.withdrawn_on is null
        order by h.sort_key, p.id)sql",
        {{"cohort", cohort}}, [](const db::Row& row) {
            return Grouped{row.id<ParticipationId>(0), row.text(1), row.text(2), row.integer(3)};
        });
}

void write_groups(db::Write& tx, cohorts::CohortId cohort, std::span<const Grouped> learners) {
    tx.run(R"sql(delete from class_group_members where cohort = :cohort)sql", {{"cohort", cohort}});
    auto bulk = tx.bulk("class_group_members", {"participation", "cohort", "class_group"});
    for (const Grouped& one : learners)
        if (one.group > 0) bulk.add({one.learner, cohort, one.group});
    bulk.flush();
}

std::vector<CostLine> costs_of(db::Read& tx, cohorts::CohortId cohort) {
    return tx.all<CostLine>(R"sql(
        select l.id, l.stage, l.kind, k.name_vi, k.name_en, l.amount_dong, l.note, coalesce(d.number, '')
        from cost_lines l
        join cost_kinds k on k.code = l.kind
        left join documents d on d.id = l.document
        where l.cohort = :cohort order by k.position, l.id)sql",
                            {{"cohort", cohort}}, [](const db::Row& row) {
                                return CostLine{
                                    row.integer(0), row.view(1) == "spent" ? Stage::spent : Stage::planned,
                                    row.text(2),    {row.text(3), row.text(4)},
                                    row.integer(5), row.text(6),
                                    row.text(7)};
                            });
}

void insert_cost(db::Write& tx, const web::Actor& actor, cohorts::CohortId cohort, const CostLine& line,
                 std::optional<documents::DocumentId> document, Instant at) {
    tx.run(R"sql(
        insert into cost_lines (id, cohort, stage, kind, amount_dong, note, document, recorded_at, recorded_by)
        values (:id, :cohort, :stage, :kind, :amount, :note, :document, :at, :actor))sql",
           {{"id", line.id},
            {"cohort", cohort},
            {"stage", to_text(line.stage)},
            {"kind", line.kind},
            {"amount", line.amount_dong},
            {"note", line.note},
            {"document", document},
            {"at", at},
            {"actor", actor.account}});
}

void delete_cost(db::Write& tx, cohorts::CohortId cohort, std::int64_t line) {
    tx.run(R"sql(delete from cost_lines where cohort = :cohort and id = :line)sql",
           {{"cohort", cohort}, {"line", line}});
}

std::vector<Event> history_of(db::Read& tx, cohorts::CohortId cohort) {
    return tx.all<Event>(R"sql(
        select e.kind, coalesce(i.name_vi, ''), coalesce(i.name_en, ''), e.said, coalesce(d.number, ''),
               e.recorded_at, a.display_name, e.reason
        from dossier_events e
        join accounts a on a.id = e.recorded_by
        left join dossier_items i on i.code = e.item
        left join documents d on d.id = e.document
        where e.cohort = :cohort order by e.id desc)sql",
                         {{"cohort", cohort}}, [](const db::Row& row) {
                             return Event{row.text(0),
                                          {row.text(1), row.text(2)},
                                          json::parse(row.view(3)).value_or(Value()),
                                          row.text(4),
                                          row.instant(5),
                                          row.text(6),
                                          row.text(7)};
                         });
}

}  // namespace tiendo::dossiers
