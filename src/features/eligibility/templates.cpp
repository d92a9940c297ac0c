// The programmes and rules that the product brings, recorded as rules like any other.
#include <map>
#include <set>
#include <stdexcept>

#include "features/eligibility/eligibility.h"
#include "features/eligibility/template_file.h"

namespace tiendo::eligibility {
namespace {

// A rule names the programme under the code by which the product knows it; this house may know the
// same programme by another.
void rename_programmes(Condition& condition, const std::map<std::string, std::string>& codes) {
    for (Condition& part : condition.parts) rename_programmes(part, codes);
    if (condition.leaf.about != About::certificate && condition.leaf.about != About::trained) return;
    for (std::string& code : condition.leaf.among)
        if (const auto found = codes.find(code); found != codes.end()) code = found->second;
}

}  // namespace

void install_templates(db::Write& tx, const web::Actor& actor, Instant at) {
    std::map<std::string, std::string> codes;
    std::vector<programmes::ProgrammeId> installed;
    for (const Template& programme : templates()) {
        const auto made = programmes::find_or_make_programme(tx, programme.name, programme.code, at);
        installed.push_back(made.id);
        codes.emplace(programme.code, made.code);
    }
    for (std::size_t i = 0; i < installed.size(); ++i) {
        std::set<std::string> had;
        for (const Rule& rule : rules_of(tx, installed[i])) had.insert(rule.code);
        for (Rule rule : templates()[i].rules) {
            if (had.contains(rule.code)) continue;
            rule.programme = installed[i];
            rename_programmes(rule.condition, codes);
            if (const auto recorded = record_rule(tx, actor, std::move(rule), at); !recorded)
                throw std::logic_error("templates.json: " + recorded.refusals().front().message);
        }
    }
}

}  // namespace tiendo::eligibility
