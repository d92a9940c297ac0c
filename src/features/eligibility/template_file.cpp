#include "features/eligibility/template_file.h"

#include <stdexcept>

#include "features/eligibility/embedded_data.h"
#include "platform/json/json.h"

namespace tiendo::eligibility {
namespace {

std::optional<Date> day_of(const Value& value) {
    return value.text() ? std::optional(parse_date(*value.text()).value()) : std::nullopt;
}

Rule rule_of(const Value& read) {
    Rule rule;
    rule.code = *read["code"].text();
    rule.severity = parse_severity(*read["severity"].text()).value();
    auto condition = condition_of(read["condition"]);
    if (!condition) throw std::logic_error("templates.json: the condition of " + rule.code);
    rule.condition = std::move(*condition);
    rule.message_vi = *read["message_vi"].text();
    rule.message_en = *read["message_en"].text();
    rule.basis = *read["basis"].text();
    rule.valid_from = day_of(read["valid_from"]);
    rule.valid_until = day_of(read["valid_until"]);
    rule.waivable = *read["waivable"].truth();
    return rule;
}

}  // namespace

const std::vector<Template>& templates() {
    static const std::vector<Template> read = [] {
        std::vector<Template> all;
        const Value file = json::parse(embedded_data("templates.json")).value();
        for (const Value& programme : *file.list_items()) {
            all.push_back({*programme["code"].text(), {}});
            for (const Value& rule : *programme["rules"].list_items())
                all.back().rules.push_back(rule_of(rule));
        }
        return all;
    }();
    return read;
}

}  // namespace tiendo::eligibility
