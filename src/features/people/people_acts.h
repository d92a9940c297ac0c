// What is said of a person, each with its entry of the audit trail; private to this feature.
#pragma once
#include <span>
#include <string_view>

#include "features/people/people.h"

namespace tiendo::people {

// Why, by whose paper and when something is recorded.
struct Act {
    Instant at;
    Date today;
    std::string reason;
    documents::Source source;
};

// A person of a unit on which he may change people, whom nobody else changes until the transaction
// ends. web::Forbidden when he may see the person and no more.
Person require_for_change(db::Write& tx, const web::Actor& actor, PersonId id);

// Refused without a name, with a number that somebody else has, born after today, or in a unit on
// which he may not change people.
Outcome<PersonId> register_person(db::Write& tx, const web::Actor& actor, Person person, const Act& act);
// Name, birth, sex, ID and card as said; refused without a reason, else as above.
Outcome<Done> change_identity(db::Write& tx, const web::Actor& actor, const Person& before, Person after,
                              const Act& act);

// Of some kinds, and of posts in the government, there is one at a time: a new one ends the one before it.
bool takes_the_place_of(const Fact& later, const Fact& earlier);
// The post with which somebody was registered, where no fact says it: as a fact.
std::optional<Fact> unsaid_post(const Person& person, std::span<const Fact> known);
// The words a fact of that kind may have as its value; empty: any text.
std::span<const std::string_view> values_of(Kind kind);

// Refused when the value is none of its kind's, when it ends before it begins, and a unit that has
// no first day or on which he may not change people. A person whose unit it is now moves there.
Outcome<FactId> state(db::Write& tx, const web::Actor& actor, const Person& person, Fact fact,
                      const Act& act);
// It no longer holds from that day.
Outcome<Done> end(db::Write& tx, const web::Actor& actor, const Person& person, FactId fact, Date until,
                  const Act& act);
// It was a mistake; refused without a reason. The row stays to be seen.
Outcome<Done> withdraw(db::Write& tx, const web::Actor& actor, const Person& person, FactId fact,
                       const Act& act);

}  // namespace tiendo::people
