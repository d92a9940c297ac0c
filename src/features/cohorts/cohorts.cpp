#include "features/cohorts/cohorts.h"

#include <array>

#include "features/cohorts/happening.h"
#include "platform/audit/audit.h"

namespace tiendo::cohorts {
namespace {

constexpr std::array kind_names{std::string_view{"cohort"}, std::string_view{"overseas_delegation"}};
constexpr std::array role_names{std::string_view{"organiser"}, std::string_view{"co_organised"},
                                std::string_view{"joint_delivery"}, std::string_view{"support"}};

template <class Enum, std::size_t size>
std::optional<Enum> parse(const std::array<std::string_view, size>& names, std::string_view text) {
    for (std::size_t i = 0; i < size; ++i)
        if (names[i] == text) return static_cast<Enum>(i);
    return std::nullopt;
}

}  // namespace

std::int64_t happen(db::Write& tx, const web::Actor& actor, const Cohort& cohort, const NewEvent& event,
                    const Facts& facts, const Act& act) {
    // What was decided was decided on these facts: if somebody changed them meanwhile, decide again.
    tx.lock("cohort", cohort.id.value);
    if (!(require_for_books(tx, cohort.id).facts == cohort.facts))
        throw db::Conflict("cohort changed meanwhile");
    const std::int64_t row = insert_event(tx, actor, cohort.id, event, act);
    update_facts(tx, cohort.id, facts);
    ledger::settle(tx, act.at, row, cohort.id);
    return row;
}

void audit_event(db::Write& tx, const web::Actor& actor, const Cohort& cohort, std::string_view action,
                 const Act& act, Value detail) {
    detail.set("code", cohort.code);
    if (!act.reason.empty()) detail.set("reason", act.reason);
    audit::record(tx, actor, act.at, {action, "cohort", cohort.id.value, std::move(detail)});
}

std::string_view to_text(Kind kind) { return kind_names[static_cast<std::size_t>(kind)]; }
std::string_view to_text(Role role) { return role_names[static_cast<std::size_t>(role)]; }
std::optional<Kind> parse_kind(std::string_view text) { return parse<Kind>(kind_names, text); }
std::optional<Role> parse_role(std::string_view text) { return parse<Role>(role_names, text); }

std::optional<PlannedDate> parse_planned(std::string_view text) {
    const auto read = read_date(text);
    if (!read || read->precision == Precision::year) return std::nullopt;
    return PlannedDate{read->date, read->precision};
}

std::string to_text(const PlannedDate& planned) {
    const std::string day = tiendo::to_text(planned.date);
    return planned.precision == Precision::month ? day.substr(0, 7) : day;
}

int year_of(const Cohort& cohort) {
    if (cohort.facts.opened_on) return cohort.facts.opened_on->year();
    return cohort.planned_opens_on ? cohort.planned_opens_on->date.year() : 0;
}

Cohort require_for_change(db::Write& tx, const web::Actor& actor, CohortId id) {
    const Cohort cohort = require(tx, actor, id);
    if (!organisations::may(tx, actor, change_cohorts, cohort.organiser_unit)) throw web::Forbidden{};
    tx.lock("cohort", id.value);
    return require(tx, actor, id);
}

std::vector<plan::Line> lines_it_may_count_to(db::Read& tx, const Cohort& cohort) {
    return plan::lines_for(tx, cohort.organiser_unit, year_of(cohort), cohort.programme.id);
}

CohortId propose(db::Write& tx, const web::Actor& actor, Cohort cohort, const Act& act) {
    if (!cohort.id) cohort.id = new_id<CohortId>();
    insert_cohort(tx, actor, cohort, act);
    insert_description(tx, actor, cohort, act.at);
    audit_event(tx, actor, cohort, "cohort.propose", act,
                Value::object({{"programme", cohort.programme.code}}));
    return cohort.id;
}

void describe(db::Write& tx, const web::Actor& actor, const Cohort& cohort, const Act& act) {
    update_description(tx, cohort);
    insert_description(tx, actor, cohort, act.at);
    audit_event(tx, actor, cohort, "cohort.describe", act,
                Value::object({{"programme", cohort.programme.code},
                               {"role", to_text(cohort.role)},
                               {"partner", cohort.partner}}));
}

Outcome<Done> open(db::Write& tx, const web::Actor& actor, const Cohort& cohort, Date opened_on, Date today,
                   const Act& act) {
    if (opened_on > today)
        return Refusal{"opened_on", "cohort.opening_in_future", {to_text(opened_on), to_text(today)}};
    if (cohort.facts.closed_on && *cohort.facts.closed_on < opened_on)
        return Refusal{"opened_on",
                       "cohort.opening_after_closing",
                       {to_text(opened_on), to_text(*cohort.facts.closed_on)}};
    Facts facts = cohort.facts;
    facts.opened_on = opened_on;
    facts.postponed_on.reset();
    happen(tx, actor, cohort, {.kind = "opened", .effective_on = opened_on}, facts, act);
    audit_event(tx, actor, cohort, cohort.facts.opened_on ? "cohort.correct_opening" : "cohort.open", act,
                Value::object({{"opened_on", opened_on}, {"before", cohort.facts.opened_on}}));
    return Done{};
}

Outcome<Done> close(db::Write& tx, const web::Actor& actor, const Cohort& cohort, Date closed_on, Date today,
                    const Act& act) {
    if (!cohort.facts.opened_on) return Refusal{"closed_on", "cohort.not_opened", {cohort.code}};
    if (closed_on < *cohort.facts.opened_on)
        return Refusal{"closed_on",
                       "cohort.closing_before_opening",
                       {to_text(closed_on), to_text(*cohort.facts.opened_on)}};
    if (closed_on > today)
        return Refusal{"closed_on", "cohort.closing_in_future", {to_text(closed_on), to_text(today)}};
    Facts facts = cohort.facts;
    facts.closed_on = closed_on;
    happen(tx, actor, cohort, {.kind = "closed", .effective_on = closed_on}, facts, act);
    audit_event(tx, actor, cohort, "cohort.close", act,
                Value::object({{"closed_on", closed_on}, {"before", cohort.facts.closed_on}}));
    return Done{};
}

Outcome<Done> cancel(db::Write& tx, const web::Actor& actor, const Cohort& cohort, Date cancelled_on,
                     const Act& act) {
    if (act.reason.empty()) return Refusal{"reason", "cohort.reason_required", {}};
    if (cohort.facts.cancelled_on)
        return Refusal{"cancelled_on", "cohort.already_cancelled", {to_text(*cohort.facts.cancelled_on)}};
    Facts facts = cohort.facts;
    facts.cancelled_on = cancelled_on;
    happen(tx, actor, cohort, {.kind = "cancelled", .effective_on = cancelled_on}, facts, act);
    audit_event(tx, actor, cohort, "cohort.cancel", act, Value::object({{"cancelled_on", cancelled_on}}));
    return Done{};
}

Outcome<Done> reinstate(db::Write& tx, const web::Actor& actor, const Cohort& cohort, const Act& act) {
    if (!cohort.facts.cancelled_on) return Refusal{"", "cohort.not_cancelled", {cohort.code}};
    if (act.reason.empty()) return Refusal{"reason", "cohort.reason_required", {}};
    if (cohort.facts.merged_into)
        if (const Cohort into = require_for_books(tx, *cohort.facts.merged_into); into.facts.closed_on)
            return Refusal{"", "cohort.merger_is_done", {into.code, to_text(*into.facts.closed_on)}};
    Facts facts = cohort.facts;
    facts.cancelled_on.reset();
    facts.merged_into.reset();
    happen(tx, actor, cohort, {.kind = "reinstated"}, facts, act);
    if (cohort.facts.merged_into) undo_merger(tx, actor, cohort, act);
    audit_event(tx, actor, cohort, "cohort.reinstate", act, Value::object());
    return Done{};
}

Outcome<Done> count_toward(db::Write& tx, const web::Actor& actor, const Cohort& cohort,
                           std::optional<plan::LineId> line, const Act& act) {
    if (cohort.facts.plan_line == line) return Done{};
    Facts facts = cohort.facts;
    facts.plan_line = line;
    happen(tx, actor, cohort, {.kind = "counted", .plan_line = line}, facts, act);
    audit_event(tx, actor, cohort, "cohort.count_toward", act,
                Value::object({{"plan_line", line}, {"before", cohort.facts.plan_line}}));
    return Done{};
}

void entries(const Cohort& cohort, const ledger::Emit& emit) {
    const Facts& facts = cohort.facts;
    if (!facts.opened_on) return;
    ledger::Entry entry{.measure = ledger::Measure::cohorts_opened,
                        .quantity = 1,
                        .effective_on = *facts.opened_on,
                        .plan_line = facts.plan_line,
                        .programme = cohort.programme.id,
                        .cohort = cohort.id,
                        .participation = std::nullopt,
                        .person_unit = std::nullopt,
                        .organiser_unit = cohort.organiser_unit};
    emit(entry, 0);
    if (facts.cancelled_on) {
        entry.quantity = -1;
        entry.effective_on = std::max(*facts.cancelled_on, *facts.opened_on);
        emit(entry, 0);
    } else if (facts.closed_on) {
        entry.measure = ledger::Measure::cohorts_closed;
        entry.effective_on = *facts.closed_on;
        emit(entry, 0);
    }
}

ledger::Bookkeeper bookkeeper() {
    return {"cohorts",
            [](db::Read& tx, CohortId id, std::optional<Id<participation::Participation>> participation,
               const ledger::Emit& emit) {
                if (!participation) entries(require_for_books(tx, id), emit);
            }};
}

}  // namespace tiendo::cohorts
