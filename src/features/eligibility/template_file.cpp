#include "features/eligibility/template_file.h"

#include <toml++/toml.h>

#include <stdexcept>

#include "features/eligibility/embedded_data.h"

namespace tiendo::eligibility {
namespace {

std::string text_of(const toml::table& table, std::string_view name, const char* otherwise = "") {
    return table[name].value_or(std::string(otherwise));
}

std::optional<Date> day_of(const toml::table& table, std::string_view name) {
    const std::string text = text_of(table, name);
    return text.empty() ? std::nullopt : std::optional(parse_date(text).value());
}

Rule rule_of(const toml::table& table) {
    Rule rule;
    rule.code = text_of(table, "code");
    rule.severity = parse_severity(text_of(table, "severity", "blocking")).value();
    auto condition = parse_condition(text_of(table, "condition"));
    if (!condition) throw std::logic_error("templates.toml: the condition of " + rule.code);
    rule.condition = std::move(*condition);
    rule.message_vi = text_of(table, "vi");
    rule.message_en = text_of(table, "en");
    rule.basis = text_of(table, "basis");
    rule.valid_from = day_of(table, "from");
    rule.valid_until = day_of(table, "until");
    rule.waivable = table["waivable"].value_or(false);
    return rule;
}

}  // namespace

const std::vector<Template>& templates() {
    static const std::vector<Template> read = [] {
        std::vector<Template> all;
        const toml::table file = toml::parse(embedded_data("templates.toml"));
        for (const toml::node& node : *file["programme"].as_array()) {
            const toml::table& programme = *node.as_table();
            all.push_back({text_of(programme, "code"), text_of(programme, "name"), {}});
            for (const toml::node& rule : *programme["rule"].as_array())
                all.back().rules.push_back(rule_of(*rule.as_table()));
        }
        return all;
    }();
    return read;
}

}  // namespace tiendo::eligibility
