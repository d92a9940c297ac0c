// How marks become a result: pure rules, nothing is read or written.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"

namespace tiendo::assessment {

// Hundredths of a point: 750 is 7,50.
using Mark = std::int64_t;
// Results are told on this scale, whatever the scale of a component.
inline constexpr Mark ten_points = 1000;

// "7,5", "7.25" or "8"; none for anything else, a sign or a third decimal.
std::optional<Mark> parse_mark(std::string_view text);
std::string to_text(Mark mark);  // "7.5": decimal point, no trailing zeros

// One thing that is marked (bài thu hoạch, bài kiểm tra, điểm chuyên cần).
struct Component {
    Id<Component> id;
    std::string code, name;
    std::int64_t weight = 100;    // parts of 100; the weights of a scheme add up to 100
    Mark scale_max = ten_points;  // the best mark there is
    Mark pass_mark = 0;           // at least this, whatever the whole comes to; 0: no such rule
    std::int64_t resits = 0;      // how often it may be taken again
    std::int64_t markers = 1;     // 1, or 2 who mark without seeing each other
    Mark tolerance = 0;           // two marks further apart than this want a third: moderation
    bool anonymous = false;       // markers see a code and no name
    bool operator==(const Component&) const = default;
};
using ComponentId = Id<Component>;

// A class of results (xuất sắc, giỏi, khá …) and from which mark of ten points on it holds.
struct Band {
    std::string code, name;
    Mark from_mark = 0;
    bool passes = true;
    bool operator==(const Band&) const = default;
};

struct Scheme {
    std::vector<Component> components;  // in the order of the sheet
    std::vector<Band> bands;            // the best first; the last one begins at 0
    bool operator==(const Scheme&) const = default;
};

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
