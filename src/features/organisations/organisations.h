// The tree of units: the centre at its root, the units that send people beneath it.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/id.h"
#include "base/outcome.h"
#include "platform/db/db.h"
#include "platform/web/web.h"

namespace tiendo::organisations {

inline constexpr web::Permission see_units{"units.see"};

struct Unit;
using UnitId = Id<Unit>;

struct Unit {
    UnitId id;
    std::optional<UnitId> parent;
    std::string code;
    std::string name;
    std::string kind;  // centre, affiliated_unit, partner
};

// The centre whose books these are. Throws when the database was never initialised.
Unit centre(db::Read& tx);
std::optional<Unit> find_unit(db::Read& tx, UnitId id);
std::vector<Unit> units(db::Read& tx, const web::Actor& actor);

// Whether the actor may use the permission on that unit.
bool may(db::Read& tx, const web::Actor& actor, web::Permission permission, UnitId unit);

// Makes the centre; once, at `tiendo init`.
UnitId found_centre(db::Write& tx, std::string_view name, Instant at);

// Finds units by name as people write it (case, marks and blanks aside), and makes those that
// nobody has named before, below the centre. Holds the names it has met, so that a roster of
// 100,000 rows asks once per name.
class UnitNames {
 public:
    explicit UnitNames(db::Read& tx);
    // None when no unit has that name.
    std::optional<UnitId> find(std::string_view name) const;
    // The most similar name that exists; empty when none is close.
    std::string nearest_to(std::string_view name) const;
    UnitId find_or_make(db::Write& tx, std::string_view name, Instant at);

 private:
    UnitId centre_;
    std::unordered_map<std::string, UnitId> by_search_;
    std::vector<std::string> names_;
};

void register_routes(web::Routes& routes);

}  // namespace tiendo::organisations
