// QR codes: a text as a square of dark and light modules, and that square as SVG. Error
// correction level M (a seventh of the code may be dirty or creased).
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace tiendo::qr {

// Light modules that must surround a code on every side (ISO/IEC 18004).
inline constexpr int quiet_zone = 4;

// The longest text that fits (version 40, level M, bytes).
inline constexpr std::size_t longest_text = 2331;

struct Code {
    int size = 0;            // modules per side, without the quiet zone: 21 to 177
    std::vector<bool> dark;  // row by row, size * size
    bool is_dark(int row, int column) const {
        return dark[static_cast<std::size_t>(row) * static_cast<std::size_t>(size) +
                    static_cast<std::size_t>(column)];
    }
    // Modules per side with the quiet zone.
    int side() const { return size + 2 * quiet_zone; }
};

// Throws std::length_error when the text is empty or longer than `longest_text`: what goes into a
// code is made by the program, which knows its length.
Code code_of(std::string_view text);

// The dark modules as the `d` of an SVG path, one unit per module, the quiet zone included:
// it fills a square of side() by side() units. Neighbours of a row are one rectangle.
std::string path_of(const Code& code);

// A whole picture for a page: white ground, dark path, no size of its own but a viewBox.
// `title` is its text for those who do not see it.
std::string svg_of(const Code& code, std::string_view title);

}  // namespace tiendo::qr
