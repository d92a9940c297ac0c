#include <algorithm>
#include <array>

#include "features/cohorts/cohorts.h"

namespace tiendo::cohorts {
namespace {

constexpr std::array state_names{
    std::string_view{"proposed"},      std::string_view{"decided"},  std::string_view{"convening"},
    std::string_view{"roster_locked"}, std::string_view{"running"},  std::string_view{"assessed"},
    std::string_view{"closed"},        std::string_view{"filed"},    std::string_view{"postponed"},
    std::string_view{"merged"},        std::string_view{"cancelled"}};

std::function<ProgressById(db::Read&, std::span<const CohortId>)>& teller() {
    static std::function<ProgressById(db::Read&, std::span<const CohortId>)> tell;
    return tell;
}

Evidence& evidence() {
    static Evidence missing;
    return missing;
}

bool is_by(const std::optional<Date>& reached_on, Date day) { return reached_on && *reached_on <= day; }

// A call or a locked roster that came after the postponement: it is on its way again.
bool is_postponed(const Facts& facts, const Progress& progress, Date day) {
    if (!is_by(facts.postponed_on, day)) return false;
    const auto came_after = [&](const std::optional<Date>& reached_on) {
        return is_by(reached_on, day) && *reached_on > *facts.postponed_on;
    };
    return !came_after(progress.called_on) && !came_after(progress.locked_on);
}

}  // namespace

std::string_view to_text(State state) { return state_names[static_cast<std::size_t>(state)]; }

std::optional<State> parse_state(std::string_view text) {
    for (std::size_t i = 0; i < state_names.size(); ++i)
        if (state_names[i] == text) return static_cast<State>(i);
    return std::nullopt;
}

void learn_of_progress(std::function<ProgressById(db::Read&, std::span<const CohortId>)> tell) {
    teller() = std::move(tell);
}

ProgressById progress_of(db::Read& tx, std::span<const CohortId> cohorts) {
    return teller() && !cohorts.empty() ? teller()(tx, cohorts) : ProgressById{};
}

Progress progress_of(db::Read& tx, CohortId cohort) { return progress_of(tx, {&cohort, 1})[cohort]; }

State state_on(const Cohort& cohort, const Progress& progress, Date day) {
    const Facts& facts = cohort.facts;
    if (is_by(facts.cancelled_on, day)) return facts.merged_into ? State::merged : State::cancelled;
    if (is_by(facts.filed_on, day)) return State::filed;
    if (is_by(facts.closed_on, day)) return State::closed;
    if (is_by(facts.opened_on, day))
        return is_by(progress.assessed_on, day) ? State::assessed : State::running;
    if (is_postponed(facts, progress, day)) return State::postponed;
    if (is_by(progress.locked_on, day)) return State::roster_locked;
    if (is_by(progress.called_on, day)) return State::convening;
    return is_by(facts.decided_on, day) ? State::decided : State::proposed;
}

std::string_view state_on(const Cohort& cohort, Date day) { return to_text(state_on(cohort, {}, day)); }

std::vector<Step> way_of(const Cohort& cohort, const Progress& progress, Date day) {
    const Facts& facts = cohort.facts;
    const State now = state_on(cohort, progress, day);
    std::vector<Step> way{{State::proposed, std::nullopt},        {State::decided, facts.decided_on},
                          {State::convening, progress.called_on}, {State::roster_locked, progress.locked_on},
                          {State::running, facts.opened_on},      {State::assessed, progress.assessed_on},
                          {State::closed, facts.closed_on},       {State::filed, facts.filed_on}};
    for (Step& step : way) {
        step.reached = step.state == State::proposed || is_by(step.reached_on, day);
        if (!step.reached) step.reached_on.reset();
        step.current = step.state == now;
    }
    return way;
}

std::string_view Size::verdict() const {
    if (minimum && people < *minimum) return "too_few";
    if (maximum && people > *maximum) return "too_many";
    return minimum || maximum ? "enough" : "no_rule";
}

Size size_of(db::Read& tx, const Cohort& cohort, const Progress& progress, Date today) {
    const auto planned =
        cohort.planned_opens_on ? std::optional(cohort.planned_opens_on->date) : std::nullopt;
    const Date day = cohort.facts.opened_on.value_or(planned.value_or(today));
    Size size{.minimum = {},
              .target = {},
              .maximum = {},
              .people = progress.enrolled > 0 ? progress.enrolled : progress.admitted};
    if (const auto version = programmes::version_on(tx, cohort.programme.id, day)) {
        size.minimum = version->minimum_size;
        size.target = version->target_size;
        size.maximum = version->maximum_size;
    }
    return size;
}

void ask_for_evidence(Evidence missing) { evidence() = std::move(missing); }

std::vector<std::string> missing_evidence(db::Read& tx, const Cohort& cohort, Due due, const Asking& asking) {
    return evidence() ? evidence()(tx, cohort, due, asking) : std::vector<std::string>{};
}

}  // namespace tiendo::cohorts
