#include "platform/i18n/i18n.h"

#include <toml++/toml.h>

#include <algorithm>
#include <cctype>
#include <set>
#include <string>

#include "base/text.h"
#include "platform/i18n/in_each_language.h"

namespace tiendo::i18n {
namespace {

std::size_t index_of(Language language) { return static_cast<std::size_t>(language); }

// One {0} or {0:one|many} of a text.
struct Placeholder {
    std::size_t begin, end;  // of the braces, in the text
    std::size_t argument;
    std::string_view one, many;  // both empty for a plain {0}
};

std::optional<Placeholder> next_placeholder(std::string_view text, std::size_t from) {
    for (std::size_t open = text.find('{', from); open != std::string_view::npos;
         open = text.find('{', open + 1)) {
        const std::size_t close = text.find('}', open);
        if (close == std::string_view::npos) return std::nullopt;
        const std::string_view inside = text.substr(open + 1, close - open - 1);
        if (inside.empty() || inside[0] < '0' || inside[0] > '9') continue;
        Placeholder found{open, close + 1, static_cast<std::size_t>(inside[0] - '0'), {}, {}};
        if (inside.size() == 1) return found;
        const std::size_t bar = inside.find('|');
        if (inside[1] != ':' || bar == std::string_view::npos) continue;
        found.one = inside.substr(2, bar - 2);
        found.many = inside.substr(bar + 1);
        return found;
    }
    return std::nullopt;
}

std::set<std::size_t> arguments_of(std::string_view text) {
    std::set<std::size_t> arguments;
    for (auto found = next_placeholder(text, 0); found; found = next_placeholder(text, found->end))
        arguments.insert(found->argument);
    return arguments;
}

// A day comes as to_text(Date) writes it and goes as the language writes days; of what was said in each
// language the reader's goes.
void append(std::string& result, Language language, const std::string& argument) {
    const std::size_t between = argument.find(between_languages);
    if (between != argument.npos)
        result += language == Language::vi ? argument.substr(0, between) : argument.substr(between + 1);
    else if (const auto day = parse_date(argument))
        result += date(language, *day);
    else
        result += argument;
}

// Each argument is copied in once and never looked at again: one that contains "{1}" stays so.
std::string filled(Language language, std::string_view text, std::span<const std::string> arguments) {
    std::string result;
    std::size_t at = 0;
    for (auto found = next_placeholder(text, 0); found; found = next_placeholder(text, found->end)) {
        result += text.substr(at, found->begin - at);
        const bool given = found->argument < arguments.size();
        if (!found->one.empty() || !found->many.empty())
            result += given && arguments[found->argument] == "1" ? found->one : found->many;
        else if (given)
            append(result, language, arguments[found->argument]);
        at = found->end;
    }
    result += text.substr(at);
    return result;
}

std::string fill(Language language, std::string_view text, std::span<const std::string> arguments) {
    std::string result;
    for (;;) {
        const std::size_t open = text.find("[[");
        const std::size_t close = open == text.npos ? open : text.find("]]", open);
        if (close == text.npos) return result + filled(language, text, arguments);
        result += filled(language, text.substr(0, open), arguments);
        const std::string_view passage = text.substr(open + 2, close - open - 2);
        const auto asked = arguments_of(passage);
        if (std::all_of(asked.begin(), asked.end(), [&](std::size_t argument) {
                return argument < arguments.size() && !arguments[argument].empty();
            }))
            result += filled(language, passage, arguments);
        text.remove_prefix(close + 2);
    }
}

// A point or comma after every third digit from the right.
std::string grouped(std::string_view digits, char separator) {
    std::string result;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && (digits.size() - i) % 3 == 0) result += separator;
        result += digits[i];
    }
    return result;
}

bool all_digits(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// -1350.25, and neither ".5" nor "1."
bool is_decimal(std::string_view text) {
    const auto parts = split(text.substr(text.substr(0, 1) == "-" ? 1 : 0), '.');
    return parts.size() <= 2 && all_digits(parts.front()) && all_digits(parts.back());
}

void append_two_digits(std::string& result, int number) {
    result += static_cast<char>('0' + number / 10);
    result += static_cast<char>('0' + number % 10);
}

constexpr std::array<std::string_view, 12> english_months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

}  // namespace

std::string_view to_text(Language language) { return language == Language::vi ? "vi" : "en"; }

std::optional<Language> parse_language(std::string_view text) {
    for (const Language language : languages)
        if (to_text(language) == text) return language;
    return std::nullopt;
}

std::optional<Language> preferred_language(std::string_view accept_language) {
    std::optional<Language> best;
    int best_weight = 0;
    for (const std::string_view choice : split(accept_language.substr(0, 1000), ',')) {
        const auto parts = split(choice, ';');
        const std::string range = lower_ascii(clean(parts[0]));
        const auto language = parse_language(split(range, '-')[0]);
        if (!language) continue;
        int weight = 1000;  // q=0.8 as 800
        if (parts.size() > 1) {
            const std::string quality = clean(parts[1]);
            if (quality.rfind("q=0", 0) == 0) {
                const std::string digits = (quality.size() > 4 ? quality.substr(4, 3) : "") + "000";
                if (all_digits(digits)) weight = std::stoi(digits.substr(0, 3));
            }
        }
        if (weight > best_weight) {
            best_weight = weight;
            best = language;
        }
    }
    return best;
}

Texts::Texts(const std::vector<EmbeddedFile>& files, Missing missing) : missing_(missing) {
    for (const auto& file : files) {
        const auto language = parse_language(split(file.name, '/')[0]);
        if (!language)
            throw std::runtime_error("locales/" + std::string(file.name) + ": no language of this program");
        Catalogue& catalogue = catalogues_[index_of(*language)];
        const auto add = [&](const auto& self, const toml::table& table, const std::string& prefix) -> void {
            for (const auto& [name, node] : table) {
                const std::string key = prefix + std::string(name.str());
                if (const auto* inner = node.as_table()) {
                    self(self, *inner, key + ".");
                } else if (const auto* text = node.as_string()) {
                    if (!catalogue.emplace(key, text->get()).second)
                        throw std::runtime_error("locales/" + std::string(file.name) + ": \"" + key +
                                                 "\" has a text already");
                } else {
                    throw std::runtime_error("locales/" + std::string(file.name) + ": \"" + key +
                                             "\" is no text");
                }
            }
        };
        try {
            add(add, toml::parse(file.bytes, file.name), "");
        } catch (const toml::parse_error& error) {
            throw std::runtime_error("locales/" + std::string(file.name) + ":" +
                                     std::to_string(error.source().begin.line) + ": " +
                                     std::string(error.description()));
        }
    }
}

std::string Texts::text(Language language, std::string_view key,
                        std::span<const std::string> arguments) const {
    const Catalogue& catalogue = catalogues_[index_of(language)];
    const auto found = catalogue.find(key);
    if (found != catalogue.end()) return fill(language, found->second, arguments);
    if (missing_ == Missing::throws)
        throw MissingText("no text \"" + std::string(key) + "\" in locales/" +
                          std::string(to_text(language)));
    return std::string(key);
}

bool Texts::has(Language language, std::string_view key) const {
    return catalogues_[index_of(language)].contains(key);
}

std::vector<std::string> Texts::disagreements() const {
    std::vector<std::string> found;
    for (const Language one : languages)
        for (const Language other : languages) {
            if (one == other) continue;
            const Catalogue& others = catalogues_[index_of(other)];
            for (const auto& [key, text] : catalogues_[index_of(one)]) {
                const auto translation = others.find(key);
                if (translation == others.end())
                    found.push_back(key + " is in " + std::string(to_text(one)) + " and not in " +
                                    std::string(to_text(other)));
                else if (one < other && arguments_of(text) != arguments_of(translation->second))
                    found.push_back(key + " has other placeholders in " + std::string(to_text(other)));
            }
        }
    std::sort(found.begin(), found.end());
    return found;
}

std::string number(Language language, std::int64_t number) {
    return decimal(language, std::to_string(number));
}

std::string decimal(Language language, std::string_view text) {
    if (!is_decimal(text)) return std::string(text);
    const bool negative = text.front() == '-';
    const auto parts = split(text.substr(negative ? 1 : 0), '.');
    const bool vietnamese = language == Language::vi;
    std::string result = (negative ? "-" : "") + grouped(parts[0], vietnamese ? '.' : ',');
    if (parts.size() == 2) result += (vietnamese ? "," : ".") + std::string(parts[1]);
    return result;
}

std::string percent(Language language, std::string_view percent_text) {
    if (!is_decimal(percent_text)) return std::string(percent_text);
    return decimal(language, percent_text) + (language == Language::vi ? " %" : "%");
}

std::string date(Language language, Date date) {
    std::string result;
    if (language == Language::vi) {
        append_two_digits(result, date.day());
        append_two_digits(result += '/', date.month());
        result += '/';
    } else {
        result = std::to_string(date.day());
        (result += ' ').append(english_months[static_cast<std::size_t>(date.month() - 1)]) += ' ';
    }
    return result += std::to_string(date.year());
}

std::string date(Language language, std::string_view text) {
    if (const auto day = parse_date(text)) return date(language, *day);
    const auto first = parse_date(std::string(text) + "-01");
    if (text.size() != 7 || !first) return std::string(text);
    const std::string whole = date(language, *first);  // 01/07/2017, 1 Jul 2017
    return whole.substr(language == Language::vi ? 3 : 2);
}

std::string moment(Language language, Instant moment, Offset offset) {
    const std::string clock = local_text(moment, offset).substr(11);
    return date(language, day_of(moment, offset)) + (language == Language::vi ? " " : ", ") + clock;
}

}  // namespace tiendo::i18n
