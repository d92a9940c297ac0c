// What pages and JSON say of cohorts; private to this feature.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/value.h"
#include "features/cohorts/cohorts.h"

namespace tiendo::cohorts {

// One row of the list.
Value to_value(const Listed& listed);

// One cohort with what belongs to it. Who sees it only because his own people are in it sees
// neither its history and field trips nor what the organiser notes of it.
struct Portrait {
    Listed listed;
    bool whole = false;
    std::string organiser_unit;
    std::optional<plan::LineOfYear> plan_line;
    Value field_trips = Value::list();
    std::vector<Event> events;  // the newest first
    Progress progress;
    Size size;
    std::optional<Decided> decision;
    std::optional<Cohort> merged_into;
    std::optional<documents::Document> basis_paper;
};
Portrait portrait(db::Read& tx, const web::Actor& actor, const Cohort& cohort, Date today);
Value to_value(const Portrait& portrait, Date today);

// "Bồi dưỡng đảng viên mới · Đảng viên dự bị"
std::string title_of(const plan::Line& line);
// The address of the postings behind a cohort's learners.
std::string figure_of(const Cohort& cohort, Date day);

}  // namespace tiendo::cohorts
