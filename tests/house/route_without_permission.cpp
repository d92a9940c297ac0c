// A route that says who may ask compiles; one that forgets it must not (two ctests, with and
// without WITH_PERMISSION).
#include "platform/web/web.h"

namespace tiendo {

http::Response open_page(const web::Visit& visit) { return visit.json(Value::object()); }

void declare(web::Routes& routes) {
#ifdef WITH_PERMISSION
    routes.get("/page", web::everyone, open_page);
#else
    routes.get("/page", open_page);
#endif
}

}  // namespace tiendo
