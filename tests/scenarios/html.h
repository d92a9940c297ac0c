// What a reader of a page has before him: its text, its links, its forms.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace scenario {

using Fields = std::vector<std::pair<std::string, std::string>>;

struct Form {
    std::string action;  // empty: the page itself
    Fields hidden;       // the names and values of its hidden inputs
    Fields fields;       // what its other inputs, selects and text areas hold
};

// The text without tags, scripts, styles and comments; entities decoded, blanks collapsed.
std::string visible_text(std::string_view html);
// A word of that text which is no word but the key of a text that nobody wrote: "imports.kind_hint.people".
std::optional<std::string> raw_key(const std::string& text);
std::vector<Form> forms_of(std::string_view html);
// Where the first link with that text leads.
std::optional<std::string> link_target(std::string_view html, std::string_view text);

}  // namespace scenario
