// Any bytes as a query, a path, a cookie header: refused, or in the form that is promised.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/text.h"
#include "platform/http/form.h"

using namespace tiendo;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto fields = http::parse_form(text)) {
        std::string again;
        for (const auto& field : *fields) {
            if (!http::is_utf8(field.name) || !http::is_utf8(field.value)) std::abort();
            again += http::percent_encode(field.name) + "=" + http::percent_encode(field.value) + "&";
        }
        if (http::parse_form(again) != fields) std::abort();
        const auto clean_fields = http::cleaned(*fields);
        if (http::cleaned(clean_fields) != clean_fields) std::abort();
    }
    if (const auto path = http::parse_path(text))
        if (path->front() != '/' || !http::is_utf8(*path) || path->find("/../") != std::string::npos)
            std::abort();
    for (const auto& cookie : http::parse_cookies(text))
        if (cookie.name.empty() || cookie.value.find(';') != std::string::npos) std::abort();
    return 0;
}
