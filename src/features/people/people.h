// People: one person, one record, for life. A roster names them; the register recognises them.
//
// Besides the name, everything known of a person is a fact with the days on which it holds: the
// grade since 2014, the seat on a committee until 2020. Facts are never overwritten.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/date.h"
#include "base/date_text.h"
#include "base/id.h"
#include "base/outcome.h"
#include "base/value.h"
#include "features/documents/documents.h"
#include "features/imports/imports.h"
#include "features/organisations/organisations.h"
#include "features/people/facts.h"
#include "features/people/merges.h"
#include "platform/db/db.h"

namespace tiendo::people {

inline constexpr web::Permission see_people{"people.see"};
inline constexpr web::Permission change_people{"people.change"};
// Whole national IDs, not only their last digits. Without it every page and export masks them.
inline constexpr web::Permission see_national_ids{"people.see_national_ids"};
// Party membership, cell and committee, ethnic origin and religion: shown and exported with a reason, which
// is kept in the audit trail. (Law 91/2025/QH15 calls these sensitive personal data, from 1/1/2026.)
inline constexpr web::Permission see_sensitive{"people.see_sensitive"};
// National IDs and what is sensitive stay masked until somebody who may see them says why: then they
// are shown once, in that answer.
enum class Sensitive { masked, shown };

struct Birth {
    Date date;  // the first of what is known: 1985 is 1985-01-01
    Precision precision = Precision::day;
};

struct Person {
    Id<Person> id;
    std::string full_name;
    std::optional<Birth> birth;
    std::string sex;          // male, female, or empty
    std::string national_id;  // 12 digits, or empty
    organisations::UnitId unit;
    std::string position;
    std::string party_card = {};
    std::optional<Id<Person>> merged_into = {};
    std::string family_name = {};  // when it is not the first word of the full name
};

// 1985-03-15, 1985-03 or 1985: as much of the birth as is known; empty when nothing is.
std::string birth_text(const Person& person);

// --- the register -----------------------------------------------------------------------------

// A person of a unit within the actor's reach. Throws web::NotFound.
Person require(db::Read& tx, const web::Actor& actor, PersonId id);
// By national ID (12 or 9 digits) or Party card, for scripts; of two records that turned out to be
// one person, the one that stayed. Throws web::NotFound.
Person require_by_number(db::Read& tx, const web::Actor& actor, std::string_view number);
// People by words of their names in any order, with or without diacritics, the last word perhaps
// unfinished; or by national ID or Party card. In the order of a Vietnamese list.
std::vector<Person> find(db::Read& tx, const web::Actor& actor, std::string_view words, int count);

// Makes people, thousands at a time: their rows, and the words they are found by. Whether somebody
// is already known is for the caller to find out.
class Registration {
 public:
    // The document: the workbook that brings them.
    Registration(db::Write& tx, Instant at, std::optional<documents::DocumentId> document = {})
        : tx_(tx), at_(at), document_(document) {}
    void add(std::span<const Person> people);  // with the ids they shall have
    void close();                              // after the last: counts their words

 private:
    const std::string& key_part(std::string_view words);
    std::string key_of(std::string_view full_name);

    db::Write& tx_;
    Instant at_;
    std::optional<documents::DocumentId> document_;
    // ICU takes longer over a name than all the rest of its row; names repeat.
    std::unordered_map<std::string, std::string> keys_;
    std::map<std::string, std::int64_t> words_;  // how many people got each
};

// [{"id","full_name","birth_date","sex","national_id","unit",…}]; the IDs masked unless he may see them.
Value to_value(db::Read& tx, const web::Actor& actor, std::span<const Person> people);

// Whether somebody known by an ID or a card is whom a row with that number means: lists respell names, and a
// mistyped number leads to another. Doubtful: the given name, or the day of birth, is another one. Other:
// both are, or the name is wholly another and no birth date speaks for it. docs/decisions/0018
enum class Bearer { same, doubtful, other };
Bearer bearer(const Person& known, std::string_view said_name, const std::optional<Birth>& said_birth);
// What is to be looked at, for who reads the report: people.name_differs and people.birth_differs of that
// row.
Refusals differences(int row, const Person& known, std::string_view said_name,
                     const std::optional<Birth>& said_birth);

// "001085001234" is "•••••••••234".
std::string masked(std::string_view national_id);
// Whether the actor may be shown all of a person for a reason; and that it was, which the trail keeps.
bool may_be_shown(db::Read& tx, const web::Actor& actor, const Person& person);
void note_disclosure(db::Write& tx, const web::Actor& actor, const Person& person, const std::string& reason,
                     Instant at);
// What is known of a person, in words, kind by kind: [{"kind","facts":[{"said","from","until","state",…}]}];
// what is sensitive is null unless it is shown.
Value facts_value(const web::Visit& visit, db::Read& tx, const Person& person, Sensitive sensitive);

// A national ID as a workbook gives it: blanks and dots out, the zeros that a number cell
// lost put back (a citizen ID of 10 or 11 digits). None when it can be none.
std::optional<std::string> read_national_id(std::string_view written);
// A Party card without the blanks and dots it is written with.
std::string read_party_card(std::string_view written);

// What a feature above shows of a person, as HTML: where they take part, what they were given, what they may
// attend. Offered when the program starts, in the order in which it is shown.
using PersonView = std::function<std::string(const web::Visit&, db::Read&, const Person&, Sensitive)>;
void show_with_person(PersonView view);

void register_routes(web::Routes& routes);

// Tells imports which of these rows depend on what a workbook brought. Once, when the program starts.
void depend_on_imports();

// Workbooks in: the columns of locales/ "column.people.*"; a name with a birth date or an ID.
imports::Importer importer();

}  // namespace tiendo::people
