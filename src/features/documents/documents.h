// The papers and files that stand behind rows: a decision, an approved plan, a workbook as
// it was received. Every event row names the document it rests on and the place in it.
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "base/date.h"
#include "base/id.h"
#include "platform/db/db.h"
#include "platform/files/files.h"
#include "platform/pages/reader.h"
#include "platform/web/web.h"

namespace tiendo::documents {

// On the whole centre: a workbook holds the rows of all units.
inline constexpr web::Permission see_documents{"documents.see"};

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

// With who recorded it and when; fetched through the actor.
struct Filed {
    Document document;
    Instant recorded_at;
    std::string recorded_by;
};
Filed require(db::Read& tx, const web::Actor& actor, DocumentId id);

// A paper as a form sends it: its number, its day and perhaps a file, which is kept at once; what was
// wrong is in the reader. Nothing of it is recorded yet.
struct PaperFields {
    std::string_view number = "number", dated_on = "dated_on", file = "file";
};
Document paper_sent(const web::Visit& visit, pages::Reader& sent, const files::Store& store,
                    const PaperFields& fields = {});

// The store is where the files are kept.
void register_routes(web::Routes& routes, const files::Store& store);

}  // namespace tiendo::documents
