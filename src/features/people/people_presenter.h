// What pages, JSON and workbooks say of people; private to this feature.
#pragma once
#include "base/value.h"
#include "features/people/people_search.h"
#include "features/people/people_store.h"
#include "platform/i18n/i18n.h"

namespace tiendo::people {

// {"id","full_name","family_name","middle_name","given_name","birth_date","sex","national_id","unit",
// "position"}; the Party card is not among it.
Value to_value(const Person& person, const std::string& unit_name, Sensitive sensitive);
// People as a list, with one question for all their units.
Value list_value(db::Read& tx, std::span<const Person> people, Sensitive sensitive);

// What a fact says, in words: the title of a position, the name of a unit, the term of a value.
std::string said(const Recorded& recorded, const i18n::Texts& texts, i18n::Language language);

// {"kind","facts":[…]} for each kind of which something is known, in the order of kinds(). Sensitive
// values are null unless shown.
Value history_value(std::span<const Recorded> history, const i18n::Texts& texts, i18n::Language language,
                    const web::Actor& actor, Date today, Sensitive sensitive);

}  // namespace tiendo::people
