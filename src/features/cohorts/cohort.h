// What a cohort is, and one row of what happened to it. Include features/cohorts/cohorts.h.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/date.h"
#include "base/date_text.h"
#include "base/id.h"
#include "features/documents/documents.h"
#include "features/organisations/organisations.h"
#include "features/plan/plan.h"
#include "features/programmes/programmes.h"

namespace tiendo::cohorts {

enum class Kind { cohort, overseas_delegation };
enum class Role { organiser, co_organised, joint_delivery, support };  // chủ trì, phối hợp, liên kết, hỗ trợ
std::string_view to_text(Kind kind);
std::string_view to_text(Role role);
std::optional<Kind> parse_kind(std::string_view text);
std::optional<Role> parse_role(std::string_view text);

// A plan may name a day or only a month; an opening is always a day.
struct PlannedDate {
    Date date;  // the first of the month when only the month is known
    Precision precision = Precision::day;
    bool operator==(const PlannedDate&) const = default;
};

std::string to_text(const PlannedDate& planned);  // 2017-07-10, or 2017-07
// 2017-07-10, 10/7/2017, 2017-07, 7/2017, tháng 7-2017; none for what is neither a day nor a month.
std::optional<PlannedDate> parse_planned(std::string_view text);

struct Cohort;
using CohortId = Id<Cohort>;

// Where its events have led to.
struct Facts {
    std::optional<Date> opened_on;
    std::optional<Date> closed_on;
    std::optional<Date> cancelled_on;
    std::optional<plan::LineId> plan_line;     // none: counts to no line
    std::optional<Date> decided_on = {};       // the day of the opening decision in force
    std::optional<Date> postponed_on = {};     // none again once it is decided anew or has opened
    std::optional<CohortId> merged_into = {};  // its learners went over on the day of cancelling
    std::optional<Date> filed_on = {};         // its dossier
    bool operator==(const Facts&) const = default;
};

struct Cohort {
    CohortId id;
    std::string code;  // K4-CT2, as people write it
    programmes::Programme programme;
    organisations::UnitId organiser_unit;
    Kind kind = Kind::cohort;
    Role role = Role::organiser;
    std::string partner, place, basis, note;
    std::optional<PlannedDate> planned_opens_on;
    std::optional<Date> planned_closes_on;
    std::optional<std::int64_t> expected_learners;
    Facts facts;
    // With partners: who holds it, who runs it day by day, whose certificate the learners get.
    std::string hosted_by = {}, managed_by = {}, certified_by = {};
    std::optional<documents::DocumentId> basis_document = {};
};

// One row of a cohort's history.
struct Event {
    std::int64_t id;
    // opened, closed, cancelled, reinstated, counted, decided, postponed, merged, went_ahead, filed
    std::string kind;
    std::optional<Date> effective_on;
    std::optional<plan::LineId> plan_line;
    std::string plan_line_name;
    Instant recorded_at;
    std::string recorded_by;
    std::string reason;
    std::string source_place;
    std::optional<documents::DocumentId> document = {};
    std::string document_number = {};  // of a decision
    std::string signatory = {}, signatory_title = {};
    std::string merged_into = {};                      // its code
    std::optional<PlannedDate> planned_opens_on = {};  // to which it was postponed
};

// Why, by whose paper and when a change is recorded.
struct Act {
    Instant at;
    std::string reason;
    documents::Source source;
};

}  // namespace tiendo::cohorts
