#include "features/attendance/threshold.h"

namespace tiendo::attendance {

std::optional<Leave> parse_leave(std::string_view text) {
    for (const Leave leave : {Leave::missed, Leave::attended, Leave::left_out})
        if (text == to_text(leave)) return leave;
    return std::nullopt;
}

std::string_view to_text(Leave leave) {
    switch (leave) {
        case Leave::missed: return "missed";
        case Leave::attended: return "attended";
        case Leave::left_out: break;
    }
    return "left_out";
}

bool is_enough(std::int64_t attended, std::int64_t excused, std::int64_t held, std::int64_t minimum,
               Leave leave) {
    if (minimum == 0) return true;
    const std::int64_t counted = attended + (leave == Leave::attended ? excused : 0);
    const std::int64_t of = held - (leave == Leave::left_out ? excused : 0);
    return counted * 100 >= minimum * of;
}

std::int64_t periods_missed(std::int64_t minutes_late) {
    constexpr std::int64_t period_minutes = 45;
    return minutes_late <= 0 ? 0 : minutes_late / period_minutes;
}

}  // namespace tiendo::attendance
