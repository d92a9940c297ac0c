// The annual plan (kế hoạch năm): a promise of so many cohorts and learners per programme.
//
// A plan is never overwritten. Each approval or amendment is a version with the day it takes
// effect; what a version says of a line are its targets. A line keeps its identity across
// versions, so that what was done for it stays with it when its target is amended.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "base/outcome.h"
#include "features/documents/documents.h"
#include "features/imports/imports.h"
#include "features/organisations/organisations.h"
#include "features/programmes/programmes.h"
#include "platform/db/db.h"
#include "platform/web/web.h"

namespace tiendo::plan {

inline constexpr web::Permission see_plan{"plan.see"};
inline constexpr web::Permission change_plan{"plan.change"};

struct Line;
using LineId = Id<Line>;
struct Plan {
    Id<Plan> id;
    organisations::UnitId unit;
    int year = 0;
};
using PlanId = Id<Plan>;

// No number: the plan sets no target of that kind. That is not a target of 0.
struct Targets {
    std::optional<std::int64_t> cohorts;
    std::optional<std::int64_t> learners;
    bool operator==(const Targets&) const = default;
};

// One line as a version states it; the texts are as the plan prints them.
struct Line {
    LineId id;
    programmes::Programme programme;
    std::string audience;
    Targets targets;
    std::string duration, opens_in, place, lead, partners, note;
    std::string source_place;  // "Kế hoạch, row 7" of the version's document
};

struct Version {
    Id<Version> id;
    int number = 0;  // 1 is the plan as first approved
    Date effective_on;
    std::optional<documents::DocumentId> document;
    std::string document_number;
    Instant recorded_at;
    std::string recorded_by;
    std::string note;
    std::optional<documents::DocumentId> workbook = {};  // it was read from
};
using VersionId = Id<Version>;

// What to look at: the plan in force on a day, as known at a moment.
struct View {
    Date as_of;
    std::optional<Instant> known_at;  // none: all that is known now
};

std::optional<Plan> find_plan(db::Read& tx, const web::Actor& actor, int year);
std::vector<Plan> plans(db::Read& tx, const web::Actor& actor);
std::vector<Version> versions(db::Read& tx, PlanId plan);
std::optional<Version> version_in_force(db::Read& tx, PlanId plan, const View& view);
std::vector<Line> lines(db::Read& tx, VersionId version);

// A plan at a glance: its version in force on a day (before the first one, the last that there
// is), and what that promises in all.
struct Summary {
    Plan plan;
    Version version;
    std::int64_t lines = 0;
    Targets total;
};
std::vector<Summary> summaries(db::Read& tx, const web::Actor& actor, Date day);

// What every version says of every line it has, oldest version first, in the order of the plan.
struct Stated {
    VersionId version;
    Line line;
};
std::vector<Stated> stated_lines(db::Read& tx, PlanId plan);

// Every line that any version has had, without targets.
std::vector<Line> all_lines(db::Read& tx, PlanId plan);
// A line without its targets, and the year of its plan.
struct LineOfYear {
    int year = 0;
    Line line;
};
std::optional<LineOfYear> find_line(db::Read& tx, LineId id);
// Lines of the plan of that year for a programme, in any version.
std::vector<Line> lines_for(db::Read& tx, organisations::UnitId unit, int year,
                            programmes::ProgrammeId programme);

// What is laid before the plan: a new version, and whether it differs from the last one.
struct Draft {
    int year = 0;
    Date effective_on;
    documents::Document approval;  // number and date may be empty
    std::string note;
    std::vector<Line> lines;  // programme.id and id unset: found or made by name
};
struct Adopted {
    PlanId plan;
    std::optional<int> version;                         // none: nothing changed, nothing was made
    int added = 0, amended = 0, kept = 0, dropped = 0;  // lines
};
// Makes a new version when the draft says anything new. Refuses two lines of one programme
// and one audience, negative targets.
Outcome<Adopted> adopt(db::Write& tx, const web::Actor& actor, const Draft& draft,
                       const documents::Source& source, Instant at);

// From what a line was drafted, said on the plan's page by the feature above that knows; the address
// is empty where the reader may not go. Filled once, when the program starts.
struct Basis {
    LineId line;
    std::string text, url;
};
using BasisView = std::vector<Basis> (*)(const web::Visit&, db::Read&, PlanId);
void show_basis(BasisView view);

// Workbooks in: TT, Tên lớp / chương trình, Đối tượng, Số lớp, Số học viên, Thời gian, Tháng mở,
// Địa điểm, Đơn vị chủ trì, Đơn vị phối hợp, Ghi chú.
imports::Importer importer();

void register_routes(web::Routes& routes);

}  // namespace tiendo::plan
