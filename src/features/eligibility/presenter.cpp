#include "features/eligibility/presenter.h"

namespace tiendo::eligibility {

Value to_value(const Rule& rule, const Reader& reader) {
    return Value::object({{"rule", rule.id},
                          {"id", rule.code},
                          {"severity", to_text(rule.severity)},
                          {"message", message_of(rule, reader.language)},
                          {"message_vi", rule.message_vi},
                          {"message_en", rule.message_en},
                          {"words", in_words(reader, rule.condition)},
                          {"condition", to_text(rule.condition)},
                          {"basis", rule.basis},
                          {"valid_from", rule.valid_from},
                          {"valid_until", rule.valid_until},
                          {"waivable", rule.waivable},
                          {"repealed", rule.repealed},
                          {"verified_by", rule.verified_by},
                          {"recorded_at", rule.recorded_at},
                          {"recorded_by", rule.recorded_by}});
}

Value to_value(const Judgement& judgement, const i18n::Texts& texts, i18n::Language language) {
    const Reader reader{texts, language};
    Value eligible;
    if (judgement.eligible) eligible = *judgement.eligible;
    return Value::object(
        {{"eligible", eligible}, {"rules", list_of(judgement.rules, [&](const RuleResult& result) {
                                      const Rule& rule = *result.rule;
                                      Value waived;
                                      if (const auto& waiver = result.waiver)
                                          waived = Value::object({{"by", waiver->granted_by},
                                                                  {"reason", waiver->reason},
                                                                  {"document", waiver->document_title}});
                                      return Value::object({{"id", rule.code},
                                                            {"severity", to_text(rule.severity)},
                                                            {"result", to_text(result.result)},
                                                            {"value", in_words(reader, result.seen)},
                                                            {"basis", rule.basis},
                                                            {"message", message_of(rule, language)},
                                                            {"waivable", rule.waivable},
                                                            {"waived", waived}});
                                  })}});
}

}  // namespace tiendo::eligibility
