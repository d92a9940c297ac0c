#include "html.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <regex>

namespace scenario {
namespace {

struct Tag {
    std::string name;  // lower case; "/form" for an end tag
    std::map<std::string, std::string> attributes;
    std::size_t begin = 0;
    std::size_t end = 0;  // one past its >

    std::string attribute(const std::string& key) const {
        const auto found = attributes.find(key);
        return found == attributes.end() ? "" : found->second;
    }
};

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return std::tolower(c); });
    return out;
}

void append_utf8(std::string& out, unsigned long code) {
    const auto byte = [&](unsigned long value) { out.push_back(static_cast<char>(value)); };
    if (code < 0x80) return byte(code);
    if (code < 0x800) {
        byte(0xC0 | code >> 6);
    } else if (code < 0x10000) {
        byte(0xE0 | code >> 12);
        byte(0x80 | (code >> 6 & 0x3F));
    } else {
        byte(0xF0 | (code >> 18 & 0x07));
        byte(0x80 | (code >> 12 & 0x3F));
        byte(0x80 | (code >> 6 & 0x3F));
    }
    byte(0x80 | (code & 0x3F));
}

std::string decoded(std::string_view html) {
    static const std::map<std::string, std::string, std::less<>> named = {
        {"amp", "&"}, {"lt", "<"}, {"gt", ">"}, {"quot", "\""}, {"apos", "'"}, {"nbsp", " "}};
    std::string out;
    for (std::size_t at = 0; at < html.size();) {
        const auto end = html[at] == '&' ? html.find(';', at) : html.npos;
        if (end == html.npos || end - at > 10) {
            out.push_back(html[at++]);
            continue;
        }
        const auto name = html.substr(at + 1, end - at - 1);
        if (name.size() > 1 && name[0] == '#') {
            const bool hex = name[1] == 'x' || name[1] == 'X';
            append_utf8(out,
                        std::strtoul(std::string(name.substr(hex ? 2 : 1)).c_str(), nullptr, hex ? 16 : 10));
        } else if (const auto found = named.find(name); found != named.end()) {
            out += found->second;
        } else {
            out.append(html.substr(at, end - at + 1));
        }
        at = end + 1;
    }
    return out;
}

std::string collapsed(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (!is_space(c))
            out.push_back(c);
        else if (!out.empty() && out.back() != ' ')
            out.push_back(' ');
    }
    if (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
}

// The tag that begins at `at`, which is a <.
Tag tag_at(std::string_view html, std::size_t at) {
    Tag tag;
    tag.begin = at++;
    while (at < html.size() && !is_space(html[at]) && html[at] != '>') tag.name.push_back(html[at++]);
    tag.name = lower(tag.name);
    while (at < html.size() && html[at] != '>') {
        if (is_space(html[at]) || html[at] == '/') {
            ++at;
            continue;
        }
        std::string name;
        while (at < html.size() && !is_space(html[at]) && html[at] != '=' && html[at] != '>')
            name.push_back(html[at++]);
        std::string value;
        if (at < html.size() && html[at] == '=') {
            ++at;
            const char quote = at < html.size() ? html[at] : '\0';
            const bool is_quoted = quote == '"' || quote == '\'';
            if (is_quoted) ++at;
            const auto done = [&](char c) { return is_quoted ? c == quote : is_space(c) || c == '>'; };
            while (at < html.size() && !done(html[at])) value.push_back(html[at++]);
            if (is_quoted && at < html.size()) ++at;
        }
        tag.attributes.emplace(lower(name), decoded(value));
    }
    tag.end = std::min(at + 1, html.size());
    return tag;
}

std::vector<Tag> tags_of(std::string_view html) {
    std::vector<Tag> tags;
    for (auto at = html.find('<'); at != html.npos; at = html.find('<', at)) {
        if (html.substr(at, 4) == "<!--") {
            const auto end = html.find("-->", at);
            tags.push_back({"!--", {}, at, end == html.npos ? html.size() : end + 3});
        } else {
            tags.push_back(tag_at(html, at));
        }
        const auto& tag = tags.back();
        at = tag.end;
        // Inside a script or style a < is no tag.
        if (tag.name == "script" || tag.name == "style") {
            const auto close = html.find("</" + tag.name, at);
            at = close == html.npos ? html.size() : close;
        }
    }
    return tags;
}

bool breaks_words(const std::string& name) {
    static const std::vector<std::string> inline_tags = {"a",   "b",   "strong", "em",   "i",    "span",
                                                         "sup", "sub", "abbr",   "mark", "code", "small"};
    const auto bare = name.front() == '/' ? name.substr(1) : name;
    return std::find(inline_tags.begin(), inline_tags.end(), bare) == inline_tags.end();
}

std::string text_between(std::string_view html, const std::vector<Tag>& tags, std::size_t from,
                         std::size_t to) {
    std::string text;
    std::size_t at = from;
    bool hidden = false;
    for (const auto& tag : tags) {
        if (tag.begin < from || tag.begin >= to) continue;
        if (!hidden) text.append(html.substr(at, tag.begin - at));
        hidden = tag.name == "script" || tag.name == "style" || tag.name == "template";
        if (!tag.name.empty() && breaks_words(tag.name)) text.push_back(' ');
        at = tag.end;
    }
    if (at < to) text.append(html.substr(at, to - at));
    return collapsed(decoded(text));
}

// What an input sends when nobody touches it; nothing for a box that is not ticked.
void add_input(Form& form, const Tag& tag) {
    const auto name = tag.attribute("name");
    const auto type = lower(tag.attribute("type"));
    if (name.empty() || type == "submit" || type == "button" || type == "file") return;
    if ((type == "checkbox" || type == "radio") && !tag.attributes.count("checked")) return;
    auto& list = type == "hidden" ? form.hidden : form.fields;
    list.emplace_back(name, tag.attribute("value"));
}

}  // namespace

std::string visible_text(std::string_view html) { return text_between(html, tags_of(html), 0, html.size()); }

std::optional<std::string> raw_key(const std::string& text) {
    // Three parts: a file or a host may have two.
    static const std::regex key("(^|\\s)([a-z]+\\.[a-z_]+\\.[a-z_.]*[a-z])(?=\\s|$)");
    std::smatch found;
    return std::regex_search(text, found, key) ? std::optional(found[2].str()) : std::nullopt;
}

std::vector<Form> forms_of(std::string_view html) {
    const auto tags = tags_of(html);
    std::vector<Form> forms;
    bool inside = false;
    std::string select;
    for (std::size_t i = 0; i < tags.size(); ++i) {
        const auto& tag = tags[i];
        if (tag.name == "form") {
            forms.push_back({tag.attribute("action"), {}, {}});
            inside = true;
        } else if (tag.name == "/form") {
            inside = false;
        } else if (!inside) {
            continue;
        } else if (tag.name == "input") {
            add_input(forms.back(), tag);
        } else if (tag.name == "textarea" && i + 1 < tags.size()) {
            forms.back().fields.emplace_back(tag.attribute("name"),
                                             decoded(html.substr(tag.end, tags[i + 1].begin - tag.end)));
        } else if (tag.name == "select") {
            select = tag.attribute("name");
        } else if (tag.name == "option" && tag.attributes.count("selected")) {
            forms.back().fields.emplace_back(select, tag.attribute("value"));
        }
    }
    return forms;
}

std::optional<std::string> link_target(std::string_view html, std::string_view text) {
    const auto tags = tags_of(html);
    for (std::size_t i = 0; i < tags.size(); ++i) {
        if (tags[i].name != "a") continue;
        auto close = i;
        while (close < tags.size() && tags[close].name != "/a") ++close;
        const auto end = close < tags.size() ? tags[close].begin : html.size();
        if (text_between(html, tags, tags[i].end, end) == text) return tags[i].attribute("href");
    }
    return {};
}

}  // namespace scenario
