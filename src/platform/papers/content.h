// A template, judged and taken apart: what stays the same on every page, and what is filled in.
#pragma once
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "platform/papers/drawing.h"
#include "platform/papers/fonts.h"
#include "platform/papers/judgement.h"
#include "platform/papers/papers.h"
#include "platform/papers/picture.h"

namespace tiendo::papers {

// Texts that were made to fit before: of a thousand certificates most say the same but for a name.
class FittedTexts {
 public:
    std::optional<std::string> find(const std::string& written) const;
    void keep(const std::string& written, const std::string& fitted);

 private:
    mutable std::mutex mutex_;
    std::unordered_map<std::string, std::string> kept_;
};

// A <text> with placeholders.
struct TextSlot {
    Node text;
    std::vector<std::string> fields;
    std::vector<Font> fonts;    // it is written in
    std::string before, after;  // the elements around it, to measure it alone
    double fit_width = 0;       // in units of the page; 0: no wider than the page
    double smallest = 0.7;      // of its size, before it is broken in two
    double bears = 0;           // no wider by width_of(), it fits for certain; 0: it must be measured
    std::shared_ptr<FittedTexts> known = std::make_shared<FittedTexts>();
};

struct CodeSlot {
    double left = 0, top = 0, side = 0;  // in units of its parent
    std::string transform;
    double side_mm = 0;  // on paper
};

struct Step {
    // What stands between `when` and its `end` is drawn only if the field has a value, after `unless` only
    // if it has none.
    enum class Kind { literal, text, code, when, unless, end };
    Kind kind = Kind::literal;
    std::string literal;  // or, of `when` and `unless`, the field
    std::size_t slot = 0;
};

struct Template::Content {
    PageSize page;
    std::vector<Field> fields;       // all that were offered
    std::vector<std::string> shown;  // those the drawing shows, in order
    std::string backdrop;            // a drawing of its own; empty: nothing stays the same
    std::vector<Step> steps;         // the drawing on top of it
    std::vector<TextSlot> texts;
    std::vector<CodeSlot> codes;

    Box page_box() const { return {0, 0, page.width, page.height}; }
    const Field* find(std::string_view name) const;
};

// Takes the judged drawing apart; complains about fields, fonts and the code.
Template::Content take_apart(Node root, const PageSize& page, std::span<const Field> fields,
                             Complaints& complaints);

// The drawing on top of the backdrop. Refusals as PdfWriter::add.
Outcome<std::string> filled_drawing(const Template::Content& content, const Values& values);

// How wide the text of a slot runs in the font that makes it widest.
double width_of(const TextSlot& slot, const Node& text);

// How a text is made to fit: the text as it is to be drawn; none when it cannot.
std::optional<std::string> fitted(const TextSlot& slot, const Node& filled, const Box& page);

// A text alone on its page, to be measured; its id is "measured".
Box ink_alone(const std::string& before, const Node& node, const std::string& after, const Box& page);

inline constexpr double smallest_module_mm = 0.25;  // what an ordinary phone still reads on paper

}  // namespace tiendo::papers
