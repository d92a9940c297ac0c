#include "platform/office/legacy_preview.h"

#include <algorithm>
#include <span>

#include "base/text.h"

namespace tiendo::office {
namespace {

constexpr std::size_t most_samples = 8, longest_sample = 120;
constexpr std::int64_t judged_rows = 500;

bool beyond_ascii(const std::string& text) {
    return std::any_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

std::string place_of(const std::string& sheet, int row, int column) {
    return sheet.empty() ? cell_name(column, row) : sheet + "!" + cell_name(column, row);
}

template <class Samples>
void keep(Samples& samples, std::string_view sheet, int row, std::size_t column, const std::string& text) {
    const bool fits = samples.size() < most_samples && text.size() <= longest_sample;
    if (fits &&
        std::none_of(samples.begin(), samples.end(), [&](const auto& sample) { return sample.text == text; }))
        samples.push_back({std::string(sheet), row, static_cast<int>(column), text});
}

}  // namespace

void LegacyWatch::see(const TableRow& row) {
    const std::span<const Cell> cells = row.cells();
    const bool judged = ++rows_ <= judged_rows;
    for (std::size_t column = 0; column < cells.size(); ++column) {
        const Cell& cell = cells[column];
        if (cell.kind != Cell::Kind::text || cell.covered != Cell::Covered::no) continue;
        if (cell.from_legacy_font) {
            if (beyond_ascii(cell.text) && ++by_font_ <= judged_rows)
                keep(font_samples_, row.sheet, row.number, column, cell.text);
        } else if (judged && beyond_ascii(cell.text)) {
            ++high_;
            const LegacyFont told = legacy_by_letters(cell.text);
            if (told == LegacyFont::none) continue;
            ++(told == LegacyFont::vni ? vni_ : tcvn3_);
            keep(letter_samples_, row.sheet, row.number, column, cell.text);
        }
    }
}

// The cells of the font samples, as the file looks when read the other way.
std::vector<LegacyWatch::Seen> LegacyWatch::samples_of_font(const Source& source, LegacyText how) const {
    std::vector<Seen> seen = font_samples_;
    Limits limits;
    limits.legacy = how;
    std::string sheet;
    std::size_t found = 0;
    const auto read = read_sheets(
        source, limits,
        [&](const SheetInfo& info) {
            sheet = info.name;
            const bool asked =
                std::any_of(seen.begin(), seen.end(), [&](const Seen& one) { return one.sheet == sheet; });
            return found == seen.size() ? Next::stop : asked ? Next::row : Next::sheet;
        },
        [&](const SheetRow& row) {
            for (Seen& one : seen) {
                const auto column = static_cast<std::size_t>(one.column);
                if (one.sheet != sheet || one.row != row.number || column >= row.cells.size()) continue;
                one.text = row.cells[column].text;
                ++found;
            }
            return found == seen.size() ? Next::stop : Next::row;
        });
    return read ? seen : font_samples_;
}

std::optional<LegacyFinding> LegacyWatch::finding(const Source& source) const {
    LegacyFinding finding;
    if (by_font_ > 0) {
        const bool left = how_ == LegacyText::as_is;
        finding.told = left ? LegacyText::as_is : how_;
        finding.cells = by_font_;
        const auto other = samples_of_font(source, left ? LegacyText::by_font : LegacyText::as_is);
        for (std::size_t i = 0; i < font_samples_.size(); ++i) {
            const Seen& seen = font_samples_[i];
            finding.samples.push_back({place_of(seen.sheet, seen.row, seen.column),
                                       left ? seen.text : other[i].text, left ? other[i].text : seen.text});
        }
        return finding;
    }
    // A suggestion needs more than a foreign name or two.
    constexpr std::int64_t enough = 3;
    const std::int64_t told = tcvn3_ + vni_;
    if (how_ != LegacyText::by_font || told < enough || told * 2 < high_) return std::nullopt;
    const bool vni = vni_ > tcvn3_;
    finding.told = vni ? LegacyText::vni : LegacyText::tcvn3;
    finding.cells = told;
    for (const Seen& seen : letter_samples_) {
        std::string after = seen.text;
        turn_to_unicode(after, vni ? LegacyFont::vni : LegacyFont::tcvn3);
        finding.samples.push_back({place_of(seen.sheet, seen.row, seen.column), seen.text, after});
    }
    return finding;
}

}  // namespace tiendo::office
