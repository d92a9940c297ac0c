#include "features/imports/imports.h"

namespace tiendo::imports {

void JudgedRow::begin(const office::TableRow& row) {
    row_ = &row;
    is_good_ = true;
}

std::string JudgedRow::text(const std::string& field) {
    auto found = text_refusing_errors(report_, *row_, field);
    if (!found) is_good_ = false;
    return found.value_or("");
}

std::string JudgedRow::term(const std::string& field, std::string_view set,
                            std::initializer_list<std::string_view> values) {
    const std::string written = text(field);
    if (written.empty()) return "";
    std::string& value = terms_[field + "/" + written];
    if (value.empty()) value = imports::term(job_.texts, set, values, written);
    if (!value.empty()) return value;
    const Choices right = choices(job_.texts, set, values, written);
    reject(field, "import.not_a_choice", written, right.nearest, {written, right.listed});
    return "";
}

void JudgedRow::reject(const std::string& field, std::string message, const std::string& found,
                       const std::string& nearest, std::vector<std::string> arguments) {
    is_good_ = false;
    if (arguments.empty()) arguments = {found};
    report_.reject({std::string(row_->sheet),
                    row_->number,
                    field,
                    found,
                    {field, std::move(message), std::move(arguments)},
                    nearest});
}

void JudgedRow::reject(const std::vector<office::CellProblem>& problems) {
    is_good_ = is_good_ && problems.empty();
    for (const office::CellProblem& problem : problems)
        report_.reject({std::string(row_->sheet), row_->number, problem.field, problem.found, problem.problem,
                        problem.nearest});
}

}  // namespace tiendo::imports
