// A site with the demonstration year, and the cast who ask it: the day is 16 June 2017.
#pragma once
#include <filesystem>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/text.h"
#include "base/value.h"
#include "features/cohorts/cohorts.h"
#include "features/organisations/organisations.h"
#include "features/participation/participation.h"
#include "platform/db/testing.h"
#include "platform/files/files.h"
#include "platform/views/views.h"
#include "platform/web/web.h"

namespace tiendo::tests {

inline Date day(const char* text) { return *parse_date(text); }
inline Instant moment(const char* text) { return *parse_instant(text); }
inline const Instant now = moment("2017-06-16T09:00:00+07:00");

// Files of the source tree, as the program embeds them.
struct SourceFiles {
    SourceFiles(const std::string& folder, const std::string& ending);
    std::vector<std::unique_ptr<std::string>> kept;
    std::vector<EmbeddedFile> files;
};
const i18n::Texts& texts();  // throws on a text that is missing
const views::Views& pages();
const web::Routes& routes();
const files::Store& store();  // of all tests

using Fields = std::initializer_list<http::Field>;

class Year {
 public:
    // Empty but for the centre, two units and the cast.
    explicit Year(db::Database& database);
    ~Year();
    Year(const Year&) = delete;

    // Plan, cohorts, rosters and field trips of the demonstration.
    void fill();

    http::Response get(const web::Actor& actor, const std::string& target,
                       i18n::Language language = i18n::Language::vi);
    http::Response post(const web::Actor& actor, const std::string& path, Fields form);
    // A file under that field, beside others; an empty path: none was chosen.
    http::Response upload(const web::Actor& actor, const std::string& path, const std::string& file,
                          const std::string& field = "file", Fields form = {});
    // Of a file in the year's own folder.
    std::string path(const std::string& name) const { return folder_ + "/" + name; }
    // Sent with whatever is asked from now on, and from where.
    http::Fields cookies;
    std::string client = "127.0.0.1";
    http::Response send(const web::Actor& actor, const std::string& path, const std::string& json);
    // From now on: every view that is shown, with what it is made of.
    void watch(decltype(web::Site::shown) shown) { site_->shown = std::move(shown); }
    // The JSON of an answer of 200.
    Value json(const web::Actor& actor, const std::string& target);

    template <class F>
    auto write(F f) {
        return database.write(f);
    }
    cohorts::Cohort cohort(const std::string& code);
    std::string path_of(const std::string& code) { return "/cohorts/" + to_text(cohort(code).id); }
    // Somebody new with that role.
    web::Actor cast(const std::string& name, const std::string& role, organisations::UnitId unit);
    // A cohort of the plan's first programme.
    cohorts::Cohort propose(const std::string& code, std::optional<cohorts::PlannedDate> opens_on = {});
    participation::ParticipationId enrol(const cohorts::Cohort& cohort, const std::string& name,
                                         organisations::UnitId unit);

    db::Database& database;
    organisations::UnitId centre, tu_phap, noi_vu;
    // The unit officer is of Đảng bộ Bộ Tư pháp; the outsider may do anything, elsewhere.
    web::Actor director, officer, auditor, unit_officer, outsider, operator_;

 private:
    void record(const std::string& kind, const std::string& path, const char* at, int year);
    http::Response answer(const web::Actor& actor, http::Request& request, i18n::Language language);

    std::string folder_;
    std::optional<web::Actor> asking_;
    std::unique_ptr<web::Site> site_;
};

// On each database: a year of the test's own, and one that is filled once and that no test changes.
void for_each_year(const std::function<void(Year&)>& test);
void for_each_demonstration(const std::function<void(Year&)>& test);
void forget_demonstrations();

// Whether the text stands in the page.
bool shows(const http::Response& response, std::string_view text);

}  // namespace tiendo::tests
