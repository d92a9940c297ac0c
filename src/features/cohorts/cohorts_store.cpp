#include "features/cohorts/cohorts_store.h"

#include "base/text.h"

namespace tiendo::cohorts {

namespace {

// The day, and in the next column whether it is only a month.
std::optional<PlannedDate> planned_of(const db::Row& row, int column) {
    if (row.is_null(column)) return std::nullopt;
    return PlannedDate{row.date(column), row.view(column + 1) == "month" ? Precision::month : Precision::day};
}

}  // namespace

Cohort cohort_of(const db::Row& row) {
    Cohort cohort{
        .id = row.id<CohortId>(0),
        .code = row.text(1),
        .programme = {row.id<programmes::ProgrammeId>(2), row.text(3), row.text(4)},
        .organiser_unit = row.id<organisations::UnitId>(5),
        .kind = *parse_kind(row.view(6)),
        .role = *parse_role(row.view(7)),
        .partner = row.text(8),
        .place = row.text(9),
        .basis = row.text(10),
        .note = row.text(11),
        .planned_opens_on = std::nullopt,
        .planned_closes_on = row.maybe_date(14),
        .expected_learners = row.maybe_integer(15),
        .facts = {row.maybe_date(16), row.maybe_date(17), row.maybe_date(18), row.maybe_id<plan::LineId>(19),
                  row.maybe_date(20), row.maybe_date(21), row.maybe_id<CohortId>(22), row.maybe_date(23)},
        .hosted_by = row.text(24),
        .managed_by = row.text(25),
        .certified_by = row.text(26),
        .basis_document = row.maybe_id<documents::DocumentId>(27)};
    cohort.planned_opens_on = planned_of(row, 12);
    return cohort;
}

namespace {

std::string_view precision_of(const Cohort& cohort) {
    return cohort.planned_opens_on && cohort.planned_opens_on->precision == Precision::month ? "month"
                                                                                             : "day";
}

std::optional<Date> planned_day(const Cohort& cohort) {
    return cohort.planned_opens_on ? std::optional(cohort.planned_opens_on->date) : std::nullopt;
}

}  // namespace

Cohort require(db::Read& tx, const web::Actor& actor, CohortId id) {
    auto found = tx.find<Cohort>(
        R"sql(
        select c.id, c.code, g.id, g.code, g.name, c.organiser_unit, c.kind, c.role, c.partner, c.place,
               c.basis, c.note,
               c.planned_opens_on, c.planned_precision, c.planned_closes_on, c.expected_learners,
               c.opened_on, c.closed_on, c.cancelled_on, c.plan_line,
               c.decided_on, c.postponed_on, c.merged_into, c.filed_on,
               c.hosted_by, c.managed_by, c.certified_by, c.basis_document
        from cohorts c join programmes g on g.id = c.programme
        where c.id = :id
          and (exists (select 1 from reach r
                       where r.account = :actor and r.permission = :permission and r.unit = c.organiser_unit)
               or exists (select 1 from reach r join participations n on n.unit = r.unit and n.cohort = c.id
                          where r.account = :actor and r.permission = :of_rosters)))sql",
        {{"id", id}, {"actor", actor.account}, {"permission", see_cohorts.name}, {"of_rosters", see_rosters}},
        cohort_of);
    if (!found) throw web::NotFound{};
    return *found;
}

Cohort require(db::Read& tx, const web::Actor& actor, std::string_view code) {
    const auto found = find_cohort(tx, code);
    if (!found) throw web::NotFound{};
    return require(tx, actor, found->id);
}

std::optional<Cohort> find_cohort(db::Read& tx, std::string_view code) {
    return tx.find<Cohort>(R"sql(
        select c.id, c.code, g.id, g.code, g.name, c.organiser_unit, c.kind, c.role, c.partner, c.place,
               c.basis, c.note,
               c.planned_opens_on, c.planned_precision, c.planned_closes_on, c.expected_learners,
               c.opened_on, c.closed_on, c.cancelled_on, c.plan_line,
               c.decided_on, c.postponed_on, c.merged_into, c.filed_on,
               c.hosted_by, c.managed_by, c.certified_by, c.basis_document
        from cohorts c join programmes g on g.id = c.programme
        where c.code = :code)sql",
                           {{"code", code}}, cohort_of);
}

std::optional<Cohort> find_for_change(db::Write& tx, std::string_view code) {
    const auto found = find_cohort(tx, code);
    if (!found) return std::nullopt;
    tx.lock("cohort", found->id.value);
    return find_cohort(tx, code);
}

Cohort require_for_books(db::Read& tx, CohortId id) {
    auto found = tx.find<Cohort>(R"sql(
        select c.id, c.code, g.id, g.code, g.name, c.organiser_unit, c.kind, c.role, c.partner, c.place,
               c.basis, c.note,
               c.planned_opens_on, c.planned_precision, c.planned_closes_on, c.expected_learners,
               c.opened_on, c.closed_on, c.cancelled_on, c.plan_line,
               c.decided_on, c.postponed_on, c.merged_into, c.filed_on,
               c.hosted_by, c.managed_by, c.certified_by, c.basis_document
        from cohorts c join programmes g on g.id = c.programme
        where c.id = :id)sql",
                                 {{"id", id}}, cohort_of);
    if (!found) throw web::NotFound{};
    return *found;
}

std::vector<std::string> cohort_codes(db::Read& tx) {
    return tx.all<std::string>(R"sql(select code from cohorts where undone_at is null order by code)sql", {},
                               [](const db::Row& row) { return row.text(0); });
}

std::vector<Event> history(db::Read& tx, CohortId id) {
    return tx.all<Event>(
        R"sql(
        select e.id, e.kind, e.effective_on, e.plan_line, coalesce(g.name, ''), e.recorded_at,
               a.display_name, e.reason, e.source_place, e.document, coalesce(d.number, ''),
               e.signatory, e.signatory_title, coalesce(m.code, ''), e.planned_opens_on, e.planned_precision
        from cohort_events e
        join accounts a on a.id = e.recorded_by
        left join plan_lines l on l.id = e.plan_line
        left join programmes g on g.id = l.programme
        left join documents d on d.id = e.document
        left join cohorts m on m.id = e.merged_into
        where e.cohort = :id order by e.id)sql",
        {{"id", id}}, [](const db::Row& row) {
            return Event{.id = row.integer(0),
                         .kind = row.text(1),
                         .effective_on = row.maybe_date(2),
                         .plan_line = row.maybe_id<plan::LineId>(3),
                         .plan_line_name = row.text(4),
                         .recorded_at = row.instant(5),
                         .recorded_by = row.text(6),
                         .reason = row.text(7),
                         .source_place = row.text(8),
                         .document = row.maybe_id<documents::DocumentId>(9),
                         .document_number = row.text(10),
                         .signatory = row.text(11),
                         .signatory_title = row.text(12),
                         .merged_into = row.text(13),
                         .planned_opens_on = planned_of(row, 14)};
        });
}

void insert_description(db::Write& tx, const web::Actor& actor, const Cohort& cohort, Instant at) {
    tx.run(R"sql(
        insert into cohort_descriptions (id, cohort, kind, role, partner, planned_opens_on,
                                         planned_precision, expected_learners,
                                         recorded_at, recorded_by)
        values (:id, :cohort, :kind, :role, :partner, :planned_opens_on, :planned_precision,
            :expected_learners, :at, :actor))sql",
           {{"id", next_id()},
            {"cohort", cohort.id},
            {"kind", to_text(cohort.kind)},
            {"role", to_text(cohort.role)},
            {"partner", cohort.partner},
            {"planned_opens_on", planned_day(cohort)},
            {"planned_precision", precision_of(cohort)},
            {"expected_learners", cohort.expected_learners},
            {"at", at},
            {"actor", actor.account}});
}

void insert_cohort(db::Write& tx, const web::Actor& actor, const Cohort& cohort, const Act& act) {
    tx.run(R"sql(
        insert into cohorts (id, code, search, programme, organiser_unit, kind, role, partner, place, basis, note,
                             planned_opens_on, planned_precision, planned_closes_on, expected_learners,
                             hosted_by, managed_by, certified_by, basis_document,
                             recorded_at, recorded_by, document, source_place)
        values (:id, :code, :search, :programme, :organiser_unit, :kind, :role, :partner, :place, :basis, :note,
                :planned_opens_on, :planned_precision, :planned_closes_on, :expected_learners,
                :hosted_by, :managed_by, :certified_by, :basis_document,
                :at, :actor, :document, :source_place))sql",
           {{"id", cohort.id},
            {"code", cohort.code},
            {"search", fold(cohort.code + " " + cohort.partner)},
            {"programme", cohort.programme.id},
            {"organiser_unit", cohort.organiser_unit},
            {"kind", to_text(cohort.kind)},
            {"role", to_text(cohort.role)},
            {"partner", cohort.partner},
            {"place", cohort.place},
            {"basis", cohort.basis},
            {"note", cohort.note},
            {"planned_opens_on", planned_day(cohort)},
            {"planned_precision", precision_of(cohort)},
            {"planned_closes_on", cohort.planned_closes_on},
            {"expected_learners", cohort.expected_learners},
            {"hosted_by", cohort.hosted_by},
            {"managed_by", cohort.managed_by},
            {"certified_by", cohort.certified_by},
            {"basis_document", cohort.basis_document},
            {"at", act.at},
            {"actor", actor.account},
            {"document", act.source.document},
            {"source_place", act.source.place}});
}

void update_description(db::Write& tx, const Cohort& cohort) {
    tx.run(R"sql(
        update cohorts set search = :search, kind = :kind, role = :role, partner = :partner, place = :place,
            basis = :basis,
                           note = :note, planned_opens_on = :planned_opens_on, planned_precision = :planned_precision,
                           planned_closes_on = :planned_closes_on, expected_learners = :expected_learners,
                           hosted_by = :hosted_by, managed_by = :managed_by, certified_by = :certified_by,
                           basis_document = :basis_document
        where id = :id)sql",
           {{"id", cohort.id},
            {"search", fold(cohort.code + " " + cohort.partner)},
            {"kind", to_text(cohort.kind)},
            {"role", to_text(cohort.role)},
            {"partner", cohort.partner},
            {"place", cohort.place},
            {"basis", cohort.basis},
            {"note", cohort.note},
            {"planned_opens_on", planned_day(cohort)},
            {"planned_precision", precision_of(cohort)},
            {"planned_closes_on", cohort.planned_closes_on},
            {"expected_learners", cohort.expected_learners},
            {"hosted_by", cohort.hosted_by},
            {"managed_by", cohort.managed_by},
            {"certified_by", cohort.certified_by},
            {"basis_document", cohort.basis_document}});
}

std::int64_t insert_event(db::Write& tx, const web::Actor& actor, CohortId cohort, const NewEvent& event,
                          const Act& act) {
    const std::int64_t id = next_id();
    const auto planned = event.planned_opens_on ? std::optional(event.planned_opens_on->date) : std::nullopt;
    const std::string_view precision =
        planned ? tiendo::to_text(event.planned_opens_on->precision) : std::string_view{};
    tx.run(R"sql(
        insert into cohort_events (id, cohort, kind, effective_on, plan_line, recorded_at, recorded_by,
                                   reason, document, source_place, merged_into, planned_opens_on,
                                   planned_precision, signatory, signatory_title)
        values (:id, :cohort, :kind, :effective_on, :plan_line, :at, :actor, :reason, :document, :source_place,
                :merged_into, :planned_opens_on, :planned_precision, :signatory, :signatory_title))sql",
           {{"id", id},
            {"cohort", cohort},
            {"kind", event.kind},
            {"effective_on", event.effective_on},
            {"plan_line", event.plan_line},
            {"at", act.at},
            {"actor", actor.account},
            {"reason", act.reason},
            {"document", act.source.document},
            {"source_place", act.source.place},
            {"merged_into", event.merged_into},
            {"planned_opens_on", planned},
            {"planned_precision", precision},
            {"signatory", event.signatory},
            {"signatory_title", event.signatory_title}});
    return id;
}

void update_facts(db::Write& tx, CohortId cohort, const Facts& facts) {
    tx.run(R"sql(
        update cohorts set opened_on = :opened_on, closed_on = :closed_on, cancelled_on = :cancelled_on,
            plan_line = :plan_line, decided_on = :decided_on, postponed_on = :postponed_on,
            merged_into = :merged_into, filed_on = :filed_on
        where id = :id)sql",
           {{"id", cohort},
            {"opened_on", facts.opened_on},
            {"closed_on", facts.closed_on},
            {"cancelled_on", facts.cancelled_on},
            {"plan_line", facts.plan_line},
            {"decided_on", facts.decided_on},
            {"postponed_on", facts.postponed_on},
            {"merged_into", facts.merged_into},
            {"filed_on", facts.filed_on}});
}

std::vector<programmes::Opening> openings_of(db::Read& tx, programmes::ProgrammeId programme) {
    return tx.all<programmes::Opening>(R"sql(
        select code, opened_on from cohorts
        where programme = :programme and opened_on is not null and cancelled_on is null
        order by opened_on, id)sql",
                                       {{"programme", programme}}, [](const db::Row& row) {
                                           return programmes::Opening{row.text(0), row.date(1)};
                                       });
}

}  // namespace tiendo::cohorts
