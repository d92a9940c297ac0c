// statement, figure, verify: the answers of the books.
#include <algorithm>
#include <cstdio>

#include "app/commands.h"
#include "app/text_table.h"
#include "base/text.h"
#include "features/proof/proof.h"
#include "features/reports/reports.h"

namespace tiendo::app {
namespace {

std::string shown(const Program& program, const std::optional<std::int64_t>& number) {
    return number ? i18n::number(program.language(), *number) : program.text("report.no_target");
}

std::vector<std::string> progress_cells(const Program& program, const reports::Progress& progress) {
    return {shown(program, progress.target), shown(program, progress.actual),
            progress.percent ? i18n::percent(program.language(), *progress.percent) : "–"};
}

std::vector<std::string> line_cells(const Program& program, const std::string& name,
                                    const reports::Progress& cohorts, const reports::Progress& learners) {
    std::vector<std::string> cells{name};
    for (const auto& progress : {cohorts, learners})
        for (std::string& cell : progress_cells(program, progress)) cells.push_back(std::move(cell));
    return cells;
}

void print_trips(const Program& program, std::string_view title,
                 const std::vector<reports::FieldTripLine>& lines) {
    if (!lines.empty()) program.print("\n" + program.text(title));
    for (const reports::FieldTripLine& line : lines)
        program.print("  " + line.cohort_code + " · " + line.place + " · " +
                      program.text("report.learners", {i18n::number(program.language(), line.head_count)}));
}

void print_cohorts(const Program& program, std::string_view title,
                   const std::vector<reports::CohortLine>& lines, bool to_come) {
    if (lines.empty()) return;
    program.print("\n" + program.text(title));
    for (const reports::CohortLine& line : lines) {
        const cohorts::Cohort& cohort = line.cohort;
        std::string when;
        if (cohort.facts.opened_on)
            when = i18n::date(program.language(), *cohort.facts.opened_on);
        else if (cohort.planned_opens_on) {
            when = i18n::date(program.language(), cohort.planned_opens_on->date);
            if (cohort.planned_opens_on->precision == Precision::month)
                when = when.substr(when.find(program.language() == i18n::Language::vi ? '/' : ' ') + 1);
        }
        const std::int64_t heads = to_come ? cohort.expected_learners.value_or(0) : line.learners;
        program.print("  " + cohort.code + " · " + cohort.programme.name +
                      (cohort.partner.empty() ? "" : " · " + cohort.partner) + " · " + when + " · " +
                      program.text("report.learners", {i18n::number(program.language(), heads)}));
    }
}

void print_statement(const Program& program, const reports::Statement& statement) {
    const reports::Question& question = statement.question;
    program.print(program.text("report.title", {statement.centre.name, std::to_string(question.year),
                                                i18n::date(program.language(), question.view.as_of)}));
    if (question.view.known_at)
        program.print(program.text("report.known_at",
                                   {i18n::moment(program.language(), *question.view.known_at, Offset{})}));
    if (!statement.plan_version)
        program.print(program.text("report.no_plan", {std::to_string(question.year)}));
    TextTable table({program.text("report.programme"), program.text("report.cohorts_target"),
                     program.text("report.cohorts_actual"), "%", program.text("report.learners_target"),
                     program.text("report.learners_actual"), "%"});
    for (const reports::StatementLine& line : statement.lines)
        table.row(line_cells(program, line.programme.name, line.cohorts, line.learners));
    table.rule();
    table.row(
        line_cells(program, program.text("report.total"), statement.total_cohorts, statement.total_learners));
    program.print(table.text());
    print_cohorts(program, "report.joint", statement.joint, false);
    print_cohorts(program, "report.off_plan", statement.off_plan, false);
    print_cohorts(program, "report.delegations", statement.delegations, false);
    print_cohorts(program, "report.forecast", statement.forecast, true);
    print_trips(program, "report.field_trips", statement.field_trips);
    print_trips(program, "report.field_trips_to_come", statement.field_trips_to_come);
}

Outcome<plan::View> view_of(const Program& program, const ViewWords& words) {
    const auto as_of = day_of_option("--as-of", words.as_of);
    if (!as_of) return as_of.refusals();
    const auto known_at = moment_of_option("--known-at", words.known_at);
    if (!known_at) return known_at.refusals();
    return plan::View{(*as_of).value_or(program.today()), *known_at};
}

Outcome<reports::FigureQuestion> question_of(db::Read& tx, const web::Actor& actor, const FigureWords& words,
                                             const plan::View& view) {
    reports::FigureQuestion question{.year = words.year, .view = view};
    const auto measure = ledger::parse_measure(words.measure);
    if (!measure) return Refusal{"measure", "figure.measure_unknown", {words.measure}};
    question.measure = *measure;
    if (!words.programme.empty()) {
        question.programme = programmes::find_programme(tx, words.programme);
        if (!question.programme)
            return Refusal{"programme",
                           "figure.programme_unknown",
                           {words.programme, nearest(words.programme, programmes::programme_names(tx))}};
    }
    if (!words.cohort.empty()) question.cohort = cohorts::require(tx, actor, words.cohort);
    return question;
}

}  // namespace

Outcome<std::optional<Date>> day_of_option(const std::string& option, const std::string& text) {
    if (text.empty()) return std::optional<Date>{};
    if (const auto day = parse_date(text)) return std::optional(*day);
    return Refusal{option, "command.no_day", {option, text}};
}

Outcome<std::optional<Instant>> moment_of_option(const std::string& option, const std::string& text) {
    if (text.empty()) return std::optional<Instant>{};
    if (const auto moment = parse_instant(text)) return std::optional(*moment);
    return Refusal{option, "command.no_instant", {option, text}};
}

Exit statement(Program& program, const StatementWords& words) {
    const auto view = view_of(program, words);
    if (!view) return program.refuse(view.refusals());
    const web::Actor actor = program.actor();
    const reports::Question question{words.year, *view, {*parse_rounding(words.rounding), words.decimals}};
    const reports::Statement found =
        program.database().read([&](db::Read& tx) { return reports::statement(tx, actor, question); });
    if (program.settings().json()) {
        program.print(reports::to_value(found));
    } else if (program.settings().format == "xlsx") {
        const std::string path = words.out.empty() ? "statement.xlsx" : words.out;
        reports::write_workbook(found, program.texts(), program.language(), path);
        program.print(path);
    } else {
        print_statement(program, found);
    }
    return Exit::done;
}

Exit figure(Program& program, const FigureWords& words) {
    const auto view = view_of(program, words);
    if (!view) return program.refuse(view.refusals());
    const web::Actor actor = program.actor();
    struct Opened {
        std::int64_t quantity;
        std::vector<reports::FigureRow> rows;
    };
    const auto found = program.database().read([&](db::Read& tx) -> Outcome<Opened> {
        const auto question = question_of(tx, actor, words, *view);
        if (!question) return question.refusals();
        Opened opened{reports::figure(tx, actor, *question).quantity, {}};
        constexpr int at_once = 10'000;
        for (reports::FigureCursor cursor;;) {
            auto rows = reports::figure_rows(tx, actor, *question, cursor, at_once);
            if (rows.empty()) return opened;
            cursor = {rows.back().plan_line, rows.back().effective_on, rows.back().posting.value};
            std::move(rows.begin(), rows.end(), std::back_inserter(opened.rows));
        }
    });
    if (!found) return program.refuse(found.refusals());
    if (program.settings().json()) {
        program.print(Value::object({{"measure", words.measure},
                                     {"year", words.year},
                                     {"as_of", view->as_of},
                                     {"known_at", view->known_at},
                                     {"quantity", found->quantity},
                                     {"postings", list_of(found->rows, [](const reports::FigureRow& row) {
                                          return reports::to_value(row);
                                      })}}));
        return Exit::done;
    }
    program.print(
        program.text("figure.title", {words.measure, i18n::number(program.language(), found->quantity)}));
    for (const reports::FigureRow& row : found->rows)
        program.print((row.quantity > 0 ? "+" : "") + std::to_string(row.quantity) + "  " +
                      to_text(row.effective_on) + "  " + row.cohort_code + "  " + row.unit_name + "  " +
                      row.document_file + " " + row.source_place);
    return Exit::done;
}

Exit verify(Program& program) {
    const proof::Proof found = program.database().read([](db::Read& tx) { return proof::verify(tx); });
    if (program.settings().json()) {
        program.print(proof::to_value(found));
    } else {
        TextTable table({program.text("verify.measure"), program.text("verify.postings"),
                         program.text("verify.day_totals"), program.text("verify.rebuilt")});
        for (const proof::Balance& balance : found.balances)
            table.row({std::string(ledger::to_text(balance.measure)),
                       i18n::number(program.language(), balance.postings),
                       i18n::number(program.language(), balance.day_totals),
                       i18n::number(program.language(), balance.rebuilt)});
        program.print(table.text());
        program.print(program.text(
            "verify.trail", {std::to_string(found.trail.rows), std::to_string(found.trail.first_broken)}));
        program.print(program.text(found.balanced() ? "verify.balanced" : "verify.unbalanced",
                                   {std::to_string(found.differing), std::to_string(found.stale_facts)}));
    }
    return found.balanced() ? Exit::done : Exit::unbalanced;
}

}  // namespace tiendo::app
