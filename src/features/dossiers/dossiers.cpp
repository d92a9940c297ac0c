// Who stands for a cohort, its groups and its costs.
#include "features/dossiers/dossiers.h"

#include <algorithm>
#include <array>

#include "features/dossiers/dossiers_store.h"

namespace tiendo::dossiers {
namespace {

constexpr std::array body_names{std::string_view{"board"}, std::string_view{"class_manager"},
                                std::string_view{"committee"}};
constexpr std::int64_t most_groups = 50;
constexpr std::int64_t most_dong = 1'000'000'000'000;  // a slip of the finger, not a class

void write_assignments(db::Write& tx, const web::Actor& actor, const cohorts::Cohort& cohort,
                       const std::vector<Grouped>& learners, const cohorts::Act& act) {
    write_groups(tx, cohort.id, learners);
    Value where = list_of(learners, [](const Grouped& one) {
        return Value::object({{"learner", one.learner}, {"group", one.group}});
    });
    insert_event(tx, actor, cohort,
                 {.kind = "grouped", .said = Value::object({{"learners", std::move(where)}})}, act);
}

}  // namespace

std::string_view to_text(Body body) { return body_names[static_cast<std::size_t>(body)]; }

std::optional<Body> parse_body(std::string_view text) {
    for (std::size_t i = 0; i < body_names.size(); ++i)
        if (body_names[i] == text) return static_cast<Body>(i);
    return std::nullopt;
}

std::string_view to_text(Stage stage) { return stage == Stage::spent ? "spent" : "planned"; }

cohorts::Cohort require_cohort(db::Read& tx, const web::Actor& actor, cohorts::CohortId id) {
    cohorts::Cohort cohort = cohorts::require(tx, actor, id);
    if (!organisations::may(tx, actor, see_dossiers, cohort.organiser_unit)) throw web::NotFound{};
    return cohort;
}

cohorts::Cohort require_to_change(db::Write& tx, const web::Actor& actor, cohorts::CohortId id) {
    const cohorts::Cohort cohort = cohorts::require(tx, actor, id);
    if (!organisations::may(tx, actor, change_dossiers, cohort.organiser_unit)) throw web::Forbidden{};
    tx.lock("cohort", id.value);
    return cohorts::require(tx, actor, id);
}

Outcome<Done> seat(db::Write& tx, const web::Actor& actor, const cohorts::Cohort& cohort, Seat seat,
                   const cohorts::Act& act) {
    if (seat.body == Body::committee) {
        const auto learners = groups_of(tx, cohort.id);
        const auto is_it = [&](const Grouped& one) { return seat.learner == one.learner; };
        const auto found = std::find_if(learners.begin(), learners.end(), is_it);
        if (found == learners.end()) return Refusal{"learner", "dossier.no_learner", {cohort.code}};
        seat.name = found->full_name;
    } else {
        seat.learner.reset();
        if (seat.name.empty()) return Refusal{"name", "form.required", {}};
    }
    if (seat.body == Body::class_manager)
        for (const Seat& other : seats_of(tx, cohort.id))
            if (other.body == Body::class_manager)
                return Refusal{"name", "dossier.has_class_manager", {other.name}};
    seat.id = next_id();
    insert_seat(tx, cohort.id, seat);
    insert_event(
        tx, actor, cohort,
        {.kind = "seated",
         .said = Value::object({{"body", to_text(seat.body)}, {"name", seat.name}, {"duty", seat.duty}})},
        act);
    return Done{};
}

Outcome<Done> unseat(db::Write& tx, const web::Actor& actor, const cohorts::Cohort& cohort, std::int64_t seat,
                     const cohorts::Act& act) {
    for (const Seat& one : seats_of(tx, cohort.id)) {
        if (one.id != seat) continue;
        delete_seat(tx, cohort.id, seat);
        insert_event(
            tx, actor, cohort,
            {.kind = "unseated",
             .said = Value::object({{"body", to_text(one.body)}, {"name", one.name}, {"duty", one.duty}})},
            act);
        return Done{};
    }
    throw web::NotFound{};
}

Outcome<Done> assign(db::Write& tx, const web::Actor& actor, const cohorts::Cohort& cohort,
                     std::span<const Assignment> assignments, const cohorts::Act& act) {
    auto learners = groups_of(tx, cohort.id);
    Refusals refusals;
    for (const Assignment& wanted : assignments) {
        if (wanted.group > most_groups)
            refusals.push_back({"group-" + to_text(wanted.learner),
                                "dossier.too_many_groups",
                                {std::to_string(wanted.group), std::to_string(most_groups)}});
        for (Grouped& one : learners)
            if (one.learner == wanted.learner) one.group = wanted.group;
    }
    if (!refusals.empty()) return refusals;
    write_assignments(tx, actor, cohort, learners, act);
    return Done{};
}

Outcome<Done> divide(db::Write& tx, const web::Actor& actor, const cohorts::Cohort& cohort,
                     std::int64_t groups, const cohorts::Act& act) {
    auto learners = groups_of(tx, cohort.id);
    const auto count = static_cast<std::int64_t>(learners.size());
    if (count == 0) return Refusal{"groups", "dossier.nobody", {cohort.code}};
    if (groups < 1 || groups > std::min(count, most_groups))
        return Refusal{"groups",
                       "dossier.too_many_groups",
                       {std::to_string(groups), std::to_string(std::min(count, most_groups))}};
    for (std::int64_t i = 0; i < count; ++i)
        learners[static_cast<std::size_t>(i)].group = i * groups / count + 1;
    write_assignments(tx, actor, cohort, learners, act);
    return Done{};
}

std::vector<CostTotal> totals_of(std::span<const CostLine> lines) {
    std::vector<CostTotal> totals;
    std::vector<std::string> kinds;
    for (const CostLine& line : lines) {
        if (kinds.empty() || kinds.back() != line.kind) {  // lines come in the order of kinds
            kinds.push_back(line.kind);
            totals.push_back({line.kind_name});
        }
        (line.stage == Stage::spent ? totals.back().spent : totals.back().planned) += line.amount_dong;
    }
    return totals;
}

Outcome<Done> add_cost(db::Write& tx, const web::Actor& actor, const cohorts::Cohort& cohort,
                       const CostLine& said, const documents::Document& paper, const cohorts::Act& act) {
    CostLine line = said;
    const Date day = cohort.facts.opened_on.value_or(day_of(act.at, Offset{}));
    const auto kinds = in_force_on(tx, HouseList::cost_kinds, day);
    const auto is_it = [&](const Listed& kind) { return kind.code == line.kind; };
    Refusals refusals;
    if (std::none_of(kinds.begin(), kinds.end(), is_it))
        refusals.push_back({"cost_kind", "dossier.no_such_kind", {line.kind}});
    if (line.amount_dong < 1 || line.amount_dong > most_dong)
        refusals.push_back(
            {"amount", "dossier.no_amount", {std::to_string(line.amount_dong), std::to_string(most_dong)}});
    if (!refusals.empty()) return refusals;
    std::optional<documents::DocumentId> document;
    if (!paper.number.empty() || !paper.file_digest.empty())
        document = documents::record(tx, actor, paper, act.at);
    line.id = next_id();
    insert_cost(tx, actor, cohort.id, line, document, act.at);
    insert_event(tx, actor, cohort,
                 {.kind = "costed",
                  .said = Value::object({{"stage", to_text(line.stage)},
                                         {"kind", line.kind},
                                         {"amount_dong", line.amount_dong},
                                         {"note", line.note}}),
                  .document = document},
                 act);
    return Done{};
}

Outcome<Done> strike_cost(db::Write& tx, const web::Actor& actor, const cohorts::Cohort& cohort,
                          std::int64_t line, const cohorts::Act& act) {
    for (const CostLine& one : costs_of(tx, cohort.id)) {
        if (one.id != line) continue;
        if (act.reason.empty()) return Refusal{"reason", "cohort.reason_required", {}};
        delete_cost(tx, cohort.id, line);
        insert_event(tx, actor, cohort,
                     {.kind = "struck",
                      .said = Value::object({{"stage", to_text(one.stage)},
                                             {"kind", one.kind},
                                             {"amount_dong", one.amount_dong},
                                             {"note", one.note}})},
                     act);
        return Done{};
    }
    throw web::NotFound{};
}

}  // namespace tiendo::dossiers
