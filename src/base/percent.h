// A percentage is a record, never a bare number: what was counted, of what, and how rounded.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tiendo {

enum class Rounding { half_up, truncate };
std::optional<Rounding> parse_rounding(std::string_view text);  // "half-up", "truncate"
std::string_view to_text(Rounding rounding);

// How a house prints its percentages. Half-up with one decimal unless asked otherwise.
struct PercentStyle {
    Rounding rounding = Rounding::half_up;
    int decimals = 1;  // 0 to 6
};

// numerator of denominator in percent, decimal point, exact integer arithmetic:
// percent_text(7, 8) is "87.5". None without a target (denominator 0 or less):
// no target is neither 0 % nor 100 %.
std::optional<std::string> percent_text(std::int64_t numerator, std::int64_t denominator,
                                        PercentStyle style = {});

}  // namespace tiendo
