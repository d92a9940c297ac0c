// GET /documents/:id: the paper or the file behind rows.
#include "features/documents/documents.h"

namespace tiendo::documents {
namespace {

Value to_value(const Filed& filed) {
    const Document& document = filed.document;
    Value file;
    if (!document.file_digest.empty())
        file = Value::object(
            {{"name", document.file_name}, {"bytes", document.file_bytes}, {"digest", document.file_digest}});
    return Value::object({{"id", document.id},
                          {"kind", document.kind},
                          {"title", document.title},
                          {"number", document.number},
                          {"dated_on", document.dated_on},
                          {"file", std::move(file)},
                          {"recorded_at", filed.recorded_at},
                          {"recorded_by", filed.recorded_by}});
}

Filed require_asked_for(const web::Visit& visit) {
    const DocumentId id{web::id_of(visit, "id")};
    return visit.database.read([&](db::Read& tx) { return require(tx, visit.actor, id); });
}

http::Response document_page(const web::Visit& visit) {
    Value value = to_value(require_asked_for(visit));
    value.set("kilobytes",
              value["file"].is_null() ? Value() : Value((*value["file"]["bytes"].number() + 1023) / 1024));
    return visit.page("documents/document", std::move(value));
}

http::Response document_json(const web::Visit& visit) {
    return visit.json(to_value(require_asked_for(visit)));
}

http::Response file_of(const web::Visit& visit, const files::Store& store) {
    const Document document = require_asked_for(visit).document;
    if (document.file_digest.empty()) throw web::NotFound{};
    const std::filesystem::path path = store.path_of(document.file_digest);
    http::FileBody body{path, std::filesystem::file_size(path), nullptr};
    return http::download(std::move(body), document.file_name, "application/octet-stream");
}

}  // namespace

Document paper_sent(const web::Visit& visit, pages::Reader& sent, const files::Store& store,
                    const PaperFields& fields) {
    Document paper{.id = {},
                   .kind = "paper",
                   .title = sent.text(fields.number),
                   .number = sent.text(fields.number),
                   .dated_on = sent.day(fields.dated_on)};
    const http::Upload* file = visit.request.upload(fields.file);
    if (file && file->size > 0 && !sent.refused()) {
        const files::Stored stored = store.keep(file->path().string());
        paper.file_digest = stored.digest;
        paper.file_name = file->name;
        paper.file_bytes = stored.bytes;
        if (paper.title.empty()) paper.title = file->name;
    }
    return paper;
}

void register_routes(web::Routes& routes, const files::Store& store) {
    const auto file = [store](const web::Visit& visit) { return file_of(visit, store); };
    routes.get("/documents/:id", see_documents, document_page);
    routes.get("/documents/:id/file", see_documents, file);
    routes.get("/api/v1/documents/:id", see_documents, document_json);
    routes.get("/api/v1/documents/:id/file", see_documents, file);
}

}  // namespace tiendo::documents
