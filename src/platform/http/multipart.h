// multipart/form-data as it arrives, in pieces of any size. Nothing but the headers of a part
// and the last few bytes of a piece is ever kept.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace tiendo::http {

// The boundary that a Content-Type names; none when that is no multipart/form-data or its
// boundary is missing, longer than 70 characters or made of others than RFC 2046 allows.
std::optional<std::string> boundary_of(std::string_view content_type);

struct Part {
    std::string field;
    std::optional<std::string> file_name;  // a part with one is a file, even if it is empty
    std::string type;
};

// Where the parts go. Answering false ends the reading.
class PartSink {
 public:
    virtual ~PartSink() = default;
    virtual bool begin(Part part) = 0;
    virtual bool data(std::string_view bytes) = 0;
    virtual bool end() = 0;
};

class Multipart {
 public:
    Multipart(const std::string& boundary, PartSink& sink);

    // False when the form is malformed, has more than 1000 parts, a part has more than 8 KB of
    // headers, or the sink has had enough.
    bool take(std::string_view bytes);
    // Whether the closing boundary was seen.
    bool complete() const { return state_ == State::epilogue; }

 private:
    enum class State { preamble, headers, data, boundary, epilogue, broken };
    bool step();  // false: more bytes are needed
    bool broken();
    bool begin_part(std::string_view headers);

    std::string delimiter_;  // with the line end before it
    PartSink& sink_;
    State state_ = State::preamble;
    std::string pending_;
    std::size_t parts_ = 0;
};

}  // namespace tiendo::http
