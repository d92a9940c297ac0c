// A condition over what is known of a person on a day: pass, fail, or not known, and what it saw.
//
// The three values are joined as Kleene does: "all" fails when one part fails and is not known when
// none fails but one is not known; "any" the other way round; the negation of not known is not known.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/date.h"
#include "features/eligibility/condition.h"
#include "features/people/people.h"

namespace tiendo::eligibility {

enum class Result { pass, fail, unknown };
std::string_view to_text(Result result);
std::optional<Result> parse_result(std::string_view text);

Result both(Result a, Result b);
Result either(Result a, Result b);
Result opposite(Result a);

// A word of a set, or the code of a programme (set "programme"): said in the reader's language.
struct Term {
    std::string set, word;
    bool operator==(const Term&) const = default;
};
using Said = std::variant<std::int64_t, Date, std::string, Term>;

// One thing that a leaf saw: the key of a text and what fills it, in order.
struct Seen {
    std::string key;
    std::vector<Said> words = {};
    bool sensitive = false;
    bool operator==(const Seen&) const = default;
};

// A programme that the person completed, as the rosters know.
struct Training {
    people::PersonId person;
    std::string programme;  // its code
    std::optional<Date> completed_on;
};

// What is known of one person.
struct Record {
    people::PersonId person;
    std::optional<people::Birth> birth;
    std::string sex;
    std::vector<people::Fact> facts;  // those that stand
    std::vector<Training> trainings;
};

// The day for which it is asked, the first day of the cohort; and whether the unit introduced the
// person, which is known of a nomination and otherwise not.
struct Occasion {
    Date on;
    bool introduced = false;
};

struct Finding {
    Result result = Result::unknown;
    std::vector<Seen> seen;  // by every leaf, in order, each thing once
};
Finding evaluate(const Condition& condition, const Record& record, const Occasion& occasion);

// One leaf, and what it saw.
Finding see(const Leaf& leaf, const Record& record, const Occasion& occasion);

}  // namespace tiendo::eligibility
