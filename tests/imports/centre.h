// A centre with a plan and cohorts, and the workbooks it is sent, for tests of imports.
#pragma once
#include <filesystem>
#include <initializer_list>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "features/imports/imports.h"
#include "features/organisations/organisations.h"
#include "platform/db/testing.h"
#include "platform/office/xlsx_writer.h"

namespace tiendo::tests {

inline Date day(const char* text) { return *parse_date(text); }
inline Instant moment(const char* text) { return *parse_instant(text); }
inline const Instant now = moment("2017-06-20T01:00:00Z");

// Files of the source tree, as the program embeds them: "vi/plan.toml", "features/x/views/y.html".
struct SourceFiles {
    SourceFiles(const std::string& folder, const std::string& ending);
    std::vector<std::unique_ptr<std::string>> kept;
    std::vector<EmbeddedFile> files;
};
const i18n::Texts& texts();

// A workbook of one sheet: a header and rows. Empty texts leave their cells empty.
using Cell = std::variant<std::string, std::int64_t, Date>;
using Rows = std::vector<std::vector<Cell>>;
void write_workbook(const std::string& path, const std::vector<std::string>& header, const Rows& rows);
void write_text(const std::string& path, const std::string& bytes);

class Centre {
 public:
    // Plan 2017: Đảng viên mới 8 cohorts, 640 learners. Cohorts DVM-01/2017 (opened on 6/3/2017)
    // and DVM-02/2017 (planned).
    explicit Centre(db::Database& database);
    ~Centre();
    Centre(const Centre&) = delete;

    std::string path(const std::string& name) const { return folder + "/" + name; }
    imports::Report judge(const std::string& kind, const std::string& file, imports::Keep keep,
                          imports::Options options = {});
    imports::Report check(const std::string& kind, const std::string& file, imports::Options options = {}) {
        return judge(kind, file, imports::Keep::no, std::move(options));
    }
    imports::Report record(const std::string& kind, const std::string& file, imports::Options options = {}) {
        return judge(kind, file, imports::Keep::yes, std::move(options));
    }
    // A roster of one sheet whose first row under the header is row 2.
    imports::Report record_roster(const std::vector<std::string>& header, const Rows& rows);
    imports::Report check_roster(const std::vector<std::string>& header, const Rows& rows);

    std::int64_t count(const std::string& table) const;
    // Rows of every table together: what a dry run must not change.
    std::int64_t all_rows() const;
    // One text per row of a query's only column.
    std::vector<std::string> list(const std::string& sql) const;

    web::Actor account(const std::string& name, const std::string& role, organisations::UnitId unit);

    db::Database& database;
    std::string folder;
    organisations::UnitId centre;
    web::Actor officer;
};

// The message keys of the rejections, each with its place, one a line:
// "3 national_id person.national_id_malformed".
std::string problems(const imports::Report& report);

}  // namespace tiendo::tests
