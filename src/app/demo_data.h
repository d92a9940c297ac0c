// The demonstration year: the facts of a training centre's half-year review of June 2017,
// as workbooks. Heads, targets and partners follow the review; names, birth dates, IDs,
// units and every date the review does not give are invented, and the workbooks say so.
#pragma once
#include <string>
#include <vector>

#include "base/date.h"

namespace tiendo::app {

struct DemoWorkbooks {
    std::string plan, cohorts, rosters;  // paths of .xlsx files
};

// Somebody on a roster of the demonstration.
struct DemoLearner {
    std::string cohort, name, national_id;
    Date born;
    bool woman = false;
    std::string unit, position;
    bool left = false;  // on the second day
};
std::vector<DemoLearner> demo_learners();  // in the order of the rosters, the same each time
std::vector<std::string> demo_units();
// dd/mm/yyyy
std::string vietnamese_date(Date date);
inline constexpr const char* invented =
    "Số liệu minh họa: họ tên, ngày sinh, số CCCD, đơn vị và các ngày không có trong báo cáo là hư cấu.";

// Writes the three workbooks into a folder. The same each time.
DemoWorkbooks write_demo_workbooks(const std::string& folder);

}  // namespace tiendo::app
