// Workbooks in: one way for all kinds. A file is read, every row judged, and either the
// whole file is recorded or nothing is; a dry run is the same without the last step.
#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "base/number_text.h"
#include "base/outcome.h"
#include "base/value.h"
#include "features/documents/documents.h"
#include "platform/db/db.h"
#include "platform/files/files.h"
#include "platform/i18n/i18n.h"
#include "platform/jobs/jobs.h"
#include "platform/office/legacy_preview.h"
#include "platform/office/old_formats.h"
#include "platform/office/person_cells.h"
#include "platform/office/table.h"
#include "platform/web/web.h"

namespace tiendo::imports {

// The list of imports and what came of them. To bring a workbook one needs the permission of
// its importer.
inline constexpr web::Permission see_imports{"imports.see"};

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
// {"new":…,"changed":…,"unchanged":…,"rejected":…,"rejections":[{"sheet","row","column","found",
// "message","expected","nearest"}],"notes":[…],"refusals":[…]} with texts in the language; the
// first 1,000 rejections.
Value to_value(const Report& report, std::string_view kind, const i18n::Texts& texts,
               i18n::Language language);

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

// What is to be undone, and why.
struct Undoing {
    const web::Actor& actor;
    documents::DocumentId document;  // what the import recorded names it as its source
    std::int64_t changed = 0;        // rows of it that changed what was there before
    std::string reason;
    Instant at;
};

// A field that not everybody who sees imports may read whole.
struct Guarded {
    web::Permission permission;
    std::function<std::string(std::string_view)> masked;
};

struct Importer {
    std::string kind;  // plan, cohorts, roster
    web::Permission permission;
    std::vector<std::string> required;  // fields without which a sheet is not one of ours
    std::vector<std::string> optional;
    // A required field that others can stand in for: full_name by family_name and given_name.
    std::map<std::string, std::vector<std::string>> alternatives = {};
    std::map<std::string, Guarded> guarded = {};  // by field
    bool asks_year = false;                       // the year must be said beside the file
    // Where on this site what was recorded can be seen: "/plans/2017".
    std::function<std::string(const Options&)> seen_at = {};
    // A row that is rejected leaves nothing behind, and the others mean the same without it.
    bool rows_stand_alone = false;
    // Takes back what the import of that document recorded; refused with all that depends on it.
    // None: imports of this kind cannot be undone.
    std::function<Outcome<Done>(db::Write&, const Undoing&)> undo = {};
    // Records the rows of the file in the transaction given, which is undone when the report
    // is not acceptable or nobody asked to keep it.
    std::function<Report(db::Write&, const Job&)> record;
};

// Columns of a kind with their headings in every language: the text "column.<kind>.<field>"
// lists alternatives separated by "|".
std::vector<office::Column> columns_of(const Importer& importer, const i18n::Texts& texts);

// Which of `values` a word means ("chủ trì" is organiser), by the texts "term.<set>.<value>" of
// every language, which list alternatives separated by "|". Empty when it is none of them.
std::string term(const i18n::Texts& texts, std::string_view set,
                 std::initializer_list<std::string_view> values, std::string_view written);
// What would be right instead of a word that is no term: all there are, as each language calls
// them ("nam / male, nữ / female"), and the most similar one.
struct Choices {
    std::string listed, nearest;
};
Choices choices(const i18n::Texts& texts, std::string_view set,
                std::initializer_list<std::string_view> values, std::string_view written);

// --- for importers ----------------------------------------------------------------------------

// Hands over the rows of the table in the file. What the file as a whole is refused for, and
// what is worth knowing about it (hidden rows and sheets), goes into the report.
Outcome<office::TableReport> read_rows(const Importer& importer, const Job& job, Report& report,
                                       const std::function<void(const office::TableRow&)>& each_row);
// "Danh sách!17": where an event row comes from.
std::string place_of(const office::TableRow& row);
// The text of a cell; none, and a rejection, when the cell holds an error such as #N/A.
std::optional<std::string> text_refusing_errors(Report& report, const office::TableRow& row,
                                                const std::string& field);
// For lists of people: reads names, sexes, births, IDs and phones with the words of every language
// (person.titles, term.sex …). Columns are fields of the importer of the names person_cells.h gives.
office::PersonReader person_reader(const Job& job);
void reject(Report& report, const office::TableRow& row, const std::vector<office::CellProblem>& problems);
// After the last row: what the reader noticed over the whole file.
void take_notes(Report& report, const office::PersonReader& reader);
// Rejects the total row when it declares another sum than the rows have.
void check_total(Report& report, const office::FoundTable& table, const office::TotalRow& total,
                 const std::string& field, std::optional<std::int64_t> sum);

// Reads the file and records it whole, or not at all. `with_it` runs in the transaction of what
// is recorded, after the rows.
enum class Keep { no, yes };
using WithIt = std::function<void(db::Write&, const Report&)>;
Report run(db::Database& database, const Importer& importer, Job job, Keep keep, const WithIt& with_it = {});

// A file that can be read: itself, or what it was converted into, which goes with this.
struct ReadableFile {
    std::string path;
    std::shared_ptr<office::ConvertedFile> converted;
};
// Converts formats such as .xls, where the machine has LibreOffice; refusals are those of
// office::convert_to_xlsx. Any other file comes back as it is.
Outcome<std::shared_ptr<ReadableFile>> readable_file(const std::string& path);

// A file that was recorded without the pages, as an import in their list that can be undone: the
// id it has there. To be called with what run() hands to `with_it`.
std::int64_t enlist(db::Write& tx, const Importer& importer, const Job& job, const Report& report);
// Takes back what an import recorded. Refused with all that depends on it; throws web::NotFound.
Outcome<Done> undo(db::Database& database, const web::Actor& actor, std::int64_t import,
                   const std::string& reason, Instant at);

// The importers of the program, in the order people need them.
void offer(Importer importer);
const std::vector<Importer>& importers();

// Looks over what a file has just added, in its transaction, and notes what is worth knowing; rows
// it added have ids from `first` on. Filled when the program starts by whoever knows the rows.
using LookOver = std::function<void(db::Write&, const Job&, std::int64_t first, Report&)>;
void look_over(LookOver look);

// --- on the web -------------------------------------------------------------------------------

// What the pages work with beside a visit: where files are kept, and the threads that check and
// record them. One for a server; database and texts outlive it. Importers are offered before.
struct Desk {
    files::Store store;
    std::shared_ptr<jobs::Pool> jobs;
};
Desk open_desk(db::Database& database, const files::Store& store, const i18n::Texts& texts,
               const jobs::Settings& settings = {}, Offset offset = {});

void register_routes(web::Routes& routes, const Desk& desk);

}  // namespace tiendo::imports
