// The handlers of calls and nominations; private to this feature.
#pragma once
#include "features/nominations/newcomers.h"
#include "features/nominations/nominations_list.h"
#include "platform/pages/forms.h"
#include "platform/pages/reader.h"
#include "platform/web/web.h"

namespace tiendo::nominations {

// The office's page of a cohort's call, with what was refused beside its field.
Value call_page_value(const web::Visit& visit, db::Read& tx, const cohorts::Cohort& cohort,
                      const pages::Refused& refused);
// A line of a unit's list, and why nobody is nominated by it.
struct Line {
    int number = 0;
    std::string full_name, national_id, sex = {};
    std::optional<DateGuess> birth = {};
    std::string birth_written = {}, unit = {}, position = {};
    std::string problem = {};  // with its cells, in the reader's language; empty: they can be taken
};
struct UnreadLine {
    Line line;
    Refusal why;
};

// A line that names somebody whom nobody has in the register, and what became of it.
struct NewcomerLine {
    std::string full_name;
    bool is_kept = false;
    Refusal told;
};

// The unit officer's page, with what became of the people just offered.
struct Told {
    std::vector<Answer> answers = {};
    std::vector<NewcomerLine> newcomers = {};
    std::vector<UnreadLine> unread = {};
};
Value own_page_value(const web::Visit& visit, db::Read& tx, const Call& call, const Told& told,
                     const pages::Refused& refused);
Value nomination_page_value(const web::Visit& visit, db::Read& tx, NominationId id,
                            const pages::Refused& refused,
                            people::Sensitive sensitive = people::Sensitive::masked);
http::Response letter(const web::Visit& visit);

// The ids that were sent under a name: each a field of a form, or one text with commas in JSON.
std::vector<std::int64_t> ids_sent(const web::Visit& visit, const pages::Reader& sent, std::string_view name);
// Rows with "checked": what was ticked under that name stays so when the act was refused.
Value with_ticks(const web::Visit& visit, const Value& rows, std::string_view name);
template <class IdType>
std::vector<IdType> chosen(const web::Visit& visit, const pages::Reader& sent, std::string_view name) {
    std::vector<IdType> ids;
    for (const std::int64_t id : ids_sent(visit, sent, name)) ids.push_back(IdType{id});
    return ids;
}

// The people whom a pasted or uploaded list means, of units on which the actor may nominate; the lines that
// name somebody who is none of them; and those that cannot be taken.
struct Recognised {
    std::vector<people::PersonId> people;
    std::vector<Line> unknown;
    std::vector<UnreadLine> unread;
};
Outcome<Recognised> recognise_list(const web::Visit& visit, db::Write& tx, std::string_view pasted,
                                   const http::Upload* file);

// Keeps those whom the unknown lines name with the call, and tells line by line. A line stays unread when
// nobody can say of which unit of the actor's it is.
Outcome<Done> keep_unknown(const web::Visit& visit, db::Write& tx, const Call& call, const Recognised& list,
                           const Offer& offer, const cohorts::Act& act, Told& told);

// The newcomers of a call within reach, with who of the register each may be for whoever decides on them.
Value newcomers_value(const web::Visit& visit, db::Read& tx, const Call& call);
// The same for a page, with what was ticked; null when there are none.
Value shown_newcomers(const web::Visit& visit, db::Read& tx, const Call& call);
Value to_value(const web::Visit& visit, const std::vector<NewcomerLine>& lines);

// What a column of a list is called in the reader's language.
std::string heading(const web::Visit& visit, std::string_view field);
// POST /calls/:id/list/unread: the lines that were sent back, as a workbook with the reasons.
http::Response unread_workbook(const web::Visit& visit);
Value unread_value(const web::Visit& visit, const std::vector<UnreadLine>& unread);
// The same as text to be mended and sent again.
std::string unread_text(const web::Visit& visit, const std::vector<UnreadLine>& unread);

// The paper that was named with what was sent, "12-QĐ/ĐU"; recorded as a document.
documents::Source paper_sent(const web::Visit& visit, db::Write& tx, const pages::Reader& sent);

void register_call_acts(web::Routes& routes);
void register_nomination_acts(web::Routes& routes);
void register_newcomer_acts(web::Routes& routes);

}  // namespace tiendo::nominations
