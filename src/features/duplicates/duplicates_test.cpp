// What speaks for two records being one person: a table of cases.
#include "features/duplicates/duplicates.h"

#include <doctest/doctest.h>

#include <string>

#include "base/text.h"
#include "features/duplicates/keys.h"
#include "features/duplicates/names.h"

namespace tiendo::duplicates {
namespace {

struct Record {
    const char *name, *birth, *sex, *id, *card;
    std::int64_t unit = 1;
};

people::Person person(std::int64_t id, const Record& record) {
    people::Person person{.id = {id},
                          .full_name = record.name,
                          .birth = std::nullopt,
                          .sex = record.sex,
                          .national_id = record.id,
                          .unit = {record.unit},
                          .position = "",
                          .party_card = record.card};
    if (const auto guess = read_date(record.birth))
        person.birth = people::Birth{guess->date, guess->precision};
    return person;
}

std::string told(const Record& one, const Record& other) {
    const auto pair = compare(person(1, one), person(2, other));
    if (!pair) return "";
    std::string text = std::to_string(pair->score);
    for (const Reason reason : pair->reasons) text += " " + std::string(to_text(reason));
    return text;
}

struct Case {
    const char* what;
    Record one, other;
    const char* found;  // empty: no candidate
};

const Record an{"Nguyễn Văn An", "15/3/1985", "male", "001085001234", ""};

TEST_CASE("two records are compared") {
    const Case cases[] = {
        {"only a name in common",
         {"Nguyễn Văn An", "", "", "", ""},
         {"Nguyễn Văn An", "", "", "", "", 2},
         ""},
        {"a name and a unit",
         {"Nguyễn Văn An", "", "male", "", ""},
         {"Nguyễn Văn An", "", "male", "", ""},
         ""},
        {"name and birth date",
         {"Nguyễn Văn An", "15/3/1985", "", "", ""},
         {"Nguyễn Văn An", "15/3/1985", "", "", "", 2},
         "75 same_name_and_birth unit_changed"},
        {"in one unit",
         {"Nguyễn Văn An", "15/3/1985", "", "", ""},
         {"NGUYỄN VĂN AN", "15/3/1985", "", "", ""},
         "87 same_name_and_birth same_unit"},
        {"another ID speaks against", an, {"Nguyễn Văn An", "15/3/1985", "male", "036085009999", ""}, ""},
        {"the old ID does not",
         an,
         {"Nguyễn Văn An", "15/3/1985", "male", "012345678", "", 2},
         "75 same_name_and_birth old_id_new_id unit_changed"},
        {"zeros lost, name alike",
         an,
         {"Nguyễn Văn An", "", "", "1085001234", "", 2},
         "95 id_lost_zeros same_name unit_changed"},
        {"the last digits of an ID",
         an,
         {"Nguyễn Văn An", "", "", "85001234", ""},
         "92 same_name id_shortened same_unit"},
        {"one digit off",
         an,
         {"Nguyễn Văn An", "", "", "001085001284", "", 2},
         "75 same_name id_one_digit_off unit_changed"},
        {"two neighbours of an ID changed places",
         an,
         {"Nguyễn Văn An", "", "", "001085001324", "", 2},
         "75 same_name id_one_digit_off unit_changed"},
        {"one digit off, but another name", an, {"Trần Thị Bình", "", "", "001085001284", ""}, ""},
        {"the same card under two spellings",
         {"Phạm Thị Thuý", "1/2/1990", "", "", "12345678"},
         {"Phạm Thị Thúy", "1/2/1990", "", "", "12345678", 2},
         "100 same_name_and_birth same_card tone_placement unit_changed"},
        {"tone placement alone, with the birth date",
         {"Lê Thị Hoà", "1/2/1990", "", "", ""},
         {"Lê Thị Hòa", "1/2/1990", "", "", "", 2},
         "75 same_name_and_birth tone_placement unit_changed"},
        {"marks missing",
         {"Lê Thị Hoà", "12/2/1990", "", "", ""},
         {"Le Thi Hoa", "12/2/1990", "", "", "", 2},
         "73 same_name_and_birth unit_changed diacritics_missing"},
        {"other marks are another name",
         {"Lê Thị Hương", "12/2/1990", "", "", ""},
         {"Lê Thị Hường", "12/2/1990", "", "", "", 2},
         ""},
        {"day and month swapped",
         {"Lê Thị Hoà", "4/3/1985", "", "", ""},
         {"Lê Thị Hoà", "3/4/1985", "", "", "", 2},
         "65 same_name day_month_swapped unit_changed"},
        {"only the year, elsewhere",
         {"Lê Thị Hoà", "4/3/1985", "", "", ""},
         {"Lê Thị Hoà", "1985", "", "", "", 2},
         ""},
        {"only the year, in one unit",
         {"Lê Thị Hoà", "4/3/1985", "", "", ""},
         {"Lê Thị Hoà", "1985", "", "", ""},
         "60 same_name same_unit birth_year_only"},
        {"1 January is a year",
         {"Lê Thị Hoà", "4/3/1985", "", "", ""},
         {"Lê Thị Hoà", "1/1/1985", "", "", ""},
         "60 same_name same_unit birth_year_only"},
        {"initials",
         {"Nguyễn Văn An", "15/3/1985", "", "", ""},
         {"Nguyễn V. An", "15/3/1985", "", "", "", 2},
         "63 same_birth initials unit_changed"},
        {"the given name first",
         {"Nguyễn Văn An", "15/3/1985", "", "", ""},
         {"An Nguyễn Văn", "15/3/1985", "", "", "", 2},
         "69 same_name_and_birth unit_changed name_order"},
        {"a middle name less",
         {"Nguyễn Văn An", "15/3/1985", "", "", ""},
         {"Nguyễn An", "15/3/1985", "", "", "", 2},
         "57 same_birth middle_name_missing unit_changed"},
        {"misspelt",
         {"Nguyễn Văn Hùng", "15/3/1985", "", "", ""},
         {"Nguyễn Văn Hùn", "15/3/1985", "", "", "", 2},
         "61 same_birth name_misspelt unit_changed"},
        {"man and woman",
         {"Nguyễn Hà An", "15/3/1985", "male", "", ""},
         {"Nguyễn Hà An", "15/3/1985", "female", "", "", 2},
         "55 same_name_and_birth unit_changed sex_differs"},
        {"one digit of the birth date, in one unit",
         {"Nguyễn Hà An", "15/3/1985", "", "", ""},
         {"Nguyễn Hà An", "15/3/1986", "", "", ""},
         "70 same_name birth_one_digit_off same_unit"},
        {"one digit of the card",
         {"Nguyễn Hà An", "15/3/1985", "", "", "12345678"},
         {"Nguyễn Hà An", "15/3/1985", "", "", "12345679"},
         "87 same_name_and_birth same_unit card_one_digit_off"},
        {"a card typed for somebody else",
         {"Nguyễn Hà An", "15/3/1985", "", "", "123"},
         {"Trần Văn Bình", "1/9/1970", "", "", "123"},
         ""},
    };
    for (const Case& one : cases) {
        CAPTURE(one.what);
        CHECK(told(one.one, one.other) == one.found);
        CHECK(told(one.other, one.one) == one.found);  // whichever comes first
    }
}

TEST_CASE("a name alone is never more than likely") {
    for (const char* birth : {"15/3/1985", "1985", ""}) {
        const auto pair = compare(person(1, {"Nguyễn Văn An", birth, "", "", ""}),
                                  person(2, {"Nguyễn Văn An", birth, "", "", "", 2}));
        CHECK((!pair || pair->score < proposed_from));
    }
}

TEST_CASE("every reason has a name of its own") {
    for (int i = 0; i <= static_cast<int>(Reason::sex_differs); ++i) {
        const auto reason = static_cast<Reason>(i);
        CHECK(parse_reason(to_text(reason)) == reason);
    }
    CHECK(!parse_reason("none"));
}

// Whatever compare() finds must share a key, or no sweep would ever see it.
TEST_CASE("records that look alike share a key") {
    const std::pair<Record, Record> alike[] = {
        {{"Phạm Thị Thuý", "1/2/1990", "", "", "12345678"}, {"Trần Văn An", "", "", "", "12345678", 2}},
        {an, {"Nguyễn Văn An", "", "", "1085001234", "", 2}},
        {an, {"Nguyễn Văn An", "", "", "85001234", "", 2}},
        {an, {"Nguyễn Văn An", "", "", "001085001284", "", 2}},
        {an, {"Nguyễn Văn An", "", "", "001095001234", "", 2}},
        {{"Lê Thị Hoà", "12/2/1990", "", "", ""}, {"Le Thi Hoa", "12/2/1990", "", "", "", 2}},
        {{"Lê Thị Hoà", "4/3/1985", "", "", ""}, {"Lê Thị Hoà", "3/4/1985", "", "", "", 2}},
        {{"Lê Thị Hoà", "4/3/1985", "", "", ""}, {"Lê Thị Hoà", "1985", "", "", ""}},
        {{"Lê Thị Hoà", "4/3/1985", "", "", ""}, {"Lê Thị Hoà", "1/1/1985", "", "", ""}},
        {an, {"Nguyễn V. An", "15/3/1985", "", "", "", 2}},
        {an, {"An Nguyễn Văn", "15/3/1985", "", "", "", 2}},
        {an, {"Nguyễn An", "15/3/1985", "", "", "", 2}},
        {{"Nguyễn Văn Hùng", "15/3/1985", "", "", ""}, {"Nguyễn Văn Hùn", "15/3/1985", "", "", ""}},
        {{"Nguyễn Văn Hùng", "15/3/1985", "", "", ""}, {"Nguyễn Văn Hùng", "15/3/1986", "", "", ""}},
    };
    for (const auto& [one, other] : alike) {
        CAPTURE(one.name);
        CAPTURE(other.name);
        std::vector<Keyed> keyed;
        for (const auto& [id, record] : {std::pair(1, one), std::pair(2, other)}) {
            int keys = 0;
            keys_of(person(id, record), fold(record.name), [&](Keyed key) {
                keyed.push_back(key);
                ++keys;
            });
            CHECK(keys <= most_keys);
        }
        CHECK(candidates_of(keyed) == std::vector<Candidate>{{1, 2}});
    }
}

TEST_CASE("a key that everybody shares gives no pairs") {
    std::vector<Keyed> keyed;
    for (std::int64_t id = 1; id <= 1'000; ++id) keyed.push_back({7, id});
    keyed.push_back({8, 1});
    keyed.push_back({8, 2});
    CHECK(candidates_of(keyed) == std::vector<Candidate>{{1, 2}});
}

TEST_CASE("of those who share a key, only the odd ones are compared") {
    std::vector<Keyed> keyed{{7, 1, false}, {7, 2, false}, {7, 3, true}};
    CHECK(candidates_of(keyed) == std::vector<Candidate>{{1, 3}, {2, 3}});
}

}  // namespace
}  // namespace tiendo::duplicates
