// A figure opened: the postings whose quantities sum to it, each with the row, the document
// and the person's act behind it.
#include <algorithm>

#include "features/reports/reports.h"
#include "features/reports/unit_figure.h"

namespace tiendo::reports {
namespace {

// Later than every moment: known now.
Instant known_at(const plan::View& view) { return view.known_at.value_or(Instant{INT64_MAX}); }

std::optional<programmes::ProgrammeId> programme_of(const FigureQuestion& question) {
    return question.programme ? std::optional(question.programme->id) : std::nullopt;
}

// Who sees a cohort only because his own people are in it counts, and opens, only theirs.
bool counts_everybody(db::Read& tx, const web::Actor& actor, const FigureQuestion& question) {
    return !question.cohort ||
           organisations::may(tx, actor, cohorts::see_cohorts, question.cohort->organiser_unit);
}

// Where the rows of a figure stand: the postings of a line, or those of a cohort.
struct Shelf {
    std::optional<plan::LineId> line;
    std::optional<cohorts::CohortId> cohort;
};

// In the order in which rows come.
std::vector<Shelf> shelves_of(db::Read& tx, const web::Actor& actor, const FigureQuestion& question) {
    if (question.cohort) return {{std::nullopt, question.cohort->id}};
    std::vector<Shelf> shelves;
    const auto plan = plan::find_plan(tx, actor, question.year);
    if (!plan) return shelves;
    for (const plan::Line& line : plan::all_lines(tx, plan->id)) {
        const bool of_programme = !question.programme || line.programme.id == question.programme->id;
        if (of_programme && (!question.line || line.id == *question.line))
            shelves.push_back({line.id, std::nullopt});
    }
    std::sort(shelves.begin(), shelves.end(), [](const Shelf& a, const Shelf& b) { return a.line < b.line; });
    return shelves;
}

}  // namespace

FigureRow figure_row_of(const db::Row& row) {
    return {.posting = row.id<ledger::PostingId>(0),
            .quantity = row.integer(1),
            .effective_on = row.date(2),
            .recorded_at = row.instant(3),
            .plan_line = row.integer(4),
            .reverses = row.maybe_id<ledger::PostingId>(5),
            .cohort = row.integer(6),
            .cohort_code = row.text(7),
            .programme_name = row.text(8),
            .unit_name = row.text(9),
            .participation = row.integer(10),
            .person_name = row.text(11),
            .source_kind = row.text(12),
            .source = row.integer(13),
            .source_place = row.text(14),
            .document_title = row.text(15),
            .document_number = row.text(16),
            .document_file = row.text(17),
            .document = row.integer(18),
            .recorded_by = row.text(19),
            .reason = row.text(20)};
}

Figure figure(db::Read& tx, const web::Actor& actor, const FigureQuestion& question) {
    if (question.unit) return figure_of_unit(tx, actor, question);
    const std::string_view measure = ledger::to_text(question.measure);
    const auto take = [](const db::Row& row) { return Figure{row.integer(0), row.integer(1)}; };
    if (question.cohort)
        return *tx.find<Figure>(R"sql(
            select cast(coalesce(sum(p.quantity), 0) as bigint), count(*) from postings p
            where p.cohort = :cohort and p.measure = :measure and p.effective_on <= :as_of
                and p.recorded_at <= :known_at
              and (cast(:everybody as boolean)
                   or exists (select 1 from reach r where r.account = :actor and r.permission = 'rosters.see'
                                and r.unit = p.person_unit)))sql",
                                {{"cohort", question.cohort->id},
                                 {"measure", measure},
                                 {"as_of", question.view.as_of},
                                 {"known_at", known_at(question.view)},
                                 {"everybody", counts_everybody(tx, actor, question)},
                                 {"actor", actor.account}},
                                take);
    const auto plan = plan::find_plan(tx, actor, question.year);
    if (!plan) return {};
    if (!question.view.known_at)
        return *tx.find<Figure>(R"sql(
            select cast(coalesce(sum(t.quantity), 0) as bigint), cast(coalesce(sum(t.postings), 0) as bigint)
            from plan_lines l
            join day_totals t on t.account = l.id and t.measure = :measure and t.effective_on <= :as_of
            where l.plan = :plan and (cast(:programme as bigint) is null or l.programme = :programme)
              and (cast(:line as bigint) is null or l.id = :line))sql",
                                {{"plan", plan->id},
                                 {"measure", measure},
                                 {"as_of", question.view.as_of},
                                 {"programme", programme_of(question)},
                                 {"line", question.line}},
                                take);
    return *tx.find<Figure>(R"sql(
        select cast(coalesce(sum(p.quantity), 0) as bigint), count(p.id)
        from plan_lines l
        join postings p on p.plan_line = l.id and p.measure = :measure and p.effective_on <= :as_of
                       and p.recorded_at <= :known_at
        where l.plan = :plan and (cast(:programme as bigint) is null or l.programme = :programme)
          and (cast(:line as bigint) is null or l.id = :line))sql",
                            {{"plan", plan->id},
                             {"measure", measure},
                             {"as_of", question.view.as_of},
                             {"known_at", known_at(question.view)},
                             {"programme", programme_of(question)},
                             {"line", question.line}},
                            take);
}

std::vector<FigureRow> figure_rows(db::Read& tx, const web::Actor& actor, const FigureQuestion& question,
                                   const FigureCursor& after, int count) {
    if (question.unit) return figure_rows_of_unit(tx, actor, question, after, count);
    const Date first_day = *Date::of(1, 1, 1);
    const bool everybody = counts_everybody(tx, actor, question);
    std::vector<FigureRow> rows;
    // Shelf by shelf, so that each page reads its rows in the order of the index and stops. Of
    // the two ways to a shelf one finds nothing, because its key is null; what stands behind a
    // posting is looked up only for those of the page.
    for (const Shelf& shelf : shelves_of(tx, actor, question)) {
        const std::int64_t line = shelf.line ? shelf.line->value : 0;
        const int wanted = count - static_cast<int>(rows.size());
        if (wanted <= 0) break;
        if (line < after.plan_line && !shelf.cohort) continue;
        const bool continued = after.effective_on && (shelf.cohort || line == after.plan_line);
        tx.each(R"sql(
            with page as (
                select of_line.id as id from (
                    select p.id from postings p
                    where p.plan_line = :line and p.measure = :measure and p.effective_on <= :as_of
                      and p.recorded_at <= :known_at and (p.effective_on, p.id) > (:from_day, :after)
                    order by p.effective_on, p.id limit :count) of_line
                union all
                select of_cohort.id from (
                    select p.id from postings p
                    where p.cohort = :cohort and p.measure = :measure and p.effective_on <= :as_of
                      and p.recorded_at <= :known_at and (p.effective_on, p.id) > (:from_day, :after)
                      and (cast(:everybody as boolean)
                           or exists (select 1 from reach r where r.account = :actor and r.permission = 'rosters.see'
                                        and r.unit = p.person_unit))
                    order by p.effective_on, p.id limit :count) of_cohort
            )
            select p.id, p.quantity, p.effective_on, p.recorded_at, p.plan_line, p.reverses, c.id, c.code, g.name,
                   coalesce((select n.name from unit_names n
                             where n.unit = p.person_unit
                               and (n.valid_from is null or n.valid_from <= p.effective_on)
                             order by n.valid_from desc nulls last, n.id desc limit 1), ''),
                   p.participation, coalesce(h.full_name, ''),
                   case when ce.id is not null then 'cohort_event' when pe.id is not null then 'participation_event'
                        else 'participation' end,
                   p.source, coalesce(ce.source_place, pe.source_place, sp.source_place, ''),
                   coalesce(d.title, ''), coalesce(d.number, ''), coalesce(d.file_name, ''), d.id,
                   coalesce(a.display_name, ''), coalesce(ce.reason, pe.reason, '')
            from page
            join postings p on p.id = page.id
            join cohorts c on c.id = p.cohort
            join programmes g on g.id = p.programme
            left join participations n on n.id = p.participation
            left join people h on h.id = n.person
                 and exists (select 1 from reach r
                             where r.account = :actor and r.permission = 'rosters.see' and r.unit = n.unit)
            left join cohort_events ce on ce.id = p.source
            left join participation_events pe on pe.id = p.source
            left join participations sp on sp.id = p.source
            left join documents d on d.id = coalesce(ce.document, pe.document, sp.document)
            left join accounts a on a.id = coalesce(ce.recorded_by, pe.recorded_by, sp.recorded_by)
            order by p.effective_on, p.id)sql",
                {{"actor", actor.account},
                 {"line", shelf.line},
                 {"cohort", shelf.cohort},
                 {"everybody", everybody},
                 {"measure", ledger::to_text(question.measure)},
                 {"as_of", question.view.as_of},
                 {"known_at", known_at(question.view)},
                 {"from_day", continued ? *after.effective_on : first_day},
                 {"after", continued ? after.posting : 0},
                 {"count", wanted}},
                [&](const db::Row& row) { rows.push_back(figure_row_of(row)); });
    }
    return rows;
}

Value to_value(const FigureRow& row) {
    Value document;
    if (row.document != 0)
        document = Value::object({{"id", std::to_string(row.document)},
                                  {"title", row.document_title},
                                  {"number", row.document_number},
                                  {"file", row.document_file}});
    return Value::object(
        {{"id", row.posting},
         {"quantity", row.quantity},
         {"effective_on", row.effective_on},
         {"recorded_at", row.recorded_at},
         {"reverses", row.reverses},
         {"cohort", Value::object({{"id", std::to_string(row.cohort)}, {"code", row.cohort_code}})},
         {"programme", row.programme_name},
         {"unit", row.unit_name},
         {"participation", row.participation != 0 ? Value(std::to_string(row.participation)) : Value()},
         {"person", row.person_name},
         {"source",
          Value::object(
              {{"kind", row.source_kind}, {"id", std::to_string(row.source)}, {"place", row.source_place}})},
         {"document", std::move(document)},
         {"recorded_by", row.recorded_by},
         {"reason", row.reason}});
}

}  // namespace tiendo::reports
