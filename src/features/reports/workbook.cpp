// The statement as a workbook.
#include "features/reports/reports.h"
#include "platform/office/xlsx_writer.h"

namespace tiendo::reports {
namespace {

using office::ListCell;
using Kind = office::ListColumn::Kind;

ListCell number(const std::optional<std::int64_t>& value) { return value ? ListCell(*value) : ListCell(); }
ListCell percent(const Progress& progress) {
    return progress.percent ? ListCell(std::string_view(*progress.percent)) : ListCell();
}

}  // namespace

void write_workbook(const Statement& statement, const i18n::Texts& texts, i18n::Language language,
                    const std::string& path) {
    const Question& question = statement.question;
    const auto text = [&](std::string_view key, std::initializer_list<std::string> arguments = {}) {
        return texts.text(language, key, arguments);
    };
    std::vector<std::string> titles{text(
        "report.title",
        {statement.centre.name, std::to_string(question.year), i18n::date(language, question.view.as_of)})};
    if (question.view.known_at)
        titles.push_back(
            text("report.known_at", {i18n::moment(language, *question.view.known_at, Offset{})}));
    const int decimals = question.style.decimals;
    auto writer = office::ListWriter::to_file(
        path, {.sheet = text("report.sheet"),
               .titles = titles,
               .columns = {{text("report.programme")},
                           {text("report.audience")},
                           {text("report.cohorts_target"), Kind::quantity},
                           {text("report.cohorts_actual"), Kind::quantity},
                           {text("report.cohorts_percent"), Kind::percent, 0, decimals},
                           {text("report.learners_target"), Kind::quantity},
                           {text("report.learners_actual"), Kind::quantity},
                           {text("report.learners_percent"), Kind::percent, 0, decimals}}});
    for (const StatementLine& line : statement.lines)
        writer.row({line.programme.name, line.audience, number(line.cohorts.target), line.cohorts.actual,
                    percent(line.cohorts), number(line.learners.target), line.learners.actual,
                    percent(line.learners)});
    const std::string total = text("report.total");
    writer.bold_row({total, "", number(statement.total_cohorts.target), statement.total_cohorts.actual,
                     percent(statement.total_cohorts), number(statement.total_learners.target),
                     statement.total_learners.actual, percent(statement.total_learners)});

    writer.sheet({.sheet = text("report.apart_sheet"),
                  .titles = {text("report.apart_title")},
                  .columns = {{text("report.group")},
                              {text("report.code")},
                              {text("report.programme")},
                              {text("report.partner")},
                              {text("report.opened_on"), Kind::date},
                              {text("report.learners_actual"), Kind::quantity},
                              {text("report.expected_learners"), Kind::quantity}}});
    const auto group = [&](std::string_view title, const std::vector<CohortLine>& lines, bool to_come) {
        const std::string name = text(title);
        for (const CohortLine& line : lines) {
            const cohorts::Cohort& cohort = line.cohort;
            const auto& planned = cohort.planned_opens_on;
            // A month is told as a month: its first day would be a promise nobody made.
            const std::string month = planned ? i18n::date(language, cohorts::to_text(*planned)) : "";
            ListCell opens = std::string_view(month);
            if (cohort.facts.opened_on)
                opens = *cohort.facts.opened_on;
            else if (planned && planned->precision == Precision::day)
                opens = planned->date;
            writer.row({name, cohort.code, cohort.programme.name, cohort.partner, opens,
                        to_come ? ListCell() : ListCell(line.learners), number(cohort.expected_learners)});
        }
    };
    group("report.joint", statement.joint, false);
    group("report.off_plan", statement.off_plan, false);
    group("report.delegations", statement.delegations, false);
    group("report.forecast", statement.forecast, true);
    writer.finish();
}

}  // namespace tiendo::reports
