// The units that lists of people name, or do not.
#include <algorithm>

#include "base/text.h"
#include "features/imports/imports.h"

namespace tiendo::imports {
namespace {

// What tells units of one name apart: the 2 of "Chi bộ 2", the B of "Khối B", the III of "Vụ III".
std::string designation(std::string_view name) {
    const std::string folded = fold(name);
    std::string found;
    for (const std::string_view word : split(folded, ' '))
        if (word.size() == 1 || word.find_first_of("0123456789") != std::string_view::npos ||
            word.find_first_not_of("ivxlc") == std::string_view::npos)
            found += std::string(word) + " ";
    return found;
}

// With their marks: "Trường" is a school, "Trưởng" a head.
std::vector<std::string> beginnings_of_units(const i18n::Texts& texts) {
    std::vector<std::string> words;
    for (const i18n::Language language : i18n::languages) {
        const std::string listed = texts.text(language, "import.units_begin_with");
        for (const std::string_view piece : split(listed, '|')) words.push_back(lower(clean(piece)));
    }
    return words;
}

bool is_ordinal(std::string_view word) {
    const auto only = [&](std::string_view letters) {
        return word.find_first_not_of(letters) == std::string_view::npos;
    };
    return !word.empty() && (only("0123456789.") || only("IVXLC") || word.size() == 1);
}

// "I. Sở Nội vụ", "2) Sở Nội vụ", "B - Sở Nội vụ" without what counts the headings.
std::string_view without_ordinal(std::string_view heading) {
    const std::size_t end = heading.find(' ');
    if (end == std::string_view::npos) return heading;
    const std::string_view first = heading.substr(0, end);
    const std::size_t last = first.find_last_not_of(".):/-");
    if (last == std::string_view::npos || !is_ordinal(first.substr(0, last + 1))) return heading;
    std::string_view rest = heading.substr(end + 1);
    const bool is_parted = last + 1 < first.size();
    if (!is_parted && !rest.starts_with("- ") && !rest.starts_with("– ")) return heading;
    const std::size_t name = rest.find_first_not_of("-– ");
    return name == std::string_view::npos ? heading : rest.substr(name);
}

}  // namespace

NamedUnits::NamedUnits(db::Write& tx, const Job& job, Report& report)
    : tx_(tx),
      job_(job),
      report_(report),
      units_(tx),
      centre_(organisations::centre(tx)),
      sender_(job.options.sender == 0 ? std::nullopt
                                      : std::optional(organisations::UnitId{job.options.sender})),
      beginnings_(beginnings_of_units(job.texts)),
      are_slips_refused_(units_.several() && !job.options.new_units) {}

NamedUnit NamedUnits::of(JudgedRow& row, const std::string& field, const std::string& name,
                         const std::string& who) {
    if (!name.empty()) return {called(name, row, field), true};
    const std::string number = std::to_string(row.cells().number);
    if (const std::string& heading = unit_in(row.cells().section); !heading.empty()) {
        const NamedUnit found{called(heading, row, field), true};
        auto told = std::find_if(by_heading_.begin(), by_heading_.end(),
                                 [&](const auto& one) { return one.first == heading; });
        if (told == by_heading_.end()) told = by_heading_.insert(told, {heading, {}});
        if (row.is_good()) tally(told->second, number);
        return found;
    }
    tally(unnamed_, who + " (" + number + ")");
    return {sender_.value_or(centre_.id), false};
}

void NamedUnits::tally(Tally& tally, const std::string& one) {
    constexpr int listed = 10;
    ++tally.count;
    if (tally.count <= listed) tally.first += (tally.count == 1 ? "" : ", ") + one;
    if (tally.count == listed + 1) tally.first += " …";
}

void NamedUnits::take_notes() {
    for (const auto& [unit, rows] : by_heading_)
        if (rows.count > 0)
            report_.notes.push_back(
                {"", "roster.unit_of_heading", {std::to_string(rows.count), unit, rows.first}});
    if (unnamed_.count > 0)
        report_.notes.push_back({"",
                                 sender_ ? "roster.unit_of_sender" : "roster.unit_of_nobody",
                                 {std::to_string(unnamed_.count),
                                  sender_ ? job_.options.sender_name : centre_.name, unnamed_.first}});
}

// The unit that a heading row names: one that is known, or what begins as names of units do. A heading
// such as "Tổ 1" or "Nam" names none.
const std::string& NamedUnits::unit_in(std::string_view heading) {
    const auto met = headings_.find(std::string(heading));
    if (met != headings_.end()) return met->second;
    const std::string name = clean(without_ordinal(heading)), small = lower(name);
    const bool begins_as_units =
        std::any_of(beginnings_.begin(), beginnings_.end(), [&](const std::string& one) {
            return small.size() > one.size() && small.starts_with(one) && small[one.size()] == ' ';
        });
    const bool is_unit = !name.empty() && (begins_as_units || units_.find(name));
    return headings_.emplace(heading, is_unit ? name : "").first->second;
}

organisations::UnitId NamedUnits::called(const std::string& name, JudgedRow& row, const std::string& field) {
    const auto met = met_.find(name);
    if (met != met_.end()) return met->second;
    const auto known = units_.find(name);
    if (!known && are_slips_refused_)
        if (const std::string& similar = like(name); !similar.empty()) {
            row.reject(field, "import.unit_nearly_known", name, similar, {name, similar});
            return centre_.id;
        }
    return met_.emplace(name, known ? *known : make(name)).first->second;
}

// The unit whose name this one nearly is; empty when there is none. "Chi bộ 1" is not nearly "Chi bộ 2".
const std::string& NamedUnits::like(const std::string& name) {
    const auto met = like_.find(name);
    if (met != like_.end()) return met->second;
    constexpr int worth_a_look = 80;  // below it two names only share words such as "Đảng bộ Bộ"
    std::string similar = units_.nearest_to(name);
    if (likeness(name, similar) < worth_a_look || designation(name) != designation(similar)) similar.clear();
    return like_.emplace(name, std::move(similar)).first->second;
}

organisations::UnitId NamedUnits::make(const std::string& name) {
    // A file with more new units than that has another column in their place, or is the first
    // of a large centre; either way nobody reads that many notes.
    constexpr int told_of = 200;
    if (++made_ <= told_of) {
        const std::string& similar = like(name);
        if (!similar.empty())
            report_.notes.push_back({"", "roster.unit_made_near", {name, similar}});
        else if (sender_)
            report_.notes.push_back({"", "roster.unit_made_below", {name, job_.options.sender_name}});
        else
            report_.notes.push_back({"", "roster.unit_made", {name}});
    } else {
        if (made_ == told_of + 1) {
            more_ = report_.notes.size();
            report_.notes.push_back({"", "roster.units_made_more", {}});
        }
        report_.notes[more_].arguments = {std::to_string(made_ - told_of)};
    }
    return units_.find_or_make(tx_, name, job_.at, sender_);
}

}  // namespace tiendo::imports
