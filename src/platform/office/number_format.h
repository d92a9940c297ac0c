// How a cell shows its number: as a number, a day, an hour; and the number as plain decimal.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "platform/office/sheet.h"

namespace tiendo::office {

struct NumberFormat {
    enum class Kind { number, date, time };
    Kind kind = Kind::number;
    Precision precision = Precision::day;  // of a date: month for mm/yyyy, year for yyyy
    bool shows_time = false;               // of a date
    int digits = 0;                        // of a number shown with leading zeros: 12 for 000000000000
    int zeros_before = 0;                  // 1 for "0"# , another way to keep the zero of a telephone
};

// From a format code as .xlsx stores it: dd/mm/yyyy, [$-42A]mm/yyyy;@, "ngày" d "tháng" m ...
NumberFormat number_format(std::string_view code);
// One of the formats that have a number and no code.
NumberFormat built_in_number_format(int id);

// Where a workbook counts its days from.
enum class Epoch { from_1900, from_1904 };
// The day of a whole serial; none before the first and after 9999.
std::optional<Date> day_of_serial(std::int64_t serial, Epoch epoch);

// Makes a cell of the text of a number as the file stores it. False when it is no number.
bool set_number(Cell& cell, std::string_view stored, const NumberFormat& format, Epoch epoch);
void set_date(Cell& cell, Date date, Precision precision, std::optional<int> minute_of_day);
void set_time(Cell& cell, int minute_of_day);

}  // namespace tiendo::office
