// What an importer is given and what it answers; comes with imports.h.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "base/outcome.h"
#include "features/documents/documents.h"
#include "platform/i18n/i18n.h"
#include "platform/office/legacy_preview.h"
#include "platform/office/person_cells.h"
#include "platform/office/table.h"
#include "platform/web/web.h"

namespace tiendo::imports {

// One row that cannot be taken, so that it can be found and mended.
struct Rejection {
    std::string sheet;
    int row = 0;         // as the spreadsheet numbers it
    std::string column;  // field name; its heading is the text "column.<kind>.<field>"
    std::string found;
    Refusal problem;      // message key with arguments; "<key>.expected" says what would be right
    std::string nearest;  // the nearest valid choice; empty when there is none
};

// What an import did, or would do.
struct Report {
    std::int64_t added = 0, changed = 0, unchanged = 0, rejected = 0;  // rows
    std::vector<Rejection> rejections;                // the first 100,000 problems; a row may have several
    std::vector<Refusal> notes;                       // worth knowing, no hindrance
    Refusals refusals;                                // the file as a whole cannot be read
    std::optional<Id<documents::Document>> document;  // what was recorded
    std::optional<office::LegacyFinding> legacy;      // text from before Unicode
    bool month_first = false;  // the file's dates turned out to be month before day: read it again so

    bool acceptable() const { return rejected == 0 && refusals.empty(); }
    void reject(Rejection rejection);

 private:
    std::set<std::pair<std::string, int>> rejected_rows_;  // sheet and row
};
// Rejections that are repaired the same way: one problem of one column.
struct ProblemGroup {
    std::string message, column;
    std::int64_t count = 0;
    std::vector<Rejection> first;
};

// What was said beside the file.
struct Options {
    int year = 0;                 // plan: the year planned for; 0 when not said
    std::string document_number;  // plan: the approving document
    std::optional<Date> document_date;
    std::optional<Date> effective_on;  // plan: when the version takes effect
    std::string cohort;                // roster: the cohort of rows that name none
    std::string note;
    office::Mapping mapping;      // columns chosen by hand; empty: by the headings
    bool leave_rejected = false;  // record the rows that can be taken; the others come in another file
    std::int64_t sender = 0;      // the unit that sent the file; 0: not said
    std::string sender_name;
    std::string mapped_as;  // the file whose columns were chosen by hand before, and now for this one
    office::LegacyText legacy = office::LegacyText::by_font;
    bool new_units = false;      // units whose names are almost those of others are new all the same
    bool ids_confirmed = false;  // national IDs that contradict the row were compared with the cards
};

// What an importer works with, beside the transaction.
struct Job {
    const web::Actor& actor;
    const i18n::Texts& texts;
    std::string path;         // of the file to read
    std::string file_name;    // as its owner calls it
    std::string file_digest;  // SHA-256 in hex: where the stored copy is
    std::int64_t file_bytes = 0;
    Options options;
    Instant at;
    Date today;
    std::function<void(std::int64_t rows)> progress;
    office::DateOrder date_order = office::DateOrder::day_first;
    documents::DocumentId document = {};  // the file as a document; made by run()
};

}  // namespace tiendo::imports
