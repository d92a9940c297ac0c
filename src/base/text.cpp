#include "base/text.h"

#include <unicode/coll.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <memory>
#include <mutex>
#include <numeric>

namespace tiendo {
namespace {

const icu::Normalizer2& normalizer(bool composed) {
    UErrorCode status = U_ZERO_ERROR;
    return *(composed ? icu::Normalizer2::getNFCInstance(status) : icu::Normalizer2::getNFDInstance(status));
}

bool is_plain_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
}

icu::UnicodeString decode(std::string_view text) {
    return icu::UnicodeString::fromUTF8(
        icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
}

std::string encode(const icu::UnicodeString& text) {
    std::string bytes;
    text.toUTF8String(bytes);
    return bytes;
}

bool is_d_with_stroke(UChar32 c) { return c == 0x111 || c == 0x110 || c == 0xd0 || c == 0xf0 || c == 0x189; }

std::string fold_with(std::string_view text, char separator) {
    std::string result;
    result.reserve(text.size());
    bool gap = false;
    const auto put = [&](UChar32 c) {
        if (gap && !result.empty()) result += separator;
        gap = false;
        if (c < 0x80) {
            result += static_cast<char>(c);
        } else {
            result += encode(icu::UnicodeString(c));
        }
    };
    if (is_plain_ascii(text)) {
        for (const char c : text) {
            const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            const bool upper = c >= 'A' && c <= 'Z';
            if (letter || upper)
                put(upper ? c + 32 : c);
            else
                gap = true;
        }
        return result;
    }
    UErrorCode status = U_ZERO_ERROR;
    const icu::UnicodeString apart = normalizer(false).normalize(decode(text), status);
    for (std::int32_t i = 0; i < apart.length(); i = apart.moveIndex32(i, 1)) {
        const UChar32 c = apart.char32At(i);
        if (u_charType(c) == U_NON_SPACING_MARK) continue;
        if (is_d_with_stroke(c))
            put('d');
        else if (u_isalnum(c))
            put(u_tolower(c));
        else
            gap = true;
    }
    return result;
}

// Moves a tone mark written on the first vowel of an open oa, oe, uy to the second
// (hòa -> hoà), so that both placements order and match alike.
icu::UnicodeString tone_on_second_vowel(const icu::UnicodeString& apart) {
    const auto is_tone = [](UChar c) {
        return c == 0x300 || c == 0x301 || c == 0x303 || c == 0x309 || c == 0x323;
    };
    icu::UnicodeString result = apart;
    for (std::int32_t i = 0; i + 2 < result.length(); ++i) {
        const UChar first = static_cast<UChar>(u_tolower(result[i])),
                    second = static_cast<UChar>(u_tolower(result[i + 2]));
        const bool pair =
            (first == 'o' && (second == 'a' || second == 'e')) || (first == 'u' && second == 'y');
        const bool open = i + 3 >= result.length() ||
                          !(u_isalpha(result[i + 3]) || u_charType(result[i + 3]) == U_NON_SPACING_MARK);
        const bool after_q = i > 0 && u_tolower(result[i - 1]) == 'q';
        if (pair && open && !after_q && is_tone(result[i + 1])) {
            const UChar tone = result[i + 1];
            result.setCharAt(i + 1, result[i + 2]);
            result.setCharAt(i + 2, tone);
        }
    }
    return result;
}

std::string collation_key(const icu::UnicodeString& text) {
    // A collator is not safe to share between threads while it makes keys.
    thread_local const std::unique_ptr<icu::Collator> collator = [] {
        UErrorCode status = U_ZERO_ERROR;
        return std::unique_ptr<icu::Collator>(icu::Collator::createInstance(icu::Locale("vi"), status));
    }();
    UErrorCode status = U_ZERO_ERROR;
    const icu::UnicodeString settled = tone_on_second_vowel(normalizer(false).normalize(text, status));
    std::uint8_t bytes[512];
    const std::int32_t length = collator->getSortKey(settled, bytes, sizeof bytes);
    if (length <= static_cast<std::int32_t>(sizeof bytes))
        return std::string(reinterpret_cast<char*>(bytes), static_cast<std::size_t>(length));
    std::string longer(static_cast<std::size_t>(length), '\0');
    collator->getSortKey(settled, reinterpret_cast<std::uint8_t*>(longer.data()), length);
    return longer;
}

std::size_t edit_distance(const std::u32string& a, const std::u32string& b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t above = row[j];
            row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
            diagonal = above;
        }
    }
    return row.back();
}

std::u32string code_points(std::string_view text) {
    const icu::UnicodeString decoded = decode(text);
    std::u32string result;
    for (std::int32_t i = 0; i < decoded.length(); i = decoded.moveIndex32(i, 1))
        result += static_cast<char32_t>(decoded.char32At(i));
    return result;
}

}  // namespace

std::string clean(std::string_view text) {
    if (is_plain_ascii(text) && text.find("  ") == std::string_view::npos &&
        (text.empty() || (text.front() != ' ' && text.back() != ' ')))
        return std::string(text);
    UErrorCode status = U_ZERO_ERROR;
    const icu::UnicodeString composed = normalizer(true).normalize(decode(text), status);
    icu::UnicodeString result;
    bool gap = false;
    for (std::int32_t i = 0; i < composed.length(); i = composed.moveIndex32(i, 1)) {
        const UChar32 c = composed.char32At(i);
        if (u_isUWhiteSpace(c)) {
            gap = true;
        } else if (u_charType(c) == U_CONTROL_CHAR || c == 0xfeff || c == 0x200b) {
            continue;
        } else {
            if (gap && !result.isEmpty()) result.append(static_cast<UChar>(' '));
            gap = false;
            result.append(c);
        }
    }
    return encode(result);
}

std::string fold(std::string_view text) { return fold_with(text, ' '); }
std::string slug(std::string_view text) { return fold_with(text, '-'); }

std::string sort_key(std::string_view text) { return collation_key(decode(text)); }

std::string name_sort_key(std::string_view full_name) {
    const std::size_t last = full_name.rfind(' ');
    if (last == std::string_view::npos) return collation_key(decode(full_name));
    return collation_key(decode(full_name.substr(last + 1))) +
           collation_key(decode(full_name.substr(0, last)));
}

int likeness(std::string_view a, std::string_view b) {
    const std::u32string left = code_points(fold(a)), right = code_points(fold(b));
    const std::size_t longer = std::max(left.size(), right.size());
    if (longer == 0) return 100;
    return static_cast<int>(100 * (longer - edit_distance(left, right)) / longer);
}

std::string nearest(std::string_view text, std::span<const std::string> candidates) {
    int best = 50;
    std::string found;
    for (const std::string& candidate : candidates)
        if (const int score = likeness(text, candidate); score > best) {
            best = score;
            found = candidate;
        }
    return found;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> pieces;
    for (std::size_t at = 0;;) {
        const std::size_t next = text.find(separator, at);
        pieces.push_back(text.substr(at, next == std::string_view::npos ? next : next - at));
        if (next == std::string_view::npos) return pieces;
        at = next + 1;
    }
}

std::string lower_ascii(std::string_view text) {
    std::string result(text);
    for (char& c : result)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return result;
}

std::size_t length_of(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

}  // namespace tiendo
