// QR codes drawn by ourselves, as one path: no picture is fetched from anywhere.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace tiendo::qr {

// The modules of a code, without the quiet zone around it (four modules on every side).
struct Matrix {
    int width = 0;
    std::vector<bool> dark;  // width x width, row by row
    bool is_dark(int row, int column) const { return dark[static_cast<std::size_t>(row * width + column)]; }
};
// Of UTF-8 text, with error correction M (a seventh of it may be unreadable). Throws std::length_error
// beyond 2,331 bytes, which no QR code holds, and for an empty text.
Matrix qr_matrix(std::string_view text);

// Its dark modules as the `d` of one SVG path; a module is one unit, and the quiet zone is in it:
// <svg viewBox="0 0 size size"><path d="…"/></svg>
struct SvgPath {
    int size = 0;
    std::string d;
};
SvgPath qr_svg_path(std::string_view text);

}  // namespace tiendo::qr
