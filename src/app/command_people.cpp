// people find: who is in the register.
#include "app/commands.h"
#include "app/text_table.h"
#include "features/people/people.h"

namespace tiendo::app {

Exit find_people(Program& program, const FindWords& words) {
    const web::Actor actor = program.actor();
    const Value found = program.database().read([&](db::Read& tx) {
        return people::to_value(tx, actor, people::find(tx, actor, words.words, words.count));
    });
    if (program.settings().json()) {
        program.print(found);
        return Exit::done;
    }
    TextTable table({program.text("people.full_name"), program.text("people.birth_date"),
                     program.text("people.sex"), program.text("people.national_id"),
                     program.text("people.unit")});
    for (const Value& person : *found.list_items()) {
        const std::string& sex = *person["sex"].text();
        table.row({*person["full_name"].text(), i18n::date(program.language(), *person["birth_date"].text()),
                   sex.empty() ? "" : program.text("sex." + sex), *person["national_id"].text(),
                   *person["unit"].text()});
    }
    program.print(table.text());
    return Exit::done;
}

}  // namespace tiendo::app
