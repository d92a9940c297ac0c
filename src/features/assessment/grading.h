// How marks become a result: pure rules, nothing is read or written.
#pragma once
#include <map>
#include <optional>
#include <vector>

#include "base/id.h"
#include "features/programmes/programmes.h"

namespace tiendo::assessment {

// A cohort is marked by the same components and bands that its programme offers.
using programmes::Band;
using programmes::Component;
using programmes::Mark;
using programmes::parse_mark;
using programmes::Scheme;
using programmes::ten_points;
using programmes::to_text;
using ComponentId = Id<Component>;

// What was marked in one attempt. An agreed mark (moderation) goes before the two.
struct Marked {
    std::optional<Mark> first, second, agreed;
    bool operator==(const Marked&) const = default;
};
bool needs_moderation(const Component& component, const Marked& marked);
// The mark that counts; none while one is missing or moderation is due. Two marks within the
// tolerance: their mean, half a hundredth up.
std::optional<Mark> mark_of(const Component& component, const Marked& marked);

// All attempts at one component, the first one first.
using Attempts = std::vector<Marked>;
// The latest attempt that has a mark counts: a re-sit replaces what it repeats.
std::optional<Mark> counting_mark(const Component& component, const Attempts& attempts);
bool has_passed(const Component& component, Mark mark);
// Whether a further attempt may be marked: the one before failed, and re-sits are left.
bool may_resit(const Component& component, const Attempts& attempts);

struct Result {
    std::optional<Mark> total;        // of ten points; none while a component has no mark
    std::optional<std::size_t> band;  // its place in the scheme
    bool passed = false;
    std::vector<ComponentId> missing, to_moderate, failed;
};
// The weighted mean on ten points, half a hundredth up, and its band. A component below its pass
// mark puts the whole into the best band that does not pass.
Result result_of(const Scheme& scheme, const std::map<ComponentId, Attempts>& marked);

}  // namespace tiendo::assessment
