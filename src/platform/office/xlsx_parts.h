// What stands beside the sheets of an .xlsx: the list of them, styles, shared strings.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "platform/office/legacy_font.h"
#include "platform/office/number_format.h"
#include "platform/office/xml.h"

namespace tiendo::office {

struct WorkbookSheet {
    std::string name;
    std::string part;  // "xl/worksheets/sheet1.xml"
    bool hidden = false;
};

struct Workbook {
    std::vector<WorkbookSheet> sheets;  // worksheets only, in the order of the tabs
    Epoch epoch = Epoch::from_1900;
    std::string styles_part, shared_strings_part;  // empty: none
};
Workbook read_workbook(Archive& archive);

struct CellStyle {
    NumberFormat format;
    LegacyFont font = LegacyFont::none;
};
// By the index that cells carry in s="".
std::vector<CellStyle> read_styles(Archive& archive, const std::string& part);

// All texts that cells share, one after the other in one block.
class SharedStrings {
 public:
    void read(Archive& archive, const std::string& part, std::int64_t most_bytes, LegacyText legacy);
    std::size_t size() const { return ends_.size(); }
    std::string_view operator[](std::size_t index) const {
        const std::size_t begin = index == 0 ? 0 : ends_[index - 1];
        return std::string_view(text_).substr(begin, ends_[index] - begin);
    }
    // Whether some of its text had a legacy font of its own, and has been turned already.
    bool was_legacy(std::size_t index) const;

 private:
    friend class SharedStringsHandler;
    std::string text_;
    std::vector<std::uint32_t> ends_;
    std::vector<std::uint32_t> legacy_;  // ascending
};

// The text of an <si> or <is>: runs joined, phonetic hints left out, _x000D_ decoded.
class RichText {
 public:
    explicit RichText(LegacyText legacy) : legacy_(legacy) {}
    void begin();
    void open(std::string_view name, const Attributes& attributes);
    void close(std::string_view name);
    void text(std::string_view piece);
    bool was_legacy() const { return was_legacy_; }
    std::string& result() { return result_; }
    std::size_t length() const { return result_.size() + run_.size(); }

 private:
    void end_run();
    std::string result_, run_;
    LegacyFont run_font_ = LegacyFont::none;
    LegacyText legacy_;
    bool in_text_ = false, was_legacy_ = false;
    int phonetic_ = 0;
};

}  // namespace tiendo::office
