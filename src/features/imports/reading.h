// What importers do with the rows of a table; comes with imports.h.
#pragma once
#include <initializer_list>
#include <unordered_map>

#include "features/imports/job.h"
#include "features/organisations/organisations.h"
#include "platform/db/db.h"

namespace tiendo::imports {

struct Importer;

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
// After the last row: what the reader noticed over the whole file.
void take_notes(Report& report, const office::PersonReader& reader);
// Rejects the total row when it declares another sum than the rows have.
void check_total(Report& report, const office::FoundTable& table, const office::TotalRow& total,
                 const std::string& field, std::optional<std::int64_t> sum);

// A row under judgement: hands out what its cells say, and what is wrong with them goes into the
// report.
class JudgedRow {
 public:
    JudgedRow(const Job& job, Report& report) : job_(job), report_(report) {}
    void begin(const office::TableRow& row);   // which must stay until the next
    bool is_good() const { return is_good_; }  // nothing of it was rejected
    const office::TableRow& cells() const { return *row_; }

    // Empty, and the row rejected, when the cell holds an error.
    std::string text(const std::string& field);
    // Which of `values` the cell means, by term(); empty when it is empty, or rejected.
    std::string term(const std::string& field, std::string_view set,
                     std::initializer_list<std::string_view> values);
    // Without arguments the message is told what was found.
    void reject(const std::string& field, std::string message, const std::string& found,
                const std::string& nearest = "", std::vector<std::string> arguments = {});
    void reject(const std::vector<office::CellProblem>& problems);

 private:
    const Job& job_;
    Report& report_;
    const office::TableRow* row_ = nullptr;
    bool is_good_ = true;
    std::unordered_map<std::string, std::string> terms_;  // met before: a long list says few
};

struct NamedUnit {
    organisations::UnitId unit;
    bool is_said = false;  // by the row, or by the heading above it
};

// The units of a list of people: known by any name they have had, and the others made below whoever
// sent the file, or the centre, each with a note. Where there are units, a name that is almost that of
// one is likelier a slip than a new unit: the row is rejected unless somebody said that such units are
// new. A row that names no unit is of the unit in the heading above it ("I. Sở Nội vụ"), else of
// whoever sent the file, else of the centre; how many and who is noted.
class NamedUnits {
 public:
    NamedUnits(db::Write& tx, const Job& job, Report& report);
    // Of a row of which all else is good, because it may make the unit.
    NamedUnit of(JudgedRow& row, const std::string& field, const std::string& name, const std::string& who);
    // After the last row.
    void take_notes();

 private:
    organisations::UnitId called(const std::string& name, JudgedRow& row, const std::string& field);
    const std::string& unit_in(std::string_view heading);
    const std::string& like(const std::string& name);
    organisations::UnitId make(const std::string& name);

    struct Tally {
        std::int64_t count = 0;
        std::string first;  // rows, or people with their rows
    };
    void tally(Tally& tally, const std::string& one);

    db::Write& tx_;
    const Job& job_;
    Report& report_;
    organisations::UnitNames units_;
    const organisations::Unit centre_;
    const std::optional<organisations::UnitId> sender_;
    const std::vector<std::string> beginnings_;  // of the names of units: "sở", "đảng bộ"
    const bool are_slips_refused_;
    std::unordered_map<std::string, organisations::UnitId> met_;  // as they are written
    std::unordered_map<std::string, std::string> like_;           // unknown names, and what they nearly are
    std::unordered_map<std::string, std::string> headings_;       // met before, and the unit they name
    std::vector<std::pair<std::string, Tally>> by_heading_;       // by unit
    Tally unnamed_;
    int made_ = 0;
    std::size_t more_ = 0;  // where the note stands that tells how many more
};

}  // namespace tiendo::imports
