#include "register.h"

#include <algorithm>
#include <vector>

#include "base/text.h"
#include "features/accounts/accounts.h"
#include "features/people/people.h"
#include "names.h"

namespace tiendo::tests {
namespace {

struct Record {
    people::Person person;
    Sex sex = Sex::male;
    Name name;
};

std::string digits(std::int64_t number, std::size_t width) {
    std::string text = std::to_string(number);
    return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

std::string without_marks(const std::string& name) {
    std::string plain = fold(name);
    for (std::size_t i = 0; i < plain.size(); ++i)
        if (i == 0 || plain[i - 1] == ' ') plain[i] = static_cast<char>(plain[i] - 32);
    return plain;
}

std::string replaced(std::string text, std::initializer_list<std::pair<const char*, const char*>> changes) {
    for (const auto& [from, to] : changes)
        if (const auto at = text.find(from); at != text.npos)
            return text.replace(at, std::string(from).size(), to);
    return text;
}

class Filler {
 public:
    Filler(db::Database& database, const Shape& shape)
        : database_(database), shape_(shape), dice_(shape.seed) {}

    Register fill() {
        found_units();
        constexpr std::int64_t together = 50'000;
        for (std::int64_t left = shape_.people; left > 0;) {
            std::vector<Record> records;
            while (left > 0 && static_cast<std::int64_t>(records.size()) < together)
                left -= add(records, left);
            write(records);
        }
        return std::move(made_);
    }

 private:
    void found_units() {
        database_.write([&](db::Write& tx) {
            accounts::settle_roles(tx);
            const auto centre = organisations::found_centre(tx, "Trung tâm Bồi dưỡng chính trị", at_);
            accounts::make_operator(tx, centre, at_);
            organisations::UnitNames names(tx);
            const std::int64_t count = std::max<std::int64_t>(20, shape_.people / 200);
            for (std::int64_t i = 1; i <= count; ++i)
                units_.push_back(names.find_or_make(tx, "Đảng bộ số " + std::to_string(i), at_));
        });
    }

    // One person, with whoever comes along: a second record, or a twin. Answers how many records.
    std::int64_t add(std::vector<Record>& records, std::int64_t left) {
        constexpr int twice_per_mille = 60, twin_per_mille = 3;
        records.push_back(somebody());
        if (left < 2) return 1;
        const std::int64_t fate = dice_.below(1000);
        if (fate < twice_per_mille) {
            records.push_back(again(records.back()));
            return 2;
        }
        if (fate < twice_per_mille + twin_per_mille) {
            records.push_back(twin_of(records.back()));
            ++made_.twins;
            return 2;
        }
        return 1;
    }

    Record somebody() {
        Record record;
        record.sex = dice_.happens(55) ? Sex::male : Sex::female;
        record.name = any_name(dice_, record.sex);
        people::Person& person = record.person;
        person.id = new_id<people::PersonId>();
        person.full_name = record.name.full();
        person.sex = dice_.happens(90) ? record.sex == Sex::male ? "male" : "female" : "";
        const Date first = *Date::of(1955, 1, 1), last = *Date::of(1999, 12, 31);
        person.birth = people::Birth{first + static_cast<int>(dice_.below(last - first)), Precision::day};
        birth_ = person.birth->date;
        if (dice_.happens(2)) person.birth = year_of(birth_);
        const std::int64_t kind = dice_.below(100);
        if (kind < 85)
            person.national_id = citizen_id(record.sex, birth_);
        else if (kind < 90)
            person.national_id = digits(dice_.below(1'000'000'000), 9);
        if (dice_.happens(30)) person.party_card = digits(dice_.below(100'000'000), 8);
        // A few units are large.
        const auto units = static_cast<std::int64_t>(units_.size());
        person.unit = units_[static_cast<std::size_t>(dice_.below(1 + dice_.below(units)))];
        return record;
    }

    people::Birth year_of(Date birth) {
        const auto precision = dice_.happens(50) ? Precision::year : Precision::day;  // or as 1 January
        return {*Date::of(birth.year(), 1, 1), precision};
    }

    std::string citizen_id(Sex sex, Date birth) {
        const std::int64_t province = dice_.happens(40) ? 1 : dice_.happens(20) ? 79 : 1 + dice_.below(96);
        return digits(province, 3) + (sex == Sex::male ? "0" : "1") + digits(birth.year() % 100, 2) +
               digits(dice_.below(1'000'000), 6);
    }

    Record twin_of(const Record& one) {
        Record twin = one;
        twin.person.id = new_id<people::PersonId>();
        twin.name.given = any_given_name(dice_, twin.sex);
        if (twin.name.given == one.name.given) twin.name.given = "Đôi";
        twin.person.full_name = twin.name.full();
        twin.person.party_card.clear();
        if (!one.person.national_id.empty()) twin.person.national_id = next_number(one.person.national_id);
        return twin;
    }

    static std::string next_number(std::string id) {
        id.back() = id.back() == '9' ? '8' : static_cast<char>(id.back() + 1);
        return id;
    }

    // The same person once more, as another list has it.
    Record again(const Record& one) {
        Record second = one;
        people::Person& person = second.person;
        person.id = new_id<people::PersonId>();
        Error error;
        if (dice_.happens(30))
            person.unit =
                units_[static_cast<std::size_t>(dice_.below(static_cast<std::int64_t>(units_.size())))];
        if (dice_.happens(50)) person.party_card.clear();
        if (dice_.happens(30)) person.sex.clear();
        person.national_id = second_id(one.person.national_id);
        error.name = misname(person, one.name);
        error.birth = misdate(person);
        made_.twice[{one.person.id.value, person.id.value}] = error;
        return second;
    }

    // Two records never have the same ID; the second has none, the old one, or one with an error.
    std::string second_id(const std::string& id) {
        const std::int64_t kind = dice_.below(100);
        if (id.size() != 12 || kind < 60) return "";
        if (kind < 75) return digits(dice_.below(1'000'000'000), 9);
        if (kind < 90) {
            std::string slip = id;
            const auto place = static_cast<std::size_t>(dice_.below(12));
            slip[place] = static_cast<char>('0' + (slip[place] - '0' + 1 + dice_.below(9)) % 10);
            return slip;
        }
        const std::string rest = id.substr(id.find_first_not_of('0'));
        return kind < 95 && rest.size() < id.size() ? rest : id.substr(4);
    }

    std::string misname(people::Person& person, const Name& name) {
        std::string& full = person.full_name;
        const std::string before = full;
        std::int64_t kind = dice_.below(100);
        const char* what = "";
        if ((kind -= 45) < 0) return "as it is";
        if ((kind -= 10) < 0)
            full = upper(full), what = "capitals";
        else if ((kind -= 15) < 0)
            full = without_marks(full), what = "diacritics missing";
        else if ((kind -= 10) < 0) {
            full = replaced(
                full, {{"òa", "oà"}, {"óa", "oá"}, {"ủy", "uỷ"}, {"úy", "uý"}, {"ỹ", "ĩ"}, {"ùy", "uỳ"}});
            what = "tone placement";
        } else if ((kind -= 6) < 0) {
            if (!name.middle.empty())
                full = name.family + " " + first_letter(name.middle) + ". " + name.given;
            what = "initials";
        } else if ((kind -= 4) < 0)
            full = name.family + " " + name.given, what = "middle name missing";
        else if ((kind -= 4) < 0)
            full = name.given + " " + name.family + (name.middle.empty() ? "" : " " + name.middle),
            what = "order";
        else if ((kind -= 3) < 0) {
            full = replaced(full, {{"ươ", "ướ"}, {"ù", "ủ"}, {"ả", "ã"}, {"ị", "í"}, {"ă", "â"}, {"ế", "ề"}});
            what = "marks differ";
        } else {
            const std::string plain = without_marks(full);
            full = plain.substr(0, plain.size() - 1) + (plain.back() == 'g'   ? "c"
                                                        : plain.back() == 'n' ? "ng"
                                                                              : "y");
            what = "misspelt";
        }
        return full == before ? "as it is" : what;
    }

    static std::string first_letter(const std::string& word) {
        const auto byte = static_cast<unsigned char>(word[0]);
        return word.substr(0, byte < 0x80 ? 1 : byte < 0xe0 ? 2 : 3);
    }

    static std::string upper(const std::string& name) {
        // Enough of it: every letter without marks.
        std::string text = name;
        for (char& c : text)
            if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
        return text;
    }

    std::string misdate(people::Person& person) {
        std::optional<people::Birth>& birth = person.birth;
        if (birth->precision != Precision::day) return "as it is";
        const Date date = birth->date;
        std::int64_t kind = dice_.below(100);
        if ((kind -= 72) < 0) return "as it is";
        if ((kind -= 8) < 0) {
            if (const auto swapped = Date::of(date.year(), date.day(), date.month());
                swapped && *swapped != date) {
                birth->date = *swapped;
                return "day and month swapped";
            }
            return "as it is";
        }
        if ((kind -= 10) < 0) {
            birth = year_of(date);
            return "year only";
        }
        if ((kind -= 6) < 0) {
            const auto other =
                Date::of(date.year() / 10 * 10 + static_cast<int>(dice_.below(10)), date.month(), date.day());
            if (!other || *other == date) return "as it is";
            birth->date = *other;
            return "one digit off";
        }
        birth.reset();
        return "missing";
    }

    void write(const std::vector<Record>& records) {
        database_.write([&](db::Write& tx) {
            auto bulk =
                tx.bulk("people", {"id", "full_name", "search", "sort_key", "birth_date", "birth_precision",
                                   "sex", "national_id", "unit", "position", "party_card", "recorded_at"});
            for (const Record& record : records) {
                const people::Person& person = record.person;
                const std::string search = fold(person.full_name);
                const bool free = person.national_id.empty() || ids_.insert({person.national_id, 0}).second;
                const auto id = person.national_id.empty() || !free
                                    ? std::nullopt
                                    : std::optional<std::string_view>(person.national_id);
                const auto card = person.party_card.empty()
                                      ? std::nullopt
                                      : std::optional<std::string_view>(person.party_card);
                const auto birth = person.birth ? std::optional(person.birth->date) : std::nullopt;
                bulk.add({person.id, person.full_name, search, db::Blob{search}, birth,
                          person.birth ? to_text(person.birth->precision) : "", person.sex, id, person.unit,
                          "", card, at_});
            }
            bulk.flush();
        });
    }

    db::Database& database_;
    const Shape shape_;
    Dice dice_;
    const Instant at_{1'483'228'800'000};
    std::vector<organisations::UnitId> units_;
    std::map<std::string, int> ids_;
    Date birth_;
    Register made_;
};

}  // namespace

Register fill(db::Database& database, const Shape& shape) { return Filler(database, shape).fill(); }

}  // namespace tiendo::tests
