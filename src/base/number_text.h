// Whole numbers as people write them in tables.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

namespace tiendo {

// "1350"  "1.350"  "1,350"  "1 350"  "08"  "08 lớp"  "640 hv"  "-5"  "12.0"  "1.350,00".
// A dot or comma before exactly three digits groups thousands (as both Vietnamese and
// English write them); any other one is a decimal sign, and the number is a count only
// when nothing but zeros follows. Words may follow the number, not come before it. None
// for "12.5", "50%", "5-6" and whatever passes 64 bits.
std::optional<std::int64_t> read_count(std::string_view text);

// The number in a sentence: 640 in "Tổng số: 640 người". None when there is none, or two.
std::optional<std::int64_t> count_within(std::string_view text);

// A decimal number as an integer of the last place asked for: read_scaled("8,5", 2) is
// 850. Dot and comma are decimal signs here, never thousands. None when it has more
// decimals than asked for (zeros aside).
std::optional<std::int64_t> read_scaled(std::string_view text, int decimals);

}  // namespace tiendo
