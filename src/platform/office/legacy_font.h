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

}  // namespace tiendo::office
