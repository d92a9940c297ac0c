// What of a file was written in fonts from before Unicode, or looks as if it was: shown before
// anything is recorded.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "platform/office/table.h"

namespace tiendo::office {

struct LegacyFinding {
    // by_font: the font said it, and the text was turned. tcvn3, vni: only the letters look like
    // it, and nothing was turned. as_is: the font said it, and it was left by somebody's choice.
    LegacyText told = LegacyText::by_font;
    std::int64_t cells = 0;
    struct Sample {
        std::string place;  // "Danh sách!C7"
        std::string before, after;
    };
    std::vector<Sample> samples;  // the first few, each text once
};

// Watches the rows of a file while they are read.
class LegacyWatch {
 public:
    explicit LegacyWatch(LegacyText how) : how_(how) {}
    void see(const TableRow& row);
    // After the last row. Reads the top of the file once more, for how it would look otherwise,
    // when a font said anything.
    std::optional<LegacyFinding> finding(const Source& source) const;

 private:
    struct Seen {
        std::string sheet;
        int row = 0, column = 0;
        std::string text;
    };
    std::vector<Seen> samples_of_font(const Source& source, LegacyText how) const;

    LegacyText how_;
    std::int64_t by_font_ = 0, letters_ = 0, high_ = 0, tcvn3_ = 0, vni_ = 0, rows_ = 0;
    std::vector<Seen> font_samples_, letter_samples_;
};

}  // namespace tiendo::office
