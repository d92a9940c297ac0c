// Certificates in lists: found by what people know of them, and a book from its first number to its last.
#include "base/text.h"
#include "features/certificates/certificates_store.h"
#include "features/certificates/codes.h"

namespace tiendo::certificates {
namespace {

// A filter as the statements want it; must outlive them.
struct Asked {
    explicit Asked(const Filter& filter)
        : code(read_code(filter.words).value_or("")),
          // Every word begins somewhere in the name; blanks around it find beginnings.
          pattern("% " + fold(filter.words) + "%") {}
    std::string code, pattern;
};

Line line_of(const db::Row& row) {
    Line line;
    line.id = row.id<CertificateId>(0);
    line.code = row.text(1);
    line.series = row.text(2);
    line.register_text = row.text(3);
    line.serial = row.text(4);
    line.title = row.text(5);
    line.book_year = static_cast<int>(row.integer(6));
    line.register_number = row.integer(7);
    line.full_name = row.text(8);
    line.birth = row.text(9);
    line.unit_name = row.text(10);
    line.programme_name = row.text(11);
    line.cohort_code = row.text(12);
    line.band = row.text(13);
    line.decision_number = row.text(14);
    line.decision_on = row.date(15);
    line.issued_on = row.date(16);
    line.valid_until = row.maybe_date(17);
    line.replaced_on = row.maybe_date(18);
    line.revoked_on = row.maybe_date(19);
    line.handed_over_on = row.maybe_date(20);
    line.requested_on = row.maybe_date(21);
    line.request_due_on = row.maybe_date(22);
    line.received_by = row.text(23);
    return line;
}

}  // namespace

std::vector<Line> lines(db::Read& tx, const web::Actor& actor, const Filter& filter,
                        const std::optional<Place>& after, int count) {
    const Asked asked(filter);
    const Place from = after.value_or(Place{});
    // A cross join is read in the order it is said in: left to its statistics, SQLite reads every cohort
    // first.
    return tx.all<Line>(
        R"sql(
        select c.id, c.code, c.series, c.register_text, c.serial, c.title, c.book_year, c.register_number,
               c.full_name, c.birth, c.unit_name, c.programme_name, c.cohort_code, c.band, c.decision_number,
               c.decision_on, c.issued_on, c.valid_until, c.replaced_on, c.revoked_on, c.handed_over_on,
               c.requested_on, c.request_due_on, c.received_by
        from certificates c
        cross join cohorts k
        cross join participations p
        where k.id = c.cohort and p.id = c.participation
          and exists (select 1 from reach r where r.account = :actor and r.permission = :permission
                      and (r.unit = k.organiser_unit or r.unit = p.unit))
          and (:series = '' or c.series = :series)
          and (:cohort = '' or k.code = :cohort)
          and (:any_year or c.book_year = :year)
          and (:words = '' or c.code = :code or c.register_text = :words or c.serial = :words
               or ' ' || c.search like :pattern)
          and (:state = ''
               or (:state = 'revoked' and c.revoked_on is not null)
               or (:state = 'replaced' and c.replaced_on is not null)
               or (:state = 'requested' and c.requested_on is not null)
               or (:state = 'valid' and c.revoked_on is null and c.replaced_on is null
                   and (c.valid_until is null or c.valid_until >= :today))
               or (:state = 'expired' and c.revoked_on is null and c.replaced_on is null
                   and c.valid_until < :today))
          and (:any_expiry or (c.valid_until between :today and :expires_by
                               and c.revoked_on is null and c.replaced_on is null))
          and (:at_beginning or c.book_year < :after_year
               or (c.book_year = :after_year and (c.series > :after_series
                   or (c.series = :after_series and c.register_number > :after_number))))
        order by c.book_year desc, c.series, c.register_number limit :count)sql",
        {{"actor", actor.account},
         {"permission", see_certificates.name},
         {"series", filter.series},
         {"cohort", filter.cohort},
         {"any_year", !filter.year.has_value()},
         {"year", filter.year.value_or(0)},
         {"words", filter.words},
         {"code", asked.code},
         {"pattern", asked.pattern},
         {"state", filter.state},
         {"today", filter.today},
         {"any_expiry", !filter.expires_by.has_value()},
         {"expires_by", filter.expires_by.value_or(filter.today)},
         {"at_beginning", !after.has_value()},
         {"after_year", from.year},
         {"after_series", from.series},
         {"after_number", from.number},
         {"count", count}},
        line_of);
}

std::vector<Line> lines_of(db::Read& tx, const web::Actor& actor, people::PersonId person, int count) {
    return tx.all<Line>(
        R"sql(
        select c.id, c.code, c.series, c.register_text, c.serial, c.title, c.book_year, c.register_number,
               c.full_name, c.birth, c.unit_name, c.programme_name, c.cohort_code, c.band, c.decision_number,
               c.decision_on, c.issued_on, c.valid_until, c.replaced_on, c.revoked_on, c.handed_over_on,
               c.requested_on, c.request_due_on, c.received_by
        from participations p
        cross join certificates c
        cross join cohorts k
        where p.person = :person and c.participation = p.id and k.id = c.cohort
          and exists (select 1 from reach r where r.account = :actor and r.permission = :permission
                      and (r.unit = k.organiser_unit or r.unit = p.unit))
        order by c.book_year desc, c.series, c.register_number limit :count)sql",
        {{"person", person},
         {"actor", actor.account},
         {"permission", see_certificates.name},
         {"count", count}},
        line_of);
}

std::int64_t count_of_lines(db::Read& tx, const web::Actor& actor, const Filter& filter) {
    const Asked asked(filter);
    return tx.integer(R"sql(
        select count(*)
        from certificates c
        join cohorts k on k.id = c.cohort
        join participations p on p.id = c.participation
        where exists (select 1 from reach r where r.account = :actor and r.permission = :permission
                      and (r.unit = k.organiser_unit or r.unit = p.unit))
          and (:series = '' or c.series = :series)
          and (:cohort = '' or k.code = :cohort)
          and (:any_year or c.book_year = :year)
          and (:words = '' or c.code = :code or c.register_text = :words or c.serial = :words
               or ' ' || c.search like :pattern)
          and (:state = ''
               or (:state = 'revoked' and c.revoked_on is not null)
               or (:state = 'replaced' and c.replaced_on is not null)
               or (:state = 'requested' and c.requested_on is not null)
               or (:state = 'valid' and c.revoked_on is null and c.replaced_on is null
                   and (c.valid_until is null or c.valid_until >= :today))
               or (:state = 'expired' and c.revoked_on is null and c.replaced_on is null
                   and c.valid_until < :today))
          and (:any_expiry or (c.valid_until between :today and :expires_by
                               and c.revoked_on is null and c.replaced_on is null)))sql",
                      {{"actor", actor.account},
                       {"permission", see_certificates.name},
                       {"series", filter.series},
                       {"cohort", filter.cohort},
                       {"any_year", !filter.year.has_value()},
                       {"year", filter.year.value_or(0)},
                       {"words", filter.words},
                       {"code", asked.code},
                       {"pattern", asked.pattern},
                       {"state", filter.state},
                       {"today", filter.today},
                       {"any_expiry", !filter.expires_by.has_value()},
                       {"expires_by", filter.expires_by.value_or(filter.today)}});
}

std::vector<Book> books(db::Read& tx, const web::Actor& actor) {
    return tx.all<Book>(R"sql(
        select distinct c.series, s.mark, c.book_year
        from certificates c
        join certificate_series s on s.code = c.series
        join cohorts k on k.id = c.cohort
        join participations p on p.id = c.participation
        where exists (select 1 from reach r where r.account = :actor and r.permission = :permission
                      and (r.unit = k.organiser_unit or r.unit = p.unit))
        order by c.book_year desc, c.series)sql",
                        {{"actor", actor.account}, {"permission", see_certificates.name}},
                        [](const db::Row& row) {
                            return Book{row.text(0), row.text(1), static_cast<int>(row.integer(2))};
                        });
}

}  // namespace tiendo::certificates
