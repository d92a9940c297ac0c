// Versions of a programme: what each says, and which one is in force on a day. Part of programmes.h.
#pragma once
#include <array>
#include <cstdint>
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

struct Programme;
using ProgrammeId = Id<Programme>;

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

}  // namespace tiendo::programmes
