#include "platform/office/reading.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace tiendo::office {

void refuse(std::string message, std::vector<std::string> arguments) {
    throw Refused{{"", std::move(message), std::move(arguments)}};
}

void refuse_damaged(std::string_view part, std::string_view what) {
    refuse("office.damaged", {std::string(part), std::string(what)});
}

std::string megabytes(std::int64_t bytes) { return std::to_string((bytes + 999'999) / 1'000'000); }

Bytes::Bytes(const Source& source) : source_(source), size_(static_cast<std::int64_t>(source.bytes.size())) {
    if (source.path.empty()) return;
    file_ = ::open(source.path.c_str(), O_RDONLY | O_CLOEXEC);
    struct stat status {};
    if (file_ < 0 || ::fstat(file_, &status) != 0) {
        const std::error_code error(errno, std::generic_category());
        if (file_ >= 0) ::close(file_);
        throw std::system_error(error, source.path);
    }
    size_ = status.st_size;
}

Bytes::~Bytes() {
    if (file_ >= 0) ::close(file_);
}

std::string Bytes::read(std::int64_t at, std::size_t count) const {
    if (at < 0 || at >= size_) return {};
    count = static_cast<std::size_t>(std::min<std::int64_t>(static_cast<std::int64_t>(count), size_ - at));
    if (file_ < 0) return std::string(source_.bytes.substr(static_cast<std::size_t>(at), count));
    std::string result(count, '\0');
    std::size_t got = 0;
    while (got < count) {
        const ssize_t n =
            ::pread(file_, result.data() + got, count - got, at + static_cast<std::int64_t>(got));
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) throw std::system_error(errno, std::generic_category(), source_.path);
        if (n == 0) break;  // somebody shortened the file under us
        got += static_cast<std::size_t>(n);
    }
    result.resize(got);
    return result;
}

Next Delivery::begin_sheet(SheetInfo info) {
    sheet_ = std::move(info);
    row_.cells.clear();
    coming_.clear();
    coming_sorted_ = true;
    active_.clear();
    return on_sheet_(sheet_);
}

void Delivery::add_merged(const MergedRange& range) {
    if (++merged_count_ > limits_.merged_ranges)
        refuse("office.too_many_merged", {std::to_string(limits_.merged_ranges)});
    coming_.push_back(range);
    coming_sorted_ = false;
}

void Delivery::count_cells(std::int64_t count) {
    cells_ += count;
    if (cells_ > limits_.cells) refuse("office.too_many_cells", {std::to_string(limits_.cells)});
}

Cell& Delivery::cell(int column, int row) {
    if (column >= limits_.columns)
        refuse("office.too_wide", {sheet_.name, cell_name(column, row), std::to_string(limits_.columns)});
    count_cells(1);
    const auto index = static_cast<std::size_t>(column);
    if (row_.cells.size() <= index) row_.cells.resize(index + 1);
    row_.cells[index] = Cell{};
    return row_.cells[index];
}

void Delivery::check_length(std::size_t bytes, int column, int row) const {
    if (static_cast<std::int64_t>(bytes) > limits_.cell_bytes)
        refuse("office.cell_too_long", {sheet_.name, cell_name(column, row)});
}

void Delivery::fill_merged() {
    std::erase_if(active_, [&](const Filled& filled) { return filled.range.last_row < row_.number; });
    if (!coming_sorted_) {
        std::stable_sort(coming_.begin(), coming_.end(), [](const MergedRange& a, const MergedRange& b) {
            return a.first_row > b.first_row;
        });
        coming_sorted_ = true;
    }
    while (!coming_.empty() && coming_.back().first_row <= row_.number) {
        const MergedRange range = coming_.back();
        coming_.pop_back();
        if (range.last_row < row_.number) continue;
        // A range whose first row was empty, and so never came, has nothing to fill in.
        const auto first = static_cast<std::size_t>(range.first_column);
        const bool value = range.first_row == row_.number && first < row_.cells.size();
        active_.push_back({range, value ? row_.cells[first] : Cell{}});
    }
    for (const Filled& filled : active_) {
        const MergedRange& range = filled.range;
        const int last = std::min(range.last_column, limits_.columns - 1);
        if (range.first_column > last) continue;
        const auto width = static_cast<std::size_t>(last) + 1;
        count_cells(last - range.first_column + 1);
        if (row_.cells.size() < width && !filled.first.empty()) row_.cells.resize(width);
        for (int column = range.first_column; column <= last; ++column) {
            if (column == range.first_column && range.first_row == row_.number) continue;
            if (static_cast<std::size_t>(column) >= row_.cells.size()) break;
            Cell& covered = row_.cells[static_cast<std::size_t>(column)];
            covered = filled.first;
            if (covered.empty()) continue;
            covered.covered =
                column == range.first_column ? Cell::Covered::from_above : Cell::Covered::from_left;
        }
    }
}

Next Delivery::deliver(int number, bool hidden) {
    row_.number = number;
    row_.hidden = hidden;
    const bool has_cells = row_has_cells();
    if (has_cells || !coming_.empty() || !active_.empty()) fill_merged();
    Next next = Next::row;
    // Filling may have emptied what lay under a range.
    while (!row_.cells.empty() && row_.cells.back().empty()) row_.cells.pop_back();
    if (has_cells && !row_.cells.empty()) next = on_row_(row_);
    row_.cells.clear();
    return next;
}

Next Delivery::deliver_repeated(int number, bool hidden, int times) {
    if (times == 1 || !row_has_cells()) return deliver(number, hidden);
    const std::vector<Cell> cells = row_.cells;
    for (int i = 0; i < times; ++i) {
        row_.cells = cells;
        count_cells(static_cast<std::int64_t>(cells.size()));
        if (const Next next = deliver(number + i, hidden); next != Next::row) return next;
    }
    return Next::row;
}

}  // namespace tiendo::office
