// The run over the whole register; private to this feature.
#pragma once
#include "features/duplicates/duplicates_store.h"

namespace tiendo::duplicates {

inline constexpr std::string_view sweep_job = "duplicates.sweep";

// As sweep(), for a sweep that has its id. Progress is first told as 0, outside any transaction.
struct Course {
    db::Database& database;
    SweepId id;
    Instant at;
    std::function<void(std::int64_t done, std::int64_t steps)> progress;
};
struct Swept {
    std::int64_t steps = 0, people = 0;
};
Swept sweep_register(const Course& course);

// Begins a sweep in the actor's name; when one is under way, that one is meant.
SweepId begin_sweep(db::Write& tx, const web::Actor& actor, Instant at);

}  // namespace tiendo::duplicates
