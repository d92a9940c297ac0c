// Any bytes: a count reads back from its own digits.
#include <cstdlib>
#include <string>

#include "base/number_text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto count = tiendo::read_count(text))
        if (tiendo::read_count(std::to_string(*count)) != count) std::abort();
    tiendo::count_within(text);
    for (int decimals = 0; decimals <= 9; ++decimals) tiendo::read_scaled(text, decimals);
    return 0;
}
