// The rows of calls, their quotas and their history.
#include "features/nominations/nominations_store.h"
#include "platform/json/json.h"

namespace tiendo::nominations {
namespace {

struct Kept {
    CallId id;
    cohorts::CohortId cohort;
    Call call;
};

Kept kept_of(const db::Row& row) {
    Kept kept{row.id<CallId>(0), row.id<cohorts::CohortId>(1), {}};
    kept.call.id = kept.id;
    kept.call.places = row.integer(2);
    kept.call.deadline = row.instant(3);
    kept.call.notice_days = row.integer(4);
    kept.call.letter_number = row.text(5);
    kept.call.letter_text = row.text(6);
    if (!row.is_null(7)) kept.call.locked_at = row.instant(7);
    return kept;
}

Call whole(db::Read& tx, Kept kept) {
    kept.call.cohort = cohorts::require_for_books(tx, kept.cohort);
    kept.call.quotas = tx.all<Quota>(R"sql(
            select q.unit, q.quota from call_quotas q join units u on u.id = q.unit
            where q.call = :call order by u.search, u.id)sql",
                                     {{"call", kept.id}}, [](const db::Row& row) {
                                         return Quota{row.id<organisations::UnitId>(0), row.integer(1)};
                                     });
    return kept.call;
}

Value said_by(const Call& call) {
    Value quotas = Value::object();
    for (const Quota& quota : call.quotas) quotas.set(to_text(quota.unit), quota.quota);
    return Value::object({{"places", call.places},
                          {"deadline", call.deadline},
                          {"notice_days", call.notice_days},
                          {"letter_number", call.letter_number},
                          {"letter_text", call.letter_text},
                          {"quotas", std::move(quotas)}});
}

}  // namespace

Call require_for_books(db::Read& tx, CallId id) {
    const auto kept = tx.find<Kept>(R"sql(
        select id, cohort, places, deadline, notice_days, letter_number, letter_text, locked_at
        from calls where id = :id)sql",
                                    {{"id", id}}, kept_of);
    if (!kept) throw web::NotFound{};
    return whole(tx, *kept);
}

std::optional<Call> find_call_of(db::Read& tx, cohorts::CohortId cohort) {
    const auto kept = tx.find<Kept>(R"sql(
        select id, cohort, places, deadline, notice_days, letter_number, letter_text, locked_at
        from calls where cohort = :cohort)sql",
                                    {{"cohort", cohort}}, kept_of);
    return kept ? std::optional(whole(tx, *kept)) : std::nullopt;
}

// A unit that is asked answers with all that lies beneath it: whoever may see one of those units
// sees the call.
Call require(db::Read& tx, const web::Actor& actor, CallId id) {
    const auto kept = tx.find<Kept>(
        R"sql(
        select k.id, k.cohort, k.places, k.deadline, k.notice_days, k.letter_number, k.letter_text, k.locked_at
        from calls k join cohorts c on c.id = k.cohort
        where k.id = :id
          and (exists (select 1 from reach r where r.account = :actor and r.permission = :permission
                       and r.unit = c.organiser_unit)
               or exists (select 1 from call_quotas q
                          join unit_ancestors a on a.ancestor = q.unit
                          join reach r on r.unit = a.unit
                          where q.call = k.id and r.account = :actor and r.permission = :permission)))sql",
        {{"id", id}, {"actor", actor.account}, {"permission", see_nominations.name}}, kept_of);
    if (!kept) throw web::NotFound{};
    return whole(tx, *kept);
}

void write_call(db::Write& tx, const web::Actor& actor, const Call& call, bool is_new, Instant at) {
    if (is_new)
        tx.run(R"sql(
            insert into calls (id, cohort, places, deadline, notice_days, letter_number, letter_text,
                               recorded_at, recorded_by)
            values (:id, :cohort, :places, :deadline, :notice_days, :number, :text, :at, :actor))sql",
               {{"id", call.id},
                {"cohort", call.cohort.id},
                {"places", call.places},
                {"deadline", call.deadline},
                {"notice_days", call.notice_days},
                {"number", call.letter_number},
                {"text", call.letter_text},
                {"at", at},
                {"actor", actor.account}});
    else
        tx.run(R"sql(
            update calls set places = :places, deadline = :deadline, notice_days = :notice_days,
                             letter_number = :number, letter_text = :text
            where id = :id)sql",
               {{"id", call.id},
                {"places", call.places},
                {"deadline", call.deadline},
                {"notice_days", call.notice_days},
                {"number", call.letter_number},
                {"text", call.letter_text}});
    tx.run(R"sql(delete from call_quotas where call = :call)sql", {{"call", call.id}});
    auto bulk = tx.bulk("call_quotas", {"call", "unit", "quota"});
    for (const Quota& quota : call.quotas) bulk.add({call.id, quota.unit, quota.quota});
    bulk.flush();
    // Whom nominations count to follows the quotas as they now are.
    tx.run(R"sql(
        update nominations set asked_unit = (
            select q.unit from call_quotas q join unit_ancestors a on a.ancestor = q.unit
            where q.call = nominations.call and a.unit = nominations.unit
            order by (select count(*) from unit_ancestors d where d.unit = q.unit) desc limit 1)
        where call = :call)sql",
           {{"call", call.id}});
}

void set_locked(db::Write& tx, CallId call, std::optional<Instant> at) {
    const std::optional<std::int64_t> moment = at ? std::optional(at->ms) : std::nullopt;
    tx.run(R"sql(update calls set locked_at = :at where id = :call)sql", {{"call", call}, {"at", moment}});
}

bool is_locked(db::Read& tx, cohorts::CohortId cohort) {
    return tx.integer(R"sql(
        select count(*) from calls where cohort = :cohort and locked_at is not null)sql",
                      {{"cohort", cohort}}) > 0;
}

void insert_call_event(db::Write& tx, const web::Actor& actor, const Call& call, std::string_view kind,
                       const cohorts::Act& act) {
    const std::string said = json::write(said_by(call));
    tx.run(R"sql(
        insert into call_events (id, call, kind, said, recorded_at, recorded_by, reason)
        values (:id, :call, :kind, :said, :at, :actor, :reason))sql",
           {{"id", next_id()},
            {"call", call.id},
            {"kind", kind},
            {"said", said},
            {"at", act.at},
            {"actor", actor.account},
            {"reason", act.reason}});
}

}  // namespace tiendo::nominations
