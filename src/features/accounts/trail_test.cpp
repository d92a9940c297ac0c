// Reading the audit trail.
#include "features/accounts/test_site.h"
#include "platform/audit/audit.h"

using namespace tiendo;
using namespace tiendo::accounts;

namespace {

// Acts on three days, by two people.
void fill(TestSite& site, AccountId first, AccountId second, int acts) {
    site.database.write([&](db::Write& tx) {
        for (int act = 0; act < acts; ++act) {
            web::Actor actor;
            actor.account = (act % 2 == 0 ? first : second).value;
            // 23:00 and 01:00 at the centre are two days there and one in London.
            const Instant at{site.now.ms + act * 2 * 3'600'000};
            audit::record(tx, actor, at,
                          {act % 3 == 0 ? "cohort.open" : "roster_100%.import", "cohort", 1000 + act % 5,
                           Value::object({{"reason", "Lớp " + std::to_string(act)}, {"rows", act}})});
        }
    });
}

std::int64_t total(Browser& browser, const std::string& query) {
    const auto answer = browser.get("/api/v1/audit?" + query);
    return answer.status == 200 ? *json_of(answer)["total"].number() : -answer.status;
}

}  // namespace

TEST_CASE("the trail is for those who may see all of it") {
    for_each_site([](TestSite& site) {
        Browser auditor(site, site.account("kiemtra", "auditor", site.centre));
        Browser local(site, site.account("kiemtra.tp", "auditor", site.justice));
        Browser clerk(site, site.account("bao.lq", "unit_officer", site.justice));
        Browser nobody(site);
        CHECK(auditor.get("/audit").status == 200);
        for (const char* path : {"/audit", "/audit?format=xlsx", "/api/v1/audit"}) {
            CAPTURE(path);
            CHECK(local.get(path).status == 403);
            CHECK(clerk.get(path).status == 403);
            CHECK(nobody.get(path).status / 100 != 2);
        }
        CHECK(local.post("/audit/check").status == 403);
        CHECK(local.post_json("/api/v1/audit/check", {}).status == 403);
    });
}

TEST_CASE("the trail is found by words, person, object and day") {
    for_each_site([](TestSite& site) {
        const AccountId auditor = site.account("kiemtra", "auditor", site.centre);
        const AccountId first = site.account("hanh.nt", "training_officer", site.centre);
        const AccountId second = site.account("mai.tt", "training_officer", site.centre);
        Browser browser(site, auditor);
        fill(site, first, second, 30);
        struct Case {
            std::string query;
            std::int64_t total;
        };
        const Case cases[] = {{"", 30},
                              {"q=cohort.open", 10},
                              {"q=hanh.nt", 15},  // her name as it is shown
                              {"q=Lớp 29", 1},
                              {"q=100%", 20},
                              {"q=100_", 0},
                              {"q=\\", 0},
                              {"q=' or 1=1 --", 0},
                              {"actor=mai.tt", 15},
                              {"actor=MAI.TT", 15},
                              {"actor=nobody", 0},
                              {"object=1003", 6},
                              {"object=42", 0},
                              {"object=abc", -422},
                              {"from=2017-06-21", 22},
                              {"to=2017-06-20", 8},
                              {"from=2017-06-21&to=2017-06-21", 12},
                              {"from=21/6/2017&to=21/06/2017&actor=mai.tt", 6},
                              {"from=yesterday", -422},
                              {"from=2017-06-25", 0}};
        for (const Case& c : cases) {
            CAPTURE(c.query);
            CHECK(total(browser, c.query) == c.total);
        }
        const auto refused = browser.get("/audit?from=yesterday");
        CHECK(refused.status == 422);
    });
}

TEST_CASE("the trail goes on by key, newest first, without gaps or doubles") {
    for_each_site([](TestSite& site) {
        const AccountId auditor = site.account("kiemtra", "auditor", site.centre);
        Browser browser(site, auditor);
        fill(site, auditor, auditor, 250);
        std::string url = "/api/v1/audit";
        std::vector<std::int64_t> sequences;
        while (!url.empty()) {
            const Value page = json_of(browser.get(url));
            for (const Value& entry : *page["entries"].list_items())
                sequences.push_back(*entry["sequence"].number());
            url = page["paging"]["next_url"].text() ? *page["paging"]["next_url"].text() : "";
        }
        REQUIRE(sequences.size() == 250);
        for (std::int64_t i = 0; i < 250; ++i) CHECK(sequences[i] == 250 - i);
    });
}

TEST_CASE("an entry shows its details, its object and its digest") {
    for_each_site([](TestSite& site) {
        const AccountId auditor = site.account("kiemtra", "auditor", site.centre);
        Browser browser(site, auditor);
        fill(site, auditor, auditor, 1);
        const Value entry = json_of(browser.get("/api/v1/audit"))["entries"].list_items()->front();
        CHECK(*entry["actor"].text() == "Người kiemtra");
        CHECK(*entry["action"].text() == "cohort.open");
        CHECK(*entry["url"].text() == "/cohorts/1000");
        CHECK(entry["details"] == Value(Value::List{Value::object({{"name", "reason"}, {"value", "Lớp 0"}}),
                                                    Value::object({{"name", "rows"}, {"value", "0"}})}));
        CHECK(entry["digest"].text()->size() == 16);
        CHECK(has(browser.get("/audit"), "Lớp 0"));
    });
}

TEST_CASE("the chain is checked at a click") {
    for_each_site([](TestSite& site) {
        const AccountId auditor = site.account("kiemtra", "auditor", site.centre);
        Browser browser(site, auditor);
        fill(site, auditor, auditor, 5);
        Value check = json_of(browser.post_json("/api/v1/audit/check", {}));
        CHECK(*check["holds"].truth());
        CHECK(*check["rows"].number() == 5);
        CHECK(browser.post("/audit/check").status == 200);
        site.database.write(
            [](db::Write& tx) { tx.run(R"sql(delete from audit_trail where sequence = 5)sql"); });
        check = json_of(browser.post_json("/api/v1/audit/check", {}));
        CHECK_FALSE(*check["holds"].truth());
        CHECK(*check["first_broken"].number() == 5);
    });
}

TEST_CASE("an export holds what is shown, and stands in the trail itself") {
    for_each_site([](TestSite& site) {
        const AccountId auditor = site.account("kiemtra", "auditor", site.centre);
        Browser browser(site, auditor);
        fill(site, auditor, auditor, 5);
        const auto workbook = browser.get("/audit?q=cohort.open&format=xlsx");
        CHECK(workbook.status == 200);
        REQUIRE(workbook.file);
        CHECK(workbook.file->size > 1000);
        CHECK(site.trail().find("audit.export {\"q\":\"cohort.open\"}") != std::string::npos);
        CHECK(browser.get("/audit?from=yesterday&format=xlsx").status == 422);
    });
}
