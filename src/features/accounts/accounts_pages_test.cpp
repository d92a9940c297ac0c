// Who may see and change which accounts: through the pages, and as programs do it.
#include "features/accounts/test_staff.h"
#include "platform/auth/access_token.h"

using namespace tiendo;
using namespace tiendo::accounts;

namespace {

http::Fields invitation(std::string name, std::string role, organisations::UnitId unit) {
    return {{"account_name", std::move(name)},
            {"display_name", "Lý Quốc Bảo"},
            {"role", std::move(role)},
            {"unit", to_text(unit)}};
}

}  // namespace

TEST_CASE("disabling ends sessions, links and keys; enabling brings none of them back") {
    for_each_staff([](Staff& staff) {
        TestSite& site = staff.site;
        Browser clerk(site, staff.clerk);
        Browser program(site);
        const auto [link, key] = site.database.write([&](db::Write& tx) {
            return std::pair(auth::make_sign_in_link(tx, staff.clerk.value, site.now),
                             auth::make_personal_token(tx, staff.clerk.value, "báo cáo", site.now,
                                                       Instant{site.now.ms + 60 * a_minute}));
        });
        program.bearer = key.secret;
        CHECK(program.get("/api/v1/account").status == 200);
        Browser head(site, staff.head);
        const std::string path = "/accounts/" + to_text(staff.clerk);
        CHECK(location_of(head.post(path + "/disabling")) == path);
        CHECK(has(head.get(path), "state-disabled"));
        const auto all_out = [&] {
            CHECK(location_of(clerk.get("/account")) == "/sign-in?next=%2Faccount");
            CHECK(program.get("/api/v1/account").status == 401);
            CHECK(Browser(site).get("/sign-in/" + link).status == 404);
        };
        all_out();
        CHECK(head.post(path + "/links").status == 422);
        CHECK(head.post(path + "/enabling").status == 303);
        all_out();
        CHECK(head.post(path + "/links").status == 201);
    });
}

TEST_CASE("a revoked role is gone with the next click") {
    for_each_staff([](Staff& staff) {
        Browser local(staff.site, staff.local);
        CHECK(local.get("/accounts").status == 200);
        CHECK(staff.revoke_by(staff.head, staff.local) == "done");
        CHECK(local.get("/accounts").status == 403);
        CHECK(local.get("/account").status == 200);
    });
}

TEST_CASE("an administrator invites, and the link he is shown once lets in") {
    for_each_staff([](Staff& staff) {
        TestSite& site = staff.site;
        Browser local(site, staff.local);
        const auto page = local.post("/accounts", invitation("bao.lq", "unit_officer", site.justice));
        CHECK(page.status == 201);
        const std::string link = between(page.body, "https://tiendo.example.vn", "<");
        CHECK(link.empty());  // not over TLS
        const std::string path = between(page.body, "http://tiendo.example.vn", "<");
        REQUIRE(path.substr(0, 9) == "/sign-in/");
        CHECK_FALSE(has(local.get("/accounts"), path));
        CHECK(has(local.get("/accounts"), "state-invited"));
        CHECK(site.trail().find(path.substr(9)) == std::string::npos);

        Browser invited(site);
        CHECK(invited.post(path, {{"password", good_password}, {"password_again", good_password}}).status ==
              303);
        CHECK(invited.is_signed_in());
        CHECK(has(local.get("/accounts"), "state-active"));
    });
}

TEST_CASE("a refused invitation leaves nothing behind and keeps what was typed") {
    for_each_staff([](Staff& staff) {
        TestSite& site = staff.site;
        Browser local(site, staff.local);
        const std::int64_t accounts = site.count(R"sql(select count(*) from accounts)sql");
        const std::int64_t acts = site.count(R"sql(select count(*) from audit_trail)sql");
        struct Case {
            http::Fields form;
            std::string message;
        };
        const Case cases[] = {
            {invitation("bao.lq", "unit_officer", site.interior), "một đơn vị mà anh/chị quản trị"},
            {invitation("bao.lq", "king", site.justice), "Không có vai trò"},
            {invitation("bảo", "unit_officer", site.justice), "chữ thường không dấu"},
            {invitation("director", "unit_officer", site.justice), "đã có"},
            {{}, "chữ thường không dấu"},
        };
        for (const Case& c : cases) {
            CAPTURE(c.message);
            const auto page = local.post("/accounts", c.form);
            CHECK(page.status == 422);
            CHECK(has(page, c.message));
        }
        CHECK(site.count(R"sql(select count(*) from accounts)sql") == accounts);
        CHECK(site.count(R"sql(select count(*) from audit_trail)sql") == acts);
        CHECK(has(local.post("/accounts", invitation("bao lq", "unit_officer", site.justice)),
                  "value=\"bao lq\""));
    });
}

TEST_CASE("each page is for those who may, and shows what they may see") {
    for_each_staff([](Staff& staff) {
        TestSite& site = staff.site;
        const std::string path = "/accounts/" + to_text(staff.stranger);
        Browser head(site, staff.head), local(site, staff.local), clerk(site, staff.clerk), nobody(site);
        const auto auditor_id = site.account("kiemtra", "auditor", site.centre);
        Browser auditor(site, auditor_id);

        CHECK(has(head.get("/accounts"), "interior.clerk"));
        CHECK(has(local.get("/accounts"), "justice.clerk"));
        CHECK_FALSE(has(local.get("/accounts"), "interior.clerk"));
        CHECK_FALSE(has(head.get("/accounts"), "operator"));
        CHECK(clerk.get("/accounts").status == 403);
        CHECK(location_of(nobody.get("/accounts")) == "/sign-in?next=%2Faccounts");
        CHECK(has(auditor.get("/accounts"), "interior.clerk"));
        CHECK_FALSE(has(auditor.get("/accounts"), "name=\"account_name\""));

        CHECK(head.get(path).status == 200);
        CHECK(local.get(path).status == 404);
        CHECK(local.get("/accounts/42").status == 404);
        CHECK(local.get("/accounts/x").status == 404);
        CHECK(clerk.get("/accounts/" + to_text(staff.clerk)).status == 403);
        for (const char* act : {"/grants", "/links", "/disabling", "/enabling", "/sessions/ending"}) {
            CAPTURE(act);
            CHECK(
                local.post(path + act, {{"role", "unit_officer"}, {"unit", to_text(site.justice)}}).status ==
                404);
            CHECK(auditor.post(path + act).status == 403);
            CHECK(clerk.post(path + act).status == 403);
        }
        CHECK(site.count(R"sql(select count(*) from grants where revoked_at is not null)sql") == 0);
    });
}

TEST_CASE("roles are granted and revoked through the page, and the trail tells of it") {
    for_each_staff([](Staff& staff) {
        TestSite& site = staff.site;
        Browser local(site, staff.local);
        const std::string path = "/accounts/" + to_text(staff.clerk);
        CHECK(location_of(local.post(path + "/grants",
                                     {{"role", "auditor"}, {"unit", to_text(site.justice)}})) == path);
        CHECK(has(local.get(path), "Kiểm tra"));
        const auto refused =
            local.post(path + "/grants", {{"role", "auditor"}, {"unit", to_text(site.justice)}});
        CHECK(refused.status == 422);
        const GrantId grant =
            site.database.read([&](db::Read& tx) { return grants_of(tx, staff.clerk).back().id; });
        CHECK(local.post("/grants/" + to_text(grant) + "/revocation").status == 303);
        CHECK(local.post("/grants/" + to_text(grant) + "/revocation").status == 404);
        const std::string trail = site.trail();
        CHECK(trail.find("account.grant {\"role\":\"auditor\"") != std::string::npos);
        CHECK(trail.find("account.revoke {\"role\":\"auditor\"") != std::string::npos);
    });
}

TEST_CASE("an administrator signs somebody out everywhere") {
    for_each_staff([](Staff& staff) {
        Browser clerk(staff.site, staff.clerk), phone(staff.site, staff.clerk),
            local(staff.site, staff.local);
        CHECK(local.post("/accounts/" + to_text(staff.clerk) + "/sessions/ending").status == 303);
        CHECK_FALSE(clerk.is_signed_in());
        CHECK_FALSE(phone.is_signed_in());
        CHECK(local.is_signed_in());
    });
}

TEST_CASE("the list goes to a workbook, and on by key in the order of given names") {
    for_each_site([](TestSite& site) {
        const AccountId head = site.account("admin", "administrator", site.centre);
        site.database.write([&](db::Write& tx) {
            for (int i = 0; i < 250; ++i) {
                const std::string number = std::to_string(1000 + i);
                const AccountId id = insert_account(tx, "user." + number, "Nguyễn Văn U" + number, site.now);
                insert_grant(tx, head.value, id, "unit_officer", site.justice, site.now);
            }
        });
        Browser browser(site, head);
        const auto workbook = browser.get("/accounts?format=xlsx");
        CHECK(workbook.status == 200);
        CHECK(workbook.file.has_value());

        std::string url = "/api/v1/accounts";
        std::vector<std::string> names;
        const std::int64_t before = db::statements_run();
        while (!url.empty()) {
            const Value page = json_of(browser.get(url));
            CHECK(*page["count"].number() == 251);
            for (const Value& one : *page["accounts"].list_items())
                names.push_back(*one["display_name"].text());
            url = page["paging"]["next_url"].text() ? *page["paging"]["next_url"].text() : "";
        }
        CHECK(db::statements_run() - before <= 3 * 6);  // no statement for each row
        CHECK(names.size() == 251);
        CHECK(names[0] == "Người admin");
        CHECK(names[1] == "Nguyễn Văn U1000");
        CHECK(names[250] == "Nguyễn Văn U1249");
        CHECK(*json_of(browser.get("/api/v1/accounts?q=u1249"))["count"].number() == 1);
    });
}

TEST_CASE("programs administer accounts as people do") {
    for_each_staff([](Staff& staff) {
        TestSite& site = staff.site;
        Browser program(site);
        program.bearer = site.database.write([&](db::Write& tx) {
            return auth::make_personal_token(tx, staff.local.value, "đồng bộ", site.now,
                                             Instant{site.now.ms + 60 * a_minute})
                .secret;
        });
        const Value wanted = Value::object({{"account_name", "bao.lq"},
                                            {"display_name", "Lý Quốc Bảo"},
                                            {"role", "unit_officer"},
                                            {"unit", to_text(site.justice)}});
        const auto made = program.post_json("/api/v1/accounts", wanted);
        CHECK(made.status == 201);
        const std::string path = "/api/v1/accounts/" + *json_of(made)["id"].text();
        CHECK(json_of(made)["url"].text()->find("/sign-in/") != std::string::npos);
        CHECK(*json_of(program.get(path))["state"].text() == "invited");
        const auto again = program.post_json("/api/v1/accounts", wanted);
        CHECK(again.status == 422);
        CHECK(*json_of(again)["refusals"].list_items()->front()["key"].text() == "account.name_taken");

        const Value role = Value::object({{"role", "auditor"}, {"unit", to_text(site.justice)}});
        const Value granted = json_of(program.post_json(path + "/grants", role));
        REQUIRE(granted["grants"].list_items()->size() == 2);
        const std::string grant = *granted["grants"].list_items()->back()["id"].text();
        CHECK(program.post_json("/api/v1/grants/" + grant + "/revocation", {}).status == 200);
        CHECK(program.post_json(path + "/links", {}).status == 201);
        CHECK(*json_of(program.post_json(path + "/disabling", {}))["state"].text() == "disabled");
        CHECK(*json_of(program.post_json(path + "/enabling", {}))["state"].text() == "invited");
        CHECK(*json_of(program.post_json(path + "/sessions/ending", {}))["ended"].number() == 0);
        CHECK(program.get("/api/v1/accounts/" + to_text(staff.stranger)).status == 404);
        CHECK(program.post_json("/api/v1/accounts", Value("no object")).status == 422);
        // A token opens no page.
        CHECK(location_of(program.get("/accounts")) == "/sign-in?next=%2Faccounts");
    });
}
