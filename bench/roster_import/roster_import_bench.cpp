// A roster of 100,000 rows from the workbook to the books, beside reading the sheet and inserting
// the same rows by hand; that its memory does not grow with its rows;
// and the same against a register of a million people.
#include <cstdlib>
#include <filesystem>
#include <stdexcept>

#include "features/accounts/accounts.h"
#include "features/cohorts/cohorts.h"
#include "features/participation/participation.h"
#include "locale_files.h"
#include "measure.h"
#include "people_data.h"
#include "platform/db/testing.h"
#include "platform/office/sheet.h"
#include "raw_rows.h"
#include "roster_workbook.h"
#include "shelf.h"

namespace {

using namespace tiendo;
using namespace tiendo::bench;

constexpr int many = 100'000, twice_as_many = 200'000, large_register = 1'000'000;
constexpr double allowed = 2.0, flat = 1.25, a_third_of_raw = 3.0;
const Instant imported_at = *parse_instant("2017-06-20T01:00:00Z");

void record(db::Database& database, const std::string& workbook, imports::Keep keep) {
    static const LocaleFiles files;
    static const i18n::Texts texts(files.files());
    const web::Actor actor = database.read([](db::Read& tx) { return accounts::operator_actor(tx); });
    const auto report = imports::run(database, participation::importer(),
                                     {.actor = actor,
                                      .texts = texts,
                                      .path = workbook,
                                      .file_name = "danh sách.xlsx",
                                      .file_digest = "",
                                      .file_bytes = 0,
                                      .options = {},
                                      .at = imported_at,
                                      .today = *Date::of(2017, 6, 20)},
                                     keep);
    if (!report.acceptable() || report.added == 0) throw std::runtime_error("the roster was not taken");
}

void read_only(const std::string& workbook) {
    std::int64_t cells = 0;
    const auto opened = office::read_sheets(
        office::file(workbook), {}, [](const office::SheetInfo&) { return office::Next::row; },
        [&](const office::SheetRow& row) {
            cells += static_cast<std::int64_t>(row.cells.size());
            return office::Next::row;
        });
    if (!opened || cells == 0) throw std::runtime_error("the sheet was not read");
}

void measure_sqlite(const std::string& workbook, const std::string& large_workbook, const std::string& in) {
    const std::string base = in + "/base.sqlite", work = in + "/work.sqlite";
    {
        const auto database = db::open(base);
        const auto migrations = db::migration_files(TIENDO_SOURCE_DIR "/db/migrations");
        db::migrate(*database, migrations.files);
        open_cohorts(*database);
    }
    const auto afresh = [&] {
        for (const char* part : {"", "-wal", "-shm"}) std::filesystem::remove(work + part);
        std::filesystem::copy_file(base, work);
    };
    const auto import = [&](const std::string& file, imports::Keep keep) {
        afresh();
        return in_a_process([&] { record(*db::open(work), file, keep); });
    };
    // Memory first: what this process holds later its children would be charged for. The first
    // hundred thousand rows fill the database's cache, which does not grow beyond its size.
    std::vector<double> peak, peak_twice, peak_reading;
    const int turns = quick() ? 3 : 7;
    for (int turn = 0; turn < (turns + 1) / 2; ++turn) {
        peak.push_back(static_cast<double>(import(workbook, imports::Keep::yes).peak_bytes));
        peak_twice.push_back(static_cast<double>(import(large_workbook, imports::Keep::yes).peak_bytes));
        peak_reading.push_back(static_cast<double>(in_a_process([&] { read_only(workbook); }).peak_bytes));
    }
    import(workbook, imports::Keep::yes);
    const std::vector<RawTable> rows = rows_of_import(*db::open(work), imported_at);

    std::vector<double> ours, limit, check, reading;
    for (int turn = 0; turn < turns; ++turn) {
        ours.push_back(import(workbook, imports::Keep::yes).seconds);
        afresh();
        limit.push_back(in_a_process([&] {
                            read_only(workbook);
                            insert_into_sqlite(work, rows);
                        }).seconds);
        reading.push_back(in_a_process([&] { read_only(workbook); }).seconds);
        check.push_back(import(workbook, imports::Keep::no).seconds);
    }
    const auto bytes = [](const std::vector<double>& of) {
        return megabytes(static_cast<std::int64_t>(median(of)));
    };
    tell({"roster of 100,000 rows, SQLite", milliseconds(median(ours)), milliseconds(median(limit)),
          median(ours) / median(limit), allowed});
    tell({"roster of 100,000 rows, dry run, SQLite", milliseconds(median(check)), milliseconds(median(limit)),
          median(check) / median(limit)});
    tell({"  of the limit, reading the sheet", milliseconds(median(reading))});
    tell({"roster, peak memory at 200,000 rows beside 100,000", bytes(peak_twice), bytes(peak),
          median(peak_twice) / median(peak), flat});
    tell({"roster, peak memory beside only reading the sheet", bytes(peak), bytes(peak_reading),
          median(peak) / median(peak_reading)});
}

void measure_postgresql(const std::string& workbook) {
    const char* server = std::getenv("TIENDO_TEST_POSTGRESQL");
    if (!server || !*server) return say("no TIENDO_TEST_POSTGRESQL: PostgreSQL is not measured");
    // A schema of its own for each turn; the cohorts of the first one, so that the rows fit.
    const auto migrations = db::migration_files(TIENDO_SOURCE_DIR "/db/migrations");
    const auto made_new = [&] {
        auto made = std::move(db::test_databases().at(1));
        db::migrate(*made.database, migrations.files);
        return made;
    };
    const auto first = made_new();
    open_cohorts(*first.database);
    const auto afresh = [&] {
        auto made = made_new();
        copy_cohorts(first.address, made.address);
        return made;
    };
    std::vector<RawTable> rows;
    std::vector<double> ours, limit;
    const int turns = quick() ? 2 : 5;
    for (int turn = 0; turn <= turns; ++turn) {
        const auto made = afresh();
        const double own = seconds_of([&] { record(*made.database, workbook, imports::Keep::yes); });
        if (turn == 0) {  // warms the server up and gives the rows
            rows = rows_of_import(*made.database, imported_at);
            continue;
        }
        ours.push_back(own);
        const auto plain = afresh();
        limit.push_back(seconds_of([&] {
            read_only(workbook);
            copy_into_postgresql(plain.address, rows);
        }));
    }
    tell({"roster of 100,000 rows, PostgreSQL", milliseconds(median(ours)), milliseconds(median(limit)),
          median(ours) / median(limit), allowed});
}

// --- against a register of a million ----------------------------------------------------------

// Every twentieth of the register, so that half of a roster of 100,000 rows is known.
std::vector<Known> some_of_register(db::Database& database) {
    return database.read([](db::Read& tx) {
        return tx.all<Known>(R"sql(
            select p.full_name, p.national_id, u.name, p.birth_date
            from people p join units u on u.id = p.unit
            where p.national_id like '014085%0' and p.national_id not like '014085%00'
            order by p.national_id)sql",
                             {}, [](const db::Row& row) {
                                 return Known{row.text(0), row.text(1), row.text(2), row.date(3)};
                             });
    });
}

void write_against_register(db::Database& database, const std::string& workbook) {
    const std::vector<Known> known = some_of_register(database);
    write_roster(workbook, many,
                 [&](int row) { return known[static_cast<std::size_t>(row / 2) % known.size()]; });
}

void tell_register(const std::string& where, const std::vector<double>& ours,
                   const std::vector<double>& limit) {
    tell({"roster of 100,000 rows against 1,000,000 people, " + where + ", beside raw inserts alone",
          milliseconds(median(ours)), milliseconds(median(limit)), median(ours) / median(limit),
          a_third_of_raw});
}

void fill_centre(db::Database& database) {
    open_cohorts(database);
    fill_register(database, large_register);
    database.write([](db::Write& tx) { tx.run("analyze"); });
}

void measure_register_sqlite(const std::string& in) {
    const std::string base = in + "/register.sqlite", work = in + "/work.sqlite", file = in + "/known.xlsx";
    in_a_process([&] {
        const auto database = db::open(base);
        db::migrate(*database, db::migration_files(TIENDO_SOURCE_DIR "/db/migrations").files);
        fill_centre(*database);
        write_against_register(*database, file);
    });
    const auto afresh = [&] {
        for (const char* part : {"", "-wal", "-shm"}) std::filesystem::remove(work + part);
        std::filesystem::copy_file(base, work);
    };
    std::vector<RawTable> rows;
    std::vector<double> ours, limit;
    for (int turn = 0; turn < (quick() ? 2 : 5); ++turn) {
        afresh();
        ours.push_back(in_a_process([&] { record(*db::open(work), file, imports::Keep::yes); }).seconds);
        if (rows.empty()) rows = rows_of_import(*db::open(work), imported_at);
        afresh();
        limit.push_back(in_a_process([&] { insert_into_sqlite(work, rows); }).seconds);
    }
    tell_register("SQLite", ours, limit);
    for (const char* part : {"", "-wal", "-shm"}) {
        std::filesystem::remove(base + part);
        std::filesystem::remove(work + part);
    }
}

void measure_register_postgresql(const std::string& in) {
    const char* server = std::getenv("TIENDO_TEST_POSTGRESQL");
    if (!server || !*server) return;
    const std::string file = in + "/known.xlsx";
    const auto migrations = db::migration_files(TIENDO_SOURCE_DIR "/db/migrations");
    const auto made_new = [&] {
        auto made = std::move(db::test_databases().at(1));
        db::migrate(*made.database, migrations.files);
        return made;
    };
    const auto filled = made_new();
    fill_centre(*filled.database);
    write_against_register(*filled.database, file);
    // The rows of the import name cohorts and people of this register: the limit has the same ones.
    const auto plain = made_new();
    copy_cohorts(filled.address, plain.address);
    copy_register(filled.address, plain.address);
    const double ours = seconds_of([&] { record(*filled.database, file, imports::Keep::yes); });
    const std::vector<RawTable> rows = rows_of_import(*filled.database, imported_at);
    const double limit = seconds_of([&] { copy_into_postgresql(plain.address, rows); });
    tell_register("PostgreSQL", {ours}, {limit});
}

}  // namespace

int main() {
    ledger::keep_books(cohorts::bookkeeper());
    ledger::keep_books(participation::bookkeeper());
    const std::string in = folder() + "/roster_import";
    std::filesystem::create_directories(in);
    const std::string workbook = in + "/roster.xlsx", large_workbook = in + "/large.xlsx";
    in_a_process([&] { write_roster(workbook, many); });
    in_a_process([&] { write_roster(large_workbook, twice_as_many); });
    measure_sqlite(workbook, large_workbook, in);
    measure_postgresql(workbook);
    measure_register_sqlite(in);
    measure_register_postgresql(in);
    std::filesystem::remove_all(in);
}
