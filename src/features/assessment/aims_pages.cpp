// GET /cohorts/:id/assessment/aims: each learner judged by what training is for.
#include "features/assessment/assessment_pages.h"

namespace tiendo::assessment {
namespace {

Date day_of_aims(const web::Visit& visit, const Assessment& assessment) {
    return assessment.cohort.facts.opened_on.value_or(visit.today());
}

Value aims_page_value(const web::Visit& visit, db::Read& tx, const Assessment& assessment,
                      const pages::Refused& refused) {
    const pages::Forms forms(visit, refused);
    const auto aims = aims_on(tx, day_of_aims(visit, assessment));
    const auto learners = graded(tx, assessment);
    std::int64_t ordinal = 0;
    const auto line = [&](const Graded& one) {
        return Value::object(
            {{"ordinal", ++ordinal},
             {"id", one.participation},
             {"full_name", one.full_name},
             {"unit", one.unit_name},
             {"aims", list_of(aims, [&](const Aim& aim) {
                  const auto mark = one.aims.find(aim.code);
                  const std::string field = aim.code + "-" + to_text(one.participation);
                  return Value::object(
                      {{"name", name_of(aim, visit.language)},
                       {"field", field},
                       {"mark",
                        forms.field("aims", field,
                                    mark == one.aims.end() ? Value() : Value(to_text(mark->second)))}});
              })}});
    };
    return Value::object(
        {{"title", visit.text("assessment.aims")},
         {"cohort", Value::object({{"id", assessment.cohort.id}, {"code", assessment.cohort.code}})},
         {"locked_on", assessment.locked_on},
         {"can_mark", !assessment.locked_on || organisations::may(tx, visit.actor, change_assessment,
                                                                  assessment.cohort.organiser_unit)},
         {"aims", aims_value(aims, learners, visit.language)},
         {"count", learners.size()},
         {"lines", list_of(learners, line)},
         {"form", forms.form("aims")}});
}

http::Response aims_page(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        const Assessment assessment = require_to_mark(tx, visit.actor, cohort_of(visit));
        return visit.page("assessment/aims", aims_page_value(visit, tx, assessment, {}));
    });
}

http::Response judge_aims(const web::Visit& visit) {
    const auto recorded = visit.database.write([&](db::Write& tx) -> Outcome<std::int64_t> {
        pages::Reader sent = pages::Reader::of_body(visit);
        if (sent.refused()) return sent.refusals();
        const Assessment assessment = require_for_marking(tx, visit.actor, cohort_of(visit));
        std::vector<AimMark> said;
        for (const Aim& aim : aims_on(tx, day_of_aims(visit, assessment)))
            for (const auto& [participation, attempts] : sheet_of(tx, assessment.cohort.id, {}).attempts)
                said.push_back(
                    {participation, aim.code, mark_sent(sent, aim.code + "-" + to_text(participation))});
        if (sent.refused()) return sent.refusals();
        return record_aims(tx, visit.actor, assessment, said, {visit.now, sent.text("reason"), {}});
    });
    if (recorded) return visit.redirect(address_of(visit) + "/aims", "act.recorded");
    return visit.database.read([&](db::Read& tx) {
        const Assessment assessment = require_to_mark(tx, visit.actor, cohort_of(visit));
        return visit.refused("assessment/aims",
                             aims_page_value(visit, tx, assessment, {"aims", recorded.refusals()}),
                             recorded.refusals());
    });
}

}  // namespace

void register_aims(web::Routes& routes) {
    routes.get("/cohorts/:id/assessment/aims", enter_marks, aims_page);
    routes.post("/cohorts/:id/assessment/aims", enter_marks, judge_aims);
}

}  // namespace tiendo::assessment
