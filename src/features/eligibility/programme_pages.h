// What the pages of this feature share; private to it.
#pragma once
#include "features/eligibility/presenter.h"
#include "platform/pages/reader.h"
#include "platform/web/web.h"

namespace tiendo::eligibility {

// The programme of the address, for who may use the permission on the centre, whose programmes
// these are. Throws web::NotFound; web::Forbidden when he may only see it.
programmes::Programme require_programme(const web::Visit& visit, db::Read& tx, web::Permission permission);
Reader reader_of(const web::Visit& visit, db::Read& tx);

// Somebody who is judged on the rules page.
struct Judged {
    people::Person person;
    Date on;
};
Value rules_value(const web::Visit& visit, db::Read& tx, const programmes::Programme& programme, Date on);
Value rules_page_value(const web::Visit& visit, db::Read& tx, const programmes::Programme& programme, Date on,
                       const std::optional<Judged>& judged, const Refusals& refusals = {});

// "true", "false" or "null".
std::string verdict(const std::optional<bool>& eligible);

void register_rules(web::Routes& routes);       // adding and changing one
void register_judgements(web::Routes& routes);  // trying a person
void register_waivers(web::Routes& routes);

}  // namespace tiendo::eligibility
