#include "platform/http/outgoing.h"

#include <array>
#include <ctime>
#include <utility>

#include "base/text.h"

namespace tiendo::http {
namespace {

// 'unsafe-inline' is nowhere: a script or style that somebody smuggles into a page does nothing.
constexpr std::array<std::pair<std::string_view, std::string_view>, 9> protections = {{
    {"Content-Security-Policy",
     "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
     "frame-ancestors 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
    {"Referrer-Policy", "same-origin"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Permissions-Policy", "camera=(), geolocation=(), microphone=()"},
    // Nearly every page shows people: nothing stays in a cache that others may open.
    {"Cache-Control", "no-store"},
    {"Server", "tiendo"},
}};

std::string date_text(Instant now) {
    const std::time_t seconds = static_cast<std::time_t>(now.ms / 1000);
    std::tm parts{};
    ::gmtime_r(&seconds, &parts);
    char text[40];
    return std::string(text, std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &parts));
}

void append(std::string& head, std::string_view name, std::string_view value) {
    head += name;
    head += ": ";
    for (const char c : value) head += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
    head += "\r\n";
}

}  // namespace

std::uint64_t body_size_of(const Response& response) {
    if (response.file) return response.file->size;
    return response.constant.empty() ? response.body.size() : response.constant.size();
}

std::string head_of(const Response& response, After after, bool secure, Instant now) {
    std::string head;
    head.reserve(1024);
    head += "HTTP/1.1 " + std::to_string(response.status) + " ";
    head += reason_of(response.status);
    head += "\r\n";
    append(head, "Date", date_text(now));
    if (!response.type.empty()) append(head, "Content-Type", response.type);
    const bool has_no_body = response.status == 204 || response.status == 304 || response.status < 200;
    if (!has_no_body) append(head, "Content-Length", std::to_string(body_size_of(response)));
    if (after == After::closes) append(head, "Connection", "close");
    Fields lower_case;
    for (const Field& field : response.headers) {
        append(head, field.name, field.value);
        lower_case.push_back({lower_ascii(field.name), ""});
    }
    for (const auto& [name, value] : protections)
        if (!has(lower_case, lower_ascii(name))) append(head, name, value);
    if (secure) append(head, "Strict-Transport-Security", "max-age=31536000");
    head += "\r\n";
    return head;
}

}  // namespace tiendo::http
