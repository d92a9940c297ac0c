// How far two records agree, as it is told beside them.
#include "features/duplicates/agreement.h"

#include <doctest/doctest.h>

namespace tiendo::duplicates {
namespace {

people::Person called(const char* name) {
    people::Person person;
    person.full_name = name;
    return person;
}
people::Person born(const char* on, Precision precision = Precision::day) {
    people::Person person;
    if (const auto date = parse_date(on)) person.birth = people::Birth{*date, precision};
    return person;
}

std::string told(const Agreement& agreement) {
    std::string text(to_text(agreement.how));
    if (agreement.because) text += " " + std::string(to_text(*agreement.because));
    if (agreement.digits_apart > 0) text += " " + std::to_string(agreement.digits_apart) + ":";
    for (const int place : agreement.places) text += " " + std::to_string(place);
    return text;
}

TEST_CASE("names agree as the search for duplicates takes them") {
    CHECK(told(names_agree(called("Lê Thị Hòa"), called("LÊ THỊ HÒA"))) == "same");
    CHECK(told(names_agree(called("Lê Thị Hoà"), called("Lê Thị Hòa"))) == "same tone_placement");
    CHECK(told(names_agree(called("Lê Thị Hòa"), called("Le Thi Hoa"))) == "nearly diacritics_missing");
    CHECK(told(names_agree(called("Lê Hòa"), called("Lê Thị Hòa"))) == "nearly middle_name_missing");
    CHECK(told(names_agree(called("Lê Thị Hòa"), called("Trần Văn Bình"))) == "differs");
}

TEST_CASE("of births the reason is told") {
    CHECK(told(births_agree(born("1984-11-05"), born("1984-11-05"))) == "same");
    CHECK(told(births_agree(born("1984-11-05"), born("1984-05-11"))) == "nearly day_month_swapped");
    CHECK(told(births_agree(born("1984-01-01", Precision::year), born("1984-01-01", Precision::year))) ==
          "same");
    CHECK(told(births_agree(born("1984-11-05"), born("1984-01-01", Precision::year))) ==
          "nearly birth_year_only");
    CHECK(told(births_agree(born("1984-11-05"), born("1990-02-03"))) == "differs");
    CHECK(told(births_agree(born("1984-11-05"), born(""))) == "one_missing");
}

TEST_CASE("of numbers it is told how many digits differ, and where, but never which they are") {
    CHECK(told(ids_agree("001085001234", "001085001234")) == "same");
    CHECK(told(ids_agree("001085001234", "001085001284")) == "differs 1: 11");
    CHECK(told(ids_agree("001085001234", "001085001243")) == "differs 2: 11 12");
    CHECK(told(ids_agree("001085001234", "036190775678")) == "differs 11:");
    CHECK(told(ids_agree("001085001234", "1085001234")) == "nearly id_lost_zeros");
    CHECK(told(ids_agree("001085001234", "012345678")) == "nearly old_id_new_id");
    CHECK(told(ids_agree("001085001234", "")) == "one_missing");
    CHECK(told(ids_agree("", "")) == "neither");
    CHECK(told(cards_agree("12345678", "12345679")) == "differs 1: 8");
    CHECK(told(cards_agree("12345678", "5678")) == "differs");
    CHECK(told(texts_agree("Trưởng phòng", "trưởng phòng")) == "same");
}

}  // namespace
}  // namespace tiendo::duplicates
