#include "features/certificates/certificates.h"

#include "features/certificates/certificates_store.h"
#include "features/certificates/codes.h"

namespace tiendo::certificates {

std::string_view to_text(State state) {
    switch (state) {
        case State::valid: return "valid";
        case State::replaced: return "replaced";
        case State::revoked: return "revoked";
    }
    return "";
}

State Certificate::state() const {
    if (revoked_on) return State::revoked;
    return replaced_on ? State::replaced : State::valid;
}

std::optional<Certificate> find_certificate(db::Read& tx, std::string_view typed) {
    const auto code = read_code(typed);
    if (!code) return std::nullopt;
    const std::int64_t id =
        tx.integer(R"sql(select id from certificates where code = :code)sql", {{"code", *code}});
    return id == 0 ? std::nullopt : certificate_of(tx, CertificateId{id});
}

Certificate require(db::Read& tx, const web::Actor& actor, CertificateId id) {
    const bool within_reach =
        tx.integer(R"sql(
            select count(*) from certificates c
            join cohorts k on k.id = c.cohort
            join participations p on p.id = c.participation
            where c.id = :id
              and exists (select 1 from reach r where r.account = :actor and r.permission = :permission
                          and (r.unit = k.organiser_unit or r.unit = p.unit)))sql",
                   {{"id", id}, {"actor", actor.account}, {"permission", see_certificates.name}}) > 0;
    if (!within_reach) throw web::NotFound{};
    return certificate_of(tx, id).value();
}

Certificate require(db::Read& tx, const web::Actor& actor, std::string_view code) {
    const auto found = find_certificate(tx, code);
    if (!found) throw web::NotFound{};
    return require(tx, actor, found->id);
}

Certificate require_for_change(db::Write& tx, const web::Actor& actor, web::Permission permission,
                               CertificateId id) {
    const Certificate certificate = require(tx, actor, id);
    const cohorts::Cohort cohort = cohorts::require_for_books(tx, certificate.cohort);
    if (!organisations::may(tx, actor, permission, cohort.organiser_unit)) throw web::Forbidden{};
    tx.lock("cohort", cohort.id.value);
    return certificate_of(tx, id).value();
}

void entries(const cohorts::Cohort& cohort, const Counted& certificate, const ledger::Emit& emit) {
    ledger::Entry entry{.measure = ledger::Measure::certificates_issued,
                        .quantity = 1,
                        .effective_on = certificate.issued_on,
                        .plan_line = cohort.facts.plan_line,
                        .programme = cohort.programme.id,
                        .cohort = cohort.id,
                        .participation = certificate.participation,
                        .person_unit = certificate.unit,
                        .organiser_unit = cohort.organiser_unit};
    if (!certificate.is_replacement) emit(entry, certificate.id.value);
    if (!certificate.revoked_on) return;
    entry.quantity = -1;
    entry.effective_on = *certificate.revoked_on;
    emit(entry, 0);
}

ledger::Bookkeeper bookkeeper() {
    return {"certificates", [](db::Read& tx, cohorts::CohortId cohort_id, std::optional<ParticipationId> only,
                               const ledger::Emit& emit) {
                const auto counted = tx.all<Counted>(
                    R"sql(
                    select c.id, c.participation, p.unit, c.issued_on, c.replaces, c.revoked_on
                    from certificates c join participations p on p.id = c.participation
                    where c.cohort = :cohort and (:whole or c.participation = :only))sql",
                    {{"cohort", cohort_id},
                     {"whole", !only.has_value()},
                     {"only", only.value_or(ParticipationId{})}},
                    [](const db::Row& row) {
                        return Counted{row.id<CertificateId>(0),
                                       row.id<ParticipationId>(1),
                                       row.id<organisations::UnitId>(2),
                                       row.date(3),
                                       !row.is_null(4),
                                       row.maybe_date(5)};
                    });
                if (counted.empty()) return;
                const cohorts::Cohort cohort = cohorts::require_for_books(tx, cohort_id);
                for (const Counted& one : counted) entries(cohort, one, emit);
            }};
}

}  // namespace tiendo::certificates
