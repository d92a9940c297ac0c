#include "features/reports/statement_presenter.h"

#include <algorithm>

#include "platform/pages/address.h"

namespace tiendo::reports {
namespace {

struct Elapsed {
    std::int64_t days, of_year;
    std::int64_t thousandths() const { return (2000 * days + of_year) / (2 * of_year); }
};

// The day itself has gone: on 31 December the whole year has.
Elapsed elapsed(const Question& question) {
    const Date first = *Date::of(question.year, 1, 1);
    const std::int64_t of_year = *Date::of(question.year, 12, 31) - first + 1;
    const std::int64_t days = question.view.as_of - first + 1;
    return {std::clamp<std::int64_t>(days, 0, of_year), of_year};
}

std::string figure_url(const Question& question, ledger::Measure measure, std::string_view line,
                       std::string_view cohort) {
    const auto& known_at = question.view.known_at;
    return pages::address("/figures", {{"measure", std::string(ledger::to_text(measure))},
                                       {"line", std::string(line)},
                                       {"cohort", std::string(cohort)},
                                       {"year", std::to_string(question.year)},
                                       {"as_of", to_text(question.view.as_of)},
                                       {"known_at", known_at ? to_text(*known_at) : ""}});
}

// In thousandths of the drawing: the larger of promise and what was reached is its whole width,
// and the needle stands where the year would have brought the promise by now. Null when there
// is no percentage.
Value bar_value(const Progress& progress, const Elapsed& year) {
    if (!progress.percent) return {};
    const std::int64_t target = *progress.target;
    const std::int64_t reached = std::max<std::int64_t>(progress.compared, 0);
    const std::int64_t whole = std::max(target, reached);
    const std::int64_t promise = (2000 * target + whole) / (2 * whole);
    return Value::object({{"promise", promise},
                          {"reached", (2000 * reached + whole) / (2 * whole)},
                          {"needle", year.thousandths() * promise / 1000}});
}

Value with_links(Value value, const Progress& progress, const Elapsed& year, std::string url) {
    return std::move(value).set("figure", std::move(url)).set("bar", bar_value(progress, year));
}

// Less of the promise than of the year: of cohorts, or of learners when cohorts were not promised.
bool is_behind(const StatementLine& line, const Elapsed& year) {
    const Progress& progress = line.cohorts.percent ? line.cohorts : line.learners;
    return progress.percent && progress.compared * year.of_year < *progress.target * year.days;
}

Value lines_value(const Statement& statement, const Value& lines, const Elapsed& year) {
    const Question& question = statement.question;
    Value decorated = Value::list();
    for (std::size_t i = 0; i < statement.lines.size(); ++i) {
        const StatementLine& line = statement.lines[i];
        Value value = (*lines.list_items())[i];
        const std::string id = to_text(line.line);
        value.set("id", id)
            .set("cohorts", with_links(value["cohorts"], line.cohorts, year,
                                       figure_url(question, ledger::Measure::cohorts_opened, id, "")))
            .set("learners", with_links(value["learners"], line.learners, year,
                                        figure_url(question, ledger::Measure::learners_started, id, "")))
            .set("behind", is_behind(line, year))
            .set("dropped", line.dropped);
        decorated.push(std::move(value));
    }
    return decorated;
}

}  // namespace

Value pace_value(const Statement& statement) {
    const Question& question = statement.question;
    const Elapsed year = elapsed(question);
    Value value = to_value(statement);
    const auto total = [&](const char* name, const Progress& progress, ledger::Measure measure) {
        return with_links(value["total"][name], progress, year, figure_url(question, measure, "", ""));
    };
    Value totals = Value::object(
        {{"cohorts", total("cohorts", statement.total_cohorts, ledger::Measure::cohorts_opened)},
         {"learners", total("learners", statement.total_learners, ledger::Measure::learners_started)}});
    return std::move(value)
        .set("lines", lines_value(statement, value["lines"], year))
        .set("total", std::move(totals))
        .set("elapsed", elapsed_value(question));
}

Value elapsed_value(const Question& question) {
    const Elapsed year = elapsed(question);
    return Value::object({{"days", year.days},
                          {"days_of_year", year.of_year},
                          {"share", percent_text(year.days, year.of_year, question.style)},
                          {"thousandths", year.thousandths()}});
}

Value apart_value(const Statement& statement) {
    const Value plain = to_value(statement);
    Value apart = Value::list();
    for (const char* name : {"joint", "off_plan", "delegations", "forecast"}) {
        if (plain[name].list_items()->empty()) continue;
        Value cohorts = list_of(*plain[name].list_items(), [&](Value cohort) {
            return std::move(cohort).set("figure",
                                         figure_url(statement.question, ledger::Measure::learners_started, "",
                                                    *cohort["code"].text()));
        });
        apart.push(Value::object({{"name", name}, {"cohorts", std::move(cohorts)}}));
    }
    return apart;
}

Value trips_value(const Statement& statement) {
    const Value plain = to_value(statement);
    Value parts = Value::list();
    for (const auto& [name, day_name] :
         {std::pair("field_trips", "took_place_on"), std::pair("field_trips_to_come", "planned_on")}) {
        if (plain[name].list_items()->empty()) continue;
        Value trips = list_of(*plain[name].list_items(),
                              [&](Value trip) { return std::move(trip).set("starts_on", trip[day_name]); });
        parts.push(Value::object({{"name", name}, {"trips", std::move(trips)}}));
    }
    return parts;
}

}  // namespace tiendo::reports
