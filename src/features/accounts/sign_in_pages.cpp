// GET /sign-in, POST /session, POST /session/end, and the one-time links /sign-in/:token.
#include "features/accounts/sign_in_pages.h"

#include <memory>

#include "features/accounts/pages.h"
#include "features/accounts/sign_in.h"
#include "platform/auth/password.h"
#include "platform/pages/address.h"
#include "platform/web/frame.h"

namespace tiendo::accounts {
namespace {

constexpr web::Options slow{.pool = http::Pool::slow};

// --- by password --------------------------------------------------------------------------

Value sign_in_value(const web::Visit& visit, std::string_view next, const Refusals& refusals) {
    return Value::object({{"title", visit.text("sign_in.title")},
                          {"next", web::local_path(next).value_or("/")},
                          {"signed_out", visit.request.asked("out") == "1"},
                          {"account_name", web::form_field(visit, "account_name", {}, refusals)},
                          {"password", secret_field(visit, "password", refusals)}});
}

http::Response sign_in_page(const web::Visit& visit) {
    return visit.page("web/sign_in", sign_in_value(visit, visit.request.asked("next"), {}));
}

http::Response begin_session(const web::Visit& visit, auth::Throttle& throttle) {
    const auto entry = sign_in(visit.database, throttle, visit.request.sent("account_name"),
                               visit.request.secret("password"), knock_of(visit));
    const std::string_view next = visit.request.sent("next");
    if (entry) return entered(visit, *entry, web::local_path(next).value_or("/"));
    http::Response page =
        visit.refused("web/sign_in", sign_in_value(visit, next, entry.refusals()), entry.refusals());
    if (entry.refusals().front().message == "sign_in.wait") {
        page.status = 429;
        page.with("Retry-After", std::to_string(auth::Throttle::window_ms / 1000));
    }
    return page;
}

http::Response end_session(const web::Visit& visit) {
    sign_out(visit.database, visit.actor, auth::session_token(visit.request), visit.now);
    return visit.redirect("/sign-in?out=1")
        .with("Set-Cookie", http::to_text(auth::cookie_gone(visit.request.secure)));
}

// --- by a one-time link -------------------------------------------------------------------

http::Response spent_link_page(const web::Visit& visit) {
    return visit.page("web/set_password",
                      Value::object({{"title", visit.text("set_password.title")},
                                     {"usable", false},
                                     {"action", nullptr},
                                     {"display_name", nullptr},
                                     {"account_name", nullptr},
                                     {"least_length", auth::least_password_length},
                                     {"expires_at", nullptr},
                                     {"password", secret_field(visit, "password", {})},
                                     {"password_again", secret_field(visit, "password_again", {})}}),
                      404);
}

Value set_password_value(const web::Visit& visit, const Invited& invited, const Refusals& refusals) {
    return Value::object({{"title", visit.text("set_password.title")},
                          {"usable", true},
                          {"action", visit.request.path},
                          {"display_name", invited.display_name},
                          {"account_name", invited.name},
                          {"least_length", auth::least_password_length},
                          {"expires_at", invited.expires_at},
                          {"password", secret_field(visit, "password", refusals)},
                          {"password_again", secret_field(visit, "password_again", refusals)}});
}

std::optional<Invited> owner_of_link(const web::Visit& visit) {
    return visit.database.read(
        [&](db::Read& tx) { return invited_by(tx, visit.request.parameter("token"), visit.now); });
}

// Opening the link changes nothing: mail programs and virus scanners open links by themselves.
http::Response link_page(const web::Visit& visit) {
    const auto invited = owner_of_link(visit);
    return invited ? visit.page("web/set_password", set_password_value(visit, *invited, {}))
                   : spent_link_page(visit);
}

http::Response use_link(const web::Visit& visit) {
    const auto invited = owner_of_link(visit);
    if (!invited) return spent_link_page(visit);
    const auto entry = sign_in_by_link(
        visit.database, visit.request.parameter("token"),
        {visit.request.secret("password"), visit.request.secret("password_again")}, knock_of(visit));
    if (entry) return entered(visit, *entry, "/");
    return visit.refused("web/set_password", set_password_value(visit, *invited, entry.refusals()),
                         entry.refusals());
}

}  // namespace

Value secret_field(const web::Visit& visit, std::string_view name, const Refusals& refusals) {
    Value field = Value::object({{"value", nullptr}, {"refusal", nullptr}});
    for (const Refusal& refusal : refusals)
        if (refusal.field == name && field["refusal"].is_null())
            field.set("refusal", visit.site.texts.text(visit.language, refusal));
    return field;
}

Knock knock_of(const web::Visit& visit) {
    return {visit.request.client, std::string(auth::session_token(visit.request)), visit.now};
}

http::Response entered(const web::Visit& visit, const Entry& entry, std::string where) {
    http::Response response = visit.redirect(std::move(where));
    response.with("Set-Cookie", http::to_text(auth::cookie_of(entry.session, visit.request.secure)));
    // What this browser was told before goes on; a new one learns what its user prefers.
    if (visit.request.cookie(web::language_cookie).empty())
        keep_choice(response, visit.request, web::language_cookie, i18n::to_text(entry.language));
    if (visit.request.cookie(web::theme_cookie).empty())
        keep_choice(response, visit.request, web::theme_cookie, entry.theme);
    return response;
}

void keep_choice(http::Response& response, const http::Request& request, std::string_view name,
                 std::string_view value) {
    constexpr std::int64_t a_year = 365 * 24 * 3600;
    response.with("Set-Cookie",
                  http::to_text(http::Cookie{std::string(name), std::string(value), a_year, request.secure}));
}

void register_sign_in_routes(web::Routes& routes, std::shared_ptr<auth::Throttle> throttle) {
    routes.get("/sign-in", web::everyone, sign_in_page);
    routes.post(
        "/session", web::everyone,
        [throttle](const web::Visit& visit) { return begin_session(visit, *throttle); }, slow);
    routes.post("/session/end", web::everyone, end_session);
    routes.get("/sign-in/:token", web::everyone, link_page);
    routes.post("/sign-in/:token", web::everyone, use_link, slow);
}

}  // namespace tiendo::accounts
