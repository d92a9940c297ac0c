// What the code to scan says, and how a paper words what was frozen; private to this feature.
#pragma once
#include <map>

#include "features/certificates/certificates.h"

namespace tiendo::certificates {

// Every printed fact, a line each; the first line is the number of this form.
std::string payload_of(const Printed& printed);
// None unless it is exactly what payload_of() writes.
std::optional<Printed> read_payload(std::string_view payload);

// By field of the drawing, as a Vietnamese paper words them; without the code to scan.
std::map<std::string, std::string, std::less<>> worded(const Printed& printed);
// "Hà Nội, ngày 05 tháng 02 năm 2018": a zero before days below ten and the first two months.
std::string place_and_day(const std::string& place, Date day);

}  // namespace tiendo::certificates
