// What learners are marked on and how results are classed (nội dung được chấm, xếp loại). Part of
// programmes.h: a version offers a scheme, and a cohort's own begins from it.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/outcome.h"
#include "base/value.h"

namespace tiendo::pages {
class Reader;
}

namespace tiendo::programmes {

// Hundredths of a point: 750 is 7,50.
using Mark = std::int64_t;
// Results are told on this scale, whatever the scale of a component.
inline constexpr Mark ten_points = 1000;

// "7,5", "7.25" or "8"; none for anything else, a sign or a third decimal.
std::optional<Mark> parse_mark(std::string_view text);
std::string to_text(Mark mark);  // "7.5": decimal point, no trailing zeros

// One thing that is marked (bài thu hoạch, bài kiểm tra, điểm chuyên cần).
struct Component {
    Id<Component> id;  // of a cohort's; that of a version has none
    std::string code, name;
    std::int64_t weight = 100;    // parts of 100; the weights of a scheme add up to 100
    Mark scale_max = ten_points;  // the best mark there is
    Mark pass_mark = 0;           // at least this, whatever the whole comes to; 0: no such rule
    std::int64_t resits = 0;      // how often it may be taken again
    std::int64_t markers = 1;     // 1, or 2 who mark without seeing each other
    Mark tolerance = 0;           // two marks further apart than this want a third: moderation
    bool anonymous = false;       // markers see a code and no name
    bool operator==(const Component&) const = default;
    bool is_blank() const { return name.empty() && weight == 0; }  // a row of a form, left empty
};

// A class of results (xuất sắc, giỏi, khá …) and from which mark of ten points on it holds.
struct Band {
    std::string code, name;
    Mark from_mark = 0;
    bool passes = true;
    bool operator==(const Band&) const = default;
    bool is_blank() const { return name.empty() && from_mark == 0; }
};

struct Scheme {
    std::vector<Component> components;  // in the order of the sheet
    std::vector<Band> bands;            // the best first; the last one begins at 0
    bool operator==(const Scheme&) const = default;
    bool is_empty() const { return components.empty() && bands.empty(); }
};

// What a scheme must be: weights that add up to 100, marks within their scales, bands that fall to 0
// and end with one that does not pass. Fields are "name-2": the part and its row. Blank rows are
// passed over.
Refusals wrong_with(const Scheme& scheme);
Scheme without_blanks(Scheme scheme);

// --- in forms and for readers; the partial programmes/scheme_fields shows the fields --------------

// A mark as it was sent; none when nothing was said, with a refusal when it is no mark.
std::optional<Mark> mark_sent(pages::Reader& sent, const std::string& name);
// The rows as they stand in the form, with those left blank between others, so that what is refused
// of a row is told beside it.
Scheme scheme_sent(pages::Reader& sent);
// {"components": […], "bands": […]}, each a row of fields, with rows left to fill in. `field` makes
// the {"value", "refusal"} of one.
using Field = std::function<Value(const std::string& name, Value value)>;
Value scheme_fields(const Scheme& scheme, const Field& field);

Value to_value(const Component& component);
Value to_value(const Band& band);

}  // namespace tiendo::programmes
