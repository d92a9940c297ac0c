// Programmes (chương trình): what is taught. A plan promises cohorts of them.
//
// What a programme asks and offers changes with the regulation behind it, so it has versions, each in
// force from a day on until the next. A cohort goes by the version in force on the day it opens; a
// version is never overwritten, and one that a cohort opened under is not replaced either.
#pragma once
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "base/outcome.h"
#include "features/programmes/versions.h"
#include "platform/db/db.h"
#include "platform/web/web.h"

namespace tiendo::programmes {

// On the whole centre: programmes are the same for every unit.
inline constexpr web::Permission see_programmes{"programmes.see"};
inline constexpr web::Permission change_programmes{"programmes.change"};
bool may(db::Read& tx, const web::Actor& actor, web::Permission permission);

struct Programme {
    ProgrammeId id;
    std::string code;  // new-members; used in commands and addresses
    std::string name;  // Bồi dưỡng lý luận chính trị cho đảng viên mới
};

// By code, else by name as people write it (case, marks and blanks aside), else by a name it had.
std::optional<Programme> find_programme(db::Read& tx, std::string_view code_or_name);
std::optional<Programme> find_programme(db::Read& tx, ProgrammeId id);
// Through the actor: web::NotFound when he may not see programmes. To change it: web::Forbidden when
// he may see it and no more; nobody else changes it meanwhile.
Programme require(db::Read& tx, const web::Actor& actor, ProgrammeId id);
Programme require_for_change(db::Write& tx, const web::Actor& actor, ProgrammeId id);
std::vector<Programme> programmes(db::Read& tx);         // all of them, by name
std::vector<std::string> programme_names(db::Read& tx);  // to offer the nearest when one is not found
// The code or the name most like what was written; empty when none is close.
std::string nearest_programme(db::Read& tx, std::string_view written);
// The programme of that name, made when nobody has named it before. Without a code it gets one of its name.
Programme find_or_make_programme(db::Write& tx, std::string_view name, std::string_view code, Instant at);
// Refused without a name, with a code or a name that another programme has.
Outcome<ProgrammeId> make(db::Write& tx, const web::Actor& actor, const std::string& name,
                          const std::string& code, Instant at);
// The name it had is kept, and is still found. Its code stays.
Outcome<Done> rename(db::Write& tx, const web::Actor& actor, const Programme& programme,
                     const std::string& name, const std::string& reason, Instant at);

// --- what features above tell and show; each filled once, when the program starts -----------------

struct Opening {
    std::string cohort;
    Date opened_on;
};
// What people call a series of certificates, by its code; empty: there is none of that code.
void name_series_by(std::function<std::string(db::Read&, std::string_view code)> name);
void learn_of_openings(std::function<std::vector<Opening>(db::Read&, ProgrammeId)> openings);

// What a person must be to attend, for a reader; of all programmes, on a day.
struct Rule {
    std::string code, severity, message, words, basis, verified_by;
    bool operator==(const Rule&) const = default;
};
using Rules = std::map<ProgrammeId, std::vector<Rule>>;
// They are changed on the page of the tab "rules", by who may.
void show_rules(std::function<Rules(const web::Visit&, db::Read&, Date)> rules, web::Permission to_change);

// A page of its own about a programme: /programmes/:id/<path>, called "programme.tab.<path>".
struct Tab {
    std::string_view path;
    web::Permission permission;
};
void offer_tab(Tab tab);
// For the partial programmes/tabs: the programme's own page and those that the actor may open.
Value tabs(const web::Visit& visit, db::Read& tx, const Programme& programme, std::string_view current);

// --- what the product brings ------------------------------------------------------------------------

// The programmes of templates.json, each once, by their codes there: one that the house has by code or
// name is used, and its versions, if it has any, are left alone.
std::map<std::string, Programme> install_templates(db::Write& tx, const web::Actor& actor, Instant at);
bool templates_are_installed(db::Read& tx);

// {"count", "on", "programmes"}: each with its version in force on the day; rules are counted where given.
Value list_value(db::Read& tx, Date on, const Rules* rules = nullptr);

void register_routes(web::Routes& routes);

}  // namespace tiendo::programmes
