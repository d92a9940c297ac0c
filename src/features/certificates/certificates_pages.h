// The handlers of certificates; private to this feature.
#pragma once
#include "features/certificates/certificates_presenter.h"
#include "features/certificates/changes.h"
#include "platform/pages/reader.h"

namespace tiendo::certificates {

// {"code", "name", "current"} of every series.
Value series_choices(db::Read& tx, std::string_view current);
// As the drawing on paper, for a person to take away.
http::Response pdf(std::string bytes, const std::string& name);

void register_certificate(web::Routes& routes, const Desk& desk, const files::Store& store);
void register_issuing(web::Routes& routes, const Desk& desk, const files::Store& store);
void register_books(web::Routes& routes);
void register_series(web::Routes& routes, const files::Store& store);
void register_check(web::Routes& routes);

}  // namespace tiendo::certificates
