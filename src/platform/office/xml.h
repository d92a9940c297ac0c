// XML read in pieces, by events; nothing that a document type or an entity could do.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "platform/office/archive.h"

namespace tiendo::office {

// The attributes of an element, by their names without prefix.
class Attributes {
 public:
    explicit Attributes(const char** pairs) : pairs_(pairs) {}
    std::optional<std::string_view> find(std::string_view name) const;
    std::string_view get(std::string_view name) const { return find(name).value_or(std::string_view{}); }
    // Whether any attribute of that name, whatever its prefix, has the value.
    bool has(std::string_view name, std::string_view value) const;
    // A whole number; `otherwise` when it is missing or none.
    int number(std::string_view name, int otherwise) const;
    // "1" and "true", as both families of formats write it.
    bool truth(std::string_view name) const;

 private:
    const char** pairs_;
};

// Receives the events of one part. Names come without prefix. Whatever these throw comes
// out of parse_xml.
class XmlHandler {
 public:
    virtual ~XmlHandler() = default;
    virtual void open(std::string_view name, const Attributes& attributes) = 0;
    virtual void close(std::string_view name) = 0;
    virtual void text(std::string_view piece) = 0;
    bool enough = false;  // set it to end the reading early
};

// A document type without content is what OpenOffice wrote into manifests; anywhere else,
// and with content everywhere, it is refused.
enum class Doctype { refused, bare };
void parse_xml(Archive& archive, const std::string& part, XmlHandler& handler,
               Doctype doctype = Doctype::refused);

std::optional<int> whole_number(std::string_view text);

}  // namespace tiendo::office
