#include "platform/papers/style.h"

#include "base/text.h"

namespace tiendo::papers {
namespace {

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n\f";
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

// A comment may stand anywhere and hide what follows: seen by nobody, so it goes first.
std::string without_comments(std::string_view css) {
    std::string out;
    for (std::size_t at = 0; at < css.size();) {
        if (css.substr(at).starts_with("/*")) {
            const std::size_t end = css.find("*/", at + 2);
            at = end == std::string_view::npos ? css.size() : end + 2;
            out += ' ';
        } else {
            out += css[at++];
        }
    }
    return out;
}

// Splits where the separator stands outside quotes and brackets.
std::vector<std::string_view> split_outside(std::string_view text, char separator) {
    std::vector<std::string_view> pieces;
    char quote = 0;
    int brackets = 0;
    std::size_t begin = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (quote != 0) {
            if (c == quote) quote = 0;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '(') {
            ++brackets;
        } else if (c == ')') {
            --brackets;
        } else if (c == separator && brackets <= 0) {
            pieces.push_back(text.substr(begin, at - begin));
            begin = at + 1;
        }
    }
    pieces.push_back(text.substr(begin));
    return pieces;
}

std::string_view without_quotes(std::string_view text) {
    text = trimmed(text);
    if (text.size() >= 2 && (text.front() == '"' || text.front() == '\'') && text.back() == text.front())
        return trimmed(text.substr(1, text.size() - 2));
    return text;
}

}  // namespace

std::vector<Declaration> declarations_of(std::string_view style) {
    std::vector<Declaration> found;
    const std::string plain = without_comments(style);
    for (const std::string_view piece : split_outside(plain, ';')) {
        const std::size_t colon = piece.find(':');
        if (colon == std::string_view::npos) continue;
        std::string_view value = trimmed(piece.substr(colon + 1));
        if (const std::size_t mark = value.rfind('!'); mark != std::string_view::npos)
            if (trimmed(value.substr(mark + 1)) == "important") value = trimmed(value.substr(0, mark));
        found.push_back({lower_ascii(trimmed(piece.substr(0, colon))), std::string(value)});
    }
    return found;
}

std::string own_property(const Node& node, std::string_view property) {
    std::string value;
    for (const Declaration& each : declarations_of(node.get("style")))
        if (each.property == property) value = each.value;  // the last one counts
    if (value.empty()) value = std::string(trimmed(node.get(property)));
    return value;
}

std::string first_family(std::string_view list) {
    return std::string(without_quotes(split_outside(list, ',').front()));
}

std::vector<std::string> families_in_sheet(std::string_view sheet) {
    std::vector<std::string> families;
    const std::string plain = without_comments(sheet);
    for (std::size_t at = 0; at < plain.size();) {
        const std::size_t open = plain.find('{', at);
        if (open == std::string::npos) break;
        const std::size_t close = std::min(plain.find('}', open), plain.size());
        for (const Declaration& each :
             declarations_of(std::string_view(plain).substr(open + 1, close - open - 1)))
            if (each.property == "font-family") families.push_back(first_family(each.value));
        at = close + 1;
    }
    return families;
}

Targets urls_in(std::string_view css) {
    Targets targets;
    const std::string plain = without_comments(css);
    const std::string small = lower_ascii(plain);
    for (std::size_t at = 0; (at = small.find("url(", at)) != std::string::npos;) {
        const std::size_t begin = at + 4;
        const std::size_t end = std::min(small.find(')', begin), small.size());
        const std::string_view target = without_quotes(std::string_view(plain).substr(begin, end - begin));
        if (target.starts_with('#'))
            targets.ids.emplace_back(target.substr(1));
        else if (targets.elsewhere.empty())
            targets.elsewhere = target.empty() ? "url()" : std::string(target);
        at = end;
    }
    return targets;
}

std::optional<std::string> forbidden_in(std::string_view css) {
    const std::string plain = without_comments(css);
    // An escape could spell anything ("@\69mport"); nothing a drawing needs is written with one.
    if (plain.find('\\') != std::string::npos) return "\\";
    if (const std::size_t at = plain.find('@'); at != std::string::npos) {
        const std::size_t end = std::min(plain.find_first_of(" \t\r\n;{(\"'", at), plain.size());
        return plain.substr(at, std::min<std::size_t>(end - at, 40));
    }
    return std::nullopt;
}

}  // namespace tiendo::papers
