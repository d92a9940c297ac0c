// What the cells of a row say of a person, however a unit lays its list out: the name in one
// column or two, in capitals, behind "Đ/c"; the sex as a word, as two columns with an x, or as the
// column under which the year of birth stands; numbers that lost their zeros.
//
// An importer names its columns after these fields, and takes those it wants: full_name,
// family_name, given_name, birth_date, sex, male, female, national_id, phone.
#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/date_text.h"
#include "base/outcome.h"
#include "platform/office/table.h"

namespace tiendo::office {

// Words of every language, as they are written; compared without regard to capitals.
struct PersonWords {
    std::vector<std::string> titles;                      // before a name, and no part of it: Đ/c, Ông/Bà
    std::vector<std::string> male_titles, female_titles;  // that tell the sex as well: Ông, Bà
    std::vector<std::string> titles_or_names;             // of these, what is a family name as well: Ông
    std::vector<std::string> family_names;                // common ones, before which that is a title
    std::vector<std::string> male, female;                // a sex, in its column or behind a name: (nữ)
    std::string sexes_listed;                             // to say what would be right
    int youngest = 0, oldest = 200;                       // in years; who is neither gets a note
};

// Which of two numbers is the day where a text leaves it open (3/4/1985).
enum class DateOrder { day_first, month_first };

// What becomes of an ID that says another birth year, sex or province than there is: the row is not
// taken, unless somebody has compared such IDs with the cards and confirmed them.
enum class OddIds { refused, confirmed };

// Why a cell cannot be taken; "<key>.expected" says what would be right.
struct CellProblem {
    std::string field;
    std::string found;
    Refusal problem;  // its field is the same
    std::string nearest;
};

struct PersonCells {
    std::string full_name;    // title-cased when it was in capitals
    std::string beside_name;  // "Phó phòng" of "Nguyễn Thị Phương - Phó phòng"
    std::optional<DateGuess> birth;
    std::string sex;          // male, female, or empty
    std::string national_id;  // 12 digits or 9, with the zeros a number cell lost; empty: none given
    std::string phone;        // with the zero a number cell lost
    std::vector<CellProblem> problems;
};

// Problems of persons, with texts in locales/*/persons.toml (found first, then what contradicts):
//   person.name_missing, person.name_has_digits {0}      field full_name
//   import.no_date {0}, person.birth_in_future {0} {1: today}
//   person.birth_contradicts {0: under the sex} {1: birth_date column}
//   import.not_a_choice {0} {1: choices}                  field sex
//   person.sex_mark_unknown {0}                           field male or female: no x and no year
//   person.sex_twice                                      a mark in both columns
//   person.sex_contradicts {0: behind the name, or its title} {1: the column}
//   person.national_id_malformed {0}
//   person.national_id_contradicts {0: the ID} {1: what it says} {2: what the row says}: an ID
//       whose zeros were put back says another birth year or sex
//   person.national_id_no_province {0: the ID} {1: the province it says}, likewise
//   person.national_id_disagrees, person.national_id_of_no_province: the same of an ID that is whole
//   person.phone_malformed {0}
//   import.cell_error {0}                                 #N/A and the like
class PersonReader {
 public:
    PersonReader(PersonWords words, Date today, DateOrder order = DateOrder::day_first,
                 OddIds odd_ids = OddIds::refused);

    PersonCells read(const TableRow& row);
    // Any other column of dates of the same file: read in the file's order. A problem
    // (import.no_date, import.cell_error) is added; empty cells are none and no problem.
    std::optional<DateGuess> date(const TableRow& row, std::string_view field,
                                  std::vector<CellProblem>& problems);

    // The dates read so far are month before day: none is day before month for certain, and one
    // at least the other way. Whoever read them in the other order begins again.
    bool is_month_first() const;
    // What was put right or is doubtful, counted, with the first rows: person.note.* .
    std::vector<Refusal> notes() const;

 private:
    enum class Note {
        zeros_put_back,
        id_doubtful,
        phone_zeros,
        ambiguous_dates,
        month_first,
        swapped_dates,
        age_unlikely,
        beside_name,
        name_or_title
    };
    struct Tally {
        std::int64_t count = 0;
        std::string first_rows;  // "3, 7, 12 …"
    };
    void note(Note kind, const TableRow& row);
    void read_name(const TableRow& row, PersonCells& person);
    void read_sex(const TableRow& row, PersonCells& person);
    void read_sex_columns(const TableRow& row, PersonCells& person);
    void read_national_id(const TableRow& row, PersonCells& person);
    void read_phone(const TableRow& row, PersonCells& person);
    std::string without_title(const TableRow& row, std::string_view name, std::string& sex);
    bool is_title_before(const std::string& title, std::string_view rest) const;
    void split_off(const TableRow& row, std::string& name, std::string& beside);
    bool may_begin_title(std::string_view word);
    const std::string& sex_of(const std::string& word);
    bool text_of(const TableRow& row, std::string_view field, std::string& text,
                 std::vector<CellProblem>& problems) const;
    void weigh(const TableRow& row, std::string_view field, const Cell& cell, const DateGuess& guess);

    PersonWords words_;
    const Date today_;
    const DateOrder order_;
    const OddIds odd_ids_;
    std::array<Tally, 9> tallies_;
    bool sexed_titles_met_ = false;  // Ông or Bà, for certain
    std::int64_t day_first_ = 0;     // texts that are day before month for certain
    // Of true dates by field: those whose day could be a month, and those whose day could not; and
    // texts that Excel left because their first number could not be a month.
    struct Stored {
        std::int64_t small_days = 0, large_days = 0, texts_with_large_days = 0;
    };
    std::map<std::string, Stored, std::less<>> stored_;
    std::map<std::string, std::string, std::less<>> sexes_met_;  // words, and the sex they mean
    std::map<std::string, bool, std::less<>> first_words_met_;   // of names
};

}  // namespace tiendo::office
