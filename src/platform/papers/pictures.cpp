#include "platform/papers/pictures.h"

#include <array>

#include "base/text.h"

namespace tiendo::papers {
namespace {

std::int64_t big_endian(std::string_view bytes, std::size_t at, std::size_t count) {
    std::int64_t value = 0;
    for (std::size_t i = 0; i < count; ++i) value = value * 256 + static_cast<unsigned char>(bytes[at + i]);
    return value;
}

int value_of(char letter) {
    if (letter >= 'A' && letter <= 'Z') return letter - 'A';
    if (letter >= 'a' && letter <= 'z') return letter - 'a' + 26;
    if (letter >= '0' && letter <= '9') return letter - '0' + 52;
    if (letter == '+') return 62;
    if (letter == '/') return 63;
    return -1;
}

// Base64 as Inkscape writes it: lines broken anywhere, padded.
std::optional<std::string> from_base64(std::string_view text) {
    std::string bytes;
    bytes.reserve(text.size() / 4 * 3);
    std::uint32_t held = 0;
    int bits = 0;
    bool ended = false;
    for (const char letter : text) {
        if (letter == ' ' || letter == '\n' || letter == '\r' || letter == '\t') continue;
        if (letter == '=') {
            ended = true;
            continue;
        }
        const int value = value_of(letter);
        if (value < 0 || ended) return std::nullopt;
        held = (held << 6U | static_cast<std::uint32_t>(value)) & 0xffffffU;
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            bytes += static_cast<char>(held >> static_cast<unsigned>(bits) & 0xffU);
        }
    }
    return bytes;
}

}  // namespace

std::optional<PictureSize> size_of_png(std::string_view bytes) {
    constexpr std::string_view signature = "\x89PNG\r\n\x1a\n";
    if (bytes.size() < 24 || !bytes.starts_with(signature) || bytes.substr(12, 4) != "IHDR")
        return std::nullopt;
    return PictureSize{big_endian(bytes, 16, 4), big_endian(bytes, 20, 4)};
}

std::optional<PictureSize> size_of_jpeg(std::string_view bytes) {
    if (!bytes.starts_with("\xff\xd8")) return std::nullopt;
    for (std::size_t at = 2; at + 9 < bytes.size();) {
        if (bytes[at] != '\xff') return std::nullopt;
        const auto marker = static_cast<unsigned char>(bytes[at + 1]);
        if (marker == 0xff) {  // filling
            ++at;
            continue;
        }
        const bool frame =
            marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
        if (frame) return PictureSize{big_endian(bytes, at + 7, 2), big_endian(bytes, at + 5, 2)};
        const std::int64_t length = big_endian(bytes, at + 2, 2);
        if (length < 2) return std::nullopt;
        at += 2 + static_cast<std::size_t>(length);
    }
    return std::nullopt;
}

std::optional<DataAddress> data_address(std::string_view address) {
    constexpr std::string_view scheme = "data:";
    if (lower_ascii(address.substr(0, scheme.size())) != scheme) return std::nullopt;
    address.remove_prefix(scheme.size());
    const std::size_t comma = address.find(',');
    if (comma == std::string_view::npos) return DataAddress{};
    const std::string_view said = address.substr(0, comma);
    DataAddress found{lower_ascii(said.substr(0, said.find(';'))), {}};
    if (lower_ascii(said).ends_with(";base64")) found.bytes = from_base64(address.substr(comma + 1));
    return found;
}

}  // namespace tiendo::papers
