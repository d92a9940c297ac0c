#include "features/needs/needs.h"

#include <doctest/doctest.h>

namespace tiendo::needs {
namespace {

TEST_CASE("cohorts of a size hold all learners, and no more cohorts than that") {
    CHECK(cohorts_for(120, 80) == 2);
    CHECK(cohorts_for(160, 80) == 2);
    CHECK(cohorts_for(161, 80) == 3);
    CHECK(cohorts_for(1, 80) == 1);
    CHECK(cohorts_for(0, 80) == 0);
    CHECK(cohorts_for(120, 0) == 0);
}

TEST_CASE("a campaign is open on its first and on its last day") {
    Campaign campaign;
    campaign.window = {*parse_date("2017-10-01"), *parse_date("2017-10-31")};
    CHECK(state_on(campaign, *parse_date("2017-09-30")) == "to_come");
    CHECK(state_on(campaign, *parse_date("2017-10-01")) == "open");
    CHECK(state_on(campaign, *parse_date("2017-10-31")) == "open");
    CHECK(state_on(campaign, *parse_date("2017-11-01")) == "closed");
}

}  // namespace
}  // namespace tiendo::needs
