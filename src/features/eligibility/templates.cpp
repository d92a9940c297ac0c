// The rules that the product brings for its programmes, recorded as rules like any other.
#include <map>
#include <set>
#include <stdexcept>

#include "features/eligibility/eligibility.h"
#include "features/eligibility/template_file.h"

namespace tiendo::eligibility {
namespace {

// A rule names the programme under the code by which the product knows it; this house may know the
// same programme by another.
void rename_programmes(Condition& condition, const std::map<std::string, programmes::Programme>& brought) {
    for (Condition& part : condition.parts) rename_programmes(part, brought);
    if (condition.leaf.about != About::certificate && condition.leaf.about != About::trained) return;
    for (std::string& code : condition.leaf.among)
        if (const auto found = brought.find(code); found != brought.end()) code = found->second.code;
}

}  // namespace

void install_templates(db::Write& tx, const web::Actor& actor, Instant at) {
    const auto brought = programmes::install_templates(tx, actor, at);
    for (const Template& one : templates()) {
        const programmes::ProgrammeId programme = brought.at(one.code).id;
        std::set<std::string> had;
        for (const Rule& rule : rules_of(tx, programme)) had.insert(rule.code);
        for (Rule rule : one.rules) {
            if (had.contains(rule.code)) continue;
            rule.programme = programme;
            rename_programmes(rule.condition, brought);
            if (const auto recorded = record_rule(tx, actor, std::move(rule), at); !recorded)
                throw std::logic_error("templates.json: " + recorded.refusals().front().message);
        }
    }
}

bool templates_are_installed(db::Read& tx) {
    if (!programmes::templates_are_installed(tx)) return false;
    std::set<std::pair<std::string, std::string>> there;
    tx.each(R"sql(
        select distinct t.code, r.code
        from programme_templates t join eligibility_rules r on r.programme = t.programme)sql",
            {}, [&](const db::Row& row) { there.emplace(row.text(0), row.text(1)); });
    for (const Template& one : templates())
        for (const Rule& rule : one.rules)
            if (!there.contains({one.code, rule.code})) return false;
    return true;
}

}  // namespace tiendo::eligibility
