#include "features/eligibility/rule_form.h"

#include <algorithm>

#include "base/number_text.h"
#include "base/text.h"

namespace tiendo::eligibility {
namespace {

constexpr std::string_view is = comparisons[0], is_not = comparisons[1], at_least = comparisons[2],
                           at_most = comparisons[3];

std::string_view set_named_by(About about) {
    return about == About::certificate || about == About::trained ? "programme" : set_of(about);
}

// The words a row may have, each with how the reader calls it.
std::vector<std::pair<std::string, std::string>> choices_of(About about, const Reader& reader) {
    std::vector<std::pair<std::string, std::string>> choices;
    const std::string_view set = set_named_by(about);
    if (set == "programme")
        for (const auto& [code, name] : reader.programmes) choices.emplace_back(code, name);
    else
        for (const std::string& word : words_of(set))
            choices.emplace_back(word, word_text(reader, set, word));
    return choices;
}

// --- from what was typed ------------------------------------------------------------------------

Outcome<std::vector<std::string>> words_in(const FormRow& row, About about, const Reader& reader) {
    const auto choices = choices_of(about, reader);
    std::vector<std::string> words;
    for (const std::string_view piece : split(row.words, ',')) {
        const std::string typed = clean(piece);
        if (typed.empty()) continue;
        const auto found = std::find_if(choices.begin(), choices.end(), [&](const auto& choice) {
            return choice.first == typed || fold(choice.second) == fold(typed);
        });
        if (found != choices.end()) {
            words.push_back(found->first);
            continue;
        }
        std::vector<std::string> names;
        std::string list;
        for (const auto& [word, name] : choices) {
            names.push_back(name);
            list += (list.empty() ? "" : ", ") + name;
        }
        const std::string fact = word_text(reader, "fact", to_text(about));
        return Refusal{
            "words", "eligibility.condition.no_such_word", {fact, typed, list, nearest(typed, names)}};
    }
    return words;
}

// What the row's number means is a matter of its fact; with which comparison it goes, too.
Outcome<Condition> part_of(const FormRow& row, const Reader& reader) {
    const auto about = parse_about(row.fact);
    const auto refused = [&](const char* field, const char* why) {
        return Refusal{
            field,
            std::string("eligibility.form.") + why,
            {word_text(reader, "fact", row.fact),
             reader.text("eligibility.comparison." + (row.comparison.empty() ? "is" : row.comparison))}};
    };
    if (!about) return Refusal{"fact", "form.required", {}};
    std::optional<int> number;
    if (!row.number.empty()) {
        const auto count = read_count(row.number);
        if (!count || *count < 0 || *count > 1200) return Refusal{"number", "form.no_count", {row.number}};
        number = static_cast<int>(*count);
    }
    auto words = words_in(row, *about, reader);
    if (!words) return words.refusals();
    const std::string_view how = row.comparison;
    const bool more = how == at_least, fewer = how == at_most, plain = !more && !fewer;
    Leaf leaf{.about = *about};
    const bool by_rank = *about == About::education || *about == About::theory || *about == About::rating;
    const bool by_level = *about == About::position || *about == About::planned_position;
    const bool by_programme = *about == About::certificate || *about == About::trained;
    if (by_rank || (by_level && more)) {
        if (!more) return refused("comparison", "not_compared_so");
        if (words->size() != 1) return refused("words", "one_word");
        leaf.from = words->front();
        if (*about == About::rating) leaf.years = number.value_or(1), number.reset();
    } else {
        leaf.among = *words;
        if (by_programme && plain) leaf.months = number, number.reset();
    }
    if (more && !by_rank && !by_level) leaf.at_least = number;
    if (fewer) leaf.at_most = number;
    const bool needs_number = (more && !by_rank && !by_level) || fewer;
    if (needs_number && !number) return refused("number", "needs_number");
    if (number && !needs_number) return refused("number", "takes_no_number");
    if (auto refusals = wrong_with(leaf); !refusals.empty()) {
        for (Refusal& refusal : refusals)
            refusal.field = refusal.message.ends_with("needs_words") ? "words" : "comparison";
        return refusals;
    }
    Condition part = leaf_of(std::move(leaf));
    return how == is_not ? negation_of(std::move(part)) : part;
}

Condition joined(Condition::Kind kind, std::vector<Condition> parts) {
    if (parts.size() == 1) return parts.front();
    return {.kind = kind, .parts = std::move(parts)};
}

// --- to what is shown ---------------------------------------------------------------------------

std::optional<FormRow> row_of(const Condition& part, const Reader& reader) {
    const bool negated = part.kind == Condition::Kind::negation;
    const Condition& inner = negated ? part.parts.front() : part;
    if (inner.kind != Condition::Kind::leaf) return std::nullopt;
    const Leaf& leaf = inner.leaf;
    if (leaf.days_left || (leaf.at_least && leaf.at_most)) return std::nullopt;
    FormRow row{.fact = std::string(to_text(leaf.about))};
    std::string_view how = negated ? is_not : is;
    if (leaf.at_least || !leaf.from.empty()) how = at_least;
    if (leaf.at_most) how = at_most;
    if (negated && how != is_not) return std::nullopt;
    row.comparison = how;
    const auto add = [&](const std::string& word) {
        const auto choices = choices_of(leaf.about, reader);
        const auto found = std::find_if(choices.begin(), choices.end(),
                                        [&](const auto& choice) { return choice.first == word; });
        // A name with a comma in it would be read as two words; its code is not.
        const bool by_name = found != choices.end() && found->second.find(',') == std::string::npos;
        row.words += (row.words.empty() ? "" : ", ") + (by_name ? found->second : word);
    };
    for (const std::string& word : leaf.among) add(word);
    if (!leaf.from.empty()) add(leaf.from);
    for (const auto& number : {leaf.at_least, leaf.at_most, leaf.months, leaf.years})
        if (number) row.number = std::to_string(*number);
    return row;
}

}  // namespace

std::vector<std::string> facts_of_a_form() {
    std::vector<std::string> facts;
    for (int about = 0; about <= static_cast<int>(About::introduced); ++about)
        facts.emplace_back(to_text(static_cast<About>(about)));
    return facts;
}

std::vector<std::string> words_of_fact(std::string_view fact, const Reader& reader) {
    const auto about = parse_about(fact);
    if (!about) return {};
    std::vector<std::string> words;
    for (const auto& [word, name] : choices_of(*about, reader))
        words.push_back(name.find(',') == std::string::npos ? name : word);
    return words;
}

std::string field_name(std::string_view name, int group, int row) {
    return std::string(name) + "-" + std::to_string(group) + "-" + std::to_string(row);
}

Outcome<Condition> condition_of(const FormRows& rows, const Reader& reader) {
    Refusals refusals;
    std::vector<Condition> groups;
    for (int group = 0; group < groups_of_a_form; ++group) {
        std::vector<Condition> parts;
        for (int row = 0; row < rows_of_a_group; ++row) {
            const FormRow& typed = rows[static_cast<std::size_t>(group)][static_cast<std::size_t>(row)];
            if (typed.is_empty()) continue;
            auto part = part_of(typed, reader);
            if (part) {
                parts.push_back(std::move(*part));
                continue;
            }
            for (Refusal refusal : part.refusals()) {
                refusal.field = field_name(refusal.field, group + 1, row + 1);
                refusals.push_back(std::move(refusal));
            }
        }
        if (!parts.empty()) groups.push_back(joined(Condition::Kind::all, std::move(parts)));
    }
    if (!refusals.empty()) return refusals;
    if (groups.empty()) return Refusal{field_name("fact", 1, 1), "eligibility.condition.empty", {}};
    return joined(Condition::Kind::any, std::move(groups));
}

std::optional<FormRows> rows_of(const Condition& condition, const Reader& reader) {
    const auto parts_of = [](const Condition& whole, Condition::Kind kind) {
        return whole.kind == kind ? whole.parts : std::vector<Condition>{whole};
    };
    FormRows rows;
    const auto groups = parts_of(condition, Condition::Kind::any);
    if (groups.size() > groups_of_a_form) return std::nullopt;
    for (std::size_t group = 0; group < groups.size(); ++group) {
        const auto parts = parts_of(groups[group], Condition::Kind::all);
        if (parts.size() > rows_of_a_group) return std::nullopt;
        for (std::size_t row = 0; row < parts.size(); ++row) {
            const auto shown = row_of(parts[row], reader);
            if (!shown) return std::nullopt;
            rows[group][row] = *shown;
        }
    }
    return rows;
}

}  // namespace tiendo::eligibility
