// Whom the rows of a roster mean; private to this feature.
#pragma once
#include <optional>
#include <vector>

#include "features/participation/roster_rows.h"

namespace tiendo::participation {

// Whom one row means, and what that person is already in the row's cohort.
struct Meant {
    people::PersonId person;
    std::optional<Participation> before;
    std::optional<documents::DocumentId> before_document;  // of `before`
    std::optional<Standing> registered = {};               // of somebody the register knows, today
    bool adds_id = false;                                  // to a person known without one
    bool rejected = false;                                 // the report says why
};

// A person to be made: as the row gives it, with an ID that a later row may have added.
struct NewPerson {
    people::PersonId id;
    const RosterRow* row = nullptr;
    std::string national_id;
};
// A person known without an ID, and the ID that the roster gives.
struct AddedId {
    people::PersonId person;
    std::string national_id;
};

struct Recognised {
    std::vector<Meant> meant;  // one for each row, in order
    std::vector<NewPerson> made;
    std::vector<AddedId> ids;
};

// By national ID, else by name, birth date and unit together, never by name alone; rows that
// nobody is known for get a person to be made, the same for rows that name the same one. An ID
// that belongs to somebody of another name is rejected.
Recognised recognise(db::Write& tx, const RosterRows& rows, imports::Report& report);

}  // namespace tiendo::participation
