// The fonts of this machine: which there are, and which letters each has.
#pragma once
#include <memory>
#include <string>
#include <string_view>

namespace tiendo::papers {

// A font of a family as fontconfig finds it, and what it can draw.
class Font {
 public:
    bool has(char32_t letter) const;
    // How wide a text runs, in its own size: letter after letter, without what a drawing does to it.
    double width_of(const std::string& text) const;
    const std::string& family() const { return family_; }

 private:
    friend Font font_of(const std::string& family, bool bold, bool italic);
    struct Letters;
    std::string family_;
    std::shared_ptr<const Letters> letters_;
};

// Whether there is a family of that very name, in any case of letters; "serif" and "sans-serif"
// are no families, but whatever the machine likes.
bool has_family(const std::string& family);
// The family whose name is most like it; empty: none is.
std::string nearest_family(const std::string& family);
// Families known to draw Vietnamese letters without their tones (docs/traps.md).
bool draws_vietnamese_wrongly(std::string_view family);

// Of a family that there is.
Font font_of(const std::string& family, bool bold, bool italic);

// The letters of a text, in order; U+FFFD for wrong bytes.
std::u32string letters_of(std::string_view text);
std::string text_of_letter(char32_t letter);

}  // namespace tiendo::papers
