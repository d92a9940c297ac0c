// The rows of people and of what is known of them; private to this feature.
#pragma once
#include <set>
#include <string>

#include "features/people/people.h"

namespace tiendo::people {

// Of a row that begins with p.id, p.full_name, p.birth_date, p.birth_precision, p.sex,
// p.national_id, p.unit, p.position, p.party_card, p.merged_into, p.family_name.
Person person_of(const db::Row& row);
constexpr int columns_of_person = 11;

// The words of a name, folded, each once: "nguyễn văn Văn" has nguyen and van.
std::set<std::string, std::less<>> words_of(std::string_view full_name);

}  // namespace tiendo::people
