#include "platform/auth/actor_of.h"

#include "base/text.h"
#include "platform/auth/session.h"
#include "platform/auth/token.h"

namespace tiendo::auth {
namespace {

struct Recognised {
    web::Actor actor;
    Instant seen_at;
};

bool begins(std::string_view text, std::string_view with) { return text.substr(0, with.size()) == with; }

// The columns are account, display name, csrf, seen_at and, row by row, permission.
std::optional<Recognised> recognised(db::Database& database, std::string_view sql, db::ParamList params) {
    std::optional<Recognised> found;
    database.read([&](db::Read& tx) {
        tx.each(sql, params, [&](const db::Row& row) {
            if (!found) {
                found.emplace();
                found->actor.account = row.integer(0);
                found->actor.name = row.text(1);
                found->actor.csrf = row.text(2);
                found->seen_at = row.instant(3);
            }
            if (!row.is_null(4)) found->actor.permissions.push_back(row.text(4));
        });
    });
    return found;
}

// A page is not refused because the moment it was asked for could not be written down.
void keep_seen(db::Database& database, const Recognised& known, Instant now,
               const std::function<void(db::Write&)>& keep) {
    if (now.ms - known.seen_at.ms < seen_every_ms) return;
    try {
        database.write(keep);
    } catch (const db::Busy&) {
    }
}

std::optional<web::Actor> by_session(db::Database& database, std::string_view token, Instant now) {
    if (token.empty()) return std::nullopt;
    const std::string digest = digest_of(token);
    auto known =
        recognised(database, R"sql(
        select distinct a.id, a.display_name, s.csrf, s.seen_at, p.permission
        from sessions s
        join accounts a on a.id = s.account
        left join grants g on g.account = a.id and g.revoked_at is null
        left join role_permissions p on p.role = g.role
        where s.token_digest = :digest and s.expires_at > :now and s.seen_at > :idle
          and a.disabled_at is null)sql",
                   {{"digest", db::Blob{digest}}, {"now", now}, {"idle", Instant{now.ms - session_idle_ms}}});
    if (!known) return std::nullopt;
    keep_seen(database, *known, now, [&](db::Write& tx) {
        tx.run(R"sql(update sessions set seen_at = :now where token_digest = :digest and seen_at < :now)sql",
               {{"digest", db::Blob{digest}}, {"now", now}});
    });
    return std::move(known->actor);
}

std::optional<web::Actor> by_bearer(db::Database& database, std::string_view token, Instant now) {
    const std::string digest = digest_of(token);
    auto known = recognised(database, R"sql(
        select distinct a.id, a.display_name, '', coalesce(t.used_at, 0), p.permission
        from access_tokens t
        join accounts a on a.id = t.account
        left join grants g on g.account = a.id and g.revoked_at is null
        left join role_permissions p on p.role = g.role
        where t.token_digest = :digest and t.purpose = 'personal' and t.revoked_at is null
          and (t.expires_at is null or t.expires_at > :now) and a.disabled_at is null)sql",
                            {{"digest", db::Blob{digest}}, {"now", now}});
    if (!known) return std::nullopt;
    known->actor.by_bearer = true;
    keep_seen(database, *known, now, [&](db::Write& tx) {
        tx.run(R"sql(update access_tokens set used_at = :now where token_digest = :digest)sql",
               {{"digest", db::Blob{digest}}, {"now", now}});
    });
    return std::move(known->actor);
}

}  // namespace

std::optional<web::Actor> actor_of(db::Database& database, const http::Request& request, Instant now) {
    const std::string_view credentials = request.header("authorization");
    if (!begins(request.path, "/api/v1/") || credentials.empty())
        return by_session(database, session_token(request), now);
    constexpr std::string_view scheme = "bearer ";
    if (lower_ascii(credentials.substr(0, scheme.size())) != scheme) return std::nullopt;
    return by_bearer(database, credentials.substr(scheme.size()), now);
}

}  // namespace tiendo::auth
