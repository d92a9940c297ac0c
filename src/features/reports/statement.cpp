// The progress statement: plan against actual, then what does not count to the plan.
#include <algorithm>
#include <unordered_map>

#include "features/reports/reports.h"
#include "features/reports/reports_store.h"

namespace tiendo::reports {
namespace {

void compare(Progress& progress, const PercentStyle& style) {
    progress.percent =
        progress.target ? percent_text(progress.compared, *progress.target, style) : std::nullopt;
}

Progress progress_of(std::optional<std::int64_t> target, std::int64_t actual, const PercentStyle& style) {
    Progress progress{.target = target, .actual = actual, .compared = actual, .percent = std::nullopt};
    compare(progress, style);
    return progress;
}

// Actual counts every line; target and percentage only the lines that have a target.
void add(Progress& total, const Progress& line) {
    total.actual += line.actual;
    if (!line.target) return;
    total.target = total.target.value_or(0) + *line.target;
    total.compared += line.actual;
}

// The lines of the version in force, then those that only earlier versions had but for
// which something was done: what happened does not vanish because a plan was amended.
struct ShownLine {
    plan::Line line;
    bool dropped = false;
};
std::vector<ShownLine> lines_to_show(db::Read& tx, plan::PlanId plan,
                                     const std::optional<plan::Version>& version,
                                     const std::unordered_map<std::int64_t, Actuals>& actuals) {
    std::vector<ShownLine> shown;
    if (version)
        for (plan::Line& line : plan::lines(tx, version->id)) shown.push_back({std::move(line)});
    const auto is_shown = [&](std::int64_t id) {
        return std::any_of(shown.begin(), shown.end(),
                           [&](const ShownLine& one) { return one.line.id.value == id; });
    };
    for (const plan::Line& line : plan::all_lines(tx, plan)) {
        const auto actual = actuals.find(line.id.value);
        if (actual != actuals.end() && (actual->second.cohorts != 0 || actual->second.learners != 0) &&
            !is_shown(line.id.value))
            shown.push_back({line, true});
    }
    return shown;
}

void add_plan(db::Read& tx, plan::PlanId plan, Statement& statement) {
    const Question& question = statement.question;
    statement.plan_version = plan::version_in_force(tx, plan, question.view);
    const auto actuals = actuals_by_line(tx, plan, question.view);
    for (const auto& [line, dropped] : lines_to_show(tx, plan, statement.plan_version, actuals)) {
        const auto found = actuals.find(line.id.value);
        const Actuals actual = found == actuals.end() ? Actuals{} : found->second;
        statement.lines.push_back(
            {.line = line.id,
             .programme = line.programme,
             .audience = line.audience,
             .cohorts = progress_of(line.targets.cohorts, actual.cohorts, question.style),
             .learners = progress_of(line.targets.learners, actual.learners, question.style),
             .dropped = dropped});
        add(statement.total_cohorts, statement.lines.back().cohorts);
        add(statement.total_learners, statement.lines.back().learners);
    }
    compare(statement.total_cohorts, question.style);
    compare(statement.total_learners, question.style);
}

Value to_value(const Progress& progress) {
    return Value::object({{"target", progress.target},
                          {"actual", progress.actual},
                          {"percent", progress.percent},
                          {"compared", progress.compared}});
}

Value to_value(const CohortLine& line) {
    const cohorts::Cohort& cohort = line.cohort;
    Value value = Value::object({{"id", cohort.id},
                                 {"code", cohort.code},
                                 {"programme", cohort.programme.name},
                                 {"kind", to_text(cohort.kind)},
                                 {"role", to_text(cohort.role)},
                                 {"partner", cohort.partner},
                                 {"place", cohort.place},
                                 {"basis", cohort.basis},
                                 {"opened_on", cohort.facts.opened_on},
                                 {"learners", line.learners}});
    const auto& planned = cohort.planned_opens_on;
    value.set("planned_opens_on", planned ? Value(cohorts::to_text(*planned)) : Value());
    value.set("expected_learners", cohort.expected_learners);
    return value;
}

// `day_name`: what the day of such a trip is called.
Value to_value(const std::vector<FieldTripLine>& lines, std::string_view day_name) {
    return list_of(lines, [&](const FieldTripLine& line) {
        return Value::object({{"cohort", line.cohort_code},
                              {"place", line.place},
                              {day_name, line.starts_on},
                              {"head_count", line.head_count}});
    });
}

Value to_value(const std::vector<CohortLine>& lines) {
    return list_of(lines, [](const CohortLine& line) { return to_value(line); });
}

}  // namespace

Statement statement(db::Read& tx, const web::Actor& actor, const Question& question) {
    Statement statement{.question = question, .centre = organisations::centre(tx)};
    if (const auto plan = plan::find_plan(tx, actor, question.year)) add_plan(tx, plan->id, statement);
    for (CohortLine& line : uncounted_cohorts(tx, actor, question)) {
        auto& list = line.cohort.kind == cohorts::Kind::overseas_delegation ? statement.delegations
                     : line.cohort.role == cohorts::Role::organiser         ? statement.off_plan
                                                                            : statement.joint;
        list.push_back(std::move(line));
    }
    statement.forecast = cohorts_to_come(tx, actor, question);
    for (FieldTripLine& line : field_trips(tx, actor, question))
        (line.is_to_come ? statement.field_trips_to_come : statement.field_trips).push_back(std::move(line));
    return statement;
}

Value to_value(const Statement& statement) {
    const Question& question = statement.question;
    Value value = Value::object({{"year", question.year},
                                 {"as_of", question.view.as_of},
                                 {"known_at", question.view.known_at},
                                 {"rounding", to_text(question.style.rounding)},
                                 {"decimals", question.style.decimals},
                                 {"centre", statement.centre.name}});
    if (const auto& version = statement.plan_version)
        value.set("plan", Value::object({{"version", version->number},
                                         {"effective_on", version->effective_on},
                                         {"document", version->document_number}}));
    else
        value.set("plan", nullptr);
    value.set("lines", list_of(statement.lines, [](const StatementLine& line) {
                  return Value::object({{"programme", line.programme.name},
                                        {"code", line.programme.code},
                                        {"audience", line.audience},
                                        {"cohorts", to_value(line.cohorts)},
                                        {"learners", to_value(line.learners)}});
              }));
    value.set("total", Value::object({{"cohorts", to_value(statement.total_cohorts)},
                                      {"learners", to_value(statement.total_learners)}}));
    value.set("joint", to_value(statement.joint));
    value.set("off_plan", to_value(statement.off_plan));
    value.set("delegations", to_value(statement.delegations));
    value.set("forecast", to_value(statement.forecast));
    value.set("field_trips", to_value(statement.field_trips, "took_place_on"));
    value.set("field_trips_to_come", to_value(statement.field_trips_to_come, "planned_on"));
    return value;
}

}  // namespace tiendo::reports
