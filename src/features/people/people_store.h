// The rows of people and of what is known of them; private to this feature.
#pragma once
#include <set>
#include <string>

#include "features/people/people.h"
#include "features/people/people_acts.h"

namespace tiendo::people {

// Of a row that begins with p.id, p.full_name, p.birth_date, p.birth_precision, p.sex,
// p.national_id, p.unit, p.position, p.party_card, p.merged_into, p.family_name.
Person person_of(const db::Row& row);
constexpr int columns_of_person = 11;

// Ids side by side in one text, each of the same width: so one statement asks for any number of them.
constexpr int width_of_id = 20;
template <class IdType>
std::string side_by_side(std::span<const IdType> ids) {
    std::string list;
    list.reserve(ids.size() * width_of_id);
    for (const IdType id : ids) {
        const std::string digits = std::to_string(id.value);
        list.append(width_of_id - digits.size(), ' ').append(digits);
    }
    return list;
}

// What the units of some people are called.
std::unordered_map<organisations::UnitId, std::string> unit_names(db::Read& tx,
                                                                  std::span<const Person> people);

// The words of a name, folded, each once: "nguyễn văn Văn" has nguyen and van.
std::set<std::string, std::less<>> words_of(std::string_view full_name);

// Somebody else who has that ID or that card.
std::optional<Person> holder_of(db::Read& tx, const Person& but_not, std::string_view national_id,
                                std::string_view party_card);

void update_identity(db::Write& tx, const Person& before, const Person& after);
void update_unit(db::Write& tx, PersonId person, organisations::UnitId unit);
void update_position(db::Write& tx, PersonId person, std::string_view position);

// A fact with how it came into the register, and out of it.
struct Recorded {
    Fact fact;
    Instant recorded_at;
    std::string recorded_by;
    std::string name;  // of the unit, or of the programme that a certificate is of
    std::optional<documents::DocumentId> document;
    std::string document_title;
    std::string source_place;
    std::optional<Instant> withdrawn_at;
    std::string withdrawn_reason;
};
// All there ever were, the newest first within their kind.
std::vector<Recorded> history_of(db::Read& tx, PersonId person);

void insert_fact(db::Write& tx, const web::Actor& actor, const Fact& fact, const Act& act);
void update_end(db::Write& tx, FactId fact, std::optional<Date> until);
void update_withdrawal(db::Write& tx, const web::Actor& actor, FactId fact, const Act& act);

}  // namespace tiendo::people
