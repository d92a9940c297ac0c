// The demonstration year: the facts of a training centre's half-year review of June 2017,
// as workbooks. Heads, targets and partners follow the review; names, birth dates, IDs,
// units and every date the review does not give are invented, and the workbooks say so.
#pragma once
#include <string>
#include <vector>

namespace tiendo::app {

struct DemoWorkbooks {
    std::string plan, cohorts, rosters;  // paths of .xlsx files
};

// Writes the three workbooks into a folder. The same each time.
DemoWorkbooks write_demo_workbooks(const std::string& folder);

}  // namespace tiendo::app
