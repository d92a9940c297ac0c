// cohorts: which there are, and how far each has come. cohort decide|postpone|merge|file: its way.
#include "app/commands.h"
#include "app/text_table.h"
#include "base/text.h"
#include "features/cohorts/cohorts.h"

namespace tiendo::app {
namespace {

constexpr int all_rows = 1'000'000;

Outcome<cohorts::Filter> filter_of(const CohortsWords& words) {
    cohorts::Filter filter;
    if (words.year != 0) filter.year = words.year;
    filter.words = words.words;
    if (!words.state.empty()) {
        filter.state = cohorts::parse_state(words.state);
        if (!filter.state) return Refusal{"state", "command.no_cohort_state", {words.state}};
    }
    return filter;
}

Value to_value(const cohorts::Listed& listed) {
    const cohorts::Cohort& cohort = listed.cohort;
    const cohorts::Facts& facts = cohort.facts;
    const auto& planned = cohort.planned_opens_on;
    return Value::object({{"code", cohort.code},
                          {"programme", cohort.programme.name},
                          {"programme_code", cohort.programme.code},
                          {"kind", to_text(cohort.kind)},
                          {"role", to_text(cohort.role)},
                          {"state", to_text(listed.state)},
                          {"planned_opens_on", planned ? Value(to_text(*planned)) : Value()},
                          {"decided_on", facts.decided_on},
                          {"opened_on", facts.opened_on},
                          {"closed_on", facts.closed_on},
                          {"filed_on", facts.filed_on},
                          {"cancelled_on", facts.cancelled_on},
                          {"counts_to_plan", facts.plan_line.has_value()},
                          {"learners", facts.opened_on ? Value(listed.learners) : Value()}});
}

std::string written(const Program& program, const std::optional<Date>& day) {
    return day ? i18n::date(program.language(), *day) : "";
}

Exit answer(const Program& program, const Outcome<Done>& outcome) {
    if (!outcome) return program.refuse(outcome.refusals());
    if (program.settings().json())
        program.print(Value::object({{"done", true}}));
    else
        program.print(program.text("command.recorded"));
    return Exit::done;
}

Refusal unknown(db::Read& tx, const std::string& option, const std::string& code) {
    return {option, "cohort.unknown", {code, nearest(code, cohorts::cohort_codes(tx))}};
}

// Fetches the cohort and lets `change(tx, actor, cohort, day, act)` do the rest.
template <class Change>
Exit change(Program& program, const LifeWords& words, Change change) {
    const auto on = day_of_option("--on", words.on);
    if (!on) return program.refuse(on.refusals());
    const web::Actor actor = program.actor();
    return answer(program, program.database().write([&](db::Write& tx) -> Outcome<Done> {
        const auto cohort = cohorts::find_for_change(tx, words.cohort);
        if (!cohort) return unknown(tx, "cohort", words.cohort);
        return change(tx, actor, *cohort, (*on).value_or(program.today()),
                      cohorts::Act{program.now(), words.reason, {}});
    }));
}

}  // namespace

Exit list_cohorts(Program& program, const CohortsWords& words) {
    const auto filter = filter_of(words);
    if (!filter) return program.refuse(filter.refusals());
    const web::Actor actor = program.actor();
    const cohorts::Listing listing = program.database().read([&](db::Read& tx) {
        return cohorts::cohorts(tx, actor, *filter, program.today(), std::nullopt, all_rows);
    });
    if (program.settings().json()) {
        program.print(
            Value::object({{"count", listing.total}, {"cohorts", list_of(listing.rows, to_value)}}));
        return Exit::done;
    }
    TextTable table({program.text("cohort.code"), program.text("cohort.state"), program.text("cohort.opens"),
                     program.text("cohort.closes"), program.text("unit.learners")});
    for (const cohorts::Listed& listed : listing.rows)
        table.row({listed.cohort.code, program.text("cohort.state." + std::string(to_text(listed.state))),
                   written(program, listed.cohort.facts.opened_on),
                   written(program, listed.cohort.facts.closed_on),
                   listed.cohort.facts.opened_on ? i18n::number(program.language(), listed.learners) : ""});
    program.print(table.text());
    return Exit::done;
}

Exit decide_cohort(Program& program, const LifeWords& words) {
    return change(program, words,
                  [&](db::Write& tx, const web::Actor& actor, const cohorts::Cohort& cohort, Date on,
                      const cohorts::Act& act) {
                      cohorts::OpeningDecision decision;
                      decision.paper.number = words.number;
                      decision.paper.dated_on = on;
                      decision.signatory = words.signatory;
                      decision.signatory_title = words.signatory_title;
                      return cohorts::decide(tx, actor, cohort, decision, program.today(), act);
                  });
}

Exit postpone_cohort(Program& program, const LifeWords& words) {
    const auto until = cohorts::parse_planned(words.until);
    if (!until) return program.refuse({{"until", "cohort.no_planned_day", {words.until}}});
    return change(program, words,
                  [&](db::Write& tx, const web::Actor& actor, const cohorts::Cohort& cohort, Date,
                      const cohorts::Act& act) {
                      return cohorts::postpone(tx, actor, cohort, *until, program.today(), act);
                  });
}

Exit merge_cohort(Program& program, const LifeWords& words) {
    return change(program, words,
                  [&](db::Write& tx, const web::Actor& actor, const cohorts::Cohort& cohort, Date on,
                      const cohorts::Act& act) -> Outcome<Done> {
                      const auto into = cohorts::find_for_change(tx, words.into);
                      if (!into) return unknown(tx, "into", words.into);
                      return cohorts::merge(tx, actor, cohort, *into, on, program.today(), act);
                  });
}

Exit file_cohort(Program& program, const LifeWords& words) {
    return change(program, words,
                  [&](db::Write& tx, const web::Actor& actor, const cohorts::Cohort& cohort, Date on,
                      const cohorts::Act& act) {
                      return cohorts::file(tx, actor, cohort, on, {program.today(), program.language()}, act);
                  });
}

}  // namespace tiendo::app
