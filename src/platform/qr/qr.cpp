#include "platform/qr/qr.h"

#include <qrencode.h>

#include <memory>
#include <stdexcept>

namespace tiendo::qr {
namespace {

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else
            out += c;
    }
    return out;
}

}  // namespace

Code code_of(std::string_view text) {
    if (text.empty() || text.size() > longest_text)
        throw std::length_error("a QR code holds 1 to 2331 bytes, not " + std::to_string(text.size()));
    const std::unique_ptr<QRcode, void (*)(QRcode*)> made(
        QRcode_encodeData(static_cast<int>(text.size()), reinterpret_cast<const unsigned char*>(text.data()),
                          0, QR_ECLEVEL_M),
        &QRcode_free);
    if (!made) throw std::bad_alloc();
    Code code;
    code.size = made->width;
    const std::size_t modules = static_cast<std::size_t>(code.size) * static_cast<std::size_t>(code.size);
    code.dark.reserve(modules);
    for (std::size_t i = 0; i < modules; ++i) code.dark.push_back((made->data[i] & 1U) != 0);
    return code;
}

std::string path_of(const Code& code) {
    std::string path;
    for (int row = 0; row < code.size; ++row) {
        for (int column = 0; column < code.size;) {
            if (!code.is_dark(row, column)) {
                ++column;
                continue;
            }
            int end = column;
            while (end < code.size && code.is_dark(row, end)) ++end;
            const std::string width = std::to_string(end - column);
            path += "M" + std::to_string(column + quiet_zone) + " " + std::to_string(row + quiet_zone) + "h" +
                    width + "v1h-" + width + "z";
            column = end;
        }
    }
    return path;
}

std::string svg_of(const Code& code, std::string_view title) {
    const std::string side = std::to_string(code.side());
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + side + " " + side +
           "\" role=\"img\" shape-rendering=\"crispEdges\"><title>" + escaped(title) +
           "</title><path fill=\"#fff\" d=\"M0 0h" + side + "v" + side + "h-" + side +
           "z\"/><path fill=\"#000\" d=\"" + path_of(code) + "\"/></svg>";
}

}  // namespace tiendo::qr
