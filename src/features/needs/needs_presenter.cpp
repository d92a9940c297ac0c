#include "features/needs/needs_presenter.h"

#include <algorithm>

namespace tiendo::needs {
namespace {

Value to_value(const Asked& asked) {
    return Value::object({{"id", asked.unit},
                          {"code", asked.code},
                          {"name", asked.name},
                          {"learners", asked.answered_at ? Value(asked.learners) : Value()},
                          {"answered_at", asked.answered_at},
                          {"answered_by", asked.answered_by}});
}

Value to_value(const Answer& answer) {
    return Value::object({{"programme", answer.programme},
                          {"learners", answer.need.learners},
                          {"half", answer.need.half},
                          {"note", answer.need.note},
                          {"recorded_at", answer.recorded_at},
                          {"recorded_by", answer.recorded_by},
                          {"reason", answer.reason},
                          {"source", answer.source}});
}

}  // namespace

Value to_value(const Seen& seen, Date today) {
    const Campaign& campaign = seen.campaign;
    return Value::object({{"id", campaign.id},
                          {"title", campaign.title},
                          {"year", campaign.year},
                          {"opens_on", campaign.window.opens_on},
                          {"closes_on", campaign.window.closes_on},
                          {"state", state_on(campaign, today)},
                          {"whole", seen.whole},
                          {"asked", seen.asked},
                          {"answered", seen.answered}});
}

Value portrait(db::Read& tx, const web::Actor& actor, const Seen& seen, Date today) {
    const auto all_wishes = wishes(tx, actor, seen);
    const auto programme = [&](const Sum& sum) {
        Value behind = Value::list();
        for (const Wish& wish : all_wishes)
            if (wish.programme == sum.programme.id)
                behind.push(Value::object({{"unit", wish.unit}, {"learners", wish.learners}}));
        return Value::object({{"code", sum.programme.code},
                              {"name", sum.programme.name},
                              {"learners", sum.learners},
                              {"first_half", sum.first_half},
                              {"second_half", sum.second_half},
                              {"units", sum.units},
                              {"wishes", std::move(behind)}});
    };
    return to_value(seen, today)
        .set("note", seen.campaign.note)
        .set("programmes", list_of(sums(tx, actor, seen), programme))
        .set("units",
             list_of(asked_units(tx, actor, seen), [](const Asked& asked) { return to_value(asked); }));
}

Value answer_value(db::Read& tx, const Seen& seen, const Asked& asked, Date today) {
    const auto all = answers(tx, seen.campaign.id, asked.unit);
    const auto need = [&](const programmes::Programme& programme) {
        const auto of_it = [&](const Answer& one) { return one.need.programme == programme.id; };
        const auto held = std::find_if(all.begin(), all.end(), of_it);
        const bool answered = held != all.end();
        return Value::object({{"code", programme.code},
                              {"name", programme.name},
                              {"learners", answered ? Value(held->need.learners) : Value()},
                              {"half", answered ? held->need.half : ""},
                              {"note", answered ? held->need.note : ""}});
    };
    return Value::object({{"campaign", to_value(seen, today)},
                          {"unit", to_value(asked)},
                          {"needs", list_of(programmes_of(tx, seen.campaign.id), need)},
                          {"answers", list_of(all, [](const Answer& one) { return to_value(one); })}});
}

Value draft_value(db::Read& tx, const web::Actor& actor, const Seen& seen, std::optional<std::int64_t> size,
                  Date today) {
    const auto plan = plan::find_plan(tx, actor, seen.campaign.year);
    const auto versions = plan ? plan::versions(tx, plan->id) : std::vector<plan::Version>{};
    const auto lines = versions.empty() ? std::vector<plan::Line>{} : plan::lines(tx, versions.back().id);
    const auto line = [&](const Sum& sum) {
        const auto in_plan = std::count_if(lines.begin(), lines.end(), [&](const plan::Line& one) {
            return one.programme.id == sum.programme.id;
        });
        const bool counted = size && *size > 0;
        return Value::object({{"code", sum.programme.code},
                              {"name", sum.programme.name},
                              {"learners", sum.learners},
                              {"units", sum.units},
                              {"cohorts", counted ? Value(cohorts_for(sum.learners, *size)) : Value()},
                              {"lines", static_cast<std::int64_t>(in_plan)}});
    };
    return Value::object({{"campaign", to_value(seen, today)},
                          {"size", size},
                          {"lines", list_of(sums(tx, actor, seen), line)}});
}

}  // namespace tiendo::needs
