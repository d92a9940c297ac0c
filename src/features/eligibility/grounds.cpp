// A judgement written down, to be kept with what was decided by it, and read again.
#include <stdexcept>

#include "features/eligibility/eligibility.h"
#include "platform/json/json.h"

namespace tiendo::eligibility {
namespace {

Value to_value(const Said& said) {
    if (const auto* number = std::get_if<std::int64_t>(&said)) return *number;
    if (const auto* day = std::get_if<Date>(&said)) return Value::object({{"day", *day}});
    if (const auto* term = std::get_if<Term>(&said))
        return Value::object({{"set", term->set}, {"word", term->word}});
    return std::get<std::string>(said);
}

Value to_value(const Seen& seen) {
    return Value::object({{"key", seen.key},
                          {"words", list_of(seen.words, [](const Said& said) { return to_value(said); })},
                          {"sensitive", seen.sensitive}});
}

Value to_value(const RuleResult& result) {
    Value waived;
    if (const auto& waiver = result.waiver)
        waived = Value::object({{"waiver", waiver->id},
                                {"by", waiver->granted_by},
                                {"reason", waiver->reason},
                                {"document", waiver->document_title}});
    const Rule& rule = *result.rule;
    return Value::object({{"rule", rule.id},
                          {"id", rule.code},
                          {"severity", to_text(rule.severity)},
                          {"result", to_text(result.result)},
                          {"seen", list_of(result.seen, [](const Seen& seen) { return to_value(seen); })},
                          {"basis", rule.basis},
                          {"message_vi", rule.message_vi},
                          {"message_en", rule.message_en},
                          {"waivable", rule.waivable},
                          {"waived", std::move(waived)}});
}

// Members that must be there; they are, in what this file wrote.
const std::string& text_of(const Value& value, std::string_view name) {
    if (const std::string* text = value[name].text()) return *text;
    throw std::runtime_error("a judgement that was kept has no text " + std::string(name));
}
const Value::List& list_in(const Value& value, std::string_view name) {
    if (const auto* list = value[name].list_items()) return *list;
    throw std::runtime_error("a judgement that was kept has no list " + std::string(name));
}
bool truth_of(const Value& value, std::string_view name) {
    const bool* truth = value[name].truth();
    return truth && *truth;
}

Said said_of(const Value& value) {
    if (const auto* number = value.number()) return *number;
    if (const auto* text = value.text()) return *text;
    if (!value["day"].is_null()) return parse_date(text_of(value, "day")).value();
    return Term{text_of(value, "set"), text_of(value, "word")};
}

Seen seen_of(const Value& value) {
    Seen seen{.key = text_of(value, "key"), .words = {}, .sensitive = truth_of(value, "sensitive")};
    for (const Value& word : list_in(value, "words")) seen.words.push_back(said_of(word));
    return seen;
}

RuleResult result_of(const Value& value) {
    Rule rule;
    rule.id = RuleId{parse_id(text_of(value, "rule"))};
    rule.code = text_of(value, "id");
    rule.severity = parse_severity(text_of(value, "severity")).value();
    rule.basis = text_of(value, "basis");
    rule.message_vi = text_of(value, "message_vi");
    rule.message_en = text_of(value, "message_en");
    rule.waivable = truth_of(value, "waivable");
    RuleResult result{.rule = std::make_shared<const Rule>(std::move(rule)),
                      .result = parse_result(text_of(value, "result")).value(),
                      .seen = {},
                      .waiver = {}};
    for (const Value& seen : list_in(value, "seen")) result.seen.push_back(seen_of(seen));
    if (const Value& waived = value["waived"]; !waived.is_null()) {
        Waiver& waiver = result.waiver.emplace();
        waiver.id = WaiverId{parse_id(text_of(waived, "waiver"))};
        waiver.rule = result.rule->code;
        waiver.granted_by = text_of(waived, "by");
        waiver.reason = text_of(waived, "reason");
        waiver.document_title = text_of(waived, "document");
    }
    return result;
}

}  // namespace

std::string to_text(const Judgement& judgement) {
    return json::write(Value::object(
        {{"rules", list_of(judgement.rules, [](const RuleResult& result) { return to_value(result); })}}));
}

Judgement read_judgement(std::string_view text) {
    const Value kept = json::parse(text).value_or(Value());
    Judgement judgement;
    for (const Value& rule : list_in(kept, "rules")) judgement.rules.push_back(result_of(rule));
    judgement.eligible = eligible(judgement.rules);
    return judgement;
}

}  // namespace tiendo::eligibility
