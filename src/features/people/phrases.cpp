#include "features/people/phrases.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "base/text.h"

namespace tiendo::people {
namespace {

std::string key_of(std::string_view set, std::string_view value) {
    return "term." + std::string(set) + "." + std::string(value);
}

// The titles that stand side by side in a cell, in small letters.
std::vector<std::string> titles_in(std::string_view written) {
    std::string text = lower(clean(written));
    for (const std::string_view between : {" kiêm ", " - ", " – "})
        for (std::size_t at; (at = text.find(between)) != text.npos;) text.replace(at, between.size(), ";");
    std::replace_if(
        text.begin(), text.end(), [](char c) { return c == ',' || c == '/' || c == '(' || c == ')'; }, ';');
    std::vector<std::string> titles;
    for (const std::string_view title : split(text, ';')) titles.push_back(clean(title));
    return titles;
}

}  // namespace

Phrases::Phrases(const i18n::Texts& texts, std::string_view set, std::span<const std::string_view> values) {
    for (const std::string_view value : values)
        for (const i18n::Language language : i18n::languages) {
            const std::string listed = texts.text(language, key_of(set, value));
            for (const std::string_view words : split(listed, '|'))
                if (std::string folded = fold(words); !folded.empty())
                    longest_first_.push_back(
                        {std::move(folded), std::string(value), clean(words).starts_with('=')});
        }
    for (const i18n::Language language : i18n::languages) {
        const std::string listed = texts.text(language, "position.of_others");
        for (const std::string_view words : split(listed, '|'))
            of_others_.push_back(" " + lower(clean(words)) + " ");
    }
    std::stable_sort(longest_first_.begin(), longest_first_.end(),
                     [](const Phrase& a, const Phrase& b) { return a.folded.size() > b.folded.size(); });
}

std::string Phrases::in_any(std::span<const std::string> texts) const {
    for (const Phrase& phrase : longest_first_)
        for (const std::string& text : texts)
            if (phrase.only_whole ? text == phrase.folded
                                  : (" " + text + " ").find(" " + phrase.folded + " ") != std::string::npos)
                return phrase.value;
    return "";
}

std::string Phrases::in(std::string_view written) const {
    const std::string text = fold(written);
    return in_any({&text, 1});
}

std::string Phrases::in_title(std::string_view written) const {
    std::vector<std::string> own;
    for (const std::string& title : titles_in(written)) {
        // With marks: "nguyên" is not the "Nguyễn" of a name.
        const std::string small = " " + title + " ";
        std::size_t end = small.size();
        for (const std::string& words : of_others_) end = std::min(end, small.find(words));
        own.push_back(fold(std::string_view(small).substr(0, end)));
    }
    return in_any(own);
}

std::string Phrases::whole(std::string_view written) const {
    const std::string text = fold(written);
    for (const Phrase& phrase : longest_first_)
        if (text == phrase.folded) return phrase.value;
    return "";
}

std::span<const std::string_view> position_levels() {
    static constexpr std::array<std::string_view, 5> levels{"specialist", "division", "department",
                                                            "deputy_minister", "minister"};
    return levels;
}

std::span<const std::string_view> party_offices() {
    static constexpr std::array<std::string_view, 3> offices{"cell_secretary", "deputy_cell_secretary",
                                                             "committee_member"};
    return offices;
}

std::optional<Fact> read_rating(std::string_view written, const Phrases& ratings, Date today) {
    constexpr std::size_t digits_of_a_year = 4;
    const std::size_t begin = written.find_first_of("0123456789");
    if (begin == written.npos) return std::nullopt;
    const std::size_t end = std::min(written.find_first_not_of("0123456789", begin), written.size());
    if (end - begin != digits_of_a_year) return std::nullopt;
    const int year = std::atoi(std::string(written.substr(begin, digits_of_a_year)).c_str());
    const std::string words = std::string(written.substr(0, begin)) + " " + std::string(written.substr(end));
    const std::string value = ratings.in(words);
    const auto from = Date::of(year, 1, 1);
    constexpr int first_year = 1945;
    if (value.empty() || !from || year < first_year || year > today.year()) return std::nullopt;
    return Fact{.kind = Kind::rating, .value = value, .from = from};
}

std::string called(const i18n::Texts& texts, i18n::Language language, std::string_view set,
                   std::string_view value) {
    const std::string key = key_of(set, value);
    if (value.empty() || !texts.has(language, key)) return std::string(value);
    const std::string listed = texts.text(language, key);
    return clean(split(listed, '|').front());
}

std::string words_of(const i18n::Texts& texts, std::string_view set, std::string_view value) {
    std::string listed;
    const std::string all = texts.text(i18n::Language::vi, key_of(set, value));
    for (const std::string_view words : split(all, '|'))
        listed += (listed.empty() ? "" : ", ") + clean(words);
    return listed;
}

}  // namespace tiendo::people
