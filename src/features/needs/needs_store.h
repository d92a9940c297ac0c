// The rows of needs; private to this feature.
#pragma once
#include "features/needs/needs.h"

namespace tiendo::needs {

void insert_campaign(db::Write& tx, const web::Actor& actor, CampaignId id, organisations::UnitId unit,
                     const NewCampaign& campaign, Instant at);
void insert_window(db::Write& tx, const web::Actor& actor, CampaignId id, Window window,
                   const std::string& reason, Instant at);
void insert_answer(db::Write& tx, const web::Actor& actor, CampaignId campaign, organisations::UnitId unit,
                   const Need& need, const std::string& reason, Instant at);
void insert_line(db::Write& tx, const web::Actor& actor, CampaignId campaign, plan::VersionId version,
                 plan::LineId line, const Sum& sum, Instant at);

}  // namespace tiendo::needs
