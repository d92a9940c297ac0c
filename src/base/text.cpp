#include "base/text.h"

#include <unicode/coll.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <memory>
#include <mutex>
#include <numeric>

namespace tiendo {
namespace {

const icu::Normalizer2& normalizer(bool composed) {
    UErrorCode status = U_ZERO_ERROR;
    return *(composed ? icu::Normalizer2::getNFCInstance(status) : icu::Normalizer2::getNFDInstance(status));
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

// The rule of fold() by ICU alone, for any text; the table below is made from it.
std::string fold_any(std::string_view text, char separator) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::UnicodeString apart = normalizer(false).normalize(decode(text), status);
    icu::UnicodeString result;
    bool gap = false;
    for (std::int32_t i = 0; i < apart.length(); i = apart.moveIndex32(i, 1)) {
        const UChar32 c = apart.char32At(i);
        if (u_charType(c) == U_NON_SPACING_MARK) continue;
        if (!u_isalnum(c) && !is_d_with_stroke(c)) {
            gap = true;
            continue;
        }
        if (gap && !result.isEmpty()) result.append(static_cast<UChar>(separator));
        gap = false;
        result.append(is_d_with_stroke(c) ? UChar32{'d'} : u_tolower(c));
    }
    return encode(result);
}

// What one character folds to: its bytes, nothing (a mark), or a gap between words.
struct Folded {
    char bytes[6] = {};
    std::uint8_t length = 0;
    bool gap = false;
};

// Latin letters with whatever Vietnamese and its neighbours put on them, the combining
// marks and general punctuation: all that names are made of, answered without ICU, which
// takes ten times as long.
constexpr UChar32 table_end = 0x370;
constexpr UChar32 extended_begin = 0x1e00, extended_end = 0x1f00;
constexpr UChar32 punctuation_begin = 0x2000, punctuation_end = 0x2070;

int table_index(UChar32 c) {
    if (c < table_end) return c;
    if (c >= extended_begin && c < extended_end) return table_end + (c - extended_begin);
    if (c >= punctuation_begin && c < punctuation_end)
        return table_end + (extended_end - extended_begin) + (c - punctuation_begin);
    return -1;
}

using FoldTable =
    std::array<Folded, table_end + (extended_end - extended_begin) + (punctuation_end - punctuation_begin)>;

FoldTable make_fold_table() {
    FoldTable table;
    for (UChar32 c = 0; c < punctuation_end; ++c) {
        const int index = table_index(c);
        if (index < 0) continue;
        // Between two letters a gap shows as the separator, and a mark as nothing.
        const std::string between = fold_any("x" + encode(icu::UnicodeString(c)) + "x", ' ');
        const std::string middle = between.substr(1, between.size() - 2);
        Folded& folded = table[static_cast<std::size_t>(index)];
        folded.gap = middle == " ";
        if (folded.gap) continue;
        folded.length = static_cast<std::uint8_t>(middle.copy(folded.bytes, sizeof folded.bytes));
    }
    return table;
}

std::string fold_with(std::string_view text, char separator) {
    static const FoldTable table = make_fold_table();
    std::string result;
    result.reserve(text.size());
    bool gap = false;
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    for (std::size_t i = 0; i < text.size();) {
        UChar32 c;
        U8_NEXT(bytes, i, text.size(), c);
        const int index = c < 0 ? -1 : table_index(c);
        if (index < 0) return fold_any(text, separator);
        const Folded& folded = table[static_cast<std::size_t>(index)];
        if (folded.gap) {
            gap = true;
        } else if (folded.length != 0) {
            if (gap && !result.empty()) result += separator;
            gap = false;
            result.append(folded.bytes, folded.length);
        }
    }
    return result;
}

// Soft hyphens, byte order marks, marks of writing direction and the like: nobody sees
// them, and they come along with what is copied from web pages and telephones.
bool is_invisible(UChar32 c) {
    return c == 0xad || c == 0x200b || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) ||
           (c >= 0x2060 && c <= 0x206f) || c == 0xfeff;
}

// Ð (eth) and Ɖ look as Đ does, and are typed for it.
bool is_like_d(UChar32 c) { return c == 0xd0 || c == 0x189; }

// True when clean() would change nothing, for the letters names are made of; others take
// the long way. All characters of these ranges are their own NFC.
bool is_clean(std::string_view text) {
    bool after_blank = true;  // as if one stood before the text: none may begin it
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    for (std::size_t i = 0; i < text.size();) {
        UChar32 c;
        U8_NEXT(bytes, i, text.size(), c);
        const bool blank = c == ' ';
        if (blank && after_blank) return false;
        after_blank = blank;
        const bool plain = (c >= 0x20 && c < 0x7f) || (c > 0xa0 && c < 0x300 && c != 0xad && !is_like_d(c)) ||
                           (c >= extended_begin && c < extended_end);
        if (!plain) return false;
    }
    return text.empty() || !after_blank;
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

int likeness_of(const std::u32string& left, const std::u32string& right) {
    const std::size_t longer = std::max(left.size(), right.size());
    if (longer == 0) return 100;
    return static_cast<int>(100 * (longer - edit_distance(left, right)) / longer);
}

bool has_small_letter(const icu::UnicodeString& text) {
    for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1))
        if (u_islower(text.char32At(i))) return true;
    return false;
}

bool has_capital(const icu::UnicodeString& text) {
    for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1))
        if (u_isupper(text.char32At(i))) return true;
    return false;
}

// A capital at the beginning and after what parts a name: H'Bia, Anne-Marie, N.V.
icu::UnicodeString cased_word(const icu::UnicodeString& word) {
    icu::UnicodeString result;
    bool first = true;
    for (std::int32_t i = 0; i < word.length(); i = word.moveIndex32(i, 1)) {
        const UChar32 c = word.char32At(i);
        result.append(first ? u_toupper(c) : u_tolower(c));
        first = !u_isalpha(c) && u_charType(c) != U_NON_SPACING_MARK;
    }
    return result;
}

// Whether a word of a name is all capitals, or the name all small: told from the bytes of nearly
// every name, without decoding it. A word with an ASCII small letter is no word of capitals.
bool is_to_be_cased(std::string_view name) {
    bool any_capital = false;
    for (const std::string_view word : split(name, ' ')) {
        bool small = false, beyond = false;
        for (const char c : word) {
            small = small || (c >= 'a' && c <= 'z');
            any_capital = any_capital || (c >= 'A' && c <= 'Z');
            beyond = beyond || static_cast<unsigned char>(c) >= 0x80;
        }
        if (small) continue;
        if (!beyond ? word.size() > 1 : !has_small_letter(decode(word))) return true;
    }
    return !any_capital && !has_capital(decode(name));
}

}  // namespace

std::string clean(std::string_view text) {
    if (is_clean(text)) return std::string(text);
    // Removing comes before composing: a letter and its mark may have stood apart.
    const icu::UnicodeString decoded = decode(text);
    icu::UnicodeString kept;
    bool gap = false;
    for (std::int32_t i = 0; i < decoded.length(); i = decoded.moveIndex32(i, 1)) {
        const UChar32 c = decoded.char32At(i);
        if (u_isUWhiteSpace(c)) {
            gap = true;
        } else if (u_charType(c) != U_CONTROL_CHAR && !is_invisible(c)) {
            if (gap && !kept.isEmpty()) kept.append(static_cast<UChar>(' '));
            gap = false;
            kept.append(is_like_d(c) ? static_cast<UChar32>(0x110) : c);
        }
    }
    UErrorCode status = U_ZERO_ERROR;
    return encode(normalizer(true).normalize(kept, status));
}

std::string in_name_case(std::string_view name) {
    if (!is_to_be_cased(name)) return std::string(name);
    const icu::UnicodeString decoded = decode(name);
    const bool small = !has_capital(decoded);
    icu::UnicodeString result;
    for (std::int32_t begin = 0; begin < decoded.length();) {
        std::int32_t end = decoded.indexOf(static_cast<UChar>(' '), begin);
        if (end < 0) end = decoded.length();
        const icu::UnicodeString word(decoded, begin, end - begin);
        result.append(small || !has_small_letter(word) ? cased_word(word) : word);
        if (end < decoded.length()) result.append(static_cast<UChar>(' '));
        begin = end + 1;
    }
    return encode(result);
}

std::string lower(std::string_view text) {
    icu::UnicodeString decoded = decode(text);
    return encode(decoded.toLower(icu::Locale::getRoot()));
}

std::string nfc(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    return encode(normalizer(true).normalize(decode(text), status));
}

std::string fold(std::string_view text) { return fold_with(text, ' '); }
std::string slug(std::string_view text) { return fold_with(text, '-'); }

std::string sort_key(std::string_view text) { return collation_key(decode(text)); }

std::string name_sort_key(std::string_view full_name) {
    const std::string name = clean(full_name);
    const std::size_t last = name.rfind(' ');
    if (last == std::string::npos) return collation_key(decode(name));
    const std::string_view whole = name;
    return collation_key(decode(whole.substr(last + 1))) + collation_key(decode(whole.substr(0, last)));
}

int likeness(std::string_view a, std::string_view b) {
    return likeness_of(code_points(fold(a)), code_points(fold(b)));
}

std::string nearest(std::string_view text, std::span<const std::string> candidates) {
    const std::u32string wanted = code_points(fold(text));
    std::size_t best = 50;
    std::string found;
    for (const std::string& candidate : candidates) {
        const std::u32string folded = code_points(fold(candidate));
        // What differs in length alone differs at least by that: a text of a megabyte is
        // never compared letter by letter with a name.
        const std::size_t shorter = std::min(wanted.size(), folded.size());
        const std::size_t longer = std::max(wanted.size(), folded.size());
        if (longer == 0 || 100 * shorter / longer <= best) continue;
        if (const auto score = static_cast<std::size_t>(likeness_of(wanted, folded)); score > best) {
            best = score;
            found = candidate;
        }
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
