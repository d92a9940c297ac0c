#include "features/documents/documents.h"

#include "features/organisations/organisations.h"

namespace tiendo::documents {
namespace {

Document document_of(const db::Row& row) {
    return {.id = row.id<DocumentId>(0),
            .kind = row.text(1),
            .title = row.text(2),
            .number = row.text(3),
            .dated_on = row.maybe_date(4),
            .file_digest = row.text(5),
            .file_name = row.text(6),
            .file_bytes = row.integer(7)};
}

}  // namespace

DocumentId record(db::Write& tx, const web::Actor& actor, Document document, Instant at) {
    if (!document.id) document.id = new_id<DocumentId>();
    tx.run(R"sql(
        insert into documents (id, kind, number, dated_on, title, file_digest, file_name, file_bytes,
                               recorded_at, recorded_by)
        values (:id, :kind, :number, :dated_on, :title, :file_digest, :file_name, :file_bytes, :at, :actor))sql",
           {{"id", document.id},
            {"kind", document.kind},
            {"number", document.number},
            {"dated_on", document.dated_on},
            {"title", document.title},
            {"file_digest", document.file_digest},
            {"file_name", document.file_name},
            {"file_bytes", document.file_bytes},
            {"at", at},
            {"actor", actor.account}});
    return document.id;
}

std::optional<Document> find_document(db::Read& tx, DocumentId id) {
    return tx.find<Document>(R"sql(
        select id, kind, title, number, dated_on, file_digest, file_name, file_bytes from documents where id = :id)sql",
                             {{"id", id}}, document_of);
}

Filed require(db::Read& tx, const web::Actor& actor, DocumentId id) {
    auto filed = tx.find<Filed>(R"sql(
        select d.id, d.kind, d.title, d.number, d.dated_on, d.file_digest, d.file_name, d.file_bytes,
               d.recorded_at, a.display_name
        from documents d join accounts a on a.id = d.recorded_by
        where d.id = :id)sql",
                                {{"id", id}}, [](const db::Row& row) {
                                    return Filed{document_of(row), row.instant(8), row.text(9)};
                                });
    if (!filed || !organisations::may(tx, actor, see_documents, organisations::centre(tx).id))
        throw web::NotFound{};
    return *filed;
}

}  // namespace tiendo::documents
