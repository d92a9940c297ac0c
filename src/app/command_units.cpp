// units count: how many learners each unit sent.
#include "app/commands.h"
#include "app/text_table.h"
#include "base/text.h"
#include "features/organisations/organisations.h"
#include "features/reports/reports.h"

namespace tiendo::app {
namespace {

Outcome<reports::FigureQuestion> question_of(db::Read& tx, const UnitCountWords& words,
                                             const plan::View& view) {
    reports::UnitScope scope{organisations::centre(tx), true, words.follow_successors};
    if (!words.unit.empty()) {
        const organisations::UnitNames names(tx);
        const auto found = names.find(words.unit, view.as_of);
        if (!found) return Refusal{"unit", "unit.unknown", {words.unit, names.nearest_to(words.unit)}};
        scope.unit = *organisations::find_unit(tx, *found);
    }
    return reports::FigureQuestion{.year = words.year, .cohort = {}, .view = view, .unit = scope};
}

void print_table(const Program& program, const Value& counts) {
    TextTable table(
        {program.text("units.name"), program.text("unit_count.own"), program.text("unit_count.total")});
    for (const Value& row : *counts["units"].list_items()) {
        const std::string indent(static_cast<std::size_t>(*row["depth"].number()) * 2, ' ');
        table.row({indent + *row["name"].text(), i18n::number(program.language(), *row["own"].number()),
                   i18n::number(program.language(), *row["total"].number())});
    }
    program.print(table.text());
}

}  // namespace

Exit count_units(Program& program, const UnitCountWords& words) {
    const auto as_of = day_of_option("--as-of", words.as_of);
    const auto known_at = moment_of_option("--known-at", words.known_at);
    if (!as_of) return program.refuse(as_of.refusals());
    if (!known_at) return program.refuse(known_at.refusals());
    // Successors are those of today: in a year that is over nobody had succeeded yet.
    const Date last_day = words.follow_successors ? program.today() : *Date::of(words.year, 12, 31);
    const plan::View view{as_of->value_or(std::min(program.today(), last_day)), *known_at};
    const web::Actor actor = program.actor();
    const auto counts = program.database().read([&](db::Read& tx) -> Outcome<Value> {
        const auto question = question_of(tx, words, view);
        if (!question) return question.refusals();
        return reports::unit_counts(tx, actor, *question);
    });
    if (!counts) return program.refuse(counts.refusals());
    if (program.settings().json())
        program.print(*counts);
    else
        print_table(program, *counts);
    return Exit::done;
}

}  // namespace tiendo::app
