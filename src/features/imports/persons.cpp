// People in workbooks: the words by which they are read, and the units they are of.
#include "base/text.h"
#include "features/imports/imports.h"

namespace tiendo::imports {
namespace {

std::vector<std::string> listed(const i18n::Texts& texts, const std::string& key) {
    std::vector<std::string> words;
    for (const i18n::Language language : i18n::languages) {
        const std::string text = texts.text(language, key);
        for (const std::string_view piece : split(text, '|')) words.push_back(clean(piece));
    }
    return words;
}

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

}  // namespace

office::PersonReader person_reader(const Job& job) {
    const std::string ages = job.texts.text(i18n::Language::vi, "person.ages");
    const auto bar = ages.find('|');
    return {{.titles = listed(job.texts, "person.titles"),
             .male_titles = listed(job.texts, "person.titles.male"),
             .female_titles = listed(job.texts, "person.titles.female"),
             .male = listed(job.texts, "term.sex.male"),
             .female = listed(job.texts, "term.sex.female"),
             .sexes_listed = choices(job.texts, "sex", {"male", "female"}, "").listed,
             .youngest = static_cast<int>(read_count(ages.substr(0, bar)).value_or(0)),
             .oldest = static_cast<int>(read_count(ages.substr(bar + 1)).value_or(200))},
            job.today,
            job.date_order,
            job.options.ids_confirmed ? office::OddIds::confirmed : office::OddIds::refused};
}

void take_notes(Report& report, const office::PersonReader& reader) {
    const auto notes = reader.notes();
    report.notes.insert(report.notes.end(), notes.begin(), notes.end());
    report.month_first = reader.is_month_first();
}

NamedUnits::NamedUnits(db::Write& tx, const Job& job, Report& report)
    : tx_(tx),
      job_(job),
      report_(report),
      units_(tx),
      centre_(organisations::centre(tx).id),
      are_slips_refused_(units_.several() && !job.options.new_units) {}

organisations::UnitId NamedUnits::called(const std::string& name, JudgedRow& row, const std::string& field) {
    if (name.empty()) return centre_;
    const auto met = met_.find(name);
    if (met != met_.end()) return met->second;
    const auto known = units_.find(name);
    if (!known && are_slips_refused_)
        if (const std::string& similar = like(name); !similar.empty()) {
            row.reject(field, "import.unit_nearly_known", name, similar, {name, similar});
            return centre_;
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
        report_.notes.push_back(
            {"", similar.empty() ? "roster.unit_made" : "roster.unit_made_near", {name, similar}});
    } else {
        if (made_ == told_of + 1) {
            more_ = report_.notes.size();
            report_.notes.push_back({"", "roster.units_made_more", {}});
        }
        report_.notes[more_].arguments = {std::to_string(made_ - told_of)};
    }
    return units_.find_or_make(tx_, name, job_.at);
}

}  // namespace tiendo::imports
