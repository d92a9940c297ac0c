// The roster of a cohort: a part of the cohort's page, a workbook, JSON.
#include "features/participation/roster_pages.h"

#include "base/text.h"
#include "features/participation/roster_presenter.h"
#include "platform/audit/audit.h"
#include "platform/pages/paging.h"
#include "platform/pages/reader.h"
#include "platform/pages/workbook.h"

namespace tiendo::participation {
namespace {

using Column = office::ListColumn;
enum class NationalIds { masked, whole };

Value list_value(const web::Visit& visit, db::Read& tx, const cohorts::Cohort& cohort,
                 const http::Request& of) {
    constexpr int rows_of_a_page = 100;
    const pages::Place begun = pages::place_of(of, 1);
    const auto after = begun.number(0) == 0 ? std::nullopt : std::optional(ParticipationId{begun.number(0)});
    const auto rows = roster(tx, visit.actor, cohort.id, {after, rows_of_a_page});
    const std::int64_t size = roster_size(tx, visit.actor, cohort.id);
    std::int64_t ordinal = begun.seen;
    const auto row = [&](const Participation& participation) {
        return to_value(participation, cohort, visit.today()).set("ordinal", ++ordinal);
    };
    Value participations = list_of(rows, row);
    return Value::object({{"cohort", Value::object({{"id", cohort.id}, {"code", cohort.code}})},
                          {"count", size},
                          {"participations", std::move(participations)},
                          {"paging", pages::paging(of, begun, static_cast<std::int64_t>(rows.size()), size,
                                                   {rows.empty() ? "" : to_text(rows.back().id)})}});
}

bool may_see_whole_ids(const web::Visit& visit, db::Read& tx, const cohorts::Cohort& cohort) {
    return visit.actor.may(people::see_national_ids) &&
           organisations::may(tx, visit.actor, people::see_national_ids, cohort.organiser_unit);
}

// Whatever was asked of this site, the roster's own pages are those of the cohort.
Value page_value(const web::Visit& visit, db::Read& tx, const cohorts::Cohort& cohort,
                 const Refusals& refusals) {
    http::Request of;
    of.path = "/cohorts/" + to_text(cohort.id);
    if (visit.request.path == of.path) of.query = visit.request.query;
    Value value = list_value(visit, tx, cohort, of);
    Value disclosure;
    if (may_see_whole_ids(visit, tx, cohort))
        disclosure = Value::object(
            {{"open", !refusals.empty()}, {"reason", web::form_field(visit, "reason", {}, refusals)}});
    const bool has_rows = *value["count"].number() > 0;
    return std::move(value)
        .set("title", visit.text("roster.title"))
        .set("masked", has_rows)
        .set("can_import", visit.actor.may(change_rosters))
        .set("export", has_rows ? Value(of.path + "?format=xlsx") : Value())
        .set("disclosure", has_rows ? std::move(disclosure) : Value());
}

std::string html(const web::Visit& visit, db::Read& tx, const cohorts::Cohort& cohort) {
    return visit.fragment("participation/roster", page_value(visit, tx, cohort, {})).body;
}

office::ListLayout layout_of(const web::Visit& visit, const cohorts::Cohort& cohort) {
    return {.sheet = visit.text("roster.title"),
            .titles = {visit.text("roster.title") + " " + cohort.code, cohort.programme.name},
            .columns = {{visit.text("roster.ordinal"), Column::Kind::integer},
                        {visit.text("roster.full_name"), {}, 28},
                        {visit.text("roster.birth_date"), Column::Kind::date},
                        {visit.text("roster.sex"), {}, 8},
                        {visit.text("roster.national_id"), {}, 16},
                        {visit.text("roster.unit_alone"), {}, 36},
                        {visit.text("roster.position"), {}, 24},
                        {visit.text("roster.started_on"), Column::Kind::date},
                        {visit.text("participation.withdrawn_on"), Column::Kind::date},
                        {visit.text("participation.result")},
                        {visit.text("cohort.note"), {}, 24}}};
}

office::ListCell cell(const std::optional<Date>& day) {
    return day ? office::ListCell(*day) : office::ListCell();
}

http::Response workbook(const web::Visit& visit, const cohorts::Cohort& cohort,
                        const std::vector<Participation>& rows, NationalIds ids) {
    const std::string name = visit.text("roster.title") + " " + slug(cohort.code) + ".xlsx";
    return pages::workbook(layout_of(visit, cohort), name, [&](office::ListWriter& writer) {
        std::int64_t ordinal = 0;
        for (const Participation& row : rows) {
            const people::Person& person = row.person;
            const bool whole_day = person.birth && person.birth->precision == Precision::day;
            const std::string birth = i18n::date(visit.language, people::birth_text(person));
            const std::string& id = person.national_id;
            writer.row({++ordinal, person.full_name,
                        whole_day ? office::ListCell(person.birth->date) : office::ListCell(birth),
                        person.sex.empty() ? "" : visit.text("sex." + person.sex),
                        ids == NationalIds::whole ? id : people::masked(id), row.unit_name, row.position,
                        cell(row.facts.started_on), cell(row.facts.withdrawn_on),
                        row.facts.result.empty() ? "" : visit.text("result." + row.facts.result), row.note});
        }
    });
}

std::vector<Participation> whole_roster(db::Read& tx, const web::Actor& actor,
                                        const cohorts::Cohort& cohort) {
    constexpr int all_rows = 1'000'000;
    return roster(tx, actor, cohort.id, {std::nullopt, all_rows});
}

http::Response masked_workbook(const web::Visit& visit, db::Read& tx, const cohorts::Cohort& cohort) {
    return workbook(visit, cohort, whole_roster(tx, visit.actor, cohort), NationalIds::masked);
}

// Whole national IDs leave the house only with a reason, and the trail keeps it.
Outcome<http::Response> disclose(db::Write& tx, const web::Visit& visit, const cohorts::Cohort& cohort) {
    if (!may_see_whole_ids(visit, tx, cohort)) throw web::Forbidden{};
    pages::Reader sent = pages::Reader::of_body(visit);
    const std::string reason = sent.required_text("reason");
    if (sent.refused()) return sent.refusals();
    const auto rows = whole_roster(tx, visit.actor, cohort);
    audit::record(tx, visit.actor, visit.now,
                  {"roster.disclose", "cohort", cohort.id.value,
                   Value::object({{"code", cohort.code}, {"reason", reason}, {"rows", rows.size()}})});
    return workbook(visit, cohort, rows, NationalIds::whole);
}

http::Response disclosure(const web::Visit& visit) {
    const cohorts::CohortId id{web::id_of(visit, "id")};
    const auto disclosed = visit.database.write(
        [&](db::Write& tx) { return disclose(tx, visit, cohorts::require(tx, visit.actor, id)); });
    if (disclosed) return *disclosed;
    return visit.database.read([&](db::Read& tx) {
        const auto cohort = cohorts::require(tx, visit.actor, id);
        return visit.refused("participation/roster", page_value(visit, tx, cohort, disclosed.refusals()),
                             disclosed.refusals());
    });
}

http::Response roster_json(const web::Visit& visit) {
    const cohorts::CohortId id{web::id_of(visit, "id")};
    return visit.database.read([&](db::Read& tx) {
        return visit.json(list_value(visit, tx, cohorts::require(tx, visit.actor, id), visit.request));
    });
}

}  // namespace

void register_roster(web::Routes& routes) {
    cohorts::show_rosters({html, masked_workbook});
    routes.post("/cohorts/:id/roster-disclosure", people::see_national_ids, disclosure);
    routes.get("/api/v1/cohorts/:id/roster", see_rosters, roster_json);
}

}  // namespace tiendo::participation
