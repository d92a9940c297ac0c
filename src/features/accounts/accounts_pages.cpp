// /accounts: who may sign in, and what each may do.
#include <algorithm>

#include "features/accounts/accounts_presenter.h"
#include "features/accounts/pages.h"
#include "features/accounts/roles.h"
#include "platform/pages/address.h"
#include "platform/pages/reader.h"
#include "platform/pages/workbook.h"

namespace tiendo::accounts {
namespace {

// --- what forms offer ---------------------------------------------------------------------

// The roles an actor could grant somewhere: those that carry nothing he lacks.
Value roles_offered(const web::Visit& visit, const std::string& current) {
    Value offered = Value::list();
    for (const Role& role : role_table()) {
        const bool grantable = std::all_of(
            role.permissions.begin(), role.permissions.end(),
            [&](const std::string& permission) { return visit.actor.may(web::Permission{permission}); });
        if (grantable) offered.push(Value::object({{"value", role.name}, {"current", role.name == current}}));
    }
    return offered;
}

Value units_offered(const web::Visit& visit, db::Read& tx, const std::string& current) {
    return list_of(units_administered_by(tx, visit.actor), [&](const organisations::Unit& unit) {
        return Value::object(
            {{"value", unit.id}, {"name", unit.name}, {"current", to_text(unit.id) == current}});
    });
}

// --- the list -----------------------------------------------------------------------------

Value invitation_value(const web::Visit& visit, db::Read& tx, const Refusals& refusals) {
    if (!visit.actor.may(change_accounts)) return nullptr;
    const std::string role(visit.request.sent("role"));
    return Value::object({{"display_name", web::form_field(visit, "display_name", {}, refusals)},
                          {"account_name", web::form_field(visit, "account_name", {}, refusals)},
                          {"roles", roles_offered(visit, role.empty() ? "unit_officer" : role)},
                          {"units", units_offered(visit, tx, std::string(visit.request.sent("unit")))}});
}

Value page_value(const web::Visit& visit, db::Read& tx, const Refusals& refusals) {
    Value value = accounts_value(visit, tx);
    value.set("title", visit.text("accounts.title"))
        .set("q", visit.request.asked("q"))
        .set("filtered", !visit.request.asked("q").empty())
        .set("export", pages::here(visit.request, {{"format", "xlsx"}, {"after", ""}}))
        .set("print_url", nullptr)
        .set("link", nullptr)
        .set("invitation", invitation_value(visit, tx, refusals));
    return value;
}

http::Response accounts_workbook(const web::Visit& visit, const std::vector<Listed>& accounts) {
    const office::ListLayout layout{.sheet = visit.text("accounts.title"),
                                    .titles = {visit.text("accounts.title")},
                                    .columns = {{visit.text("accounts.person"), {}, 30},
                                                {visit.text("sign_in.account_name"), {}, 20},
                                                {visit.text("accounts.roles"), {}, 60},
                                                {visit.text("accounts.state"), {}, 20},
                                                {visit.text("accounts.seen_at"), {}, 20}}};
    return pages::workbook(layout, "accounts.xlsx", [&](office::ListWriter& writer) {
        for (const Listed& one : accounts) {
            std::string grants;
            for (const Grant& grant : one.grants)
                grants += (grants.empty() ? "" : "; ") + visit.text("account.role." + grant.role) + ", " +
                          grant.unit_name;
            const std::string state = visit.text("accounts.state." + std::string(to_text(one.state)));
            const std::string seen =
                one.seen_at ? i18n::moment(visit.language, *one.seen_at, visit.offset) : "";
            writer.row({one.account.display_name, one.account.name, grants, state, seen});
        }
    });
}

http::Response accounts_page(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        if (visit.request.asked("format") == "xlsx")
            return accounts_workbook(visit, accounts_asked_for(visit, tx));
        return visit.page("accounts/accounts", page_value(visit, tx, {}));
    });
}

// The page itself is the answer and not a redirect: the link is shown once and kept nowhere.
http::Response invite_person(const web::Visit& visit) {
    const auto invited = visit.database.write(
        [&](db::Write& tx) { return invite(tx, visit.actor, new_account_of(visit), visit.now); });
    return visit.database.read([&](db::Read& tx) {
        if (!invited)
            return visit.refused("accounts/accounts", page_value(visit, tx, invited.refusals()),
                                 invited.refusals());
        Value value = page_value(visit, tx, {});
        value.set("link", link_value(visit, invited->display_name, invited->token));
        return visit.page("accounts/accounts", std::move(value), 201);
    });
}

// --- one account --------------------------------------------------------------------------

Value account_value(const web::Visit& visit, db::Read& tx, AccountId account) {
    const Listed listed = require_listed(tx, visit.actor, account, visit.now);
    Value value = to_value(listed);
    const Value acts = acts_value(visit, tx, listed);
    for (const auto& [name, may] : *acts.members()) value.set(name, may);
    value.set("title", listed.account.display_name)
        .set("roles", roles_offered(visit, std::string(visit.request.sent("role"))))
        .set("units", units_offered(visit, tx, std::string(visit.request.sent("unit"))))
        .set("link", nullptr);
    return value;
}

http::Response account_page(const web::Visit& visit) {
    const AccountId account{web::id_of(visit, "id")};
    return visit.database.read(
        [&](db::Read& tx) { return visit.page("accounts/account", account_value(visit, tx, account)); });
}

http::Response answered(const web::Visit& visit, AccountId account, const Refusals& refusals,
                        std::string_view notice) {
    if (refusals.empty()) return visit.redirect("/accounts/" + to_text(account), notice);
    const Value value = visit.database.read([&](db::Read& tx) { return account_value(visit, tx, account); });
    return visit.refused("accounts/account", value, refusals);
}

http::Response grant_role(const web::Visit& visit) {
    const AccountId account{web::id_of(visit, "id")};
    const pages::Reader sent = pages::Reader::of_body(visit);
    const auto done = visit.database.write([&](db::Write& tx) {
        require(tx, visit.actor, account);
        return grant(tx, visit.actor, account, sent.text("role"),
                     organisations::UnitId{parse_id(sent.text("unit"))}, visit.now);
    });
    return answered(visit, account, done.refusals(), "account.granted");
}

http::Response revoke_grant(const web::Visit& visit) {
    const GrantId grant{web::id_of(visit, "id")};
    const AccountId account = visit.database.read([&](db::Read& tx) {
        const auto found = find_grant(tx, grant);
        if (!found) throw web::NotFound();
        return found->account;
    });
    const auto done =
        visit.database.write([&](db::Write& tx) { return revoke(tx, visit.actor, grant, visit.now); });
    return answered(visit, account, done.refusals(), "account.revoked");
}

http::Response renew_link(const web::Visit& visit) {
    const AccountId account{web::id_of(visit, "id")};
    const auto token = visit.database.write(
        [&](db::Write& tx) { return renew_sign_in_token(tx, visit.actor, account, visit.now); });
    if (!token) return answered(visit, account, token.refusals(), "");
    Value value = visit.database.read([&](db::Read& tx) { return account_value(visit, tx, account); });
    value.set("link", link_value(visit, *value["display_name"].text(), *token));
    return visit.page("accounts/account", std::move(value), 201);
}

http::Response disable_account(const web::Visit& visit) {
    const AccountId account{web::id_of(visit, "id")};
    const auto done =
        visit.database.write([&](db::Write& tx) { return disable(tx, visit.actor, account, visit.now); });
    return answered(visit, account, done.refusals(), "account.disabled_now");
}

http::Response enable_account(const web::Visit& visit) {
    const AccountId account{web::id_of(visit, "id")};
    const auto done =
        visit.database.write([&](db::Write& tx) { return enable(tx, visit.actor, account, visit.now); });
    return answered(visit, account, done.refusals(), "account.enabled");
}

http::Response end_all_sessions(const web::Visit& visit) {
    const AccountId account{web::id_of(visit, "id")};
    visit.database.write([&](db::Write& tx) { end_sessions(tx, visit.actor, account, visit.now); });
    return answered(visit, account, {}, "account.all_sessions_ended");
}

}  // namespace

void register_accounts_routes(web::Routes& routes) {
    routes.get("/accounts", see_accounts, accounts_page);
    routes.post("/accounts", change_accounts, invite_person);
    routes.get("/accounts/:id", see_accounts, account_page);
    routes.post("/accounts/:id/grants", change_accounts, grant_role);
    routes.post("/grants/:id/revocation", change_accounts, revoke_grant);
    routes.post("/accounts/:id/links", change_accounts, renew_link);
    routes.post("/accounts/:id/disabling", change_accounts, disable_account);
    routes.post("/accounts/:id/enabling", change_accounts, enable_account);
    routes.post("/accounts/:id/sessions/ending", change_accounts, end_all_sessions);
}

}  // namespace tiendo::accounts
