// Reading the audit trail; private to this feature. The trail itself is platform/audit's.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "features/accounts/accounts.h"

namespace tiendo::accounts {

struct TrailEntry {
    std::int64_t sequence = 0;
    Instant recorded_at;
    std::string actor;  // display name; empty when nobody was signed in
    std::string action, object_kind;
    std::int64_t object = 0;
    std::string detail;  // JSON
    std::string digest;  // bytes
};

// Empty members ask for nothing.
struct TrailFilter {
    std::string words;  // in the action, the actor's name or the detail
    std::string actor;  // an account's name
    std::int64_t object = 0;
    std::optional<Instant> from, until;  // until: the first moment that is too late
};

// A trail has no units, so it is for those who may see all of it: throws Forbidden for an
// actor whose permission does not hold on the centre.
void require_whole_trail(db::Read& tx, const web::Actor& actor);

// The newest first, from before that sequence (0: the newest), at most so many.
void each_entry(db::Read& tx, const TrailFilter& filter, std::int64_t before, std::int64_t most,
                const std::function<void(const TrailEntry&)>& entry);
std::int64_t entries_in(db::Read& tx, const TrailFilter& filter);

// {"sequence", "recorded_at", "actor", "action", "object_kind", "object", "url", "details",
// "digest"}; details are [{"name", "value"}].
Value to_value(const TrailEntry& entry);

}  // namespace tiendo::accounts
