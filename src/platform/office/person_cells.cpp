#include "platform/office/person_cells.h"

#include <algorithm>

#include "base/text.h"
#include "platform/office/citizen_id.h"

namespace tiendo::office {
namespace {

bool any_folds_to(const std::vector<std::string>& words, std::string_view folded) {
    return std::any_of(words.begin(), words.end(),
                       [&](const std::string& word) { return fold(word) == folded; });
}

constexpr std::string_view behind_title = " .:,";

// Length of the title at the beginning of a name, with what parts it from the name; 0: none. Marks
// count, so that the family name Bá is no "Bà".
std::size_t title_at(std::string_view name, std::string_view title) {
    if (name.size() <= title.size() || lower(name.substr(0, title.size())) != lower(title)) return 0;
    const std::size_t parted = name.find_first_not_of(behind_title, title.size());
    return parted == std::string_view::npos || parted == title.size() ? 0 : parted;
}

enum class Mark { none, marked, other };
Mark mark_of(const std::string& text) {
    if (text.empty() || text == "-" || text == "–" || text == "—" || text == "0") return Mark::none;
    const std::string folded = fold(text);
    if (folded == "x" || folded == "v" || folded == "1" || folded == "co" || text == "✓" || text == "✔")
        return Mark::marked;
    return Mark::other;
}

// "1985" where only the year is known, else the day.
std::string shown(const DateGuess& guess) {
    const std::string day = to_text(guess.date);
    return guess.precision == Precision::day     ? day
           : guess.precision == Precision::month ? day.substr(0, 7)
                                                 : day.substr(0, 4);
}

// Whether two writings can be of one day: 1985 and 15/3/1985.
bool agree(const DateGuess& a, const DateGuess& b) {
    const Precision coarse = std::max(a.precision, b.precision);
    return a.date.year() == b.date.year() &&
           (coarse == Precision::year || a.date.month() == b.date.month()) &&
           (coarse != Precision::day || a.date == b.date);
}

std::size_t first_letter_bytes(std::string_view word) {
    std::size_t bytes = 1;
    while (bytes < word.size() && (static_cast<unsigned char>(word[bytes]) & 0xc0) == 0x80) ++bytes;
    return bytes;
}

// "Dương thị Quỳnh": a word of a name that has capitals elsewhere.
std::string with_capitals(std::string name) {
    const auto may_be_small = [](std::string_view word) {
        const auto first = static_cast<unsigned char>(word.empty() ? 'A' : word.front());
        return (first >= 'a' && first <= 'z') || first >= 0x80;
    };
    std::string result;
    for (const std::string_view word : split(name, ' ')) {
        if (!result.empty()) result += ' ';
        std::string cased =
            may_be_small(word) && lower(word) == word ? in_name_case(word) : std::string(word);
        // A sign at the beginning is of a text nobody has turned into Unicode.
        const std::size_t first = first_letter_bytes(word);
        result += cased.substr(0, first) != word.substr(0, first) ? cased : std::string(word);
    }
    return result;
}

void add(PersonCells& person, std::string field, std::string message, std::string found,
         std::vector<std::string> arguments = {}, std::string nearest = "") {
    if (arguments.empty()) arguments = {found};
    Refusal problem{field, std::move(message), std::move(arguments)};
    person.problems.push_back({std::move(field), std::move(found), std::move(problem), std::move(nearest)});
}

}  // namespace

PersonReader::PersonReader(PersonWords words, Date today, DateOrder order, OddIds odd_ids)
    : words_(std::move(words)), today_(today), order_(order), odd_ids_(odd_ids) {}

PersonCells PersonReader::read(const TableRow& row) {
    PersonCells person;
    read_name(row, person);
    if (const auto birth = date(row, "birth_date", person.problems)) {
        if (birth->date > today_)
            add(person, "birth_date", "person.birth_in_future", row.text("birth_date"),
                {to_text(birth->date), to_text(today_)});
        else
            person.birth = birth;
    }
    read_sex(row, person);
    read_sex_columns(row, person);
    if (person.birth) {
        const int age = today_.year() - person.birth->date.year();
        if (age < words_.youngest || age > words_.oldest) note(Note::age_unlikely, row);
    }
    read_national_id(row, person);
    read_phone(row, person);
    return person;
}

void PersonReader::read_name(const TableRow& row, PersonCells& person) {
    const std::size_t problems = person.problems.size();
    std::string family, given, name;
    if (!text_of(row, "full_name", name, person.problems)) {
        text_of(row, "family_name", family, person.problems);
        text_of(row, "given_name", given, person.problems);
        name = family.empty() || given.empty() ? family + given : family + " " + given;
    }
    name = without_title(row, name, person.sex);
    split_off(row, name, person.beside_name);
    // "Lê Thị Hoa (nữ)"
    if (name.ends_with(')'))
        if (const std::size_t open = name.rfind('('); open != std::string::npos) {
            const std::string word = clean(std::string_view(name).substr(open + 1, name.size() - open - 2));
            if (const std::string& sex = sex_of(word); !sex.empty()) {
                person.sex = sex;
                name = clean(std::string_view(name).substr(0, open));
            }
        }
    person.full_name = with_capitals(in_name_case(name));
    const bool holds_no_error = person.problems.size() == problems;
    if (name.empty() && holds_no_error)
        add(person, "full_name", "person.name_missing", "");
    else if (name.find_first_of("0123456789") != std::string::npos)
        add(person, "full_name", "person.name_has_digits", name);
}

// Few words begin the names of a list, and fewer a title: what was asked once is remembered.
bool PersonReader::may_begin_title(std::string_view word) {
    const auto met = first_words_met_.find(word);
    if (met != first_words_met_.end()) return met->second;
    const std::string small = lower(word);
    const auto begins = [&](const std::vector<std::string>& titles) {
        return std::any_of(titles.begin(), titles.end(),
                           [&](const std::string& title) { return lower(title).starts_with(small); });
    };
    constexpr std::size_t remembered = 10'000;
    if (first_words_met_.size() >= remembered) first_words_met_.clear();
    const bool may = begins(words_.titles) || begins(words_.male_titles) || begins(words_.female_titles);
    first_words_met_.emplace(word, may);
    return may;
}

// "Ông" is a title before a common family name, and in a list that has such titles; else it may be a
// family name itself: "Ông Ích Khiêm".
bool PersonReader::is_title_before(const std::string& title, std::string_view rest) const {
    if (sexed_titles_met_ || !any_folds_to(words_.titles_or_names, fold(title))) return true;
    const std::size_t end = rest.find(' ');
    const std::string first = lower(rest.substr(0, end));
    return end != std::string_view::npos &&
           std::any_of(words_.family_names.begin(), words_.family_names.end(),
                       [&](const std::string& family) { return lower(family) == first; });
}

// What stands behind a dash parted by blanks is no name: "Nguyễn Thị Phương - Phó phòng".
void PersonReader::split_off(const TableRow& row, std::string& name, std::string& beside) {
    for (const std::string_view dash : {" - ", " – ", " — "}) {
        const std::size_t at = name.find(dash);
        if (at == std::string::npos || name.find_first_of("0123456789") != std::string::npos) continue;
        beside = clean(std::string_view(name).substr(at + dash.size()));
        name.resize(at);
        note(Note::beside_name, row);
        return;
    }
}

std::string PersonReader::without_title(const TableRow& row, std::string_view name, std::string& sex) {
    bool after_title = false;
    const auto take = [&](const std::vector<std::string>& titles, std::string_view meaning) {
        for (const std::string& title : titles)
            if (const std::size_t length = title_at(name, title); length > 0) {
                const bool sexed = !meaning.empty();
                if (sexed && !after_title && !is_title_before(title, name.substr(length))) {
                    note(Note::name_or_title, row);
                    return false;
                }
                name.remove_prefix(length);
                if (sexed) sex = meaning;
                sexed_titles_met_ = sexed_titles_met_ || sexed;
                return after_title = true;
            }
        return false;
    };
    // "Ông/Bà" is tried before "Ông"; "Đ/c Bà" has two.
    while (may_begin_title(name.substr(0, name.find_first_of(behind_title))))
        if (!take(words_.titles, "") && !take(words_.male_titles, "male") &&
            !take(words_.female_titles, "female"))
            break;
    return std::string(name);
}

const std::string& PersonReader::sex_of(const std::string& word) {
    const auto met = sexes_met_.find(word);
    if (met != sexes_met_.end()) return met->second;
    const std::string folded = fold(word);
    const char* sex = any_folds_to(words_.male, folded)     ? "male"
                      : any_folds_to(words_.female, folded) ? "female"
                                                            : "";
    constexpr std::size_t remembered = 1'000;
    if (sexes_met_.size() >= remembered) sexes_met_.clear();
    return sexes_met_.emplace(word, sex).first->second;
}

void PersonReader::read_sex(const TableRow& row, PersonCells& person) {
    std::string written;
    if (!text_of(row, "sex", written, person.problems)) return;
    const std::string& sex = sex_of(written);
    if (sex.empty()) {
        std::vector<std::string> all = words_.male;
        all.insert(all.end(), words_.female.begin(), words_.female.end());
        add(person, "sex", "import.not_a_choice", written, {written, words_.sexes_listed},
            nearest(written, all));
    } else if (!person.sex.empty() && person.sex != sex) {
        add(person, "sex", "person.sex_contradicts", written,
            {person.sex == "male" ? words_.male.front() : words_.female.front(), written});
    }
    person.sex = sex;
}

void PersonReader::read_sex_columns(const TableRow& row, PersonCells& person) {
    std::string male, female;
    const bool has_male = text_of(row, "male", male, person.problems),
               has_female = text_of(row, "female", female, person.problems);
    if (!has_male && !has_female) return;
    const Mark in_male = mark_of(male), in_female = mark_of(female);
    if (in_male != Mark::none && in_female != Mark::none)
        return add(person, "female", "person.sex_twice", female, {male, female});
    if (in_male == Mark::none && in_female == Mark::none) return;
    const bool is_male = in_male != Mark::none;
    const std::string field = is_male ? "male" : "female";
    const std::string& written = is_male ? male : female;
    // One such column alone may be something else, such as "Năm"; then only an x is a sex.
    const bool in_pairs = !row.where("male").empty() && !row.where("female").empty();
    if ((is_male ? in_male : in_female) == Mark::other) {
        if (!in_pairs) return;
        const auto birth = date(row, field, person.problems);
        if (!birth) {
            person.problems.back().problem.message = "person.sex_mark_unknown";
            return;
        }
        if (birth->date > today_)
            return add(person, field, "person.birth_in_future", written,
                       {to_text(birth->date), to_text(today_)});
        if (person.birth && !agree(*person.birth, *birth))
            return add(person, field, "person.birth_contradicts", written,
                       {shown(*birth), shown(*person.birth)});
        if (!person.birth || birth->precision < person.birth->precision) person.birth = birth;
    }
    const std::string sex = field;
    if (!person.sex.empty() && person.sex != sex)
        return add(person, field, "person.sex_contradicts", written,
                   {(person.sex == "male" ? words_.male : words_.female).front(),
                    (is_male ? words_.male : words_.female).front()});
    person.sex = sex;
}

void PersonReader::read_national_id(const TableRow& row, PersonCells& person) {
    std::string written;
    if (!text_of(row, "national_id", written, person.problems)) return;
    const auto id = read_citizen_id(written);
    if (!id) return add(person, "national_id", "person.national_id_malformed", written);
    person.national_id = id->digits;
    const auto said = said_by(*id);
    if (!said) return;
    std::string says, row_says;
    if (!said->has_province) {
        says = id->digits.substr(0, 3);
    } else if (person.birth && person.birth->date.year() != said->birth_year) {
        says = std::to_string(said->birth_year);
        row_says = std::to_string(person.birth->date.year());
    } else if (!person.sex.empty() && person.sex != said->sex) {
        says = (said->sex == "male" ? words_.male : words_.female).front();
        row_says = (person.sex == "male" ? words_.male : words_.female).front();
    }
    const bool padded = id->zeros_put_back > 0;
    if (!says.empty() && odd_ids_ == OddIds::refused)
        add(person, "national_id",
            row_says.empty()
                ? (padded ? "person.national_id_no_province" : "person.national_id_of_no_province")
                : (padded ? "person.national_id_contradicts" : "person.national_id_disagrees"),
            written, {id->digits, says, row_says});
    else if (!says.empty())
        note(Note::id_doubtful, row);
    else if (padded)
        note(Note::zeros_put_back, row);
}

void PersonReader::read_phone(const TableRow& row, PersonCells& person) {
    std::string written;
    if (!text_of(row, "phone", written, person.problems)) return;
    // Of several the first counts.
    std::string digits;
    for (const char c : std::string_view(written).substr(0, written.find_first_of("/;,"))) {
        if (c >= '0' && c <= '9')
            digits += c;
        else if (std::string_view(" .-()+'").find(c) == std::string_view::npos)
            return add(person, "phone", "person.phone_malformed", written);
    }
    constexpr std::string_view country = "84";
    constexpr std::size_t without_zero = 9, mobile = 10, landline = 11;
    if (digits.starts_with(country) && digits.size() == without_zero + country.size())
        digits.replace(0, country.size(), "0");
    if (digits.size() == without_zero && !digits.starts_with('0')) {
        digits.insert(0, 1, '0');
        note(Note::phone_zeros, row);
    }
    if ((digits.size() != mobile && digits.size() != landline) || !digits.starts_with('0'))
        return add(person, "phone", "person.phone_malformed", written);
    person.phone = digits;
}

}  // namespace tiendo::office
