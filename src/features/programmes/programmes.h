// Programmes (chương trình): what is taught. A plan promises cohorts of them.
//
// What a programme asks and offers changes with the regulation behind it, so it has versions, each in
// force from a day on until the next. A cohort goes by the version in force on the day it opens; a
// version is never overwritten, and one that a cohort opened under is not replaced either.
#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "base/outcome.h"
#include "features/programmes/scheme.h"
#include "platform/db/db.h"
#include "platform/web/web.h"

namespace tiendo::programmes {

// On the whole centre: programmes are the same for every unit.
inline constexpr web::Permission see_programmes{"programmes.see"};
inline constexpr web::Permission change_programmes{"programmes.change"};
bool may(db::Read& tx, const web::Actor& actor, web::Permission permission);

struct Programme {
    Id<Programme> id;
    std::string code;  // new-members; used in commands and addresses
    std::string name;  // Bồi dưỡng lý luận chính trị cho đảng viên mới
};
using ProgrammeId = Id<Programme>;

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

// What the periods of a topic are spent on: lý thuyết, thảo luận, thực tế, tự học, kiểm tra.
enum class Activity { lecture, discussion, field_trip, self_study, test };
inline constexpr std::array activities{Activity::lecture, Activity::discussion, Activity::field_trip,
                                       Activity::self_study, Activity::test};
std::string_view to_text(Activity activity);
std::optional<Activity> parse_activity(std::string_view text);

struct Topic {
    Id<Topic> id;
    std::string title;
    std::array<std::int64_t, activities.size()> periods{};  // of 45 minutes, by activity
    std::int64_t total() const;
    // What is said counts; each version has rows of its own.
    bool operator==(const Topic& other) const { return title == other.title && periods == other.periods; }
    bool is_blank() const { return title.empty() && total() == 0; }  // a row of a form, left empty
};
using TopicId = Id<Topic>;

// What one version says.
struct Version {
    Id<Version> id;
    ProgrammeId programme;
    std::int64_t number = 1;
    std::optional<Date> valid_from;  // none: since ever
    std::string basis;               // the regulation
    std::string audience, aims;
    std::vector<Topic> topics;  // in the order in which they are taught
    std::optional<std::int64_t> minimum_size, target_size, maximum_size;  // learners of a cohort
    std::int64_t attendance_minimum = 0;                   // percent of the periods held; 0: no such rule
    std::string certificate_series;                        // its code; empty: no certificate is issued
    std::optional<std::int64_t> certificate_valid_months;  // none: for good
    std::string verified_by;  // who compared it with the regulation; empty: nobody yet
    std::string remarks;      // which figures no source gives, what the regulation leaves open
    Scheme scheme;            // empty: the centre marks nothing
    Instant recorded_at = {};
    std::string recorded_by = {};

    std::int64_t periods() const;
    std::int64_t periods(Activity activity) const;
    // Lectures are theory; discussions and field trips are practice; self-study and tests are neither.
    std::int64_t theory_periods() const;
    std::int64_t practice_periods() const;
};
using VersionId = Id<Version>;

// All of a programme, the first written first.
std::vector<Version> versions_of(db::Read& tx, ProgrammeId programme);
// Of those, the one in force on the day: begun last, and of two that begin on one day the later number.
const Version* in_force(const std::vector<Version>& versions, Date day);
// The version in force on that day; none before the first, and for a programme that has none.
std::optional<Version> version_on(db::Read& tx, ProgrammeId programme, Date day);

// Writes the next version; its number is given. Refused without a basis, with sizes, scheme, topics or
// certificate that cannot be, when it says nothing new, and when it would take the place of a version
// that a cohort opened under (unless all it adds is who verified it, or a remark).
Outcome<Version> write_version(db::Write& tx, const web::Actor& actor, Version version, Instant at);

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
