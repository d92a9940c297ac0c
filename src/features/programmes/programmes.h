// Programmes (chương trình): what is taught. A plan promises cohorts of them.
//
// What a programme asks and offers changes with the regulation behind it, so it has versions, each in
// force from a day on until the next. A cohort goes by the version in force on the day it opens.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "platform/db/db.h"

namespace tiendo::programmes {

struct Programme {
    Id<Programme> id;
    std::string code;  // new-members; used in commands and addresses
    std::string name;  // Bồi dưỡng lý luận chính trị cho đảng viên mới
};
using ProgrammeId = Id<Programme>;

// By code, else by name as people write it (case, marks and blanks aside).
std::optional<Programme> find_programme(db::Read& tx, std::string_view code_or_name);

std::optional<Programme> find_programme(db::Read& tx, ProgrammeId id);
// All of them, by name.
std::vector<Programme> programmes(db::Read& tx);
// The code or the name most like what was written; empty when none is close.
std::string nearest_programme(db::Read& tx, std::string_view written);

// All names, to offer the nearest when one is not found.
std::vector<std::string> programme_names(db::Read& tx);

// The programme of that name, made when nobody has named it before. Without a code the name
// gives it one ("Bồi dưỡng đảng viên mới": boi-duong-dang-vien-moi).
Programme find_or_make_programme(db::Write& tx, std::string_view name, std::string_view code, Instant at);

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
    std::int64_t periods() const;
};
using VersionId = Id<Version>;

// The version in force on that day; none before the first, and for a programme that has none.
std::optional<Version> version_on(db::Read& tx, ProgrammeId programme, Date day);

}  // namespace tiendo::programmes
