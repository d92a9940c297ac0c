// A condition as the rows of a form: "all of" groups joined by "or". What is more complex is
// written as text. Private to this feature.
#pragma once
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "features/eligibility/words.h"

namespace tiendo::eligibility {

inline constexpr int groups_of_a_form = 3;
inline constexpr int rows_of_a_group = 4;

// One row as it is typed: words in the reader's language or as the code has them, with commas.
struct FormRow {
    std::string fact, comparison, words, number;
    bool is_empty() const { return fact.empty() && words.empty() && number.empty(); }
};
using FormRows = std::array<std::array<FormRow, rows_of_a_group>, groups_of_a_form>;

inline constexpr std::array comparisons{std::string_view{"is"}, std::string_view{"is_not"},
                                        std::string_view{"at_least"}, std::string_view{"at_most"}};
std::vector<std::string> facts_of_a_form();
// What may be typed as the words of a fact, as the reader calls it; empty for one that takes none.
std::vector<std::string> words_of_fact(std::string_view fact, const Reader& reader);

// "words-2-1": the field of a row, counted from 1.
std::string field_name(std::string_view name, int group, int row);

// Refusals stand at the field of their row.
Outcome<Condition> condition_of(const FormRows& rows, const Reader& reader);
// None when the condition is not of that form, or has more groups or rows.
std::optional<FormRows> rows_of(const Condition& condition, const Reader& reader);

}  // namespace tiendo::eligibility
