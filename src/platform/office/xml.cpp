#include "platform/office/xml.h"

#include <expat.h>

#include <charconv>
#include <exception>

namespace tiendo::office {
namespace {

constexpr int deepest = 200;
constexpr std::size_t longest_token = 8'000'000;

std::string_view without_prefix(const char* name) {
    const std::string_view whole = name;
    const std::size_t colon = whole.rfind(':');
    return colon == std::string_view::npos ? whole : whole.substr(colon + 1);
}

// Whether a name, once without its prefix, is that one. Asked for every attribute of
// every cell, so it looks at the end of the name only.
bool is_named(std::string_view full, std::string_view name) {
    if (!full.ends_with(name)) return false;
    return full.size() == name.size() || full[full.size() - name.size() - 1] == ':';
}

struct Parse {
    XML_Parser parser;
    XmlHandler& handler;
    const std::string& part;
    Doctype doctype;
    int depth = 0;
    bool moved = false;  // something happened in the last piece
    // Expat is C: an exception must not pass through it. It waits here until expat is left.
    std::exception_ptr thrown;
};

template <class Event>
void guarded(void* user, Event event) {
    Parse& parse = *static_cast<Parse*>(user);
    parse.moved = true;
    if (parse.thrown || parse.handler.enough) return;  // events may still come after a stop
    try {
        event(parse);
    } catch (...) {
        parse.thrown = std::current_exception();
    }
    if (parse.thrown || parse.handler.enough) XML_StopParser(parse.parser, XML_FALSE);
}

void on_open(void* user, const char* name, const char** attributes) {
    guarded(user, [&](Parse& parse) {
        if (++parse.depth > deepest) refuse_damaged(parse.part, "elements within elements without end");
        parse.handler.open(without_prefix(name), Attributes(attributes));
    });
}

void on_close(void* user, const char* name) {
    guarded(user, [&](Parse& parse) {
        --parse.depth;
        parse.handler.close(without_prefix(name));
    });
}

void on_text(void* user, const char* text, int length) {
    guarded(user, [&](Parse& parse) { parse.handler.text({text, static_cast<std::size_t>(length)}); });
}

void on_doctype(void* user, const char*, const char*, const char*, int has_content) {
    guarded(user, [&](Parse& parse) {
        if (parse.doctype == Doctype::refused || has_content != 0)
            refuse("office.forbidden_xml", {parse.part});
    });
}

}  // namespace

std::optional<std::string_view> Attributes::find(std::string_view name) const {
    for (const char** pair = pairs_; pair != nullptr && pair[0] != nullptr && pair[1] != nullptr; pair += 2)
        if (is_named(pair[0], name)) return pair[1];
    return std::nullopt;
}

bool Attributes::has(std::string_view name, std::string_view value) const {
    for (const char** pair = pairs_; pair != nullptr && pair[0] != nullptr && pair[1] != nullptr; pair += 2)
        if (is_named(pair[0], name) && pair[1] == value) return true;
    return false;
}

int Attributes::number(std::string_view name, int otherwise) const {
    return whole_number(get(name)).value_or(otherwise);
}

bool Attributes::truth(std::string_view name) const {
    const std::string_view value = get(name);
    return value == "1" || value == "true" || value == "on";
}

std::optional<int> whole_number(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

void parse_xml(Archive& archive, const std::string& part, XmlHandler& handler, Doctype doctype) {
    const std::unique_ptr<XML_ParserStruct, void (*)(XML_Parser)> parser(XML_ParserCreate(nullptr),
                                                                         &XML_ParserFree);
    if (!parser) throw std::bad_alloc();
    Parse parse{parser.get(), handler, part, doctype, 0, false, nullptr};
    XML_SetUserData(parser.get(), &parse);
    XML_SetElementHandler(parser.get(), &on_open, &on_close);
    XML_SetCharacterDataHandler(parser.get(), &on_text);
    XML_SetStartDoctypeDeclHandler(parser.get(), &on_doctype);
    std::size_t waiting = 0;
    const auto feed = [&](std::string_view piece, bool last) {
        parse.moved = false;
        const XML_Status status = XML_Parse(parser.get(), piece.data(), static_cast<int>(piece.size()), last);
        if (parse.thrown) std::rethrow_exception(parse.thrown);
        if (handler.enough) return false;
        if (status == XML_STATUS_ERROR)
            refuse_damaged(part, std::string(XML_ErrorString(XML_GetErrorCode(parser.get()))) + ", line " +
                                     std::to_string(XML_GetCurrentLineNumber(parser.get())));
        // Expat keeps an unfinished tag whole; one without end must not fill the memory.
        waiting = parse.moved ? 0 : waiting + piece.size();
        if (waiting > longest_token) refuse_damaged(part, "a tag without end");
        return true;
    };
    archive.read(part, [&](std::string_view piece) { return feed(piece, false); });
    if (!handler.enough) feed({}, true);
}

}  // namespace tiendo::office
