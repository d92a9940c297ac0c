#include "platform/papers/drawing.h"

#include <expat.h>

#include <charconv>
#include <cmath>
#include <cstdio>
#include <memory>

#include "base/text.h"

namespace tiendo::papers {
namespace {

constexpr int deepest = 200;
constexpr char between = ' ';  // of namespace and name, as expat joins them; neither holds a blank

struct Namespace {
    std::string_view address, prefix;
};
constexpr std::string_view svg_namespace = "http://www.w3.org/2000/svg";
constexpr Namespace kept_namespaces[] = {{"http://www.w3.org/1999/xlink", "xlink:"},
                                         {"http://www.w3.org/XML/1998/namespace", "xml:"},
                                         {"http://www.inkscape.org/namespaces/inkscape", "inkscape:"}};

struct Name {
    std::string_view space, local;
};
Name name_of(const char* joined) {
    const std::string_view whole = joined;
    const std::size_t at = whole.rfind(between);
    if (at == std::string_view::npos) return {{}, whole};
    return {whole.substr(0, at), whole.substr(at + 1)};
}

std::string kept_name(const char* joined) {
    const Name name = name_of(joined);
    if (name.space.empty()) return std::string(name.local);
    for (const Namespace& kept : kept_namespaces)
        if (kept.address == name.space) return std::string(kept.prefix) + std::string(name.local);
    return {};
}

bool is_note(std::string_view element) {
    return element == "metadata" || element == "title" || element == "desc";
}

struct Reading {
    XML_Parser parser;
    Node root;
    std::vector<Node*> open;  // from the root to where we are
    int left_out = 0;         // depth inside an element that is not kept
    bool begun = false;
    std::optional<Refusal> refusal;

    int line() const { return static_cast<int>(XML_GetCurrentLineNumber(parser)); }
    std::string place(std::string_view element) const {
        return std::to_string(line()) + ", <" + std::string(element) + ">";
    }
    void refuse(std::string place, std::string message, std::vector<std::string> arguments = {}) {
        if (refusal) return;
        arguments.insert(arguments.begin(), place);
        refusal = Refusal{std::move(place), std::move(message), std::move(arguments)};
        XML_StopParser(parser, XML_FALSE);
    }
};

void on_open(void* user, const char* joined, const char** pairs) {
    Reading& reading = *static_cast<Reading*>(user);
    if (reading.refusal) return;
    const Name name = name_of(joined);
    if (name.local == "script") return reading.refuse(reading.place("script"), "papers.script");
    if (!reading.begun && (name.space != svg_namespace || name.local != "svg"))
        return reading.refuse(reading.place(name.local), "papers.not_svg");
    if (reading.left_out > 0 || name.space != svg_namespace || is_note(name.local)) {
        ++reading.left_out;
        return;
    }
    if (reading.open.size() >= deepest)
        return reading.refuse(reading.place(name.local), "papers.damaged",
                              {"elements within elements without end"});
    Node node;
    node.name = std::string(name.local);
    node.line = reading.line();
    for (const char** pair = pairs; pair[0] != nullptr && pair[1] != nullptr; pair += 2)
        if (std::string kept = kept_name(pair[0]); !kept.empty())
            node.attributes.push_back({std::move(kept), pair[1]});
    if (!reading.begun) {
        reading.begun = true;
        reading.root = std::move(node);
        reading.open.push_back(&reading.root);
    } else {
        // A parent grows only while it is the last of `open`: its children's addresses are not kept.
        reading.open.back()->children.push_back(std::move(node));
        reading.open.push_back(&reading.open.back()->children.back());
    }
}

void on_close(void* user, const char*) {
    Reading& reading = *static_cast<Reading*>(user);
    if (reading.refusal) return;
    if (reading.left_out > 0)
        --reading.left_out;
    else
        reading.open.pop_back();
}

void on_text(void* user, const char* text, int length) {
    Reading& reading = *static_cast<Reading*>(user);
    if (reading.refusal || reading.left_out > 0 || reading.open.empty()) return;
    Node& parent = *reading.open.back();
    if (parent.children.empty() || !parent.children.back().is_text()) {
        Node piece;
        piece.line = reading.line();
        parent.children.push_back(std::move(piece));
    }
    parent.children.back().text.append(text, static_cast<std::size_t>(length));
}

void on_doctype(void* user, const char*, const char*, const char*, int) {
    Reading& reading = *static_cast<Reading*>(user);
    reading.refuse(std::to_string(reading.line()), "papers.doctype");
}

void on_instruction(void* user, const char* target, const char*) {
    Reading& reading = *static_cast<Reading*>(user);
    if (std::string_view(target) == "xml-stylesheet")
        reading.refuse(std::to_string(reading.line()), "papers.external", {"<?xml-stylesheet?>"});
}

// One normal form, and only text where text is drawn.
void settle(Node& node, bool in_text) {
    const bool draws_text = in_text || node.name == "text" || node.name == "style";
    std::erase_if(node.children, [&](const Node& child) { return child.is_text() && !draws_text; });
    for (Node& child : node.children) {
        if (child.is_text())
            child.text = nfc(child.text);
        else
            settle(child, draws_text);
    }
}

bool is_written(std::string_view attribute) {
    return !attribute.starts_with("inkscape:") && !attribute.starts_with("data-");
}

}  // namespace

const std::string* Node::find(std::string_view attribute) const {
    for (const Attribute& each : attributes)
        if (each.name == attribute) return &each.value;
    return nullptr;
}

std::string_view Node::get(std::string_view attribute) const {
    const std::string* value = find(attribute);
    return value ? std::string_view(*value) : std::string_view{};
}

void Node::set(std::string_view attribute, std::string value) {
    for (Attribute& each : attributes)
        if (each.name == attribute) {
            each.value = std::move(value);
            return;
        }
    attributes.push_back({std::string(attribute), std::move(value)});
}

void Node::remove(std::string_view attribute) {
    std::erase_if(attributes, [&](const Attribute& each) { return each.name == attribute; });
}

bool Node::is_called(std::string_view called) const {
    return get("inkscape:label") == called || get("id") == called;
}

std::string place_of(const Node& node) {
    std::string place = std::to_string(node.line);
    if (!node.is_text()) place += ", <" + node.name + ">";
    return place;
}

Outcome<Node> read_drawing(std::string_view svg) {
    const std::unique_ptr<XML_ParserStruct, void (*)(XML_Parser)> parser(XML_ParserCreateNS(nullptr, between),
                                                                         &XML_ParserFree);
    if (!parser) throw std::bad_alloc();
    Reading reading{parser.get(), {}, {}, 0, false, {}};
    XML_SetUserData(parser.get(), &reading);
    XML_SetElementHandler(parser.get(), &on_open, &on_close);
    XML_SetCharacterDataHandler(parser.get(), &on_text);
    XML_SetStartDoctypeDeclHandler(parser.get(), &on_doctype);
    XML_SetProcessingInstructionHandler(parser.get(), &on_instruction);
    const XML_Status status = XML_Parse(parser.get(), svg.data(), static_cast<int>(svg.size()), XML_TRUE);
    if (reading.refusal) return *reading.refusal;
    if (status == XML_STATUS_ERROR) {
        const std::string place = std::to_string(reading.line());
        const bool is_xml = reading.begun || svg.find('<') != std::string_view::npos;
        if (!is_xml) return Refusal{place, "papers.not_svg", {place}};
        return Refusal{place, "papers.damaged", {place, XML_ErrorString(XML_GetErrorCode(parser.get()))}};
    }
    settle(reading.root, false);
    return std::move(reading.root);
}

std::string escaped(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            case '\n': out += "&#10;"; break;
            case '\t': out += "&#9;"; break;
            case '\r': out += "&#13;"; break;
            default: out += c;
        }
    }
    return out;
}

std::string opening_of(const Node& node) {
    std::string out = "<" + node.name;
    if (node.name == "svg")
        out += " xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"";
    for (const Attribute& attribute : node.attributes)
        if (is_written(attribute.name)) out += " " + attribute.name + "=\"" + escaped(attribute.value) + "\"";
    return out + ">";
}

std::string closing_of(const Node& node) { return "</" + node.name + ">"; }

std::string written(const Node& node) {
    if (node.is_text()) return escaped(node.text);
    std::string out = opening_of(node);
    for (const Node& child : node.children) out += written(child);
    return out + closing_of(node);
}

std::optional<double> number_of(std::string_view text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

std::string text_of(double number) {
    char out[64];
    const auto [end, error] = std::to_chars(out, out + sizeof out, number, std::chars_format::fixed, 4);
    return error == std::errc{} ? std::string(out, end) : "0";
}

}  // namespace tiendo::papers
