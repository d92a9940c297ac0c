// The rows of a people workbook, some thousands at a time; private to this feature.
#pragma once
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
    Person person;
    bool by_number = false;  // by ID or card; else by name, birth date and unit together
};
// For each row the one whom it means, in the order: ID, Party card, then name, birth date and unit.
// A name alone never leads to anybody. Asked with one query of each kind for all rows.
std::vector<std::optional<Candidate>> candidates(db::Write& tx, const PeopleRows& rows);

// Writes rows into the register: whoever is new, and of whoever is known what the register did not
// know. What it knows otherwise it keeps, and the report says so.
class PeopleRecorder {
 public:
    PeopleRecorder(db::Write& tx, const imports::Job& job, imports::Report& report);
    void record(const PeopleRows& rows);
    void close();

 private:
    void reject(const PeopleRow& row, std::string field, std::string message,
                std::vector<std::string> arguments);
    bool is_twice(const PeopleRow& row, PersonId person);  // named by another row before; rejected, then
    bool agrees(const PeopleRow& row, const Candidate& known);
    bool supplement(const PeopleRow& row, const Person& known);
    bool supplement(const PeopleRow& row, const Person& known, std::vector<Fact> facts);
    void keep(const PeopleRow& row, PersonId person, Fact fact);
    void differs(const PeopleRow& row, std::string_view message, std::vector<std::string> arguments);

    void tell(Refusal note);
    void change(std::string kind, std::int64_t object, Value was, Value became);
    void end_earlier(const Fact& fact, Date until);

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
