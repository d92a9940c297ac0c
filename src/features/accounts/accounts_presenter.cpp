#include "features/accounts/accounts_presenter.h"

#include <algorithm>

#include "base/text.h"
#include "platform/auth/token.h"
#include "platform/pages/paging.h"
#include "platform/pages/reader.h"

namespace tiendo::accounts {
namespace {

constexpr std::ptrdiff_t at_once = 100;

}  // namespace

Value to_value(const Grant& grant) {
    return Value::object({{"id", grant.id},
                          {"role", grant.role},
                          {"unit", grant.unit_name},
                          {"unit_id", grant.unit},
                          {"granted_by", grant.granted_by},
                          {"recorded_at", grant.recorded_at}});
}

Value to_value(const Listed& listed) {
    return Value::object(
        {{"id", listed.account.id},
         {"display_name", listed.account.display_name},
         {"account_name", listed.account.name},
         {"state", to_text(listed.state)},
         {"seen_at", listed.seen_at},
         {"grants", list_of(listed.grants, [](const Grant& one) { return to_value(one); })}});
}

Value to_value(const auth::PersonalToken& token) {
    return Value::object({{"id", std::to_string(token.id)},
                          {"label", token.label},
                          {"created_at", token.created_at},
                          {"used_at", token.used_at},
                          {"expires_at", token.expires_at}});
}

Value to_value(const auth::OpenSession& session, std::string_view current_token) {
    return Value::object({{"id", auth::hex_of(session.digest)},
                          {"began_at", session.began_at},
                          {"seen_at", session.seen_at},
                          {"expires_at", session.expires_at},
                          {"current", session.digest == auth::digest_of(current_token)}});
}

Value own_value(const web::Visit& visit, db::Read& tx) {
    const AccountId account{visit.actor.account};
    const auto own = find_credentials(tx, account).value();
    const auto sessions = auth::open_sessions(tx, account.value, visit.now);
    const std::string_view token = auth::session_token(visit.request);
    return Value::object(
        {{"account_name", own.name},
         {"display_name", own.display_name},
         {"preferred", Value::object({{"language", i18n::to_text(own.language)}, {"theme", own.theme}})},
         {"grants", list_of(grants_of(tx, account), [](const Grant& one) { return to_value(one); })},
         {"tokens", list_of(auth::personal_tokens(tx, account.value, visit.now),
                            [](const auth::PersonalToken& one) { return to_value(one); })},
         {"sessions",
          list_of(sessions, [&](const auth::OpenSession& one) { return to_value(one, token); })}});
}

std::vector<Listed> accounts_asked_for(const web::Visit& visit, db::Read& tx) {
    auto listed = accounts_seen_by(tx, visit.actor, visit.now);
    const std::string words = fold(visit.request.asked("q"));
    std::erase_if(listed, [&](const Listed& one) {
        return fold(one.account.display_name + " " + one.account.name).find(words) == std::string::npos;
    });
    return listed;
}

Value accounts_value(const web::Visit& visit, db::Read& tx) {
    const auto all = accounts_asked_for(visit, tx);
    const pages::Place begun = pages::place_of(visit.request, 1);
    auto from = std::find_if(all.begin(), all.end(),
                             [&](const Listed& one) { return one.account.id.value == begun.number(0); });
    from = from == all.end() ? all.begin() : from + 1;
    const std::vector<Listed> shown(from, from + std::min(at_once, all.end() - from));
    const auto before = static_cast<std::int64_t>(from - all.begin());
    const std::string last = shown.empty() ? "" : to_text(shown.back().account.id);
    return Value::object(
        {{"count", all.size()},
         {"accounts", list_of(shown, [](const Listed& one) { return to_value(one); })},
         {"paging",
          pages::paging(visit.request, {before, before == 0 ? std::vector<std::string>{} : begun.key},
                        static_cast<std::int64_t>(shown.size()), static_cast<std::int64_t>(all.size()),
                        {last})}});
}

Value acts_value(const web::Visit& visit, db::Read& tx, const Listed& listed) {
    const bool may = visit.actor.may(change_accounts) && listed.account.id.value != visit.actor.account &&
                     administers(tx, visit.actor.account, listed.account.id);
    const bool disabled = listed.state == State::disabled;
    return Value::object({{"can_grant", visit.actor.may(change_accounts)},
                          {"can_disable", may && !disabled},
                          {"can_enable", may && disabled},
                          {"can_link", may && !disabled}});
}

NewAccount new_account_of(const web::Visit& visit) {
    const pages::Reader sent = pages::Reader::of_body(visit);
    return {sent.text("account_name"), sent.text("display_name"), sent.text("role"),
            organisations::UnitId{parse_id(sent.text("unit"))}};
}

std::string link_address(const http::Request& request, const std::string& token) {
    const std::string host(request.header("host"));
    return (host.empty() ? "" : (request.secure ? "https://" : "http://") + host) + "/sign-in/" + token;
}

Value link_value(const web::Visit& visit, const std::string& display_name, const std::string& token) {
    return Value::object({{"display_name", display_name},
                          {"url", link_address(visit.request, token)},
                          {"expires_at", Instant{visit.now.ms + auth::sign_in_link_ms}}});
}

}  // namespace tiendo::accounts
