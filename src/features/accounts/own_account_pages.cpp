// /account: what a person settles about himself.
#include "features/accounts/accounts_presenter.h"
#include "features/accounts/own_account.h"
#include "features/accounts/pages.h"
#include "features/accounts/sign_in_pages.h"
#include "platform/auth/password.h"
#include "platform/auth/token.h"
#include "platform/pages/reader.h"
#include "platform/web/frame.h"

namespace tiendo::accounts {
namespace {

constexpr web::Options slow{.pool = http::Pool::slow};

// The languages and themes to choose from are those of the frame, with what holds now marked.
Value page_value(const web::Visit& visit, db::Read& tx, const Refusals& refusals) {
    Value value = own_value(visit, tx);
    value.set("title", visit.text("account.title"))
        .set("least_length", auth::least_password_length)
        .set("name_field", web::form_field(visit, "display_name", value["display_name"], refusals))
        .set("old_password", secret_field(visit, "old_password", refusals))
        .set("password", secret_field(visit, "password", refusals))
        .set("password_again", secret_field(visit, "password_again", refusals))
        .set("token_label", web::form_field(visit, "label", {}, refusals))
        .set("token_days", web::form_field(visit, "days", auth::personal_token_longest_days, refusals))
        .set("token", nullptr);
    return value;
}

http::Response own_page(const web::Visit& visit) {
    return visit.page("accounts/own_account",
                      visit.database.read([&](db::Read& tx) { return page_value(visit, tx, {}); }));
}

http::Response refused_page(const web::Visit& visit, const Refusals& refusals) {
    const Value value = visit.database.read([&](db::Read& tx) { return page_value(visit, tx, refusals); });
    return visit.refused("accounts/own_account", value, refusals);
}

http::Response change_preferences(const web::Visit& visit) {
    auto sent = pages::Reader::of_body(visit);
    const auto language = sent.required_choice("language", {"vi", "en"});
    const auto theme = sent.required_choice("theme", {"auto", "light", "dark"});
    if (sent.refused()) return refused_page(visit, sent.refusals());
    const std::string name = sent.text("display_name").empty() ? visit.actor.name : sent.text("display_name");
    const auto done = visit.database.write([&](db::Write& tx) {
        return prefer(tx, visit.actor, {name, *i18n::parse_language(*language), *theme}, visit.now);
    });
    if (!done) return refused_page(visit, done.refusals());
    http::Response response = visit.redirect("/account", "account.saved");
    keep_choice(response, visit.request, web::language_cookie, *language);
    keep_choice(response, visit.request, web::theme_cookie, *theme);
    return response;
}

http::Response choose_password(const web::Visit& visit) {
    const auto entry = change_password(
        visit.database, visit.actor, visit.request.secret("old_password"),
        {visit.request.secret("password"), visit.request.secret("password_again")}, knock_of(visit));
    if (!entry) return refused_page(visit, entry.refusals());
    http::Response response = visit.redirect("/account", "account.password_changed");
    response.with("Set-Cookie", http::to_text(auth::cookie_of(entry->session, visit.request.secure)));
    return response;
}

// The page itself is the answer and not a redirect: the secret is shown once and kept nowhere.
http::Response make_token(const web::Visit& visit) {
    auto sent = pages::Reader::of_body(visit);
    const auto days = sent.count("days");
    if (sent.refused()) return refused_page(visit, sent.refusals());
    const auto made = visit.database.write([&](db::Write& tx) -> Outcome<auth::MadeToken> {
        if (auto refusal = not_recently_signed_in(tx, auth::session_token(visit.request), visit.now))
            return *refusal;
        return make_key(tx, visit.actor, sent.text("label"), days, visit.now);
    });
    if (!made) return refused_page(visit, made.refusals());
    Value value = visit.database.read([&](db::Read& tx) { return page_value(visit, tx, {}); });
    value.set("token", Value::object({{"label", sent.text("label")}, {"secret", made->secret}}));
    value.set("token_label", Value::object({{"value", nullptr}, {"refusal", nullptr}}));
    return visit.page("accounts/own_account", std::move(value), 201);
}

http::Response revoke_token(const web::Visit& visit) {
    const std::int64_t token = web::id_of(visit, "id");
    visit.database.write([&](db::Write& tx) { revoke_key(tx, visit.actor, token, visit.now); });
    return visit.redirect("/account", "account.token_revoked");
}

http::Response end_session(const web::Visit& visit) {
    const std::string digest = auth::digest_of_hex(visit.request.parameter("id"));
    const std::string_view own = auth::session_token(visit.request);
    const auto done = visit.database.write([&](db::Write& tx) -> Outcome<Done> {
        if (auto refusal = not_recently_signed_in(tx, own, visit.now)) return *refusal;
        end_own_session(tx, visit.actor, digest, visit.now);
        return Done{};
    });
    if (!done) return refused_page(visit, done.refusals());
    return visit.redirect("/account", "account.session_ended");
}

http::Response end_others(const web::Visit& visit) {
    const std::string_view own = auth::session_token(visit.request);
    const auto done = visit.database.write([&](db::Write& tx) -> Outcome<Done> {
        if (auto refusal = not_recently_signed_in(tx, own, visit.now)) return *refusal;
        end_other_sessions(tx, visit.actor, own, visit.now);
        return Done{};
    });
    if (!done) return refused_page(visit, done.refusals());
    return visit.redirect("/account", "account.sessions_ended");
}

}  // namespace

void register_own_account_routes(web::Routes& routes) {
    routes.get("/account", web::signed_in, own_page);
    routes.post("/account/preferences", web::signed_in, change_preferences);
    routes.post("/account/password", web::signed_in, choose_password, slow);
    routes.post("/account/tokens", web::signed_in, make_token);
    routes.post("/account/tokens/:id/revocation", web::signed_in, revoke_token);
    routes.post("/account/sessions/ending", web::signed_in, end_others);
    routes.post("/account/sessions/:id/ending", web::signed_in, end_session);
}

}  // namespace tiendo::accounts
