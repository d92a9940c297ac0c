// What features above show of a programme: pages of their own, and the rules of who may attend.
#include "features/programmes/programme_tabs.h"

namespace tiendo::programmes {
namespace {

std::vector<Tab>& offered() {
    static std::vector<Tab> tabs;
    return tabs;
}

std::function<Rules(const web::Visit&, db::Read&, Date)>& rules() {
    static std::function<Rules(const web::Visit&, db::Read&, Date)> shown;
    return shown;
}

std::optional<web::Permission>& permission_to_change_rules() {
    static std::optional<web::Permission> permission;
    return permission;
}

}  // namespace

void offer_tab(Tab tab) { offered().push_back(tab); }

Value tabs(const web::Visit& visit, db::Read& tx, const Programme& programme, std::string_view current) {
    const std::string own_page = "/programmes/" + to_text(programme.id);
    Value shown = Value::list();
    if (may(tx, visit.actor, see_programmes))
        shown.push(Value::object({{"name", "programme"}, {"url", own_page}, {"current", current.empty()}}));
    for (const auto& [path, permission] : offered())
        if (may(tx, visit.actor, permission))
            shown.push(Value::object(
                {{"name", path}, {"url", own_page + "/" + std::string(path)}, {"current", current == path}}));
    return shown;
}

void show_rules(std::function<Rules(const web::Visit&, db::Read&, Date)> shown, web::Permission to_change) {
    rules() = std::move(shown);
    permission_to_change_rules() = to_change;
}

bool may_change_rules(const web::Visit& visit, db::Read& tx) {
    return permission_to_change_rules() && may(tx, visit.actor, *permission_to_change_rules());
}

Rules rules_on(const web::Visit& visit, db::Read& tx, Date day) {
    return rules() ? rules()(visit, tx, day) : Rules{};
}

}  // namespace tiendo::programmes
