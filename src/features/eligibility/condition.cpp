#include "features/eligibility/condition.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/embedded.h"
#include "base/text.h"
#include "features/eligibility/embedded_data.h"
#include "platform/json/json.h"

namespace tiendo::eligibility {
namespace {

constexpr std::array about_names{std::string_view{"age"},
                                 std::string_view{"sex"},
                                 std::string_view{"membership"},
                                 std::string_view{"position"},
                                 std::string_view{"planned_position"},
                                 std::string_view{"office"},
                                 std::string_view{"grade"},
                                 std::string_view{"education"},
                                 std::string_view{"theory"},
                                 std::string_view{"certificate"},
                                 std::string_view{"trained"},
                                 std::string_view{"rating"},
                                 std::string_view{"introduced"}};

using Sets = std::map<std::string, std::vector<std::string>, std::less<>>;

// The lists of one member of vocabulary.json.
Sets lists_of(std::string_view member) {
    Sets sets;
    const Value file = json::parse(embedded_data("vocabulary.json")).value();
    for (const auto& [name, words] : *file[member].members())
        for (const Value& word : *words.list_items()) sets[name].push_back(*word.text());
    return sets;
}

const std::vector<std::string>& found_in(const Sets& sets, std::string_view name) {
    static const std::vector<std::string> none;
    const auto found = sets.find(name);
    return found == sets.end() ? none : found->second;
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
}

Refusal refusal(std::string_view message, std::vector<std::string> arguments) {
    return {"condition", "eligibility.condition." + std::string(message), std::move(arguments)};
}

// --- from JSON ------------------------------------------------------------------------------

void read_number(const Value& value, std::string_view name, std::optional<int>& number, Refusals& refusals) {
    constexpr std::int64_t most = 1200;  // a century of months: anything above is a slip of the key
    if (const std::int64_t* whole = value.number(); whole && *whole >= 0 && *whole <= most)
        number = static_cast<int>(*whole);
    else
        refusals.push_back(refusal("no_number", {std::string(name), json::write(value)}));
}

void read_words(const Value& value, std::vector<std::string>& words, Refusals& refusals) {
    const auto* items = value.list_items();
    for (const Value& item : items ? *items : Value::List{value}) {
        if (const std::string* text = item.text())
            words.push_back(*text);
        else
            refusals.push_back(refusal("no_word", {json::write(item)}));
    }
}

Outcome<Condition> leaf_from(const Value& value) {
    Refusals refusals;
    Leaf leaf;
    const std::string* named = value["fact"].text();
    const auto about = named ? parse_about(*named) : std::nullopt;
    if (!about) {
        const std::vector<std::string> names(about_names.begin(), about_names.end());
        const std::string found = named ? *named : json::write(value);
        return refusal("no_such_fact", {found, joined(names), nearest(found, names)});
    }
    leaf.about = *about;
    for (const auto& [name, member] : *value.members()) {
        if (name == "fact") continue;
        if (name == "in")
            read_words(member, leaf.among, refusals);
        else if (name == "from" && member.text())
            leaf.from = *member.text();
        else if (name == "at_least")
            read_number(member, name, leaf.at_least, refusals);
        else if (name == "at_most")
            read_number(member, name, leaf.at_most, refusals);
        else if (name == "days_left")
            read_number(member, name, leaf.days_left, refusals);
        else if (name == "months")
            read_number(member, name, leaf.months, refusals);
        else if (name == "years")
            read_number(member, name, leaf.years, refusals);
        else
            refusals.push_back(refusal("not_taken", {std::string(to_text(*about)), name}));
    }
    if (refusals.empty()) refusals = wrong_with(leaf);
    if (!refusals.empty()) return refusals;
    return leaf_of(std::move(leaf));
}

Outcome<Condition> joined_from(Condition::Kind kind, const Value& value) {
    const auto* items = value.list_items();
    if (kind == Condition::Kind::negation) {
        auto part = condition_of(value);
        if (!part) return part;
        return negation_of(std::move(*part));
    }
    if (!items || items->empty()) return refusal("empty", {});
    Condition made{.kind = kind};
    for (const Value& item : *items) {
        auto part = condition_of(item);
        if (!part) return part;
        made.parts.push_back(std::move(*part));
    }
    return made;
}

// --- what a leaf takes ------------------------------------------------------------------------

struct Takes {
    bool among = false, from = false, at_least = false, at_most = false, days_left = false, months = false,
         years = false;
};

Takes taken_by(About about) {
    switch (about) {
        case About::age: return {.at_least = true, .at_most = true};
        case About::sex:
        case About::office: return {.among = true};
        case About::membership: return {.among = true, .at_least = true, .at_most = true, .days_left = true};
        case About::position:
        case About::planned_position: return {.among = true, .from = true};
        case About::grade: return {.among = true, .at_least = true};
        case About::education:
        case About::theory: return {.from = true};
        case About::certificate:
        case About::trained: return {.among = true, .months = true};
        case About::rating: return {.from = true, .years = true};
        case About::introduced: return {};
    }
    return {};
}

}  // namespace

std::string_view to_text(About about) { return about_names[static_cast<std::size_t>(about)]; }
std::optional<About> parse_about(std::string_view text) {
    const auto found = std::find(about_names.begin(), about_names.end(), text);
    if (found == about_names.end()) return std::nullopt;
    return static_cast<About>(found - about_names.begin());
}

Condition all_of(std::vector<Condition> parts) {
    return {.kind = Condition::Kind::all, .parts = std::move(parts)};
}
Condition any_of(std::vector<Condition> parts) {
    return {.kind = Condition::Kind::any, .parts = std::move(parts)};
}
Condition negation_of(Condition part) {
    Condition made{.kind = Condition::Kind::negation};
    made.parts.push_back(std::move(part));
    return made;
}
Condition leaf_of(Leaf leaf) { return {.kind = Condition::Kind::leaf, .leaf = std::move(leaf)}; }

const std::vector<std::string>& words_of(std::string_view set) {
    static const Sets sets = lists_of("sets");
    return found_in(sets, set);
}
const std::vector<std::string>& phrases_of(std::string_view office) {
    static const Sets phrases = lists_of("offices");
    return found_in(phrases, office);
}

std::string_view set_of(About about) {
    switch (about) {
        case About::position:
        case About::planned_position: return "level";
        case About::age:
        case About::certificate:
        case About::trained:
        case About::introduced: return "";
        default: return to_text(about);
    }
}

Refusals wrong_with(const Leaf& leaf) {
    Refusals refusals;
    const Takes takes = taken_by(leaf.about);
    const std::string name(to_text(leaf.about));
    const auto takes_not = [&](bool given, bool taken, const char* member) {
        if (given && !taken) refusals.push_back(refusal("not_taken", {name, member}));
    };
    takes_not(!leaf.among.empty(), takes.among, "in");
    takes_not(!leaf.from.empty(), takes.from, "from");
    takes_not(leaf.at_least.has_value(), takes.at_least, "at_least");
    takes_not(leaf.at_most.has_value(), takes.at_most, "at_most");
    takes_not(leaf.days_left.has_value(), takes.days_left && leaf.at_most, "days_left");
    takes_not(leaf.months.has_value(), takes.months, "months");
    takes_not(leaf.years.has_value(), takes.years, "years");
    const auto& words = words_of(set_of(leaf.about));
    const auto must_be_word = [&](const std::string& word) {
        if (words.empty() || std::find(words.begin(), words.end(), word) != words.end()) return;
        refusals.push_back(refusal("no_such_word", {name, word, joined(words), nearest(word, words)}));
    };
    for (const std::string& word : leaf.among) must_be_word(word);
    if (!leaf.from.empty()) must_be_word(leaf.from);
    const bool says_words = !leaf.among.empty() || !leaf.from.empty();
    const bool needs_words = takes.among || takes.from;
    if (needs_words && !says_words)
        refusals.push_back(refusal("needs_words", {name, takes.among ? "in" : "from"}));
    if (leaf.about == About::age && !leaf.at_least && !leaf.at_most)
        refusals.push_back(refusal("needs_number", {name, "at_least"}));
    if (leaf.about == About::rating && leaf.years.value_or(0) < 1)
        refusals.push_back(refusal("needs_number", {name, "years"}));
    return refusals;
}

Outcome<Condition> condition_of(const Value& value) {
    if (!value.members()) return refusal("no_object", {json::write(value)});
    if (!value["fact"].is_null()) return leaf_from(value);
    if (value.members()->size() == 1) {
        const auto& [name, part] = value.members()->front();
        if (name == "all") return joined_from(Condition::Kind::all, part);
        if (name == "any") return joined_from(Condition::Kind::any, part);
        if (name == "not") return joined_from(Condition::Kind::negation, part);
    }
    return leaf_from(value);
}

Outcome<Condition> parse_condition(std::string_view text) {
    const auto value = json::parse(text);
    if (!value) return refusal("no_json", {std::string(text)});
    return condition_of(*value);
}

Value to_value(const Condition& condition) {
    if (condition.kind == Condition::Kind::negation)
        return Value::object({{"not", to_value(condition.parts.front())}});
    if (condition.kind != Condition::Kind::leaf)
        return Value::object(
            {{condition.kind == Condition::Kind::all ? "all" : "any",
              list_of(condition.parts, [](const Condition& part) { return to_value(part); })}});
    const Leaf& leaf = condition.leaf;
    Value value = Value::object({{"fact", to_text(leaf.about)}});
    if (!leaf.among.empty())
        value.set("in", list_of(leaf.among, [](const std::string& word) { return Value(word); }));
    if (!leaf.from.empty()) value.set("from", leaf.from);
    if (leaf.at_least) value.set("at_least", *leaf.at_least);
    if (leaf.at_most) value.set("at_most", *leaf.at_most);
    if (leaf.days_left) value.set("days_left", *leaf.days_left);
    if (leaf.months) value.set("months", *leaf.months);
    if (leaf.years) value.set("years", *leaf.years);
    return value;
}

std::string to_text(const Condition& condition) { return json::write(to_value(condition)); }

}  // namespace tiendo::eligibility
