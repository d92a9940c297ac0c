// GET /attendance-rules: how attendance is counted, from which day on.
#include "features/attendance/attendance_pages.h"
#include "features/attendance/counting_rules.h"
#include "platform/pages/field_list.h"

namespace tiendo::attendance {
namespace {

// What lies ahead, is in force, or was replaced: rules come with the latest first.
Value rules_value(db::Read& tx, Date today) {
    bool is_over = false;
    return Value::object({{"rules", list_of(all_rules(tx), [&](const DatedRule& rule) {
                               const bool is_ahead = rule.valid_from && *rule.valid_from > today;
                               const char* state = is_ahead ? "ahead" : is_over ? "over" : "in_force";
                               is_over = is_over || !is_ahead;
                               return Value::object({{"valid_from", rule.valid_from},
                                                     {"late_after_minutes", rule.counting.late_after_minutes},
                                                     {"leave", to_text(rule.counting.leave)},
                                                     {"basis", rule.basis},
                                                     {"verified_by", rule.verified_by},
                                                     {"state", state}});
                           })}});
}

Value page_value(const web::Visit& visit, db::Read& tx, const pages::Refused& refused) {
    Value form;
    if (may_change_rules(tx, visit.actor)) {
        const CountingRule now = rule_on(tx, visit.today());
        std::vector<pages::Option> leaves;
        for (const Leave leave : {Leave::missed, Leave::attended, Leave::left_out}) {
            const std::string code(to_text(leave));
            leaves.push_back({code, visit.text("attendance.leave." + code)});
        }
        pages::FieldList fields(visit, refused, "rules");
        fields.day("valid_from", visit.today() + 1).required().hint("attendance.rule_from_hint");
        fields.count("late_after_minutes", now.late_after_minutes).required();
        fields.choice("leave", leaves, to_text(now.leave)).hint("attendance.rule_leave_hint");
        fields.text("basis").required();
        fields.text("verified_by").hint("attendance.verified_by_hint");
        form = fields.form();
    }
    return rules_value(tx, visit.today())
        .set("title", visit.text("attendance.rules"))
        .set("form", std::move(form));
}

http::Response rules_page(const web::Visit& visit) {
    return visit.database.read(
        [&](db::Read& tx) { return visit.page("attendance/rules", page_value(visit, tx, {})); });
}

http::Response rules_json(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) { return visit.json(rules_value(tx, visit.today())); });
}

Outcome<Done> recording(const web::Visit& visit) {
    return visit.database.write([&](db::Write& tx) -> Outcome<Done> {
        pages::Reader sent = pages::Reader::of_body(visit);
        DatedRule rule;
        rule.valid_from = sent.required_day("valid_from");
        rule.counting.late_after_minutes = sent.required_count("late_after_minutes").value_or(0);
        const auto leave = sent.required_choice("leave", {"missed", "attended", "left_out"});
        if (leave) rule.counting.leave = *parse_leave(*leave);
        rule.basis = sent.required_text("basis");
        rule.verified_by = sent.text("verified_by");
        if (sent.refused()) return sent.refusals();
        return record_rule(tx, visit.actor, rule, visit.today(), visit.now);
    });
}

http::Response record_by_form(const web::Visit& visit) {
    const auto recorded = recording(visit);
    if (recorded) return visit.redirect("/attendance-rules", "act.recorded");
    return visit.database.read([&](db::Read& tx) {
        return visit.refused("attendance/rules", page_value(visit, tx, {"rules", recorded.refusals()}),
                             recorded.refusals());
    });
}

http::Response record_by_json(const web::Visit& visit) {
    const auto recorded = recording(visit);
    return recorded ? visit.json(Value::object({{"done", true}}), 201)
                    : visit.json_refused(recorded.refusals());
}

}  // namespace

void register_counting_rules(web::Routes& routes) {
    routes.get("/attendance-rules", see_attendance, rules_page);
    routes.post("/attendance-rules", mark_attendance, record_by_form);
    routes.get("/api/v1/attendance-rules", see_attendance, rules_json);
    routes.post("/api/v1/attendance-rules", mark_attendance, record_by_json);
}

}  // namespace tiendo::attendance
