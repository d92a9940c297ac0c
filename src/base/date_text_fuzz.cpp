// Any bytes: a date is inside its bounds and reads back; a range does not end before it begins.
#include <cstdlib>

#include "base/date_text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto guess = tiendo::read_date(text)) {
        if (guess->date.year() < 1800 || guess->date.year() > 2200) std::abort();
        if (guess->minute_of_day && (*guess->minute_of_day < 0 || *guess->minute_of_day >= 1440))
            std::abort();
        const auto again = tiendo::read_date(tiendo::to_text(guess->date));
        if (!again || again->date != guess->date || again->ambiguous) std::abort();
        if (!tiendo::read_date_range(text)) std::abort();
    }
    if (const auto range = tiendo::read_date_range(text); range && range->last < range->first) std::abort();
    return 0;
}
