// Who is meant by some words; private to this feature.
#pragma once
#include "features/people/people.h"

namespace tiendo::people {

// In the order of a Vietnamese list, from after the person given.
struct Search {
    std::string words;  // of the name, in any order; or a number
    std::optional<PersonId> after;
    int count = 100;
};
std::vector<Person> found(db::Read& tx, const web::Actor& actor, const Search& search);

}  // namespace tiendo::people
