#include "platform/papers/judgement.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

#include "base/text.h"
#include "platform/papers/pictures.h"
#include "platform/papers/style.h"

namespace tiendo::papers {
namespace {

constexpr std::array<std::string_view, 25> drawn_elements = {
    "svg",  "g",     "defs",           "style",         "symbol", "use",      "switch",
    "path", "rect",  "circle",         "ellipse",       "line",   "polyline", "polygon",
    "text", "tspan", "textPath",       "image",         "marker", "pattern",  "clipPath",
    "mask", "stop",  "linearGradient", "radialGradient"};

// What has a reason of its own for being refused.
struct Reason {
    std::string_view element, message;
};
constexpr Reason reasons[] = {{"foreignObject", "papers.foreign_object"},
                              {"animate", "papers.animation"},
                              {"animateTransform", "papers.animation"},
                              {"animateMotion", "papers.animation"},
                              {"animateColor", "papers.animation"},
                              {"set", "papers.animation"},
                              {"filter", "papers.filter"},
                              {"flowRoot", "papers.flowed_text"},
                              {"flowPara", "papers.flowed_text"},
                              {"flowRegion", "papers.flowed_text"},
                              {"flowSpan", "papers.flowed_text"}};

bool is_space(std::string_view name) { return name.find_first_not_of(" \t\r\n") == std::string_view::npos; }

// An address as a browser reads it: control characters and blanks around it mean nothing.
std::string address_of(std::string_view value) {
    std::string out;
    for (const char c : value)
        if (static_cast<unsigned char>(c) > ' ') out += c;
    return out;
}

std::string shown(std::string_view value) {
    return value.size() <= 60 ? std::string(value) : std::string(value.substr(0, 57)) + "…";
}

std::string megabytes(std::size_t bytes) { return std::to_string((bytes + 999'999) / 1'000'000); }

class Judge {
 public:
    Judge(const Limits& limits, Complaints& complaints) : limits_(limits), complaints_(complaints) {}

    void judge(const Node& node) {
        if (node.is_text()) return;
        judge_element(node);
        for (const Attribute& attribute : node.attributes) judge_attribute(node, attribute);
        if (node.name == "style") judge_sheet(node);
        if (const std::string* id = node.find("id")) by_id_.emplace(*id, &node);
        for (const Node& child : node.children) judge(child);
    }

    // After all of it was seen.
    void judge_totals(const Node& root) {
        if (picture_bytes_ > limits_.picture_bytes)
            complaints_.add(root, "papers.picture_bytes",
                            {megabytes(picture_bytes_), megabytes(limits_.picture_bytes)});
        if (picture_pixels_ > limits_.picture_pixels)
            complaints_.add(root, "papers.picture_pixels",
                            {std::to_string(picture_pixels_ / 1'000'000),
                             std::to_string(limits_.picture_pixels / 1'000'000)});
        const std::size_t drawn = elements_of(root, 0);
        if (drawn > limits_.elements)
            complaints_.add(root, "papers.too_many_elements",
                            {std::to_string(drawn), std::to_string(limits_.elements)});
    }

 private:
    void judge_element(const Node& node) {
        for (const Reason& reason : reasons)
            if (reason.element == node.name) return complaints_.add(node, std::string(reason.message));
        if (!std::count(drawn_elements.begin(), drawn_elements.end(), node.name))
            complaints_.add(node, "papers.element_unknown", {shown(node.name)});
    }

    void judge_attribute(const Node& node, const Attribute& attribute) {
        const std::string small = lower_ascii(attribute.name);
        if (small.starts_with("on")) return complaints_.add(node, "papers.event_attribute", {attribute.name});
        if (small == "xml:base" || small == "src")
            return complaints_.add(node, "papers.external", {shown(attribute.value)});
        if (small == "href" || small == "xlink:href") return judge_reference(node, attribute.value);
        if (attribute.name.starts_with("inkscape:") || attribute.name.starts_with("data-")) return;
        // Any of them may hold a paint, a mask, a marker.
        const Targets targets = urls_in(attribute.value);
        if (!targets.elsewhere.empty()) complaints_.add(node, "papers.external", {shown(targets.elsewhere)});
        if (attribute.name == "style")
            if (const auto forbidden = forbidden_in(attribute.value))
                complaints_.add(node, "papers.style_sheet", {*forbidden});
        for (const char* property : {"style", "filter"})
            if (attribute.name == property) judge_filter(node);
    }

    void judge_filter(const Node& node) {
        const std::string filter = own_property(node, "filter");
        if (!filter.empty() && filter != "none") complaints_.add(node, "papers.filter");
    }

    void judge_reference(const Node& node, std::string_view value) {
        const std::string address = address_of(value);
        if (address.starts_with('#') && node.name != "image") return;
        if (node.name == "image") return judge_picture(node, address);
        complaints_.add(node, "papers.external", {shown(address)});
    }

    void judge_picture(const Node& node, std::string_view address) {
        const auto data = data_address(address);
        if (!data) return complaints_.add(node, "papers.external", {shown(address)});
        const bool png = data->kind == "image/png";
        const bool jpeg = data->kind == "image/jpeg" || data->kind == "image/jpg";
        if ((!png && !jpeg) || !data->bytes)
            return complaints_.add(node, "papers.picture_kind", {shown(data->kind)});
        picture_bytes_ += data->bytes->size();
        const auto size = png ? size_of_png(*data->bytes) : size_of_jpeg(*data->bytes);
        if (!size || size->width <= 0 || size->height <= 0)
            return complaints_.add(node, "papers.picture_kind", {shown(data->kind)});
        picture_pixels_ +=
            std::min(size->width, std::int64_t{1} << 24U) * std::min(size->height, std::int64_t{1} << 24U);
    }

    void judge_sheet(const Node& node) {
        std::string sheet;
        for (const Node& child : node.children) sheet += child.text;
        if (const auto forbidden = forbidden_in(sheet))
            complaints_.add(node, "papers.style_sheet", {*forbidden});
        const Targets targets = urls_in(sheet);
        if (!targets.elsewhere.empty()) complaints_.add(node, "papers.external", {shown(targets.elsewhere)});
        if (lower_ascii(sheet).find("filter") != std::string::npos) complaints_.add(node, "papers.filter");
    }

    // What is drawn for a node, copies counted one by one; copies of copies could be millions,
    // so each node is counted once and the count never passes the limit by much.
    std::size_t elements_of(const Node& node, int copies_deep) {
        if (node.is_text()) return 0;
        if (copies_deep > 20) return limits_.elements + 1;  // a circle, or as good as one
        const auto known = counted_.find(&node);
        if (known != counted_.end()) return known->second;
        std::size_t count = 1;
        // Whoever is past the limit looks no further: circles would be walked again and again.
        for (const Node& child : node.children)
            if (count <= limits_.elements) count += elements_of(child, copies_deep);
        for (const std::string& id : targets_of(node))
            if (const auto found = by_id_.find(id); found != by_id_.end() && count <= limits_.elements)
                count += elements_of(*found->second, copies_deep + 1);
        return counted_[&node] = std::min(count, limits_.elements + 1);
    }

    static std::vector<std::string> targets_of(const Node& node) {
        std::vector<std::string> ids;
        for (const Attribute& attribute : node.attributes) {
            if (attribute.name == "href" || attribute.name == "xlink:href") {
                const std::string address = address_of(attribute.value);
                if (address.starts_with('#')) ids.push_back(address.substr(1));
            } else {
                for (std::string& id : urls_in(attribute.value).ids) ids.push_back(std::move(id));
            }
        }
        return ids;
    }

    const Limits& limits_;
    Complaints& complaints_;
    std::map<std::string, const Node*, std::less<>> by_id_;
    std::map<const Node*, std::size_t> counted_;
    std::size_t picture_bytes_ = 0;
    std::int64_t picture_pixels_ = 0;
};

struct Unit {
    std::string_view name;
    double millimetres;
};
constexpr double inch = 25.4;
constexpr Unit units[] = {{"mm", 1},         {"cm", 10},       {"in", inch},
                          {"pt", inch / 72}, {"pc", inch / 6}, {"px", inch / 96}};

std::optional<double> millimetres(std::string_view length) {
    for (const Unit& unit : units)
        if (length.ends_with(unit.name)) {
            length.remove_suffix(unit.name.size());
            const auto number = number_of(length);
            return number ? std::optional(*number * unit.millimetres) : std::nullopt;
        }
    const auto pixels = number_of(length);
    return pixels ? std::optional(*pixels * inch / 96) : std::nullopt;
}

std::vector<double> numbers_of(std::string_view list) {
    std::vector<double> numbers;
    std::string spaced(list);
    std::replace(spaced.begin(), spaced.end(), ',', ' ');
    for (const std::string_view piece : split(spaced, ' '))
        if (!is_space(piece)) {
            const auto number = number_of(piece);
            if (!number) return {};
            numbers.push_back(*number);
        }
    return numbers;
}

}  // namespace

void Complaints::add(const Node& at, std::string message, std::vector<std::string> arguments) {
    add(place_of(at), std::move(message), std::move(arguments));
}

void Complaints::add(std::string place, std::string message, std::vector<std::string> arguments) {
    constexpr std::size_t most = 20;
    if (refusals_.size() >= most) return;
    arguments.insert(arguments.begin(), place);
    Refusal refusal{std::move(place), std::move(message), std::move(arguments)};
    if (std::find(refusals_.begin(), refusals_.end(), refusal) == refusals_.end())
        refusals_.push_back(std::move(refusal));
}

void judge_content(const Node& root, const Limits& limits, Complaints& complaints) {
    Judge judge(limits, complaints);
    judge.judge(root);
    judge.judge_totals(root);
}

PageSize judge_page(Node& root, const Limits& limits, Complaints& complaints) {
    PageSize page;
    const auto width = millimetres(root.get("width")), height = millimetres(root.get("height"));
    const auto fits = [&](const std::optional<double>& side) {
        return side && *side >= limits.smallest_page_mm && *side <= limits.longest_page_mm + 0.5;
    };
    if (!fits(width) || !fits(height)) {
        complaints.add(
            root, "papers.page_size",
            {"width=\"" + shown(root.get("width")) + "\" height=\"" + shown(root.get("height")) + "\"",
             std::to_string(limits.smallest_page_mm) + "–" + std::to_string(limits.longest_page_mm) + " mm"});
        return page;
    }
    page.width_mm = *width;
    page.height_mm = *height;
    std::vector<double> box = numbers_of(root.get("viewBox"));
    if (!root.find("viewBox")) {
        box = {0, 0, *width * 96 / inch, *height * 96 / inch};
        root.set("viewBox", "0 0 " + text_of(box[2]) + " " + text_of(box[3]));
    }
    // One unit must be as long one way as the other, or circles would be none.
    const bool even = box.size() == 4 && box[2] > 0 && box[3] > 0 &&
                      std::abs(box[2] / box[3] - *width / *height) < 0.02 * (*width / *height);
    if (!even) {
        complaints.add(root, "papers.page_size",
                       {"viewBox=\"" + shown(root.get("viewBox")) + "\"",
                        "width : height = " + text_of(*width) + " : " + text_of(*height)});
        return page;
    }
    // From here on the page is as large as whoever draws it says: librsvg measures in units of the
    // viewBox only when the drawing has no size of its own.
    for (const char* attribute : {"width", "height", "x", "y", "preserveAspectRatio"}) root.remove(attribute);
    page.width = box[2];
    page.height = box[3];
    return page;
}

}  // namespace tiendo::papers
