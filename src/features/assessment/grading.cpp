#include "features/assessment/grading.h"

#include <algorithm>
#include <cstdlib>
#include <numeric>

namespace tiendo::assessment {
namespace {

// Half up, of numbers that are not negative.
Mark rounded(std::int64_t numerator, std::int64_t denominator) {
    return (2 * numerator + denominator) / (2 * denominator);
}

std::optional<std::size_t> band_of(const Scheme& scheme, Mark total, bool may_pass) {
    for (std::size_t i = 0; i < scheme.bands.size(); ++i)
        if (total >= scheme.bands[i].from_mark && (may_pass || !scheme.bands[i].passes)) return i;
    return std::nullopt;
}

// Whoever failed a component may have a total of a band that passes: then the best that does not.
std::optional<std::size_t> failing_band(const Scheme& scheme) {
    const auto found =
        std::find_if(scheme.bands.begin(), scheme.bands.end(), [](const Band& band) { return !band.passes; });
    if (found == scheme.bands.end()) return std::nullopt;
    return static_cast<std::size_t>(found - scheme.bands.begin());
}

}  // namespace

bool needs_moderation(const Component& component, const Marked& marked) {
    return component.markers == 2 && !marked.agreed && marked.first && marked.second &&
           std::abs(*marked.first - *marked.second) > component.tolerance;
}

std::optional<Mark> mark_of(const Component& component, const Marked& marked) {
    if (marked.agreed) return marked.agreed;
    if (component.markers == 1) return marked.first;
    if (!marked.first || !marked.second || needs_moderation(component, marked)) return std::nullopt;
    return rounded(*marked.first + *marked.second, 2);
}

std::optional<Mark> counting_mark(const Component& component, const Attempts& attempts) {
    for (auto attempt = attempts.rbegin(); attempt != attempts.rend(); ++attempt)
        if (const auto mark = mark_of(component, *attempt)) return mark;
    return std::nullopt;
}

bool has_passed(const Component& component, Mark mark) { return mark >= component.pass_mark; }

bool may_resit(const Component& component, const Attempts& attempts) {
    if (attempts.empty() || static_cast<std::int64_t>(attempts.size()) > component.resits) return false;
    const auto last = mark_of(component, attempts.back());
    return last && !has_passed(component, *last);
}

Result result_of(const Scheme& scheme, const std::map<ComponentId, Attempts>& marked) {
    Result result;
    std::int64_t whole_scale = 1;  // of all scales, so that the only rounding is the last step
    for (const Component& component : scheme.components)
        whole_scale = std::lcm(whole_scale, component.scale_max);
    std::int64_t sum = 0;
    for (const Component& component : scheme.components) {
        const auto found = marked.find(component.id);
        const Attempts& attempts = found == marked.end() ? Attempts{} : found->second;
        if (!attempts.empty() && needs_moderation(component, attempts.back()))
            result.to_moderate.push_back(component.id);
        const auto mark = counting_mark(component, attempts);
        if (!mark) {
            result.missing.push_back(component.id);
            continue;
        }
        if (!has_passed(component, *mark)) result.failed.push_back(component.id);
        sum += component.weight * *mark * (whole_scale / component.scale_max);
    }
    if (scheme.components.empty() || !result.missing.empty() || !result.to_moderate.empty()) return result;
    result.total = rounded(sum * ten_points, 100 * whole_scale);
    result.band = band_of(scheme, *result.total, result.failed.empty());
    if (!result.band && !result.failed.empty()) result.band = failing_band(scheme);
    result.passed = result.failed.empty() && result.band && scheme.bands[*result.band].passes;
    return result;
}

}  // namespace tiendo::assessment
