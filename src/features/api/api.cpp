#include "features/api/api.h"

#include "base/embedded.h"

extern "C" const tiendo::EmbeddedEntry embedded_openapi[];

namespace tiendo::api {

std::string_view description() { return files_of(embedded_openapi).front().bytes; }

void register_routes(web::Routes& routes) {
    routes.get("/api/v1/openapi.json", web::everyone, [](const web::Visit&) {
        http::Response response;
        response.type = "application/json";
        response.constant = description();
        return response;
    });
}

}  // namespace tiendo::api
