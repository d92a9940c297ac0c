// Vietnamese from before Unicode: text stored as Latin-1 look-alikes that only a font of
// the TCVN3 (".VnTime") or VNI ("VNI-Times") family shows right.
#pragma once
#include <string>
#include <string_view>

namespace tiendo::office {

// The H fonts of TCVN3 draw every letter as a capital.
enum class LegacyFont { none, tcvn3, tcvn3_capitals, vni };

LegacyFont legacy_font(std::string_view font_name);

// The text such a font shows, in Unicode. False, and nothing changed, when it holds
// characters beyond Latin-1 (it is Unicode already) or the font is none of these.
bool turn_to_unicode(std::string& text, LegacyFont font);

// How text from before Unicode is read: told by its font, as it stands whatever its font says, or
// by its letters where the font says nothing.
enum class LegacyText { by_font, as_is, tcvn3, vni };
std::string_view to_text(LegacyText legacy);       // "by_font" ...
LegacyText legacy_text_of(std::string_view text);  // by_font when it is none of them

// The text of a cell or a run in that font. True when it is of a legacy font, turned or left.
bool read_legacy(std::string& text, LegacyFont font, LegacyText how);

// What the letters of a text say of it: vni when marks stand behind the letters they belong to,
// tcvn3 when signs that no Vietnamese word has stand for letters, none else.
LegacyFont legacy_by_letters(std::string_view text);
// The same where a single text is enough to tell: "Müller" and "Hoà" are no old font.
LegacyFont certain_by_letters(std::string_view text);

}  // namespace tiendo::office
