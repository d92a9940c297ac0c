// The rows of a people workbook, some thousands at a time; private to this feature.
#pragma once
#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include "features/imports/imports.h"
#include "features/people/people.h"
#include "features/people/people_acts.h"

namespace tiendo::people {

struct PeopleRow {
    std::string sheet;
    int sheet_row = 0;
    std::string place;  // "Danh sách!17"
    Person person;      // as the row gives it; without an id
    std::string search;
    bool unit_is_said = false;
    std::vector<Fact> facts;
};
using PeopleRows = std::vector<PeopleRow>;

// Somebody of the register whom a row may mean.
struct Candidate {
    // Name, birth date and unit are known by all three together.
    enum class By { national_id, party_card, name };
    Person person;
    By by = By::name;
};
// For each row the one whom it means, in the order: ID, Party card, then name, birth date and unit; of a
// record that was merged, the one that stayed. A name alone never leads to anybody. Of some who share a name,
// unit and no more than a year or month of birth, each row means another: those in `met` were meant by
// earlier rows. Asked with one query of each kind for all rows.
std::vector<std::optional<Candidate>> candidates(db::Write& tx, const PeopleRows& rows,
                                                 const std::function<bool(PersonId)>& is_met);

// Writes rows into the register: whoever is new, and of whoever is known what the register did not
// know. What it knows otherwise it keeps, and the report says so.
class PeopleRecorder {
 public:
    PeopleRecorder(db::Write& tx, const imports::Job& job, imports::Report& report);
    void record(const PeopleRows& rows);
    void close();

 private:
    // Somebody known while a row adds to it: what stands of them, first what stood before the row.
    struct Supplement {
        const PeopleRow& row;
        const Person& known;
        std::vector<Fact> facts;
        Act act;
        std::size_t known_before = facts.size();
    };
    void reject(const PeopleRow& row, std::string field, std::string message,
                std::vector<std::string> arguments);
    bool is_twice(const PeopleRow& row, PersonId person);  // named by another row before; rejected, then
    bool agrees(const PeopleRow& row, const Candidate& known);
    bool supplement(const PeopleRow& row, const Person& known);
    bool supplement(const PeopleRow& row, const Person& known, std::vector<Fact> facts);
    void withdraw_undated(const Supplement& to, const Fact& said);
    bool keeps_its_own(const Supplement& to, const Fact& said);
    void add(Supplement& to, const Fact& said);
    void end_unsaid_post(const Supplement& to, const Fact& said, Date begins);
    void end_earlier(Supplement& to, const Fact& said, Date begins);
    void tell_of_end(const Supplement& to, const Fact& post, const Fact& said, Date begins);
    void show_position(const Supplement& to);
    bool move_to_unit(const Supplement& to);
    void keep(const PeopleRow& row, PersonId person, Fact fact);
    void differs(const PeopleRow& row, std::string_view message, std::vector<std::string> arguments);

    void tell(Refusal note);
    void change(std::string kind, std::int64_t object, Value was, Value became);

    struct Kept {
        Fact fact;
        std::string place;
    };
    db::Write& tx_;
    const imports::Job& job_;
    imports::Report& report_;
    Registration registration_;
    std::vector<Kept> facts_;
    std::vector<imports::Change> changes_;
    struct Named {
        std::string sheet, full_name;
        int row = 0;
    };
    std::unordered_map<PersonId, Named> seen_;            // by the row that named them
    std::unordered_map<std::string, PersonId> new_ones_;  // of this chunk, by number and by name
    int told_ = 0;
};

// What of a person a workbook may change, as imports keep it to change it back.
Value identity_value(const Person& person);

// Takes back whom a people workbook brought, and what it added to those who were known. Refused when
// more has become known of them since.
Outcome<Done> undo_people(db::Write& tx, const imports::Undoing& undoing);

}  // namespace tiendo::people
