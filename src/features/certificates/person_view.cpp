// A person's certificates, as the person's page shows them; and the list of routes.
#include "features/certificates/certificates_pages.h"

namespace tiendo::certificates {

std::string person_html(const web::Visit& visit, db::Read& tx, const people::Person& person) {
    constexpr int most = 200;
    if (!visit.actor.may(see_certificates)) return "";
    const auto rows = lines_of(tx, visit.actor, person.id, most);
    return visit
        .fragment(
            "certificates/of_person",
            Value::object({{"certificates",
                            list_of(rows, [&](const Line& line) { return to_value(line, visit.today()); })}}))
        .body;
}

void register_routes(web::Routes& routes, const Desk& desk, const files::Store& store) {
    register_books(routes);
    register_series(routes, store);
    register_issuing(routes, desk, store);
    register_certificate(routes, desk, store);
    register_check(routes);
}

}  // namespace tiendo::certificates
