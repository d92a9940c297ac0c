#include "features/accounts/own_account.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "features/accounts/accounts_store.h"
#include "platform/audit/audit.h"
#include "platform/auth/session.h"

namespace tiendo::accounts {
namespace {

constexpr std::array<std::string_view, 3> themes = {"auto", "light", "dark"};
constexpr std::size_t longest_display_name = 200;
constexpr std::size_t longest_label = 100;
constexpr std::int64_t day_ms = 24 * 3'600'000;

}  // namespace

Outcome<Done> prefer(db::Write& tx, const web::Actor& actor, const Preferences& preferences, Instant at) {
    const std::string name = clean(preferences.display_name);
    if (name.empty()) return Refusal{"display_name", "account.display_name_empty", {}};
    if (length_of(name) > longest_display_name)
        return Refusal{"display_name", "account.display_name_long", {std::to_string(longest_display_name)}};
    if (std::find(themes.begin(), themes.end(), preferences.theme) == themes.end())
        return Refusal{"theme", "account.theme_unknown", {preferences.theme}};
    set_preferences(tx, AccountId{actor.account}, name, preferences.language, preferences.theme);
    audit::record(tx, actor, at,
                  {"account.prefer", "account", actor.account,
                   Value::object({{"display_name", name},
                                  {"language", i18n::to_text(preferences.language)},
                                  {"theme", preferences.theme}})});
    return Done{};
}

std::optional<Refusal> not_recently_signed_in(db::Read& tx, std::string_view session, Instant now) {
    const auto began = auth::signed_in_at(tx, session, now);
    if (began && now.ms - began->ms < recent_sign_in_ms) return std::nullopt;
    return Refusal{"", "account.sign_in_again", {std::to_string(recent_sign_in_ms / 60'000)}};
}

Outcome<auth::MadeToken> make_key(db::Write& tx, const web::Actor& actor, std::string_view typed_label,
                                  std::optional<std::int64_t> days, Instant at) {
    const std::string label = clean(typed_label);
    if (label.empty()) return Refusal{"label", "account.label_empty", {}};
    if (length_of(label) > longest_label)
        return Refusal{"label", "account.label_long", {std::to_string(longest_label)}};
    const std::int64_t lasting = days.value_or(auth::personal_token_longest_days);
    if (lasting < 1 || lasting > auth::personal_token_longest_days)
        return Refusal{"days",
                       "account.token_days",
                       {std::to_string(lasting), std::to_string(auth::personal_token_longest_days)}};
    const Instant expires_at{at.ms + lasting * day_ms};
    auto made = auth::make_personal_token(tx, actor.account, label, at, expires_at);
    audit::record(tx, actor, at,
                  {"account.make_token", "account", actor.account,
                   Value::object({{"label", label}, {"expires_at", expires_at}})});
    return made;
}

void revoke_key(db::Write& tx, const web::Actor& actor, std::int64_t token, Instant at) {
    std::string label;
    for (const auto& one : auth::personal_tokens(tx, actor.account, at))
        if (one.id == token) label = one.label;
    if (!auth::revoke_personal_token(tx, actor.account, token, at)) throw web::NotFound();
    audit::record(tx, actor, at,
                  {"account.revoke_token", "account", actor.account, Value::object({{"label", label}})});
}

void end_own_session(db::Write& tx, const web::Actor& actor, std::string_view digest, Instant at) {
    if (!auth::end_session_of(tx, actor.account, digest, at)) throw web::NotFound();
    audit::record(tx, actor, at,
                  {"account.end_sessions", "account", actor.account, Value::object({{"sessions", 1}})});
}

void end_other_sessions(db::Write& tx, const web::Actor& actor, std::string_view session, Instant at) {
    const std::int64_t ended = auth::end_sessions(tx, actor.account, at, session);
    audit::record(tx, actor, at,
                  {"account.end_sessions", "account", actor.account, Value::object({{"sessions", ended}})});
}

}  // namespace tiendo::accounts
