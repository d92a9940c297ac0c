// A figure opened: the postings whose quantities sum to it, each with the row, the document
// and the person's act behind it.
#include <algorithm>

#include "features/reports/reports.h"

namespace tiendo::reports {
namespace {

// The lines whose postings make the figure; for a single cohort the line does not matter.
std::vector<plan::LineId> lines_of(db::Read& tx, const web::Actor& actor, const FigureQuestion& question) {
    std::vector<plan::LineId> lines;
    const auto plan = plan::find_plan(tx, actor, question.year);
    if (!plan) return lines;
    for (const plan::Line& line : plan::all_lines(tx, plan->id))
        if (!question.programme || line.programme.id == question.programme->id) lines.push_back(line.id);
    std::sort(lines.begin(), lines.end());
    return lines;
}

FigureRow row_of(const db::Row& row) {
    FigureRow figure{.posting = row.id<ledger::PostingId>(0),
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
    return figure;
}

}  // namespace

std::int64_t figure(db::Read& tx, const web::Actor& actor, const FigureQuestion& question) {
    const std::int64_t known_at = question.view.known_at ? question.view.known_at->ms : INT64_MAX;
    if (question.cohort)
        return tx.integer(R"sql(
            select cast(coalesce(sum(quantity), 0) as bigint) from postings
            where cohort = :cohort and measure = :measure and effective_on <= :as_of and recorded_at <= :known_at)sql",
                          {{"cohort", question.cohort->id}, {"measure", ledger::to_text(question.measure)},
                           {"as_of", question.view.as_of}, {"known_at", known_at}});
    std::int64_t sum = 0;
    for (const plan::LineId line : lines_of(tx, actor, question)) {
        if (!question.view.known_at)
            sum += tx.integer(R"sql(
                select cast(coalesce(sum(quantity), 0) as bigint) from day_totals
                where account = :line and measure = :measure and effective_on <= :as_of)sql",
                              {{"line", line}, {"measure", ledger::to_text(question.measure)}, {"as_of", question.view.as_of}});
        else
            sum += tx.integer(R"sql(
                select cast(coalesce(sum(quantity), 0) as bigint) from postings
                where plan_line = :line and measure = :measure and effective_on <= :as_of and recorded_at <= :known_at)sql",
                              {{"line", line}, {"measure", ledger::to_text(question.measure)}, {"as_of", question.view.as_of},
                               {"known_at", known_at}});
    }
    return sum;
}

std::vector<FigureRow> figure_rows(db::Read& tx, const web::Actor& actor, const FigureQuestion& question, const FigureCursor& after, int count) {
    const std::int64_t known_at = question.view.known_at ? question.view.known_at->ms : INT64_MAX;
    const Date from_day = after.effective_on.value_or(*Date::of(1, 1, 1));
    std::vector<FigureRow> rows;
    const auto take = [&](const db::Row& row) { rows.push_back(row_of(row)); };
    if (question.cohort) {
        tx.each(R"sql(
            select p.id, p.quantity, p.effective_on, p.recorded_at, p.plan_line, p.reverses, c.id, c.code, g.name, coalesce(u.name, ''),
                   p.participation, coalesce(h.full_name, ''),
                   case when ce.id is not null then 'cohort_event' when pe.id is not null then 'participation_event' else 'participation' end,
                   p.source, coalesce(ce.source_place, pe.source_place, sp.source_place, ''),
                   coalesce(d.title, ''), coalesce(d.number, ''), coalesce(d.file_name, ''), d.id,
                   coalesce(a.display_name, ''), coalesce(ce.reason, pe.reason, '')
            from postings p
            join cohorts c on c.id = p.cohort
            join programmes g on g.id = p.programme
            left join units u on u.id = p.person_unit
            left join participations n on n.id = p.participation
            left join people h on h.id = n.person
                 and exists (select 1 from reach r where r.account = :actor and r.permission = 'rosters.see' and r.unit = n.unit)
            left join cohort_events ce on ce.id = p.source
            left join participation_events pe on pe.id = p.source
            left join participations sp on sp.id = p.source
            left join documents d on d.id = coalesce(ce.document, pe.document, sp.document)
            left join accounts a on a.id = coalesce(ce.recorded_by, pe.recorded_by, sp.recorded_by)
            where p.cohort = :cohort and p.measure = :measure and p.effective_on <= :as_of and p.recorded_at <= :known_at
              and (p.effective_on, p.id) > (:from_day, :after)
            order by p.effective_on, p.id limit :count)sql",
                {{"actor", actor.account}, {"cohort", question.cohort->id}, {"measure", ledger::to_text(question.measure)},
                 {"as_of", question.view.as_of}, {"known_at", known_at}, {"from_day", from_day}, {"after", after.posting}, {"count", count}},
                take);
        return rows;
    }
    // Line by line, so that each page reads its rows in the order of the index and stops.
    for (const plan::LineId line : lines_of(tx, actor, question)) {
        if (line.value < after.plan_line) continue;
        const bool continued = line.value == after.plan_line;
        const int wanted = count - static_cast<int>(rows.size());
        if (wanted <= 0) break;
        tx.each(R"sql(
            select p.id, p.quantity, p.effective_on, p.recorded_at, p.plan_line, p.reverses, c.id, c.code, g.name, coalesce(u.name, ''),
                   p.participation, coalesce(h.full_name, ''),
                   case when ce.id is not null then 'cohort_event' when pe.id is not null then 'participation_event' else 'participation' end,
                   p.source, coalesce(ce.source_place, pe.source_place, sp.source_place, ''),
                   coalesce(d.title, ''), coalesce(d.number, ''), coalesce(d.file_name, ''), d.id,
                   coalesce(a.display_name, ''), coalesce(ce.reason, pe.reason, '')
            from postings p
            join cohorts c on c.id = p.cohort
            join programmes g on g.id = p.programme
            left join units u on u.id = p.person_unit
            left join participations n on n.id = p.participation
            left join people h on h.id = n.person
                 and exists (select 1 from reach r where r.account = :actor and r.permission = 'rosters.see' and r.unit = n.unit)
            left join cohort_events ce on ce.id = p.source
            left join participation_events pe on pe.id = p.source
            left join participations sp on sp.id = p.source
            left join documents d on d.id = coalesce(ce.document, pe.document, sp.document)
            left join accounts a on a.id = coalesce(ce.recorded_by, pe.recorded_by, sp.recorded_by)
            where p.plan_line = :line and p.measure = :measure and p.effective_on <= :as_of and p.recorded_at <= :known_at
              and (p.effective_on, p.id) > (:from_day, :after)
            order by p.effective_on, p.id limit :count)sql",
                {{"actor", actor.account}, {"line", line}, {"measure", ledger::to_text(question.measure)},
                 {"as_of", question.view.as_of}, {"known_at", known_at}, {"from_day", continued ? from_day : *Date::of(1, 1, 1)},
                 {"after", continued ? after.posting : 0}, {"count", wanted}},
                take);
    }
    return rows;
}

Value to_value(const FigureRow& row) {
    return Value::object({{"id", row.posting},
                          {"quantity", row.quantity},
                          {"effective_on", row.effective_on},
                          {"recorded_at", row.recorded_at},
                          {"reverses", row.reverses},
                          {"cohort", Value::object({{"id", std::to_string(row.cohort)}, {"code", row.cohort_code}})},
                          {"programme", row.programme_name},
                          {"unit", row.unit_name},
                          {"participation", row.participation != 0 ? Value(std::to_string(row.participation)) : Value()},
                          {"person", row.person_name},
                          {"source", Value::object({{"kind", row.source_kind}, {"id", std::to_string(row.source)}, {"place", row.source_place}})},
                          {"document", row.document != 0 ? Value::object({{"id", std::to_string(row.document)},
                                                                          {"title", row.document_title},
                                                                          {"number", row.document_number},
                                                                          {"file", row.document_file}})
                                                         : Value()},
                          {"recorded_by", row.recorded_by},
                          {"reason", row.reason}});
}

}  // namespace tiendo::reports
