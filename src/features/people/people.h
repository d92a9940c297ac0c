// People: one person, one record. A roster names them; the register recognises them.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/date.h"
#include "base/date_text.h"
#include "base/id.h"
#include "features/organisations/organisations.h"
#include "platform/db/db.h"

namespace tiendo::people {

// Whole national IDs, not only their last digits. Without it every page and export masks them.
inline constexpr web::Permission see_national_ids{"people.see_national_ids"};

struct Birth {
    Date date;  // the first of what is known: 1985 is 1985-01-01
    Precision precision = Precision::day;
};

struct Person {
    Id<Person> id;
    std::string full_name;
    std::optional<Birth> birth;
    std::string sex;          // male, female, or empty
    std::string national_id;  // 12 digits, or empty
    organisations::UnitId unit;
    std::string position;
};
using PersonId = Id<Person>;

// "001085001234" is "•••••••••234".
std::string masked(std::string_view national_id);

// A national ID as a workbook gives it: blanks and dots out, the zeros that a number cell
// lost put back (a citizen ID of 10 or 11 digits). None when it can be none.
std::optional<std::string> read_national_id(std::string_view written);

}  // namespace tiendo::people
