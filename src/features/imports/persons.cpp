// People in workbooks: the words by which they are read.
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
    const std::string ages = job.texts.text(i18n::Language::vi, "person.ages");
    const auto bar = ages.find('|');
    return {{.titles = listed(job.texts, "person.titles"),
             .male_titles = listed(job.texts, "person.titles.male"),
             .female_titles = listed(job.texts, "person.titles.female"),
             .titles_or_names = listed(job.texts, "person.titles.or_names"),
             .family_names = listed(job.texts, "person.family_names"),
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

}  // namespace tiendo::imports
