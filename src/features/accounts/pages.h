// The routes of this feature, page by page; private to it.
#pragma once
#include <memory>

#include "platform/auth/throttle.h"
#include "platform/web/web.h"

namespace tiendo::accounts {

void register_sign_in_routes(web::Routes& routes, std::shared_ptr<auth::Throttle> throttle);
void register_own_account_routes(web::Routes& routes);
void register_accounts_routes(web::Routes& routes);
void register_trail_routes(web::Routes& routes);
void register_api_routes(web::Routes& routes);

}  // namespace tiendo::accounts
