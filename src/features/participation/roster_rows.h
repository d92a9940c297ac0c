// The rows of a roster under import, some thousands at a time; private to this feature.
#pragma once
#include <unordered_map>
#include <vector>

#include "features/participation/participation.h"

namespace tiendo::participation {

struct RosterRow {
    std::string sheet;
    int sheet_row = 0;
    const cohorts::Cohort* cohort = nullptr;
    std::string full_name;
    std::string search;  // the name, folded
    std::optional<people::Birth> birth;
    std::string sex;
    std::string national_id;     // empty when the file gives none
    organisations::UnitId unit;  // the centre where the row says none
    bool unit_is_said = false;
    std::string position;
    std::optional<Date> started_on, withdrawn_on;
    std::string result;
    std::string note;
};
using RosterRows = std::vector<RosterRow>;

// Where somebody works, and as what.
struct Standing {
    organisations::UnitId unit;
    std::string position;
};

// Writes rows into the register and the books, each as if it came after those before it, so that
// memory and time of a row do not depend on how many there are.
class RosterRecorder {
 public:
    RosterRecorder(db::Write& tx, const imports::Job& job, imports::Report& report);
    void record(const RosterRows& rows);
    void close();

 private:
    struct Fresh {
        const RosterRow* row;
        people::PersonId person;
        ParticipationId id;
        organisations::UnitId unit;
        std::string position;
    };
    bool takes_nobody_new(const cohorts::Cohort& cohort);
    void fill_from_register(std::vector<Fresh>& fresh, const std::vector<const Standing*>& registered);
    void add_participations(const std::vector<Fresh>& fresh);
    void add_first_events(const std::vector<Fresh>& fresh);

    db::Write& tx_;
    const imports::Job& job_;
    imports::Report& report_;
    ledger::Journal journal_;
    people::Registration registration_;
    std::unordered_map<cohorts::CohortId, bool> locked_;
    std::unordered_map<std::int64_t, int> seen_;  // participations there were, to the row that named them
};

}  // namespace tiendo::participation
