// What a person settles about himself.
#include "features/accounts/own_account.h"

#include "features/accounts/test_site.h"

using namespace tiendo;
using namespace tiendo::accounts;

TEST_CASE("everybody who is signed in has his own page, and nobody else") {
    for_each_site([](TestSite& site) {
        const AccountId account = site.account("bao.lq", "unit_officer", site.justice);
        Browser browser(site, account), nobody(site);
        const auto page = browser.get("/account");
        CHECK(page.status == 200);
        CHECK(has(page, "Người bao.lq"));
        CHECK(has(page, "Đảng bộ Bộ Tư pháp"));
        CHECK(has(page, "autocomplete=\"current-password\""));
        CHECK(location_of(nobody.get("/account")) == "/sign-in?next=%2Faccount");
        CHECK(nobody.get("/api/v1/account").status == 401);
        const Value own = json_of(browser.get("/api/v1/account"));
        CHECK(*own["account_name"].text() == "bao.lq");
        CHECK(own["sessions"].list_items()->size() == 1);
    });
}

TEST_CASE("signing out stands on every page") {
    for_each_site([](TestSite& site) {
        const AccountId account = site.account("admin", "administrator", site.centre);
        Browser browser(site, account);
        for (const std::string& path :
             {std::string("/account"), std::string("/accounts"), "/accounts/" + to_text(account),
              std::string("/audit"), std::string("/no/such/page")}) {
            CAPTURE(path);
            CHECK(has(browser.get(path), "action=\"/session/end\""));
        }
    });
}

TEST_CASE("language, theme and name are kept for this browser and the account") {
    for_each_site([](TestSite& site) {
        Browser browser(site, site.account("bao.lq", "unit_officer", site.justice));
        CHECK(location_of(browser.post(
                  "/account/preferences",
                  {{"language", "en"}, {"theme", "dark"}, {"display_name", " Lý Quốc  Bảo "}})) ==
              "/account");
        CHECK(browser.cookie("language") == "en");
        CHECK(browser.cookie("theme") == "dark");
        const Value own = json_of(browser.get("/api/v1/account"));
        CHECK(*own["preferred"]["language"].text() == "en");
        CHECK(*own["preferred"]["theme"].text() == "dark");
        CHECK(*own["display_name"].text() == "Lý Quốc Bảo");
        CHECK(has(browser.get("/account"), "My account"));
        // The name stays when the form does not speak of it.
        browser.post("/account/preferences", {{"language", "vi"}, {"theme", "auto"}});
        CHECK(*json_of(browser.get("/api/v1/account"))["display_name"].text() == "Lý Quốc Bảo");

        for (const http::Fields& wrong :
             {http::Fields{},
              {{"language", "fr"}, {"theme", "auto"}},
              {{"language", "vi"}, {"theme", "pink"}},
              {{"language", "vi"}, {"theme", "auto"}, {"display_name", std::string(201, 'a')}}})
            CHECK(browser.post("/account/preferences", wrong).status == 422);
    });
}

TEST_CASE("a key is shown once, works for programs, and is revoked by its owner") {
    for_each_site([](TestSite& site) {
        Browser browser(site, site.account("bao.lq", "unit_officer", site.justice));
        Browser other(site, site.account("khac", "unit_officer", site.justice));
        const auto page = browser.post("/account/tokens", {{"label", "báo cáo tuần"}, {"days", "30"}});
        CHECK(page.status == 201);
        const std::string secret = "tdo_" + between(page.body, ">tdo_", "<");
        REQUIRE(secret.size() == 47);
        CHECK_FALSE(has(browser.get("/account"), secret));
        CHECK(has(browser.get("/account"), "báo cáo tuần"));
        CHECK(site.trail().find(secret) == std::string::npos);

        Browser program(site);
        program.bearer = secret;
        const Value own = json_of(program.get("/api/v1/account"));
        CHECK(*own["account_name"].text() == "bao.lq");
        const Value token = own["tokens"].list_items()->front();
        CHECK(*token["expires_at"].text() == "2017-07-20T01:00:00Z");
        CHECK(*token["used_at"].text() == "2017-06-20T01:00:00Z");

        const std::string path = "/account/tokens/" + *token["id"].text() + "/revocation";
        CHECK(other.post(path).status == 404);
        CHECK(program.get("/api/v1/account").status == 200);
        CHECK(browser.post(path).status == 303);
        CHECK(browser.post(path).status == 404);
        CHECK(program.get("/api/v1/account").status == 401);
    });
}

TEST_CASE("a key says what it is for and ends within a year") {
    for_each_site([](TestSite& site) {
        Browser browser(site, site.account("bao.lq", "unit_officer", site.justice));
        for (const http::Fields& wrong : {http::Fields{},
                                          {{"label", "  "}},
                                          {{"label", std::string(101, 'a')}},
                                          {{"label", "báo cáo"}, {"days", "0"}},
                                          {{"label", "báo cáo"}, {"days", "366"}},
                                          {{"label", "báo cáo"}, {"days", "mãi mãi"}}})
            CHECK(browser.post("/account/tokens", wrong).status == 422);
        CHECK(site.count(R"sql(select count(*) from access_tokens)sql") == 0);
        CHECK(browser.post("/account/tokens", {{"label", "báo cáo"}}).status == 201);
        CHECK(site.count(R"sql(select count(*) from access_tokens where expires_at is null)sql") == 0);
    });
}

TEST_CASE("making a key and ending sessions need a recent sign-in") {
    for_each_site([](TestSite& site) {
        const AccountId account = site.account("bao.lq", "unit_officer", site.justice);
        Browser browser(site, account), phone(site, account);
        site.now.ms += recent_sign_in_ms;
        const auto page = browser.post("/account/tokens", {{"label", "báo cáo"}});
        CHECK(page.status == 422);
        CHECK(has(page, "đăng nhập lại"));
        CHECK(browser.post("/account/sessions/ending").status == 422);
        CHECK(phone.is_signed_in());
        Browser fresh(site, account);
        CHECK(fresh.post("/account/tokens", {{"label", "báo cáo"}}).status == 201);
        CHECK(fresh.post("/account/sessions/ending").status == 303);
        CHECK_FALSE(phone.is_signed_in());
        CHECK(fresh.is_signed_in());
    });
}

TEST_CASE("a person sees where he is signed in, and ends one of these") {
    for_each_site([](TestSite& site) {
        const AccountId account = site.account("bao.lq", "unit_officer", site.justice);
        Browser phone(site, account);
        site.now.ms += a_minute;
        Browser browser(site, account), other(site, site.account("khac", "unit_officer", site.justice));
        const Value own = json_of(browser.get("/api/v1/account"));
        REQUIRE(own["sessions"].list_items()->size() == 2);
        std::string phones_id;
        for (const Value& session : *own["sessions"].list_items())
            if (!*session["current"].truth()) phones_id = *session["id"].text();
        const std::string path = "/account/sessions/" + phones_id + "/ending";
        CHECK(other.post(path).status == 404);
        CHECK(browser.post("/account/sessions/none/ending").status == 404);
        CHECK(browser.post(path).status == 303);
        CHECK(browser.post(path).status == 404);
        CHECK_FALSE(phone.is_signed_in());
        CHECK(browser.is_signed_in());
    });
}

TEST_CASE("a key makes no other key and ends no session") {
    for_each_site([](TestSite& site) {
        const AccountId account = site.account("bao.lq", "unit_officer", site.justice);
        Browser program(site), browser(site, account);
        const auto made = browser.post_json("/api/v1/account/tokens", Value::object({{"label", "báo cáo"}}));
        CHECK(made.status == 201);
        program.bearer = *json_of(made)["secret"].text();
        CHECK(program.post_json("/api/v1/account/tokens", Value::object({{"label", "thứ hai"}})).status ==
              403);
        const std::string session =
            *json_of(browser.get("/api/v1/account"))["sessions"].list_items()->front()["id"].text();
        CHECK(program.post_json("/api/v1/account/sessions/" + session + "/ending", {}).status == 403);
        CHECK(browser.is_signed_in());
        // It may give itself up.
        CHECK(program.post_json("/api/v1/account/tokens/" + *json_of(made)["id"].text() + "/revocation", {})
                  .status == 200);
        CHECK(program.get("/api/v1/account").status == 401);
    });
}
