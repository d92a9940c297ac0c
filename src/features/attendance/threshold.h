// Whether somebody attended enough: a pure rule.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

namespace tiendo::attendance {

// What becomes of periods missed with leave.
enum class Leave {
    missed,    // they lack like any others
    attended,  // they count as attended
    left_out,  // as if they had not been held
};
std::optional<Leave> parse_leave(std::string_view text);
std::string_view to_text(Leave leave);

struct CountingRule {
    std::int64_t late_after_minutes = 15;  // who checks in later than this is late
    Leave leave = Leave::missed;
};

// `minimum` is percent of the periods held; at 0, or with none held, everybody attended enough. Exactly
// the minimum is enough.
bool is_enough(std::int64_t attended, std::int64_t excused, std::int64_t held, std::int64_t minimum,
               Leave leave);

// Periods of 45 minutes that are over when somebody comes so many minutes after the beginning.
std::int64_t periods_missed(std::int64_t minutes_late);

}  // namespace tiendo::attendance
