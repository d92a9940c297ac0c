// The site of the program: routes, views and assets put together, and what surrounds a page.
#pragma once
#include <memory>

#include "app/asset_names.h"
#include "app/program.h"
#include "features/certificates/certificates.h"
#include "features/duplicates/duplicates.h"
#include "features/imports/imports.h"
#include "features/notices/notices.h"
#include "platform/http/assets.h"
#include "platform/views/views.h"
#include "platform/web/web.h"

namespace tiendo::app {

class Pages {
 public:
    // `program` outlives it.
    explicit Pages(Program& program);
    const web::Site& site() const { return site_; }
    // Changes are mailed from now on.
    void mail_by(mail::Server server);

 private:
    Value frame_of(const web::Visit& visit) const;

    imports::Desk desk_;  // the threads that check and record workbooks
    duplicates::Desk sweeps_;
    notices::Post post_;  // nobody is mailed unless a server is told
    certificates::Desk drawing_;
    web::Routes routes_;
    views::Views views_;
    AssetNames asset_names_;
    http::Assets assets_;
    web::Site site_;
    Program& program_;
};

}  // namespace tiendo::app
