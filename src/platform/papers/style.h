// The little CSS a template needs: the declarations of a style, and what a style points at.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/papers/drawing.h"

namespace tiendo::papers {

struct Declaration {
    std::string property, value;
};
// "fill:none; font-family:'Noto Serif', serif"
std::vector<Declaration> declarations_of(std::string_view style);

// What the element itself says of a property: its style, else its attribute; empty: nothing.
std::string own_property(const Node& node, std::string_view property);

// The first family of a list, without quotes.
std::string first_family(std::string_view list);
// The families that a style sheet names first, wherever in it.
std::vector<std::string> families_in_sheet(std::string_view sheet);

// The ids of every url(#id); none when a url points elsewhere, which is then in `elsewhere`.
struct Targets {
    std::vector<std::string> ids;
    std::string elsewhere;
};
Targets urls_in(std::string_view css);

// Why a style sheet or a style is not accepted: "@import", "\"; none when it is.
std::optional<std::string> forbidden_in(std::string_view css);

}  // namespace tiendo::papers
