// The handlers of calls and nominations; private to this feature.
#pragma once
#include "features/nominations/nominations_list.h"
#include "platform/pages/forms.h"
#include "platform/pages/reader.h"
#include "platform/web/web.h"

namespace tiendo::nominations {

// The office's page of a cohort's call, with what was refused beside its field.
Value call_page_value(const web::Visit& visit, db::Read& tx, const cohorts::Cohort& cohort,
                      const pages::Refused& refused);
// The unit officer's page, with what became of the people just offered.
struct Told {
    std::vector<Answer> answers = {};
    Refusals unread = {};  // lines of a list in which nobody was recognised
};
Value own_page_value(const web::Visit& visit, db::Read& tx, const Call& call, const Told& told,
                     const pages::Refused& refused);
Value nomination_page_value(const web::Visit& visit, db::Read& tx, NominationId id,
                            const pages::Refused& refused,
                            people::Sensitive sensitive = people::Sensitive::masked);
http::Response letter(const web::Visit& visit);

// The ids that were sent under a name: each a field of a form, or one text with commas in JSON.
std::vector<std::int64_t> ids_sent(const web::Visit& visit, const pages::Reader& sent, std::string_view name);
template <class IdType>
std::vector<IdType> chosen(const web::Visit& visit, const pages::Reader& sent, std::string_view name) {
    std::vector<IdType> ids;
    for (const std::int64_t id : ids_sent(visit, sent, name)) ids.push_back(IdType{id});
    return ids;
}

// The people whom a pasted or uploaded list means, of units on which the actor may nominate; each
// line in which nobody is recognised is a refusal of its own.
struct Recognised {
    std::vector<people::PersonId> people;
    Refusals unread;
};
Outcome<Recognised> recognise_list(const web::Visit& visit, db::Write& tx, std::string_view pasted,
                                   const http::Upload* file);

// The paper that was named with what was sent, "12-QĐ/ĐU"; recorded as a document.
documents::Source paper_sent(const web::Visit& visit, db::Write& tx, const pages::Reader& sent);

void register_call_acts(web::Routes& routes);
void register_nomination_acts(web::Routes& routes);

}  // namespace tiendo::nominations
