// A site with a centre, two units and this feature's routes, asked without a socket.
#pragma once
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>

#include "features/accounts/accounts.h"
#include "features/accounts/accounts_store.h"
#include "features/accounts/pages.h"
#include "platform/auth/password.h"
#include "platform/auth/session.h"
#include "platform/db/testing.h"
#include "platform/json/json.h"
#include "platform/views/views.h"

namespace tiendo::accounts {

inline constexpr std::int64_t a_minute = 60'000;

// Files of the repository as they are embedded: those below `folder` whose path has `part` in it.
struct RepositoryFiles {
    RepositoryFiles(const std::string& folder, const std::string& part, const std::string& ending) {
        const std::filesystem::path root = std::filesystem::path(TIENDO_SOURCE_DIR) / folder;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
            const std::string name = std::filesystem::relative(entry.path(), root).string();
            if (!name.ends_with(ending) || name.find(part) == name.npos) continue;
            std::ostringstream bytes;
            bytes << std::ifstream(entry.path(), std::ios::binary).rdbuf();
            kept.push_back(std::make_unique<std::pair<std::string, std::string>>(name, bytes.str()));
            files.push_back({kept.back()->first, kept.back()->second});
        }
    }
    std::vector<std::unique_ptr<std::pair<std::string, std::string>>> kept;
    std::vector<EmbeddedFile> files;
};

inline const std::string good_password = "sông xanh núi biếc";

class TestSite {
 public:
    explicit TestSite(db::Database& opened) : database(opened) {
        register_sign_in_routes(routes_, throttle);
        register_own_account_routes(routes_);
        register_accounts_routes(routes_);
        register_trail_routes(routes_);
        register_api_routes(routes_);
        site = std::make_unique<web::Site>(
            web::Site{.routes = routes_, .views = views(), .texts = texts(), .database = database});
        site->clock = [this] { return now; };
        site->frame = [](const web::Visit& visit) {
            const Value actor = Value::object({{"name", visit.actor.name}, {"roles", Value::list()}});
            return Value::object({{"centre", "Trung tâm"},
                                  {"actor", visit.actor.is_signed_in() ? actor : Value()},
                                  {"navigation", Value::list()},
                                  {"assets", Value::object()}});
        };
        site->actor = [this](const http::Request& request) { return actor_of(database, request, now); };
        database.write([&](db::Write& tx) {
            settle_roles(tx);
            centre = organisations::found_centre(tx, "Trung tâm Bồi dưỡng chính trị", now);
            make_operator(tx, centre, now);
            organisations::UnitNames units(tx);
            justice = units.find_or_make(tx, "Đảng bộ Bộ Tư pháp", now);
            interior = units.find_or_make(tx, "Đảng bộ Bộ Nội vụ", now);
        });
    }

    // An account whose password is good_password, with a role unless that is empty.
    AccountId account(std::string_view name, std::string_view role, organisations::UnitId unit) {
        static const std::string hash = auth::hash_of(good_password);
        return database.write([&](db::Write& tx) {
            const AccountId id = insert_account(tx, name, "Người " + std::string(name), now);
            set_password_hash(tx, id, hash);
            if (!role.empty()) insert_grant(tx, id.value, id, role, unit, now);
            return id;
        });
    }
    web::Actor actor(AccountId id) {
        web::Actor actor;
        actor.account = id.value;
        database.read([&](db::Read& tx) {
            tx.each(R"sql(select distinct permission from reach where account = :account)sql",
                    {{"account", id}}, [&](const db::Row& row) { actor.permissions.push_back(row.text(0)); });
        });
        return actor;
    }
    std::int64_t count(std::string_view sql) {
        return database.read([&](db::Read& tx) { return tx.integer(sql); });
    }
    // Every text there is, for looking for what must not be in it.
    std::string trail() {
        std::string text;
        database.read([&](db::Read& tx) {
            tx.each(R"sql(select action, detail from audit_trail order by sequence)sql", {},
                    [&](const db::Row& row) { text += row.text(0) + " " + row.text(1) + "\n"; });
        });
        return text;
    }

    db::Database& database;
    Instant now{1'497'920'400'000};  // 2017-06-20 08:00 at the centre
    organisations::UnitId centre, justice, interior;
    std::shared_ptr<auth::Throttle> throttle = std::make_shared<auth::Throttle>();
    std::unique_ptr<web::Site> site;

 private:
    static const i18n::Texts& texts() {
        static const RepositoryFiles files("locales", "", ".toml");
        static const i18n::Texts read(files.files, i18n::Missing::throws);
        return read;
    }
    static const views::Views& views() {
        static const RepositoryFiles files("src", "views/", ".html");
        static const views::Views parsed(files.files, texts());
        return parsed;
    }

    web::Routes routes_;
};

// Somebody at a browser: keeps cookies, sends forms with the token of his session.
class Browser {
 public:
    explicit Browser(TestSite& site) : site_(site) {}
    // Signed in, without the cost of a password.
    Browser(TestSite& site, AccountId account) : site_(site) {
        const auto session = site.database.write(
            [&](db::Write& tx) { return auth::begin_session(tx, account.value, site.now); });
        cookies_.push_back({"tiendo_session", session.token});
    }

    http::Response get(const std::string& target) { return ask(http::Method::get, target, {}); }
    http::Response post(const std::string& path, http::Fields form = {}) {
        if (const auto actor = site_.site->actor(request(http::Method::post, path)))
            form.push_back({"csrf", actor->csrf});
        return ask(http::Method::post, path, std::move(form));
    }
    http::Response post_json(const std::string& path, const Value& value) {
        http::Request sent = request(http::Method::post, path);
        if (const auto actor = site_.site->actor(sent)) sent.headers.push_back({"x-csrf-token", actor->csrf});
        sent.body = json::write(value);
        return answered(sent);
    }
    // A form that another site made the browser send: with its cookies, without its token.
    http::Response post_without_token(const std::string& path, http::Fields form = {}) {
        return ask(http::Method::post, path, std::move(form));
    }
    bool is_signed_in() { return site_.site->actor(request(http::Method::get, "/")).has_value(); }
    std::string cookie(std::string_view name) const { return std::string(http::value_of(cookies_, name)); }
    void take(std::string name, std::string value) {
        cookies_.push_back({std::move(name), std::move(value)});
    }

    std::string address = "10.0.0.7";
    std::string bearer;

 private:
    http::Request request(http::Method method, const std::string& target) const {
        http::Request asked;
        asked.method = method;
        asked.target = target;
        asked.path = target.substr(0, target.find('?'));
        asked.cookies = cookies_;
        asked.client = address;
        asked.headers = {{"host", "tiendo.example.vn"}};
        if (!bearer.empty()) asked.headers.push_back({"authorization", "Bearer " + bearer});
        if (const auto mark = target.find('?'); mark != target.npos)
            asked.query = pairs_of(target.substr(mark + 1));
        return asked;
    }
    static http::Fields pairs_of(const std::string& text) {
        http::Fields fields;
        std::istringstream pairs(text);
        for (std::string pair; std::getline(pairs, pair, '&');)
            fields.push_back({pair.substr(0, pair.find('=')), pair.substr(pair.find('=') + 1)});
        return fields;
    }
    http::Response ask(http::Method method, const std::string& target, http::Fields form) {
        http::Request asked = request(method, target);
        asked.form = asked.form_as_typed = std::move(form);
        return answered(asked);
    }
    http::Response answered(http::Request& asked) {
        http::Response response = web::answer(*site_.site, asked);
        for (const http::Field& header : response.headers)
            if (header.name == "Set-Cookie") keep(header.value);
        return response;
    }
    void keep(const std::string& set_cookie) {
        const std::string name = set_cookie.substr(0, set_cookie.find('='));
        const std::string value = set_cookie.substr(name.size() + 1, set_cookie.find(';') - name.size() - 1);
        std::erase_if(cookies_, [&](const http::Field& cookie) { return cookie.name == name; });
        if (set_cookie.find("Max-Age=0") == set_cookie.npos) cookies_.push_back({name, value});
    }

    TestSite& site_;
    http::Fields cookies_;
};

inline std::string location_of(const http::Response& response) {
    return std::string(http::value_of(response.headers, "Location"));
}
inline bool has(const http::Response& response, std::string_view text) {
    return response.body.find(text) != std::string::npos;
}
inline Value json_of(const http::Response& response) { return json::parse(response.body).value_or(Value()); }
// What stands between two texts; empty when the first is not there.
inline std::string between(const std::string& text, const std::string& before, const std::string& after) {
    const std::size_t begin = text.find(before);
    if (begin == text.npos) return "";
    const std::size_t from = begin + before.size();
    return text.substr(from, text.find(after, from) - from);
}

inline void for_each_site(const std::function<void(TestSite&)>& test) {
    db::for_each_database(TIENDO_SOURCE_DIR "/db/migrations", [&](db::Database& database) {
        TestSite site(database);
        test(site);
    });
}

}  // namespace tiendo::accounts
