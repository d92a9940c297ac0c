// The rows of merges; private to this feature.
#pragma once
#include <string>
#include <vector>

#include "features/duplicates/duplicates.h"

namespace tiendo::duplicates {

struct MergeRow {
    MergeId id;
    people::PersonId kept, gone;
    bool undone = false;
};
void insert_merge(db::Write& tx, const web::Actor& actor, const MergeRow& merge, const Act& act);
std::optional<MergeRow> find_merge(db::Read& tx, MergeId id);
void mark_undone(db::Write& tx, const web::Actor& actor, MergeId id, const Act& act);

void insert_moves(db::Write& tx, MergeId id, std::string_view follower,
                  const std::vector<std::int64_t>& moved);
std::vector<std::int64_t> moves(db::Read& tx, MergeId id, std::string_view follower);

// A field of a record, as a merge found it and left it.
struct Written {
    people::PersonId person;
    std::string field, was, became;
};
void insert_fields(db::Write& tx, MergeId id, const std::vector<Written>& fields);
std::vector<Written> fields(db::Read& tx, MergeId id);

// Who has that ID besides the two; none when nobody.
bool somebody_else_has(db::Read& tx, std::string_view national_id, const MergeRow& besides);

}  // namespace tiendo::duplicates
