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

}  // namespace

office::PersonReader person_reader(const Job& job) {
    return {{.titles = listed(job.texts, "person.titles"),
             .male_titles = listed(job.texts, "person.titles.male"),
             .female_titles = listed(job.texts, "person.titles.female"),
             .male = listed(job.texts, "term.sex.male"),
             .female = listed(job.texts, "term.sex.female"),
             .sexes_listed = choices(job.texts, "sex", {"male", "female"}, "").listed},
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
    : tx_(tx), job_(job), report_(report), units_(tx), centre_(organisations::centre(tx).id) {}

organisations::UnitId NamedUnits::called(const std::string& name) {
    if (name.empty()) return centre_;
    const auto met = met_.find(name);
    if (met != met_.end()) return met->second;
    const auto known = units_.find(name);
    return met_.emplace(name, known ? *known : make(name)).first->second;
}

organisations::UnitId NamedUnits::make(const std::string& name) {
    // A file with more new units than that has another column in their place, or is the first
    // of a large centre; either way nobody reads that many notes.
    constexpr int told_of = 200;
    if (++made_ <= told_of) {
        constexpr int worth_a_look = 80;  // below it two names only share words such as "Đảng bộ Bộ"
        std::string similar = units_.nearest_to(name);
        if (likeness(name, similar) < worth_a_look) similar.clear();
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
