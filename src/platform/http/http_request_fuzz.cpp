// Any bytes as requests on one connection: whatever way they are cut, the same requests come
// out, and what comes out keeps what is promised about it.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>

#include "platform/http/form.h"
#include "platform/http/incoming.h"

using namespace tiendo;
using http::Incoming;

namespace {

constexpr std::size_t header_limit = 1024;
constexpr std::uint64_t body_limit = 4096;

void check(const http::Request& request) {
    if (request.path.empty() || request.path.front() != '/') std::abort();
    if (request.header("host").empty()) std::abort();
    if (http::has(request.headers, "content-length") && http::has(request.headers, "transfer-encoding"))
        std::abort();
    if (request.body.size() > body_limit) std::abort();
    for (const auto& field : request.form)
        if (!http::is_utf8(field.value)) std::abort();
}

std::string requests_in(std::string_view bytes, std::size_t piece) {
    static const auto folder = std::filesystem::temp_directory_path();
    std::string story, pending;
    Incoming incoming(header_limit);
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
        pending += bytes.substr(at, piece);
        for (bool again = true; again;) {
            const auto before = incoming.state();
            const std::size_t used = incoming.take(pending);
            pending.erase(0, used);
            if (before == Incoming::State::head && incoming.state() == Incoming::State::body)
                incoming.expect({body_limit, true, folder});
            else
                again = false;
            if (incoming.state() == Incoming::State::refused)
                return story + std::to_string(incoming.status());
            if (incoming.state() != Incoming::State::done) continue;
            if (!incoming.finish()) return story + "400";
            check(incoming.request());
            story += incoming.request().target + "\n" + incoming.request().body + "\n";
            for (const auto& upload : incoming.request().uploads) story += std::to_string(upload.size);
            if (!incoming.keeps_alive()) return story;
            incoming = Incoming(header_limit);
            again = !pending.empty();
        }
    }
    return story + "?";
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    const std::string whole = requests_in(bytes, std::max<std::size_t>(1, bytes.size()));
    const std::string pieces = requests_in(bytes, data[0] % 50 + 1u);
    // In pieces the parser may still wait for what it refuses in one go, and the other way
    // round a limit may be met a little earlier; requests that both have seen are the same.
    const auto ends_whole = whole.find_last_of('\n'), ends_pieces = pieces.find_last_of('\n');
    const std::string first = whole.substr(0, ends_whole == std::string::npos ? 0 : ends_whole);
    const std::string second = pieces.substr(0, ends_pieces == std::string::npos ? 0 : ends_pieces);
    if (first.compare(0, std::min(first.size(), second.size()), second, 0,
                      std::min(first.size(), second.size())) != 0)
        std::abort();
    return 0;
}
