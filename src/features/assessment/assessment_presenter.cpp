#include "features/assessment/assessment_presenter.h"

#include <algorithm>

#include "base/percent.h"

namespace tiendo::assessment {
namespace {

// missing, to_moderate, failed or passed
std::string_view state_of(const Component& component, const Attempts& attempts) {
    if (!attempts.empty() && needs_moderation(component, attempts.back())) return "to_moderate";
    const auto mark = counting_mark(component, attempts);
    if (!mark) return "missing";
    return has_passed(component, *mark) ? "passed" : "failed";
}

Value cell_value(const Component& component, const Attempts& attempts) {
    const std::string_view state = state_of(component, attempts);
    return Value::object({{"component", component.code},
                          {"mark", mark_value(counting_mark(component, attempts))},
                          {"attempt", attempts.size() > 1 ? Value(attempts.size()) : Value()},
                          {"state", state},
                          {"remark", state == "passed" ? Value() : Value(state)}});
}

Value band_value(const Band& band, std::int64_t learners, std::int64_t of) {
    const auto share = percent_text(learners, of);
    return Value::object({{"code", band.code},
                          {"name", band.name},
                          {"from_mark", to_text(band.from_mark)},
                          {"passes", band.passes},
                          {"learners", learners},
                          {"share", share ? Value(*share) : Value()}});
}

std::int64_t marked_count(const Component& component, const std::vector<Graded>& learners) {
    return std::count_if(learners.begin(), learners.end(), [&](const Graded& one) {
        return counting_mark(component, one.marked.at(component.id)).has_value();
    });
}

template <class Which>
std::int64_t count(const std::vector<Graded>& learners, Which which) {
    return std::count_if(learners.begin(), learners.end(), which);
}

}  // namespace

Value mark_value(const std::optional<Mark>& mark) { return mark ? Value(to_text(*mark)) : Value(); }

Value component_value(const Component& component) {
    return programmes::to_value(component).set("id", component.id);
}

Value to_value(const Event& event) {
    return Value::object({{"kind", event.kind},
                          {"who", event.who},
                          {"effective_on", event.effective_on},
                          {"document_number", event.document_number},
                          {"recorded_at", event.recorded_at},
                          {"recorded_by", event.recorded_by},
                          {"reason", event.reason}});
}

Value to_value(const Assessment& assessment, const Graded& learner) {
    const Scheme& scheme = assessment.scheme;
    const Result& result = learner.result;
    Value band;
    if (result.band) band = scheme.bands[*result.band].name;
    Value decided;
    if (learner.decided_total)
        decided = Value::object({{"total", mark_value(learner.decided_total)},
                                 {"band", learner.decided_band},
                                 {"passed", learner.decided_pass}});
    return Value::object({{"id", learner.participation},
                          {"full_name", learner.full_name},
                          {"unit", learner.unit_name},
                          {"marks", list_of(scheme.components,
                                            [&](const Component& component) {
                                                return cell_value(component, learner.marked.at(component.id));
                                            })},
                          {"total", mark_value(result.total)},
                          {"band", std::move(band)},
                          {"passed", result.passed},
                          {"decided", std::move(decided)}});
}

Value assessment_value(const Assessment& assessment, const std::vector<Graded>& learners) {
    const Scheme& scheme = assessment.scheme;
    const auto with_total = count(learners, [](const Graded& one) { return one.result.total.has_value(); });
    Value components = list_of(scheme.components, [&](const Component& component) {
        return component_value(component).set("marked", marked_count(component, learners));
    });
    Value bands = Value::list();
    for (std::size_t i = 0; i < scheme.bands.size(); ++i)
        bands.push(band_value(scheme.bands[i],
                              count(learners, [&](const Graded& one) { return one.result.band == i; }),
                              with_total));
    std::int64_t ordinal = 0;
    return Value::object(
        {{"cohort", Value::object({{"id", assessment.cohort.id}, {"code", assessment.cohort.code}})},
         {"programme", assessment.cohort.programme.name},
         {"locked_on", assessment.locked_on},
         {"set_up", !scheme.components.empty()},
         {"components", std::move(components)},
         {"bands", std::move(bands)},
         {"learners",
          list_of(learners,
                  [&](const Graded& one) { return to_value(assessment, one).set("ordinal", ++ordinal); })},
         {"counts",
          Value::object({{"learners", learners.size()},
                         {"with_total", with_total},
                         {"passed", count(learners, [](const Graded& one) { return one.result.passed; })},
                         {"to_moderate", count(learners, [](const Graded& one) {
                              return !one.result.to_moderate.empty();
                          })}})}});
}

std::string_view name_of(const Aim& aim, i18n::Language language) {
    return language == i18n::Language::vi ? aim.name_vi : aim.name_en;
}

Value aims_value(const std::vector<Aim>& aims, const std::vector<Graded>& learners, i18n::Language language) {
    return list_of(aims, [&](const Aim& aim) {
        std::int64_t sum = 0, judged = 0;
        for (const Graded& one : learners)
            if (const auto mark = one.aims.find(aim.code); mark != one.aims.end()) {
                sum += mark->second;
                ++judged;
            }
        std::optional<Mark> mean;
        if (judged > 0) mean = (2 * sum + judged) / (2 * judged);
        return Value::object({{"code", aim.code},
                              {"name", name_of(aim, language)},
                              {"mean", mark_value(mean)},
                              {"judged", judged}});
    });
}

Value scheme_form(const pages::Forms& forms, const Scheme& scheme) {
    const Value fields = programmes::scheme_fields(scheme, [&](const std::string& name, Value value) {
        return forms.field("assessment", name, std::move(value));
    });
    return forms.form("assessment").set("components", fields["components"]).set("bands", fields["bands"]);
}

}  // namespace tiendo::assessment
