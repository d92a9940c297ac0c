// What pages, JSON and workbooks say of people; private to this feature.
#pragma once
#include "base/value.h"
#include "features/people/people_search.h"
#include "features/people/people_store.h"
#include "platform/i18n/i18n.h"

namespace tiendo::people {

// 1985-03-15, 1985-03 or 1985: what is known of it; empty: nothing.
std::string birth_text(const Person& person);
// The ID as the actor may see it.
std::string shown_id(const web::Actor& actor, const Person& person);

// {"id","full_name","family_name","birth_date","sex","national_id","unit","position"}; the Party card
// is sensitive and not among it.
Value to_value(const web::Actor& actor, const Person& person, const std::string& unit_name);

// What a fact says, in words: the title of a position, the name of a unit, the term of a value.
std::string said(const Recorded& recorded, const i18n::Texts& texts, i18n::Language language);

enum class Sensitive { masked, shown };
// {"kind","facts":[…]} for each kind of which something is known, in the order of kinds(). Sensitive
// values are null unless shown.
Value history_value(std::span<const Recorded> history, const i18n::Texts& texts, i18n::Language language,
                    const web::Actor& actor, Date today, Sensitive sensitive);

}  // namespace tiendo::people
