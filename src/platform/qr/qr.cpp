#include "platform/qr/qr.h"

#include <qrencode.h>

#include <memory>
#include <stdexcept>

namespace tiendo::qr {

Matrix qr_matrix(std::string_view text) {
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
        QRcode_encodeData(static_cast<int>(text.size()), reinterpret_cast<const unsigned char*>(text.data()),
                          0, QR_ECLEVEL_M),
        &QRcode_free);
    if (!code) throw std::length_error("no QR code holds " + std::to_string(text.size()) + " bytes");
    Matrix matrix{.width = code->width, .dark = {}};
    const auto modules = static_cast<std::size_t>(code->width * code->width);
    for (std::size_t i = 0; i < modules; ++i) matrix.dark.push_back((code->data[i] & 1) != 0);
    return matrix;
}

SvgPath qr_svg_path(std::string_view text) {
    constexpr int quiet_zone = 4;
    const Matrix matrix = qr_matrix(text);
    SvgPath path{.size = matrix.width + 2 * quiet_zone, .d = {}};
    for (int row = 0; row < matrix.width; ++row)
        for (int column = 0; column < matrix.width;) {
            if (!matrix.is_dark(row, column)) {
                ++column;
                continue;
            }
            const int first = column;  // a run of dark modules is one bar
            while (column < matrix.width && matrix.is_dark(row, column)) ++column;
            const std::string run = std::to_string(column - first);
            path.d += "M" + std::to_string(first + quiet_zone) + " " + std::to_string(row + quiet_zone) +
                      "h" + run + "v1h-" + run + "z";
        }
    return path;
}

}  // namespace tiendo::qr
