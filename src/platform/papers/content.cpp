#include "platform/papers/content.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "platform/papers/lettering.h"
#include "platform/papers/placeholders.h"
#include "platform/papers/style.h"
#include "platform/qr/qr.h"

namespace tiendo::papers {
namespace {

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

// What is worth carrying to a drawing that uses it.
bool is_definition(const Node& node) {
    for (const char* name :
         {"defs", "symbol", "linearGradient", "radialGradient", "pattern", "clipPath", "mask", "marker"})
        if (node.name == name) return true;
    return false;
}

// The field in "fit full_name" or "fit-full_name", by label or id.
std::optional<std::string> field_called(const Node& node, std::string_view verb) {
    for (std::string_view called : {node.get("inkscape:label"), node.get("id")})
        if (called.size() > verb.size() && called.starts_with(verb) &&
            (called[verb.size()] == ' ' || called[verb.size()] == '-'))
            return clean(called.substr(verb.size() + 1));
    return std::nullopt;
}

std::optional<std::string> fit_target(const Node& node) {
    return node.name == "rect" ? field_called(node, "fit") : std::nullopt;
}

bool is_code_place(const Node& node) { return node.name == "rect" && node.is_called("qr"); }

class Apart {
 public:
    Apart(const PageSize& page, std::span<const Field> fields, Complaints& complaints)
        : complaints_(complaints) {
        content_.page = page;
        content_.fields.assign(fields.begin(), fields.end());
        for (const Field& field : fields) names_.push_back(field.name);
    }

    Template::Content take(const Node& root) {
        find_sheets(root);
        find_fits(root);
        walk(root, {});
        split_backdrop(root);
        finish_slots();
        for (const Field& field : content_.fields)
            if (field.required && !shown_.contains(field.name)) {
                if (field.name == "qr")
                    complaints_.add(root, "papers.no_qr");
                else
                    complaints_.add(root, "papers.field_missing", {field.name});
            }
        content_.shown.assign(shown_.begin(), shown_.end());
        return std::move(content_);
    }

 private:
    // --- fonts ---

    // Every family is asked for once; what is wrong with it is said where it first stands.
    bool is_usable(const Node& at, const std::string& family) {
        const auto known = families_.find(family);
        if (known != families_.end()) return known->second;
        bool usable = true;
        if (!has_family(family)) {
            complaints_.add(at, "papers.font_missing", {family, nearest_family(family)});
            usable = false;
        } else if (draws_vietnamese_wrongly(family)) {
            complaints_.add(at, "papers.font_wrong", {family});
            usable = false;
        }
        return families_[family] = usable;
    }

    void find_sheets(const Node& node) {
        if (node.name == "style") {
            has_sheet_ = true;
            sheets_ += written(node);
            for (const std::string& family : families_in_sheet(whole_text(node))) {
                is_usable(node, family);
                if (sheet_family_.empty()) sheet_family_ = family;
            }
        }
        for (const Node& child : node.children) find_sheets(child);
    }

    std::optional<Font> font_of_leaf(const Node& parent, const Lettering& lettering) {
        const std::string family = lettering.family.empty() ? sheet_family_ : lettering.family;
        if (family.empty()) {
            complaints_.add(parent, "papers.font_unnamed");
            return std::nullopt;
        }
        if (!is_usable(parent, family)) return std::nullopt;
        return font_of(family, lettering.bold, lettering.italic);
    }

    void judge_letters(const Node& at, const Font& font, const std::string& text) {
        std::string missing;
        for (const char32_t letter : letters_of(text)) {
            if (letter <= U' ' || font.has(letter)) continue;
            const std::string shown = text_of_letter(letter);
            if (missing.find(shown) == std::string::npos) missing += shown;
        }
        if (!missing.empty()) complaints_.add(at, "papers.font_letters", {font.family(), missing});
    }

    // --- texts ---

    void judge_text(const Node& node, const Lettering& outside, TextSlot& slot) {
        const Lettering lettering = outside.inside(node);
        for (const Node& child : node.children) {
            if (!child.is_text()) {
                judge_text(child, lettering, slot);
                continue;
            }
            if (is_blank(child.text)) continue;
            const auto font = font_of_leaf(node, lettering);
            if (font) slot.fonts.push_back(*font);
            for (const Piece& piece : pieces_of(child.text)) {
                if (is_broken(piece))
                    complaints_.add(node, "papers.field_broken", {piece.text});
                else if (!piece.is_field && font)
                    judge_letters(node, *font, piece.text);
                else if (piece.is_field)
                    judge_field(node, piece.text, font);
            }
        }
    }

    bool judge_name(const Node& at, const std::string& name) {
        if (content_.find(name)) return true;
        std::string all;
        for (const std::string& each : names_) all += (all.empty() ? "" : ", ") + each;
        complaints_.add(at, "papers.field_unknown", {name, nearest(name, names_), all});
        return false;
    }

    void judge_field(const Node& at, const std::string& name, const std::optional<Font>& font) {
        if (name == "qr") return complaints_.add(at, "papers.no_qr");
        if (!judge_name(at, name)) return;
        shown_.insert(name);
        if (font) judge_letters(at, *font, content_.find(name)->longest);
    }

    // --- the walk ---

    std::string before() const {
        std::string out;
        for (const Node* each : ancestors_) {
            Node bare = *each;
            bare.children.clear();
            for (const char* attribute : {"id", "clip-path", "mask", "display", "visibility"})
                bare.remove(attribute);
            out += opening_of(bare);
            if (each->name == "svg" && each == ancestors_.front()) out += sheets_;
        }
        return out;
    }
    std::string after() const {
        std::string out;
        for (auto each = ancestors_.rbegin(); each != ancestors_.rend(); ++each) out += closing_of(**each);
        return out;
    }

    // Widths of the rectangles that say how wide a text may be; they are not drawn.
    void find_fits(const Node& node) {
        if (const auto field = fit_target(node)) {
            const Box box = outline(node);
            if (box.width > 0) fits_[*field] = box.width;
        }
        ancestors_.push_back(&node);
        for (const Node& child : node.children) find_fits(child);
        ancestors_.pop_back();
    }

    // Where a rectangle lies on the page, whatever it is painted with.
    Box outline(const Node& rectangle) const {
        Node plain = rectangle;
        for (const char* attribute : {"style", "class", "clip-path", "mask", "display"})
            plain.remove(attribute);
        plain.set("fill", "#000");
        plain.set("stroke", "none");
        return ink_alone(before(), plain, after(), content_.page_box());
    }

    void literal(std::string text) {
        if (content_.steps.empty() || content_.steps.back().kind != Step::Kind::literal)
            content_.steps.push_back({});
        content_.steps.back().literal += text;
    }

    void begin_slot(Step::Kind kind, std::size_t slot) {
        if (first_slot_ancestors_.empty()) first_slot_ancestors_ = ancestors_;
        content_.steps.push_back({kind, {}, slot});
    }

    void walk(const Node& node, const Lettering& outside) {
        if (node.is_text() || fit_target(node)) return;
        if (node.name == "style" || is_definition(node)) {
            if (first_slot_ancestors_.empty()) definitions_ += written(node);
            literal(written(node));
            if (is_definition(node) && !fields_in(node).empty())
                complaints_.add(node, "papers.field_in_definition");
            return;
        }
        const auto present = field_called(node, "with"), absent = field_called(node, "without");
        const auto& condition = present ? present : absent;
        if (condition) {
            judge_name(node, *condition);
            begin_slot(present ? Step::Kind::when : Step::Kind::unless, 0);
            content_.steps.back().literal = *condition;
        }
        draw(node, outside);
        if (condition) content_.steps.push_back({Step::Kind::end, {}, 0});
    }

    void draw(const Node& node, const Lettering& outside) {
        if (is_code_place(node)) return add_code(node);
        const Lettering lettering = outside.inside(node);
        if (node.name == "text") return add_text(node, outside);
        literal(opening_of(node));
        ancestors_.push_back(&node);
        for (const Node& child : node.children) walk(child, lettering);
        ancestors_.pop_back();
        literal(closing_of(node));
    }

    void add_text(const Node& node, const Lettering& outside) {
        TextSlot slot;
        slot.text = node;
        join_placeholders(slot.text);
        judge_text(slot.text, outside, slot);
        slot.fields = fields_in(slot.text);
        if (slot.fields.empty()) return literal(written(slot.text));
        for (const std::string& field : slot.fields)
            if (const auto fit = fits_.find(field); fit != fits_.end()) slot.fit_width = fit->second;
        if (const auto said = number_of(node.get("data-fit"))) slot.fit_width = *said;
        if (const auto said = number_of(node.get("data-fit-smallest")))
            slot.smallest = std::clamp(*said, 30.0, 100.0) / 100;
        slot.before = before();
        slot.after = after();
        begin_slot(Step::Kind::text, content_.texts.size());
        content_.texts.push_back(std::move(slot));
    }

    void add_code(const Node& node) {
        const auto left = number_of(node.get("x")), top = number_of(node.get("y"));
        const auto width = number_of(node.get("width")), height = number_of(node.get("height"));
        if (!width || !height || *width <= 0 || *height <= 0 || (!left && node.find("x")) ||
            (!top && node.find("y")))
            return complaints_.add(node, "papers.qr_shape");
        CodeSlot slot;
        slot.side = std::min(*width, *height);
        slot.left = left.value_or(0) + (*width - slot.side) / 2;
        slot.top = top.value_or(0) + (*height - slot.side) / 2;
        slot.transform = std::string(node.get("transform"));
        const Box box = outline(node);
        slot.side_mm = std::min(box.width, box.height) * content_.page.width_mm / content_.page.width;
        if (!judge_name(node, "qr")) return;
        const std::string& longest = content_.find("qr")->longest;
        const std::string sample = longest.empty() ? "0" : longest;
        const double needed = qr::code_of(sample).side() * smallest_module_mm;
        if (slot.side_mm < needed)
            complaints_.add(node, "papers.qr_too_small",
                            {millimetres(slot.side_mm), millimetres(needed + 0.5)});
        shown_.insert("qr");
        begin_slot(Step::Kind::code, content_.codes.size());
        content_.codes.push_back(std::move(slot));
    }

    static std::string millimetres(double length) { return std::to_string(static_cast<int>(length)); }

    // --- the backdrop ---

    static bool blends(const Node& node) {
        for (const char* property : {"opacity", "mix-blend-mode", "isolation"}) {
            const std::string value = own_property(node, property);
            if (!value.empty() && value != "1" && value != "normal" && value != "auto") return true;
        }
        return false;
    }

    // What is drawn before the first placeholder is the same on every page, and becomes a drawing
    // of its own; unless the two drawings would not look as one.
    void split_backdrop(const Node& root) {
        const bool splits = !has_sheet_ && !content_.steps.empty() && first_slot_ancestors_.size() >= 1 &&
                            content_.steps.front().kind == Step::Kind::literal &&
                            std::none_of(first_slot_ancestors_.begin(), first_slot_ancestors_.end(),
                                         [](const Node* each) { return blends(*each); });
        if (!splits) return;
        std::string openings, closings;
        for (const Node* each : first_slot_ancestors_) {
            openings += opening_of(*each);
            closings = closing_of(*each) + closings;
            if (each == &root) openings += definitions_;
        }
        const std::string& first = content_.steps.front().literal;
        // Something further down may be a copy of what stands in the backdrop.
        const std::set<std::string> defined = ids_in(first), carried = ids_in(openings);
        for (std::size_t i = 1; i < content_.steps.size(); ++i) {
            std::string text = content_.steps[i].literal;
            if (content_.steps[i].kind == Step::Kind::text)
                text = written(content_.texts[content_.steps[i].slot].text);
            for (const std::string& id : defined)
                if (!carried.contains(id) && (text.find("#" + id + "&quot;") != std::string::npos ||
                                              text.find("#" + id + "\"") != std::string::npos ||
                                              text.find("#" + id + ")") != std::string::npos ||
                                              text.find("#" + id + "'") != std::string::npos))
                    return;
        }
        content_.backdrop = first + closings;
        content_.steps.front().literal = openings;
    }

    static std::set<std::string> ids_in(std::string_view drawing) {
        std::set<std::string> ids;
        constexpr std::string_view mark = " id=\"";
        for (std::size_t at = 0; (at = drawing.find(mark, at)) != std::string_view::npos;) {
            at += mark.size();
            ids.emplace(drawing.substr(at, drawing.find('"', at) - at));
        }
        return ids;
    }

    // --- the longest values ---

    void finish_slots() {
        if (complaints_.any()) return;  // measured with the wrong fonts it would say nothing
        Values longest;
        for (const Field& field : content_.fields) longest[field.name] = field.longest;
        for (TextSlot& slot : content_.texts) {
            const Node text = filled(slot.text, longest);
            if (fitted(slot, text, content_.page_box())) {
                slot.bears = borne_for_certain(slot, text);
                continue;
            }
            std::string names;
            for (const std::string& field : slot.fields) names += (names.empty() ? "" : ", ") + field;
            complaints_.add(slot.text, "papers.longest_too_long", {names, whole_text(text)});
        }
    }

    // Where nothing is made smaller, what is no wider than the longest fits as it does. Elsewhere the longest
    // is measured once, and tells how much a width by width_of() becomes in this place.
    double borne_for_certain(const TextSlot& slot, const Node& longest) const {
        const double width = width_of(slot, longest);
        if (slot.fonts.size() != 1 || width <= 0) return 0;
        if (slot.fit_width <= 0) return width;
        constexpr double certain = 0.95;  // letter spacing and kerning differ from text to text
        const double drawn = ink_alone(slot.before, longest, slot.after, content_.page_box()).width;
        return drawn > 0 ? certain * slot.fit_width / slot.smallest * width / drawn : 0;
    }

    Complaints& complaints_;
    Template::Content content_;
    std::vector<std::string> names_;
    std::vector<const Node*> ancestors_, first_slot_ancestors_;
    std::map<std::string, bool> families_;
    std::map<std::string, double> fits_;
    std::set<std::string> shown_;
    bool has_sheet_ = false;
    std::string sheets_, sheet_family_, definitions_;
};

}  // namespace

const Field* Template::Content::find(std::string_view name) const {
    for (const Field& field : fields)
        if (field.name == name) return &field;
    return nullptr;
}

Template::Content take_apart(Node root, const PageSize& page, std::span<const Field> fields,
                             Complaints& complaints) {
    return Apart(page, fields, complaints).take(root);
}

}  // namespace tiendo::papers
