#include "platform/http/assets.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "base/text.h"

namespace tiendo::http {
namespace {

// FNV-1a, 64 bits: tells one build's file from another's; it guards nothing.
std::string fingerprint(std::string_view bytes) {
    std::uint64_t hash = 14695981039346656037ull;
    for (const char c : bytes) hash = (hash ^ static_cast<std::uint8_t>(c)) * 1099511628211ull;
    std::string text;
    for (int shift = 60; shift >= 0; shift -= 4) text += "0123456789abcdef"[(hash >> shift) & 15];
    return text;
}

struct HashInName {
    std::size_t begin, end;  // with the mark before it
};

std::optional<HashInName> hash_in(std::string_view name) {
    const std::size_t file = name.rfind('/') == std::string_view::npos ? 0 : name.rfind('/') + 1;
    for (std::size_t at = file; at < name.size(); ++at) {
        if (name[at] != '-' && name[at] != '.') continue;
        const std::size_t end = std::min(name.find_first_not_of("0123456789abcdef", at + 1), name.size());
        if (end - at > 8 && end < name.size() && name[end] == '.') return HashInName{at, end};
    }
    return std::nullopt;
}

// Whether an Accept-Encoding header takes gzip.
bool takes_gzip(std::string_view header) {
    for (const std::string_view choice : split(header, ',')) {
        const auto parts = split(choice, ';');
        if (clean(lower_ascii(parts[0])) != "gzip") continue;
        const std::string weight = parts.size() > 1 ? clean(parts[1]) : "";
        return weight.find_first_not_of("q=0.") != std::string::npos || weight.empty();
    }
    return false;
}

}  // namespace

std::string_view type_of_file(std::string_view name) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 12> types = {{
        {"css", "text/css; charset=utf-8"},
        {"js", "text/javascript; charset=utf-8"},
        {"json", "application/json"},
        {"svg", "image/svg+xml"},
        {"png", "image/png"},
        {"ico", "image/x-icon"},
        {"woff2", "font/woff2"},
        {"txt", "text/plain; charset=utf-8"},
        {"html", "text/html; charset=utf-8"},
        {"pdf", "application/pdf"},
        {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
        {"webmanifest", "application/manifest+json"},
    }};
    const std::string_view ending = name.substr(std::min(name.rfind('.'), name.size() - 1) + 1);
    for (const auto& [known, type] : types)
        if (known == ending) return type;
    return "application/octet-stream";
}

Assets::Assets(const std::vector<EmbeddedFile>& files) {
    for (const auto& file : files) {
        const bool zipped = file.name.size() > 3 && file.name.substr(file.name.size() - 3) == ".gz";
        const std::string name(zipped ? file.name.substr(0, file.name.size() - 3) : file.name);
        Asset& asset = assets_[name];
        (zipped ? asset.gzip : asset.bytes) = file.bytes;
        if (const auto hash = hash_in(name)) {
            asset.hashed = true;
            current_[name.substr(0, hash->begin) + name.substr(hash->end)] = name;
        }
    }
    for (auto& [name, asset] : assets_) asset.etag = fingerprint(asset.bytes);
}

std::optional<Response> Assets::find(std::string_view name, const Request& request) const {
    const auto found = assets_.find(name);
    if (found == assets_.end() || found->second.bytes.data() == nullptr) return std::nullopt;
    const Asset& asset = found->second;
    const bool zipped = !asset.gzip.empty() && takes_gzip(request.header("accept-encoding"));
    const std::string etag = "\"" + asset.etag + (zipped ? "-gz\"" : "\"");
    Response response;
    response.type = type_of_file(name);
    response.with("Cache-Control", asset.hashed ? "public, max-age=31536000, immutable" : "no-cache");
    response.with("ETag", etag);
    if (!asset.gzip.empty()) response.with("Vary", "Accept-Encoding");
    if (request.header("if-none-match").find(etag) != std::string_view::npos) {
        response.status = 304;
        return response;
    }
    if (zipped) response.with("Content-Encoding", "gzip");
    response.constant = zipped ? asset.gzip : asset.bytes;
    return response;
}

std::string Assets::current(std::string_view name) const {
    const auto found = current_.find(name);
    return found == current_.end() ? std::string(name) : found->second;
}

}  // namespace tiendo::http
