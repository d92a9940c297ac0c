// A number made of what a record says; private to this feature.
#pragma once
#include <cstdint>
#include <string_view>

#include "base/date.h"

namespace tiendo::duplicates {

// FNV-1a with a last stir, so that keys spread over the passes of a sweep.
class Hash {
 public:
    explicit Hash(char kind) { add(static_cast<std::uint64_t>(kind)); }
    Hash& add(std::string_view text) {
        for (const char c : text) mix(static_cast<unsigned char>(c));
        mix(0xff);
        return *this;
    }
    Hash& add(std::uint64_t number) {
        for (int byte = 0; byte < 8; ++byte) mix(static_cast<unsigned char>(number >> (8 * byte)));
        return *this;
    }
    Hash& add(Date date) { return add(static_cast<std::uint64_t>(date.days)); }
    std::uint64_t value() const {
        std::uint64_t v = value_;
        v ^= v >> 33;
        v *= 0xff51afd7ed558ccdULL;
        return v ^ (v >> 33);
    }

 private:
    void mix(unsigned char byte) { value_ = (value_ ^ byte) * 0x100000001b3ULL; }
    std::uint64_t value_ = 0xcbf29ce484222325ULL;
};

}  // namespace tiendo::duplicates
