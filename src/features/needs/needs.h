// Needs (nhu cầu đào tạo): each autumn units are asked how many people they want to send to which
// programme next year. What they answer, summed, is drafted into a plan that remembers it.
//
// An answer is a row; a later one takes the place of an earlier one, which stays. Answers are taken
// within the campaign's window, and outside of it only by the office and with a reason.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "base/outcome.h"
#include "features/imports/imports.h"
#include "features/organisations/organisations.h"
#include "features/plan/plan.h"
#include "features/programmes/programmes.h"

namespace tiendo::needs {

// On the campaign's own unit: the whole of it. On a unit that was asked: what that unit answered.
inline constexpr web::Permission see_needs{"needs.see"};
inline constexpr web::Permission change_needs{"needs.change"};
inline constexpr web::Permission answer_needs{"needs.answer"};

struct Window {
    Date opens_on, closes_on;  // the first and the last day
    bool operator==(const Window&) const = default;
};

struct Campaign {
    Id<Campaign> id;
    organisations::UnitId unit;  // whose plan it is for
    int year = 0;                // of that plan
    std::string title, note;
    Window window;
};
using CampaignId = Id<Campaign>;
// to_come, open or closed on that day.
std::string_view state_on(const Campaign& campaign, Date day);

// How a campaign looks to an actor: all of it, or the units of his own.
struct Seen {
    Campaign campaign;
    bool whole = false;
    std::int64_t asked = 0, answered = 0;  // units, of those within sight
};
std::vector<Seen> campaigns(db::Read& tx, const web::Actor& actor);
// Absent and out of reach look the same: web::NotFound.
Seen require(db::Read& tx, const web::Actor& actor, CampaignId id);
// To change it: web::Forbidden when he may see it and no more.
Seen require_for_change(db::Write& tx, const web::Actor& actor, CampaignId id);

// A unit that was asked and that the actor may see, by name; no moment: it has not answered.
struct Asked {
    organisations::UnitId unit;
    std::string code, name;
    std::int64_t learners = 0;
    std::optional<Instant> answered_at;
    std::string answered_by;
};
std::vector<Asked> asked_units(db::Read& tx, const web::Actor& actor, const Seen& seen);
Asked require_asked(db::Read& tx, const web::Actor& actor, const Seen& seen, organisations::UnitId unit);

std::vector<programmes::Programme> programmes_of(db::Read& tx, CampaignId id);

// --- verbs ---------------------------------------------------------------------------------------

struct NewCampaign {
    int year = 0;
    std::string title, note;
    Window window;
    std::vector<organisations::UnitId> units;
    std::vector<programmes::ProgrammeId> programmes;
};
// Of the centre. Refuses a window that ends before it begins, and to ask nobody or nothing.
Outcome<CampaignId> ask(db::Write& tx, const web::Actor& actor, const NewCampaign& campaign, Instant at);
Outcome<Done> change_window(db::Write& tx, const web::Actor& actor, const Campaign& campaign, Window window,
                            const std::string& reason, Instant at);

struct Need {
    programmes::ProgrammeId programme;
    std::int64_t learners = 0;
    std::string half;  // first, second, or empty
    std::string note;
    bool operator==(const Need&) const = default;
};
// Records what differs from the answer that holds. Refuses outside the window, unless the office
// takes it with a reason; and numbers below 0.
Outcome<Done> answer(db::Write& tx, const web::Actor& actor, const Seen& seen, organisations::UnitId unit,
                     std::span<const Need> needs, const std::string& reason, Date today, Instant at);

// The answer of one unit that holds, and every one there was, latest first.
struct Answer {
    Need need;
    std::string programme;  // its name
    Instant recorded_at;
    std::string recorded_by, reason, source;  // source: the workbook it came in, and where there
};
std::vector<Answer> answers(db::Read& tx, CampaignId campaign, organisations::UnitId unit);

// What units within the actor's sight ask of one programme, in all.
struct Sum {
    programmes::Programme programme;
    std::int64_t learners = 0, first_half = 0, second_half = 0;
    std::int64_t units = 0;  // that ask for anybody
};
std::vector<Sum> sums(db::Read& tx, const web::Actor& actor, const Seen& seen);
// Which units ask for how many of a programme.
struct Wish {
    programmes::ProgrammeId programme;
    std::string unit;
    std::int64_t learners = 0;
};
std::vector<Wish> wishes(db::Read& tx, const web::Actor& actor, const Seen& seen);

// --- the plan ------------------------------------------------------------------------------------

// A line of the draft: the targets that the officer set for a programme; a programme left out keeps
// the line that the plan has.
struct Drafted {
    programmes::Programme programme;
    plan::Targets targets;
};
struct DraftedPlan {
    Date effective_on;
    std::string document_number, note;
    std::vector<Drafted> lines;
};
// So many cohorts of that size hold the learners: 120 of 80 are 2.
std::int64_t cohorts_for(std::int64_t learners, std::int64_t size);
// Makes a version of the plan of the campaign's year, through plan::adopt, and keeps with each
// drafted line what was asked. Refuses a programme that has several lines in the plan.
Outcome<int> draft(db::Write& tx, const web::Actor& actor, const Seen& seen, const DraftedPlan& drafted,
                   Instant at);
// From which campaign the lines of a plan come, for its page.
std::vector<plan::Basis> basis_of_lines(const web::Visit& visit, db::Read& tx, plan::PlanId plan);

// Workbooks in: a row names unit, programme and people, as the form does that a unit can take away.
// Of the campaign of the year said beside the file, else of the one that is open; outside its window
// the note beside the file is the reason.
imports::Importer importer();
// Tells imports which needs depend on what a workbook brought. Once, when the program starts.
void depend_on_imports();

void register_routes(web::Routes& routes);

}  // namespace tiendo::needs
