#include "base/date_text.h"

#include <array>
#include <string>
#include <vector>

#include "base/text.h"

namespace tiendo {
namespace {

constexpr std::size_t longest_text = 80;
constexpr int first_year = 1800, last_year = 2200;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// A text as a row of numbers, known words and signs. The kinds make a pattern string, in
// which the forms below are looked up:
//   n number   s one of / . -   : , ' + as they are   E an English month's name
//   D ngày   M tháng   Y năm   H giờ, h   P phút   T the T of ISO   A am, sa   B pm, ch
//   z a word that says nothing
struct Token {
    char kind = '?';
    char sign = 0;
    int value = 0;
    int digits = 0;
};

struct Word {
    std::string_view folded;
    char kind;
    int value = 0;
};
constexpr auto words = std::to_array<Word>({
    {"ngay", 'D'},      {"thang", 'M'},
    {"thg", 'M'},       {"nam", 'Y'},
    {"gio", 'H'},       {"h", 'H'},
    {"g", 'H'},         {"phut", 'P'},
    {"ph", 'P'},        {"am", 'A'},
    {"sa", 'A'},        {"pm", 'B'},
    {"ch", 'B'},        {"t", 'T'},
    {"z", 'z'},         {"luc", 'z'},
    {"sinh", 'z'},      {"sn", 'z'},
    {"st", 'z'},        {"nd", 'z'},
    {"rd", 'z'},        {"th", 'z'},
    {"jan", 'E', 1},    {"january", 'E', 1},
    {"feb", 'E', 2},    {"february", 'E', 2},
    {"mar", 'E', 3},    {"march", 'E', 3},
    {"apr", 'E', 4},    {"april", 'E', 4},
    {"may", 'E', 5},    {"jun", 'E', 6},
    {"june", 'E', 6},   {"jul", 'E', 7},
    {"july", 'E', 7},   {"aug", 'E', 8},
    {"august", 'E', 8}, {"sep", 'E', 9},
    {"sept", 'E', 9},   {"september", 'E', 9},
    {"oct", 'E', 10},   {"october", 'E', 10},
    {"nov", 'E', 11},   {"november", 'E', 11},
    {"dec", 'E', 12},   {"december", 'E', 12},
});
// Days of the week say nothing that the date does not; they follow "thứ", or stand alone.
constexpr auto weekdays = std::to_array<std::string_view>(
    {"hai", "ba",     "tu",      "nam",       "sau",      "bay",    "chu",      "nhat",
     "cn",  "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
     "mon", "tue",    "wed",     "thu",       "fri",      "sat",    "sun"});

bool is_weekday(std::string_view folded) {
    for (const std::string_view day : weekdays)
        if (day == folded) return true;
    return false;
}

// Dashes of typography are hyphens here.
std::string with_plain_dashes(std::string text) {
    for (const std::string_view dash : {"\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2212"})
        for (std::size_t at; (at = text.find(dash)) != std::string::npos;) text.replace(at, dash.size(), "-");
    for (const std::string_view minute : {"\u2019", "\u2032"})
        for (std::size_t at; (at = text.find(minute)) != std::string::npos;)
            text.replace(at, minute.size(), "'");
    return text;
}

std::optional<std::vector<Token>> tokens_of(std::string_view text) {
    std::vector<Token> tokens;
    bool after_thu = false;
    for (std::size_t at = 0; at < text.size();) {
        const char c = text[at];
        if (c == ' ') {
            ++at;
        } else if (is_digit(c)) {
            Token token{'n'};
            for (; at < text.size() && is_digit(text[at]) && token.digits < 9; ++at, ++token.digits)
                token.value = token.value * 10 + (text[at] - '0');
            if (after_thu)
                after_thu = false;  // "thứ 6"
            else
                tokens.push_back(token);
        } else if (c == '/' || c == '.' || c == '-') {
            tokens.push_back({'s', c});
            ++at;
        } else if (c == ':' || c == ',' || c == '\'' || c == '+') {
            tokens.push_back({c, c});
            ++at;
        } else if (c == '(' || c == ')') {
            ++at;
        } else {
            std::size_t end = at;
            while (end < text.size() && !is_digit(text[end]) &&
                   std::string_view(" /.-:,'+()").find(text[end]) == std::string_view::npos)
                ++end;
            const std::string folded = fold(text.substr(at, end - at));
            at = end;
            if (is_weekday(folded) && (after_thu || folded != "nam")) {
                after_thu = folded == "thu";
                continue;
            }
            after_thu = false;
            const Word* known = nullptr;
            for (const Word& word : words)
                if (word.folded == folded) known = &word;
            if (known == nullptr) return std::nullopt;
            tokens.push_back({known->kind, 0, known->value});
        }
        if (tokens.size() > 24) return std::nullopt;
    }
    return tokens;
}

std::string pattern_of(const std::vector<Token>& tokens) {
    std::string pattern;
    for (const Token& token : tokens) pattern += token.kind;
    return pattern;
}

// Takes an hour out of the tokens: 8:6'  08:06  08:06:00.000  8h30  8 giờ 30 phút, with
// AM and PM. False when what looks like an hour is none.
bool take_time(std::vector<Token>& tokens, std::optional<int>& minute_of_day) {
    const std::string pattern = pattern_of(tokens);
    std::size_t at = pattern.find("n:n");
    std::size_t length = 0;
    int minute = 0;
    if (at != std::string::npos) {
        minute = tokens[at + 2].value;
        length = 3;
        if (pattern.compare(at + length, 2, ":n") == 0) {
            if (tokens[at + 4].value > 59) return false;
            length += 2;
            if (pattern.compare(at + length, 2, "sn") == 0 && tokens[at + length].sign == '.') length += 2;
        }
        if (pattern.compare(at + length, 1, "'") == 0) ++length;
    } else if (at = pattern.find("nH"); at != std::string::npos) {
        length = 2;
        // "8h 17/6/2017": the next number is a minute only when no date begins with it.
        if (pattern.compare(at + 2, 1, "n") == 0 && pattern.compare(at + 3, 1, "s") != 0 &&
            pattern.compare(at + 3, 1, "M") != 0) {
            minute = tokens[at + 2].value;
            ++length;
        }
        if (pattern.compare(at + length, 1, "P") == 0 || pattern.compare(at + length, 1, "'") == 0) ++length;
    } else {
        return true;
    }
    int hour = tokens[at].value;
    const std::string after = pattern.substr(at + length, 1);
    if (after == "A" || after == "B") {
        if (hour < 1 || hour > 12) return false;
        hour = hour % 12 + (after == "B" ? 12 : 0);
        ++length;
    }
    if (hour > 23 || minute > 59) return false;
    minute_of_day = hour * 60 + minute;
    std::size_t end = at + length;
    if (pattern.compare(end, 1, "z") == 0)
        ++end;
    else if (pattern.compare(end, 4, "+n:n") == 0)
        end += 4;  // the zone; the day stays as written
    if (at > 0 && pattern[at - 1] == 'T') --at;
    tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(at),
                 tokens.begin() + static_cast<std::ptrdiff_t>(end));
    return true;
}

std::optional<int> year_of(const Token& token) {
    if (token.digits == 4 && token.value >= first_year && token.value <= last_year) return token.value;
    if (token.digits == 2) return token.value + (token.value < 50 ? 2000 : 1900);
    return std::nullopt;
}

// A day or a month of 0 is one that nobody knew.
std::optional<DateGuess> guess(std::optional<int> year, int month, int day) {
    if (!year) return std::nullopt;
    DateGuess result;
    if (day == 0) result.precision = month == 0 ? Precision::year : Precision::month;
    if (month == 0 && day != 0) return std::nullopt;
    const auto date = Date::of(*year, month == 0 ? 1 : month, day == 0 ? 1 : day);
    if (!date) return std::nullopt;
    result.date = *date;
    return result;
}

// Three numbers with the same sign between them.
std::optional<DateGuess> by_numbers(const Token& first, const Token& second, const Token& third) {
    if (first.digits == 4)
        return third.digits <= 2 ? guess(year_of(first), second.value, third.value) : std::nullopt;
    if (first.digits > 2 || second.digits > 2) return std::nullopt;
    const auto year = year_of(third);
    if (second.value > 12 && first.value <= 12 && first.value > 0) {
        auto turned = guess(year, first.value, second.value);
        if (turned) turned->month_first = true;
        return turned;
    }
    auto result = guess(year, second.value, first.value);
    if (result && result->precision == Precision::day)
        result->ambiguous = first.value <= 12 && first.value != second.value;
    return result;
}

// 15031985 or 19850315; both at once cannot be.
std::optional<DateGuess> by_digits(int value) {
    Token day{'n', 0, value / 1'000'000, 2}, month{'n', 0, value / 10'000 % 100, 2},
        year{'n', 0, value % 10'000, 4};
    if (day.value > 0 && month.value > 0)
        if (const auto result = guess(year_of(year), month.value, day.value)) return result;
    year.value = value / 10'000, month.value = value / 100 % 100, day.value = value % 100;
    if (day.value == 0 || month.value == 0) return std::nullopt;
    return guess(year_of(year), month.value, day.value);
}

// A form, and which of its tokens are day, month and year (-1: not written).
struct Form {
    std::string_view pattern;
    int day, month, year;
};
constexpr auto forms = std::to_array<Form>({
    {"nMnYn", 0, 2, 4},  {"nMnsn", 0, 2, 4},  {"nMnn", 0, 2, 3},  {"nMn,n", 0, 2, 4}, {"nsnYn", 0, 2, 4},
    {"nsMnsn", 0, 3, 5}, {"nMn,Yn", 0, 2, 5}, {"MnYn", -1, 1, 3}, {"Mnsn", -1, 1, 3}, {"Mnn", -1, 1, 2},
    {"Mn,n", -1, 1, 3},  {"Mn,Yn", -1, 1, 4}, {"Tnsn", -1, 1, 3}, {"Yn", -1, -1, 1},  {"nYn", -1, 0, 2},
    {"nsEsn", 0, 2, 4},  {"nEn", 0, 1, 2},    {"nE,n", 0, 1, 3},  {"nEsn", 0, 1, 3},  {"En,n", 1, 0, 3},
    {"Enn", 1, 0, 2},    {"En", -1, 0, 1},    {"Esn", -1, 0, 2},  {"E,n", -1, 0, 2},  {"Esnsn", 2, 0, 4},
});

std::optional<DateGuess> by_form(const std::vector<Token>& tokens, std::string_view pattern) {
    if (pattern == "n") {
        if (tokens[0].digits == 8) return by_digits(tokens[0].value);
        return tokens[0].digits == 4 ? guess(year_of(tokens[0]), 0, 0) : std::nullopt;
    }
    if (pattern == "nsn") {
        if (tokens[0].digits == 4)
            return tokens[2].digits <= 2 ? guess(year_of(tokens[0]), tokens[2].value, 0) : std::nullopt;
        if (tokens[0].digits > 2 || (tokens[2].digits != 4 && tokens[2].value <= 31)) return std::nullopt;
        return guess(year_of(tokens[2]), tokens[0].value, 0);
    }
    // "3-5/2017" is a range of months, so both signs must be the same.
    if (pattern == "nsnsn")
        return tokens[1].sign == tokens[3].sign ? by_numbers(tokens[0], tokens[2], tokens[4]) : std::nullopt;
    if (pattern == "nnn" && tokens[2].digits == 4) return by_numbers(tokens[0], tokens[1], tokens[2]);
    for (const Form& form : forms) {
        if (form.pattern != pattern) continue;
        const auto part = [&](int index) {
            return index < 0 ? 0 : tokens[static_cast<std::size_t>(index)].value;
        };
        return guess(year_of(tokens[static_cast<std::size_t>(form.year)]), part(form.month), part(form.day));
    }
    return std::nullopt;
}

// "…/…/1985", "--/--/1985": nothing but dots and dashes where the day and month go.
std::string with_zeros_for_blanks(std::string_view text) {
    const auto pieces = split(text, '/');
    if (pieces.size() != 3) return std::string(text);
    std::string result;
    for (const std::string_view piece : pieces) {
        bool blank = true;
        for (const char c : piece)
            blank = blank && std::string_view(" ._-\u2026").find(c) != std::string_view::npos;
        if (!result.empty()) result += '/';
        result += blank && !piece.empty() ? std::string_view("00") : piece;
    }
    return result;
}

Date last_day(const DateGuess& guess) {
    if (guess.precision == Precision::year) return *Date::of(guess.date.year(), 12, 31);
    if (guess.precision == Precision::month) return last_day_of_month(guess.date.year(), guess.date.month());
    return guess.date;
}

// The beginning of a range, which may leave its month and year to the end: 4, 28/2.
std::optional<Date> beginning(std::string_view text, const DateGuess& end) {
    if (const auto whole = read_date(text))
        return whole->precision == end.precision ? std::optional(whole->date) : std::nullopt;
    auto tokens = tokens_of(text);
    if (!tokens) return std::nullopt;
    if (!tokens->empty() && (tokens->front().kind == 'D' || tokens->front().kind == 'M'))
        tokens->erase(tokens->begin());
    const std::string pattern = pattern_of(*tokens);
    const bool short_numbers = !tokens->empty() && tokens->front().digits <= 2 && tokens->back().digits <= 2;
    if (!short_numbers) return std::nullopt;
    const int first = tokens->front().value, last = tokens->back().value;
    if (pattern == "n" && end.precision == Precision::month) return Date::of(end.date.year(), first, 1);
    if (end.precision != Precision::day) return std::nullopt;
    if (pattern == "n") return Date::of(end.date.year(), end.date.month(), first);
    if (pattern == "nsn" || pattern == "nMn") return Date::of(end.date.year(), last, first);
    return std::nullopt;
}

}  // namespace

std::string_view to_text(Precision precision) {
    return precision == Precision::day ? "day" : precision == Precision::month ? "month" : "year";
}

std::optional<Precision> parse_precision(std::string_view text) {
    for (const Precision precision : {Precision::day, Precision::month, Precision::year})
        if (text == to_text(precision)) return precision;
    return std::nullopt;
}

std::optional<DateGuess> read_date(std::string_view text) {
    if (text.size() > longest_text) return std::nullopt;
    auto tokens = tokens_of(with_plain_dashes(with_zeros_for_blanks(clean(text))));
    if (!tokens) return std::nullopt;
    std::optional<int> minute_of_day;
    if (!take_time(*tokens, minute_of_day)) return std::nullopt;
    // What may stand around a date, and says nothing: a comma, "ngày", a full stop, "th" of 15th.
    std::erase_if(*tokens, [](const Token& token) { return token.kind == 'z'; });
    while (!tokens->empty() && (tokens->front().kind == ',' || tokens->front().kind == 'D'))
        tokens->erase(tokens->begin());
    while (!tokens->empty() && (tokens->back().kind == ',' || tokens->back().sign == '.')) tokens->pop_back();
    auto result = by_form(*tokens, pattern_of(*tokens));
    if (result) result->minute_of_day = minute_of_day;
    return result;
}

std::optional<DateRange> read_date_range(std::string_view text) {
    if (text.size() > 2 * longest_text) return std::nullopt;
    if (const auto one = read_date(text)) return DateRange{one->date, last_day(*one)};
    std::string whole = with_plain_dashes(clean(text));
    for (const std::string_view from : {"từ ", "Từ ", "TỪ ", "from ", "From "})
        if (whole.starts_with(from)) whole.erase(0, from.size());
    const std::string_view view = whole;
    const auto range_at = [&](std::size_t at, std::size_t length) -> std::optional<DateRange> {
        const auto end = read_date(view.substr(at + length));
        if (!end) return std::nullopt;
        const auto begin = beginning(view.substr(0, at), *end);
        if (!begin || *begin > last_day(*end)) return std::nullopt;
        return DateRange{*begin, last_day(*end)};
    };
    for (const std::string_view word : {" đến ", " Đến ", " ĐẾN ", " tới ", " to "})
        if (const std::size_t at = view.find(word); at != std::string_view::npos)
            return range_at(at, word.size());
    for (std::size_t at = view.find('-'); at != std::string_view::npos; at = view.find('-', at + 1))
        if (const auto range = range_at(at, 1)) return range;
    return std::nullopt;
}

}  // namespace tiendo
