#include "features/people/people_search.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "features/people/test_register.h"

namespace tiendo::people {
namespace {

using Names = std::vector<std::string>;

void in_a_register(const std::function<void(TestRegister&)>& test) {
    db::for_each_database(TIENDO_SOURCE_DIR "/db/migrations", [&](db::Database& database) {
        TestRegister people(database);
        people.add("Đỗ Đức", 2, "001085001234");
        people.add("Đỗ Thị Hà", 3);
        people.add("Nguyễn Đức Đỗ Anh", 3);
        people.add("Nguyễn Văn An", 2);
        people.add("Nguyễn Văn Dũng", 3, "001085005678");
        people.add("Trần Hòa", 2);
        test(people);
    });
}

TEST_CASE("words find a name in any order, with or without marks, the last perhaps unfinished") {
    in_a_register([](TestRegister& people) {
        CHECK(people.found(people.officer, "do duc") == Names{"Nguyễn Đức Đỗ Anh", "Đỗ Đức"});
        CHECK(people.found(people.officer, "Đức Đỗ") == Names{"Nguyễn Đức Đỗ Anh", "Đỗ Đức"});
        CHECK(people.found(people.officer, "do du") == Names{"Nguyễn Đức Đỗ Anh", "Đỗ Đức"});
        CHECK(people.found(people.officer, "nguyen van") == Names{"Nguyễn Văn An", "Nguyễn Văn Dũng"});
        CHECK(people.found(people.officer, "van nguyen du") == Names{"Nguyễn Văn Dũng"});
        CHECK(people.found(people.officer, "HOÀ") == Names{"Trần Hòa"});
        // Only the last word may be unfinished.
        CHECK(people.found(people.officer, "ngu van") == Names{});
        CHECK(people.found(people.officer, "do nobody") == Names{});
        CHECK(people.found(people.officer, "a b c d e f g h") == Names{});
    });
}

TEST_CASE("nothing asked is everybody, in the order of given names") {
    in_a_register([](TestRegister& people) {
        const Names all{"Nguyễn Văn An", "Nguyễn Đức Đỗ Anh", "Nguyễn Văn Dũng",
                        "Đỗ Đức",        "Đỗ Thị Hà",         "Trần Hòa"};
        CHECK(people.found(people.officer, "") == all);
        CHECK(people.found(people.officer, "", 2) == Names{all[0], all[1]});
    });
}

TEST_CASE("a list goes on after the person last shown") {
    in_a_register([](TestRegister& people) {
        people.database.read([&](db::Read& tx) {
            for (const std::string words : {"", "nguyen", "n"}) {
                const auto first = found(tx, people.officer, {words, std::nullopt, 1});
                REQUIRE(first.size() == 1);
                const auto second = found(tx, people.officer, {words, first[0].id, 1});
                REQUIRE(second.size() == 1);
                CHECK(first[0].full_name == "Nguyễn Văn An");
                CHECK(second[0].full_name == "Nguyễn Đức Đỗ Anh");
            }
        });
    });
}

TEST_CASE("who sees one unit finds its people and nobody else") {
    in_a_register([](TestRegister& people) {
        CHECK(people.found(people.unit_officer, "") == Names{"Nguyễn Văn An", "Đỗ Đức", "Trần Hòa"});
        CHECK(people.found(people.unit_officer, "do duc") == Names{"Đỗ Đức"});
        CHECK(people.found(people.unit_officer, "nguyen v") == Names{"Nguyễn Văn An"});
        CHECK(people.found(people.outsider, "do duc") == Names{});
        CHECK(people.found(people.outsider, "") == Names{});
        CHECK(people.found(people.outsider, "001085001234") == Names{});
    });
}

TEST_CASE("a number finds the person; its first digits only for who may see such numbers") {
    in_a_register([](TestRegister& people) {
        CHECK(people.found(people.officer, "001085001234") == Names{"Đỗ Đức"});
        CHECK(people.found(people.officer, "1085001234") == Names{"Đỗ Đức"});  // the zeros a cell lost
        CHECK(people.found(people.officer, "001 085") == Names{"Nguyễn Văn Dũng", "Đỗ Đức"});
        CHECK(people.found(people.unit_officer, "001085001234") == Names{"Đỗ Đức"});
        CHECK(people.found(people.unit_officer, "001085") == Names{});
    });
}

TEST_CASE("a person is required through the actor, by id or by number") {
    in_a_register([](TestRegister& people) {
        people.database.read([&](db::Read& tx) {
            const Person dung = require_by_number(tx, people.officer, "001085005678");
            CHECK(dung.full_name == "Nguyễn Văn Dũng");
            CHECK(require(tx, people.officer, dung.id).national_id == "001085005678");
            CHECK_THROWS_AS(require(tx, people.unit_officer, dung.id), web::NotFound);
            CHECK_THROWS_AS(require_by_number(tx, people.unit_officer, "001085005678"), web::NotFound);
            CHECK_THROWS_AS(require_by_number(tx, people.officer, "001085009999"), web::NotFound);
        });
    });
}

TEST_CASE("who was in the register before it had words is found by them") {
    db::for_each_database([](db::Database& database) {
        auto migrations = db::migration_files(TIENDO_SOURCE_DIR "/db/migrations");
        std::sort(migrations.files.begin(), migrations.files.end(),
                  [](const EmbeddedFile& a, const EmbeddedFile& b) { return a.name < b.name; });
        db::migrate(database, {migrations.files.front()});
        TestRegister people(database);
        database.write([](db::Write& tx) {
            const std::string name = "Nguyễn Văn Văn An";
            const std::string key = name_sort_key(name), search = fold(name);
            tx.run(
                "insert into people (id, full_name, search, sort_key, birth_precision, sex, unit, position, "
                "recorded_at) values (7, :name, :search, :key, '', '', 2, '', 0)",
                {{"name", name}, {"search", search}, {"key", db::Blob{key}}});
        });
        db::migrate(database, migrations.files);
        for (const char* words : {"van an nguyen", "nguyen", "an"})
            CHECK(people.found(people.officer, words) == Names{"Nguyễn Văn Văn An"});
        database.read([](db::Read& tx) {
            CHECK(tx.integer("select people from name_words where word = 'van'") == 1);
            CHECK(tx.integer("select count(*) from person_words") == 3);
        });
    });
}

}  // namespace
}  // namespace tiendo::people
