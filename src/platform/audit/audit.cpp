#include "platform/audit/audit.h"

#include <sodium.h>

#include <algorithm>
#include <string>

#include "platform/json/json.h"

namespace tiendo::audit {
namespace {

struct Entry {
    std::int64_t sequence;
    Instant recorded_at;
    std::int64_t actor;
    std::string_view action, object_kind;
    std::int64_t object;
    std::string_view detail;
};

std::string digest_of(const Entry& entry, std::string_view previous) {
    // Lengths before texts, so that no two different rows give the same bytes.
    std::string bytes(previous);
    for (const std::int64_t number : {entry.sequence, entry.recorded_at.ms, entry.actor, entry.object})
        bytes += std::to_string(number) + ";";
    for (const std::string_view text : {entry.action, entry.object_kind, entry.detail}) {
        bytes += std::to_string(text.size()) + ":";
        bytes += text;
    }
    std::string digest(crypto_hash_sha256_BYTES, '\0');
    crypto_hash_sha256(reinterpret_cast<unsigned char*>(digest.data()),
                       reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    return digest;
}

}  // namespace

void record(db::Write& tx, const web::Actor& actor, Instant at, const Act& act) {
    record(tx, actor, at, std::span(&act, 1));
}

void record(db::Write& tx, const web::Actor& actor, Instant at, std::span<const Act> acts) {
    if (acts.empty()) return;
    tx.run(
        R"sql(insert into audit_head (id, sequence, digest) values (1, 0, :empty) on conflict (id) do nothing)sql",
        {{"empty", db::Blob{""}}});
    // Updating the head takes its row lock: on PostgreSQL two transactions chain one after the other.
    tx.run(R"sql(update audit_head set sequence = sequence + :count where id = 1)sql",
           {{"count", acts.size()}});
    std::string digest;
    std::int64_t last = 0;
    tx.each(R"sql(select sequence, digest from audit_head where id = 1)sql", {}, [&](const db::Row& row) {
        last = row.integer(0);
        digest = row.text(1);
    });
    auto bulk = tx.bulk("audit_trail", {"sequence", "recorded_at", "actor", "action", "object_kind", "object",
                                        "detail", "previous_digest", "digest"});
    std::int64_t sequence = last - static_cast<std::int64_t>(acts.size());
    for (const Act& act : acts) {
        const std::string detail = json::write(act.detail), previous = digest;
        ++sequence;
        digest = digest_of({sequence, at, actor.account, act.action, act.object_kind, act.object, detail},
                           previous);
        bulk.add({sequence, at, actor.account, act.action, act.object_kind, act.object, detail,
                  db::Blob{previous}, db::Blob{digest}});
    }
    bulk.flush();
    tx.run(R"sql(update audit_head set digest = :digest where id = 1)sql", {{"digest", db::Blob{digest}}});
}

ChainCheck check_chain(db::Read& tx) {
    ChainCheck check;
    std::string previous;
    tx.each(R"sql(
        select sequence, recorded_at, actor, action, object_kind, object, detail, previous_digest, digest
        from audit_trail order by sequence)sql",
            {}, [&](const db::Row& row) {
                ++check.rows;
                const std::string digest = digest_of({row.integer(0), row.instant(1), row.integer(2),
                                                      row.view(3), row.view(4), row.integer(5), row.view(6)},
                                                     row.view(7));
                const bool holds =
                    row.integer(0) == check.rows && row.view(7) == previous && row.view(8) == digest;
                if (!holds && check.first_broken == 0) check.first_broken = row.integer(0);
                previous = row.text(8);
            });
    // Rows cut off at the end leave a chain that holds, but the head remembers them.
    std::int64_t last = 0;
    std::string last_digest;
    tx.each(R"sql(select sequence, digest from audit_head where id = 1)sql", {}, [&](const db::Row& row) {
        last = row.integer(0);
        last_digest = row.text(1);
    });
    const bool whole = last == check.rows && last_digest == previous;
    if (!whole && check.first_broken == 0) check.first_broken = std::min(last, check.rows) + 1;
    return check;
}

}  // namespace tiendo::audit
