// What only the whole list shows: in which order its dates are written, and what was put right.
#include <algorithm>
#include <set>

#include "platform/office/person_cells.h"

namespace tiendo::office {
namespace {

bool is_error(const Cell& cell, const std::string& text) {
    // A .csv keeps an error as its text.
    static const std::set<std::string, std::less<>> errors{"#N/A",   "#REF!",  "#VALUE!", "#DIV/0!",
                                                           "#NAME?", "#NULL!", "#NUM!"};
    return cell.kind == Cell::Kind::error || (text.starts_with('#') && errors.contains(text));
}

// A day before a month, for certain: 15/3/1985.
bool says_day_first(std::string_view text, const DateGuess& guess) {
    if (guess.ambiguous || guess.month_first || guess.precision != Precision::day) return false;
    const std::size_t end = text.find_first_not_of("0123456789");
    constexpr int months = 12;
    return guess.date.day() > months && (end == 1 || end == 2) && end + 1 < text.size() &&
           std::string_view("/.-").find(text[end]) != std::string_view::npos && text[end + 1] >= '0' &&
           text[end + 1] <= '9';
}

}  // namespace

bool PersonReader::text_of(const TableRow& row, std::string_view field, std::string& text,
                           std::vector<CellProblem>& problems) const {
    const Cell& cell = row[field];
    if (cell.empty()) return false;
    text = row.text(field);
    if (!is_error(cell, text)) return !text.empty();
    const std::string name(field);
    problems.push_back({name, cell.text, {name, "import.cell_error", {cell.text}}, ""});
    return false;
}

std::optional<DateGuess> PersonReader::date(const TableRow& row, std::string_view field,
                                            std::vector<CellProblem>& problems) {
    std::string written;
    if (!text_of(row, field, written, problems)) return std::nullopt;
    const Cell& cell = row[field];
    auto guess = date_of(cell);
    if (!guess) {
        const std::string name(field);
        problems.push_back({name, written, {name, "import.no_date", {written}}, ""});
        return std::nullopt;
    }
    weigh(row, field, cell, *guess);
    if (guess->ambiguous && order_ == DateOrder::month_first)
        guess->date = *Date::of(guess->date.year(), guess->date.day(), guess->date.month());
    return guess;
}

void PersonReader::weigh(const TableRow& row, std::string_view field, const Cell& cell,
                         const DateGuess& guess) {
    if (guess.ambiguous) note(Note::ambiguous_dates, row);
    if (guess.month_first) note(Note::month_first, row);
    const bool day_first = cell.kind == Cell::Kind::text && says_day_first(cell.text, guess);
    if (day_first) ++day_first_;
    if (cell.kind != Cell::Kind::date && !day_first) return;
    auto stored = stored_.find(field);
    if (stored == stored_.end()) stored = stored_.emplace(std::string(field), Stored{}).first;
    constexpr int months = 12;
    if (day_first) {
        ++stored->second.texts_with_large_days;
    } else if (guess.date.day() > months) {
        ++stored->second.large_days;
    } else if (guess.date.day() != guess.date.month() && guess.precision == Precision::day) {
        ++stored->second.small_days;
        note(Note::swapped_dates, row);
    }
}

void PersonReader::note(Note kind, const TableRow& row) {
    constexpr std::int64_t named = 5;
    Tally& tally = tallies_[static_cast<std::size_t>(kind)];
    if (++tally.count <= named)
        tally.first_rows += (tally.count == 1 ? "" : ", ") + std::to_string(row.number);
    else if (tally.count == named + 1)
        tally.first_rows += " …";
}

bool PersonReader::is_month_first() const {
    const auto count = [&](Note kind) { return tallies_[static_cast<std::size_t>(kind)].count; };
    return day_first_ == 0 && count(Note::month_first) > 0 && count(Note::ambiguous_dates) > 0;
}

std::vector<Refusal> PersonReader::notes() const {
    std::vector<Refusal> notes;
    const auto tally = [&](Note kind) -> const Tally& { return tallies_[static_cast<std::size_t>(kind)]; };
    const auto tell = [&](Note kind, const char* message) {
        if (tally(kind).count > 0)
            notes.push_back({"", message, {std::to_string(tally(kind).count), tally(kind).first_rows}});
    };
    tell(Note::zeros_put_back, "person.note.zeros_put_back");
    tell(Note::id_doubtful, "person.note.id_doubtful");
    tell(Note::phone_zeros, "person.note.phone_zeros");
    tell(Note::age_unlikely, "person.note.age_unlikely");
    if (order_ == DateOrder::month_first)
        tell(Note::ambiguous_dates, "person.note.read_month_first");
    else if (day_first_ == 0)
        tell(Note::ambiguous_dates, "person.note.ambiguous_dates");
    tell(Note::month_first, "person.note.month_first");
    // Excel set to American takes 3/4 for the 4th of March and leaves 15/4 as a text.
    const bool swapped = std::any_of(stored_.begin(), stored_.end(), [](const auto& entry) {
        const Stored& stored = entry.second;
        return stored.texts_with_large_days > 0 && stored.large_days == 0 && stored.small_days > 0;
    });
    if (swapped) tell(Note::swapped_dates, "person.note.swapped_dates");
    tell(Note::beside_name, "person.note.beside_name");
    tell(Note::name_or_title, "person.note.name_or_title");
    return notes;
}

}  // namespace tiendo::office
