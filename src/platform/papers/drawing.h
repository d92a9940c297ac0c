// An SVG as a tree: what was read is what is judged, and what is judged is what is drawn, because
// the drawing is written anew from this tree.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/outcome.h"

namespace tiendo::papers {

struct Attribute {
    std::string name;  // "x", "xlink:href", "xml:space", "inkscape:label"; of other namespaces: none
    std::string value;
};

// An element of the SVG namespace, or, without a name, a piece of text (NFC).
struct Node {
    std::string name;
    std::string text;
    int line = 0;
    std::vector<Attribute> attributes;
    std::vector<Node> children;

    bool is_text() const { return name.empty(); }
    const std::string* find(std::string_view attribute) const;
    std::string_view get(std::string_view attribute) const;
    void set(std::string_view attribute, std::string value);
    void remove(std::string_view attribute);
    // What Inkscape's window "Objects" calls it: the label, or else the id.
    bool is_called(std::string_view called) const;
};

// "12, <image>", the line and the element: how refusals say where.
std::string place_of(const Node& node);

// Refusals papers.damaged, .doctype, .not_svg, .script (of any namespace). What other namespaces
// add (Inkscape's own notes, metadata), comments, titles and descriptions are left out.
Outcome<Node> read_drawing(std::string_view svg);

std::string escaped(std::string_view text);
// "<g id="a">" and "</g>"; notes of ours and of Inkscape (data-*, inkscape:*) are not written.
std::string opening_of(const Node& node);
std::string closing_of(const Node& node);
std::string written(const Node& node);

// A plain number, or none: "12.5", "-3", "1e2".
std::optional<double> number_of(std::string_view text);
std::string text_of(double number);

}  // namespace tiendo::papers
