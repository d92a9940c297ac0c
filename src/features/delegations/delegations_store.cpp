#include "features/delegations/delegations_store.h"

#include "platform/json/json.h"

namespace tiendo::delegations {

Delegation delegation_of(db::Read& tx, cohorts::Cohort cohort) {
    Delegation delegation{.cohort = std::move(cohort)};
    tx.each(R"sql(
        select sponsor, sending_bodies, countries, departs_on, returns_on, leader, briefed_on, briefing_place
        from delegations where cohort = :cohort)sql",
            {{"cohort", delegation.cohort.id}}, [&](const db::Row& row) {
                delegation.sponsor = row.text(0);
                delegation.sending_bodies = row.text(1);
                delegation.countries = row.text(2);
                delegation.departs_on = row.maybe_date(3);
                delegation.returns_on = row.maybe_date(4);
                delegation.leader = row.maybe_id<ParticipationId>(5);
                delegation.briefed_on = row.maybe_date(6);
                delegation.briefing_place = row.text(7);
            });
    return delegation;
}

void write_delegation(db::Write& tx, const Delegation& delegation) {
    tx.run(R"sql(
        insert into delegations (cohort, sponsor, sending_bodies, countries, departs_on, returns_on, leader,
                                 briefed_on, briefing_place)
        values (:cohort, :sponsor, :sending_bodies, :countries, :departs_on, :returns_on, :leader, :briefed_on,
                :briefing_place)
        on conflict (cohort) do update set
            sponsor = excluded.sponsor, sending_bodies = excluded.sending_bodies, countries = excluded.countries,
            departs_on = excluded.departs_on, returns_on = excluded.returns_on, leader = excluded.leader,
            briefed_on = excluded.briefed_on, briefing_place = excluded.briefing_place)sql",
           {{"cohort", delegation.cohort.id},
            {"sponsor", delegation.sponsor},
            {"sending_bodies", delegation.sending_bodies},
            {"countries", delegation.countries},
            {"departs_on", delegation.departs_on},
            {"returns_on", delegation.returns_on},
            {"leader", delegation.leader},
            {"briefed_on", delegation.briefed_on},
            {"briefing_place", delegation.briefing_place}});
}

std::vector<Leg> legs_of(db::Read& tx, cohorts::CohortId cohort) {
    return tx.all<Leg>(R"sql(
        select id, from_day, to_day, country, place, host, purpose
        from delegation_legs where cohort = :cohort order by from_day, to_day, id)sql",
                       {{"cohort", cohort}}, [](const db::Row& row) {
                           return Leg{row.integer(0), row.date(1), row.date(2), row.text(3),
                                      row.text(4),    row.text(5), row.text(6)};
                       });
}

void insert_leg(db::Write& tx, cohorts::CohortId cohort, const Leg& leg) {
    tx.run(R"sql(
        insert into delegation_legs (id, cohort, from_day, to_day, country, place, host, purpose)
        values (:id, :cohort, :from_day, :to_day, :country, :place, :host, :purpose))sql",
           {{"id", leg.id},
            {"cohort", cohort},
            {"from_day", leg.from_day},
            {"to_day", leg.to_day},
            {"country", leg.country},
            {"place", leg.place},
            {"host", leg.host},
            {"purpose", leg.purpose}});
}

void delete_leg(db::Write& tx, cohorts::CohortId cohort, std::int64_t leg) {
    tx.run(R"sql(delete from delegation_legs where cohort = :cohort and id = :id)sql",
           {{"cohort", cohort}, {"id", leg}});
}

std::vector<Settled> paperwork_of(db::Read& tx, cohorts::CohortId cohort) {
    return tx.all<Settled>(R"sql(
        select w.item, w.responsible, w.done_on, coalesce(d.number, ''), w.note
        from delegation_paperwork w left join documents d on d.id = w.document
        where w.cohort = :cohort)sql",
                           {{"cohort", cohort}}, [](const db::Row& row) {
                               Settled one{.code = row.text(0)};
                               one.item.responsible = row.text(1);
                               one.item.done_on = row.maybe_date(2);
                               one.item.document_number = row.text(3);
                               one.item.note = row.text(4);
                               return one;
                           });
}

void write_paperwork(db::Write& tx, cohorts::CohortId cohort, const Settled& settled,
                     std::optional<documents::DocumentId> document) {
    tx.run(R"sql(
        insert into delegation_paperwork (cohort, item, responsible, done_on, document, note)
        values (:cohort, :item, :responsible, :done_on, :document, :note)
        on conflict (cohort, item) do update set
            responsible = excluded.responsible, done_on = excluded.done_on,
            document = coalesce(excluded.document, delegation_paperwork.document), note = excluded.note)sql",
           {{"cohort", cohort},
            {"item", settled.code},
            {"responsible", settled.item.responsible},
            {"done_on", settled.item.done_on},
            {"document", document},
            {"note", settled.item.note}});
}

std::vector<Cost> costs_of(db::Read& tx, cohorts::CohortId cohort) {
    return tx.all<Cost>(R"sql(
        select name, planned, spent from delegation_costs where cohort = :cohort order by name)sql",
                        {{"cohort", cohort}}, [](const db::Row& row) {
                            return Cost{row.text(0), row.maybe_integer(1), row.maybe_integer(2)};
                        });
}

void write_cost(db::Write& tx, cohorts::CohortId cohort, const Cost& cost) {
    if (!cost.planned && !cost.spent) {
        tx.run(R"sql(delete from delegation_costs where cohort = :cohort and name = :name)sql",
               {{"cohort", cohort}, {"name", cost.name}});
        return;
    }
    tx.run(R"sql(
        insert into delegation_costs (cohort, name, planned, spent) values (:cohort, :name, :planned, :spent)
        on conflict (cohort, name) do update set planned = excluded.planned, spent = excluded.spent)sql",
           {{"cohort", cohort}, {"name", cost.name}, {"planned", cost.planned}, {"spent", cost.spent}});
}

std::vector<Event> events_of(db::Read& tx, cohorts::CohortId cohort) {
    return tx.all<Event>(
        R"sql(
        select e.kind, e.said, e.recorded_at, a.display_name, e.reason
        from delegation_events e join accounts a on a.id = e.recorded_by
        where e.cohort = :cohort order by e.id desc)sql",
        {{"cohort", cohort}}, [](const db::Row& row) {
            const auto said = json::parse(row.view(1));
            const std::string* what = said ? (*said)["what"].text() : nullptr;
            return Event{row.text(0), what ? *what : std::string(), row.instant(2), row.text(3), row.text(4)};
        });
}

void insert_event(db::Write& tx, const web::Actor& actor, cohorts::CohortId cohort, std::string_view kind,
                  const Value& said, const cohorts::Act& act) {
    const std::string written = json::write(said);
    tx.run(R"sql(
        insert into delegation_events (id, cohort, kind, said, recorded_at, recorded_by, reason)
        values (:id, :cohort, :kind, :said, :at, :actor, :reason))sql",
           {{"id", next_id()},
            {"cohort", cohort},
            {"kind", kind},
            {"said", written},
            {"at", act.at},
            {"actor", actor.account},
            {"reason", act.reason}});
}

std::vector<Rule> all_rules(db::Read& tx) {
    return tx.all<Rule>(R"sql(
        select kind, code, name_vi, name_en, amount, valid_from, basis, verified_by
        from delegation_rules order by position, code, valid_from nulls first, id)sql",
                        {}, [](const db::Row& row) {
                            return Rule{.kind = row.text(0),
                                        .code = row.text(1),
                                        .name_vi = row.text(2),
                                        .name_en = row.text(3),
                                        .amount = row.maybe_integer(4),
                                        .valid_from = row.maybe_date(5),
                                        .basis = row.text(6),
                                        .verified_by = row.text(7)};
                        });
}

// It keeps the place that its code has in the list.
void insert_rule(db::Write& tx, const web::Actor& actor, const Rule& rule, Instant at) {
    tx.run(R"sql(
        insert into delegation_rules (id, kind, code, position, name_vi, name_en, amount, valid_from, basis,
                                      verified_by, recorded_at, recorded_by)
        select :id, :kind, :code, min(r.position), :name_vi, :name_en, :amount, :valid_from, :basis,
               :verified_by, :at, :actor
        from delegation_rules r where r.code = :code)sql",
           {{"id", next_id()},
            {"kind", rule.kind},
            {"code", rule.code},
            {"name_vi", rule.name_vi},
            {"name_en", rule.name_en},
            {"amount", rule.amount},
            {"valid_from", rule.valid_from},
            {"basis", rule.basis},
            {"verified_by", rule.verified_by},
            {"at", at},
            {"actor", actor.account}});
}

}  // namespace tiendo::delegations
