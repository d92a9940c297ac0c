// Signing in, signing out, one-time links, passwords: through the pages.
#include "features/accounts/test_site.h"
#include "platform/auth/access_token.h"
#include "platform/auth/throttle.h"

using namespace tiendo;
using namespace tiendo::accounts;

namespace {

http::Fields name_and_password(std::string name, std::string password, std::string next = "") {
    return {{"account_name", std::move(name)}, {"password", std::move(password)}, {"next", std::move(next)}};
}
http::Fields twice(std::string password) { return {{"password", password}, {"password_again", password}}; }

std::string link_for(TestSite& site, AccountId account) {
    return "/sign-in/" + site.database.write([&](db::Write& tx) {
        return make_sign_in_token(tx, operator_actor(tx), account, site.now);
    });
}

}  // namespace

TEST_CASE("the right password signs in and goes where one wanted to go, on this site") {
    for_each_site([](TestSite& site) {
        site.account("hanh.nt", "administrator", site.centre);
        struct Case {
            std::string next, where;
        };
        const Case cases[] = {{"", "/"},
                              {"/accounts?q=an", "/accounts?q=an"},
                              {"//evil.example", "/"},
                              {"https://evil.example/", "/"},
                              {"/\\evil.example", "/"},
                              {"/a\nSet-Cookie: b=c", "/"}};
        for (const Case& c : cases) {
            CAPTURE(c.next);
            Browser browser(site);
            const auto answer =
                browser.post("/session", name_and_password("Hanh.NT ", good_password, c.next));
            CHECK(answer.status == 303);
            CHECK(location_of(answer) == c.where);
            CHECK(browser.is_signed_in());
        }
        Browser browser(site);
        CHECK(location_of(browser.get("/accounts?q=an")) == "/sign-in?next=%2Faccounts%3Fq%3Dan");
        CHECK(has(browser.get("/sign-in?next=/accounts"), "name=\"next\" value=\"/accounts\""));
        CHECK(has(browser.get("/sign-in?next=//evil.example"), "name=\"next\" value=\"/\""));
    });
}

TEST_CASE("wrong, unknown, disabled, without a password: one answer, one price") {
    for_each_site([](TestSite& site) {
        site.account("hanh.nt", "administrator", site.centre);
        const AccountId disabled = site.account("kien.pv", "auditor", site.centre);
        site.database.write([&](db::Write& tx) {
            set_disabled(tx, disabled, site.now);
            insert_account(tx, "bao.lq", "Lý Quốc Bảo", site.now);
        });
        std::optional<std::string> page;
        std::optional<std::int64_t> statements;
        for (const auto& [name, password] : {std::pair<std::string, std::string>{"hanh.nt", "wrong"},
                                             {"nobody", good_password},
                                             {"kien.pv", good_password},
                                             {"bao.lq", good_password},
                                             {"bao.lq", ""},
                                             {"operator", good_password},
                                             {"", ""}}) {
            CAPTURE(name);
            Browser browser(site);
            const std::int64_t hashes_before = auth::hashes_made(), before = db::statements_run();
            auto answer = browser.post("/session", name_and_password(name, password));
            const std::int64_t cost = db::statements_run() - before;
            CHECK(auth::hashes_made() - hashes_before == 1);
            CHECK(answer.status == 422);
            CHECK_FALSE(browser.is_signed_in());
            // What was typed is shown again; the rest is the same to the letter.
            const std::string typed = "value=\"" + name + "\"";
            if (const auto at = answer.body.find(typed); at != answer.body.npos)
                answer.body.erase(at, typed.size());
            if (!page) page = answer.body;
            if (!statements) statements = cost;
            CHECK(cost == *statements);
            CHECK(answer.body.size() == page->size());
        }
        CHECK(has({.body = *page}, "Tên đăng nhập hoặc mật khẩu không đúng"));
        CHECK(site.trail().find("wrong") == std::string::npos);
    });
}

TEST_CASE("after five failures an account rests, for the right password too, and says nothing else") {
    for_each_site([](TestSite& site) {
        site.account("hanh.nt", "administrator", site.centre);
        const auto attempt = [&](const std::string& password) {
            Browser browser(site);
            browser.address = "10.0.0." + std::to_string(site.now.ms % 250);
            const std::int64_t hashes = auth::hashes_made();
            const auto answer = browser.post("/session", name_and_password("hanh.nt", password));
            CHECK(auth::hashes_made() - hashes == 1);
            return answer.status;
        };
        for (int i = 0; i < 5; ++i) CHECK(attempt("wrong") == 422);
        CHECK(attempt(good_password) == 422);
        site.now.ms += 29'999;
        CHECK(attempt(good_password) == 422);
        site.now.ms += 1;
        CHECK(attempt("wrong") == 422);  // the sixth: a minute
        site.now.ms += 59'999;
        CHECK(attempt(good_password) == 422);
        site.now.ms += 1;
        CHECK(attempt(good_password) == 303);
        CHECK(site.count(R"sql(select failed_attempts from accounts where name = 'hanh.nt')sql") == 0);
    });
}

TEST_CASE("a success between failures begins the count anew") {
    for_each_site([](TestSite& site) {
        site.account("hanh.nt", "administrator", site.centre);
        Browser browser(site);
        for (int round = 0; round < 2; ++round) {
            for (int i = 0; i < 4; ++i)
                CHECK(browser.post("/session", name_and_password("hanh.nt", "wrong")).status == 422);
            CHECK(browser.post("/session", name_and_password("hanh.nt", good_password)).status == 303);
        }
    });
}

TEST_CASE("an address that fails too often is told to wait, whatever it tries") {
    for_each_site([](TestSite& site) {
        site.account("hanh.nt", "administrator", site.centre);
        Browser guesser(site);
        for (int i = 0; i < auth::Throttle::most_failures - 1; ++i)
            site.throttle->failed(guesser.address, site.now);
        CHECK(guesser.post("/session", name_and_password("nobody", "wrong")).status == 422);
        const std::int64_t hashes = auth::hashes_made();
        const auto answer = guesser.post("/session", name_and_password("hanh.nt", good_password));
        CHECK(answer.status == 429);
        CHECK(http::value_of(answer.headers, "Retry-After") == "900");
        CHECK(auth::hashes_made() == hashes);

        Browser elsewhere(site);
        elsewhere.address = "10.0.0.8";
        CHECK(elsewhere.post("/session", name_and_password("hanh.nt", good_password)).status == 303);
        site.now.ms += auth::Throttle::window_ms;
        CHECK(guesser.post("/session", name_and_password("hanh.nt", good_password)).status == 303);
    });
}

TEST_CASE("signing in gives a new token and ends the old; signing out ends it for good") {
    for_each_site([](TestSite& site) {
        site.account("hanh.nt", "administrator", site.centre);
        Browser browser(site);
        browser.post("/session", name_and_password("hanh.nt", good_password));
        const std::string first = browser.cookie("tiendo_session");
        browser.post("/session", name_and_password("hanh.nt", good_password));
        const std::string second = browser.cookie("tiendo_session");
        CHECK(first != second);
        Browser thief(site);
        thief.take("tiendo_session", first);
        CHECK_FALSE(thief.is_signed_in());

        // A cookie planted before signing in is not the session afterwards.
        Browser planted(site);
        planted.take("tiendo_session", "planted");
        planted.post("/session", name_and_password("hanh.nt", good_password));
        CHECK(planted.cookie("tiendo_session") != "planted");
        CHECK(planted.is_signed_in());

        CHECK(location_of(browser.post("/session/end")) == "/sign-in?out=1");
        CHECK(browser.cookie("tiendo_session").empty());
        browser.take("tiendo_session", second);
        CHECK_FALSE(browser.is_signed_in());
        CHECK(browser.post("/session/end").status == 303);  // a tab left open
    });
}

TEST_CASE("a form from another site changes nothing") {
    for_each_site([](TestSite& site) {
        const AccountId account = site.account("hanh.nt", "administrator", site.centre);
        Browser browser(site, account);
        for (const char* path : {"/session/end", "/account/preferences", "/account/password",
                                 "/account/tokens", "/accounts", "/audit/check"}) {
            CAPTURE(path);
            CHECK(browser.post_without_token(path).status == 403);
            CHECK(browser.post_without_token(path, {{"csrf", "guessed"}}).status == 403);
        }
        CHECK(browser.is_signed_in());
    });
}

TEST_CASE("the browser learns what its user prefers, unless it was told otherwise") {
    for_each_site([](TestSite& site) {
        const AccountId account = site.account("hanh.nt", "administrator", site.centre);
        site.database.write(
            [&](db::Write& tx) { set_preferences(tx, account, "Hạnh", i18n::Language::en, "dark"); });
        Browser fresh(site);
        fresh.post("/session", name_and_password("hanh.nt", good_password));
        CHECK(fresh.cookie("language") == "en");
        CHECK(fresh.cookie("theme") == "dark");
        Browser told(site);
        told.take("language", "vi");
        told.post("/session", name_and_password("hanh.nt", good_password));
        CHECK(told.cookie("language") == "vi");
    });
}

TEST_CASE("a one-time link sets the password, signs in, and is spent") {
    for_each_site([](TestSite& site) {
        const AccountId account = site.account("bao.lq", "unit_officer", site.justice);
        Browser elsewhere(site, account);
        const std::string link = link_for(site, account);

        Browser browser(site);
        for (int i = 0; i < 3; ++i) {  // a mail program looks first, and again
            const auto page = browser.get(link);
            CHECK(page.status == 200);
            CHECK(has(page, "Người bao.lq"));
            CHECK(has(page, "type=\"password\""));
            CHECK(has(page, "autocomplete=\"new-password\""));
        }
        CHECK_FALSE(browser.is_signed_in());

        struct Case {
            http::Fields form;
            std::string message;
        };
        const Case refused[] = {
            {{}, "cần ít nhất 12"},
            {twice("ngắn quá"), "cần ít nhất 12"},
            {twice("123456789012"), "nhiều người dùng nhất"},
            {twice("bồi dưỡng chính trị 1"), "còn quá ngắn"},
            {{{"password", good_password}, {"password_again", good_password + " "}}, "không giống nhau"},
        };
        for (const Case& c : refused) {
            CAPTURE(c.message);
            const auto page = browser.post(link, c.form);
            CHECK(page.status == 422);
            CHECK(has(page, c.message));
            CHECK_FALSE(has(page, good_password));
        }
        CHECK_FALSE(browser.is_signed_in());
        CHECK(elsewhere.is_signed_in());

        const std::string wanted = "mưa rơi trên mái ngói";
        CHECK(location_of(browser.post(link, twice(wanted))) == "/");
        CHECK(browser.is_signed_in());
        CHECK_FALSE(elsewhere.is_signed_in());

        Browser second(site);
        CHECK(second.get(link).status == 404);
        CHECK(second.post(link, twice("gió thổi qua đồng lúa")).status == 404);
        CHECK_FALSE(second.is_signed_in());
        CHECK(second.post("/session", name_and_password("bao.lq", good_password)).status == 422);
        CHECK(second.post("/session", name_and_password("bao.lq", wanted)).status == 303);
        CHECK(site.trail().find("mưa") == std::string::npos);
        CHECK(site.trail().find(link.substr(9)) == std::string::npos);
    });
}

TEST_CASE("a link is worthless when too old, replaced, made up, or its account is disabled") {
    for_each_site([](TestSite& site) {
        const AccountId account = site.account("bao.lq", "unit_officer", site.justice);
        Browser browser(site);
        const auto worthless = [&](const std::string& link) {
            const std::int64_t hashes = auth::hashes_made();
            CHECK(browser.get(link).status == 404);
            CHECK(has(browser.get(link), "đã quá hạn"));
            CHECK(browser.post(link, twice(good_password)).status == 404);
            CHECK(auth::hashes_made() == hashes);  // nobody makes us work with made-up links
            CHECK_FALSE(browser.is_signed_in());
        };
        worthless("/sign-in/made-up");
        const std::string replaced = link_for(site, account), old = link_for(site, account);
        worthless(replaced);
        site.now.ms += auth::sign_in_link_ms;
        worthless(old);
        const std::string link = link_for(site, account);
        site.database.write([&](db::Write& tx) { set_disabled(tx, account, site.now); });
        worthless(link);
    });
}

TEST_CASE("a link lets in whoever rests after failures") {
    for_each_site([](TestSite& site) {
        const AccountId account = site.account("bao.lq", "unit_officer", site.justice);
        Browser browser(site);
        for (int i = 0; i < 6; ++i) browser.post("/session", name_and_password("bao.lq", "wrong"));
        CHECK(browser.post(link_for(site, account), twice("mưa rơi trên mái ngói")).status == 303);
        CHECK(browser.post("/session", name_and_password("bao.lq", "mưa rơi trên mái ngói")).status == 303);
    });
}

TEST_CASE("changing the password asks for the old one, ends the other sessions and renews this one") {
    for_each_site([](TestSite& site) {
        const AccountId account = site.account("hanh.nt", "administrator", site.centre);
        Browser browser(site, account), elsewhere(site, account);
        const std::string before = browser.cookie("tiendo_session");
        const std::string wanted = "mưa rơi trên mái ngói";
        const auto change = [&](std::string old_password, std::string password, std::string again) {
            return browser.post("/account/password", {{"old_password", std::move(old_password)},
                                                      {"password", std::move(password)},
                                                      {"password_again", std::move(again)}});
        };
        CHECK(change("wrong", wanted, wanted).status == 422);
        CHECK(change("", wanted, wanted).status == 422);
        CHECK(change(good_password, "ngắn", "ngắn").status == 422);
        CHECK(change(good_password, wanted, wanted + "!").status == 422);
        CHECK(change(good_password, "Người hanh.nt 12", "Người hanh.nt 12").status == 422);
        CHECK(elsewhere.is_signed_in());

        const auto done = change(good_password, wanted, wanted);
        CHECK(location_of(done) == "/account");
        CHECK(browser.is_signed_in());
        CHECK(browser.cookie("tiendo_session") != before);
        CHECK_FALSE(elsewhere.is_signed_in());
        Browser again(site);
        CHECK(again.post("/session", name_and_password("hanh.nt", wanted)).status == 303);
    });
}

TEST_CASE("whoever sits at an open session cannot guess the password without end") {
    for_each_site([](TestSite& site) {
        const AccountId account = site.account("hanh.nt", "administrator", site.centre);
        Browser browser(site, account);
        const std::string wanted = "mưa rơi trên mái ngói";
        const auto change = [&](const std::string& old_password) {
            return browser
                .post("/account/password",
                      {{"old_password", old_password}, {"password", wanted}, {"password_again", wanted}})
                .status;
        };
        for (int i = 0; i < 5; ++i) CHECK(change("wrong") == 422);
        CHECK(change(good_password) == 422);
        site.now.ms += 30'000;
        CHECK(change(good_password) == 303);
    });
}

TEST_CASE("a password kept at another cost is kept anew when it is used") {
    for_each_site([](TestSite& site) {
        const AccountId account = site.account("hanh.nt", "administrator", site.centre);
        const std::string old =  // good_password at two passes over 19 MiB
            "$argon2id$v=19$m=19456,t=2,p=1$ANlj4ipjMb8AI1AmOtmGPg$"
            "rtECk5yjWIMOJ1cCoXcKmlbpYsZdKn64KjqqeAIaHGA";
        const auto kept = [&] {
            return *site.database.read([&](db::Read& tx) { return find_credentials(tx, account); })
                        ->password_hash;
        };
        site.database.write([&](db::Write& tx) { set_password_hash(tx, account, old); });
        Browser browser(site);
        CHECK(browser.post("/session", name_and_password("hanh.nt", "wrong")).status == 422);
        CHECK(kept() == old);
        CHECK(browser.post("/session", name_and_password("hanh.nt", good_password)).status == 303);
        CHECK_FALSE(auth::is_outdated(kept()));
        CHECK(browser.post("/session", name_and_password("hanh.nt", good_password)).status == 303);
    });
}
