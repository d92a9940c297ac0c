// The pages about one cohort, its own first.
#include "features/cohorts/cohorts.h"

namespace tiendo::cohorts {
namespace {

std::vector<Tab>& offered() {
    static std::vector<Tab> tabs;
    return tabs;
}

}  // namespace

void offer_tab(Tab tab) { offered().push_back(tab); }

Value tabs(const web::Visit& visit, db::Read& tx, const Cohort& cohort, std::string_view current) {
    const std::string own_page = "/cohorts/" + to_text(cohort.id);
    const auto permitted = organisations::permitted_on(tx, visit.actor, cohort.organiser_unit);
    Value shown = Value::list();
    shown.push(Value::object({{"name", "cohort"}, {"url", own_page}, {"current", current.empty()}}));
    for (const auto& [path, permission, fits] : offered())
        if ((!fits || fits(cohort)) && visit.actor.may(permission) && permitted.contains(permission.name))
            shown.push(Value::object(
                {{"name", path}, {"url", own_page + "/" + std::string(path)}, {"current", current == path}}));
    return shown;
}

}  // namespace tiendo::cohorts
