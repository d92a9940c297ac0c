#include "features/duplicates/merge_store.h"

namespace tiendo::duplicates {

void insert_merge(db::Write& tx, const web::Actor& actor, const MergeRow& merge, const Act& act) {
    tx.run(R"sql(
        insert into person_merges (id, kept, gone, recorded_at, recorded_by, reason)
        values (:id, :kept, :gone, :at, :actor, :reason))sql",
           {{"id", merge.id},
            {"kept", merge.kept},
            {"gone", merge.gone},
            {"at", act.at},
            {"actor", actor.account},
            {"reason", act.reason}});
}

std::optional<MergeRow> find_merge(db::Read& tx, MergeId id) {
    return tx.find<MergeRow>(R"sql(select id, kept, gone, undone_at from person_merges where id = :id)sql",
                             {{"id", id}}, [](const db::Row& row) {
                                 return MergeRow{row.id<MergeId>(0), row.id<people::PersonId>(1),
                                                 row.id<people::PersonId>(2), !row.is_null(3)};
                             });
}

std::optional<MergeId> standing_merge(db::Read& tx, const Pair& pair) {
    return tx.find<MergeId>(R"sql(
        select id from person_merges
        where undone_at is null
          and ((kept = :first and gone = :second) or (kept = :second and gone = :first)))sql",
                            {{"first", pair.first}, {"second", pair.second}},
                            [](const db::Row& row) { return row.id<MergeId>(0); });
}

void mark_undone(db::Write& tx, const web::Actor& actor, MergeId id, const Act& act) {
    tx.run(R"sql(
        update person_merges set undone_at = :at, undone_by = :actor, undone_reason = :reason where id = :id)sql",
           {{"id", id}, {"at", act.at}, {"actor", actor.account}, {"reason", act.reason}});
}

void insert_moves(db::Write& tx, MergeId id, std::string_view follower,
                  const std::vector<std::int64_t>& moved) {
    auto bulk = tx.bulk("person_merge_moves", {"merge", "follower", "moved"});
    for (const std::int64_t row : moved) bulk.add({id, follower, row});
    bulk.flush();
}

std::vector<std::int64_t> moves(db::Read& tx, MergeId id, std::string_view follower) {
    return tx.all<std::int64_t>(R"sql(
        select moved from person_merge_moves where merge = :id and follower = :follower order by moved)sql",
                                {{"id", id}, {"follower", follower}},
                                [](const db::Row& row) { return row.integer(0); });
}

void insert_fields(db::Write& tx, MergeId id, const std::vector<Written>& written) {
    auto bulk = tx.bulk("person_merge_fields", {"merge", "person", "field", "was", "became"});
    for (const Written& one : written) bulk.add({id, one.person, one.field, one.was, one.became});
    bulk.flush();
}

std::vector<Written> fields(db::Read& tx, MergeId id) {
    return tx.all<Written>(
        R"sql(
        select person, field, was, became from person_merge_fields where merge = :id order by person, field)sql",
        {{"id", id}}, [](const db::Row& row) {
            return Written{row.id<people::PersonId>(0), row.text(1), row.text(2), row.text(3)};
        });
}

bool somebody_else_has(db::Read& tx, std::string_view national_id, const MergeRow& besides) {
    return tx.integer(R"sql(
        select count(*) from people where national_id = :national_id and id not in (:kept, :gone))sql",
                      {{"national_id", national_id}, {"kept", besides.kept}, {"gone", besides.gone}}) > 0;
}

}  // namespace tiendo::duplicates
