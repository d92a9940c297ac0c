// Cohorts (lớp): what the centre runs, alone or with partners, and delegations abroad.
//
// What happens to a cohort is a row (what, when it took effect, when it was recorded, who,
// why); opening, closing, cancelling and whether it counts to the plan are such rows. The
// latest row of a kind holds; none is ever changed.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "base/outcome.h"
#include "features/cohorts/cohort.h"
#include "features/cohorts/way.h"
#include "features/imports/imports.h"
#include "features/ledger/ledger.h"
#include "platform/files/files.h"

namespace tiendo::cohorts {

inline constexpr web::Permission see_cohorts{"cohorts.see"};
inline constexpr web::Permission change_cohorts{"cohorts.change"};

// The year whose plan it may count to: of its opening, else of its planned opening; 0 when neither is known.
int year_of(const Cohort& cohort);
std::vector<plan::Line> lines_it_may_count_to(db::Read& tx, const Cohort& cohort);

// Fetching is through the actor: absent and out of reach look the same (web::NotFound). Within
// reach is a cohort of a unit on which he may see cohorts, and one in which people are whose
// roster he may see: a unit officer sees where his people are, and that is all he sees there.
Cohort require(db::Read& tx, const web::Actor& actor, CohortId id);
Cohort require(db::Read& tx, const web::Actor& actor, std::string_view code);
// To change it: web::Forbidden when he may see it and no more. Nobody else changes it meanwhile.
Cohort require_for_change(db::Write& tx, const web::Actor& actor, CohortId id);
// For the books and for importers, which have a permission of their own and see every cohort.
Cohort require_for_books(db::Read& tx, CohortId id);
std::optional<Cohort> find_cohort(db::Read& tx, std::string_view code);
// The same, and nobody else changes it until the transaction ends.
std::optional<Cohort> find_for_change(db::Write& tx, std::string_view code);
std::vector<std::string> cohort_codes(db::Read& tx);

struct Filter {
    std::optional<int> year;  // of opening, or of planned opening
    std::optional<Role> role;
    std::optional<State> state = {};
    std::string words = {};  // in code, programme or partner, marks aside
};
// Where a page of the list begins: after this cohort. Without a day of its own it comes first.
struct Cursor {
    std::optional<Date> opens_on;  // or was planned to
    CohortId id;
};
struct Listed {
    Cohort cohort;
    std::int64_t learners = 0;  // started and not withdrawn by the day, of those he may count
    State state = State::proposed;
};
struct Listing {
    std::vector<Listed> rows;  // the latest opening first
    std::int64_t total = 0;    // of the whole list; 0 when no row is left
};
Listing cohorts(db::Read& tx, const web::Actor& actor, const Filter& filter, Date day,
                const std::optional<Cursor>& after, int count);
// The first and the last day on which a cohort within reach opened or was to open.
struct Span {
    std::optional<Date> first, last;
};
Span span_of_cohorts(db::Read& tx, const web::Actor& actor);

// Learners of one cohort, counted as in the list.
std::int64_t learners_on(db::Read& tx, const web::Actor& actor, CohortId id, Date day);

// The cohorts of a programme that opened and were not cancelled: each goes by the version of that day.
std::vector<programmes::Opening> openings_of(db::Read& tx, programmes::ProgrammeId programme);

// Its rows, in the order in which they were recorded.
std::vector<Event> history(db::Read& tx, CohortId id);

// --- verbs; each writes its event row, its postings and its trail in the transaction ------

CohortId propose(db::Write& tx, const web::Actor& actor, Cohort cohort, const Act& act);
// Kind, role, days planned and texts as given; nothing that the ledger counts.
void describe(db::Write& tx, const web::Actor& actor, const Cohort& cohort, const Act& act);

// Opened on a day not after `today`; said again with another day, it corrects the first.
Outcome<Done> open(db::Write& tx, const web::Actor& actor, const Cohort& cohort, Date opened_on, Date today,
                   const Act& act);
Outcome<Done> close(db::Write& tx, const web::Actor& actor, const Cohort& cohort, Date closed_on, Date today,
                    const Act& act);
// From that day the cohort and its learners no longer count. A reason is required.
Outcome<Done> cancel(db::Write& tx, const web::Actor& actor, const Cohort& cohort, Date cancelled_on,
                     const Act& act);
// Takes back a cancellation, or a merger with all who went over. A reason is required.
Outcome<Done> reinstate(db::Write& tx, const web::Actor& actor, const Cohort& cohort, const Act& act);
// To which line of the plan the cohort and its learners count; none: to no line.
Outcome<Done> count_toward(db::Write& tx, const web::Actor& actor, const Cohort& cohort,
                           std::optional<plan::LineId> line, const Act& act);

// --- what a cohort amounts to in the ledger: a pure function of its facts -------------------

void entries(const Cohort& cohort, const ledger::Emit& emit);
ledger::Bookkeeper bookkeeper();

// Workbooks in: TT, Mã lớp, Chương trình, Vai trò, Đơn vị phối hợp, Ngày khai giảng, Ngày bế giảng,
// Địa điểm, Căn cứ, Tính vào kế hoạch, Ghi chú.
imports::Importer importer();
// Tells imports which cohorts depend on what a workbook brought. Once, when the program starts.
void depend_on_imports();

// --- its page -------------------------------------------------------------------------------

// What the feature above shows of a cohort: its roster. Filled once, when the program starts.
struct RosterView {
    std::function<std::string(const web::Visit&, db::Read&, const Cohort&)> html;
    std::function<http::Response(const web::Visit&, db::Read&, const Cohort&)> workbook;
};
void show_rosters(RosterView view);

// The trips that it made, told by the feature above: [{"place", "took_place_on", "head_count", "note"}].
// Filled once, when the program starts.
using FieldTripsView = Value (*)(db::Read&, const Cohort&);
void show_field_trips(FieldTripsView view);

// How many certificates given on the ground of a cohort stand, told by the feature above: whoever takes the
// ground away is told. Filled once, when the program starts.
using CertificatesView = std::int64_t (*)(db::Read&, CohortId);
void count_certificates_by(CertificatesView view);
// For a form that takes the ground away: null when none stands.
Value standing_certificates(db::Read& tx, CohortId cohort);

// A page of its own about a cohort that a feature above has: /cohorts/:id/<path>, called "cohort.tab.<path>"
// in the locales. Offered once, when the program starts, in the order in which they are shown.
struct Tab {
    std::string_view path;
    web::Permission permission;
    bool (*fits)(const Cohort&) = nullptr;  // none: every cohort has it
};
void offer_tab(Tab tab);
// For the partial cohorts/tabs: the cohort's own page and those that the actor may open.
Value tabs(const web::Visit& visit, db::Read& tx, const Cohort& cohort, std::string_view current);

// The store is where decisions are kept as files.
void register_routes(web::Routes& routes, const files::Store& store);

}  // namespace tiendo::cohorts
