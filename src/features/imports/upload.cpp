#include "features/imports/upload.h"

#include <algorithm>
#include <fstream>

#include "features/imports/import_work.h"
#include "features/imports/remembered.h"
#include "features/organisations/organisations.h"
#include "platform/audit/audit.h"
#include "platform/pages/reader.h"

namespace tiendo::imports {
namespace {

struct Sent {
    const Importer* importer = nullptr;
    std::string path, name;
    std::shared_ptr<const http::TemporaryFile> pasted;
    Options options;
};

// Cells copied from a spreadsheet, as the browser sends them: lines of cells with tabs between.
std::shared_ptr<const http::TemporaryFile> kept(std::string_view pasted) {
    auto file = std::make_shared<http::TemporaryFile>(std::filesystem::temp_directory_path());
    std::ofstream out(file->path(), std::ios::binary);
    out << pasted;
    out.close();
    if (!out) throw std::runtime_error("what was pasted could not be written to " + file->path().string());
    return file;
}

// The file that was chosen, else what was pasted. A browser sends an empty file for none.
void take_file(const web::Visit& visit, pages::Reader& form, Sent& sent) {
    const http::Upload* file = visit.request.upload("file");
    if (file && (file->size > 0 || !file->name.empty())) {
        sent.path = file->path();
        sent.name = file->name;
        return;
    }
    // As it was typed: cleaning would take the tabs for blanks.
    const std::string_view pasted = visit.request.secret("pasted");
    if (pasted.find_first_not_of(" \t\r\n") == std::string_view::npos)
        return form.refuse("file", "imports.file_required");
    sent.pasted = kept(pasted);
    sent.path = sent.pasted->path();
    sent.name = visit.text("imports.pasted_file") + ".tsv";
}

// The unit that sent the file, by its name.
void take_sender(const web::Visit& visit, pages::Reader& form, Options& options) {
    const std::string name = form.text("sender");
    if (name.empty()) return;
    visit.database.read([&](db::Read& tx) {
        const organisations::UnitNames units(tx);
        const auto unit = units.find(name);
        if (!unit) return form.refuse("sender", "imports.sender_unknown", {name, units.nearest_to(name)});
        options.sender = unit->value;
        options.sender_name = name;
    });
}

Outcome<Sent> read_form(const web::Visit& visit) {
    auto form = pages::Reader::of_body(visit);
    Sent sent;
    const std::string kind = form.required_text("kind");
    sent.importer = find_importer(kind);
    if (!kind.empty() && !sent.importer) form.refuse("kind", "imports.kind_unknown", {kind});
    sent.options.year = form.year("year").value_or(0);
    if (sent.importer && sent.importer->asks_year && form.text("year").empty())
        form.refuse("year", "imports.year_required");
    sent.options.document_number = form.text("document_number");
    sent.options.document_date = form.day("document_date");
    sent.options.effective_on = form.day("effective_on");
    sent.options.cohort = form.text("cohort");
    sent.options.note = form.text("note");
    take_sender(visit, form, sent.options);
    take_file(visit, form, sent);
    if (form.refused()) return form.refusals();
    return sent;
}

Refusals of_field_file(Refusals refusals) {
    for (Refusal& refusal : refusals) refusal.field = "file";
    return refusals;
}

}  // namespace

Outcome<ImportId> receive(const web::Visit& visit, const Desk& desk) {
    const auto sent = read_form(visit);
    if (!sent) return sent.refusals();
    const bool may = visit.database.read(
        [&](db::Read& tx) { return may_at_centre(tx, visit.actor, sent->importer->permission); });
    if (!may) throw web::Forbidden{};
    const auto readable = readable_file(sent->path);
    if (!readable) return of_field_file(readable.refusals());
    const std::string& path = (*readable)->path;

    Import import;
    import.options = sent->options;
    const auto before = visit.database.read(
        [&](db::Read& tx) { return remembered(tx, sent->options.sender, sent->importer->kind); });
    if (const auto same = known_again(before, *sent->importer, visit.site.texts, path)) {
        import.options.mapping = same->mapping;
        import.options.mapped_as = same->file_name;
    }
    const auto found = look(*sent->importer, visit.site.texts, path, import.options.mapping);
    if (!found) return found.refusals();

    const files::Stored stored = desk.store.keep(path);
    import.kind = sent->importer->kind;
    import.file_name = sent->name.empty() ? import.kind : sent->name;
    import.file_digest = stored.digest;
    import.file_bytes = stored.bytes;
    const ImportId id = visit.database.write([&](db::Write& tx) {
        const ImportId made = insert(tx, visit.actor, import, visit.now);
        audit::record(tx, visit.actor, visit.now,
                      {"import.upload", "import", made.value,
                       Value::object({{"kind", import.kind},
                                      {"file_name", import.file_name},
                                      {"file_digest", import.file_digest}})});
        if (is_complete(*sent->importer, *found)) begin_check(tx, visit.actor, made, visit.now);
        return made;
    });
    desk.jobs->wake();
    return id;
}

Outcome<office::TableReport> look(const Importer& importer, const i18n::Texts& texts, const std::string& path,
                                  const office::Mapping& mapping, office::LegacyText legacy) {
    office::TableOptions options;
    options.mapping = mapping;
    options.limits.legacy = legacy;
    auto found = office::look_at_tables(office::file(path), columns_of(importer, texts), options);
    if (found) return found;
    return of_field_file(found.refusals());
}

bool is_complete(const Importer& importer, const office::TableReport& found) {
    return std::any_of(found.tables.begin(), found.tables.end(), [&](const office::FoundTable& table) {
        return missing_fields(importer, table).empty();
    });
}

std::vector<std::string> missing_fields(const Importer& importer, const office::FoundTable& table) {
    const auto is_there = [&](const std::string& field) {
        return std::any_of(table.columns.begin(), table.columns.end(),
                           [&](const auto& column) { return column.field == field; });
    };
    std::vector<std::string> missing;
    for (const std::string& field : importer.required) {
        const auto others = importer.alternatives.find(field);
        const bool stood_in = others != importer.alternatives.end() &&
                              std::all_of(others->second.begin(), others->second.end(), is_there);
        if (!is_there(field) && !stood_in) missing.push_back(field);
    }
    return missing;
}

}  // namespace tiendo::imports
