// What signing in reads and writes of an account.
#include "features/accounts/accounts_store.h"
#include "platform/auth/throttle.h"

namespace tiendo::accounts {
namespace {

Credentials credentials_of(const db::Row& row) {
    Credentials credentials;
    credentials.account = row.id<AccountId>(0);
    credentials.name = row.text(1);
    credentials.display_name = row.text(2);
    credentials.password_hash = row.maybe_text(3);
    credentials.failures = row.integer(4);
    if (!row.is_null(5)) credentials.rests_until = row.instant(5);
    credentials.disabled = !row.is_null(6);
    credentials.language = i18n::parse_language(row.view(7)).value_or(i18n::Language::vi);
    credentials.theme = row.text(8);
    return credentials;
}

}  // namespace

std::optional<Credentials> find_credentials(db::Read& tx, std::string_view name) {
    return tx.find<Credentials>(R"sql(
        select id, name, display_name, password_hash, failed_attempts, locked_until, disabled_at, language, theme
        from accounts where name = :name)sql",
                                {{"name", name}}, credentials_of);
}

std::optional<Credentials> find_credentials(db::Read& tx, AccountId account) {
    return tx.find<Credentials>(R"sql(
        select id, name, display_name, password_hash, failed_attempts, locked_until, disabled_at, language, theme
        from accounts where id = :account)sql",
                                {{"account", account}}, credentials_of);
}

void keep_failure(db::Write& tx, std::string_view name, Instant now) {
    tx.run(R"sql(update accounts set failed_attempts = failed_attempts + 1 where name = :name)sql",
           {{"name", name}});
    const std::int64_t failures =
        tx.integer(R"sql(select failed_attempts from accounts where name = :name)sql", {{"name", name}});
    const std::int64_t rest_ms = auth::rest_ms_after(failures);
    const auto until = rest_ms > 0 ? std::optional(Instant{now.ms + rest_ms}) : std::nullopt;
    tx.run(R"sql(update accounts set locked_until = :until where name = :name)sql",
           {{"name", name}, {"until", until}});
}

void forget_failures(db::Write& tx, AccountId account) {
    tx.run(R"sql(update accounts set failed_attempts = 0, locked_until = null where id = :account)sql",
           {{"account", account}});
}

void set_password_hash(db::Write& tx, AccountId account, std::string_view hash) {
    tx.run(R"sql(update accounts set password_hash = :hash where id = :account)sql",
           {{"account", account}, {"hash", hash}});
}

void set_preferences(db::Write& tx, AccountId account, std::string_view display_name, i18n::Language language,
                     std::string_view theme) {
    tx.run(R"sql(update accounts set display_name = :display_name, language = :language, theme = :theme
                 where id = :account)sql",
           {{"account", account},
            {"display_name", display_name},
            {"language", i18n::to_text(language)},
            {"theme", theme}});
}

}  // namespace tiendo::accounts
