// GET /programmes/:id/rules/new and POST /programmes/:id/rules: a rule is added, or changed by
// another row of its code; first shown in words, then recorded.
#include <algorithm>

#include "features/eligibility/programme_pages.h"
#include "features/eligibility/rule_form.h"

namespace tiendo::eligibility {
namespace {

FormRows rows_sent(const pages::Reader& sent) {
    FormRows rows;
    for (int group = 1; group <= groups_of_a_form; ++group)
        for (int row = 1; row <= rows_of_a_group; ++row) {
            FormRow& typed = rows[static_cast<std::size_t>(group) - 1][static_cast<std::size_t>(row) - 1];
            typed = {sent.text(field_name("fact", group, row)),
                     sent.text(field_name("comparison", group, row)),
                     sent.text(field_name("words", group, row)), sent.text(field_name("number", group, row))};
            // A comparison is always chosen; without a fact it says nothing.
            if (typed.is_empty()) typed = {};
        }
    return rows;
}

// What is written as text goes before the rows.
Outcome<Condition> condition_sent(const pages::Reader& sent, const Reader& reader) {
    const std::string text = sent.text("condition");
    return text.empty() ? condition_of(rows_sent(sent), reader) : parse_condition(text);
}

Outcome<Rule> rule_sent(pages::Reader& sent, const programmes::Programme& programme, const Reader& reader) {
    Rule rule{.programme = programme.id, .code = sent.required_text("code")};
    const auto severity = sent.required_choice("severity", {"blocking", "warning"});
    if (severity) rule.severity = parse_severity(*severity).value();
    rule.message_vi = sent.required_text("message_vi");
    rule.message_en = sent.required_text("message_en");
    rule.basis = sent.required_text("basis");
    rule.valid_from = sent.day("valid_from");
    rule.valid_until = sent.day("valid_until");
    rule.waivable = !sent.text("waivable").empty();
    rule.repealed = !sent.text("repealed").empty();
    rule.verified_by = sent.text("verified_by");
    Refusals refusals = sent.refusals();
    auto condition = condition_sent(sent, reader);
    if (condition)
        rule.condition = std::move(*condition);
    else
        refusals.insert(refusals.end(), condition.refusals().begin(), condition.refusals().end());
    if (!refusals.empty()) return refusals;
    return rule;
}

// --- the page -------------------------------------------------------------------------------

Value choices(const web::Visit& visit, const std::vector<std::string>& words, const std::string& prefix,
              std::string_view current) {
    return list_of(words, [&](const std::string& word) {
        return Value::object(
            {{"value", word}, {"text", visit.text(prefix + word)}, {"current", word == current}});
    });
}

std::string listed(const std::vector<std::string>& words) {
    std::string list;
    for (const std::string& word : words) list += (list.empty() ? "" : ", ") + word;
    return list;
}

Value row_value(const web::Visit& visit, const Reader& reader, const FormRow& row, int group, int number,
                const Refusals& refusals) {
    const auto name = [&](std::string_view field) { return field_name(field, group, number); };
    Value refusal;
    for (const Refusal& one : refusals)
        for (const char* field : {"fact", "comparison", "words", "number"})
            if (one.field == name(field) && refusal.is_null())
                refusal = visit.site.texts.text(visit.language, one);
    const std::vector<std::string> all(comparisons.begin(), comparisons.end());
    return Value::object({{"place", std::to_string(group) + "-" + std::to_string(number)},
                          {"facts", choices(visit, facts_of_a_form(), "eligibility.word.fact.", row.fact)},
                          {"comparisons", choices(visit, all, "eligibility.comparison.", row.comparison)},
                          {"words", row.words},
                          {"amount", row.number},
                          {"fact", row.fact},
                          {"allowed", listed(words_of_fact(row.fact, reader))},
                          {"wrong", refusal}});
}

// How many of them are shown: those up to the last that says something, and one more to fill in.
template <class Rows, class Says>
int shown_of(const Rows& rows, Says says) {
    int last = 0;
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (says(rows[i])) last = static_cast<int>(i) + 1;
    return std::min(last + 1, static_cast<int>(rows.size()));
}

Value groups_value(const web::Visit& visit, const Reader& reader, const FormRows& rows,
                   const Refusals& refusals) {
    const auto row_says = [](const FormRow& row) { return !row.is_empty(); };
    const auto group_says = [&](const auto& group) {
        return std::any_of(group.begin(), group.end(), row_says);
    };
    Value groups = Value::list();
    for (int group = 1; group <= shown_of(rows, group_says); ++group) {
        const auto& typed = rows[static_cast<std::size_t>(group) - 1];
        Value lines = Value::list();
        for (int row = 1; row <= shown_of(typed, row_says); ++row)
            lines.push(
                row_value(visit, reader, typed[static_cast<std::size_t>(row) - 1], group, row, refusals));
        groups.push(Value::object({{"first", group == 1}, {"rows", std::move(lines)}}));
    }
    return groups;
}

// The words that each fact may have, for lists to choose from and for whoever reads them all.
Value vocabulary_value(const web::Visit& visit, const Reader& reader) {
    Value facts = Value::list();
    for (const std::string& fact : facts_of_a_form()) {
        const auto words = words_of_fact(fact, reader);
        if (words.empty()) continue;
        facts.push(Value::object({{"fact", fact},
                                  {"name", visit.text("eligibility.word.fact." + fact)},
                                  {"list", listed(words)},
                                  {"words", list_of(words, [](const std::string& word) {
                                       return Value::object({{"word", word}});
                                   })}}));
    }
    return facts;
}

bool is_refused(const Refusals& refusals, std::string_view field) {
    return std::any_of(refusals.begin(), refusals.end(),
                       [&](const Refusal& refusal) { return refusal.field == field; });
}

// `rule` is what the form begins with; what was sent goes before it.
Value form_value(const web::Visit& visit, const Reader& reader, const programmes::Programme& programme,
                 const Rule& rule, const FormRows& rows, const std::string& text, const Refusals& refusals) {
    const bool sent = visit.request.method == http::Method::post;
    const auto ticked = [&](const char* name, bool before) {
        return sent ? !visit.request.sent(name).empty() : before;
    };
    Value value = Value::object({{"title", visit.text("eligibility.rule_form")},
                                 {"programme", programme.id},
                                 {"name", programme.name},
                                 {"groups", groups_value(visit, reader, rows, refusals)},
                                 {"vocabulary", vocabulary_value(visit, reader)},
                                 {"has_text", !text.empty() || is_refused(refusals, "condition")},
                                 {"waivable", ticked("waivable", rule.waivable)},
                                 {"repealed", ticked("repealed", rule.repealed)},
                                 {"export", nullptr},
                                 {"print_url", nullptr},
                                 {"preview", nullptr}});
    const std::string severity =
        sent ? std::string(visit.request.sent("severity")) : std::string(to_text(rule.severity));
    value.set("severities", choices(visit, {"blocking", "warning"}, "eligibility.severity.", severity));
    const auto field = [&](const char* name, Value before) {
        value.set(name, web::form_field(visit, name, std::move(before), refusals));
    };
    field("code", rule.code);
    field("message_vi", rule.message_vi);
    field("message_en", rule.message_en);
    field("basis", rule.basis);
    field("valid_from", rule.valid_from);
    field("valid_until", rule.valid_until);
    field("verified_by", rule.verified_by);
    field("condition", text);
    return value;
}

http::Response new_rule_page(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        const auto programme = require_programme(visit, tx, change_eligibility);
        const Reader reader = reader_of(visit, tx);
        Rule rule{.programme = programme.id};
        FormRows rows;
        std::string text;
        // From the day that was looked at on the page before.
        const auto from = parse_date(visit.request.asked("from"));
        rule.valid_from = from;
        const RuleId changed{parse_id(std::string(visit.request.asked("change")))};
        for (Rule& one : rules_of(tx, programme.id)) {
            if (one.id != changed) continue;
            rule = std::move(one);
            if (from) rule.valid_from = from;
            // Who verified the row before did not see this one.
            rule.verified_by.clear();
            if (const auto shown = rows_of(rule.condition, reader))
                rows = *shown;
            else
                text = to_text(rule.condition);
        }
        return visit.page("eligibility/rule", form_value(visit, reader, programme, rule, rows, text, {}));
    });
}

http::Response form_again(const web::Visit& visit, db::Read& tx, const programmes::Programme& programme,
                          const pages::Reader& sent, const Outcome<Rule>& rule) {
    const Reader reader = reader_of(visit, tx);
    // Whoever asks for another row is not done yet, and is told of nothing that is missing.
    const bool more_rows = sent.text("step") == "rows";
    const Refusals refusals = rule || more_rows ? Refusals{} : rule.refusals();
    Value value = form_value(visit, reader, programme, {}, rows_sent(sent), sent.text("condition"), refusals);
    if (more_rows) return visit.page("eligibility/rule", std::move(value));
    if (!rule) return visit.refused("eligibility/rule", std::move(value), refusals);
    value.set("preview", to_value(*rule, reader));
    return visit.page("eligibility/rule", std::move(value));
}

http::Response rule_by_form(const web::Visit& visit) {
    return visit.database.write([&](db::Write& tx) {
        const auto programme = require_programme(visit, tx, change_eligibility);
        pages::Reader sent = pages::Reader::of_body(visit);
        const auto rule = rule_sent(sent, programme, reader_of(visit, tx));
        if (!rule || sent.text("step") != "save") return form_again(visit, tx, programme, sent, rule);
        const auto recorded = record_rule(tx, visit.actor, *rule, visit.now);
        if (!recorded) return form_again(visit, tx, programme, sent, recorded.refusals());
        return visit.redirect("/programmes/" + to_text(programme.id) + "/rules", "act.recorded");
    });
}

http::Response rule_by_json(const web::Visit& visit) {
    return visit.database.write([&](db::Write& tx) {
        const auto programme = require_programme(visit, tx, change_eligibility);
        pages::Reader sent = pages::Reader::of_body(visit);
        const Reader reader = reader_of(visit, tx);
        auto rule = rule_sent(sent, programme, reader);
        if (!rule) return visit.json_refused(rule.refusals());
        const auto recorded = record_rule(tx, visit.actor, *rule, visit.now);
        if (!recorded) return visit.json_refused(recorded.refusals());
        return visit.json(rules_value(visit, tx, programme, rule->valid_from.value_or(visit.today())));
    });
}

}  // namespace

void register_rules(web::Routes& routes) {
    routes.get("/programmes/:id/rules/new", change_eligibility, new_rule_page);
    routes.post("/programmes/:id/rules", change_eligibility, rule_by_form);
    routes.post("/api/v1/programmes/:id/rules", change_eligibility, rule_by_json);
}

}  // namespace tiendo::eligibility
