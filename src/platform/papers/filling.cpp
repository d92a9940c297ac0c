// Values into a template: texts made to fit, the code drawn, everything else as it is.
#include <algorithm>
#include <cmath>
#include <optional>

#include "base/text.h"
#include "platform/papers/content.h"
#include "platform/papers/placeholders.h"
#include "platform/qr/qr.h"

namespace tiendo::papers {
namespace {

constexpr double tolerance = 1e-3;

// The position that scaling must keep: the first one given, as Inkscape writes it.
struct Anchor {
    double x = 0, y = 0;
};
std::optional<Anchor> anchor_of(const Node& text) {
    Anchor anchor;
    bool has_x = false, has_y = false;
    for (const Node* at = &text; at != nullptr;) {
        if (const std::string* x = at->find("x"); x && !has_x) {
            const auto number = number_of(*x);
            if (!number) return std::nullopt;
            anchor.x = *number;
            has_x = true;
        }
        if (const std::string* y = at->find("y"); y && !has_y) {
            const auto number = number_of(*y);
            if (!number) return std::nullopt;
            anchor.y = *number;
            has_y = true;
        }
        const auto next = std::find_if(at->children.begin(), at->children.end(),
                                       [](const Node& child) { return !child.is_text(); });
        at = next == at->children.end() ? nullptr : &*next;
    }
    return anchor;
}

Node scaled(const Node& text, double factor, const Anchor& anchor) {
    Node out = text;
    const std::string x = text_of(anchor.x), y = text_of(anchor.y), by = text_of(factor);
    std::string transform(text.get("transform"));
    transform += (transform.empty() ? "" : " ") + std::string("translate(") + x + " " + y + ") scale(" + by +
                 ") translate(" + text_of(-anchor.x) + " " + text_of(-anchor.y) + ")";
    out.set("transform", transform);
    return out;
}

bool is_blank(const Node& node) {
    return node.is_text() && node.text.find_first_not_of(" \t\r\n") == std::string::npos;
}

// The element whose only content is the whole text; none when the text has several parts.
Node* holder_of_text(Node& node) {
    std::erase_if(node.children, is_blank);
    if (node.children.size() != 1) return nullptr;
    return node.children.front().is_text() ? &node : holder_of_text(node.children.front());
}

// In two lines, broken at the blank nearest to the middle, around the line where it stood.
std::optional<Node> in_two_lines(const Node& text, const Anchor& anchor) {
    Node out = text;
    Node* holder = holder_of_text(out);
    if (!holder) return std::nullopt;
    const std::string whole = clean(holder->children.front().text);
    std::size_t best = std::string::npos, best_length = 0;
    for (std::size_t at = whole.find(' '); at != std::string::npos; at = whole.find(' ', at + 1)) {
        const std::size_t longer = std::max(length_of(std::string_view(whole).substr(0, at)),
                                            length_of(std::string_view(whole).substr(at + 1)));
        if (best == std::string::npos || longer < best_length) {
            best = at;
            best_length = longer;
        }
    }
    if (best == std::string::npos) return std::nullopt;
    const auto line = [&](std::string content, const char* down) {
        Node piece;
        piece.text = std::move(content);
        Node span;
        span.name = "tspan";
        span.attributes = {{"x", text_of(anchor.x)}, {"dy", down}};
        span.children = {std::move(piece)};
        return span;
    };
    holder->children = {line(whole.substr(0, best), "-0.62em"), line(whole.substr(best + 1), "1.15em")};
    return out;
}

std::string code_drawing(const CodeSlot& slot, const qr::Code& code) {
    const std::string side = std::to_string(code.side());
    std::string out = "<g";
    if (!slot.transform.empty()) out += " transform=\"" + escaped(slot.transform) + "\"";
    out += "><g transform=\"translate(" + text_of(slot.left) + " " + text_of(slot.top) + ") scale(" +
           text_of(slot.side / code.side()) +
           ")\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h" + side + "v" + side + "h-" +
           side + "z\"/><path fill=\"#000\" d=\"" + qr::path_of(code) + "\"/></g></g>";
    return out;
}

}  // namespace

std::optional<std::string> FittedTexts::find(const std::string& written) const {
    const std::lock_guard held(mutex_);
    const auto found = kept_.find(written);
    return found == kept_.end() ? std::nullopt : std::optional(found->second);
}

void FittedTexts::keep(const std::string& written, const std::string& fitted) {
    constexpr std::size_t most = 2'000;
    const std::lock_guard held(mutex_);
    if (kept_.size() >= most) kept_.clear();
    kept_.emplace(written, fitted);
}

Box ink_alone(const std::string& before, const Node& node, const std::string& after, const Box& page) {
    Node measured = node;
    measured.set("id", "measured");
    return Picture(before + written(measured) + after).ink_of("measured", page);
}

std::optional<std::string> fitted(const TextSlot& slot, const Node& text, const Box& page) {
    const auto measure = [&](const Node& node) { return ink_alone(slot.before, node, slot.after, page); };
    const Box natural = measure(text);
    if (slot.fit_width <= 0) {
        const bool inside =
            natural.width <= 0 || (natural.left >= -tolerance && natural.right() <= page.right() + tolerance);
        return inside ? std::optional(written(text)) : std::nullopt;
    }
    if (natural.width <= slot.fit_width + tolerance) return written(text);
    const auto anchor = anchor_of(text);
    if (!anchor) return std::nullopt;
    const double factor = slot.fit_width / natural.width;
    if (factor >= slot.smallest) return written(scaled(text, factor, *anchor));
    const auto two = in_two_lines(text, *anchor);
    if (!two) return std::nullopt;
    // Two lines take more height, so they are a little smaller even where they need not be.
    const double two_factor = std::min(slot.fit_width / measure(*two).width, (1 + slot.smallest) / 2);
    if (two_factor < slot.smallest) return std::nullopt;
    return written(scaled(*two, two_factor, *anchor));
}

double width_of(const TextSlot& slot, const Node& text) {
    double widest = 0;
    const std::string whole = clean(whole_text(text));
    for (const Font& font : slot.fonts) widest = std::max(widest, font.width_of(whole));
    return widest;
}

namespace {

Values cleaned(const Values& values) {
    Values clean_values;
    for (const auto& [name, value] : values) clean_values[name] = name == "qr" ? value : clean(value);
    return clean_values;
}

const std::string& value_of(const Values& values, const std::string& name) {
    static const std::string none;
    const auto found = values.find(name);
    return found == values.end() ? none : found->second;
}

// A letter that no font of the text can draw.
std::optional<Refusal> letter_missing(const TextSlot& slot, const Values& values) {
    for (const std::string& field : slot.fields)
        for (const char32_t letter : letters_of(value_of(values, field)))
            for (const Font& font : slot.fonts)
                if (letter > U' ' && !font.has(letter))
                    return Refusal{
                        field, "papers.value_letter", {field, text_of_letter(letter), font.family()}};
    return std::nullopt;
}

// Measured once: of a thousand certificates most say the same but for a name.
Outcome<std::string> made_to_fit(const TextSlot& slot, const Node& text, const Box& page) {
    const std::string plain = written(text);
    if (auto known = slot.known->find(plain)) return std::move(*known);
    auto fits = fitted(slot, text, page);
    if (!fits)
        return Refusal{
            slot.fields.front(), "papers.value_too_long", {slot.fields.front(), clean(whole_text(text))}};
    slot.known->keep(plain, *fits);
    return std::move(*fits);
}

// The code, unless it says more than a phone could read in the place it has.
Outcome<qr::Code> readable_code(const CodeSlot& slot, const std::string& text) {
    const auto hundredths = [](double mm) { return std::to_string(static_cast<int>(mm * 100)); };
    const auto too_dense = [&](double module_mm) {
        return Refusal{"qr", "papers.qr_too_dense", {hundredths(module_mm), hundredths(smallest_module_mm)}};
    };
    if (text.size() > qr::longest_text) return too_dense(0);
    qr::Code code = qr::code_of(text);
    const double module_mm = slot.side_mm / code.side();
    if (module_mm < smallest_module_mm - tolerance) return too_dense(module_mm);
    return code;
}

// Calls f with each step that is drawn with these values.
template <class F>
void each_drawn(const Template::Content& content, const Values& values, F f) {
    int left_out = 0;  // depth inside of what is not drawn
    for (const Step& step : content.steps) {
        const bool begins = step.kind == Step::Kind::when || step.kind == Step::Kind::unless;
        if (begins &&
            (left_out > 0 || value_of(values, step.literal).empty() == (step.kind == Step::Kind::when)))
            ++left_out;
        if (step.kind == Step::Kind::end && left_out > 0) --left_out;
        if (left_out == 0) f(step);
    }
}

}  // namespace

Refusals Template::complaints_about(const Values& given) const {
    const Values values = cleaned(given);
    Refusals refusals;
    each_drawn(*content_, values, [&](const Step& step) {
        if (step.kind == Step::Kind::code && !value_of(values, "qr").empty())
            if (const auto code = readable_code(content_->codes[step.slot], value_of(values, "qr")); !code)
                refusals.push_back(code.refusals().front());
        if (step.kind != Step::Kind::text) return;
        const TextSlot& slot = content_->texts[step.slot];
        if (auto why = letter_missing(slot, values)) {
            refusals.push_back(std::move(*why));
            return;
        }
        const Node text = filled(slot.text, values);
        if (width_of(slot, text) <= slot.bears) return;
        if (const auto fits = made_to_fit(slot, text, content_->page_box()); !fits)
            refusals.push_back(fits.refusals().front());
    });
    return refusals;
}

Outcome<std::string> filled_drawing(const Template::Content& content, const Values& given) {
    Refusals refusals;
    const Values values = cleaned(given);
    const auto text_step = [&](const TextSlot& slot) -> std::string {
        if (auto why = letter_missing(slot, values)) {
            refusals.push_back(std::move(*why));
            return {};
        }
        const Node text = filled(slot.text, values);
        if (slot.fit_width <= 0 && width_of(slot, text) <= slot.bears) return written(text);
        auto fits = made_to_fit(slot, text, content.page_box());
        if (fits) return std::move(*fits);
        refusals.push_back(fits.refusals().front());
        return {};
    };
    const auto code_step = [&](const CodeSlot& slot) -> std::string {
        const std::string& text = value_of(values, "qr");
        if (text.empty()) return {};
        const auto code = readable_code(slot, text);
        if (code) return code_drawing(slot, *code);
        refusals.push_back(code.refusals().front());
        return {};
    };
    std::string drawing;
    each_drawn(content, values, [&](const Step& step) {
        switch (step.kind) {
            case Step::Kind::literal: drawing += step.literal; break;
            case Step::Kind::text: drawing += text_step(content.texts[step.slot]); break;
            case Step::Kind::code: drawing += code_step(content.codes[step.slot]); break;
            case Step::Kind::when:
            case Step::Kind::unless:
            case Step::Kind::end: break;
        }
    });
    if (!refusals.empty()) return refusals;
    return drawing;
}

}  // namespace tiendo::papers
