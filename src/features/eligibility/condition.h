// Conditions (điều kiện): what a rule asks of a person, as a small tree.
//
//   {"any": [{"fact": "position", "in": ["department", "division"]},
//            {"fact": "grade", "in": ["specialist"], "at_least": 3}]}
//
// A leaf asks one fact on one day; "all", "any" and "not" join leaves. The text is kept in the rule
// row; it is parsed once into these structs.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/outcome.h"
#include "base/value.h"

namespace tiendo::eligibility {

// What a leaf is about.
enum class About {
    age,               // at_least, at_most: whole years
    sex,               // in
    membership,        // in; at_least, at_most: months since; days_left: before at_most is reached
    position,          // held, by its level: in, or from that level upwards
    planned_position,  // in the succession pool, by its level: in, from
    office,            // held: in
    grade,             // in; at_least: whole years in it
    education,         // from
    theory,            // from
    certificate,       // in: codes of programmes; months: how long one is valid
    trained,           // in: a certificate, or a completed participation; months
    rating,            // from; years: how many, the latest ones, without a gap
    introduced,        // by the unit, which a nomination is
};
std::string_view to_text(About about);
std::optional<About> parse_about(std::string_view text);

struct Leaf {
    About about = About::age;
    std::vector<std::string> among = {};  // "in": words of the set, or codes of programmes
    std::string from = {};                // a word of an ordered set: it or a later one
    std::optional<int> at_least = {}, at_most = {}, days_left = {}, months = {}, years = {};
    bool operator==(const Leaf&) const = default;
};

struct Condition {
    enum class Kind { leaf, all, any, negation };
    Kind kind = Kind::leaf;
    Leaf leaf = {};
    std::vector<Condition> parts = {};  // of all and any; the one of a negation
    bool operator==(const Condition&) const = default;
};

Condition all_of(std::vector<Condition> parts);
Condition any_of(std::vector<Condition> parts);
Condition negation_of(Condition part);
Condition leaf_of(Leaf leaf);

// The words a set has, lowest first; empty when there is no such set. Sets: sex, membership, level,
// office, grade, education, theory, rating. They are data, vocabulary.json; what they are called is
// said in locales/ (eligibility.word.<set>.<word>).
const std::vector<std::string>& words_of(std::string_view set);
// The set whose words a leaf names; empty for age, programmes and introduced.
std::string_view set_of(About about);
// Phrases by which an office is recognised in how a position is called, folded. (Of two phrases one
// of which stands within the other, the longer one is taken.)
const std::vector<std::string>& phrases_of(std::string_view office);

// Refusals under the field "condition" say what stands there, what may stand there and the nearest.
Outcome<Condition> parse_condition(std::string_view json);
Outcome<Condition> condition_of(const Value& value);
// Each leaf says what it needs and nothing it does not take.
Refusals wrong_with(const Leaf& leaf);
Value to_value(const Condition& condition);
std::string to_text(const Condition& condition);

}  // namespace tiendo::eligibility
