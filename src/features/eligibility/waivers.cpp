// A person is let off a rule, and no longer; what becomes of it when records are merged.
#include <algorithm>

#include "base/text.h"
#include "features/eligibility/eligibility_store.h"
#include "platform/audit/audit.h"

namespace tiendo::eligibility {
namespace {

NameCohort& cohort_namer() {
    static NameCohort known;
    return known;
}

}  // namespace

void know_cohorts_by(NameCohort name_cohort) { cohort_namer() = std::move(name_cohort); }

std::string name_of_cohort(db::Read& tx, const web::Actor& actor, programmes::ProgrammeId programme,
                           std::int64_t cohort) {
    if (!cohort_namer()) throw web::NotFound{};
    return cohort_namer()(tx, actor, programme, cohort);
}

Outcome<Done> waive(db::Write& tx, const web::Actor& actor, const Waiver& waiver,
                    const documents::Document& document, Date on, Instant at) {
    tx.lock("waivers of", waiver.person.value);
    Refusals refusals;
    if (waiver.reason.empty()) refusals.push_back({"reason", "form.required", {}});
    if (document.number.empty()) refusals.push_back({"document_number", "form.required", {}});
    const auto rules = in_force(rules_of(tx, waiver.programme), on);
    const auto rule =
        std::find_if(rules.begin(), rules.end(), [&](const Rule& one) { return one.code == waiver.rule; });
    if (rule == rules.end()) {
        std::vector<std::string> codes;
        for (const Rule& one : rules) codes.push_back(one.code);
        refusals.push_back(
            {"rule", "eligibility.rule_unknown", {waiver.rule, to_text(on), nearest(waiver.rule, codes)}});
    } else if (!rule->waivable) {
        refusals.push_back({"rule", "eligibility.not_waivable", {waiver.rule, rule->basis}});
    }
    const std::vector<people::PersonId> person{waiver.person};
    for (const Waiver& earlier : waivers_of(tx, person))
        if (earlier.programme == waiver.programme && earlier.rule == waiver.rule &&
            (!earlier.cohort || earlier.cohort == waiver.cohort)) {
            refusals.push_back(
                {"rule", "eligibility.waived_already", {earlier.granted_by, earlier.document_title}});
            break;
        }
    if (!refusals.empty()) return refusals;
    Waiver granted = waiver;
    granted.document = documents::record(tx, actor, document, at);
    granted.document_title = document.number;
    waive(tx, actor, std::span(&granted, 1), at);
    return Done{};
}

void waive(db::Write& tx, const web::Actor& actor, std::span<const Waiver> granted, Instant at) {
    std::vector<Waiver> waivers(granted.begin(), granted.end());
    std::vector<audit::Act> entries;
    for (Waiver& one : waivers) {
        one.id = new_id<WaiverId>();
        entries.push_back({"eligibility.waiver", "person", one.person.value,
                           Value::object({{"rule", one.rule},
                                          {"programme", one.programme},
                                          {"cohort", one.cohort},
                                          {"document", one.document_title},
                                          {"reason", one.reason}})});
    }
    insert_waivers(tx, actor, waivers, at);
    audit::record(tx, actor, at, entries);
}

Waiver require_waiver(db::Read& tx, const web::Actor& actor, WaiverId id) {
    const auto person = person_of_waiver(tx, id);
    if (!person) throw web::NotFound{};
    people::require(tx, actor, *person);
    for (Waiver& waiver : waivers_there_were(tx, *person))
        if (waiver.id == id) return waiver;
    throw web::NotFound{};
}

Outcome<Done> withdraw(db::Write& tx, const web::Actor& actor, const Waiver& waiver,
                       const std::string& reason, Instant at) {
    tx.lock("waivers of", waiver.person.value);
    if (reason.empty()) return Refusal{"reason", "form.required", {}};
    if (require_waiver(tx, actor, waiver.id).withdrawn_at)
        return Refusal{"", "eligibility.withdrawn_already", {waiver.rule}};
    insert_withdrawal(tx, actor, waiver.id, reason, at);
    audit::record(tx, actor, at,
                  {"eligibility.withdraw_waiver", "person", waiver.person.value,
                   Value::object({{"rule", waiver.rule},
                                  {"programme", waiver.programme},
                                  {"cohort", waiver.cohort},
                                  {"reason", reason}})});
    return Done{};
}

people::Follower waivers_follow() {
    return {
        .name = "waivers",
        .follow =
            [](db::Write& tx, people::PersonId from, people::PersonId to) {
                auto moved = tx.all<std::int64_t>(
                    R"sql(select id from eligibility_waivers where person = :from order by id)sql",
                    {{"from", from}}, [](const db::Row& row) { return row.integer(0); });
                tx.run(R"sql(update eligibility_waivers set person = :to where person = :from)sql",
                       {{"from", from}, {"to", to}});
                return moved;
            },
        .undo =
            [](db::Write& tx, people::PersonId from, people::PersonId, std::span<const std::int64_t> moved) {
                for (const std::int64_t waiver : moved)
                    tx.run(R"sql(update eligibility_waivers set person = :from where id = :waiver)sql",
                           {{"from", from}, {"waiver", waiver}});
            }};
}

}  // namespace tiendo::eligibility
