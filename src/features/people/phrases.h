// What people write about themselves, read by the words of locales/ ("term.<set>.<value>", each a list
// separated by "|"); private to this feature.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "features/people/facts.h"
#include "platform/i18n/i18n.h"

namespace tiendo::people {

// The words of one set: those of "level" are "vụ trưởng", "trưởng phòng" and so on.
class Phrases {
 public:
    Phrases(const i18n::Texts& texts, std::string_view set, std::span<const std::string_view> values);
    // Whose words stand in the text, marks and case aside; of several the longest: "Phó Bí thư chi bộ"
    // is no "Bí thư chi bộ". Empty when none does.
    std::string in(std::string_view written) const;
    // The same, and nothing but those words. Words written "=TP" mean something only so.
    std::string whole(std::string_view written) const;
    // Of a title, which may be several: "Trưởng phòng, Bí thư chi bộ". What stands behind "nguyên" or
    // "thư ký" is a title of the past, or of somebody else.
    std::string in_title(std::string_view written) const;

 private:
    struct Phrase {
        std::string folded;
        std::string value;
        bool only_whole = false;
    };
    std::string in_any(std::span<const std::string> texts) const;
    std::vector<Phrase> longest_first_;
    std::vector<std::string> of_others_;  // "nguyên", "thư ký"
};

// Of a position, by its title: how high, and which office of the Party it is, if it is one.
std::span<const std::string_view> position_levels();
std::span<const std::string_view> party_offices();

// The rating of a year as it is written, "2023: hoàn thành tốt nhiệm vụ", with that year's first day.
// None without a year up to this one, and without a word of `ratings`.
std::optional<Fact> read_rating(std::string_view written, const Phrases& ratings, Date today);

// What a value is called: the first of its words. The value itself when its set has no words.
std::string called(const i18n::Texts& texts, i18n::Language language, std::string_view set,
                   std::string_view value);

// All its words in Vietnamese: "quần chúng, chưa vào Đảng".
std::string words_of(const i18n::Texts& texts, std::string_view set, std::string_view value);

}  // namespace tiendo::people
