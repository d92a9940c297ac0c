#include "platform/views/template.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <kainjow/mustache.hpp>
#include <stdexcept>
#include <utility>

#include "base/text.h"

namespace tiendo::views {
namespace {

using Component = kainjow::mustache::component<std::string>;
using Tag = kainjow::mustache::tag_type;

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

// Whether a line is one tag that writes nothing by itself, so that the line goes with it.
bool is_structure(std::string_view line) {
    const std::string_view tag = trimmed(line);
    if (tag.size() < 5 || tag.substr(0, 2) != "{{" || tag.find("}}") != tag.size() - 2) return false;
    return std::string_view("#^/!>").find(tag[2]) != std::string_view::npos;
}

// A source without the lines that hold nothing but structure, and where each line of the
// original begins in it.
struct Source {
    std::string text;
    std::vector<std::size_t> starts;

    explicit Source(std::string_view original) {
        for (std::size_t at = 0; at < original.size();) {
            const std::size_t newline = original.find('\n', at);
            const std::size_t next = newline == std::string_view::npos ? original.size() : newline + 1;
            const std::string_view line = original.substr(at, next - at);
            starts.push_back(text.size());
            text += is_structure(line) ? trimmed(line) : line;
            at = next;
        }
    }
    int line_at(std::size_t position) const {
        return static_cast<int>(std::upper_bound(starts.begin(), starts.end(), position) - starts.begin());
    }
};

class Reader {
 public:
    Reader(const std::string& name, const Source& source) : name_(name), source_(source) {}

    std::vector<Node> nodes_of(const std::vector<Component>& components) const {
        std::vector<Node> nodes;
        for (const Component& component : components) {
            const int line = source_.line_at(component.position);
            switch (component.tag.type) {
                case Tag::text:
                    // The parser hands out every blank by itself; here a text is one piece.
                    if (nodes.empty() || nodes.back().kind != Kind::text)
                        nodes.push_back({Kind::text, {}, {}, line, {}, {}, nullptr});
                    nodes.back().text += component.text;
                    break;
                case Tag::variable: nodes.push_back(named(Kind::value, component, line)); break;
                case Tag::unescaped_variable: nodes.push_back(markup(component, line)); break;
                case Tag::section_begin: nodes.push_back(section(component, line)); break;
                case Tag::section_begin_inverted:
                    nodes.push_back(named(Kind::inverted, component, line));
                    nodes.back().children = nodes_of(component.children);
                    break;
                case Tag::partial: nodes.push_back(named(Kind::partial, component, line)); break;
                case Tag::set_delimiter: refuse(line, "delimiters stay {{ and }}");
                default: break;
            }
        }
        return nodes;
    }

    [[noreturn]] void refuse(int line, const std::string& why) const {
        throw std::runtime_error(name_ + ", line " + std::to_string(line) + ": " + why);
    }

 private:
    Node named(Kind kind, const Component& component, int line) const {
        Node node{kind, component.tag.name, {}, line, {}, {}, nullptr};
        if (node.text.empty()) refuse(line, "a tag without a name");
        if (node.text == ".")
            node.path = {"."};
        else
            for (const std::string_view piece : split(node.text, '.')) node.path.emplace_back(piece);
        return node;
    }

    Node markup(const Component& component, int line) const {
        Node node = named(component.tag.name == "content" ? Kind::content : Kind::markup, component, line);
        const std::string& name = node.path.back();
        const auto ends = [&](std::string_view with) {
            return name.size() > with.size() &&
                   std::string_view(name).substr(name.size() - with.size()) == with;
        };
        if (node.kind == Kind::markup && !ends("_html") && !ends("_svg"))
            refuse(line, "{{{" + node.text + "}}} would write a value as markup: use {{" + node.text +
                             "}}, or a name that ends in _html or _svg if our own code makes it");
        return node;
    }

    Node section(const Component& component, int line) const {
        static constexpr std::array<std::pair<std::string_view, Kind>, 5> reserved = {
            {{"number", Kind::number},
             {"percent", Kind::percent},
             {"date", Kind::date},
             {"moment", Kind::moment},
             {"t", Kind::words}}};
        Node node = named(Kind::section, component, line);
        node.children = nodes_of(component.children);
        for (const auto& [name, kind] : reserved)
            if (node.text == name) node.kind = kind;
        if (node.kind == Kind::section) return node;
        each_node(node.children, [&](const Node& inner) {
            if (inner.kind == Kind::markup || inner.kind == Kind::partial || inner.kind == Kind::content)
                refuse(inner.line, "inside {{#" + node.text + "}} only text and values");
        });
        if (node.kind == Kind::words) {
            node.pieces = pieces_of(std::move(node.children), line);
            node.children.clear();
        }
        return node;
    }

    // The key and the arguments, parted at each | that the template itself has written. One that
    // comes with a value is never seen here.
    std::vector<std::vector<Node>> pieces_of(std::vector<Node> nodes, int line) const {
        std::vector<std::vector<Node>> pieces(1);
        for (Node& node : nodes) {
            if (node.kind != Kind::text) {
                pieces.back().push_back(std::move(node));
                continue;
            }
            bool first = true;
            for (const std::string_view part : split(node.text, '|')) {
                if (!first) pieces.emplace_back();
                first = false;
                if (!part.empty())
                    pieces.back().push_back({Kind::text, std::string(part), {}, node.line, {}, {}, nullptr});
            }
        }
        if (pieces.front().empty()) refuse(line, "{{#t}} without a key");
        return pieces;
    }

    const std::string& name_;
    const Source& source_;
};

// What the content security policy makes a browser drop without a word.
void refuse_inline_code(const Reader& reader, std::string_view original) {
    static constexpr std::array<std::string_view, 8> dropped = {
        "<script>", " style=\"", "<style", " onclick=", " onchange=", " onsubmit=", " oninput=", " onload="};
    int line = 0;
    for (const std::string_view text : split(original, '\n')) {
        ++line;
        for (const std::string_view found : dropped)
            if (text.find(found) != std::string_view::npos)
                reader.refuse(line, std::string(found) +
                                        " does nothing under our content security policy: use a class, "
                                        "a data- attribute, a script file");
    }
}

}  // namespace

Template parse_template(std::string name, std::string_view original) {
    const Source source(original);
    const Reader reader(name, source);
    refuse_inline_code(reader, original);
    kainjow::mustache::context<std::string> context;
    kainjow::mustache::context_internal<std::string> state{context};
    Component root;
    std::string error;
    kainjow::mustache::parser<std::string> parser{source.text, state, root, error};
    if (!error.empty()) {
        // "Unclosed tag at 120": the library counts bytes, people count lines.
        const std::size_t at = error.rfind(" at ");
        reader.refuse(source.line_at(std::strtoul(error.c_str() + at + 4, nullptr, 10)), error.substr(0, at));
    }
    std::vector<Node> nodes = reader.nodes_of(root.children);
    return {std::move(name), std::move(nodes)};
}

void each_node(const std::vector<Node>& nodes, const std::function<void(const Node&)>& visit) {
    for (const Node& node : nodes) {
        visit(node);
        each_node(node.children, visit);
        for (const auto& piece : node.pieces) each_node(piece, visit);
    }
}

void each_node(std::vector<Node>& nodes, const std::function<void(Node&)>& visit) {
    for (Node& node : nodes) {
        visit(node);
        each_node(node.children, visit);
        for (auto& piece : node.pieces) each_node(piece, visit);
    }
}

}  // namespace tiendo::views
