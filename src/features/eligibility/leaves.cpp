// What each kind of leaf sees of a person. Of a kind of fact of which nothing at all is known, the
// answer is not known; what is known and does not fit, fails.
#include <algorithm>
#include <functional>
#include <limits>

#include "base/text.h"
#include "features/eligibility/calendar_spans.h"
#include "features/eligibility/evaluation.h"

namespace tiendo::eligibility {
namespace {

using people::Fact;
using people::Kind;
using Facts = std::vector<const Fact*>;

constexpr int months_of_a_year = 12;

bool holds(const std::vector<std::string>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

Result result_of(bool passes) { return passes ? Result::pass : Result::fail; }

// Where a word stands in its set; none: the set does not have it.
std::optional<std::ptrdiff_t> rank_of(std::string_view set, std::string_view word) {
    const auto& words = words_of(set);
    const auto found = std::find(words.begin(), words.end(), word);
    if (found == words.end()) return std::nullopt;
    return found - words.begin();
}

Facts facts_of(const Record& record, Kind kind) {
    Facts found;
    for (const Fact& fact : record.facts)
        if (fact.kind == kind) found.push_back(&fact);
    return found;
}

Facts on(const Facts& facts, Date day) {
    Facts found;
    std::copy_if(facts.begin(), facts.end(), std::back_inserter(found),
                 [&](const Fact* fact) { return fact->holds_on(day); });
    return found;
}

// Of facts that follow one another, the one that began last.
const Fact* latest(const Facts& facts) {
    const Fact* found = nullptr;
    for (const Fact* fact : facts)
        if (!found || !found->from || (fact->from && *fact->from >= *found->from)) found = fact;
    return found;
}

Finding nothing_known(const Leaf& leaf) {
    return {Result::unknown,
            {{"eligibility.seen.nothing", {Term{"fact", std::string(to_text(leaf.about))}}}}};
}
Finding none_then(const Leaf& leaf, bool sensitive = false) {
    return {Result::fail,
            {{"eligibility.seen.none_then", {Term{"fact", std::string(to_text(leaf.about))}}, sensitive}}};
}

// "chuyên viên từ 01/03/2014", with how long that is when the leaf asks for it and the day is known.
Seen since(Term term, const Fact& fact, std::string_view how_long = {}, int length = 0) {
    if (!fact.from) return {"eligibility.seen.since_unknown", {std::move(term)}};
    if (fact.from_precision != Precision::day)
        return {"eligibility.seen.since", {std::move(term), *fact.from_text()}};
    if (how_long.empty()) return {"eligibility.seen.since", {std::move(term), *fact.from}};
    return {"eligibility.seen." + std::string(how_long), {std::move(term), *fact.from, std::int64_t{length}}};
}

// What is so whenever it began is so; what is so of some of the days on which it can have begun is not known.
Result whenever_begun(const Fact& fact, const std::function<bool(Date)>& fits) {
    if (!fact.from) return Result::unknown;
    const bool first = fits(*fact.from), last = fits(*fact.begun_by());
    return first == last ? result_of(first) : Result::unknown;
}

Finding age(const Leaf& leaf, const Record& record, Date day) {
    if (!record.birth) return nothing_known(leaf);
    const Ages ages = ages_on(*record.birth, day);
    Finding finding{Result::pass, {}};
    const auto must = [&](bool surely, bool surely_not) {
        finding.result = both(finding.result, surely       ? Result::pass
                                              : surely_not ? Result::fail
                                                           : Result::unknown);
    };
    if (leaf.at_least) must(ages.youngest >= *leaf.at_least, ages.oldest < *leaf.at_least);
    if (leaf.at_most) must(ages.oldest <= *leaf.at_most, ages.youngest > *leaf.at_most);
    if (ages.youngest == ages.oldest)
        finding.seen = {{"eligibility.seen.age", {std::int64_t{ages.oldest}}}};
    else
        finding.seen = {
            {"eligibility.seen.age_between", {std::int64_t{ages.youngest}, std::int64_t{ages.oldest}}}};
    return finding;
}

Finding sex(const Leaf& leaf, const Record& record) {
    if (record.sex.empty()) return nothing_known(leaf);
    return {result_of(holds(leaf.among, record.sex)), {{"eligibility.seen.term", {Term{"sex", record.sex}}}}};
}

Finding membership(const Leaf& leaf, const Record& record, Date day) {
    const Facts known = facts_of(record, Kind::membership);
    if (known.empty()) return nothing_known(leaf);
    const Fact* fact = latest(on(known, day));
    if (!fact) return none_then(leaf, true);
    const bool asks_how_long = leaf.at_least || leaf.at_most;
    Seen seen = since({"membership", fact->value}, *fact, asks_how_long ? "since_months" : "",
                      fact->from ? whole_months(*fact->from, day) : 0);
    seen.sensitive = true;
    Finding finding{result_of(holds(leaf.among, fact->value)), {seen}};
    if (finding.result == Result::fail || !asks_how_long) return finding;
    if (!fact->from) return {Result::unknown, {seen}};
    if (leaf.at_least)
        finding.result =
            whenever_begun(*fact, [&](Date from) { return months_after(from, *leaf.at_least) <= day; });
    if (leaf.at_most) {
        finding.result =
            both(finding.result, whenever_begun(*fact, [&](Date from) {
                     return day + leaf.days_left.value_or(0) <= months_after(from, *leaf.at_most);
                 }));
        const Date last = months_after(*fact->from, *leaf.at_most);
        if (leaf.days_left && day <= last && fact->from_precision == Precision::day)
            finding.seen.push_back({"eligibility.seen.days_left", {std::int64_t{last - day}, last}, true});
    }
    return finding;
}

// Levels of positions: one that fits is enough, one whose level nobody said may fit. Levels are those of
// the government: an office of the Party or of a mass organisation that has none is no position of that
// kind, and leaves nothing open.
Finding position(const Leaf& leaf, const Record& record, Date day, Kind kind) {
    Facts known = facts_of(record, kind);
    std::erase_if(known, [](const Fact* fact) {
        return fact->level.empty() && (fact->body == "party" || fact->body == "mass_organisation");
    });
    if (known.empty()) return nothing_known(leaf);
    const Facts held = on(known, day);
    if (held.empty()) return none_then(leaf);
    Finding finding{Result::fail, {}};
    const auto least = rank_of("level", leaf.from);
    for (const Fact* fact : held) {
        const auto rank = rank_of("level", fact->level);
        Result fits = Result::unknown;
        if (rank) fits = result_of(holds(leaf.among, fact->level) || (least && *rank >= *least));
        finding.result = either(finding.result, fits);
        if (!rank)
            finding.seen.push_back({"eligibility.seen.position_unclear", {fact->detail}});
        else if (fact->detail.empty())
            finding.seen.push_back(since({"level", fact->level}, *fact));
        else
            finding.seen.push_back({"eligibility.seen.position", {fact->detail, Term{"level", fact->level}}});
    }
    return finding;
}

// The offices that a position names; a longer phrase is taken before one that stands within it.
std::vector<std::string> offices_in(const Fact& fact) {
    struct Phrase {
        std::string office, words;
    };
    static const std::vector<Phrase> phrases = [] {
        std::vector<Phrase> all;
        for (const std::string& office : words_of("office"))
            for (const std::string& words : phrases_of(office)) all.push_back({office, words});
        std::stable_sort(all.begin(), all.end(),
                         [](const Phrase& a, const Phrase& b) { return a.words.size() > b.words.size(); });
        return all;
    }();
    std::vector<std::string> offices;
    if (holds(words_of("office"), fact.value)) offices.push_back(fact.value);
    std::string called = " " + fold(fact.detail) + " ";
    for (const Phrase& phrase : phrases) {
        const auto at = called.find(" " + phrase.words + " ");
        if (at == std::string::npos) continue;
        called.replace(at + 1, phrase.words.size(), "-");
        if (!holds(offices, phrase.office)) offices.push_back(phrase.office);
    }
    return offices;
}

Finding office(const Leaf& leaf, const Record& record, Date day) {
    const Facts known = facts_of(record, Kind::position);
    if (known.empty()) return nothing_known(leaf);
    const Facts held = on(known, day);
    if (held.empty()) return none_then(leaf);
    Finding finding{Result::fail, {}};
    for (const Fact* fact : held) {
        for (const std::string& found : offices_in(*fact))
            if (holds(leaf.among, found)) finding.result = Result::pass;
        finding.seen.push_back(fact->detail.empty() ? since({"office", fact->value}, *fact)
                                                    : Seen{"eligibility.seen.text", {fact->detail}});
    }
    return finding;
}

Finding grade(const Leaf& leaf, const Record& record, Date day) {
    const Facts known = facts_of(record, Kind::grade);
    if (known.empty()) return nothing_known(leaf);
    const Fact* fact = latest(on(known, day));
    if (!fact) return none_then(leaf);
    const int months = fact->from ? whole_months(*fact->from, day) : 0;
    Finding finding{result_of(holds(leaf.among, fact->value)),
                    {since({"grade", fact->value}, *fact, leaf.at_least ? "since_years" : "",
                           months / months_of_a_year)}};
    if (finding.result == Result::fail || !leaf.at_least) return finding;
    finding.result = whenever_begun(
        *fact, [&](Date from) { return whole_months(from, day) >= *leaf.at_least * months_of_a_year; });
    return finding;
}

// Education and theory: the highest that was reached counts.
Finding reached(const Leaf& leaf, const Record& record, Date day, Kind kind) {
    const Facts known = facts_of(record, kind);
    if (known.empty()) return nothing_known(leaf);
    const std::string set(set_of(leaf.about));
    std::optional<std::ptrdiff_t> highest;
    for (const Fact* fact : on(known, day))
        if (const auto rank = rank_of(set, fact->value); rank && (!highest || *rank > *highest))
            highest = rank;
    if (!highest && on(known, day).empty()) return none_then(leaf);
    if (!highest) return nothing_known(leaf);
    return {result_of(*highest >= rank_of(set, leaf.from).value_or(std::numeric_limits<int>::max())),
            {{"eligibility.seen.term", {Term{set, words_of(set)[static_cast<std::size_t>(*highest)]}}}}};
}

// One certificate or completed participation, on the day.
Finding learned(const Leaf& leaf, const std::string& programme, std::optional<Date> when, Date day,
                const std::string& what) {
    const Term term{"programme", programme};
    const std::string key = "eligibility.seen." + what;
    if (!when) return {leaf.months ? Result::unknown : Result::pass, {{key + "_undated", {term}}}};
    if (!leaf.months) return {Result::pass, {{key, {term, *when}}}};
    const Date last = months_after(*when, *leaf.months);
    return {result_of(day <= last), {{day <= last ? key + "_valid" : key + "_expired", {term, *when, last}}}};
}

Finding certificate(const Leaf& leaf, const Record& record, Date day) {
    const Facts known = facts_of(record, Kind::certificate);
    Finding finding{Result::fail, {}};
    const auto meet = [&](Finding one) {
        finding.result = either(finding.result, one.result);
        for (Seen& seen : one.seen) finding.seen.push_back(std::move(seen));
    };
    for (const Fact* fact : known)
        if (holds(leaf.among, fact->value) && fact->holds_on(day))
            meet(learned(leaf, fact->value, fact->from, day, "certificate"));
    if (leaf.about == About::trained)
        for (const Training& training : record.trainings)
            if (holds(leaf.among, training.programme) && !(training.completed_on > day))
                meet(learned(leaf, training.programme, training.completed_on, day, "completed"));
    if (!finding.seen.empty()) return finding;
    // Who was trained here is in these books, so that "nothing found" is an answer; a certificate of
    // another school may exist without our knowing.
    if (leaf.about == About::certificate && known.empty()) return nothing_known(leaf);
    for (const std::string& programme : leaf.among)
        finding.seen.push_back({leaf.about == About::trained ? "eligibility.seen.not_trained"
                                                             : "eligibility.seen.no_certificate",
                                {Term{"programme", programme}}});
    return finding;
}

// The latest years, as many as asked for and without a gap, up to the year before the day or the
// day's own when that is rated already.
Finding rating(const Leaf& leaf, const Record& record, Date day) {
    const Facts known = facts_of(record, Kind::rating);
    if (known.empty()) return nothing_known(leaf);
    int year = day.year() - 1;
    for (const Fact* fact : known)
        if (fact->from && fact->from->year() == day.year()) year = day.year();
    const auto least = rank_of("rating", leaf.from);
    Finding finding{Result::pass, {}};
    for (int counted = 0; counted < leaf.years.value_or(1); ++counted, --year) {
        const auto rated = std::find_if(known.begin(), known.end(), [&](const Fact* fact) {
            return fact->from && fact->from->year() == year;
        });
        const auto rank = rated == known.end() ? std::nullopt : rank_of("rating", (*rated)->value);
        finding.result = both(finding.result, rank && least ? result_of(*rank >= *least) : Result::unknown);
        if (rated == known.end())
            finding.seen.push_back({"eligibility.seen.not_rated", {std::to_string(year)}});
        else
            finding.seen.push_back(
                {"eligibility.seen.rated", {std::to_string(year), Term{"rating", (*rated)->value}}});
    }
    return finding;
}

}  // namespace

Finding see(const Leaf& leaf, const Record& record, const Occasion& occasion) {
    switch (leaf.about) {
        case About::age: return age(leaf, record, occasion.on);
        case About::sex: return sex(leaf, record);
        case About::membership: return membership(leaf, record, occasion.on);
        case About::position: return position(leaf, record, occasion.on, Kind::position);
        case About::planned_position: return position(leaf, record, occasion.on, Kind::planned_position);
        case About::office: return office(leaf, record, occasion.on);
        case About::grade: return grade(leaf, record, occasion.on);
        case About::education: return reached(leaf, record, occasion.on, Kind::education);
        case About::theory: return reached(leaf, record, occasion.on, Kind::theory);
        case About::certificate:
        case About::trained: return certificate(leaf, record, occasion.on);
        case About::rating: return rating(leaf, record, occasion.on);
        case About::introduced:
            if (occasion.introduced) return {Result::pass, {{"eligibility.seen.introduced", {}}}};
            return {Result::unknown, {{"eligibility.seen.not_introduced", {}}}};
    }
    return {};
}

}  // namespace tiendo::eligibility
