// Who is meant by some words, among a million people, on both databases: each beside the 50 ms within
// which an answer comes while one types.
#include "features/accounts/accounts.h"
#include "features/people/people.h"
#include "measure.h"
#include "people_data.h"
#include "platform/db/testing.h"
#include "shelf.h"

namespace {

using namespace tiendo;
using namespace tiendo::bench;

constexpr double while_typing = 0.050;

// Grants account 1 everything and account 2 one unit in four hundred.
web::Actor actor_on(db::Database& database, std::int64_t account, const char* unit) {
    database.write([&](db::Write& tx) {
        const std::string name = "account " + std::to_string(account);
        tx.run("insert into accounts (id, name, display_name, recorded_at) values (:id, :name, :name, 0)",
               {{"id", account}, {"name", name}});
        tx.run(
            "insert into role_permissions (role, permission) values ('reader', 'people.see') "
            "on conflict do nothing");
        tx.run(
            "insert into grants (id, account, role, unit, granted_by, recorded_at) "
            "select :id, :id, 'reader', u.id, :id, 0 from units u where u.name = :unit",
            {{"id", account}, {"unit", unit}});
    });
    return {.account = account, .permissions = {"people.see", "people.see_national_ids"}};
}

void measure(db::Database& database, const std::string& where, const std::string& what,
             const std::function<void(db::Read&)>& ask) {
    std::vector<double> seconds;
    database.read(ask);  // prepares the statements
    for (int turn = 0; turn < (quick() ? 15 : 50); ++turn)
        seconds.push_back(seconds_of([&] { database.read(ask); }));
    const double ours = median(seconds);
    tell({where + ": " + what, milliseconds(ours), milliseconds(while_typing), ours / while_typing, 1.0});
}

void measure_all(db::Database& database, const std::string& where) {
    const web::Actor all = actor_on(database, 1, "Trung tâm"), one = actor_on(database, 2, "Đảng bộ số 7");
    const auto find = [&](const std::string& words, const web::Actor& actor, const std::string& who) {
        measure(database, where, "find \"" + words + "\"" + who,
                [&](db::Read& tx) { people::find(tx, actor, words, 100); });
    };
    for (const char* words : {"do duc", "nguyen thi", "nguyen van an", "lo panh", "ng", "014085000001", ""})
        find(words, all, "");
    for (const char* words : {"nguyen thi", "do duc", ""}) find(words, one, ", one unit of 400");
    measure(database, where, "one person and what is known", [&](db::Read& tx) {
        const people::Person person = people::require_by_number(tx, all, "014085000001");
        people::require(tx, all, person.id);
        people::facts_of(tx, std::span(&person.id, 1));
    });
}

}  // namespace

int main() {
    const std::int64_t count = 1'000'000;
    for (db::TestDatabase& test : db::test_databases()) {
        const auto migrations = db::migration_files(TIENDO_SOURCE_DIR "/db/migrations");
        db::migrate(*test.database, migrations.files);
        say("registering " + grouped(count) + " people on " + test.name + " …");
        const double seconds = seconds_of([&] { fill_register(*test.database, count); });
        tell({test.name + ": registering " + grouped(count) + " people",
              grouped(static_cast<std::int64_t>(static_cast<double>(count) / seconds)) + "/s"});
        test.database->write([](db::Write& tx) { tx.run("analyze"); });
        measure_all(*test.database, test.name);
    }
}
