#include "features/documents/documents.h"

namespace tiendo::documents {

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
                             {{"id", id}}, [](const db::Row& row) {
                                 return Document{row.id<DocumentId>(0), row.text(1),       row.text(2),
                                                 row.text(3),           row.maybe_date(4), row.text(5),
                                                 row.text(6),           row.integer(7)};
                             });
}

}  // namespace tiendo::documents
