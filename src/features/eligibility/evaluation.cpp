#include "features/eligibility/evaluation.h"

#include <algorithm>

namespace tiendo::eligibility {

std::string_view to_text(Result result) {
    switch (result) {
        case Result::pass: return "pass";
        case Result::fail: return "fail";
        case Result::unknown: return "unknown";
    }
    return "unknown";
}

std::optional<Result> parse_result(std::string_view text) {
    for (const Result result : {Result::pass, Result::fail, Result::unknown})
        if (to_text(result) == text) return result;
    return std::nullopt;
}

Result both(Result a, Result b) {
    if (a == Result::fail || b == Result::fail) return Result::fail;
    return a == Result::pass && b == Result::pass ? Result::pass : Result::unknown;
}

Result either(Result a, Result b) {
    if (a == Result::pass || b == Result::pass) return Result::pass;
    return a == Result::fail && b == Result::fail ? Result::fail : Result::unknown;
}

Result opposite(Result a) {
    if (a == Result::unknown) return a;
    return a == Result::pass ? Result::fail : Result::pass;
}

namespace {

// The same, or the same with more about it: "probationary member since 1 March" says nothing beside
// "probationary member since 1 March (3 months)".
bool says_all_of(const Seen& one, const Seen& other) {
    return one.key.starts_with(other.key) && one.words.size() >= other.words.size() &&
           std::equal(other.words.begin(), other.words.end(), one.words.begin());
}

void add(std::vector<Seen>& seen, std::vector<Seen> more) {
    for (Seen& one : more) {
        const auto says_less = [&](const Seen& before) { return says_all_of(one, before); };
        if (std::any_of(seen.begin(), seen.end(),
                        [&](const Seen& before) { return says_all_of(before, one); }))
            continue;
        const auto place = std::find_if(seen.begin(), seen.end(), says_less);
        if (place == seen.end())
            seen.push_back(std::move(one));
        else
            *place = std::move(one);
    }
}

}  // namespace

Finding evaluate(const Condition& condition, const Record& record, const Occasion& occasion) {
    switch (condition.kind) {
        case Condition::Kind::leaf: return see(condition.leaf, record, occasion);
        case Condition::Kind::negation: {
            Finding finding = evaluate(condition.parts.front(), record, occasion);
            finding.result = opposite(finding.result);
            return finding;
        }
        case Condition::Kind::all:
        case Condition::Kind::any: break;
    }
    // Every part is looked at, the last one too when the first has decided: the reader is told
    // everything that the rule asks about.
    const bool all = condition.kind == Condition::Kind::all;
    Finding joined{all ? Result::pass : Result::fail, {}};
    for (const Condition& part : condition.parts) {
        Finding finding = evaluate(part, record, occasion);
        joined.result = all ? both(joined.result, finding.result) : either(joined.result, finding.result);
        add(joined.seen, std::move(finding.seen));
    }
    return joined;
}

}  // namespace tiendo::eligibility
