// A register with two units and somebody who sees each: for tests.
#pragma once
#include "base/text.h"
#include "features/people/people.h"
#include "platform/db/testing.h"

namespace tiendo::people {

inline constexpr Instant test_moment{1'500'000'000'000};

// A centre with the units 2 and 3 beneath it. Account 1 sees all, account 2 sees unit 2 only, and
// account 3 sees nothing.
struct TestRegister {
    db::Database& database;
    web::Actor officer{
        .account = 1,
        .permissions = {"people.see", "people.change", "people.see_national_ids", "people.see_sensitive"}};
    web::Actor unit_officer{.account = 2, .permissions = {"people.see"}};
    web::Actor outsider{.account = 3, .permissions = {"people.see"}};

    explicit TestRegister(db::Database& in) : database(in) {
        database.write([&](db::Write& tx) {
            for (const int unit : {1, 2, 3}) {
                const std::string name = "Đơn vị " + std::to_string(unit);
                tx.run(
                    "insert into units (id, parent, code, name, search, kind, recorded_at) "
                    "values (:id, :parent, :code, :name, :search, 'affiliated_unit', 0)",
                    {{"id", unit},
                     {"parent", unit == 1 ? std::nullopt : std::optional<std::int64_t>(1)},
                     {"code", std::to_string(unit)},
                     {"name", name},
                     {"search", fold(name)}});
                for (const int ancestor : {1, unit})
                    tx.run(
                        "insert into unit_ancestors (unit, ancestor) values (:unit, :ancestor) "
                        "on conflict do nothing",
                        {{"unit", unit}, {"ancestor", ancestor}});
                tx.run(
                    "insert into accounts (id, name, display_name, recorded_at) values (:id, :name, :name, "
                    "0)",
                    {{"id", unit}, {"name", "account " + std::to_string(unit)}});
            }
            tx.run(
                "insert into role_permissions (role, permission) values "
                "('officer', 'people.see'), ('officer', 'people.change'), ('unit_officer', 'people.see')");
            for (const int account : {1, 2})
                tx.run(
                    "insert into grants (id, account, role, unit, granted_by, recorded_at) "
                    "values (:id, :id, :role, :id, 1, 0)",
                    {{"id", account}, {"role", account == 1 ? "officer" : "unit_officer"}});
        });
    }

    PersonId add(const std::string& full_name, int unit, const std::string& national_id = "") {
        const Person person{.id = new_id<PersonId>(),
                            .full_name = full_name,
                            .birth = std::nullopt,
                            .sex = "",
                            .national_id = national_id,
                            .unit = organisations::UnitId{unit},
                            .position = ""};
        database.write([&](db::Write& tx) {
            Registration registration(tx, test_moment);
            registration.add({&person, 1});
            registration.close();
        });
        return person.id;
    }

    std::vector<std::string> found(const web::Actor& actor, const std::string& words, int count = 10) {
        return database.read([&](db::Read& tx) {
            std::vector<std::string> names;
            for (const Person& person : find(tx, actor, words, count)) names.push_back(person.full_name);
            return names;
        });
    }
};

}  // namespace tiendo::people
