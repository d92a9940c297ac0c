// A parsed template: what views.cpp renders and inspects.
#pragma once
#include <array>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/i18n/i18n.h"

namespace tiendo::views {

enum class Kind {
    text,
    value,
    markup,
    section,
    inverted,
    number,
    percent,
    date,
    moment,
    words,
    partial,
    content,  // of a layout: where the page comes
};

struct Node {
    Kind kind = Kind::text;
    std::string text;               // the text itself, or the name as written
    std::vector<std::string> path;  // the name at its points; "." is one piece
    int line = 0;
    std::vector<Node> children;              // of a section or format
    std::vector<std::vector<Node>> pieces;   // of words: the key, then the arguments
    const struct Template* other = nullptr;  // of a partial
    // Of words whose key the template writes itself and that have no arguments, as most are: the
    // text in each language, escaped. Empty: to be looked up.
    std::array<std::string, i18n::languages.size()> said = {};
};

struct Template {
    std::string name;
    std::vector<Node> nodes;
};

// Throws std::runtime_error, "plan/board, line 7: …".
Template parse_template(std::string name, std::string_view source);

// Every node, those inside others too, in the order of the source. Partials are not entered.
void each_node(const std::vector<Node>& nodes, const std::function<void(const Node&)>& visit);
void each_node(std::vector<Node>& nodes, const std::function<void(Node&)>& visit);

}  // namespace tiendo::views
