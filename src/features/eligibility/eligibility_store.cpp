#include "features/eligibility/eligibility_store.h"

#include <cstdio>
#include <unordered_map>

namespace tiendo::eligibility {
namespace {

// Ids as one text of 20 digits each, which a statement cuts up again: one statement for all of
// them, the same on both databases, and none is written into the SQL.
std::string in_a_row(std::span<const people::PersonId> people) {
    std::string text;
    text.reserve(people.size() * 20);
    for (const people::PersonId id : people) {
        char digits[24];
        std::snprintf(digits, sizeof digits, "%020lld", static_cast<long long>(id.value));
        text += digits;
    }
    return text;
}

Rule rule_of(const db::Row& row) {
    Rule rule;
    rule.id = row.id<RuleId>(0);
    rule.programme = row.id<programmes::ProgrammeId>(1);
    rule.code = row.text(2);
    rule.severity = parse_severity(row.view(3)).value();
    auto condition = parse_condition(row.view(4));
    if (!condition) throw std::runtime_error("the condition of rule " + rule.code + " cannot be read");
    rule.condition = std::move(*condition);
    rule.message_vi = row.text(5);
    rule.message_en = row.text(6);
    rule.basis = row.text(7);
    rule.valid_from = row.maybe_date(8);
    rule.valid_until = row.maybe_date(9);
    rule.waivable = row.truth(10);
    rule.repealed = row.truth(11);
    rule.verified_by = row.text(12);
    rule.recorded_at = row.instant(13);
    rule.recorded_by = row.text(14);
    return rule;
}

// Of a row that begins with id, person, programme, cohort, rule_code, reason, document, the document's
// title and number, who granted it and when.
Waiver waiver_of(const db::Row& row) {
    const std::string number = row.text(8);
    return Waiver{.id = row.id<WaiverId>(0),
                  .person = row.id<people::PersonId>(1),
                  .programme = row.id<programmes::ProgrammeId>(2),
                  .cohort = row.maybe_integer(3),
                  .rule = row.text(4),
                  .reason = row.text(5),
                  .document = row.maybe_id<documents::DocumentId>(6),
                  .document_title = number.empty() ? row.text(7) : number,
                  .granted_by = row.text(9),
                  .recorded_at = row.instant(10)};
}

}  // namespace

std::vector<Rule> rules_of(db::Read& tx, programmes::ProgrammeId programme) {
    return tx.all<Rule>(R"sql(
        select r.id, r.programme, r.code, r.severity, r.condition, r.message_vi, r.message_en, r.basis,
               r.valid_from, r.valid_until, r.waivable, r.repealed, r.verified_by, r.recorded_at, a.display_name
        from eligibility_rules r join accounts a on a.id = r.recorded_by
        where r.programme = :programme order by r.id desc)sql",
                        {{"programme", programme}}, rule_of);
}

std::vector<Rule> all_rules(db::Read& tx) {
    return tx.all<Rule>(R"sql(
        select r.id, r.programme, r.code, r.severity, r.condition, r.message_vi, r.message_en, r.basis,
               r.valid_from, r.valid_until, r.waivable, r.repealed, r.verified_by, r.recorded_at, a.display_name
        from eligibility_rules r join accounts a on a.id = r.recorded_by
        order by r.id desc)sql",
                        {}, rule_of);
}

void insert_rule(db::Write& tx, const web::Actor& actor, const Rule& rule, Instant at) {
    const std::string condition = to_text(rule.condition);
    tx.run(R"sql(
        insert into eligibility_rules (id, programme, code, severity, condition, message_vi, message_en, basis,
                                       valid_from, valid_until, waivable, repealed, verified_by,
                                       recorded_at, recorded_by)
        values (:id, :programme, :code, :severity, :condition, :message_vi, :message_en, :basis,
                :valid_from, :valid_until, :waivable, :repealed, :verified_by, :at, :actor))sql",
           {{"id", rule.id},
            {"programme", rule.programme},
            {"code", rule.code},
            {"severity", to_text(rule.severity)},
            {"condition", condition},
            {"message_vi", rule.message_vi},
            {"message_en", rule.message_en},
            {"basis", rule.basis},
            {"valid_from", rule.valid_from},
            {"valid_until", rule.valid_until},
            {"waivable", rule.waivable},
            {"repealed", rule.repealed},
            {"verified_by", rule.verified_by},
            {"at", at},
            {"actor", actor.account}});
}

void insert_waivers(db::Write& tx, const web::Actor& actor, std::span<const Waiver> waivers, Instant at) {
    auto bulk = tx.bulk("eligibility_waivers", {"id", "person", "programme", "cohort", "rule_code", "reason",
                                                "document", "recorded_at", "recorded_by"});
    for (const Waiver& one : waivers)
        bulk.add({one.id, one.person, one.programme, one.cohort, one.rule, one.reason, one.document, at,
                  actor.account});
    bulk.flush();
}

void insert_withdrawal(db::Write& tx, const web::Actor& actor, WaiverId waiver, const std::string& reason,
                       Instant at) {
    tx.run(R"sql(
        insert into eligibility_waiver_withdrawals (waiver, reason, recorded_at, recorded_by)
        values (:waiver, :reason, :at, :actor))sql",
           {{"waiver", waiver}, {"reason", reason}, {"at", at}, {"actor", actor.account}});
}

std::vector<Waiver> waivers_there_were(db::Read& tx, people::PersonId person) {
    return tx.all<Waiver>(R"sql(
        select w.id, w.person, w.programme, w.cohort, w.rule_code, w.reason, w.document,
               coalesce(d.title, ''), coalesce(d.number, ''), a.display_name, w.recorded_at,
               x.recorded_at, coalesce(b.display_name, ''), coalesce(x.reason, '')
        from eligibility_waivers w
        join accounts a on a.id = w.recorded_by
        left join documents d on d.id = w.document
        left join eligibility_waiver_withdrawals x on x.waiver = w.id
        left join accounts b on b.id = x.recorded_by
        where w.person = :person
        order by w.id desc)sql",
                          {{"person", person}}, [](const db::Row& row) {
                              Waiver waiver = waiver_of(row);
                              if (!row.is_null(11)) waiver.withdrawn_at = row.instant(11);
                              waiver.withdrawn_by = row.text(12);
                              waiver.withdrawn_reason = row.text(13);
                              return waiver;
                          });
}

std::optional<people::PersonId> person_of_waiver(db::Read& tx, WaiverId waiver) {
    return tx.find<people::PersonId>(R"sql(select person from eligibility_waivers where id = :id)sql",
                                     {{"id", waiver}},
                                     [](const db::Row& row) { return row.id<people::PersonId>(0); });
}

std::vector<Waiver> waivers_of(db::Read& tx, std::span<const people::PersonId> people) {
    if (people.empty()) return {};
    return tx.all<Waiver>(
        R"sql(
        with recursive places (place) as (
            select 0 union all select place + 1 from places where place + 1 < :count
        ),
        asked (id) as (select cast(substr(:ids, place * 20 + 1, 20) as bigint) from places)
        select w.id, w.person, w.programme, w.cohort, w.rule_code, w.reason, w.document,
               coalesce(d.title, ''), coalesce(d.number, ''), a.display_name, w.recorded_at
        from asked join eligibility_waivers w on w.person = asked.id
        join accounts a on a.id = w.recorded_by
        left join documents d on d.id = w.document
        where not exists (select 1 from eligibility_waiver_withdrawals x where x.waiver = w.id)
        order by w.id desc)sql",
        {{"count", people.size()}, {"ids", in_a_row(people)}}, waiver_of);
}

std::vector<Known> known_of(db::Read& tx, const web::Actor& actor, std::span<const people::PersonId> people) {
    std::vector<Known> known(people.size());
    if (people.empty()) return known;
    std::unordered_map<people::PersonId, std::vector<std::size_t>> places;
    for (std::size_t i = 0; i < people.size(); ++i) {
        known[i].record.person = people[i];
        places[people[i]].push_back(i);
    }
    tx.each(
        R"sql(
        with recursive places (place) as (
            select 0 union all select place + 1 from places where place + 1 < :count
        ),
        asked (id) as (select distinct cast(substr(:ids, place * 20 + 1, 20) as bigint) from places)
        select p.id, p.birth_date, p.birth_precision, p.sex,
               exists (select 1 from reach r
                       where r.account = :actor and r.permission = :permission and r.unit = p.unit)
        from asked join people p on p.id = asked.id)sql",
        {{"count", people.size()},
         {"ids", in_a_row(people)},
         {"actor", actor.account},
         {"permission", people::see_sensitive.name}},
        [&](const db::Row& row) {
            for (const std::size_t place : places[row.id<people::PersonId>(0)]) {
                Known& one = known[place];
                if (const auto born = row.maybe_date(1))
                    one.record.birth =
                        people::Birth{*born, parse_precision(row.view(2)).value_or(Precision::day)};
                one.record.sex = row.text(3);
                one.may_see_sensitive = row.truth(4);
            }
        });
    for (people::Fact& fact : people::facts_of(tx, people))
        for (const std::size_t place : places[fact.person]) known[place].record.facts.push_back(fact);
    return known;
}

}  // namespace tiendo::eligibility
