#include "platform/pages/address.h"

#include <algorithm>

#include "platform/http/form.h"

namespace tiendo::pages {
namespace {

void append(std::string& to, std::string_view name, std::string_view value) {
    if (value.empty()) return;
    to += to.find('?') == std::string::npos ? '?' : '&';
    to += http::percent_encode(name) + "=" + http::percent_encode(value);
}

}  // namespace

std::string address(std::string_view path, std::initializer_list<Asked> query) {
    std::string made(path);
    for (const Asked& asked : query) append(made, asked.name, asked.value);
    return made;
}

std::string here(const http::Request& request, std::initializer_list<Asked> changes) {
    std::string made = request.path;
    for (const http::Field& field : request.query) {
        const auto is_it = [&](const Asked& change) { return change.name == field.name; };
        if (std::none_of(changes.begin(), changes.end(), is_it)) append(made, field.name, field.value);
    }
    for (const Asked& change : changes) append(made, change.name, change.value);
    return made;
}

}  // namespace tiendo::pages
