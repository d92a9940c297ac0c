// The papers and files that stand behind rows: a decision, an approved plan, a workbook as
// it was received. Every event row names the document it rests on and the place in it.
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "base/date.h"
#include "base/id.h"
#include "platform/db/db.h"
#include "platform/web/web.h"

namespace tiendo::documents {

struct Document {
    Id<Document> id;
    std::string kind;  // plan_approval, decision, workbook
    std::string title;
    std::string number;  // 120-KL/ĐUK; empty when it has none
    std::optional<Date> dated_on;
    std::string file_digest;  // SHA-256 in hex of the stored file; empty: a paper only
    std::string file_name;
    std::int64_t file_bytes = 0;
};
using DocumentId = Id<Document>;

// Where in which document an event row comes from.
struct Source {
    std::optional<DocumentId> document;
    std::string place;  // "Danh sách, row 17"; empty when the row was entered by hand
};

// Records a document; its id is made when it has none.
DocumentId record(db::Write& tx, const web::Actor& actor, Document document, Instant at);
std::optional<Document> find_document(db::Read& tx, DocumentId id);

}  // namespace tiendo::documents
