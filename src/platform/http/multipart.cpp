#include "platform/http/multipart.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace tiendo::http {
namespace {

constexpr std::size_t most_parts = 1000;
constexpr std::size_t most_header_bytes = 8 * 1024;

bool starts(std::string_view text, std::string_view with) { return text.substr(0, with.size()) == with; }

std::string_view without_blanks(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

// The parameter of a header value such as  form-data; name="a"; filename="b.xlsx". A quoted
// one ends at the next quote that has no backslash before it.
std::optional<std::string> parameter_of(std::string_view header, std::string_view wanted) {
    std::size_t at = header.find(';');
    while (at < header.size()) {
        ++at;
        while (at < header.size() && (header[at] == ' ' || header[at] == '\t')) ++at;
        const std::size_t equals = header.find('=', at);
        if (equals == std::string_view::npos) return std::nullopt;
        const std::string name = lower_ascii(without_blanks(header.substr(at, equals - at)));
        std::string value;
        at = equals + 1;
        if (at < header.size() && header[at] == '"') {
            for (++at; at < header.size() && header[at] != '"'; ++at) {
                if (header[at] == '\\' && at + 1 < header.size() && header[at + 1] == '"') ++at;
                value += header[at];
            }
            if (at == header.size()) return std::nullopt;
            at = header.find(';', at);
        } else {
            const std::size_t end = std::min(header.find(';', at), header.size());
            value = without_blanks(header.substr(at, end - at));
            at = end;
        }
        if (name == wanted) return value;
    }
    return std::nullopt;
}

// Browsers write a quote inside a name as %22, and line ends as %0D and %0A.
std::string unescaped(std::string text) {
    for (const auto& [escaped, plain] : {std::pair("%22", "\""), {"%0D", " "}, {"%0A", " "}})
        for (std::size_t at = 0; (at = text.find(escaped, at)) != std::string::npos; ++at)
            text.replace(at, 3, plain);
    return text;
}

// What the file is called on the sender's disk, without where it lies there.
std::string base_name(const std::string& path) {
    const std::size_t slash = path.find_last_of("/\\");
    return slash == std::string::npos ? path : path.substr(slash + 1);
}

}  // namespace

std::optional<std::string> boundary_of(std::string_view content_type) {
    if (lower_ascii(without_blanks(content_type.substr(0, content_type.find(';')))) != "multipart/form-data")
        return std::nullopt;
    auto boundary = parameter_of(content_type, "boundary");
    if (!boundary || boundary->empty() || boundary->size() > 70 || boundary->back() == ' ')
        return std::nullopt;
    static constexpr std::string_view allowed =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'()+_,-./:=? ";
    if (boundary->find_first_not_of(allowed) != std::string::npos) return std::nullopt;
    return boundary;
}

Multipart::Multipart(const std::string& boundary, PartSink& sink)
    : delimiter_("\r\n--" + boundary), sink_(sink), pending_("\r\n") {}

bool Multipart::take(std::string_view bytes) {
    if (state_ == State::broken) return false;
    if (state_ == State::epilogue) return true;
    pending_ += bytes;
    while (step()) {
    }
    return state_ != State::broken;
}

bool Multipart::broken() {
    state_ = State::broken;
    return false;
}

bool Multipart::step() {
    switch (state_) {
        case State::preamble:
            // Nobody writes anything before the first boundary; what does is no form.
            if (!starts(delimiter_, std::string_view(pending_).substr(0, delimiter_.size()))) return broken();
            if (pending_.size() < delimiter_.size()) return false;
            pending_.erase(0, delimiter_.size());
            state_ = State::boundary;
            return true;
        case State::boundary:
            if (pending_.size() < 2) return false;
            if (starts(pending_, "--")) {
                state_ = State::epilogue;
                pending_.clear();
                return false;
            }
            if (!starts(pending_, "\r\n") || ++parts_ > most_parts) return broken();
            pending_.erase(0, 2);
            state_ = State::headers;
            return true;
        case State::headers: {
            const std::size_t end = pending_.find("\r\n\r\n");
            if (std::min(end, pending_.size()) > most_header_bytes) return broken();
            if (end == std::string::npos) return false;
            if (!begin_part(std::string_view(pending_).substr(0, end))) return broken();
            pending_.erase(0, end + 4);
            state_ = State::data;
            return true;
        }
        case State::data: {
            const std::size_t found = pending_.find(delimiter_);
            if (found == std::string::npos) {
                // What may be the beginning of a boundary waits for the rest of it.
                const std::size_t kept = std::min(pending_.size(), delimiter_.size() - 1);
                const std::size_t sure = pending_.size() - kept;
                if (sure > 0 && !sink_.data(std::string_view(pending_).substr(0, sure))) return broken();
                pending_.erase(0, sure);
                return false;
            }
            if (found > 0 && !sink_.data(std::string_view(pending_).substr(0, found))) return broken();
            if (!sink_.end()) return broken();
            pending_.erase(0, found + delimiter_.size());
            state_ = State::boundary;
            return true;
        }
        default: return false;
    }
}

bool Multipart::begin_part(std::string_view headers) {
    Part part;
    bool named = false;
    while (!headers.empty()) {
        const std::size_t end = std::min(headers.find("\r\n"), headers.size());
        const std::string_view line = headers.substr(0, end);
        headers.remove_prefix(std::min(end + 2, headers.size()));
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos) return false;
        const std::string name = lower_ascii(line.substr(0, colon));
        const std::string_view value = without_blanks(line.substr(colon + 1));
        if (name == "content-disposition") {
            if (named || lower_ascii(without_blanks(value.substr(0, value.find(';')))) != "form-data")
                return false;
            auto field = parameter_of(value, "name");
            if (!field) return false;
            part.field = unescaped(std::move(*field));
            if (auto file = parameter_of(value, "filename"))
                part.file_name = base_name(unescaped(std::move(*file)));
            named = true;
        } else if (name == "content-type") {
            part.type = value;
        } else if (name == "content-transfer-encoding") {
            const std::string encoding = lower_ascii(value);
            if (encoding != "binary" && encoding != "8bit" && encoding != "7bit") return false;
        }
    }
    return named && sink_.begin(std::move(part));
}

}  // namespace tiendo::http
