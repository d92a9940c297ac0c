#include "drawing.h"

#include <algorithm>
#include <functional>
#include <sstream>

namespace house {
namespace {

constexpr int box_height = 34;
constexpr int row_height = 78;
constexpr int gap = 18;
constexpr int margin = 24;
constexpr int label_width = 96;
constexpr int band_padding = 16;

struct Box {
    std::string name;
    int x = 0;
    int y = 0;
    int width = 0;
    int middle() const { return x + width / 2; }
};
using Boxes = std::map<std::string, Box>;
using Row = std::vector<std::string>;

// Only the parts of one layer and the uses among them.
Parts within(const Parts& parts, const std::string& prefix) {
    Parts layer;
    for (const auto& [part, uses] : parts) {
        if (part.rfind(prefix, 0) != 0) continue;
        auto& inside = layer[part];
        for (const auto& used : uses)
            if (used.rfind(prefix, 0) == 0 && parts.count(used)) inside.insert(used);
    }
    return layer;
}

bool reaches(const Parts& parts, const std::string& from, const std::string& to) {
    const auto uses = parts.find(from);
    if (uses == parts.end()) return false;
    return std::any_of(uses->second.begin(), uses->second.end(),
                       [&](const auto& used) { return used == to || reaches(parts, used, to); });
}

Parts without_implied(const Parts& parts) {
    Parts lean;
    for (const auto& [part, uses] : parts) {
        auto& kept = lean[part];
        for (const auto& used : uses) {
            const bool implied = std::any_of(uses.begin(), uses.end(), [&](const auto& other) {
                return other != used && reaches(parts, other, used);
            });
            if (!implied) kept.insert(used);
        }
    }
    return lean;
}

// Rows from the top, a part above everything it uses. A use that passes rows on its way has
// a way point in each of them, so that its line goes between the boxes and not under them.
struct Layout {
    std::vector<Row> rows;
    Parts lines;  // part or way point -> those in the next row down
};

bool is_way_point(const std::string& name) { return name.find('>') != std::string::npos; }

Layout layout_of(const Parts& parts) {
    std::map<std::string, std::size_t> height;
    const std::function<std::size_t(const std::string&)> height_of = [&](const std::string& part) {
        if (const auto known = height.find(part); known != height.end()) return known->second;
        std::size_t above = 0;
        for (const auto& used : parts.at(part)) above = std::max(above, height_of(used) + 1);
        return height[part] = above;
    };
    Layout layout;
    const auto put = [&](const std::string& name, std::size_t level) {
        if (layout.rows.size() <= level) layout.rows.resize(level + 1);
        layout.rows[level].push_back(name);
        layout.lines[name];
    };
    for (const auto& [part, uses] : parts) {
        put(part, height_of(part));
        for (const auto& used : uses) {
            std::string from = part;
            for (auto level = height_of(part) - 1; level > height_of(used); --level) {
                const auto point = part + ">" + used + ">" + std::to_string(level);
                put(point, level);
                layout.lines[from].insert(point);
                from = point;
            }
            layout.lines[from].insert(used);
        }
    }
    std::reverse(layout.rows.begin(), layout.rows.end());
    return layout;
}

Box box_for(const std::string& part) {
    Box box;
    if (is_way_point(part)) return box;
    const auto at = part.find('_');
    box.name = at == std::string::npos ? part : part.substr(at + 1);
    box.width = 28 + static_cast<int>(box.name.size()) * 8;
    return box;
}

int width_of(const Row& row) {
    int width = -gap;
    for (const auto& part : row) width += box_for(part).width + gap;
    return width;
}

void place(Boxes& boxes, const Row& row, int left, int width, int y) {
    int x = left + (width - width_of(row)) / 2;
    for (const auto& part : row) {
        auto box = box_for(part);
        box.x = x;
        box.y = y;
        x += box.width + gap;
        boxes[part] = box;
    }
}

// Each row from the bottom is ordered by where the parts it uses stand; a part that uses
// nothing stands under its users' middle only by luck, which is good enough.
void order_rows(Layout& layout, int width) {
    Boxes boxes;
    for (auto row = layout.rows.rbegin(); row != layout.rows.rend(); ++row) {
        const auto wish = [&](const std::string& part) {
            const auto& used = layout.lines.at(part);
            int sum = 0;
            for (const auto& lower : used) sum += boxes.at(lower).middle();
            return used.empty() ? 0 : sum / static_cast<int>(used.size());
        };
        std::stable_sort(row->begin(), row->end(),
                         [&](const auto& a, const auto& b) { return wish(a) < wish(b); });
        place(boxes, *row, 0, width, 0);
    }
}

const char* const style = R"(<style>
text { font: 14px Inter, "Noto Sans", sans-serif; fill: #1b2733 }
.label { font-weight: 600; fill: #5b6b7b }
.note { font-size: 12px; fill: #5b6b7b }
.band { fill: #f3f6f9 }
.box { fill: #ffffff; stroke: #9fb1c2 }
.use { fill: none; stroke: #7c91a6; stroke-width: 1.25 }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3 } .label, .note { fill: #9fb1c2 }
.band { fill: #1a222b } .box { fill: #26313c; stroke: #5b6b7b } .use { stroke: #7c91a6 }
}
</style>
)";

class Drawing {
 public:
    explicit Drawing(int width) : width_(width) {}

    void band(const std::string& label, Layout layout) {
        order_rows(layout, inner());
        const auto count = static_cast<int>(layout.rows.size());
        const int height = count * row_height - (row_height - box_height) + 2 * band_padding;
        bands_ << "<rect class=\"band\" x=\"" << margin << "\" y=\"" << y_ << "\" width=\""
               << width_ - 2 * margin << "\" height=\"" << height
               << "\" rx=\"8\"/>\n<text class=\"label\" x=\"" << margin + 14 << "\" y=\""
               << y_ + band_padding + 22 << "\">" << label << "</text>\n";
        int y = y_ + band_padding;
        for (const auto& row : layout.rows) {
            place(boxes_, row, margin + label_width, inner(), y);
            y += row_height;
        }
        for (const auto& [part, used_parts] : layout.lines)
            for (const auto& used : used_parts) line(boxes_.at(part), boxes_.at(used));
        y_ += height + 14;
    }

    std::string text(const std::string& note) {
        std::ostringstream svg;
        svg << "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " << width_ << ' ' << y_ + 20
            << "\" role=\"img\" aria-labelledby=\"title\">\n<title id=\"title\">The parts of the program and "
               "who uses whom</title>\n"
            << style << bands_.str() << lines_.str();
        for (const auto& [part, box] : boxes_) {
            if (is_way_point(part)) continue;
            svg << "<rect class=\"box\" x=\"" << box.x << "\" y=\"" << box.y << "\" width=\"" << box.width
                << "\" height=\"" << box_height << "\" rx=\"6\"/>\n<text x=\"" << box.middle() << "\" y=\""
                << box.y + 22 << "\" text-anchor=\"middle\">" << box.name << "</text>\n";
        }
        svg << "<text class=\"note\" x=\"" << margin << "\" y=\"" << y_ + 6 << "\">" << note
            << "</text>\n</svg>\n";
        return svg.str();
    }

 private:
    int inner() const { return width_ - 2 * margin - label_width - band_padding; }

    void line(const Box& user, const Box& used) {
        const int top = user.y + box_height;
        // Through a way point the line goes on straight down for the height of a box.
        const int end = used.y;
        const int half = (end - top) / 2;
        lines_ << "<path class=\"use\" d=\"M" << user.middle() << ' ' << top << " C" << user.middle() << ' '
               << top + half << ' ' << used.middle() << ' ' << end - half << ' ' << used.middle() << ' '
               << end;
        if (used.width == 0) lines_ << " v" << box_height;
        lines_ << "\"/>\n";
    }

    int width_;
    int y_ = margin;
    Boxes boxes_;
    std::ostringstream bands_;
    std::ostringstream lines_;
};

}  // namespace

std::string draw(const Parts& parts) {
    const auto features = layout_of(without_implied(within(parts, "feature_")));
    const auto platform = layout_of(without_implied(within(parts, "platform_")));
    int widest = 480;
    for (const auto* layout : {&features, &platform})
        for (const auto& row : layout->rows) widest = std::max(widest, width_of(row));

    Drawing drawing(widest + 2 * margin + label_width + band_padding);
    drawing.band("app", {{{"app"}}, {{"app", {}}}});
    if (!features.rows.empty()) drawing.band("features", features);
    if (!platform.rows.empty()) drawing.band("platform", platform);
    drawing.band("base", {{{"base"}}, {{"base", {}}}});
    return drawing.text(
        "A line goes down to what is used. Features may use the whole platform, everything may use base.");
}

}  // namespace house
