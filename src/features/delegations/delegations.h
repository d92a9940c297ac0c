// Delegations abroad (đoàn ra): what a cohort that travels has besides.
//
// A delegation is a cohort of Kind::overseas_delegation; its members are its roster. Here is who sends
// it, where it goes, what papers it needs by when, and the reports due after its return. None of it
// counts: until the cohort opens, a delegation is a forecast, whatever is planned for it.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/outcome.h"
#include "features/delegations/travel_rules.h"
#include "features/participation/participation.h"

namespace tiendo::delegations {

inline constexpr web::Permission see_delegations{"delegations.see"};
inline constexpr web::Permission change_delegations{"delegations.change"};

using participation::ParticipationId;

// One delegation as it stands. A departure or return that was not told is the cohort's own first or last
// day, if that is known to the day.
struct Delegation {
    cohorts::Cohort cohort;
    std::string sponsor;         // Văn phòng Đề án 165
    std::string sending_bodies;  // as they are written; a delegation of several has several
    std::string countries;       // separated by ";"
    std::optional<Date> departs_on, returns_on;
    std::optional<ParticipationId> leader;
    std::optional<Date> briefed_on;
    std::string briefing_place;
};
std::vector<std::string> countries_of(const Delegation& delegation);
// Whether it has left or come back by that day; a forecast has done neither.
bool has_departed(const Delegation& delegation, Date day);
bool has_returned(const Delegation& delegation, Date day);

struct Leg {
    std::int64_t id = 0;
    Date from_day, to_day;
    std::string country, place, host, purpose;
};
struct PaperworkItem {
    Rule rule;                   // what it is, and how many days before the departure
    std::optional<Date> due_on;  // none: no departure is known
    std::string responsible;
    std::optional<Date> done_on;
    std::string document_number, note;
};
struct Visa {
    std::string country;
    std::string state;  // not_needed, applied, granted, refused; empty: nothing is known
    std::optional<Date> applied_on, granted_on, valid_until;
};
struct Member {
    ParticipationId id;
    std::string full_name, unit_name, position;
    std::string passport_number;  // whole: shown masked
    std::optional<Date> passport_expires_on;
    bool briefed = false;
    std::optional<Date> report_received_on;
    std::string report_number;        // of the document that came
    documents::Document report_file;  // without a digest: none came; without an id: not recorded yet
    std::vector<Visa> visas;          // in the order of the countries
};
struct Cost {  // đồng
    std::string name;
    std::optional<std::int64_t> planned, spent;
};
struct Event {
    std::string
        kind;  // described, leg_added, leg_removed, paperwork, passports, visas, briefed, reports, cost
    std::string what;  // the place, the item, the country
    Instant recorded_at;
    std::string recorded_by, reason;
};

// Fetched through the actor: web::NotFound unless it is a delegation of a unit on which he may see them.
Delegation require_delegation(db::Read& tx, const web::Actor& actor, cohorts::CohortId id);
// To change it: web::Forbidden when he may see it and no more. Nobody else changes it meanwhile.
Delegation require_to_change(db::Write& tx, const web::Actor& actor, cohorts::CohortId id);

// All that belongs to one delegation. Rules are those in force on its return, else its departure, else today.
struct Portrait {
    Delegation delegation;
    std::vector<Rule> rules;
    std::vector<Leg> legs;                 // the earliest first
    std::vector<PaperworkItem> paperwork;  // the earliest due first
    std::vector<Member> members;           // given name first; without those who withdrew
    std::vector<Cost> costs;
    std::vector<Event> events;  // the newest first
};
Portrait portrait(db::Read& tx, const Delegation& delegation, Date today);

// Delegations home again whose members owe reports past the first deadline, for who may change them.
struct LateReports {
    cohorts::CohortId cohort;
    std::string cohort_code, countries;
    Date due_on;
    std::int64_t missing = 0;
};
std::vector<LateReports> late_reports(db::Read& tx, const web::Actor& actor, Date today);

// --- verbs: each writes its event and the trail in the transaction ---------------------------------

// Sponsor, sending bodies, countries, days, leader, as given. Refuses a return before the departure and
// one without the other, and a leader who is no member.
Outcome<Done> describe(db::Write& tx, const web::Actor& actor, const Delegation& said,
                       const cohorts::Act& act);
// Refuses days that end before they begin or lie outside the journey.
Outcome<Done> add_leg(db::Write& tx, const web::Actor& actor, const Delegation& delegation, Leg leg,
                      const cohorts::Act& act);
Outcome<Done> remove_leg(db::Write& tx, const web::Actor& actor, const Delegation& delegation,
                         std::int64_t leg, const cohorts::Act& act);
// Who sees to an item and whether it is done; done on no day takes back that it was. Refuses an item that
// is not asked for, and a day after `today`.
Outcome<Done> settle_paperwork(db::Write& tx, const web::Actor& actor, const Portrait& portrait,
                               std::string_view code, const PaperworkItem& said, Date today,
                               const cohorts::Act& act);
// What is known of each member, whole: passports, visas, briefing and reports as given; a file that is not
// recorded yet becomes a document. `kind` is that of the event. Refuses days after `today` on which something
// was done, and a visa that ends before it was granted.
Outcome<Done> update_members(db::Write& tx, const web::Actor& actor, const Portrait& before,
                             std::span<const Member> members, std::string_view kind, Date today,
                             const cohorts::Act& act);
Outcome<Done> set_briefing(db::Write& tx, const web::Actor& actor, const Delegation& delegation,
                           std::optional<Date> briefed_on, const std::string& place, const cohorts::Act& act);
// A cost of that name, planned or spent; with neither it is gone.
Outcome<Done> put_cost(db::Write& tx, const web::Actor& actor, const Delegation& delegation, const Cost& cost,
                       const cohorts::Act& act);
// From a day on a code asks for another amount, or for nothing any more.
Outcome<Done> set_rule(db::Write& tx, const web::Actor& actor, const Rule& said, const cohorts::Act& act);
std::vector<Rule> all_rules(db::Read& tx);

// Tells imports which of these rows depend on what a workbook brought. Once, when the program starts.
void depend_on_imports();

// The store is where the files of reports are kept.
void register_routes(web::Routes& routes, const files::Store& store);

}  // namespace tiendo::delegations
