// What pages and JSON say of accounts; private to this feature.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/value.h"
#include "features/accounts/accounts_store.h"
#include "platform/auth/access_token.h"
#include "platform/auth/session.h"

namespace tiendo::accounts {

// {"id", "display_name", "account_name", "state", "seen_at", "grants"}
Value to_value(const Listed& listed);
// {"id", "role", "unit", "unit_id", "granted_by", "recorded_at"}
Value to_value(const Grant& grant);
// {"id", "label", "created_at", "used_at", "expires_at"}
Value to_value(const auth::PersonalToken& token);
// {"id", "began_at", "seen_at", "expires_at", "current"}
Value to_value(const auth::OpenSession& session, std::string_view current_token);

// {"account_name", "display_name", "preferred": {"language", "theme"}, "grants", "tokens",
// "sessions"} of the actor himself.
Value own_value(const web::Visit& visit, db::Read& tx);

// Those with the words asked for in their names.
std::vector<Listed> accounts_asked_for(const web::Visit& visit, db::Read& tx);
// {"count", "accounts", "paging"}: those that the actor may see and the query asks for.
Value accounts_value(const web::Visit& visit, db::Read& tx);

// What the actor can do to an account: {"can_grant", "can_disable", "can_enable", "can_link"}.
Value acts_value(const web::Visit& visit, db::Read& tx, const Listed& listed);

// What a form or a JSON object says of somebody to be invited.
NewAccount new_account_of(const web::Visit& visit);

// The address of a one-time link, as whoever asks for this page reaches the site.
std::string link_address(const http::Request& request, const std::string& token);
// {"display_name", "url", "expires_at"}
Value link_value(const web::Visit& visit, const std::string& display_name, const std::string& token);

}  // namespace tiendo::accounts
