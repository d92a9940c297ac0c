// Certificates read whole, and written.
#include "features/certificates/certificates_store.h"

#include "base/text.h"

namespace tiendo::certificates {
namespace {

// Which certificates: one, those of an issue, those of a cohort that stand.
struct Which {
    CertificateId id;
    IssueId issue;
    cohorts::CohortId cohort;
};

std::vector<Certificate> certificates_where(db::Read& tx, const Which& which) {
    return tx.all<Certificate>(R"sql(
        select id, participation, cohort, issue, kind, code, series, book_year, register_number, register_text,
               serial, title, full_name, birth, unit_name, programme_name, cohort_code, periods, opened_on,
               closed_on, band, decision_number, decision_on, issued_on, valid_until, place, issuer_name,
               organiser_name, signed_for, signatory_title, signatory_name, address, replaces, replaced_on,
               revoked_on, handed_over_on, requested_on, request_due_on, file_digest, revoked_ground, blanks,
               blank_number, page, head, motto, party_cell, party_committee
        from certificates
        where id = :id or issue = :issue
           or (cohort = :cohort and replaced_on is null and revoked_on is null)
        order by series, book_year, register_number)sql",
                               {{"id", which.id}, {"issue", which.issue}, {"cohort", which.cohort}},
                               [](const db::Row& row) {
                                   Certificate one;
                                   one.id = row.id<CertificateId>(0);
                                   one.participation = row.id<ParticipationId>(1);
                                   one.cohort = row.id<cohorts::CohortId>(2);
                                   one.issue = row.id<IssueId>(3);
                                   one.kind = row.text(4);
                                   one.printed = {.code = row.text(5),
                                                  .series = row.text(6),
                                                  .book_year = static_cast<int>(row.integer(7)),
                                                  .register_number = row.integer(8),
                                                  .register_text = row.text(9),
                                                  .serial = row.text(10),
                                                  .title = row.text(11),
                                                  .full_name = row.text(12),
                                                  .birth = row.text(13),
                                                  .unit_name = row.text(14),
                                                  .programme_name = row.text(15),
                                                  .cohort_code = row.text(16),
                                                  .periods = row.integer(17),
                                                  .opened_on = row.date(18),
                                                  .closed_on = row.maybe_date(19),
                                                  .band = row.text(20),
                                                  .decision_number = row.text(21),
                                                  .decision_on = row.date(22),
                                                  .issued_on = row.date(23),
                                                  .valid_until = row.maybe_date(24),
                                                  .place = row.text(25),
                                                  .issuer_name = row.text(26),
                                                  .organiser_name = row.text(27),
                                                  .signed_for = row.text(28),
                                                  .signatory_title = row.text(29),
                                                  .signatory_name = row.text(30)};
                                   one.address = row.text(31);
                                   one.replaces = row.maybe_id<CertificateId>(32);
                                   one.replaced_on = row.maybe_date(33);
                                   one.revoked_on = row.maybe_date(34);
                                   one.handed_over_on = row.maybe_date(35);
                                   one.requested_on = row.maybe_date(36);
                                   one.request_due_on = row.maybe_date(37);
                                   one.file_digest = row.text(38);
                                   one.revoked_ground = row.text(39);
                                   one.blanks = row.integer(40);
                                   one.blank_number = row.integer(41);
                                   one.page = row.integer(42);
                                   one.head = row.text(43);
                                   one.motto = row.text(44);
                                   one.party_cell = row.text(45);
                                   one.party_committee = row.text(46);
                                   return one;
                               });
}

IssueState issue_of(const db::Row& row) {
    return {.id = row.id<IssueId>(0),
            .cohort = row.id<cohorts::CohortId>(1),
            .cohort_code = row.text(2),
            .issued_on = row.date(3),
            .drawing = row.text(4),
            .certificates = row.integer(5),
            .state = row.text(6),
            .incident = row.text(7),
            .file_digest = row.text(8),
            .recorded_at = row.instant(9),
            .recorded_by = row.text(10)};
}

}  // namespace

std::optional<Certificate> certificate_of(db::Read& tx, CertificateId id) {
    auto found = certificates_where(tx, {.id = id, .issue = {}, .cohort = {}});
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::vector<Certificate> certificates_of(db::Read& tx, IssueId issue) {
    return certificates_where(tx, {.id = {}, .issue = issue, .cohort = {}});
}

std::vector<Certificate> standing_in(db::Read& tx, cohorts::CohortId cohort) {
    return certificates_where(tx, {.id = {}, .issue = {}, .cohort = cohort});
}

std::optional<Certificate> successor_of(db::Read& tx, CertificateId id) {
    const std::int64_t next =
        tx.integer(R"sql(select id from certificates where replaces = :id)sql", {{"id", id}});
    return next == 0 ? std::nullopt : certificate_of(tx, CertificateId{next});
}

std::vector<Event> history_of(db::Read& tx, CertificateId id) {
    return tx.all<Event>(R"sql(
        select e.kind, e.effective_on, e.said, e.recorded_at, a.display_name, e.reason, coalesce(d.number, '')
        from certificate_events e
        join accounts a on a.id = e.recorded_by
        left join documents d on d.id = e.document
        where e.certificate = :id order by e.id)sql",
                         {{"id", id}}, [](const db::Row& row) {
                             return Event{
                                 row.text(0),    row.date(1), json::parse(row.view(2)).value_or(Value()),
                                 row.instant(3), row.text(4), row.text(5),
                                 row.text(6)};
                         });
}

std::optional<IssueState> find_issue(db::Read& tx, IssueId id) {
    return tx.find<IssueState>(R"sql(
        select i.id, i.cohort, k.code, i.issued_on, i.template, i.certificates, i.state, i.incident,
               i.file_digest, i.recorded_at, a.display_name
        from certificate_issues i
        join cohorts k on k.id = i.cohort
        join accounts a on a.id = i.recorded_by
        where i.id = :id)sql",
                               {{"id", id}}, issue_of);
}

IssueState require_issue(db::Read& tx, const web::Actor& actor, IssueId id) {
    auto found = find_issue(tx, id);
    if (!found) throw web::NotFound{};
    const cohorts::Cohort cohort = cohorts::require_for_books(tx, found->cohort);
    if (!organisations::may(tx, actor, see_certificates, cohort.organiser_unit)) throw web::NotFound{};
    return *found;
}

std::vector<IssueState> issues_of(db::Read& tx, cohorts::CohortId cohort) {
    return tx.all<IssueState>(R"sql(
        select i.id, i.cohort, k.code, i.issued_on, i.template, i.certificates, i.state, i.incident,
               i.file_digest, i.recorded_at, a.display_name
        from certificate_issues i
        join cohorts k on k.id = i.cohort
        join accounts a on a.id = i.recorded_by
        where i.cohort = :cohort order by i.id desc)sql",
                              {{"cohort", cohort}}, issue_of);
}

IssueId insert_issue(db::Write& tx, const web::Actor& actor, cohorts::CohortId cohort, Date issued_on,
                     const std::string& drawing, std::int64_t count, Instant at) {
    const auto id = new_id<IssueId>();
    tx.run(R"sql(
        insert into certificate_issues (id, cohort, issued_on, template, certificates, state, incident,
                                        file_digest, file_bytes, recorded_at, recorded_by)
        values (:id, :cohort, :issued_on, :drawing, :count, 'drawing', '', '', 0, :at, :actor))sql",
           {{"id", id},
            {"cohort", cohort},
            {"issued_on", issued_on},
            {"drawing", drawing},
            {"count", count},
            {"at", at},
            {"actor", actor.account}});
    return id;
}

void insert_certificates(db::Write& tx, std::span<const Certificate> certificates, Instant at) {
    auto bulk = tx.bulk("certificates", {"id",
                                         "code",
                                         "series",
                                         "book_year",
                                         "register_number",
                                         "register_text",
                                         "participation",
                                         "cohort",
                                         "issue",
                                         "replaces",
                                         "blanks",
                                         "blank_number",
                                         "serial",
                                         "kind",
                                         "title",
                                         "full_name",
                                         "sort_key",
                                         "search",
                                         "birth",
                                         "unit_name",
                                         "programme_name",
                                         "cohort_code",
                                         "periods",
                                         "opened_on",
                                         "closed_on",
                                         "band",
                                         "decision_number",
                                         "decision_on",
                                         "issued_on",
                                         "valid_until",
                                         "place",
                                         "issuer_name",
                                         "organiser_name",
                                         "signed_for",
                                         "signatory_title",
                                         "signatory_name",
                                         "address",
                                         "head",
                                         "motto",
                                         "party_cell",
                                         "party_committee",
                                         "revoked_ground",
                                         "received_by",
                                         "page",
                                         "file_digest",
                                         "recorded_at"});
    for (const Certificate& one : certificates) {
        const Printed& facts = one.printed;
        const std::string key = name_sort_key(facts.full_name), search = fold(facts.full_name);
        const auto blanks = one.blanks == 0 ? std::nullopt : std::optional(one.blanks);
        const auto blank_number = blanks ? std::optional(one.blank_number) : std::nullopt;
        bulk.add({one.id,
                  facts.code,
                  facts.series,
                  facts.book_year,
                  facts.register_number,
                  facts.register_text,
                  one.participation,
                  one.cohort,
                  one.issue,
                  one.replaces,
                  blanks,
                  blank_number,
                  facts.serial,
                  one.kind,
                  facts.title,
                  facts.full_name,
                  db::Blob{key},
                  search,
                  facts.birth,
                  facts.unit_name,
                  facts.programme_name,
                  facts.cohort_code,
                  facts.periods,
                  facts.opened_on,
                  facts.closed_on,
                  facts.band,
                  facts.decision_number,
                  facts.decision_on,
                  facts.issued_on,
                  facts.valid_until,
                  facts.place,
                  facts.issuer_name,
                  facts.organiser_name,
                  facts.signed_for,
                  facts.signatory_title,
                  facts.signatory_name,
                  one.address,
                  one.head,
                  one.motto,
                  one.party_cell,
                  one.party_committee,
                  "",
                  "",
                  one.page,
                  "",
                  at});
    }
    bulk.flush();
}

std::int64_t insert_event(db::Write& tx, const web::Actor& actor, CertificateId certificate,
                          const NewEvent& event, const cohorts::Act& act) {
    const std::int64_t id = next_id();
    const std::string said = json::write(event.said);
    tx.run(R"sql(
        insert into certificate_events (id, certificate, kind, effective_on, said, document, recorded_at,
                                        recorded_by, reason)
        values (:id, :certificate, :kind, :effective_on, :said, :document, :at, :actor, :reason))sql",
           {{"id", id},
            {"certificate", certificate},
            {"kind", event.kind},
            {"effective_on", event.effective_on},
            {"said", said},
            {"document", event.document},
            {"at", act.at},
            {"actor", actor.account},
            {"reason", act.reason}});
    return id;
}

void insert_events(db::Write& tx, const web::Actor& actor, std::span<const Certificate> certificates,
                   const NewEvent& event, const cohorts::Act& act) {
    const std::string said = json::write(event.said);
    auto bulk = tx.bulk("certificate_events", {"id", "certificate", "kind", "effective_on", "said",
                                               "document", "recorded_at", "recorded_by", "reason"});
    for (const Certificate& one : certificates)
        bulk.add({next_id(), one.id, event.kind, event.effective_on, said, event.document, act.at,
                  actor.account, act.reason});
    bulk.flush();
}

std::int64_t standing_count(db::Read& tx, cohorts::CohortId cohort) {
    return tx.integer(R"sql(
        select count(*) from certificates
        where cohort = :cohort and replaced_on is null and revoked_on is null)sql",
                      {{"cohort", cohort}});
}

std::vector<Groundless> groundless_in(db::Read& tx, cohorts::CohortId cohort) {
    return tx.all<Groundless>(
        R"sql(
        select c.id, c.register_text, c.full_name,
               case when k.cancelled_on is not null then 'cancelled' when p.withdrawn_on is not null then 'withdrawn'
                    when p.result = '' then 'not_recognised' when p.result <> 'completed' then 'not_completed'
                    else 'other_band' end,
               c.band, coalesce(r.band_name, '')
        from certificates c
        join cohorts k on k.id = c.cohort
        join participations p on p.id = c.participation
        left join assessment_results r on r.participation = p.id
        where c.cohort = :cohort and c.replaced_on is null and c.revoked_on is null
          and (k.cancelled_on is not null or p.withdrawn_on is not null or p.result <> 'completed'
               or r.band_name <> c.band)
        order by c.series, c.book_year, c.register_number)sql",
        {{"cohort", cohort}}, [](const db::Row& row) {
            return Groundless{
                row.id<CertificateId>(0), row.text(1), row.text(2), row.text(3), row.text(4), row.text(5)};
        });
}

std::int64_t issued_in(db::Read& tx, cohorts::CohortId cohort) {
    return tx.integer(R"sql(select count(*) from certificates where cohort = :cohort)sql",
                      {{"cohort", cohort}});
}

}  // namespace tiendo::certificates
