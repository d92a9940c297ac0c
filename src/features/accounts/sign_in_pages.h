// What handlers that begin a session or ask for a password have in common; private to this feature.
#pragma once
#include <string>
#include <string_view>

#include "base/value.h"
#include "features/accounts/sign_in.h"
#include "platform/web/web.h"

namespace tiendo::accounts {

// {"value", "refusal"} as of web::form_field, but the value is never what was typed.
Value secret_field(const web::Visit& visit, std::string_view name, const Refusals& refusals);

Knock knock_of(const web::Visit& visit);

// A redirect that carries the new session, and what its owner prefers to read.
http::Response entered(const web::Visit& visit, const Entry& entry, std::string where);

// A cookie for a year: language_cookie or theme_cookie of web/frame.h.
void keep_choice(http::Response& response, const http::Request& request, std::string_view name,
                 std::string_view value);

}  // namespace tiendo::accounts
