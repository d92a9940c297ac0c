// One request as it comes in, in pieces of any size; no socket, so that a fuzzer can feed it.
// Boost.Beast's parser knows the grammar, what is refused beyond it is decided here.
#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>

#include "platform/http/http.h"

namespace tiendo::http {

struct BodyLimits {
    std::uint64_t bytes = 0;
    bool uploads = false;
    std::filesystem::path upload_folder;
};

class Incoming {
 public:
    explicit Incoming(std::size_t header_limit);
    ~Incoming();
    Incoming(Incoming&&) noexcept;
    Incoming& operator=(Incoming&&) noexcept;

    enum class State { head, body, done, refused };
    State state() const;
    // Takes what it can use and answers how many bytes that were; offer the others again with
    // more behind them. Stops after the headers, so that limits can be set before the body.
    std::size_t take(std::string_view bytes);
    // Whether any byte of the request was seen.
    bool begun() const;
    // Why it was refused: 400, 413, 415, 417, 431, 507.
    int status() const;

    Request& request();
    bool awaits_continue() const;
    bool keeps_alive() const;

    // Between head and body. What is announced longer than the limit is refused at once.
    void expect(const BodyLimits& limits);
    // When done: makes the form's values from what came. Takes a while for a big form, so it
    // is the worker's to call. False (and refused, 400) when the form is none.
    bool finish();

 private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace tiendo::http
