// The code of a certificate, by which anybody may check it; private to this feature.
//
// Twelve symbols by chance and one that checks them, of 31 that nobody mistakes for another: no 0 and O,
// no 1, I and L. 31^12 is 59 bits; whoever guesses a million a second finds one in ten thousand years,
// were there a hundred thousand. 31 is a prime, so the check finds every single symbol mistyped and every
// two that changed places.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace tiendo::certificates {

std::string make_code();  // 7K3M-9QWE-R4TY-P
// A code however it was typed, as it is kept; none when it can be none.
std::optional<std::string> read_code(std::string_view typed);

}  // namespace tiendo::certificates
