// Any bytes as a multipart form: the same parts, or the same refusal, whole and in pieces.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "platform/http/multipart.h"

using namespace tiendo;

namespace {

// All that came out, written down.
struct Written : http::PartSink {
    std::string text;
    bool inside = false;
    bool begin(http::Part part) override {
        if (inside) std::abort();
        inside = true;
        text += "[" + part.field + "|" + part.file_name.value_or("-") + "|" + part.type + "]";
        return true;
    }
    bool data(std::string_view bytes) override {
        if (!inside) std::abort();
        text += bytes;
        return true;
    }
    bool end() override {
        if (!inside) std::abort();
        inside = false;
        text += "[end]";
        return true;
    }
};

struct Result {
    bool good = true, complete = false;
    std::string text;
};

Result read(std::string_view body, std::size_t piece) {
    Written written;
    http::Multipart form("XX", written);
    Result result;
    for (std::size_t at = 0; at < body.size() && result.good; at += piece)
        result.good = form.take(body.substr(at, piece));
    result.complete = form.complete();
    result.text = written.text;
    return result;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view body(reinterpret_cast<const char*>(data) + 1, size - 1);
    http::boundary_of(body);
    const Result whole = read(body, std::max<std::size_t>(1, body.size()));
    const Result pieces = read(body, data[0] % 40 + 1u);
    if (whole.good != pieces.good || whole.complete != pieces.complete) std::abort();
    if (whole.complete && whole.text != pieces.text) std::abort();
    return 0;
}
