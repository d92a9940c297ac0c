// Series, the numbers of their books, who signs, and the rules of the regime.
#include "features/certificates/books.h"

#include <algorithm>

#include "base/text.h"
#include "platform/audit/audit.h"

namespace tiendo::certificates {
namespace {

Series series_of(const db::Row& row) {
    return {row.text(0), row.text(1), row.text(2),  row.text(3), row.text(4),
            row.text(5), row.text(6), row.truth(7), row.text(8), row.text(9)};
}

Authority authority_of(const db::Row& row) {
    Authority one{{row.text(9), row.date(0), row.text(1), row.text(2), row.text(3), row.text(4), row.text(5),
                   row.text(6), row.text(7)},
                  row.text(8)};
    if (!one.signed_for.empty()) one.signed_for += " " + one.principal;
    return one;
}

std::string with(std::string pattern, std::string_view word, const std::string& value) {
    if (const auto at = pattern.find(word); at != pattern.npos) pattern.replace(at, word.size(), value);
    return pattern;
}

}  // namespace

std::optional<Series> find_series(db::Read& tx, std::string_view code) {
    return tx.find<Series>(R"sql(
        select s.code, s.mark, s.name, s.regime, s.kind, k.title, s.number_pattern, s.uses_blanks,
               r.head, r.motto
        from certificate_series s join certificate_kinds k on k.code = s.kind
        join certificate_regimes r on r.code = s.regime where s.code = :code)sql",
                           {{"code", code}}, series_of);
}

std::string series_name(db::Read& tx, std::string_view code) {
    const auto series = find_series(tx, code);
    return series ? series->name + " (" + series->mark + ")" : "";
}

std::vector<Series> all_series(db::Read& tx) {
    return tx.all<Series>(R"sql(
        select s.code, s.mark, s.name, s.regime, s.kind, k.title, s.number_pattern, s.uses_blanks,
               r.head, r.motto
        from certificate_series s join certificate_kinds k on k.code = s.kind
        join certificate_regimes r on r.code = s.regime order by s.code)sql",
                          {}, series_of);
}

std::string register_text(const Series& series, std::int64_t number, int year) {
    std::string text = with(series.number_pattern, "{number}", std::to_string(number));
    text = with(std::move(text), "{year}", std::to_string(year));
    return with(std::move(text), "{mark}", series.mark);
}

std::string title_of(db::Read& tx, std::string_view kind) {
    return tx
        .find<std::string>(R"sql(select title from certificate_kinds where code = :kind)sql",
                           {{"kind", kind}}, [](const db::Row& row) { return row.text(0); })
        .value_or("");
}

std::optional<Authority> authority_on(db::Read& tx, const Series& series, Date day) {
    return tx.find<Authority>(R"sql(
        select a.valid_from, a.issuer_name, a.place, a.capacity, a.principal, a.signatory_title,
               a.signatory_name, a.basis, c.prefix, a.series
        from certificate_authorities a
        join certificate_capacities c on c.regime = :regime and c.code = a.capacity
        where a.series = :series and a.valid_from <= :day
        order by a.valid_from desc, a.id desc limit 1)sql",
                              {{"series", series.code}, {"regime", series.regime}, {"day", day}},
                              authority_of);
}

std::vector<Authority> authorities_of(db::Read& tx, const Series& series) {
    return tx.all<Authority>(R"sql(
        select a.valid_from, a.issuer_name, a.place, a.capacity, a.principal, a.signatory_title,
               a.signatory_name, a.basis, c.prefix, a.series
        from certificate_authorities a
        join certificate_capacities c on c.regime = :regime and c.code = a.capacity
        where a.series = :series order by a.valid_from desc, a.id desc)sql",
                             {{"series", series.code}, {"regime", series.regime}}, authority_of);
}

Series require_series(db::Read& tx, const web::Actor& actor, std::string_view code) {
    const auto series = find_series(tx, code);
    if (!series || !organisations::may(tx, actor, see_certificates, organisations::centre(tx).id))
        throw web::NotFound{};
    return *series;
}

Series require_series_to_change(db::Write& tx, const web::Actor& actor, std::string_view code) {
    const Series series = require_series(tx, actor, code);
    if (!organisations::may(tx, actor, issue_certificates, organisations::centre(tx).id))
        throw web::Forbidden{};
    tx.lock("certificates.series");
    return series;
}

Outcome<Done> make_series(db::Write& tx, const web::Actor& actor, const Series& series,
                          const cohorts::Act& act) {
    Refusals refusals;
    if (series.code.empty())
        refusals.push_back({"code", "form.required", {}});
    else if (slug(series.code) != series.code)
        refusals.push_back({"code", "certificate.series_code_form", {series.code, slug(series.code)}});
    if (series.mark.empty()) refusals.push_back({"mark", "form.required", {}});
    if (series.name.empty()) refusals.push_back({"name", "form.required", {}});
    if (find_series(tx, series.code)) refusals.push_back({"code", "certificate.series_taken", {series.code}});
    for (const char* word : {"{number}", "{year}"})
        if (series.number_pattern.find(word) == std::string::npos)
            refusals.push_back({"number_pattern", "certificate.pattern", {series.number_pattern, word}});
    if (!refusals.empty()) return refusals;
    tx.run(R"sql(
        insert into certificate_series (code, mark, name, regime, kind, number_pattern, uses_blanks)
        values (:code, :mark, :name, :regime, :kind, :pattern, :uses_blanks))sql",
           {{"code", series.code},
            {"mark", series.mark},
            {"name", series.name},
            {"regime", series.regime},
            {"kind", series.kind},
            {"pattern", series.number_pattern},
            {"uses_blanks", series.uses_blanks}});
    audit::record(
        tx, actor, act.at,
        {"certificates.make_series", "centre", organisations::centre(tx).id.value,
         Value::object({{"series", series.code}, {"name", series.name}, {"regime", series.regime}})});
    return Done{};
}

Outcome<Done> appoint(db::Write& tx, const web::Actor& actor, const Appointment& authority,
                      const cohorts::Act& act) {
    const Series series = require_series_to_change(tx, actor, authority.series);
    Refusals refusals;
    const auto require_text = [&](const char* field, const std::string& text) {
        if (text.empty()) refusals.push_back({field, "form.required", {}});
    };
    require_text("issuer_name", authority.issuer_name);
    require_text("place", authority.place);
    require_text("signatory_title", authority.signatory_title);
    require_text("signatory_name", authority.signatory_name);
    if (authority.capacity != "own_name") require_text("principal", authority.principal);
    if (!refusals.empty()) return refusals;
    const std::int64_t id = next_id();
    tx.run(R"sql(
        insert into certificate_authorities (id, series, valid_from, issuer_name, place, capacity, principal,
                                             signatory_title, signatory_name, basis, recorded_at, recorded_by)
        values (:id, :series, :valid_from, :issuer_name, :place, :capacity, :principal, :signatory_title,
                :signatory_name, :basis, :at, :actor))sql",
           {{"id", id},
            {"series", series.code},
            {"valid_from", authority.valid_from},
            {"issuer_name", authority.issuer_name},
            {"place", authority.place},
            {"capacity", authority.capacity},
            {"principal", authority.principal},
            {"signatory_title", authority.signatory_title},
            {"signatory_name", authority.signatory_name},
            {"basis", authority.basis},
            {"at", act.at},
            {"actor", actor.account}});
    audit::record(tx, actor, act.at,
                  {"certificates.appoint", "certificate_authority", id,
                   Value::object({{"series", series.code},
                                  {"valid_from", authority.valid_from},
                                  {"issuer_name", authority.issuer_name},
                                  {"signatory_name", authority.signatory_name}})});
    return Done{};
}

std::int64_t take_numbers(db::Write& tx, const Series& series, int year, std::int64_t count) {
    tx.run(R"sql(
        insert into certificate_books (series, year, last_number) values (:series, :year, 0)
        on conflict (series, year) do nothing)sql",
           {{"series", series.code}, {"year", year}});
    // The update holds the row of the book; whoever comes second reads what the first left.
    tx.run(R"sql(
        update certificate_books set last_number = last_number + :count
        where series = :series and year = :year)sql",
           {{"series", series.code}, {"year", year}, {"count", count}});
    return tx.integer(R"sql(
        select last_number from certificate_books where series = :series and year = :year)sql",
                      {{"series", series.code}, {"year", year}}) -
           count + 1;
}

std::optional<Remedy> remedy_on(db::Read& tx, const Series& series, std::string_view cause, Date day) {
    return tx.find<Remedy>(R"sql(
        select coalesce(kind, ''), working_days, basis from certificate_remedies
        where regime = :regime and cause = :cause and (valid_from is null or valid_from <= :day)
          and (valid_to is null or valid_to >= :day)
        order by valid_from desc nulls last limit 1)sql",
                           {{"regime", series.regime}, {"cause", cause}, {"day", day}},
                           [](const db::Row& row) {
                               return Remedy{row.text(0), row.integer(1), row.text(2)};
                           });
}

std::vector<Ground> grounds_on(db::Read& tx, Date day) {
    return tx.all<Ground>(R"sql(
        select code, name_vi, name_en, basis, may_be_issued_again from certificate_grounds
        where (valid_from is null or valid_from <= :day) and (valid_to is null or valid_to >= :day)
        order by position)sql",
                          {{"day", day}}, [](const db::Row& row) {
                              return Ground{row.text(0), row.text(1), row.text(2), row.text(3), row.truth(4)};
                          });
}

std::string drawing_on(db::Read& tx, std::string_view series, Date day) {
    return tx
        .find<std::string>(R"sql(
            select digest from certificate_templates where series = :series and valid_from <= :day
            order by valid_from desc, id desc limit 1)sql",
                           {{"series", series}, {"day", day}}, [](const db::Row& row) { return row.text(0); })
        .value_or("");
}

std::vector<Drawing> drawings_of(db::Read& tx, std::string_view series) {
    return tx.all<Drawing>(
        R"sql(
        select t.valid_from, t.digest, t.file_name, t.recorded_at, a.display_name
        from certificate_templates t join accounts a on a.id = t.recorded_by
        where t.series = :series order by t.valid_from desc, t.id desc)sql",
        {{"series", series}}, [](const db::Row& row) {
            return Drawing{row.date(0), row.text(1), row.text(2), row.instant(3), row.text(4)};
        });
}

void put_drawing_in_force(db::Write& tx, const web::Actor& actor, const Series& series,
                          const Drawing& drawing) {
    const std::int64_t id = next_id();
    tx.run(R"sql(
        insert into certificate_templates (id, series, valid_from, digest, file_name, recorded_at, recorded_by)
        values (:id, :series, :valid_from, :digest, :file_name, :at, :actor))sql",
           {{"id", id},
            {"series", series.code},
            {"valid_from", drawing.valid_from},
            {"digest", drawing.digest},
            {"file_name", drawing.file_name},
            {"at", drawing.recorded_at},
            {"actor", actor.account}});
    audit::record(
        tx, actor, drawing.recorded_at,
        {"certificates.drawing", "certificate_template", id,
         Value::object(
             {{"series", series.code}, {"valid_from", drawing.valid_from}, {"digest", drawing.digest}})});
}

Date after_months(Date day, std::int64_t months) {
    const std::int64_t month = day.year() * 12 + day.month() - 1 + months;
    const int year = static_cast<int>(month / 12), of_year = static_cast<int>(month % 12) + 1;
    return Date::of(year, of_year, std::min(day.day(), last_day_of_month(year, of_year).day())).value();
}

}  // namespace tiendo::certificates
