#include "platform/auth/session.h"

#include "platform/auth/token.h"

namespace tiendo::auth {
namespace {

constexpr std::string_view cookie_name = "tiendo_session";
constexpr std::string_view secure_cookie_name = "__Host-tiendo_session";

}  // namespace

Session begin_session(db::Write& tx, std::int64_t account, Instant now) {
    tx.run(R"sql(delete from sessions where account = :account and expires_at < :long_ago)sql",
           {{"account", account}, {"long_ago", Instant{now.ms - sessions_kept_ms}}});
    Session session{new_token(), new_token(), Instant{now.ms + session_longest_ms}};
    const std::string digest = digest_of(session.token);
    tx.run(R"sql(
        insert into sessions (token_digest, account, csrf, created_at, seen_at, expires_at)
        values (:digest, :account, :csrf, :now, :now, :expires_at))sql",
           {{"digest", db::Blob{digest}},
            {"account", account},
            {"csrf", session.csrf},
            {"now", now},
            {"expires_at", session.expires_at}});
    return session;
}

http::Cookie cookie_of(const Session& session, bool secure) {
    return {.name = std::string(secure ? secure_cookie_name : cookie_name),
            .value = session.token,
            .secure = secure};
}

http::Cookie cookie_gone(bool secure) {
    http::Cookie cookie = cookie_of(Session(), secure);
    cookie.seconds = -1;
    return cookie;
}

std::string_view session_token(const http::Request& request) {
    return request.cookie(request.secure ? secure_cookie_name : cookie_name);
}

std::optional<Instant> signed_in_at(db::Read& tx, std::string_view token, Instant now) {
    const std::string digest = digest_of(token);
    return tx.find<Instant>(
        R"sql(select created_at from sessions where token_digest = :digest and expires_at > :now)sql",
        {{"digest", db::Blob{digest}}, {"now", now}}, [](const db::Row& row) { return row.instant(0); });
}

void end_session(db::Write& tx, std::string_view token, Instant now) {
    const std::string digest = digest_of(token);
    tx.run(
        R"sql(update sessions set expires_at = :now where token_digest = :digest and expires_at > :now)sql",
        {{"digest", db::Blob{digest}}, {"now", now}});
}

std::int64_t end_sessions(db::Write& tx, std::int64_t account, Instant now, std::string_view token) {
    const std::string digest = digest_of(token);
    return tx.run(R"sql(
        update sessions set expires_at = :now
        where account = :account and expires_at > :now and token_digest <> :digest)sql",
                  {{"account", account}, {"now", now}, {"digest", db::Blob{digest}}});
}

std::vector<OpenSession> open_sessions(db::Read& tx, std::int64_t account, Instant now) {
    return tx.all<OpenSession>(
        R"sql(
        select token_digest, created_at, seen_at, expires_at from sessions
        where account = :account and expires_at > :now and seen_at > :idle
        order by seen_at desc, token_digest)sql",
        {{"account", account}, {"now", now}, {"idle", Instant{now.ms - session_idle_ms}}},
        [](const db::Row& row) {
            return OpenSession{row.text(0), row.instant(1), row.instant(2), row.instant(3)};
        });
}

bool end_session_of(db::Write& tx, std::int64_t account, std::string_view digest, Instant now) {
    return tx.run(R"sql(
        update sessions set expires_at = :now
        where account = :account and token_digest = :digest and expires_at > :now)sql",
                  {{"account", account}, {"digest", db::Blob{digest}}, {"now", now}}) > 0;
}

}  // namespace tiendo::auth
