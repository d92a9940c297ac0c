// What a cohort and its learners amount to in the ledger: a table of cases.
#include "features/participation/participation.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace tiendo::participation {
namespace {

std::optional<Date> day(const char* text) { return *text ? parse_date(text) : std::nullopt; }

std::string written(const std::vector<ledger::Entry>& entries) {
    std::string text;
    for (const ledger::Entry& entry : entries) {
        if (!text.empty()) text += ", ";
        text += std::string(ledger::to_text(entry.measure)) + (entry.quantity > 0 ? " +" : " ") +
                std::to_string(entry.quantity) + " " + to_text(entry.effective_on);
    }
    return text;
}

struct Case {
    const char* what;
    const char *opened, *closed, *cancelled;   // of the cohort
    const char *started, *withdrawn, *result;  // of the learner
    const char* learner_amounts_to;
    const char* cohort_amounts_to;
};

TEST_CASE("facts amount to entries") {
    const Case cases[] = {
        {"not opened: nothing, whatever the roster says", "", "", "", "2017-03-01", "", "completed", "", ""},
        {"opened: everybody starts with the cohort", "2017-03-06", "", "", "", "", "",
         "learners_started +1 2017-03-06", "cohorts_opened +1 2017-03-06"},
        {"a start of one's own", "2017-03-06", "", "", "2017-03-08", "", "", "learners_started +1 2017-03-08",
         "cohorts_opened +1 2017-03-06"},
        {"withdrawn: from that day no longer", "2017-03-06", "", "", "", "2017-03-08", "",
         "learners_started +1 2017-03-06, learners_started -1 2017-03-08", "cohorts_opened +1 2017-03-06"},
        {"withdrawn before the opening: nets to nothing on the opening day", "2017-03-06", "", "", "",
         "2017-03-01", "", "learners_started +1 2017-03-06, learners_started -1 2017-03-06",
         "cohorts_opened +1 2017-03-06"},
        {"completed and closed", "2017-03-06", "2017-03-10", "", "", "", "completed",
         "learners_started +1 2017-03-06, learners_completed +1 2017-03-10",
         "cohorts_opened +1 2017-03-06, cohorts_closed +1 2017-03-10"},
        {"completed but not yet closed", "2017-03-06", "", "", "", "", "completed",
         "learners_started +1 2017-03-06", "cohorts_opened +1 2017-03-06"},
        {"not completed", "2017-03-06", "2017-03-10", "", "", "", "not_completed",
         "learners_started +1 2017-03-06", "cohorts_opened +1 2017-03-06, cohorts_closed +1 2017-03-10"},
        {"withdrew, so the result does not count", "2017-03-06", "2017-03-10", "", "", "2017-03-08",
         "completed", "learners_started +1 2017-03-06, learners_started -1 2017-03-08",
         "cohorts_opened +1 2017-03-06, cohorts_closed +1 2017-03-10"},
        {"cancelled after opening: learners leave that day", "2017-03-06", "", "2017-03-09", "", "", "",
         "learners_started +1 2017-03-06, learners_started -1 2017-03-09",
         "cohorts_opened +1 2017-03-06, cohorts_opened -1 2017-03-09"},
        {"who withdrew before the cancelling left then", "2017-03-06", "", "2017-03-09", "", "2017-03-07", "",
         "learners_started +1 2017-03-06, learners_started -1 2017-03-07",
         "cohorts_opened +1 2017-03-06, cohorts_opened -1 2017-03-09"},
        {"cancelled before opening: nets to nothing", "2017-03-06", "", "2017-02-01", "", "", "",
         "learners_started +1 2017-03-06, learners_started -1 2017-03-06",
         "cohorts_opened +1 2017-03-06, cohorts_opened -1 2017-03-06"},
        {"cancelled and closed: cancelled holds", "2017-03-06", "2017-03-10", "2017-03-09", "", "",
         "completed", "learners_started +1 2017-03-06, learners_started -1 2017-03-09",
         "cohorts_opened +1 2017-03-06, cohorts_opened -1 2017-03-09"},
    };
    for (const Case& one : cases) {
        CAPTURE(one.what);
        cohorts::Cohort cohort;
        cohort.facts = {day(one.opened), day(one.closed), day(one.cancelled), std::nullopt};
        std::vector<ledger::Entry> of_learner, of_cohort;
        entries(cohort, {.id = {7}, .unit = {1}, .facts = {day(one.started), day(one.withdrawn), one.result}},
                [&](const ledger::Entry& entry, std::int64_t) { of_learner.push_back(entry); });
        cohorts::entries(cohort,
                         [&](const ledger::Entry& entry, std::int64_t) { of_cohort.push_back(entry); });
        CHECK(written(of_learner) == one.learner_amounts_to);
        CHECK(written(of_cohort) == one.cohort_amounts_to);
    }
}

TEST_CASE("an entry counts to the plan line of its cohort, else to the cohort itself") {
    cohorts::Cohort cohort;
    cohort.id = {5};
    cohort.facts.opened_on = parse_date("2017-03-06");
    const auto account = [&] {
        std::int64_t found = 0;
        entries(cohort, {.id = {7}, .unit = {1}, .facts = {}},
                [&](const ledger::Entry& entry, std::int64_t) { found = entry.account(); });
        return found;
    };
    CHECK(account() == 5);
    cohort.facts.plan_line = plan::LineId{9};
    CHECK(account() == 9);
}

}  // namespace
}  // namespace tiendo::participation
