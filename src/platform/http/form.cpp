#include "platform/http/form.h"

#include <algorithm>
#include <cstdint>

#include "base/text.h"

namespace tiendo::http {
namespace {

int hexadecimal(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

std::string_view without_blanks(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

constexpr std::size_t most_fields = 2000;

bool is_fit(std::string_view text) { return text.find('\0') == std::string_view::npos && is_utf8(text); }

}  // namespace

bool is_utf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto first = static_cast<std::uint8_t>(text[i]);
        if (first < 0x80) {
            ++i;
            continue;
        }
        const std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
        if (first < 0xc2 || first > 0xf4 || i + length > text.size()) return false;
        std::uint32_t point = first & (0xffu >> (length + 1));
        for (std::size_t k = 1; k < length; ++k) {
            const auto next = static_cast<std::uint8_t>(text[i + k]);
            if ((next & 0xc0) != 0x80) return false;
            point = point << 6 | (next & 0x3f);
        }
        const bool overlong = (length == 3 && point < 0x800) || (length == 4 && point < 0x10000);
        if (overlong || point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) return false;
        i += length;
    }
    return true;
}

std::optional<std::string> percent_decode(std::string_view text, Plus plus) {
    std::string result;
    result.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%') {
            if (i + 2 >= text.size()) return std::nullopt;
            const int high = hexadecimal(text[i + 1]), low = hexadecimal(text[i + 2]);
            if (high < 0 || low < 0) return std::nullopt;
            result += static_cast<char>(high * 16 + low);
            i += 2;
        } else {
            result += text[i] == '+' && plus == Plus::is_blank ? ' ' : text[i];
        }
    }
    return result;
}

std::string percent_encode(std::string_view text) {
    static constexpr std::string_view digits = "0123456789ABCDEF";
    std::string result;
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                           c == '-' || c == '.' || c == '_' || c == '~';
        if (plain) {
            result += c;
        } else {
            const auto byte = static_cast<std::uint8_t>(c);
            result += '%';
            result += digits[byte >> 4];
            result += digits[byte & 15];
        }
    }
    return result;
}

std::optional<Fields> parse_form(std::string_view text) {
    Fields fields;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('&', at), text.size());
        const std::string_view pair = text.substr(at, end - at);
        at = end + 1;
        if (pair.empty()) continue;
        const std::size_t equals = std::min(pair.find('='), pair.size());
        auto name = percent_decode(pair.substr(0, equals), Plus::is_blank);
        auto value = percent_decode(pair.substr(std::min(equals + 1, pair.size())), Plus::is_blank);
        if (!name || !value || !is_fit(*name) || !is_fit(*value) || fields.size() == most_fields)
            return std::nullopt;
        fields.push_back({std::move(*name), std::move(*value)});
    }
    return fields;
}

Fields cleaned(const Fields& as_typed) {
    Fields fields;
    fields.reserve(as_typed.size());
    for (const Field& field : as_typed) {
        std::string value;
        for (const std::string_view line : split(field.value, '\n')) value += clean(line) + "\n";
        value.erase(value.find_last_not_of('\n') + 1);
        fields.push_back({field.name, std::move(value)});
    }
    return fields;
}

std::optional<std::string> parse_path(std::string_view path) {
    if (path.substr(0, 1) != "/") return std::nullopt;
    std::string result;
    for (const std::string_view segment : split(path.substr(1), '/')) {
        const auto decoded = percent_decode(segment, Plus::stays);
        if (!decoded || decoded->find('/') != std::string::npos || *decoded == "." || *decoded == ".." ||
            !is_utf8(*decoded) || std::any_of(decoded->begin(), decoded->end(), [](char c) {
                return (c >= 0 && c < 0x20) || c == 0x7f;
            }))
            return std::nullopt;
        result += "/" + *decoded;
    }
    return result;
}

Fields parse_cookies(std::string_view header) {
    Fields cookies;
    for (const std::string_view piece : split(header, ';')) {
        const std::string_view pair = without_blanks(piece);
        const std::size_t equals = pair.find('=');
        if (equals == std::string_view::npos || equals == 0 || cookies.size() == most_fields) continue;
        std::string_view value = pair.substr(equals + 1);
        if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
            value = value.substr(1, value.size() - 2);
        cookies.push_back({std::string(pair.substr(0, equals)), std::string(value)});
    }
    return cookies;
}

}  // namespace tiendo::http
