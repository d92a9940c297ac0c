// Eligibility (tiêu chuẩn, điều kiện): the rules by which a person may attend a programme.
//
// A rule is data with days of validity. It is changed by recording another row of the same code,
// which holds on its own days and leaves the earlier one in force on all others; nothing is
// overwritten, so that a person is judged today as the rule of that day asked.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/value.h"
#include "features/documents/documents.h"
#include "features/eligibility/condition.h"
#include "features/eligibility/evaluation.h"
#include "features/eligibility/waivers.h"
#include "features/people/people.h"
#include "features/programmes/programmes.h"
#include "platform/db/db.h"
#include "platform/web/web.h"

namespace tiendo::eligibility {

// On the whole centre: rules are the same for every unit.
inline constexpr web::Permission see_eligibility{"eligibility.see"};
inline constexpr web::Permission change_eligibility{"eligibility.change"};

enum class Severity { blocking, warning };
std::string_view to_text(Severity severity);
std::optional<Severity> parse_severity(std::string_view text);

struct Rule {
    Id<Rule> id;
    programmes::ProgrammeId programme;
    std::string code;  // R-AW-EDU
    Severity severity = Severity::blocking;
    Condition condition;
    std::string message_vi, message_en;  // what the rule asks, as a sentence
    std::string basis;                   // the regulation
    std::optional<Date> valid_from;      // none: since ever
    std::optional<Date> valid_until;     // the first day on which it no longer holds; none: it still does
    bool waivable = false;
    bool repealed = false;    // on its days there is no rule of that code
    std::string verified_by;  // who compared it with the regulation; empty: nobody yet
    Instant recorded_at = {};
    std::string recorded_by = {};
    bool holds_on(Date day) const;
};
using RuleId = Id<Rule>;

// Every row of a programme, the latest recorded first.
std::vector<Rule> rules_of(db::Read& tx, programmes::ProgrammeId programme);
// Of rows as rules_of gives them, those in force on the day, by code: of one code the row that was
// recorded last and has the day among its days.
std::vector<Rule> in_force(const std::vector<Rule>& rows, Date day);

// Records a row. Refused without code, basis or messages, with days the wrong way round, with a
// programme in its condition that does not exist (the nearest is said).
Outcome<RuleId> record_rule(db::Write& tx, const web::Actor& actor, Rule rule, Instant at);

// --- judging ----------------------------------------------------------------------------------

struct Question {
    programmes::Programme programme;
    Date on;                                  // the first day of the cohort
    std::optional<std::int64_t> cohort = {};  // whose waivers count besides those of the programme
    bool introduced = false;                  // the unit nominates, which introduces the person
    // Whether what rules saw of a sensitive kind is said, to who may be shown it. Pages mask it until it
    // was disclosed for a reason, as they do everything sensitive of a person; results stand.
    people::Sensitive sensitive = people::Sensitive::masked;
    bool for_books = false;  // all that was seen, whoever asks: it is kept, and masked when it is told
};

struct RuleResult {
    std::shared_ptr<const Rule> rule;
    Result result = Result::unknown;  // what the rule found, waived or not
    std::vector<Seen> seen;           // what is masked of a sensitive kind is left out
    std::optional<Waiver> waiver;     // never of a rule that passes
};
struct Judgement {
    people::PersonId person;
    // false: a blocking rule fails; none: none fails and one cannot be judged; else true. A rule that was
    // waived hinders nobody.
    std::optional<bool> eligible;
    std::vector<RuleResult> rules;  // by code
};
// One for each person, in the order given; set-based, the same number of statements for one and
// for 5,000. Who is judged was fetched through the actor.
std::vector<Judgement> judge(db::Read& tx, const web::Actor& actor, const Question& question,
                             std::span<const people::PersonId> people);
std::optional<bool> eligible(const std::vector<RuleResult>& rules);
bool hinders(const RuleResult& result);  // it blocks, fails, and nobody waived it
// Of what was seen, nothing of a sensitive kind.
Judgement masked(Judgement judgement);

// A judgement as it is kept where somebody decided by it: the rules as they were and what each saw, as JSON
// in no language. Throws std::runtime_error for what is none.
std::string to_text(const Judgement& judgement);
Judgement read_judgement(std::string_view text);

// One person, for each programme that has rules on the day, in the order of their names.
struct JudgedProgramme {
    programmes::Programme programme;
    Judgement judgement;
};
std::vector<JudgedProgramme> judge_everywhere(db::Read& tx, const web::Actor& actor, people::PersonId person,
                                              Date on, people::Sensitive sensitive);

// What rosters know of completed programmes; filled once, when the program starts.
using Trainings = std::function<std::vector<Training>(db::Read&, std::span<const people::PersonId>)>;
void learn_of_trainings(Trainings trainings);

// --- for readers --------------------------------------------------------------------------------

// {"eligible": true, false or null, "rules": [{"id", "severity", "result", "value", "basis",
// "message", "waivable", "waived": null or {"by", "reason", "document"}}]}
Value to_value(const Judgement& judgement, const i18n::Texts& texts, i18n::Language language);

// The same as a piece of a page: every rule with its result, the value it saw and the regulation.
std::string judgement_html(const web::Visit& visit, const Judgement& judgement);
// For a programme's pages: the rules of every programme on a day, for a reader; none for who may not see
// rules.
programmes::Rules rules_shown(const web::Visit& visit, db::Read& tx, Date on);
// For a person's page: each programme that has rules, judged today, and every waiver there was. Empty
// to who may not see rules.
std::string person_html(const web::Visit& visit, db::Read& tx, people::PersonId person,
                        people::Sensitive sensitive);

// The programmes that the product brings, and their rules, where they are not yet there: a rule of a
// code that the programme has had is left alone.
void install_templates(db::Write& tx, const web::Actor& actor, Instant at);
bool templates_are_installed(db::Read& tx);

void register_routes(web::Routes& routes);

}  // namespace tiendo::eligibility
