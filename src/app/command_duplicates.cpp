// duplicates: sweeps the register, lists who may be one person, and records what was decided.
#include <unistd.h>

#include <cstdio>

#include "app/commands.h"
#include "features/duplicates/duplicates.h"

namespace tiendo::app {
namespace {

// On one line that is written over; into a file only now and then.
void tell(std::int64_t done, std::int64_t steps) {
    static std::int64_t told = -1;
    const std::int64_t per_cent = steps == 0 ? 100 : done * 100 / steps;
    const bool seen = isatty(STDERR_FILENO) == 1;
    if (per_cent == told || (!seen && per_cent % 10 != 0)) return;
    told = per_cent;
    std::fprintf(stderr, seen ? "\r%lld %%" : "%lld %%\n", static_cast<long long>(per_cent));
    if (seen && per_cent == 100) std::fprintf(stderr, "\n");
}

std::string line_of(const Value& person) {
    std::string line = *person["full_name"].text();
    for (const char* field : {"birth_date", "national_id", "unit"})
        if (const auto* text = person[field].text()) line += " · " + *text;
    return line + " · " + *person["id"].text();
}

void print_pair(const Program& program, const Value& pair) {
    std::string reasons;
    for (const Value& reason : *pair["reasons"].list_items())
        reasons += (reasons.empty() ? "" : ", ") + program.text("duplicates.reason." + *reason.text());
    program.print(std::to_string(*pair["score"].number()) + "  " + reasons);
    for (const Value& person : *pair["people"].list_items()) program.print("    " + line_of(person));
}

// A record as the list prints it, or a number that somebody has.
people::PersonId record_named(db::Read& tx, const web::Actor& actor, const std::string& words) {
    constexpr std::size_t longest_number = 12;
    if (words.size() > longest_number)
        if (const people::PersonId id{parse_id(words)}) return id;
    return people::require_by_number(tx, actor, words).id;
}

}  // namespace

Exit find_duplicates(Program& program, const DuplicatesWords& words) {
    const web::Actor actor = program.actor();
    const duplicates::Sweep sweep = duplicates::sweep(
        program.database(), actor, [&] { return program.now(); }, tell);
    Value pairs = Value::list();
    program.database().read([&](db::Read& tx) {
        constexpr int at_once = 1'000;
        std::optional<duplicates::Cursor> after;
        for (bool more = true; more;) {
            const auto listing =
                duplicates::pairs(tx, actor, duplicates::State::open, words.minimum, after, at_once);
            for (const duplicates::Found& found : listing.rows) {
                after = {found.pair.score, found.id};
                Value pair = duplicates::to_value(found);
                if (program.settings().json())
                    pairs.push(std::move(pair));
                else
                    print_pair(program, pair);
            }
            more = static_cast<int>(listing.rows.size()) == at_once;
        }
    });
    if (program.settings().json())
        program.print(Value::object({{"people", sweep.people}, {"pairs", std::move(pairs)}}));
    else
        program.print(program.text("duplicates.swept", {i18n::number(program.language(), sweep.people),
                                                        i18n::number(program.language(), sweep.pairs)}));
    return Exit::done;
}

Exit merge_duplicates(Program& program, const DuplicatesWords& words) {
    const web::Actor actor = program.actor();
    const auto merged = program.database().write([&](db::Write& tx) {
        return duplicates::merge(tx, actor, record_named(tx, actor, words.keep),
                                 record_named(tx, actor, words.with), {program.now(), words.reason});
    });
    if (!merged) return program.refuse(merged.refusals());
    if (program.settings().json())
        program.print(Value::object({{"done", true}, {"merge", *merged}}));
    else
        program.print(program.text("duplicates.merge_recorded", {to_text(*merged)}));
    return Exit::done;
}

Exit undo_merge(Program& program, const DuplicatesWords& words) {
    const web::Actor actor = program.actor();
    const auto undone = program.database().write([&](db::Write& tx) {
        return duplicates::undo(tx, actor, duplicates::MergeId{parse_id(words.merge)},
                                {program.now(), words.reason});
    });
    if (!undone) return program.refuse(undone.refusals());
    if (program.settings().json())
        program.print(Value::object({{"done", true}}));
    else
        program.print(program.text("command.recorded"));
    return Exit::done;
}

}  // namespace tiendo::app
