#include "platform/auth/access_token.h"

#include "base/id.h"
#include "platform/auth/token.h"

namespace tiendo::auth {
namespace {

std::int64_t keep(db::Write& tx, std::int64_t account, std::string_view purpose, std::string_view label,
                  std::string_view token, Instant now, Instant expires_at) {
    const std::int64_t id = next_id();
    const std::string digest = digest_of(token);
    tx.run(R"sql(
        insert into access_tokens (id, account, purpose, label, token_digest, created_at, expires_at)
        values (:id, :account, :purpose, :label, :digest, :now, :expires_at))sql",
           {{"id", id},
            {"account", account},
            {"purpose", purpose},
            {"label", label},
            {"digest", db::Blob{digest}},
            {"now", now},
            {"expires_at", expires_at}});
    return id;
}

}  // namespace

std::string make_sign_in_link(db::Write& tx, std::int64_t account, Instant now) {
    revoke_sign_in_links(tx, account, now);
    std::string token = new_token();
    keep(tx, account, "sign_in", "", token, now, Instant{now.ms + sign_in_link_ms});
    return token;
}

std::optional<SignInLink> find_sign_in_link(db::Read& tx, std::string_view token, Instant now) {
    const std::string digest = digest_of(token);
    return tx.find<SignInLink>(R"sql(
        select account, expires_at from access_tokens
        where token_digest = :digest and purpose = 'sign_in' and used_at is null and revoked_at is null
          and expires_at > :now)sql",
                               {{"digest", db::Blob{digest}}, {"now", now}}, [](const db::Row& row) {
                                   return SignInLink{row.integer(0), row.instant(1)};
                               });
}

bool use_sign_in_link(db::Write& tx, std::string_view token, Instant now) {
    const std::string digest = digest_of(token);
    return tx.run(R"sql(
        update access_tokens set used_at = :now
        where token_digest = :digest and purpose = 'sign_in' and used_at is null and revoked_at is null
          and expires_at > :now)sql",
                  {{"digest", db::Blob{digest}}, {"now", now}}) > 0;
}

void revoke_sign_in_links(db::Write& tx, std::int64_t account, Instant now) {
    tx.run(R"sql(
        update access_tokens set revoked_at = :now
        where account = :account and purpose = 'sign_in' and used_at is null and revoked_at is null)sql",
           {{"account", account}, {"now", now}});
}

MadeToken make_personal_token(db::Write& tx, std::int64_t account, std::string_view label, Instant now,
                              Instant expires_at) {
    std::string secret = "tdo_" + new_token();
    const std::int64_t id = keep(tx, account, "personal", label, secret, now, expires_at);
    return {id, std::move(secret)};
}

std::vector<PersonalToken> personal_tokens(db::Read& tx, std::int64_t account, Instant now) {
    return tx.all<PersonalToken>(R"sql(
        select id, label, created_at, used_at, expires_at from access_tokens
        where account = :account and purpose = 'personal' and revoked_at is null
          and (expires_at is null or expires_at > :now)
        order by id desc)sql",
                                 {{"account", account}, {"now", now}}, [](const db::Row& row) {
                                     PersonalToken token{row.integer(0), row.text(1), row.instant(2), {}, {}};
                                     if (!row.is_null(3)) token.used_at = row.instant(3);
                                     if (!row.is_null(4)) token.expires_at = row.instant(4);
                                     return token;
                                 });
}

bool revoke_personal_token(db::Write& tx, std::int64_t account, std::int64_t id, Instant now) {
    return tx.run(R"sql(
        update access_tokens set revoked_at = :now
        where id = :id and account = :account and purpose = 'personal' and revoked_at is null
          and (expires_at is null or expires_at > :now))sql",
                  {{"id", id}, {"account", account}, {"now", now}}) > 0;
}

void revoke_personal_tokens(db::Write& tx, std::int64_t account, Instant now) {
    tx.run(R"sql(
        update access_tokens set revoked_at = :now
        where account = :account and purpose = 'personal' and revoked_at is null)sql",
           {{"account", account}, {"now", now}});
}

}  // namespace tiendo::auth
