// Whom a roster means: rows recorded together must mean the same people as rows recorded one
// after the other, however many stand between them.
#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "centre.h"

namespace tiendo::tests {
namespace {

const std::string migrations = TIENDO_SOURCE_DIR "/db/migrations";
const std::string csv_header = "Mã lớp,Họ và tên,Ngày sinh,Số CCCD,Đơn vị công tác\r\n";

// What rows leave behind: people and participations as sorted texts, and which rows were rejected.
struct Left {
    std::vector<std::string> rows;
    std::vector<std::size_t> rejected;
    bool operator==(const Left&) const = default;
};

// The rows laid before the importer in files of so many rows each, within one transaction that is
// undone.
Left left_by(Centre& centre, const std::vector<std::string>& rows, std::size_t rows_in_a_file) {
    Left left;
    centre.database.write([&](db::Write& tx) -> Outcome<Done> {
        const auto document = documents::record(tx, centre.officer, {.kind = "workbook", .title = "a"}, now);
        for (std::size_t first = 0; first < rows.size(); first += rows_in_a_file) {
            std::string bytes = csv_header;
            for (std::size_t i = first; i < std::min(rows.size(), first + rows_in_a_file); ++i)
                bytes += rows[i] + "\r\n";
            write_text(centre.path("part.csv"), bytes);
            const auto report = imports::importers().at(2).record(tx, {.actor = centre.officer,
                                                                       .texts = texts(),
                                                                       .path = centre.path("part.csv"),
                                                                       .file_name = "part.csv",
                                                                       .at = now,
                                                                       .today = day("2017-06-20"),
                                                                       .document = document});
            for (const auto& rejection : report.rejections)
                left.rejected.push_back(first + static_cast<std::size_t>(rejection.row) - 2);
        }
        std::sort(left.rejected.begin(), left.rejected.end());
        tx.each(
            "select 'p ' || p.full_name || '|' || coalesce(cast(p.birth_date as text), '') || '|' || "
            "coalesce(p.national_id, '') || '|' || u.name "
            "from people p join units u on u.id = p.unit "
            "union all select 'n ' || c.code || '|' || p.full_name || '|' || coalesce(cast(p.birth_date as "
            "text), '') || '|' || "
            "coalesce(p.national_id, '') || '|' || u.name from participations n join people p on p.id = "
            "n.person "
            "join cohorts c on c.id = n.cohort join units u on u.id = n.unit order by 1",
            {}, [&](const db::Row& row) { left.rows.push_back(row.text(0)); });
        return Refusal{"", "undone", {}};
    });
    return left;
}

TEST_CASE("rows recorded together mean whom they mean one after the other") {
    db::for_each_database(migrations, [](db::Database& database) {
        Centre centre(database);
        std::mt19937 random(20170616);
        const auto one_of = [&](const std::vector<std::string>& texts) {
            return texts[random() % texts.size()];
        };
        const int trials = database.kind() == db::Kind::sqlite ? 150 : 20;
        for (int trial = 0; trial < trials; ++trial) {
            std::vector<std::string> rows;
            for (int i = 0; i < 12; ++i)
                rows.push_back(one_of({"DVM-01/2017", "DVM-02/2017"}) + "," +
                               one_of({"Nguyễn Thị Hạnh", "NGUYỄN THỊ HẠNH", "Lê Văn Nam"}) + "," +
                               one_of({"", "1/2/1980", "1980-02-01", "3/4/1981"}) + "," +
                               one_of({"", "", "001080000001", "001080000002"}) + "," +
                               one_of({"Bộ Nội vụ", "Bộ Tư pháp"}));
            const Left together = left_by(centre, rows, rows.size()), apart = left_by(centre, rows, 1);
            if (together == apart) continue;
            std::string told;
            for (const std::string& row : rows) told += row + "\n";
            FAIL_CHECK(told);
        }
    });
}

TEST_CASE("a learner is found again however many rows before") {
    db::for_each_database(migrations, [](db::Database& database) {
        Centre centre(database);
        const std::vector<std::string> header{"Họ và tên", "Ngày sinh", "Đơn vị"};
        Rows rows;
        for (int i = 0; i < 5'000; ++i) rows.push_back({"Lê Văn Nam", day("1960-01-01") + i, "Bộ Nội vụ"});
        CHECK(centre.record_roster(header, rows).added == 5'000);
        CHECK(centre.count("people") == 5'000);
        // Those there were already, and those that this file brings.
        rows.push_back({"Lê Văn Nam", day("1960-01-02"), "Bộ Nội vụ"});
        rows[1] = {"Trần Bình", day("1980-01-01"), ""};
        rows[2] = {"Trần Bình", day("1980-01-02"), ""};
        rows.push_back({"Trần Bình", day("1980-01-01"), ""});
        rows.push_back({"Lê Văn Nam", day("1960-01-01"), "Bộ Nội vụ"});
        const auto report = centre.check_roster(header, rows);
        CHECK(problems(report) == "5003 full_name roster.learner_twice\n5004 full_name roster.learner_twice");
        CHECK(report.rejections.at(0).problem.arguments.at(2) == "3");
        CHECK(report.rejections.at(1).problem.arguments.at(2) == "2");
        CHECK(report.added == 2);
        CHECK(report.unchanged == 4'999);
    });
}

TEST_CASE("an ID that a roster gives is kept with the person known without one") {
    db::for_each_database(migrations, [](db::Database& database) {
        Centre centre(database);
        const std::vector<std::string> header{"Họ và tên", "Ngày sinh", "Số CCCD"};
        centre.record_roster(header, {{"Lê Văn Nam", "1/2/1980", ""}});
        CHECK(centre.record_roster(header, {{"Lê Văn Nam", "1/2/1980", "001080000001"}}).changed == 1);
        // From then on it is what knows him; another ID is another person.
        CHECK(centre.check_roster(header, {{"Lê Văn Nam", "1/2/1980", "001080000002"}}).rejected == 0);
        CHECK(centre.check_roster(header, {{"Lê V. Nam", "", "001080000001"}}).unchanged == 1);
        CHECK(centre.check_roster(header, {{"Lê V. Nam", "", "001080000001"}, {"Lê Văn Nam", "1/2/1980", ""}})
                  .rejected == 1);
    });
}

TEST_CASE("of many new units only the first are told one by one") {
    db::for_each_database(migrations, [](db::Database& database) {
        Centre centre(database);
        Rows rows;
        for (int i = 0; i < 300; ++i)
            rows.push_back({"Lê Văn Nam", day("1960-01-01") + i, "Đơn vị " + std::to_string(i)});
        const auto report = centre.check_roster({"Họ và tên", "Ngày sinh", "Đơn vị"}, rows);
        CHECK(report.added == 300);
        REQUIRE(report.notes.size() == 201);
        CHECK(report.notes.back() == Refusal{"", "roster.units_made_more", {"100"}});
        for (const auto language : i18n::languages)
            CHECK(texts().text(language, report.notes.back()).find("100") != std::string::npos);
    });
}

}  // namespace
}  // namespace tiendo::tests
