// The lists of the house: what belongs into a dossier, and the kinds of costs. Part of dossiers.h.
//
// What is on a list is used for cohorts that open while it is in force. Nothing is ever deleted from a
// list, because dossiers speak of it; it is ended.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/outcome.h"
#include "features/cohorts/cohorts.h"
#include "platform/i18n/i18n.h"

namespace tiendo::dossiers {

// A name that is data, in both languages.
struct Name {
    std::string vi, en;
    const std::string& in(i18n::Language language) const { return language == i18n::Language::vi ? vi : en; }
};

enum class HouseList { items, cost_kinds };

struct Listed {
    std::string code;                          // given by the list when it is added
    Name name;                                 // in English as in Vietnamese when none is said
    cohorts::Due due = cohorts::Due::closing;  // by when it must be there; of items only
    std::optional<Date> valid_from;            // none: since ever
    std::optional<Date> valid_to;              // the first day on which it no longer is in force
};
// All there ever was, in its order; and what of it is in force on that day.
std::vector<Listed> all_of(db::Read& tx, HouseList list);
std::vector<Listed> in_force_on(db::Read& tx, HouseList list, Date day);
// web::NotFound when the list has none such.
Listed require_listed(db::Read& tx, HouseList list, std::string_view code);

// The lists are the centre's: web::Forbidden for who may not change its dossiers. Refused when it ends
// before it begins, when another of that name is in force meanwhile, and when an item would begin or cease
// to be asked of a cohort that is closed.
bool may_change_lists(db::Read& tx, const web::Actor& actor);
Outcome<std::string> add(db::Write& tx, const web::Actor& actor, HouseList list, Listed listed, Instant at);
// Renamed, due at another time, begun or ended on another day. A name changes wherever it stands.
Outcome<Done> change(db::Write& tx, const web::Actor& actor, HouseList list, Listed listed, Instant at);

}  // namespace tiendo::dossiers
