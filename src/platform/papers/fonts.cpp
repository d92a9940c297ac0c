#include "platform/papers/fonts.h"

#include <cairo.h>
#include <fontconfig/fontconfig.h>

#include <set>
#include <span>
#include <vector>

#include "base/text.h"

// fontconfig and pango keep what they know of fonts until the process ends: the same few kilobytes after
// one paper and after a thousand. What lies in memory of ours is reported as ever. Only the sanitizer asks.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() { return "leak:libfontconfig.so\n"; }

namespace tiendo::papers {
namespace {

using Pattern = std::unique_ptr<FcPattern, void (*)(FcPattern*)>;
using Fonts = std::unique_ptr<FcFontSet, void (*)(FcFontSet*)>;

const FcChar8* fc(const std::string& text) { return reinterpret_cast<const FcChar8*>(text.c_str()); }

constexpr double large = 1'000;

// By the same names as fontconfig: the letters of one, the widths of the other.
cairo_scaled_font_t* scaled_font(const std::string& family, bool bold, bool italic) {
    using Face = std::unique_ptr<cairo_font_face_t, void (*)(cairo_font_face_t*)>;
    using Options = std::unique_ptr<cairo_font_options_t, void (*)(cairo_font_options_t*)>;
    const Face face(
        cairo_toy_font_face_create(family.c_str(), italic ? CAIRO_FONT_SLANT_ITALIC : CAIRO_FONT_SLANT_NORMAL,
                                   bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL),
        &cairo_font_face_destroy);
    const Options options(cairo_font_options_create(), &cairo_font_options_destroy);
    cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
    cairo_matrix_t size, same;
    cairo_matrix_init_scale(&size, large, large);
    cairo_matrix_init_identity(&same);
    return cairo_scaled_font_create(face.get(), &size, &same, options.get());
}

Fonts list_families(FcPattern* pattern) {
    const std::unique_ptr<FcObjectSet, void (*)(FcObjectSet*)> wanted(
        FcObjectSetBuild(FC_FAMILY, static_cast<char*>(nullptr)), &FcObjectSetDestroy);
    return {FcFontList(nullptr, pattern, wanted.get()), &FcFontSetDestroy};
}

std::vector<std::string> families() {
    const Pattern any(FcPatternCreate(), &FcPatternDestroy);
    const Fonts found = list_families(any.get());
    std::set<std::string> names;
    for (int i = 0; found && i < found->nfont; ++i) {
        FcChar8* name = nullptr;
        if (FcPatternGetString(found->fonts[i], FC_FAMILY, 0, &name) == FcResultMatch)
            names.insert(reinterpret_cast<const char*>(name));
    }
    return {names.begin(), names.end()};
}

}  // namespace

struct Font::Letters {
    Letters(FcCharSet* shared, cairo_scaled_font_t* made) : set(FcCharSetCopy(shared)), scaled(made) {}
    Letters(const Letters&) = delete;
    ~Letters() {
        cairo_scaled_font_destroy(scaled);
        FcCharSetDestroy(set);
    }
    FcCharSet* set;
    cairo_scaled_font_t* scaled;  // large enough that no width is rounded
};

bool Font::has(char32_t letter) const { return letters_ && FcCharSetHasChar(letters_->set, letter); }

double Font::width_of(const std::string& text) const {
    if (!letters_) return 0;
    cairo_text_extents_t extents{};
    cairo_scaled_font_text_extents(letters_->scaled, text.c_str(), &extents);
    return extents.x_advance / large;
}

bool has_family(const std::string& family) {
    if (family.empty()) return false;
    const Pattern pattern(FcPatternCreate(), &FcPatternDestroy);
    FcPatternAddString(pattern.get(), FC_FAMILY, fc(family));
    const Fonts found = list_families(pattern.get());
    return found && found->nfont > 0;
}

std::string nearest_family(const std::string& family) {
    const std::vector<std::string> names = families();
    return nearest(family, names);
}

bool draws_vietnamese_wrongly(std::string_view family) {
    return lower_ascii(family).starts_with("eb garamond");
}

Font font_of(const std::string& family, bool bold, bool italic) {
    const Pattern pattern(FcPatternCreate(), &FcPatternDestroy);
    FcPatternAddString(pattern.get(), FC_FAMILY, fc(family));
    FcPatternAddInteger(pattern.get(), FC_WEIGHT, bold ? FC_WEIGHT_BOLD : FC_WEIGHT_REGULAR);
    FcPatternAddInteger(pattern.get(), FC_SLANT, italic ? FC_SLANT_ITALIC : FC_SLANT_ROMAN);
    FcConfigSubstitute(nullptr, pattern.get(), FcMatchPattern);
    FcDefaultSubstitute(pattern.get());
    FcResult result = FcResultNoMatch;
    const Pattern match(FcFontMatch(nullptr, pattern.get(), &result), &FcPatternDestroy);
    Font font;
    font.family_ = family;
    FcCharSet* letters = nullptr;
    if (match && FcPatternGetCharSet(match.get(), FC_CHARSET, 0, &letters) == FcResultMatch)
        font.letters_ = std::make_shared<Font::Letters>(letters, scaled_font(family, bold, italic));
    return font;
}

std::u32string letters_of(std::string_view text) {
    std::u32string letters;
    const auto* at = reinterpret_cast<const FcChar8*>(text.data());
    int left = static_cast<int>(text.size());
    while (left > 0) {
        FcChar32 letter = 0xfffd;
        const int used = FcUtf8ToUcs4(at, &letter, left);
        letters += used > 0 ? static_cast<char32_t>(letter) : U'\xfffd';
        at += used > 0 ? used : 1;
        left -= used > 0 ? used : 1;
    }
    return letters;
}

std::string text_of_letter(char32_t letter) {
    FcChar8 bytes[FC_UTF8_MAX_LEN];
    const int size = FcUcs4ToUtf8(static_cast<FcChar32>(letter), bytes);
    return {reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size)};
}

}  // namespace tiendo::papers
