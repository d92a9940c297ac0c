// What pages and JSON say of an assessment; private to this feature.
#pragma once
#include "features/assessment/assessment_store.h"
#include "platform/pages/forms.h"
#include "platform/web/web.h"

namespace tiendo::assessment {

// A mark with a decimal point, for {{#number}}; null when there is none.
Value mark_value(const std::optional<Mark>& mark);
// What the programme tells of a component, and the id of the cohort's own.
Value component_value(const Component& component);
Value to_value(const Event& event);
// One learner's row: a cell for each component, the total and the band as they are now and, once decided,
// as the decision says.
Value to_value(const Assessment& assessment, const Graded& learner);
// {"cohort", "programme", "locked_on", "components", "bands", "learners", "counts"}
Value assessment_value(const Assessment& assessment, const std::vector<Graded>& learners);
// The mean of each aim over who was judged: [{"code", "name", "mean", "judged"}].
Value aims_value(const std::vector<Aim>& aims, const std::vector<Graded>& learners, i18n::Language language);
std::string_view name_of(const Aim& aim, i18n::Language language);

// The rows of the form of a scheme, as it is or as it was just sent, with some that are empty.
Value scheme_form(const pages::Forms& forms, const Scheme& scheme);

}  // namespace tiendo::assessment
