#include "platform/office/legacy_font.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include "base/text.h"

namespace tiendo::office {
namespace {

// TCVN 5712:1993, third set, 0xA1 to 0xFE; a blank where the set has nothing.
constexpr std::u32string_view tcvn3 =
    U"ĂÂÊÔƠƯĐăâêôơưđ      "      // a1-b4
    U"àảãáạ ằẳẵắ       "         // b5-c5
    U"ặầẩẫấậè ẻẽéẹềểễếệ"         // c6-d6
    U"ìỉ   ĩíịò ỏõóọồổỗ"         // d7-e7
    U"ốộờởỡớợù ủũúụừửữứựỳỷỹýỵ";  // e8-fe
static_assert(tcvn3.size() == 0xfe - 0xa1 + 1);

// VNI writes a letter with its marks as two characters: a plain letter, and one that
// stands for the marks. After ô and ö (VNI's ơ and ư) only the tones follow.
struct Marked {
    char32_t letter;
    std::u32string_view results;  // in the order of vni_marks, as far as there are any
};
constexpr std::u32string_view vni_marks = U"ùøûõïâáàåãäêéèúüë";
constexpr std::array<Marked, 7> vni = {{
    {U'a', U"áàảãạâấầẩẫậăắằẳẵặ"},
    {U'e', U"éèẻẽẹêếềểễệ"},
    {U'o', U"óòỏõọôốồổỗộ"},
    {U'u', U"úùủũụ"},
    {U'y', U"ýỳỷỹ"},
    {U'ô', U"ớờởỡợ"},
    {U'ö', U"ứừửữự"},
}};
struct Single {
    char32_t from, to;
};
constexpr std::array<Single, 7> vni_alone = {
    {{U'ô', U'ơ'}, {U'ö', U'ư'}, {U'ñ', U'đ'}, {U'æ', U'ỉ'}, {U'ó', U'ĩ'}, {U'ò', U'ị'}, {U'î', U'ỵ'}}};

char32_t capital(char32_t c) {
    if (c >= U'a' && c <= U'z') return c - 32;
    if (c >= 0xe0 && c <= 0xfe && c != 0xf7) return c - 32;
    // Above Latin-1 a Vietnamese capital stands right before its small letter; the small
    // ones are the odd numbers but for ư.
    if (c == U'ư') return U'Ư';
    if ((c >= 0x100 && c < 0x1a2) || (c >= 0x1ea0 && c < 0x1efa)) return c % 2 == 1 ? c - 1 : c;
    return c;
}

char32_t small(char32_t c) {
    if (c >= U'A' && c <= U'Z') return c + 32;
    if (c >= 0xc0 && c <= 0xde && c != 0xd7) return c + 32;
    return c;
}

void append_utf8(std::string& text, char32_t c) {
    const auto byte = [&](char32_t value) { text += static_cast<char>(value); };
    if (c < 0x80) {
        byte(c);
    } else if (c < 0x800) {
        byte(0xc0 | c >> 6);
        byte(0x80 | (c & 0x3f));
    } else {
        byte(0xe0 | c >> 12);
        byte(0x80 | (c >> 6 & 0x3f));
        byte(0x80 | (c & 0x3f));
    }
}

// The characters of UTF-8 text that is all Latin-1; none when it is not.
std::optional<std::u32string> latin1(std::string_view text) {
    std::u32string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c < 0x80) {
            result += c;
        } else if ((c == 0xc2 || c == 0xc3) && i + 1 < text.size()) {
            result += static_cast<char32_t>((c & 0x03) << 6 | (static_cast<unsigned char>(text[++i]) & 0x3f));
        } else {
            return std::nullopt;
        }
    }
    return result;
}

std::string from_tcvn3(const std::u32string& text, bool capitals) {
    std::string result;
    for (const char32_t c : text) {
        const bool mapped = c >= 0xa1 && c <= 0xfe && tcvn3[c - 0xa1] != U' ';
        const char32_t letter = mapped ? tcvn3[c - 0xa1] : c;
        append_utf8(result, capitals ? capital(letter) : letter);
    }
    return result;
}

std::optional<char32_t> vni_pair(char32_t letter, char32_t mark) {
    for (const Marked& row : vni) {
        if (row.letter != small(letter)) continue;
        const std::size_t place = vni_marks.find(small(mark));
        if (place >= row.results.size()) return std::nullopt;
        const bool upper = letter != small(letter);
        return upper ? capital(row.results[place]) : row.results[place];
    }
    return std::nullopt;
}

std::string from_vni(const std::u32string& text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char32_t c = text[i];
        if (i + 1 < text.size())
            if (const auto pair = vni_pair(c, text[i + 1])) {
                append_utf8(result, *pair);
                ++i;
                continue;
            }
        char32_t letter = c;
        for (const Single& single : vni_alone)
            if (single.from == small(c)) letter = c == small(c) ? single.to : capital(single.to);
        append_utf8(result, letter);
    }
    return result;
}

}  // namespace

LegacyFont legacy_font(std::string_view font_name) {
    const std::string name = lower_ascii(font_name.substr(0, 60));
    if (name.starts_with(".vn"))
        return font_name.ends_with('H') ? LegacyFont::tcvn3_capitals : LegacyFont::tcvn3;
    if (name.starts_with("vni-")) return LegacyFont::vni;
    return LegacyFont::none;
}

bool turn_to_unicode(std::string& text, LegacyFont font) {
    if (font == LegacyFont::none) return false;
    const auto characters = latin1(text);
    if (!characters) return false;
    text = font == LegacyFont::vni ? from_vni(*characters)
                                   : from_tcvn3(*characters, font == LegacyFont::tcvn3_capitals);
    return true;
}

namespace {

// Signs that Unicode text in Vietnamese, English or French does not put between letters, and that
// stand for letters in TCVN3: the small ones of ă â ê ô ơ ư đ, those of à ả ã á ạ, and the capitals.
// Ð is not among them: it is typed for Đ.
bool only_tcvn3_has(char32_t c) {
    constexpr std::u32string_view letters = U"¡¢£¤¥¦§¨©ª«¬\u00ad®¯µ¶·¸¹»¼½¾ÆÇËÎÏÑÖ×ØÜÞßäåæçëîïðñö÷øüþ";
    return letters.find(c) != std::u32string_view::npos;
}

}  // namespace

LegacyFont legacy_by_letters(std::string_view text) {
    const auto characters = latin1(text);
    if (!characters) return LegacyFont::none;
    std::size_t high = 0, marks_behind = 0, signs = 0, mapped = 0;
    for (std::size_t i = 0; i < characters->size(); ++i) {
        const char32_t c = (*characters)[i];
        if (c < 0x80) continue;
        ++high;
        const bool behind = i > 0 && vni_pair((*characters)[i - 1], c).has_value();
        const bool alone = std::any_of(vni_alone.begin(), vni_alone.end(),
                                       [&](const Single& single) { return single.from == small(c); });
        if (behind || alone) ++marks_behind;
        if (only_tcvn3_has(c)) ++signs;
        if (c >= 0xa1 && c <= 0xfe && tcvn3[c - 0xa1] != U' ') ++mapped;
    }
    if (high == 0) return LegacyFont::none;
    if (marks_behind == high && from_vni(*characters) != text) return LegacyFont::vni;
    return signs > 0 && mapped == high ? LegacyFont::tcvn3 : LegacyFont::none;
}

namespace {

// Of Unicode, "Hoàng Công" has marks behind letters as well; but letters that Vietnamese has not, and a
// marked vowel behind a plain a or e, it never has.
bool only_vni_has(const std::u32string& text) {
    constexpr std::u32string_view vietnamese = U"àáâãèéêìíòóôõùúý";
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] < 0x80) continue;
        if (vietnamese.find(small(text[i])) == std::u32string_view::npos) return true;
        if (i > 0 && (small(text[i - 1]) == U'a' || small(text[i - 1]) == U'e')) return true;
    }
    return false;
}

}  // namespace

LegacyFont certain_by_letters(std::string_view text) {
    const bool plain =
        std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    if (plain) return LegacyFont::none;
    const LegacyFont told = legacy_by_letters(text);
    if (told == LegacyFont::none) return told;
    const std::u32string characters = *latin1(text);
    if (told == LegacyFont::vni) return only_vni_has(characters) ? told : LegacyFont::none;
    const auto is_high = [](char32_t c) { return c >= 0x80; };
    // Below U+00C0, and these two, Latin-1 has signs and no letters.
    const auto is_sign = [](char32_t c) { return (c >= 0xa1 && c < 0xc0) || c == U'×' || c == U'÷'; };
    const bool several = std::count_if(characters.begin(), characters.end(), is_high) > 1;
    return several || std::any_of(characters.begin(), characters.end(), is_sign) ? told : LegacyFont::none;
}

std::string_view to_text(LegacyText legacy) {
    switch (legacy) {
        case LegacyText::as_is: return "as_is";
        case LegacyText::tcvn3: return "tcvn3";
        case LegacyText::vni: return "vni";
        default: return "by_font";
    }
}

LegacyText legacy_text_of(std::string_view text) {
    for (const LegacyText legacy : {LegacyText::as_is, LegacyText::tcvn3, LegacyText::vni})
        if (to_text(legacy) == text) return legacy;
    return LegacyText::by_font;
}

bool read_legacy(std::string& text, LegacyFont font, LegacyText how) {
    if (how == LegacyText::as_is) {
        std::string turned = text;
        return turn_to_unicode(turned, font) && turned != text;
    }
    if (font == LegacyFont::none && how != LegacyText::by_font) {
        const LegacyFont told = legacy_by_letters(text);
        // A word or two may look like the other of them; what was chosen for the file counts.
        if (told != LegacyFont::none) font = how == LegacyText::vni ? LegacyFont::vni : LegacyFont::tcvn3;
    }
    return turn_to_unicode(text, font);
}

}  // namespace tiendo::office
