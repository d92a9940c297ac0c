// The description of the JSON interface: docs/api/openapi.json, as it travels in the program.
// A test holds it against the routes and against what they answer.
#pragma once
#include "platform/web/web.h"

namespace tiendo::api {

std::string_view description();

void register_routes(web::Routes& routes);

}  // namespace tiendo::api
