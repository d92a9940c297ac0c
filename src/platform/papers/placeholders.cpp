#include "platform/papers/placeholders.h"

#include <algorithm>

#include "base/text.h"

namespace tiendo::papers {
namespace {

constexpr std::string_view opening = "{{", closing = "}}";
constexpr char line_end = '\x01';  // stands in no XML text

struct Leaf {
    Node* node;
    bool begins_line;
};

void collect_leaves(Node& node, bool& at_line_begin, std::vector<Leaf>& leaves) {
    if (node.is_text()) {
        leaves.push_back({&node, at_line_begin});
        at_line_begin = false;
        return;
    }
    if (node.find("x") || node.find("y")) at_line_begin = true;
    for (Node& child : node.children) collect_leaves(child, at_line_begin, leaves);
}

struct Found {
    std::size_t begin = 0, end = 0;  // of "{{name}}" in the text
    std::string field;
};

bool is_name_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; }

// The next whole placeholder from `at` on. Anything may stand between its braces but a brace or
// the end of a line: that the name is none is for the list of fields to say.
std::optional<Found> next_placeholder(std::string_view text, std::size_t at) {
    while ((at = text.find(opening, at)) != std::string_view::npos) {
        const std::size_t stop = text.find_first_of(std::string_view("{}\x01"), at + 2);
        if (stop != std::string_view::npos && text.substr(stop).starts_with(closing)) {
            std::string_view name = text.substr(at + 2, stop - at - 2);
            while (!name.empty() && !is_name_letter(name.front()) &&
                   static_cast<unsigned char>(name.front()) <= ' ')
                name.remove_prefix(1);
            while (!name.empty() && static_cast<unsigned char>(name.back()) <= ' ') name.remove_suffix(1);
            if (!name.empty()) return Found{at, stop + closing.size(), std::string(name)};
        }
        ++at;
    }
    return std::nullopt;
}

void collect_fields(const Node& node, std::vector<std::string>& fields) {
    if (node.is_text()) {
        for (const Piece& piece : pieces_of(node.text))
            if (piece.is_field && !std::count(fields.begin(), fields.end(), piece.text))
                fields.push_back(piece.text);
    }
    for (const Node& child : node.children) collect_fields(child, fields);
}

}  // namespace

std::vector<Piece> pieces_of(std::string_view text) {
    std::vector<Piece> pieces;
    std::size_t at = 0;
    while (const auto found = next_placeholder(text, at)) {
        if (found->begin > at) pieces.push_back({false, std::string(text.substr(at, found->begin - at))});
        pieces.push_back({true, found->field});
        at = found->end;
    }
    if (at < text.size()) pieces.push_back({false, std::string(text.substr(at))});
    return pieces;
}

bool is_broken(const Piece& piece) {
    return !piece.is_field &&
           (piece.text.find(opening) != std::string::npos || piece.text.find(closing) != std::string::npos);
}

void join_placeholders(Node& text) {
    std::vector<Leaf> leaves;
    bool at_line_begin = true;
    collect_leaves(text, at_line_begin, leaves);
    // All leaves in a row, and for every letter the leaf it belongs to.
    std::string row;
    std::vector<std::size_t> owner;
    for (std::size_t i = 0; i < leaves.size(); ++i) {
        if (leaves[i].begins_line) {
            row += line_end;
            owner.push_back(i);
        }
        row += leaves[i].node->text;
        owner.insert(owner.end(), leaves[i].node->text.size(), i);
    }
    std::size_t at = 0;
    while (const auto found = next_placeholder(row, at)) {
        std::fill(owner.begin() + static_cast<std::ptrdiff_t>(found->begin),
                  owner.begin() + static_cast<std::ptrdiff_t>(found->end), owner[found->begin]);
        at = found->end;
    }
    for (const Leaf& leaf : leaves) leaf.node->text.clear();
    for (std::size_t i = 0; i < row.size(); ++i)
        if (row[i] != line_end) leaves[owner[i]].node->text += row[i];
}

std::vector<std::string> fields_in(const Node& node) {
    std::vector<std::string> fields;
    collect_fields(node, fields);
    return fields;
}

Node filled(const Node& node, const Values& values) {
    Node out = node;
    if (out.is_text()) {
        out.text.clear();
        for (const Piece& piece : pieces_of(node.text)) {
            if (!piece.is_field) {
                out.text += piece.text;
            } else if (const auto value = values.find(piece.text); value != values.end()) {
                out.text += value->second;
            }
        }
        return out;
    }
    for (Node& child : out.children) child = filled(child, values);
    return out;
}

std::string whole_text(const Node& node) {
    std::string text = node.text;
    for (const Node& child : node.children) text += whole_text(child);
    return text;
}

}  // namespace tiendo::papers
