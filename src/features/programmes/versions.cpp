// Which version holds, what a version must be, and writing the next one.
#include <algorithm>
#include <numeric>
#include <set>

#include "base/text.h"
#include "features/programmes/presenter.h"
#include "features/programmes/versions_store.h"
#include "platform/audit/audit.h"

namespace tiendo::programmes {
namespace {

constexpr std::array<std::string_view, activities.size()> activity_names{"lecture", "discussion",
                                                                         "field_trip", "self_study", "test"};

std::function<std::vector<Opening>(db::Read&, ProgrammeId)>& openings() {
    static std::function<std::vector<Opening>(db::Read&, ProgrammeId)> told;
    return told;
}

void judge_topics(const Version& version, Refusals& refusals) {
    std::set<std::string> titles;
    for (std::size_t i = 0; i < version.topics.size(); ++i) {
        const Topic& topic = version.topics[i];
        const std::string field = "topic-" + std::to_string(i + 1);
        if (topic.is_blank()) continue;
        if (topic.title.empty())
            refusals.push_back({field, "version.topic_untitled", {std::to_string(topic.total())}});
        else if (!titles.insert(fold(topic.title)).second)
            refusals.push_back({field, "version.topic_twice", {topic.title}});
    }
}

void judge_sizes(const Version& version, Refusals& refusals) {
    const auto must_not_exceed = [&](const std::optional<std::int64_t>& less, const char* field,
                                     const std::optional<std::int64_t>& more) {
        if (less && more && *less > *more)
            refusals.push_back({field, "version.sizes_fall", {std::to_string(*less), std::to_string(*more)}});
    };
    must_not_exceed(version.minimum_size, "minimum_size", version.target_size);
    must_not_exceed(version.target_size, "target_size", version.maximum_size);
    if (!version.target_size) must_not_exceed(version.minimum_size, "minimum_size", version.maximum_size);
}

void judge_certificate(const Version& version, Refusals& refusals) {
    const std::string& series = version.certificate_series;
    if (slug(series) != series)
        refusals.push_back({"certificate_series", "programme.no_code", {series, slug(series)}});
    const auto& months = version.certificate_valid_months;
    if (!months) return;
    if (*months == 0) refusals.push_back({"certificate_valid_months", "version.no_month", {}});
    if (series.empty())
        refusals.push_back(
            {"certificate_series", "version.validity_without_series", {std::to_string(*months)}});
}

Refusals wrong_with(const Version& version) {
    Refusals refusals;
    if (version.basis.empty()) refusals.push_back({"basis", "form.required", {}});
    judge_topics(version, refusals);
    judge_sizes(version, refusals);
    if (version.attendance_minimum > 100)
        refusals.push_back({"attendance_minimum",
                            "version.attendance_above_all",
                            {std::to_string(version.attendance_minimum)}});
    judge_certificate(version, refusals);
    if (without_blanks(version.scheme).is_empty()) return refusals;
    for (Refusal& refusal : wrong_with(version.scheme)) refusals.push_back(std::move(refusal));
    return refusals;
}

// What is asked and offered, without who verified it, what was remarked, and from when it holds.
Value substance_of(const Version& version) {
    return to_value(version)
        .set("number", nullptr)
        .set("valid_from", nullptr)
        .set("verified_by", nullptr)
        .set("remarks", nullptr)
        .set("recorded_at", nullptr)
        .set("recorded_by", nullptr);
}

bool begins_together(const Version& one, const Version& other) { return one.valid_from == other.valid_from; }

// The version of which this one is a correction: the last that begins on the same day.
const Version* corrected_by(const Version& version, const std::vector<Version>& before) {
    const auto found = std::find_if(before.rbegin(), before.rend(),
                                    [&](const Version& one) { return begins_together(one, version); });
    return found == before.rend() ? nullptr : &*found;
}

bool says_nothing_new(const Version& version, const std::vector<Version>& before) {
    const Version* corrected = corrected_by(version, before);
    return corrected && substance_of(*corrected) == substance_of(version) &&
           corrected->verified_by == version.verified_by && corrected->remarks == version.remarks;
}

// Cohorts whose version would be another one from now on; what each opened under is a promise kept.
Refusals taken_from_cohorts(db::Read& tx, const Version& version, const std::vector<Version>& before) {
    if (!openings()) return {};
    std::vector<Version> after = before;
    after.push_back(version);
    std::string cohorts;
    std::int64_t number = 0;
    std::optional<Date> last;
    for (const Opening& opening : openings()(tx, version.programme)) {
        const Version* then = in_force(before, opening.opened_on);
        const Version* now = in_force(after, opening.opened_on);
        if (!then || now->number != version.number || substance_of(*then) == substance_of(version)) continue;
        cohorts += (cohorts.empty() ? "" : ", ") + opening.cohort;
        number = then->number;
        last = last ? std::max(*last, opening.opened_on) : opening.opened_on;
    }
    if (!last) return {};
    return {{"valid_from", "version.cohorts_opened", {cohorts, std::to_string(number), to_text(*last + 1)}}};
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

std::int64_t Version::periods(Activity activity) const {
    std::int64_t sum = 0;
    for (const Topic& topic : topics) sum += topic.periods[static_cast<std::size_t>(activity)];
    return sum;
}

std::int64_t Version::theory_periods() const { return periods(Activity::lecture); }

std::int64_t Version::practice_periods() const {
    return periods(Activity::discussion) + periods(Activity::field_trip);
}

const Version* in_force(const std::vector<Version>& versions, Date day) {
    const Version* found = nullptr;
    for (const Version& version : versions) {
        if (version.valid_from && *version.valid_from > day) continue;
        // A version without a first day has always begun; none is less than any day.
        const bool later = found && version.valid_from == found->valid_from
                               ? version.number > found->number
                               : !found || version.valid_from > found->valid_from;
        if (later) found = &version;
    }
    return found;
}

std::optional<Version> version_on(db::Read& tx, ProgrammeId programme, Date day) {
    const std::vector<Version> versions = versions_of(tx, programme);
    const Version* found = in_force(versions, day);
    return found ? std::optional(*found) : std::nullopt;
}

Outcome<Version> write_version(db::Write& tx, const web::Actor& actor, Version version, Instant at) {
    tx.lock("programme", version.programme.value);
    if (Refusals refusals = wrong_with(version); !refusals.empty()) return refusals;
    std::erase_if(version.topics, [](const Topic& topic) { return topic.is_blank(); });
    version.scheme = without_blanks(std::move(version.scheme));
    const std::vector<Version> before = versions_of(tx, version.programme);
    version.number = before.empty() ? 1 : before.back().number + 1;
    if (says_nothing_new(version, before))
        return Refusal{"", "version.nothing_new", {std::to_string(corrected_by(version, before)->number)}};
    if (Refusals refusals = taken_from_cohorts(tx, version, before); !refusals.empty()) return refusals;
    version.id = insert_version(tx, actor, version, at);
    audit::record(tx, actor, at,
                  {"programme.version", "programme", version.programme.value, to_value(version)});
    return version;
}

void learn_of_openings(std::function<std::vector<Opening>(db::Read&, ProgrammeId)> told) {
    openings() = std::move(told);
}

}  // namespace tiendo::programmes
