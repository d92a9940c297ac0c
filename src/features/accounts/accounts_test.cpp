// Who may see and change which accounts: the rules.
#include "features/accounts/test_staff.h"

using namespace tiendo;
using namespace tiendo::accounts;

TEST_CASE("every role's permissions are settled in the database, and settled anew when they differ") {
    for_each_site([](TestSite& site) {
        const auto settled = [&] {
            return site.database.read([](db::Read& tx) { return roles_are_settled(tx); });
        };
        CHECK(settled());
        site.database.write([](db::Write& tx) {
            tx.run(
                R"sql(insert into role_permissions (role, permission) values ('auditor', 'plan.change'))sql");
        });
        CHECK_FALSE(settled());
        site.database.write([](db::Write& tx) { settle_roles(tx); });
        CHECK(settled());
        CHECK(roles().front() == "administrator");
    });
}

TEST_CASE("a name is one that can be typed, and nobody has it yet") {
    for_each_staff([](Staff& staff) {
        struct Case {
            std::string name, answer;
        };
        const Case cases[] = {{"bao.lq", "done"},
                              {"  BAO_lq-2@centre ", "done"},
                              {"bao.lq", "account.name_taken"},
                              {"Bao.LQ", "account.name_taken"},
                              {"operator", "account.name_taken"},
                              {"", "account.name_malformed"},
                              {"bảo", "account.name_malformed"},
                              {"bao lq", "account.name_malformed"},
                              {"bao/lq", "account.name_malformed"},
                              {std::string(65, 'a'), "account.name_malformed"}};
        for (const Case& c : cases) {
            CAPTURE(c.name);
            CHECK(staff.attempt(staff.head, [&](db::Write& tx, const web::Actor& who) {
                return make_account(tx, who, c.name, "", staff.site.now).refusals();
            }) == c.answer);
        }
    });
}

TEST_CASE("nobody grants beyond his units, nor what he may not do there himself") {
    for_each_staff([](Staff& staff) {
        const auto& site = staff.site;
        CHECK(staff.grant_by(staff.head, staff.clerk, "director", site.centre) == "done");
        CHECK(staff.grant_by(staff.local, staff.clerk, "training_officer", site.justice) == "done");
        CHECK(staff.grant_by(staff.local, staff.clerk, "training_officer", site.justice) ==
              "account.role_held");
        CHECK(staff.grant_by(staff.local, staff.clerk, "unit_officer", site.centre) ==
              "account.unit_unknown");
        CHECK(staff.grant_by(staff.local, staff.clerk, "unit_officer", site.interior) ==
              "account.unit_unknown");
        CHECK(staff.grant_by(staff.local, staff.clerk, "unit_officer", organisations::UnitId{42}) ==
              "account.unit_unknown");
        CHECK(staff.grant_by(staff.local, staff.clerk, "king", site.justice) == "account.role_unknown");
        CHECK(staff.grant_by(staff.director, staff.clerk, "unit_officer", site.justice) ==
              "account.unit_unknown");
        CHECK(staff.grant_by(staff.clerk, staff.clerk, "administrator", site.justice) ==
              "account.unit_unknown");

        // An administrator who lacks a permission does not hand it out.
        staff.site.database.write([](db::Write& tx) {
            tx.run(
                R"sql(delete from role_permissions where role = 'administrator' and permission = 'plan.change')sql");
        });
        CHECK(staff.grant_by(staff.local, staff.stranger, "training_officer", site.justice) ==
              "account.role_beyond");
        CHECK(staff.grant_by(staff.local, staff.stranger, "unit_officer", site.justice) == "done");
    });
}

TEST_CASE("a role holds for everything below its unit, and for nothing above") {
    for_each_staff([](Staff& staff) {
        TestSite& site = staff.site;
        const organisations::UnitId cell{next_id()};
        site.database.write([&](db::Write& tx) {
            tx.run(R"sql(insert into units (id, parent, code, name, search, kind, recorded_at)
                         values (:id, :parent, 'cell', 'Chi bộ 1', 'chi bo 1', 'affiliated_unit', 0))sql",
                   {{"id", cell}, {"parent", site.justice}});
            tx.run(R"sql(insert into unit_ancestors (unit, ancestor)
                         values (:id, :id), (:id, :parent), (:id, :centre))sql",
                   {{"id", cell}, {"parent", site.justice}, {"centre", site.centre}});
        });
        const AccountId below = site.account("cell.admin", "administrator", cell);
        CHECK(staff.grant_by(staff.local, staff.clerk, "unit_officer", cell) == "done");
        CHECK(staff.link_by(staff.local, below) == "done");
        CHECK(staff.link_by(below, staff.local) == "not found");
        CHECK(staff.grant_by(below, staff.clerk, "auditor", site.justice) == "account.unit_unknown");
        CHECK(staff.grant_by(below, staff.clerk, "auditor", cell) == "done");
        CHECK(staff.link_by(below, staff.clerk) == "forbidden");  // who has a role above as well
    });
}

TEST_CASE("accounts elsewhere are out of sight, and a role in two places is nobody's below both") {
    for_each_staff([](Staff& staff) {
        CHECK(staff.link_by(staff.local, staff.clerk) == "done");
        CHECK(staff.disable_by(staff.local, staff.stranger) == "not found");
        CHECK(staff.link_by(staff.local, staff.stranger) == "not found");
        CHECK(staff.revoke_by(staff.local, staff.stranger) == "not found");
        CHECK(staff.disable_by(staff.local, staff.head) == "not found");
        CHECK(staff.link_by(staff.local, AccountId{42}) == "not found");
        CHECK(staff.disable_by(staff.head, staff.site.database.read([](db::Read& tx) {
            return find_account(tx, operator_name)->id;
        })) == "not found");

        // The director also sits in the unit: he is seen there, but not taken over.
        CHECK(staff.grant_by(staff.head, staff.director, "unit_officer", staff.site.justice) == "done");
        CHECK(staff.link_by(staff.local, staff.director) == "forbidden");
        CHECK(staff.disable_by(staff.local, staff.director) == "forbidden");
        CHECK(staff.link_by(staff.head, staff.director) == "done");

        // Whoever has left the unit is still seen there, but belongs to where he went.
        CHECK(staff.grant_by(staff.head, staff.clerk, "unit_officer", staff.site.interior) == "done");
        CHECK(staff.revoke_by(staff.local, staff.clerk) == "done");
        CHECK(staff.link_by(staff.local, staff.clerk) == "forbidden");
        // Whoever has no role left belongs to where he was last.
        CHECK(staff.revoke_by(staff.head, staff.stranger) == "done");
        CHECK(staff.link_by(staff.local, staff.stranger) == "not found");
        CHECK(staff.link_by(staff.head, staff.stranger) == "done");
    });
}

TEST_CASE("the last administrator who can sign in stays") {
    for_each_staff([](Staff& staff) {
        CHECK(staff.disable_by(staff.head, staff.head) == "account.own");
        CHECK(staff.link_by(staff.head, staff.head) == "account.own");
        CHECK(staff.disable_by(staff.second_head, staff.head) == "done");
        CHECK(staff.disable_by(staff.second_head, staff.head) == "done");  // twice is once
        CHECK(staff.revoke_by(staff.second_head, staff.second_head) == "account.last_administrator");
        // One who never chose a password cannot sign in, and does not count.
        staff.site.database.write([&](db::Write& tx) {
            const AccountId invited = insert_account(tx, "invited", "Người được mời", staff.site.now);
            insert_grant(tx, staff.head.value, invited, "administrator", staff.site.centre, staff.site.now);
        });
        CHECK(staff.revoke_by(staff.second_head, staff.second_head) == "account.last_administrator");
        const web::Actor programs_own =
            staff.site.database.read([](db::Read& tx) { return operator_actor(tx); });
        CHECK(staff.disable_by(AccountId{programs_own.account}, staff.second_head) ==
              "account.last_administrator");

        CHECK(staff.attempt(staff.second_head, [&](db::Write& tx, const web::Actor& who) {
            return enable(tx, who, staff.head, staff.site.now).refusals();
        }) == "done");
        CHECK(staff.revoke_by(staff.second_head, staff.second_head) == "done");
    });
}
