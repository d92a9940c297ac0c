#include "features/accounts/sign_in.h"

#include "base/text.h"
#include "features/accounts/accounts_store.h"
#include "platform/audit/audit.h"
#include "platform/auth/access_token.h"
#include "platform/auth/password.h"

namespace tiendo::accounts {
namespace {

web::Actor actor_for(const Credentials& credentials) {
    web::Actor actor;
    actor.account = credentials.account.value;
    actor.name = credentials.display_name;
    return actor;
}

// The old token ends with the sign-in, whoever's it was.
Entry enter(db::Write& tx, const Credentials& credentials, const Knock& knock, std::string_view by) {
    if (!knock.old_session.empty()) auth::end_session(tx, knock.old_session, knock.at);
    forget_failures(tx, credentials.account);
    Entry entry{auth::begin_session(tx, credentials.account.value, knock.at), credentials.language,
                credentials.theme};
    audit::record(tx, actor_for(credentials), knock.at,
                  {"session.begin", "account", credentials.account.value,
                   Value::object({{"by", by}, {"from", knock.address}})});
    return entry;
}

// Nobody acts in this row; the name typed is not in it, for it may have been the password.
void record_failure(db::Write& tx, std::string_view name, const std::optional<Credentials>& known,
                    const Knock& knock) {
    if (!known || !known->rests(knock.at)) keep_failure(tx, name, knock.at);
    audit::record(tx, web::Actor(), knock.at,
                  {"session.refuse", "account", known ? known->account.value : 0,
                   Value::object({{"from", knock.address}})});
}

Refusals refusals_of(const NewPassword& wanted, const std::string& centre, std::string_view name,
                     std::string_view display_name) {
    const std::string names[] = {std::string(name), std::string(display_name), centre};
    Refusals refusals = auth::weaknesses_of(wanted.password, names);
    if (wanted.password != wanted.again) refusals.push_back({"password_again", "password.differs", {}});
    return refusals;
}

// Whether somebody who is signed in knows his password; a wrong one counts as a failed sign-in.
bool is_own_password(db::Database& database, const Credentials& own, std::string_view password,
                     const Knock& knock) {
    const bool right = auth::matches(password, own.password_hash);
    return database.write([&](db::Write& tx) {
        const auto now = find_credentials(tx, own.account);
        const bool holds = right && now && now->password_hash == own.password_hash && !now->rests(knock.at);
        if (!holds) record_failure(tx, own.name, now, knock);
        return holds;
    });
}

}  // namespace

Outcome<Entry> sign_in(db::Database& database, auth::Throttle& throttle, std::string_view typed_name,
                       std::string_view password, const Knock& knock) {
    if (const auto wait_ms = throttle.wait_ms(knock.address, knock.at))
        return Refusal{"account_name", "sign_in.wait", {std::to_string((*wait_ms + 59'999) / 60'000)}};

    const std::string name = lower_ascii(clean(typed_name));
    const auto before = database.read([&](db::Read& tx) { return find_credentials(tx, name); });
    const bool right = auth::matches(password, before ? before->password_hash : std::nullopt);
    std::string renewed;
    if (right && auth::is_outdated(*before->password_hash)) renewed = auth::hash_of(password);

    const auto entry = database.write([&](db::Write& tx) -> std::optional<Entry> {
        // What has changed while the hash was made counts: a guess beside others that failed
        // meanwhile, an account disabled, another password.
        const auto now = find_credentials(tx, name);
        const bool admitted = right && now && now->password_hash == before->password_hash && !now->disabled &&
                              !now->rests(knock.at);
        if (!admitted) {
            record_failure(tx, name, now, knock);
            return std::nullopt;
        }
        if (!renewed.empty()) set_password_hash(tx, now->account, renewed);
        return enter(tx, *now, knock, "password");
    });
    if (entry) return *entry;
    throttle.failed(knock.address, knock.at);
    return Refusal{"account_name", "sign_in.refused", {}};
}

void sign_out(db::Database& database, const web::Actor& actor, std::string_view session, Instant at) {
    database.write([&](db::Write& tx) {
        auth::end_session(tx, session, at);
        if (actor.is_signed_in())
            audit::record(tx, actor, at, {"session.end", "account", actor.account, Value::object()});
    });
}

std::optional<Invited> invited_by(db::Read& tx, std::string_view token, Instant now) {
    const auto link = auth::find_sign_in_link(tx, token, now);
    if (!link) return std::nullopt;
    const auto credentials = find_credentials(tx, AccountId{link->account});
    if (!credentials || credentials->disabled) return std::nullopt;
    return Invited{credentials->account, credentials->name, credentials->display_name, link->expires_at};
}

Outcome<Entry> sign_in_by_link(db::Database& database, std::string_view token, const NewPassword& wanted,
                               const Knock& knock) {
    const auto refusals = database.read([&](db::Read& tx) {
        const auto invited = invited_by(tx, token, knock.at);
        if (!invited) throw web::NotFound();
        return refusals_of(wanted, organisations::centre(tx).name, invited->name, invited->display_name);
    });
    if (!refusals.empty()) return refusals;
    const std::string hash = auth::hash_of(wanted.password);
    return database.write([&](db::Write& tx) {
        const auto invited = invited_by(tx, token, knock.at);
        if (!invited || !auth::use_sign_in_link(tx, token, knock.at)) throw web::NotFound();
        set_password_hash(tx, invited->account, hash);
        auth::end_sessions(tx, invited->account.value, knock.at);
        const auto credentials = find_credentials(tx, invited->account).value();
        audit::record(
            tx, actor_for(credentials), knock.at,
            {"account.set_password", "account", invited->account.value, Value::object({{"by", "link"}})});
        return enter(tx, credentials, knock, "link");
    });
}

Outcome<Entry> change_password(db::Database& database, const web::Actor& actor, std::string_view old_password,
                               const NewPassword& wanted, const Knock& knock) {
    const AccountId account{actor.account};
    const auto [before, weaknesses] = database.read([&](db::Read& tx) {
        const auto credentials = find_credentials(tx, account).value();
        return std::pair(credentials, refusals_of(wanted, organisations::centre(tx).name, credentials.name,
                                                  credentials.display_name));
    });
    Refusals refusals = weaknesses;
    if (!is_own_password(database, before, old_password, knock))
        refusals.insert(refusals.begin(), {"old_password", "password.old_wrong", {}});
    if (!refusals.empty()) return refusals;
    const std::string hash = auth::hash_of(wanted.password);
    return database.write([&](db::Write& tx) {
        set_password_hash(tx, account, hash);
        auth::end_sessions(tx, actor.account, knock.at);
        auth::revoke_sign_in_links(tx, actor.account, knock.at);
        audit::record(
            tx, actor, knock.at,
            {"account.set_password", "account", actor.account, Value::object({{"by", "password"}})});
        return enter(tx, find_credentials(tx, account).value(), knock, "password");
    });
}

}  // namespace tiendo::accounts
