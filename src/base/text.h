// Vietnamese text: one normal form inside, folded keys to search, collation keys to order.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tiendo {

// What every input boundary does: NFC, no-break and doubled spaces to one blank, no
// blank at either end, control and invisible characters out, Ð and Ɖ to the Đ they look
// like. Invalid UTF-8 becomes U+FFFD.
std::string clean(std::string_view text);

// One normal form and nothing else changed: for what was typed and must stay so, as a password.
std::string nfc(std::string_view text);

// The search key: marks dropped, đ Đ Ð ð Ɖ to d, lower case, every run of anything but
// letters and digits to one blank. fold("Đỗ Thị Lập") is "do thi lap".
std::string fold(std::string_view text);

// As fold, with hyphens for blanks; what codes are made of when nobody gave one.
std::string slug(std::string_view text);

// Bytes that order as a Vietnamese list does (ICU "vi"); tone placement (hoà, hòa) is
// made equal first.
std::string sort_key(std::string_view text);
// The same for a person: given name (last word) first, then the rest in order.
std::string name_sort_key(std::string_view full_name);

// A name as names are written: "NGUYỄN VĂN AN" and "nguyễn văn an" are "Nguyễn Văn An", "H'BIA"
// is "H'Bia"; one that has capitals and small letters already stays as it is.
std::string in_name_case(std::string_view name);

// The candidate most like `text` by edit distance over folded text; empty when none
// shares more than half.
std::string nearest(std::string_view text, std::span<const std::string> candidates);
// 0 (nothing in common) to 100 (equal when folded).
int likeness(std::string_view a, std::string_view b);

// Splits at a separator, keeping empty pieces.
std::vector<std::string_view> split(std::string_view text, char separator);
std::string lower_ascii(std::string_view text);
// Small letters of any alphabet, marks kept: "Đ/C" is "đ/c".
std::string lower(std::string_view text);
// Characters (code points), not bytes.
std::size_t length_of(std::string_view text);

}  // namespace tiendo
