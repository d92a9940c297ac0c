// programmes: what is taught, with the version in force on a day.
#include "app/commands.h"
#include "app/text_table.h"
#include "features/programmes/programmes.h"

namespace tiendo::app {
namespace {

std::string number_text(const Value& number) {
    return number.is_null() ? "—" : std::to_string(*number.number());
}

}  // namespace

Exit list_programmes(Program& program, const ProgrammesWords& words) {
    const auto on = day_of_option("--on", words.on);
    if (!on) return program.refuse(on.refusals());
    const Date day = (*on).value_or(program.today());
    const Value found =
        program.database().read([&](db::Read& tx) { return programmes::list_value(tx, day); });
    if (program.settings().json()) {
        program.print(found);
        return Exit::done;
    }
    TextTable table({program.text("programme.name"), program.text("programme.code"),
                     program.text("programme.version"), program.text("programme.periods")});
    for (const Value& row : *found["programmes"].list_items())
        table.row({*row["name"].text(), *row["code"].text(), number_text(row["version"]),
                   number_text(row["periods"])});
    program.print(table.text());
    return Exit::done;
}

}  // namespace tiendo::app
