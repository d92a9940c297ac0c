// The queries of this feature; private to it.
#pragma once
#include <map>
#include <span>
#include <string>
#include <vector>

#include "features/eligibility/eligibility.h"

namespace tiendo::eligibility {

void insert_rule(db::Write& tx, const web::Actor& actor, const Rule& rule, Instant at);
// Every row of every programme, the latest recorded first.
std::vector<Rule> all_rules(db::Read& tx);

void insert_waivers(db::Write& tx, const web::Actor& actor, std::span<const Waiver> waivers, Instant at);
void insert_withdrawal(db::Write& tx, const web::Actor& actor, WaiverId waiver, const std::string& reason,
                       Instant at);
// Of one person, those that were withdrawn as well, the latest first.
std::vector<Waiver> waivers_there_were(db::Read& tx, people::PersonId person);
std::optional<people::PersonId> person_of_waiver(db::Read& tx, WaiverId waiver);
// What the cohort is called, by know_cohorts_by.
std::string name_of_cohort(db::Read& tx, const web::Actor& actor, programmes::ProgrammeId programme,
                           std::int64_t cohort);
// Of those people, those that hold, the latest first.
std::vector<Waiver> waivers_of(db::Read& tx, std::span<const people::PersonId> people);

// What a person is besides the facts, and whether the actor may see what is sensitive of it.
struct Known {
    Record record;
    bool may_see_sensitive = false;
};
// In the order given; who is not there has an empty record.
std::vector<Known> known_of(db::Read& tx, const web::Actor& actor, std::span<const people::PersonId> people);

}  // namespace tiendo::eligibility
