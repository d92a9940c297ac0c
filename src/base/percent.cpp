#include "base/percent.h"

namespace tiendo {

std::optional<Rounding> parse_rounding(std::string_view text) {
    if (text == "half-up") return Rounding::half_up;
    if (text == "truncate") return Rounding::truncate;
    return std::nullopt;
}

std::string_view to_text(Rounding rounding) { return rounding == Rounding::half_up ? "half-up" : "truncate"; }

std::optional<std::string> percent_text(std::int64_t numerator, std::int64_t denominator,
                                        PercentStyle style) {
    if (denominator <= 0) return std::nullopt;
    __extension__ using wide = __int128;  // 100 * 10^6 * numerator may pass 64 bits
    wide scale = 1;
    for (int i = 0; i < style.decimals; ++i) scale *= 10;
    const bool negative = numerator < 0;
    const wide magnitude =
        (negative ? -static_cast<wide>(numerator) : static_cast<wide>(numerator)) * 100 * scale;
    wide units = magnitude / denominator;
    if (style.rounding == Rounding::half_up && (magnitude % denominator) * 2 >= denominator) ++units;
    std::string text;
    for (wide whole = units / scale; whole != 0 || text.empty(); whole /= 10)
        text.insert(text.begin(), static_cast<char>('0' + static_cast<int>(whole % 10)));
    if (style.decimals > 0) {
        std::string fraction = std::to_string(static_cast<std::int64_t>(units % scale));
        fraction.insert(0, static_cast<std::size_t>(style.decimals) - fraction.size(), '0');
        text += "." + fraction;
    }
    return negative && units != 0 ? "-" + text : text;
}

}  // namespace tiendo
