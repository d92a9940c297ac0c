// Every text a user reads, in every language, and numbers and days as a reader of that
// language writes them.
//
// locales/<language>/<part>.toml holds lines  "key" = "text with {0} and {1}".
// {0} is the first argument. {0:learner|learners} is the first word when that argument is
// "1" and the second otherwise, for languages that mind the difference. A passage in [[ and ]] is left
// out when an argument in it is empty: "No unit “{0}”.[[ Nearest: “{1}”.]]"
#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/date.h"
#include "base/embedded.h"
#include "base/outcome.h"

namespace tiendo::i18n {

enum class Language { vi, en };
inline constexpr std::array languages = {Language::vi, Language::en};
std::string_view to_text(Language language);  // "vi", "en"
std::optional<Language> parse_language(std::string_view text);

// The language a reader prefers by his Accept-Language header; none when we speak none of his.
std::optional<Language> preferred_language(std::string_view accept_language);

struct MissingText : std::logic_error {
    using std::logic_error::logic_error;
};

// What a key nobody translated does: shows itself to the user, or fails the test.
enum class Missing { shows_key, throws };

class Texts {
 public:
    // Files named "vi/plan.toml", "en/plan.toml". Throws std::runtime_error on a file that is
    // no TOML, a value that is no text, or a key that was given twice.
    explicit Texts(const std::vector<EmbeddedFile>& files, Missing missing = Missing::shows_key);

    // The text of a key with its arguments filled in. An argument that was not given is empty.
    std::string text(Language language, std::string_view key,
                     std::span<const std::string> arguments = {}) const;
    std::string text(Language language, std::string_view key,
                     std::initializer_list<std::string> arguments) const {
        return text(language, key, std::span(arguments.begin(), arguments.size()));
    }
    std::string text(Language language, const Refusal& refusal) const {
        return text(language, refusal.message, refusal.arguments);
    }
    bool has(Language language, std::string_view key) const;

    // What the languages disagree on, one sentence each: a key that only one has, or other
    // placeholders. A test asks for none.
    std::vector<std::string> disagreements() const;

 private:
    // Looked up hundreds of times for a page.
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view key) const { return std::hash<std::string_view>{}(key); }
    };
    using Catalogue = std::unordered_map<std::string, std::string, Hash, std::equal_to<>>;
    std::array<Catalogue, languages.size()> catalogues_;
    Missing missing_;
};

// 1350: vi "1.350", en "1,350".
std::string number(Language language, std::int64_t number);
// The same from decimal text: "1350.5" is vi "1.350,5". What is no decimal number comes back
// as it was.
std::string decimal(Language language, std::string_view text);
// From percent_text(), decimal point: "73.6" is vi "73,6 %", en "73.6%". What is no decimal
// number comes back as it was, without a sign.
std::string percent(Language language, std::string_view percent_text);
// vi "16/06/2017", en "16 Jun 2017".
std::string date(Language language, Date date);
// The same from text, and of what has no day: "2017-07" is vi "07/2017", en "Jul 2017"; "1985"
// stays. What is no date comes back as it was.
std::string date(Language language, std::string_view text);
// At the wall clock of the offset: vi "20/06/2017 08:00", en "20 Jun 2017, 08:00".
std::string moment(Language language, Instant moment, Offset offset);

}  // namespace tiendo::i18n
