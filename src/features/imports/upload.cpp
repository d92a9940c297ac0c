#include "features/imports/upload.h"

#include <algorithm>

#include "features/imports/import_work.h"
#include "platform/audit/audit.h"
#include "platform/pages/reader.h"

namespace tiendo::imports {
namespace {

struct Sent {
    const Importer* importer = nullptr;
    const http::Upload* file = nullptr;
    Options options;
};

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
    sent.file = visit.request.upload("file");
    if (!sent.file) form.refuse("file", "imports.file_required");
    if (form.refused()) return form.refusals();
    return sent;
}

bool is_complete(const Importer& importer, const office::TableReport& found) {
    return std::any_of(found.tables.begin(), found.tables.end(), [&](const office::FoundTable& table) {
        return missing_fields(importer, table).empty();
    });
}

}  // namespace

Outcome<ImportId> receive(const web::Visit& visit, const Desk& desk) {
    const auto sent = read_form(visit);
    if (!sent) return sent.refusals();
    const bool may = visit.database.read(
        [&](db::Read& tx) { return may_at_centre(tx, visit.actor, sent->importer->permission); });
    if (!may) throw web::Forbidden{};
    const auto found = look(*sent->importer, visit.site.texts, sent->file->path(), {});
    if (!found) return found.refusals();

    const files::Stored stored = desk.store.keep(sent->file->path());
    Import import;
    import.kind = sent->importer->kind;
    import.file_name = sent->file->name.empty() ? import.kind : sent->file->name;
    import.file_digest = stored.digest;
    import.file_bytes = stored.bytes;
    import.options = sent->options;
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
                                  const office::Mapping& mapping) {
    office::TableOptions options;
    options.mapping = mapping;
    auto found = office::look_at_tables(office::file(path), columns_of(importer, texts), options);
    if (found) return found;
    Refusals refusals = found.refusals();
    for (Refusal& refusal : refusals) refusal.field = "file";
    return refusals;
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
