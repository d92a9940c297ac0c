// Everybody of a cohort who might be given a certificate, with all that decides it.
#include "features/certificates/certificates_store.h"

namespace tiendo::certificates {

std::vector<Candidate> candidates_of(db::Read& tx, cohorts::CohortId cohort, Date issued_on) {
    return tx.all<Candidate>(
        R"sql(
        select p.id, h.full_name, h.birth_date, h.birth_precision,
               coalesce((select n.name from unit_names n
                         where n.unit = p.unit and (n.valid_from is null or n.valid_from <= :issued_on)
                         order by n.valid_from desc nulls last, n.id desc limit 1), u.name),
               p.withdrawn_on, p.result, coalesce(r.band_name, ''), coalesce(s.code, ''),
               coalesce((select x.revoked_ground from certificates x
                         join certificate_grounds g on g.code = x.revoked_ground
                         where x.participation = p.id and not g.may_be_issued_again limit 1), ''),
               coalesce((select f.value from person_facts f
                         where f.person = p.person and f.kind = 'party_cell' and f.withdrawn_at is null
                           and (f.valid_from is null or f.valid_from <= :issued_on)
                           and (f.valid_until is null or f.valid_until > :issued_on)
                         order by f.valid_from desc nulls last, f.id desc limit 1), ''),
               coalesce((select f.value from person_facts f
                         where f.person = p.person and f.kind = 'party_committee' and f.withdrawn_at is null
                           and (f.valid_from is null or f.valid_from <= :issued_on)
                           and (f.valid_until is null or f.valid_until > :issued_on)
                         order by f.valid_from desc nulls last, f.id desc limit 1), '')
        from participations p
        join people h on h.id = p.person
        join units u on u.id = p.unit
        left join assessment_results r on r.participation = p.id
        left join certificates s on s.participation = p.id and s.replaced_on is null and s.revoked_on is null
        where p.cohort = :cohort order by h.sort_key, p.id)sql",
        {{"cohort", cohort}, {"issued_on", issued_on}}, [](const db::Row& row) {
            people::Person person;
            if (!row.is_null(2))
                person.birth =
                    people::Birth{row.date(2), parse_precision(row.view(3)).value_or(Precision::day)};
            return Candidate{.participation = row.id<ParticipationId>(0),
                             .full_name = row.text(1),
                             .birth = people::birth_text(person),
                             .unit_name = row.text(4),
                             .withdrawn = !row.is_null(5),
                             .result = row.text(6),
                             .band = row.text(7),
                             .standing = row.text(8),
                             .revoked_for_good = row.text(9),
                             .party_cell = row.text(10),
                             .party_committee = row.text(11)};
        });
}

std::optional<Decision> decision_on_results(db::Read& tx, cohorts::CohortId cohort) {
    std::optional<Decision> decision;
    for (const assessment::Event& event : assessment::history_of(tx, cohort)) {
        if (event.kind == "locked") decision = {event.document_number, event.effective_on.value()};
        if (event.kind == "unlocked") decision.reset();
    }
    return decision;
}

}  // namespace tiendo::certificates
