#include <algorithm>
#include <numeric>

#include "features/programmes/programmes.h"

namespace tiendo::programmes {
namespace {

constexpr std::array<std::string_view, activities.size()> activity_names{"lecture", "discussion",
                                                                         "field_trip", "self_study", "test"};

// Topics of one version, in the order in which they are taught.
std::vector<Topic> topics_of(db::Read& tx, VersionId version) {
    return tx.all<Topic>(
        R"sql(
        select id, title, lecture, discussion, field_trip, self_study, test
        from programme_topics where version = :version order by position)sql",
        {{"version", version}}, [](const db::Row& row) {
            return Topic{row.id<TopicId>(0),
                         row.text(1),
                         {row.integer(2), row.integer(3), row.integer(4), row.integer(5), row.integer(6)}};
        });
}

}  // namespace

std::string_view to_text(Activity activity) { return activity_names[static_cast<std::size_t>(activity)]; }

std::optional<Activity> parse_activity(std::string_view text) {
    for (const Activity activity : activities)
        if (to_text(activity) == text) return activity;
    return std::nullopt;
}

std::int64_t Topic::total() const { return std::accumulate(periods.begin(), periods.end(), std::int64_t{0}); }

std::int64_t Version::periods() const {
    std::int64_t sum = 0;
    for (const Topic& topic : topics) sum += topic.total();
    return sum;
}

std::optional<Version> version_on(db::Read& tx, ProgrammeId programme, Date day) {
    auto found = tx.find<Version>(R"sql(
        select id, programme, number, valid_from, basis, audience, aims, minimum_size, target_size, maximum_size,
               attendance_minimum, certificate_series, certificate_valid_months, verified_by
        from programme_versions
        where programme = :programme and (valid_from is null or valid_from <= :day)
        order by valid_from desc nulls last, number desc limit 1)sql",
                                  {{"programme", programme}, {"day", day}}, [](const db::Row& row) {
                                      return Version{.id = row.id<VersionId>(0),
                                                     .programme = row.id<ProgrammeId>(1),
                                                     .number = row.integer(2),
                                                     .valid_from = row.maybe_date(3),
                                                     .basis = row.text(4),
                                                     .audience = row.text(5),
                                                     .aims = row.text(6),
                                                     .topics = {},
                                                     .minimum_size = row.maybe_integer(7),
                                                     .target_size = row.maybe_integer(8),
                                                     .maximum_size = row.maybe_integer(9),
                                                     .attendance_minimum = row.integer(10),
                                                     .certificate_series = row.text(11),
                                                     .certificate_valid_months = row.maybe_integer(12),
                                                     .verified_by = row.text(13)};
                                  });
    if (found) found->topics = topics_of(tx, found->id);
    return found;
}

}  // namespace tiendo::programmes
