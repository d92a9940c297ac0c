// The members of a delegation: the roster, with what is known of each for the journey.
#include <algorithm>
#include <map>

#include "features/delegations/delegations_store.h"

namespace tiendo::delegations {
namespace {

std::vector<Member> roster_of(db::Read& tx, cohorts::CohortId cohort) {
    return tx.all<Member>(R"sql(
        select p.id, h.full_name,
               coalesce((select n.name from unit_names n
                         where n.unit = p.unit
                           and (n.valid_from is null or n.valid_from <= coalesce(c.opened_on, c.planned_opens_on))
                         order by n.valid_from desc nulls last, n.id desc limit 1), u.name),
               p.position, coalesce(m.passport_number, ''), m.passport_expires_on, m.briefed,
               m.report_received_on, coalesce(m.report_number, ''), m.report_document,
               coalesce(d.file_digest, ''), coalesce(d.file_name, ''), coalesce(d.file_bytes, 0)
        from participations p
        join cohorts c on c.id = p.cohort
        join people h on h.id = p.person
        join units u on u.id = p.unit
        left join delegation_members m on m.participation = p.id
        left join documents d on d.id = m.report_document
        where p.cohort = :cohort and p.withdrawn_on is null
        order by h.sort_key, p.id)sql",
                          {{"cohort", cohort}}, [](const db::Row& row) {
                              return Member{.id = row.id<ParticipationId>(0),
                                            .full_name = row.text(1),
                                            .unit_name = row.text(2),
                                            .position = row.text(3),
                                            .passport_number = row.text(4),
                                            .passport_expires_on = row.maybe_date(5),
                                            .briefed = row.truth(6),
                                            .report_received_on = row.maybe_date(7),
                                            .report_number = row.text(8),
                                            .report_file = {.id = row.id<documents::DocumentId>(9),
                                                            .kind = "report",
                                                            .file_digest = row.text(10),
                                                            .file_name = row.text(11),
                                                            .file_bytes = row.integer(12)}};
                          });
}

}  // namespace

std::vector<Member> members_of(db::Read& tx, const Delegation& delegation) {
    auto members = roster_of(tx, delegation.cohort.id);
    std::map<std::pair<ParticipationId, std::string>, Visa> visas;
    tx.each(R"sql(
        select participation, country, state, applied_on, granted_on, valid_until
        from delegation_visas where cohort = :cohort)sql",
            {{"cohort", delegation.cohort.id}}, [&](const db::Row& row) {
                visas[{row.id<ParticipationId>(0), row.text(1)}] = {
                    row.text(1), row.text(2), row.maybe_date(3), row.maybe_date(4), row.maybe_date(5)};
            });
    const auto countries = countries_of(delegation);
    for (Member& member : members)
        for (const std::string& country : countries) {
            const auto known = visas.find({member.id, country});
            member.visas.push_back(known == visas.end() ? Visa{.country = country} : known->second);
        }
    return members;
}

// Rows of members who withdrew, and visas of countries no longer visited, stay as they were.
void write_members(db::Write& tx, cohorts::CohortId cohort, std::span<const Member> members) {
    tx.run(R"sql(
        delete from delegation_members where cohort = :cohort
            and participation in (select p.id from participations p
                                  where p.cohort = :cohort and p.withdrawn_on is null))sql",
           {{"cohort", cohort}});
    auto rows =
        tx.bulk("delegation_members", {"participation", "cohort", "passport_number", "passport_expires_on",
                                       "briefed", "report_received_on", "report_number", "report_document"});
    for (const Member& one : members)
        if (!one.passport_number.empty() || one.passport_expires_on || one.briefed || one.report_received_on)
            rows.add({one.id, cohort, one.passport_number, one.passport_expires_on, one.briefed,
                      one.report_received_on, one.report_number,
                      one.report_file.id ? std::optional(one.report_file.id) : std::nullopt});
    rows.flush();
    for (const Visa& named : members.empty() ? std::vector<Visa>{} : members.front().visas)
        tx.run(R"sql(
            delete from delegation_visas where cohort = :cohort and country = :country
                and participation in (select p.id from participations p
                                      where p.cohort = :cohort and p.withdrawn_on is null))sql",
               {{"cohort", cohort}, {"country", named.country}});
    auto visas = tx.bulk("delegation_visas", {"participation", "country", "cohort", "state", "applied_on",
                                              "granted_on", "valid_until"});
    for (const Member& one : members)
        for (const Visa& visa : one.visas)
            if (!visa.state.empty())
                visas.add({one.id, visa.country, cohort, visa.state, visa.applied_on, visa.granted_on,
                           visa.valid_until});
    visas.flush();
}

}  // namespace tiendo::delegations
