// What the code to scan says, and how a paper words what was frozen; private to this feature.
#pragma once
#include <map>

#include "features/certificates/certificates.h"

namespace tiendo::certificates {

// What is signed: a line each, the first the number of the form, the second the address of the site
// (https://…, empty when none was known), then every printed fact. Form 1 had no address.
std::string payload_of(const Printed& printed, const std::string& address);
struct Payload {
    Printed printed;
    std::optional<std::string> address;  // none: of form 1
};
// None unless it is exactly what payload_of() writes, or wrote.
std::optional<Payload> read_payload(std::string_view payload);

// By field of the drawing, as a Vietnamese paper words them; without the code to scan.
std::map<std::string, std::string, std::less<>> worded(const Printed& printed);
// "Hà Nội, ngày 05 tháng 02 năm 2018": a zero before days below ten and the first two months.
std::string place_and_day(const std::string& place, Date day);

}  // namespace tiendo::certificates
