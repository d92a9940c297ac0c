// Who is asking: a request to the account behind its cookie or its bearer token.
#pragma once
#include <optional>

#include "base/date.h"
#include "platform/db/db.h"
#include "platform/http/http.h"
#include "platform/web/actor.h"

namespace tiendo::auth {

// For web::Site::actor. One statement for a request, and at most one write a minute that keeps
// when a session or token was last seen. Accounts, roles and grants are read each time: what is
// disabled or revoked is so at once.
//
// The actor's language stays open: what a person chose is in the cookie that signing in sets, so
// that the switch on the page works for him too.
//
// "Authorization: Bearer <personal token>" counts under /api/v1/ only, and there instead of
// any cookie: a token that is wrong, expired or revoked is nobody.
std::optional<web::Actor> actor_of(db::Database& database, const http::Request& request, Instant now);

}  // namespace tiendo::auth
