// The rows of needs; private to this feature.
#pragma once
#include <map>
#include <utility>

#include "features/needs/needs.h"

namespace tiendo::needs {

void insert_campaign(db::Write& tx, const web::Actor& actor, CampaignId id, organisations::UnitId unit,
                     const NewCampaign& campaign, Instant at);
void insert_window(db::Write& tx, const web::Actor& actor, CampaignId id, Window window,
                   const std::string& reason, Instant at);
// What holds: of each unit and programme the answer recorded last.
using Held = std::map<std::pair<organisations::UnitId, programmes::ProgrammeId>, Need>;
Held held(db::Read& tx, CampaignId campaign);
// The year whose plan was drafted from the campaign last; none: no plan was.
std::optional<std::int64_t> drafted_year(db::Read& tx, CampaignId campaign);

// An answer of a unit, and the sheet and row it stands in.
struct Said {
    organisations::UnitId unit;
    Need need;
    std::string place = {};
};
void insert_answers(db::Write& tx, const web::Actor& actor, CampaignId campaign, std::span<const Said> said,
                    const std::string& reason, std::optional<documents::DocumentId> document, Instant at);

void insert_line(db::Write& tx, const web::Actor& actor, CampaignId campaign, plan::VersionId version,
                 plan::LineId line, const Sum& sum, Instant at);

// Why nobody may answer on that day, unless the office gives a reason.
std::optional<Refusal> refusal_of_day(const Campaign& campaign, Date today, bool office,
                                      const std::string& reason);
// Records what differs from the answers that hold; whether anybody may answer was asked before.
// Answers how many were added, changed and left.
struct Recorded {
    std::int64_t added = 0, changed = 0, unchanged = 0;
};
Recorded record_answers(db::Write& tx, const web::Actor& actor, const Campaign& campaign,
                        std::span<const Said> said, const std::string& reason,
                        std::optional<documents::DocumentId> document, Instant at);

// Takes back the answers of a workbook; refused when a unit answered again since, or a version of the
// plan was drafted from them.
Outcome<Done> undo_answers(db::Write& tx, const imports::Undoing& undoing);

}  // namespace tiendo::needs
