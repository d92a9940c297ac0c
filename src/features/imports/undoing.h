// Taking back what an import recorded; comes with imports.h.
//
// An import is undone whole, and only while nothing depends on what it recorded: what stands in the
// way is said by name. What is taken back is kept as it was.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/outcome.h"
#include "base/value.h"
#include "features/documents/documents.h"
#include "platform/db/db.h"
#include "platform/web/actor.h"

namespace tiendo::imports {

// What is to be undone, and why.
struct Undoing {
    const web::Actor& actor;
    documents::DocumentId document;  // what the import recorded names it as its source
    std::int64_t changed = 0;        // rows of it that changed what was there before
    std::string reason;
    Instant at;
    Date today;
    Refusals in_the_way = {};  // found by the features above; the importer adds its own
};

// What stands in the way: how many, and the first of them by name.
class InTheWay {
 public:
    void add(std::string_view name);
    std::int64_t count() const { return count_; }
    const std::string& names() const { return names_; }
    // The message is told {0}: how many, {1}: their names; nothing when there are none.
    void tell(Refusals& refusals, std::string_view message) const;

 private:
    std::int64_t count_ = 0;
    std::string names_;
};

// Rows of a feature above depend on what an import of that kind recorded. The statement names them in
// its first column; :document is what the import recorded as its source. Filled when the program starts.
void depends(std::string kind, std::string message, std::string sql);
// Rows of a feature above that mean nothing without what the import recorded go with it.
void let_go(std::string kind, std::function<void(db::Write&, documents::DocumentId)> let_go);

// What an import changes of what was there before, so that it can be changed back.
struct Change {
    std::string kind;  // "person", "fact"
    std::int64_t object = 0;
    Value was, became;  // as JSON they are kept; both null: the object is new
};
void keep_changes(db::Write& tx, documents::DocumentId document, const std::vector<Change>& changes);
// The latest first.
std::vector<Change> changes_of(db::Read& tx, documents::DocumentId document);
// They have been changed back.
void forget_changes(db::Write& tx, documents::DocumentId document);

// Rows that are about to be deleted, as they are.
struct Undone {
    std::string_view kind;  // "person", "need_answer"
    std::int64_t object = 0;
    Value said;
};
// Whatever goes along, before the importer deletes what it is about.
void let_go_along(db::Write& tx, const std::string& kind, documents::DocumentId document);
void keep_undone(db::Write& tx, const Undoing& undoing, const std::vector<Undone>& rows);

}  // namespace tiendo::imports
