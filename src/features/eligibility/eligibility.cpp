#include "features/eligibility/eligibility.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "features/eligibility/eligibility_store.h"
#include "features/eligibility/words.h"
#include "platform/audit/audit.h"

namespace tiendo::eligibility {
namespace {

Trainings& trainings() {
    static Trainings known;
    return known;
}

void programmes_in(const Condition& condition, std::vector<std::string>& codes) {
    for (const Condition& part : condition.parts) programmes_in(part, codes);
    const About about = condition.leaf.about;
    if (condition.kind != Condition::Kind::leaf || (about != About::certificate && about != About::trained))
        return;
    codes.insert(codes.end(), condition.leaf.among.begin(), condition.leaf.among.end());
}

Refusals wrong_with(db::Read& tx, const Rule& rule) {
    Refusals refusals;
    const auto must_say = [&](const std::string& text, const char* field) {
        if (text.empty()) refusals.push_back({field, "form.required", {}});
    };
    must_say(rule.code, "code");
    if (!rule.repealed) {
        must_say(rule.message_vi, "message_vi");
        must_say(rule.message_en, "message_en");
    }
    must_say(rule.basis, "basis");
    if (rule.valid_from && rule.valid_until && *rule.valid_until <= *rule.valid_from)
        refusals.push_back({"valid_until",
                            "eligibility.ends_before_it_begins",
                            {to_text(*rule.valid_until), to_text(*rule.valid_from)}});
    std::vector<std::string> codes;
    programmes_in(rule.condition, codes);
    for (const std::string& code : codes) {
        const auto found = programmes::find_programme(tx, code);
        if (found && found->code == code) continue;
        refusals.push_back(
            {"condition", "eligibility.programme_unknown", {code, programmes::nearest_programme(tx, code)}});
    }
    return refusals;
}

const Waiver* waiver_for(const std::vector<Waiver>& waivers, const Question& question,
                         people::PersonId person, const std::string& rule) {
    for (const Waiver& waiver : waivers)
        if (waiver.person == person && waiver.programme == question.programme.id && waiver.rule == rule &&
            (!waiver.cohort || waiver.cohort == question.cohort))
            return &waiver;
    return nullptr;
}

RuleResult result_of(const std::shared_ptr<const Rule>& rule, const Known& known, const Question& question,
                     const std::vector<Waiver>& waivers) {
    Finding finding = evaluate(rule->condition, known.record, {question.on, question.introduced});
    RuleResult result{rule, finding.result, std::move(finding.seen), {}};
    if (finding.result == Result::pass) return result;
    if (const Waiver* waiver = waiver_for(waivers, question, known.record.person, rule->code))
        result.waiver = *waiver;
    return result;
}

Judgement judgement_of(const std::vector<std::shared_ptr<const Rule>>& rules, const Known& known,
                       const Question& question, const std::vector<Waiver>& waivers) {
    Judgement judgement{.person = known.record.person};
    for (const auto& rule : rules) judgement.rules.push_back(result_of(rule, known, question, waivers));
    judgement.eligible = eligible(judgement.rules);
    const bool shown = question.sensitive == people::Sensitive::shown && known.may_see_sensitive;
    return shown || question.for_books ? judgement : masked(std::move(judgement));
}

// Conditions name programmes by their codes; a reader is told their names.
void name_programmes(Judgement& judgement, const std::map<std::string, std::string>& names) {
    for (RuleResult& result : judgement.rules)
        for (Seen& seen : result.seen)
            for (Said& said : seen.words)
                if (const auto* term = std::get_if<Term>(&said); term && term->set == "programme")
                    if (const auto found = names.find(term->word); found != names.end())
                        said = "“" + found->second + "”";
}

std::vector<Known> known_with_trainings(db::Read& tx, const web::Actor& actor,
                                        std::span<const people::PersonId> people) {
    std::vector<Known> known = known_of(tx, actor, people);
    if (!trainings() || people.empty()) return known;
    std::multimap<people::PersonId, Training> completed;
    for (Training& training : trainings()(tx, people))
        completed.emplace(training.person, std::move(training));
    for (Known& one : known) {
        const auto [first, last] = completed.equal_range(one.record.person);
        for (auto found = first; found != last; ++found) one.record.trainings.push_back(found->second);
    }
    return known;
}

std::vector<std::shared_ptr<const Rule>> shared(std::vector<Rule> rules) {
    std::vector<std::shared_ptr<const Rule>> kept;
    for (Rule& rule : rules) kept.push_back(std::make_shared<const Rule>(std::move(rule)));
    return kept;
}

}  // namespace

std::string_view to_text(Severity severity) {
    return severity == Severity::blocking ? "blocking" : "warning";
}
std::optional<Severity> parse_severity(std::string_view text) {
    if (text == "blocking") return Severity::blocking;
    if (text == "warning") return Severity::warning;
    return std::nullopt;
}

bool Rule::holds_on(Date day) const {
    return (!valid_from || *valid_from <= day) && (!valid_until || day < *valid_until);
}

std::vector<Rule> in_force(const std::vector<Rule>& rows, Date day) {
    std::map<std::string, const Rule*> latest;
    for (const Rule& rule : rows)
        if (rule.holds_on(day)) latest.emplace(rule.code, &rule);
    std::vector<Rule> rules;
    for (const auto& [code, rule] : latest)
        if (!rule->repealed) rules.push_back(*rule);
    return rules;
}

Outcome<RuleId> record_rule(db::Write& tx, const web::Actor& actor, Rule rule, Instant at) {
    if (Refusals refusals = wrong_with(tx, rule); !refusals.empty()) return refusals;
    rule.id = new_id<RuleId>();
    insert_rule(tx, actor, rule, at);
    audit::record(
        tx, actor, at,
        {rule.repealed ? "eligibility.repeal" : "eligibility.rule", "programme", rule.programme.value,
         Value::object({{"code", rule.code},
                        {"severity", to_text(rule.severity)},
                        {"condition", to_text(rule.condition)},
                        {"basis", rule.basis},
                        {"valid_from", rule.valid_from},
                        {"valid_until", rule.valid_until},
                        {"waivable", rule.waivable},
                        {"verified_by", rule.verified_by}})});
    return rule.id;
}

// --- judging ----------------------------------------------------------------------------------

void learn_of_trainings(Trainings known) { trainings() = std::move(known); }

bool hinders(const RuleResult& result) {
    return result.rule->severity == Severity::blocking && result.result == Result::fail && !result.waiver;
}

std::optional<bool> eligible(const std::vector<RuleResult>& rules) {
    std::optional<bool> answer = true;
    for (const RuleResult& rule : rules) {
        if (rule.rule->severity != Severity::blocking || rule.waiver) continue;
        if (rule.result == Result::fail) return false;
        if (rule.result == Result::unknown) answer = std::nullopt;
    }
    return answer;
}

Judgement masked(Judgement judgement) {
    for (RuleResult& result : judgement.rules)
        for (Seen& seen : result.seen)
            if (seen.sensitive) seen = {"eligibility.seen.hidden", {}, true};
    return judgement;
}

std::vector<Judgement> judge(db::Read& tx, const web::Actor& actor, const Question& question,
                             std::span<const people::PersonId> people) {
    const auto rules = shared(in_force(rules_of(tx, question.programme.id), question.on));
    const std::vector<Known> known = known_with_trainings(tx, actor, people);
    const std::vector<Waiver> waivers = waivers_of(tx, people);
    const auto names = programme_names(tx);
    std::vector<Judgement> judgements;
    for (const Known& one : known) {
        judgements.push_back(judgement_of(rules, one, question, waivers));
        name_programmes(judgements.back(), names);
    }
    return judgements;
}

std::vector<JudgedProgramme> judge_everywhere(db::Read& tx, const web::Actor& actor, people::PersonId person,
                                              Date on, people::Sensitive sensitive) {
    std::map<programmes::ProgrammeId, std::vector<Rule>> rows;
    for (Rule& rule : all_rules(tx)) rows[rule.programme].push_back(std::move(rule));
    const std::vector<people::PersonId> people{person};
    const Known known = known_with_trainings(tx, actor, people).front();
    const std::vector<Waiver> waivers = waivers_of(tx, people);
    const auto names = programme_names(tx);
    std::vector<JudgedProgramme> judged;
    for (const programmes::Programme& programme : programmes::programmes(tx)) {
        const auto rules = shared(in_force(rows[programme.id], on));
        if (rules.empty()) continue;
        judged.push_back(
            {programme, judgement_of(rules, known, {.programme = programme, .on = on, .sensitive = sensitive},
                                     waivers)});
        name_programmes(judged.back().judgement, names);
    }
    return judged;
}

}  // namespace tiendo::eligibility
