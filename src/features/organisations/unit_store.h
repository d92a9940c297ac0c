// The rows of units and of their history; private to this feature.
#pragma once
#include "features/organisations/organisations.h"

namespace tiendo::organisations {

struct NewEvent {
    std::string_view
        kind;  // made, renamed, moved, merged_into, absorbed, split_off, dissolved, reinstated, …
    std::optional<Date> effective_on = {};
    std::optional<UnitId> other = {};
    std::string before = {}, after = {};
};

// With its first name and place, and where it lies in the closure. Nobody (0) made the centre.
UnitId insert_unit(db::Write& tx, std::int64_t actor, const Unit& unit, const Act& act);
void insert_event(db::Write& tx, std::int64_t actor, UnitId unit, const NewEvent& event, const Act& act);
// A row of history, and the column of the unit brought to where its history now leads.
void insert_name(db::Write& tx, std::int64_t actor, UnitId unit, const std::string& name,
                 std::optional<Date> from, Instant at);
void insert_place(db::Write& tx, std::int64_t actor, UnitId unit, UnitId parent, Date from, Instant at);
// The units beneath `parent` that have not ended by the day, to another one.
void insert_places_of_children(db::Write& tx, std::int64_t actor, UnitId parent, UnitId other, Date from,
                               const Act& act);
void update_end(db::Write& tx, UnitId unit, std::optional<Date> ends_on, std::optional<UnitId> successor);
void update_description(db::Write& tx, UnitId unit, const std::string& code, const std::string& kind,
                        std::optional<Date> begins_on);
void delete_unit(db::Write& tx, UnitId unit);
// Brings unit_ancestors of that unit and of all beneath it to what parents and successors say.
void settle_ancestors(db::Write& tx, UnitId unit);

std::int64_t children_left(db::Read& tx, UnitId unit, Date day);
// From which day on it has the name it has; none: since the beginning.
std::optional<Date> named_since(db::Read& tx, UnitId unit);

// One row of a unit's history, and who made it; empty when a program did.
struct Event {
    std::int64_t id;
    std::string kind;
    std::optional<Date> effective_on;
    std::optional<UnitId> other;
    std::string other_name, before, after;
    Instant recorded_at;
    std::string recorded_by, reason, basis, source_place;
    std::optional<Id<documents::Document>> document;
    std::string document_title;
};
std::vector<Event> history(db::Read& tx, UnitId unit);

}  // namespace tiendo::organisations
