#include "features/imports/problem_groups.h"

#include <algorithm>

#include "features/imports/imports_presenter.h"

namespace tiendo::imports {

std::vector<ProblemGroup> grouped(std::span<const Rejection> rejections, std::size_t first_of_each) {
    std::vector<ProblemGroup> groups;
    for (const Rejection& rejection : rejections) {
        auto group = std::find_if(groups.begin(), groups.end(), [&](const ProblemGroup& one) {
            return one.message == rejection.problem.message && one.column == rejection.column;
        });
        if (group == groups.end())
            group = groups.insert(groups.end(), {rejection.problem.message, rejection.column, 0, {}});
        ++group->count;
        if (group->first.size() < first_of_each) group->first.push_back(rejection);
    }
    return groups;
}

Value to_value(const ProblemGroup& group, std::string_view kind, const i18n::Texts& texts,
               i18n::Language language) {
    // "<problem>.kind" says it of many rows; where nobody wrote one, the first row speaks for all.
    const std::string title = group.message + ".kind";
    const Rejection& first = group.first.front();
    return Value::object(
        {{"problem", group.message},
         {"field", group.column},
         {"column", heading(texts, language, kind, group.column)},
         {"title", texts.has(language, title) ? texts.text(language, title)
                                              : texts.text(language, group.message, first.problem.arguments)},
         {"expected", texts.text(language, group.message + ".expected", first.problem.arguments)},
         {"count", group.count},
         {"shown", group.first.size()},
         {"more", group.count - static_cast<std::int64_t>(group.first.size())},
         {"has_more", group.count > static_cast<std::int64_t>(group.first.size())},
         {"rejections", list_of(group.first, [&](const Rejection& rejection) {
              return to_value(rejection, kind, texts, language);
          })}});
}

}  // namespace tiendo::imports
