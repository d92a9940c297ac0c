// import: a workbook judged row by row, recorded whole or not at all.
#include <chrono>
#include <filesystem>
#include <iostream>
#include <thread>

#include "app/commands.h"
#include "features/imports/imports.h"

namespace tiendo::app {
namespace {

std::string rejection_line(const Program& program, const Value& rejection) {
    const std::string& sheet = *rejection["sheet"].text();
    std::string line = program.text(
        "import.rejection",
        {sheet.empty() ? "" : sheet + ", ", std::to_string(*rejection["row"].number()),
         *rejection["column"].text(), *rejection["message"].text(), *rejection["expected"].text()});
    if (const std::string& nearest = *rejection["nearest"].text(); !nearest.empty())
        line += " " + program.text("import.nearest", {nearest});
    return line;
}

void print_report(const Program& program, const imports::Report& report, const std::string& kind,
                  const Value& value, bool dry_run, std::int64_t import) {
    const auto count = [](std::int64_t number) { return std::to_string(number); };
    for (const Value& refusal : *value["refusals"].list_items()) program.print(*refusal.text());
    for (const Value& group : *value["groups"].list_items()) {
        program.print(
            program.text("import.group", {*group["title"].text(), *group["column"].text(),
                                          count(*group["count"].number()), *group["expected"].text()}));
        // What a page offers as a button is an option here.
        if (const std::string hint = *group["problem"].text() + ".command";
            program.texts().has(program.language(), hint))
            program.print(program.text(hint));
        for (const Value& rejection : *group["rejections"].list_items())
            program.print(rejection_line(program, rejection));
        if (const std::int64_t more = *group["more"].number(); more > 0)
            program.print(program.text("import.group_more", {count(more)}));
    }
    for (const Value& note : *value["notes"].list_items()) program.print(*note.text());
    program.print(program.text("import.counts", {count(report.added), count(report.changed),
                                                 count(report.unchanged), count(report.rejected)}));
    if (!report.refusals.empty())
        program.print(program.text("import.file_refused"));
    else if (!report.acceptable() && report.document)
        program.print(program.text("import.rest_saved", {count(report.rejected), count(import)}));
    else if (!report.acceptable())
        program.print(program.text("import.nothing_saved"));
    else if (dry_run)
        program.print(program.text("import.dry_run"));
    else if (!report.document)
        program.print(program.text("import.nothing_new"));
    else
        program.print(program.text("import.saved." + kind));
}

// Another file may hold the books for minutes; whoever calls from a script waits, and is told so once.
template <class F>
auto patiently(const Program& program, F record) {
    using clock = std::chrono::steady_clock;
    const auto given_up_at = clock::now() + std::chrono::minutes(30);
    for (bool told = false;; told = true) try {
            return record();
        } catch (const db::Busy&) {
            if (clock::now() > given_up_at) throw;
            if (!told) std::cerr << program.text("import.waiting") << std::endl;
            std::this_thread::sleep_for(std::chrono::seconds(1));
        }
}

Exit undo_import(Program& program, const ImportWords& words) {
    const std::int64_t id = parse_id(words.file);
    if (id == 0) return program.refuse({{"import", "import.no_such_import", {words.file}}});
    const std::string reason = words.reason.empty() ? "tiendo import undo" : words.reason;
    const auto undone =
        imports::undo(program.database(), program.actor(), id, reason, program.now(), program.today());
    if (!undone) return program.refuse(undone.refusals());
    if (program.settings().json())
        program.print(Value::object({{"import", words.file}, {"undone", true}}));
    else
        program.print(program.text("import.undone", {words.file}));
    return Exit::done;
}

Exit import_file(Program& program, const ImportWords& words) {
    const auto document_date = day_of_option("--document-date", words.document_date);
    const auto effective_on = day_of_option("--effective-on", words.effective_on);
    if (!document_date) return program.refuse(document_date.refusals());
    if (!effective_on) return program.refuse(effective_on.refusals());
    std::error_code error;
    if (!std::filesystem::is_regular_file(words.file, error))
        return program.refuse({{"file", "import.file_missing", {words.file}}});

    const web::Actor actor = program.actor();
    const auto& offered = imports::importers();
    const auto importer = std::find_if(offered.begin(), offered.end(),
                                       [&](const imports::Importer& one) { return one.kind == words.kind; });
    const auto readable = imports::readable_file(words.file);
    if (!readable) return program.refuse(readable.refusals());
    files::Stored stored;
    if (!words.dry_run) stored = program.store().keep((*readable)->path);
    imports::Job job{.actor = actor,
                     .texts = program.texts(),
                     .path = (*readable)->path,
                     .file_name = std::filesystem::path(words.file).filename(),
                     .file_digest = stored.digest,
                     .file_bytes = stored.bytes,
                     .options = {.year = words.year,
                                 .document_number = words.document_number,
                                 .document_date = *document_date,
                                 .effective_on = *effective_on,
                                 .cohort = words.cohort,
                                 .note = words.note,
                                 .leave_rejected = words.leave_rejected,
                                 .legacy = office::legacy_text_of(words.old_font),
                                 .new_units = words.new_units,
                                 .ids_confirmed = words.ids_confirmed},
                     .at = program.now(),
                     .today = program.today()};
    std::int64_t import = 0;
    const imports::Report report = imports::run(program.database(), *importer, job,
                                                words.dry_run ? imports::Keep::no : imports::Keep::yes,
                                                [&](db::Write& tx, const imports::Report& recorded) {
                                                    import = imports::enlist(tx, *importer, job, recorded);
                                                });
    Value value = imports::to_value(report, words.kind, program.texts(), program.language());
    if (program.settings().json()) {
        value.set("kind", words.kind)
            .set("file", words.file)
            .set("dry_run", words.dry_run)
            .set("saved", report.document.has_value())
            .set("import", import == 0 ? Value() : Value(std::to_string(import)));
        program.print(value);
    } else {
        print_report(program, report, words.kind, value, words.dry_run, import);
        if (import != 0 && importer->undo)
            program.print(program.text("import.number", {std::to_string(import)}));
    }
    return report.acceptable() ? Exit::done : Exit::refused;
}

}  // namespace

Exit import_workbook(Program& program, const ImportWords& words) {
    return patiently(program, [&] {
        return words.kind == "undo" ? undo_import(program, words) : import_file(program, words);
    });
}

}  // namespace tiendo::app
