// The statement as a workbook.
#include "features/reports/reports.h"
#include "platform/office/xlsx_writer.h"

namespace tiendo::reports {
namespace {

using office::ListCell;
using Kind = office::ListColumn::Kind;

ListCell number(const std::optional<std::int64_t>& value) { return value ? ListCell(*value) : ListCell(); }
ListCell percent(const Progress& progress) { return progress.percent ? ListCell(std::string_view(*progress.percent)) : ListCell(); }

}  // namespace

void write_workbook(const Statement& statement, const i18n::Texts& texts, i18n::Language language, const std::string& path) {
    const Question& question = statement.question;
    const auto text = [&](std::string_view key, std::initializer_list<std::string> arguments = {}) { return texts.text(language, key, arguments); };
    std::vector<std::string> titles{text("statement.title", {statement.centre.name, std::to_string(question.year), i18n::date(language, question.view.as_of)})};
    if (question.view.known_at) titles.push_back(text("statement.known_at", {i18n::moment(language, *question.view.known_at, Offset{})}));
    const int decimals = question.style.decimals;
    auto writer = office::ListWriter::to_file(
        path, {.sheet = text("statement.sheet"),
               .titles = titles,
               .columns = {{text("statement.programme")},
                           {text("statement.audience")},
                           {text("statement.cohorts_target"), Kind::quantity},
                           {text("statement.cohorts_actual"), Kind::quantity},
                           {text("statement.cohorts_percent"), Kind::percent, 0, decimals},
                           {text("statement.learners_target"), Kind::quantity},
                           {text("statement.learners_actual"), Kind::quantity},
                           {text("statement.learners_percent"), Kind::percent, 0, decimals}}});
    for (const StatementLine& line : statement.lines)
        writer.row({line.programme.name, line.audience, number(line.cohorts.target), line.cohorts.actual, percent(line.cohorts),
                    number(line.learners.target), line.learners.actual, percent(line.learners)});
    const std::string total = text("statement.total");
    writer.bold_row({total, "", number(statement.total_cohorts.target), statement.total_cohorts.actual, percent(statement.total_cohorts),
                     number(statement.total_learners.target), statement.total_learners.actual, percent(statement.total_learners)});

    writer.sheet({.sheet = text("statement.apart_sheet"),
                  .titles = {text("statement.apart_title")},
                  .columns = {{text("statement.group")}, {text("statement.code")}, {text("statement.programme")}, {text("statement.partner")},
                              {text("statement.opened_on"), Kind::date}, {text("statement.learners_actual"), Kind::quantity},
                              {text("statement.expected_learners"), Kind::quantity}}});
    const auto group = [&](std::string_view title, const std::vector<CohortLine>& lines, bool to_come) {
        const std::string name = text(title);
        for (const CohortLine& line : lines) {
            const cohorts::Cohort& cohort = line.cohort;
            const std::optional<Date> day = cohort.facts.opened_on ? cohort.facts.opened_on
                                            : cohort.planned_opens_on ? std::optional(cohort.planned_opens_on->date) : std::nullopt;
            writer.row({name, cohort.code, cohort.programme.name, cohort.partner, day ? ListCell(*day) : ListCell(),
                        to_come ? ListCell() : ListCell(line.learners), number(cohort.expected_learners)});
        }
    };
    group("statement.joint", statement.joint, false);
    group("statement.off_plan", statement.off_plan, false);
    group("statement.delegations", statement.delegations, false);
    group("statement.forecast", statement.forecast, true);
    writer.finish();
}

}  // namespace tiendo::reports
