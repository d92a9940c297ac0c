// How those nominated are judged: by features above, which fill this in once, when the program starts.
// Part of nominations.h.
#pragma once
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/outcome.h"
#include "features/cohorts/cohorts.h"
#include "features/people/people.h"

namespace tiendo::nominations {

// A rule that must be met, that somebody does not meet and was not let off.
struct Failing {
    std::string rule;     // its code
    std::string message;  // what it asks, said in each language
    std::string basis;    // the regulation
    bool waivable = false;
};
// Whether somebody may attend a cohort.
struct Judged {
    std::optional<bool> eligible;  // none: cannot be judged
    std::vector<Failing> failing = {};
    // What is kept with a decision: every rule with what it saw, also of a sensitive kind. JSON, in no
    // language; empty when the verdict alone was wanted.
    std::string grounds = {};
};
enum class Wanting { verdict, grounds };
struct ToJudge {
    const cohorts::Cohort& cohort;
    std::span<const people::PersonId> people;
    Date today;  // for a cohort whose first day nobody knows
    Wanting wanting = Wanting::verdict;
};

// Grounds for a reader. With the cohort it is also said where a rule that hinders the person can be waived.
struct ToTell {
    std::string_view grounds;
    people::PersonId person;
    people::Sensitive sensitive = people::Sensitive::masked;  // shown: the visit was asked why
    const cohorts::Cohort* waived_for = nullptr;
};

// People let off rules that they fail, for one cohort.
struct ToWaive {
    struct Pair {
        people::PersonId person;
        std::string rule;
    };
    const cohorts::Cohort& cohort;
    std::span<const Pair> pairs;
    const cohorts::Act& act;  // why, and by which document
};

struct Judging {
    // One for each person, in order.
    std::function<std::vector<Judged>(db::Read&, const web::Actor&, const ToJudge&)> judge;
    // [{"id", "severity", "result", "value", "basis", "message", "waivable", "waived", "waive_url"}]
    std::function<Value(const web::Visit&, const ToTell&)> tell;
    // Refused when the actor may waive nothing.
    std::function<Outcome<Done>(db::Write&, const web::Actor&, const ToWaive&)> waive;
};
void judge_by(Judging judging);

}  // namespace tiendo::nominations
