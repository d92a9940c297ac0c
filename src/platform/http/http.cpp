#include "platform/http/http.h"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <system_error>

#include "base/text.h"
#include "platform/http/form.h"

namespace tiendo::http {
namespace {

constexpr std::array<std::pair<std::string_view, Method>, 6> methods = {{{"GET", Method::get},
                                                                         {"HEAD", Method::head},
                                                                         {"POST", Method::post},
                                                                         {"PUT", Method::put},
                                                                         {"PATCH", Method::patch},
                                                                         {"DELETE", Method::remove}}};

// A name for browsers that read RFC 6266, and one in plain letters for the others.
std::string disposition(std::string_view name) {
    const std::size_t dot = name.rfind('.');
    std::string plain = slug(name.substr(0, dot));
    if (dot != std::string_view::npos) plain += "." + slug(name.substr(dot));
    return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + percent_encode(name);
}

}  // namespace

std::string_view to_text(Method method) {
    for (const auto& [name, known] : methods)
        if (known == method) return name;
    return "";
}

Method parse_method(std::string_view text) {
    for (const auto& [name, known] : methods)
        if (name == text) return known;
    return Method::other;
}

std::string_view value_of(const Fields& fields, std::string_view name) {
    for (const Field& field : fields)
        if (field.name == name) return field.value;
    return {};
}

bool has(const Fields& fields, std::string_view name) {
    for (const Field& field : fields)
        if (field.name == name) return true;
    return false;
}

TemporaryFile::TemporaryFile(const std::filesystem::path& folder) {
    std::string pattern = (folder / "tiendo-XXXXXX").string();
    descriptor_ = ::mkstemp(pattern.data());
    if (descriptor_ < 0)
        throw std::system_error(errno, std::generic_category(), "no temporary file in " + folder.string());
    path_ = pattern;
}

TemporaryFile::~TemporaryFile() {
    ::close(descriptor_);
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
}

const Upload* Request::upload(std::string_view field) const {
    for (const Upload& one : uploads)
        if (one.field == field) return &one;
    return nullptr;
}

Response text(int status, std::string body) {
    Response response;
    response.status = status;
    response.type = "text/plain; charset=utf-8";
    response.body = std::move(body);
    return response;
}

Response redirect(std::string where) {
    // A header is ASCII; what a path holds beyond that is written as %XX.
    std::string location;
    for (const char c : where) location += c > ' ' && c < 0x7f ? std::string(1, c) : percent_encode({&c, 1});
    Response response;
    response.status = 303;
    response.type.clear();
    response.headers.push_back({"Location", std::move(location)});
    return response;
}

Response download(FileBody file, std::string_view name, std::string type) {
    Response response;
    response.type = std::move(type);
    response.headers.push_back({"Content-Disposition", disposition(name)});
    response.file = std::move(file);
    return response;
}

Response download(std::string bytes, std::string_view name, std::string type) {
    Response response;
    response.type = std::move(type);
    response.headers.push_back({"Content-Disposition", disposition(name)});
    response.body = std::move(bytes);
    return response;
}

std::string to_text(const Cookie& cookie) {
    std::string text = cookie.name + "=" + cookie.value + "; Path=/; HttpOnly; SameSite=Lax";
    if (cookie.seconds != 0) text += "; Max-Age=" + std::to_string(cookie.seconds > 0 ? cookie.seconds : 0);
    if (cookie.secure) text += "; Secure";
    return text;
}

std::string_view reason_of(int status) {
    switch (status) {
        case 100: return "Continue";
        case 200: return "OK";
        case 201: return "Created";
        case 202: return "Accepted";
        case 204: return "No Content";
        case 301: return "Moved Permanently";
        case 303: return "See Other";
        case 304: return "Not Modified";
        case 400: return "Bad Request";
        case 401: return "Unauthorized";
        case 403: return "Forbidden";
        case 404: return "Not Found";
        case 405: return "Method Not Allowed";
        case 408: return "Request Timeout";
        case 409: return "Conflict";
        case 413: return "Content Too Large";
        case 415: return "Unsupported Media Type";
        case 417: return "Expectation Failed";
        case 422: return "Unprocessable Content";
        case 429: return "Too Many Requests";
        case 431: return "Request Header Fields Too Large";
        case 500: return "Internal Server Error";
        case 503: return "Service Unavailable";
        case 507: return "Insufficient Storage";
        default: return "Status";
    }
}

}  // namespace tiendo::http
