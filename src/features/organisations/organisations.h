// The tree of units: the centre at its root, the units that send people beneath it.
//
// Units are renamed, moved, merged and dissolved, and what they were is kept: a name and a place
// hold from a day on, and a list of 2017 shows the names of 2017. Who may do what follows the
// tree as it stands today.
#pragma once
#include <array>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "base/outcome.h"
#include "features/organisations/letterhead.h"
#include "platform/db/db.h"
#include "platform/web/web.h"

namespace tiendo::documents {
struct Document;
}

namespace tiendo::organisations {

inline constexpr web::Permission see_units{"units.see"};
inline constexpr web::Permission change_units{"units.change"};

struct Unit;
using UnitId = Id<Unit>;

// As it is called and where it stands now, or on the day that was asked for.
struct Unit {
    UnitId id;
    std::optional<UnitId> parent;
    std::string code;
    std::string name;
    std::string kind;                      // "centre", or one of kinds
    std::optional<Date> begins_on = {};    // none: before anybody kept books
    std::optional<Date> ends_on = {};      // the first day on which it no longer is
    std::optional<UnitId> successor = {};  // what it became part of then
    bool has_begun_by(Date day) const { return !begins_on || *begins_on <= day; }
    bool has_ended_by(Date day) const { return ends_on && *ends_on <= day; }
    bool exists_on(Date day) const { return has_begun_by(day) && !has_ended_by(day); }
};

// What a unit may be, besides the centre itself; the terms "term.unit_kind.<kind>" of locales/.
inline constexpr std::array<std::string_view, 8> kinds{
    "affiliated_unit", "bloc", "committee", "cell", "ministry", "school", "training_centre", "partner"};

// The centre whose books these are. Throws when the database was never initialised.
Unit centre(db::Read& tx);
std::optional<Unit> find_unit(db::Read& tx, UnitId id);
std::optional<Unit> find_unit(db::Read& tx, std::string_view code);
// Within the actor's reach, all that there ever were, as they are called today.
std::vector<Unit> units(db::Read& tx, const web::Actor& actor);
// The same with the names and places of that day.
std::vector<Unit> units_on(db::Read& tx, const web::Actor& actor, Date day);
// Absent and out of reach look the same: web::NotFound.
Unit require(db::Read& tx, const web::Actor& actor, UnitId id);

// What a unit was called on that day; empty when there is no such unit.
std::string name_on(db::Read& tx, UnitId unit, Date day);
// Of every unit, for a list that names many.
std::unordered_map<UnitId, std::string> names_on(db::Read& tx, Date day);

// Whether the actor may use the permission on that unit.
bool may(db::Read& tx, const web::Actor& actor, web::Permission permission, UnitId unit);
// The names of all permissions he has on the unit, for who would ask for many.
std::set<std::string, std::less<>> permitted_on(db::Read& tx, const web::Actor& actor, UnitId unit);

// --- verbs: each writes the event, the row of history and the trail in the transaction ----------

// When it was recorded, and why. Nothing takes effect after `today`: whoever may do what follows
// the tree as it stands.
struct Act {
    Instant at;
    Date today;
    std::string reason = {};
    std::string basis = {};  // the decision behind it, as it is written: "12-QĐ/ĐU ngày 3/4/2018"
    std::optional<Id<documents::Document>> document = {};
    std::string place = {};  // sheet and row in the document
};
struct NewUnit {
    UnitId parent;
    std::string code;  // empty: made of the name
    std::string name, kind;
    std::optional<Date> begins_on = {};
    std::optional<UnitId> split_from = {};  // that unit gave it birth, and remains
};
// Refuses a name that is missing, a code that is taken, a parent that has ended.
Outcome<UnitId> make(db::Write& tx, const web::Actor& actor, const NewUnit& unit, const Act& act);
// Called so from that day; without a day, the name it has was spelled wrongly.
Outcome<Done> rename(db::Write& tx, const web::Actor& actor, const Unit& unit, const std::string& name,
                     std::optional<Date> from, const Act& act);
// With all that is beneath it. Refuses to put a unit beneath itself.
Outcome<Done> move(db::Write& tx, const web::Actor& actor, const Unit& unit, const Unit& parent, Date from,
                   const Act& act);
// The unit ends on that day and is part of the other from then on; units beneath it move there.
Outcome<Done> merge(db::Write& tx, const web::Actor& actor, const Unit& unit, const Unit& into, Date from,
                    const Act& act);
// Ends without a successor. Refuses while there are units beneath it.
Outcome<Done> dissolve(db::Write& tx, const web::Actor& actor, const Unit& unit, Date from, const Act& act);
// The end was a mistake. What moved away meanwhile stays where it is.
Outcome<Done> reinstate(db::Write& tx, const web::Actor& actor, const Unit& unit, const Act& act);
// Code, kind and first day as given; each that differs is an event.
Outcome<Done> describe(db::Write& tx, const web::Actor& actor, const Unit& unit, const Act& act);
// Only one that was made by mistake. What refers to it in another table is a db::Conflict.
Outcome<Done> remove(db::Write& tx, const web::Actor& actor, const Unit& unit, const Act& act);

// All that one list made, with what it said of them. As above.
void remove_made_by(db::Write& tx, const web::Actor& actor, Id<documents::Document> list, const Act& act);

// Makes the centre; once, at `tiendo init`.
UnitId found_centre(db::Write& tx, std::string_view name, Instant at);

// Finds units by code or by any name they have had, as people write it (case, marks and blanks
// aside), and makes those that nobody has named before, below the centre or the unit given. A unit that
// became part of another is that other one. Holds the names, so that a roster of 100,000 rows asks once.
class UnitNames {
 public:
    explicit UnitNames(db::Read& tx);
    // None when no unit has had that name.
    std::optional<UnitId> find(std::string_view name) const;
    // The unit as it was on that day: one that ended later is itself.
    std::optional<UnitId> find(std::string_view name, Date day) const;
    // The most similar name that exists; empty when none is close.
    std::string nearest_to(std::string_view name) const;
    UnitId find_or_make(db::Write& tx, std::string_view name, Instant at, std::optional<UnitId> below = {});
    // Whether there is any unit beside the centre.
    bool several() const { return names_.size() > 1; }

 private:
    struct End {
        Date on;
        std::optional<UnitId> successor;
    };
    UnitId followed(UnitId unit, std::optional<Date> day) const;
    UnitId centre_;
    std::unordered_map<std::string, UnitId> by_search_;
    std::unordered_map<UnitId, End> ended_;
    std::vector<std::string> names_;
};

// What features above show on the page of a unit, as HTML. Filled once, when the program starts.
using UnitView = std::string (*)(const web::Visit&, db::Read&, const Unit&);
void show_beside_unit(UnitView view);

void register_routes(web::Routes& routes);

}  // namespace tiendo::organisations
