// A centre whose cohorts have opened, and a workbook of learners for them.
#pragma once
#include <functional>
#include <string>

#include "platform/db/db.h"

namespace tiendo::bench {

inline constexpr int cohorts_of_roster = 1'000;

// Fills a database that has its schema and nothing else.
void open_cohorts(db::Database& database);

// A roster as Excel writes it (shared strings, days as numbers): STT, Mã lớp, Họ và tên, Ngày
// sinh, Giới tính, Số CCCD, Đơn vị công tác, Chức vụ, Ghi chú. `rows` learners, all different,
// one in ten without a national ID, of 300 units.
void write_roster(const std::string& path, int rows);

// The same sheet, in which every second learner is somebody of the register, as `known` says them;
// the others are new to it.
struct Known {
    std::string full_name, national_id, unit_name;
    Date born;
};
void write_roster(const std::string& path, int rows, const std::function<Known(int row)>& known);

}  // namespace tiendo::bench
