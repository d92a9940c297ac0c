// {{fields}} in the texts of a drawing.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "platform/papers/drawing.h"
#include "platform/papers/papers.h"

namespace tiendo::papers {

struct Piece {
    bool is_field = false;
    std::string text;  // the name of the field, or the text itself
};
// "Cấp cho {{full_name}}" is a text and a field. A brace that belongs to no placeholder stays text.
std::vector<Piece> pieces_of(std::string_view text);

// Whether a piece of text still has "{{" or "}}" in it: a placeholder that nobody can read.
bool is_broken(const Piece& piece);

// Inkscape cuts a text into tspans where its style changes, in the middle of a placeholder as
// well. One that lies on one line is put together again where it begins; one that runs over
// several lines stays broken.
void join_placeholders(Node& text);

// The fields of an element and all below it, in order, each once.
std::vector<std::string> fields_in(const Node& node);

// The element with values for placeholders.
Node filled(const Node& node, const Values& values);
// All its text in one.
std::string whole_text(const Node& node);

}  // namespace tiendo::papers
