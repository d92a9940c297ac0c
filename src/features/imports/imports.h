// Workbooks in: one way for all kinds. A file is read, every row judged, and either the
// whole file is recorded or nothing is; a dry run is the same without the last step.
#pragma once
#include <map>
#include <memory>
#include <set>

#include "base/number_text.h"
#include "base/value.h"
#include "features/imports/job.h"
#include "features/imports/reading.h"
#include "features/imports/undoing.h"
#include "platform/files/files.h"
#include "platform/jobs/jobs.h"
#include "platform/office/old_formats.h"

namespace tiendo::imports {

// The list of imports and what came of them. To bring a workbook one needs the permission of
// its importer.
inline constexpr web::Permission see_imports{"imports.see"};

// {"new":…,"changed":…,"unchanged":…,"rejected":…,"rejections":[{"sheet","row","column","found",
// "message","expected","nearest"}],"notes":[…],"refusals":[…]} with texts in the language; the
// first 1,000 rejections.
Value to_value(const Report& report, std::string_view kind, const i18n::Texts& texts,
               i18n::Language language);

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
    // Fields of which an empty cell means the one above (lists name a unit once, over its people), and those
    // beside them of which another value ends that.
    std::map<std::string, std::vector<std::string>> filled_down = {};
    // The importer reads columns beyond its fields, by their headings.
    bool reads_other_columns = false;
    // A total row that says a number, "Tổng số: 3 người", says how many rows there are.
    bool total_counts_rows = false;
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
                   const std::string& reason, Instant at, Date today);

// The importers of the program, in the order people need them.
void offer(Importer importer);
const std::vector<Importer>& importers();

// Workbooks that are brought on another page, for who may: the list of imports leads there.
struct Elsewhere {
    web::Permission permission;
    std::string text;  // the key of what is brought there
    std::string url;
};
void brought_elsewhere(Elsewhere elsewhere);

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
