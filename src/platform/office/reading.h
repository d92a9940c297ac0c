// What the readers of .xlsx, .ods and .csv share: the bytes, the limits, the row being made.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/outcome.h"
#include "platform/office/sheet.h"

namespace tiendo::office {

// Thrown inside the readers, caught by read_sheets alone and handed on as an Outcome.
struct Refused {
    Refusal refusal;
};
[[noreturn]] void refuse(std::string message, std::vector<std::string> arguments = {});
[[noreturn]] void refuse_damaged(std::string_view part, std::string_view what);
std::string megabytes(std::int64_t bytes);  // "200"

// The bytes of a source at any place, without holding a file in memory.
class Bytes {
 public:
    explicit Bytes(const Source& source);
    Bytes(const Bytes&) = delete;
    ~Bytes();
    std::int64_t size() const { return size_; }
    // Up to `count` bytes from there; fewer only at the end.
    std::string read(std::int64_t at, std::size_t count) const;
    const Source& source() const { return source_; }

 private:
    const Source& source_;
    int file_ = -1;
    std::int64_t size_ = 0;
};

// A rectangle of merged cells, both corners included; columns from 0, rows from 1.
struct MergedRange {
    int first_row = 0, first_column = 0, last_row = 0, last_column = 0;
};

// Makes rows of cells and hands them over, holding to the limits; what lies under merged
// ranges gets the value of the range's first cell.
class Delivery {
 public:
    Delivery(const Limits& limits, const OnSheet& on_sheet, const OnRow& on_row)
        : limits_(limits), on_sheet_(on_sheet), on_row_(on_row) {}

    const Limits& limits() const { return limits_; }

    // Offers a sheet. Ranges are added before the row they begin in is delivered, in the
    // order of their first rows.
    Next begin_sheet(SheetInfo info);
    void add_merged(const MergedRange& range);

    // The cell of the row being made; an empty one is never asked for.
    Cell& cell(int column, int row);
    void check_length(std::size_t bytes, int column, int row) const;
    // Whether anything was put into the row being made.
    bool row_has_cells() const { return !row_.cells.empty(); }
    // Hands over the row made so far, and begins the next one.
    Next deliver(int number, bool hidden);
    // The same row several times over, one below the other.
    Next deliver_repeated(int number, bool hidden, int times);

 private:
    struct Filled {
        MergedRange range;
        Cell first;
    };
    void fill_merged();
    void count_cells(std::int64_t count);

    const Limits& limits_;
    const OnSheet& on_sheet_;
    const OnRow& on_row_;
    SheetInfo sheet_;
    SheetRow row_;
    std::int64_t cells_ = 0;
    std::int64_t merged_count_ = 0;
    std::vector<MergedRange> coming_;  // not yet begun, in reverse of the order they begin in
    bool coming_sorted_ = true;
    std::vector<Filled> active_;
};

// The readers, one per format.
int read_csv(const Bytes& bytes, Delivery& delivery);
class Archive;
int read_xlsx(Archive& archive, Delivery& delivery);
int read_ods(Archive& archive, Delivery& delivery);

}  // namespace tiendo::office
