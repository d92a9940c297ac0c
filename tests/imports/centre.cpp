#include "centre.h"

#include <fstream>
#include <iterator>
#include <stdexcept>

#include "features/accounts/accounts.h"
#include "features/cohorts/cohorts.h"
#include "features/participation/participation.h"
#include "features/plan/plan.h"

namespace tiendo::tests {
namespace {

std::string temporary_folder() {
    std::string folder = (std::filesystem::temp_directory_path() / "tiendo-imports-XXXXXX").string();
    if (!mkdtemp(folder.data())) throw std::runtime_error("no temporary folder");
    return folder;
}

void offer_all() {
    static const bool offered = [] {
        ledger::keep_books(cohorts::bookkeeper());
        ledger::keep_books(participation::bookkeeper());
        imports::offer(plan::importer());
        imports::offer(cohorts::importer());
        imports::offer(participation::importer());
        return true;
    }();
    (void)offered;
}

}  // namespace

SourceFiles::SourceFiles(const std::string& folder, const std::string& ending) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (!entry.path().string().ends_with(ending)) continue;
        std::ifstream file(entry.path(), std::ios::binary);
        const auto& name =
            *kept.emplace_back(new std::string(std::filesystem::relative(entry.path(), folder).string()));
        const auto& bytes = *kept.emplace_back(new std::string(std::istreambuf_iterator<char>(file), {}));
        files.push_back({name, bytes});
    }
}

const i18n::Texts& texts() {
    static const SourceFiles files(TIENDO_SOURCE_DIR "/locales", ".toml");
    static const i18n::Texts all(files.files, i18n::Missing::throws);
    return all;
}

void write_workbook(const std::string& path, const std::vector<std::string>& header, const Rows& rows) {
    office::ListLayout layout;
    layout.sheet = "Danh sách";
    for (const std::string& title : header)
        layout.columns.push_back({title, office::ListColumn::Kind::integer});
    // A day is stored as one only in a column of days.
    for (const auto& row : rows)
        for (std::size_t i = 0; i < row.size(); ++i)
            if (std::holds_alternative<Date>(row[i]))
                layout.columns.at(i).kind = office::ListColumn::Kind::date;
    auto writer = office::ListWriter::to_file(path, layout);
    for (const auto& row : rows) {
        std::vector<office::ListCell> cells;
        for (const Cell& cell : row) {
            if (const auto* text = std::get_if<std::string>(&cell)) {
                cells.push_back(text->empty() ? office::ListCell{}
                                              : office::ListCell{std::string_view(*text)});
            } else if (const auto* number = std::get_if<std::int64_t>(&cell)) {
                cells.push_back(*number);
            } else {
                cells.push_back(std::get<Date>(cell));
            }
        }
        writer.row(cells);
    }
    writer.finish();
}

void write_text(const std::string& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
}

Centre::Centre(db::Database& of) : database(of), folder(temporary_folder()) {
    offer_all();
    database.write([&](db::Write& tx) {
        accounts::settle_roles(tx);
        centre = organisations::found_centre(tx, "Trung tâm", now);
        accounts::make_operator(tx, centre, now);
    });
    officer = database.read([](db::Read& tx) { return accounts::operator_actor(tx); });
    write_workbook(path("kế hoạch.xlsx"), {"TT", "Tên lớp / chương trình", "Số lớp", "Số học viên"},
                   {{1, "Đảng viên mới", 8, 640}});
    write_workbook(path("lớp.xlsx"), {"Mã lớp", "Chương trình", "Ngày khai giảng"},
                   {{"DVM-01/2017", "Đảng viên mới", day("2017-03-06")},
                    {"DVM-02/2017", "Đảng viên mới", "tháng 9/2017"}});
    const bool begun =
        record("plan", "kế hoạch.xlsx", {.year = 2017}).document && record("cohorts", "lớp.xlsx").document;
    if (!begun) throw std::runtime_error("the centre of the test could not be set up");
}

Centre::~Centre() { std::filesystem::remove_all(folder); }

imports::Report Centre::judge(const std::string& kind, const std::string& file, imports::Keep keep,
                              imports::Options options) {
    for (const imports::Importer& importer : imports::importers())
        if (importer.kind == kind)
            return imports::run(database, importer,
                                {.actor = officer,
                                 .texts = texts(),
                                 .path = path(file),
                                 .file_name = file,
                                 .file_digest = "",
                                 .file_bytes = 0,
                                 .options = std::move(options),
                                 .at = now,
                                 .today = day("2017-06-20")},
                                keep);
    throw std::logic_error("no importer of " + kind);
}

imports::Report Centre::record_roster(const std::vector<std::string>& header, const Rows& rows) {
    write_workbook(path("danh sách.xlsx"), header, rows);
    return record("roster", "danh sách.xlsx", {.cohort = "DVM-01/2017"});
}

imports::Report Centre::check_roster(const std::vector<std::string>& header, const Rows& rows) {
    write_workbook(path("danh sách.xlsx"), header, rows);
    return check("roster", "danh sách.xlsx", {.cohort = "DVM-01/2017"});
}

std::int64_t Centre::count(const std::string& table) const {
    return database.read([&](db::Read& tx) { return tx.integer("select count(*) from " + table); });
}

std::int64_t Centre::all_rows() const {
    std::int64_t rows = 0;
    for (const char* table : {"units", "documents", "audit_trail", "programmes", "plans", "plan_versions",
                              "plan_lines", "plan_targets", "cohorts", "cohort_descriptions", "cohort_events",
                              "people", "participations", "participation_events", "postings", "day_totals"})
        rows += count(table);
    return rows;
}

std::vector<std::string> Centre::list(const std::string& sql) const {
    return database.read([&](db::Read& tx) {
        return tx.all<std::string>(sql, {}, [](const db::Row& row) { return row.text(0); });
    });
}

web::Actor Centre::account(const std::string& name, const std::string& role, organisations::UnitId unit) {
    web::Actor actor;
    actor.account = next_id();
    actor.name = name;
    actor.csrf = "token of " + name;
    database.write([&](db::Write& tx) {
        tx.run("insert into accounts (id, name, display_name, recorded_at) values (:id, :name, :name, :at)",
               {{"id", actor.account}, {"name", name}, {"at", now}});
        tx.run(
            "insert into grants (id, account, role, unit, granted_by, recorded_at) values (:id, :account, "
            ":role, :unit, :by, :at)",
            {{"id", next_id()},
             {"account", actor.account},
             {"role", role},
             {"unit", unit},
             {"by", officer.account},
             {"at", now}});
        tx.each("select distinct permission from reach where account = :account",
                {{"account", actor.account}},
                [&](const db::Row& row) { actor.permissions.push_back(row.text(0)); });
    });
    return actor;
}

std::string problems(const imports::Report& report) {
    std::string all;
    for (const imports::Rejection& rejection : report.rejections)
        all += (all.empty() ? "" : "\n") + std::to_string(rejection.row) + " " + rejection.column + " " +
               rejection.problem.message;
    return all;
}

}  // namespace tiendo::tests
