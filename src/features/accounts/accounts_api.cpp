// /api/v1/account and /api/v1/accounts: what the pages do, for programs.
#include "features/accounts/accounts_presenter.h"
#include "features/accounts/own_account.h"
#include "features/accounts/pages.h"
#include "platform/auth/token.h"
#include "platform/pages/reader.h"

namespace tiendo::accounts {
namespace {

// Runs `verb` in a transaction, and answers what it made or why it was refused.
template <class Verb, class Present>
http::Response changed(const web::Visit& visit, Verb verb, Present present) {
    const auto outcome = visit.database.write(verb);
    return outcome ? present(*outcome) : visit.json_refused(outcome.refusals());
}

http::Response done(const web::Visit& visit) { return visit.json(Value::object({{"done", true}})); }

// --- one's own ----------------------------------------------------------------------------

http::Response own(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) { return visit.json(own_value(visit, tx)); });
}

// A program with a token neither makes more of them nor signs people out: who found the token
// could lock its owner out and stay.
void require_browser(const web::Visit& visit) {
    if (visit.actor.by_bearer) throw web::Forbidden();
}

http::Response make_own_token(const web::Visit& visit) {
    require_browser(visit);
    auto sent = pages::Reader::of_body(visit);
    const auto days = sent.count("days");
    if (sent.refused()) return visit.json_refused(sent.refusals());
    return changed(
        visit,
        [&](db::Write& tx) -> Outcome<auth::MadeToken> {
            if (auto refusal = not_recently_signed_in(tx, auth::session_token(visit.request), visit.now))
                return *refusal;
            return make_key(tx, visit.actor, sent.text("label"), days, visit.now);
        },
        [&](const auth::MadeToken& made) {
            return visit.json(Value::object({{"id", std::to_string(made.id)}, {"secret", made.secret}}), 201);
        });
}

http::Response revoke_own_token(const web::Visit& visit) {
    const std::int64_t token = web::id_of(visit, "id");
    visit.database.write([&](db::Write& tx) { revoke_key(tx, visit.actor, token, visit.now); });
    return done(visit);
}

http::Response end_one_session(const web::Visit& visit) {
    require_browser(visit);
    return changed(
        visit,
        [&](db::Write& tx) -> Outcome<Done> {
            if (auto refusal = not_recently_signed_in(tx, auth::session_token(visit.request), visit.now))
                return *refusal;
            end_own_session(tx, visit.actor, auth::digest_of_hex(visit.request.parameter("id")), visit.now);
            return Done{};
        },
        [&](const Done&) { return done(visit); });
}

// --- others -------------------------------------------------------------------------------

http::Response list(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) { return visit.json(accounts_value(visit, tx)); });
}

http::Response one(const web::Visit& visit) {
    const AccountId account{web::id_of(visit, "id")};
    return visit.database.read([&](db::Read& tx) {
        return visit.json(to_value(require_listed(tx, visit.actor, account, visit.now)));
    });
}

http::Response invite_by_program(const web::Visit& visit) {
    return changed(
        visit, [&](db::Write& tx) { return invite(tx, visit.actor, new_account_of(visit), visit.now); },
        [&](const Invitation& invitation) {
            Value value = link_value(visit, invitation.display_name, invitation.token);
            return visit.json(value.set("id", invitation.account), 201);
        });
}

http::Response grant_role(const web::Visit& visit) {
    const AccountId account{web::id_of(visit, "id")};
    const pages::Reader sent = pages::Reader::of_body(visit);
    return changed(
        visit,
        [&](db::Write& tx) {
            require(tx, visit.actor, account);
            return grant(tx, visit.actor, account, sent.text("role"),
                         organisations::UnitId{parse_id(sent.text("unit"))}, visit.now);
        },
        [&](const Done&) { return one(visit); });
}

http::Response revoke_grant(const web::Visit& visit) {
    const GrantId grant{web::id_of(visit, "id")};
    return changed(
        visit, [&](db::Write& tx) { return revoke(tx, visit.actor, grant, visit.now); },
        [&](AccountId) { return done(visit); });
}

http::Response renew_link(const web::Visit& visit) {
    const AccountId account{web::id_of(visit, "id")};
    return changed(
        visit, [&](db::Write& tx) { return renew_sign_in_token(tx, visit.actor, account, visit.now); },
        [&](const std::string& token) {
            const Account owner =
                visit.database.read([&](db::Read& tx) { return require(tx, visit.actor, account); });
            return visit.json(link_value(visit, owner.display_name, token), 201);
        });
}

http::Response disable_account(const web::Visit& visit) {
    const AccountId account{web::id_of(visit, "id")};
    return changed(
        visit, [&](db::Write& tx) { return disable(tx, visit.actor, account, visit.now); },
        [&](const Done&) { return one(visit); });
}

http::Response enable_account(const web::Visit& visit) {
    const AccountId account{web::id_of(visit, "id")};
    return changed(
        visit, [&](db::Write& tx) { return enable(tx, visit.actor, account, visit.now); },
        [&](const Done&) { return one(visit); });
}

http::Response end_all_sessions(const web::Visit& visit) {
    const AccountId account{web::id_of(visit, "id")};
    const std::int64_t ended = visit.database.write(
        [&](db::Write& tx) { return end_sessions(tx, visit.actor, account, visit.now); });
    return visit.json(Value::object({{"ended", ended}}));
}

}  // namespace

void register_api_routes(web::Routes& routes) {
    routes.get("/api/v1/account", web::signed_in, own);
    routes.post("/api/v1/account/tokens", web::signed_in, make_own_token);
    routes.post("/api/v1/account/tokens/:id/revocation", web::signed_in, revoke_own_token);
    routes.post("/api/v1/account/sessions/:id/ending", web::signed_in, end_one_session);

    routes.get("/api/v1/accounts", see_accounts, list);
    routes.post("/api/v1/accounts", change_accounts, invite_by_program);
    routes.get("/api/v1/accounts/:id", see_accounts, one);
    routes.post("/api/v1/accounts/:id/grants", change_accounts, grant_role);
    routes.post("/api/v1/grants/:id/revocation", change_accounts, revoke_grant);
    routes.post("/api/v1/accounts/:id/links", change_accounts, renew_link);
    routes.post("/api/v1/accounts/:id/disabling", change_accounts, disable_account);
    routes.post("/api/v1/accounts/:id/enabling", change_accounts, enable_account);
    routes.post("/api/v1/accounts/:id/sessions/ending", change_accounts, end_all_sessions);
}

void register_routes(web::Routes& routes) {
    register_sign_in_routes(routes, std::make_shared<auth::Throttle>());
    register_own_account_routes(routes);
    register_accounts_routes(routes);
    register_trail_routes(routes);
    register_api_routes(routes);
}

}  // namespace tiendo::accounts
