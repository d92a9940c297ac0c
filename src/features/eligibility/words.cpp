#include "features/eligibility/words.h"

namespace tiendo::eligibility {
namespace {

std::string joined(const std::vector<std::string>& pieces, const std::string& between) {
    std::string text;
    for (std::size_t i = 0; i < pieces.size(); ++i) text += (i == 0 ? "" : between) + pieces[i];
    return text;
}

std::string words_text(const Reader& reader, const Leaf& leaf) {
    std::string_view set = set_of(leaf.about);
    if (set.empty()) set = "programme";
    std::vector<std::string> pieces;
    for (const std::string& word : leaf.among) pieces.push_back(word_text(reader, set, word));
    if (!leaf.from.empty())
        pieces.push_back(reader.text("eligibility.says.or_higher", {word_text(reader, set, leaf.from)}));
    return joined(pieces, reader.text("eligibility.says.or"));
}

std::string leaf_text(const Reader& reader, const Leaf& leaf) {
    std::vector<std::string> pieces;
    const auto add = [&](std::string_view key, std::initializer_list<std::string> arguments) {
        pieces.push_back(reader.text("eligibility.says." + std::string(key), arguments));
    };
    const std::string about(to_text(leaf.about));
    const std::string words = words_text(reader, leaf);
    if (leaf.about != About::age) add(about, {words, std::to_string(leaf.years.value_or(0))});
    if (leaf.at_least) add(about + "_at_least", {std::to_string(*leaf.at_least)});
    if (leaf.at_most) add(about + "_at_most", {std::to_string(*leaf.at_most)});
    if (leaf.days_left) add("days_left", {std::to_string(*leaf.days_left)});
    if (leaf.months) add("months", {std::to_string(*leaf.months)});
    return joined(pieces, " ");
}

std::string said_text(const Reader& reader, const Said& said) {
    if (const auto* number = std::get_if<std::int64_t>(&said)) return i18n::number(reader.language, *number);
    if (const auto* day = std::get_if<Date>(&said)) return i18n::date(reader.language, *day);
    if (const auto* term = std::get_if<Term>(&said)) return word_text(reader, term->set, term->word);
    return std::get<std::string>(said);
}

}  // namespace

std::map<std::string, std::string> programme_names(db::Read& tx) {
    std::map<std::string, std::string> names;
    for (const programmes::Programme& programme : programmes::programmes(tx))
        names.emplace(programme.code, programme.name);
    return names;
}

std::string word_text(const Reader& reader, std::string_view set, std::string_view word) {
    if (set == "programme") {
        const auto found = reader.programmes.find(std::string(word));
        return found == reader.programmes.end() ? std::string(word) : "“" + found->second + "”";
    }
    const std::string key = "eligibility.word." + std::string(set) + "." + std::string(word);
    return reader.texts.has(reader.language, key) ? reader.text(key) : std::string(word);
}

std::string in_words(const Reader& reader, const Condition& condition) {
    if (condition.kind == Condition::Kind::leaf) return leaf_text(reader, condition.leaf);
    if (condition.kind == Condition::Kind::negation)
        return reader.text("eligibility.says.not", {in_words(reader, condition.parts.front())});
    const bool all = condition.kind == Condition::Kind::all;
    std::vector<std::string> pieces;
    for (const Condition& part : condition.parts) {
        const bool joins = part.kind == Condition::Kind::all || part.kind == Condition::Kind::any;
        const std::string text = in_words(reader, part);
        pieces.push_back(joins && part.parts.size() > 1 ? "(" + text + ")" : text);
    }
    return joined(pieces, reader.text(all ? "eligibility.says.all" : "eligibility.says.any"));
}

std::string in_words(const Reader& reader, const std::vector<Seen>& seen) {
    std::vector<std::string> pieces;
    for (const Seen& one : seen) {
        std::vector<std::string> arguments;
        for (const Said& said : one.words) arguments.push_back(said_text(reader, said));
        std::string text = reader.texts.text(reader.language, one.key, arguments);
        if (pieces.empty() || pieces.back() != text) pieces.push_back(std::move(text));
    }
    return joined(pieces, "; ");
}

const std::string& message_of(const Rule& rule, i18n::Language language) {
    return language == i18n::Language::vi ? rule.message_vi : rule.message_en;
}

}  // namespace tiendo::eligibility
