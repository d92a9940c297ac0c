// The parts of a zip file, unpacked in pieces and never whole, with an eye on how much
// comes out.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "platform/office/reading.h"

namespace tiendo::office {

class Archive {
 public:
    Archive(const Bytes& bytes, const Limits& limits);
    ~Archive();

    // Whether there is a part of that name, in any case of its letters.
    bool has(const std::string& part) const;
    // Whether the zip itself says that a password is needed for it.
    bool is_locked(const std::string& part) const;
    // Hands over the bytes of a part piece by piece until they end or the receiver has
    // enough (false). A part that is missing, locked or broken is refused.
    void read(const std::string& part, const std::function<bool(std::string_view)>& receiver);
    // The first bytes of a part; empty when there is none.
    std::string beginning(const std::string& part, std::size_t count);

 private:
    struct Open;
    const Limits& limits_;
    std::unique_ptr<Open> open_;
    std::int64_t unpacked_ = 0;
};

}  // namespace tiendo::office
