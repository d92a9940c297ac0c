// People in workbooks: the words by which they are read, and what becomes of problems.
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
            job.date_order};
}

void reject(Report& report, const office::TableRow& row, const std::vector<office::CellProblem>& problems) {
    for (const office::CellProblem& problem : problems)
        report.reject({std::string(row.sheet), row.number, problem.field, problem.found, problem.problem,
                       problem.nearest});
}

void take_notes(Report& report, const office::PersonReader& reader) {
    const auto notes = reader.notes();
    report.notes.insert(report.notes.end(), notes.begin(), notes.end());
    report.month_first = reader.is_month_first();
}

}  // namespace tiendo::imports
