// Who works at the centre of a TestSite, and what each attempts.
#pragma once
#include "features/accounts/test_site.h"

namespace tiendo::accounts {

// An administrator of the centre, one of the unit "justice", and people of two units.
struct Staff {
    explicit Staff(TestSite& opened) : site(opened) {
        head = site.account("admin", "administrator", site.centre);
        second_head = site.account("admin.2", "administrator", site.centre);
        local = site.account("admin.justice", "administrator", site.justice);
        clerk = site.account("justice.clerk", "unit_officer", site.justice);
        stranger = site.account("interior.clerk", "unit_officer", site.interior);
        director = site.account("director", "director", site.centre);
    }
    // A verb of one actor in a transaction: "done", the first refusal's key, "forbidden", "not found".
    std::string attempt(AccountId actor, const std::function<Refusals(db::Write&, const web::Actor&)>& verb) {
        const web::Actor who = site.actor(actor);
        try {
            const auto outcome = site.database.write([&](db::Write& tx) -> Outcome<Done> {
                auto refusals = verb(tx, who);
                if (refusals.empty()) return Done{};
                return refusals;
            });
            return outcome ? "done" : outcome.refusals().front().message;
        } catch (const web::NotFound&) {
            return "not found";
        } catch (const web::Forbidden&) {
            return "forbidden";
        }
    }
    std::string grant_by(AccountId actor, AccountId account, std::string_view role,
                         organisations::UnitId unit) {
        return attempt(actor, [&](db::Write& tx, const web::Actor& who) {
            return grant(tx, who, account, role, unit, site.now).refusals();
        });
    }
    std::string revoke_by(AccountId actor, AccountId account) {
        const GrantId grant =
            site.database.read([&](db::Read& tx) { return grants_of(tx, account).front().id; });
        return attempt(actor, [&](db::Write& tx, const web::Actor& who) {
            return revoke(tx, who, grant, site.now).refusals();
        });
    }
    std::string disable_by(AccountId actor, AccountId account) {
        return attempt(actor, [&](db::Write& tx, const web::Actor& who) {
            return disable(tx, who, account, site.now).refusals();
        });
    }
    std::string link_by(AccountId actor, AccountId account) {
        return attempt(actor, [&](db::Write& tx, const web::Actor& who) {
            return renew_sign_in_token(tx, who, account, site.now).refusals();
        });
    }

    TestSite& site;
    AccountId head, second_head, local, clerk, stranger, director;
};

inline void for_each_staff(const std::function<void(Staff&)>& test) {
    for_each_site([&](TestSite& site) {
        Staff staff(site);
        test(staff);
    });
}

}  // namespace tiendo::accounts
