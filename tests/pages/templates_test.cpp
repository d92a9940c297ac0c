// Every template against its presenter: what it names is there, and every text it shows has one.
#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <map>

#include "features/eligibility/eligibility.h"
#include "features/plan/plan.h"
#include "visits.h"

namespace tiendo::tests {
namespace {

// What is missing from a view in every value that it was shown with: a list that is empty here
// has rows there, a form that makes no sense now does elsewhere.
class Missing {
 public:
    void note(std::string_view view, const Value& value, const Value& frame) {
        // The frame says whether a form was refused: a page has no list of that name.
        CHECK_MESSAGE(value["refused"].list_items() == nullptr, view);
        const std::vector<std::string> missing = pages().names_missing(view, value, frame);
        const auto [found, is_first] = by_view_.emplace(view, missing);
        if (is_first) return;
        std::erase_if(found->second, [&](const std::string& name) {
            return std::find(missing.begin(), missing.end(), name) == missing.end();
        });
    }
    const std::map<std::string, std::vector<std::string>, std::less<>>& by_view() const { return by_view_; }

 private:
    std::map<std::string, std::vector<std::string>, std::less<>> by_view_;
};

std::string first_learner(Year& year, const std::string& code) {
    const Value roster = year.json(year.officer, "/api/v1" + year.path_of(code) + "/roster");
    return "/participations/" + *(*roster["participations"].list_items())[0]["id"].text();
}

// A person of whom something is known, the list of all, and who is not there yet.
void visit_people(Year& year) {
    const Value found = year.json(year.officer, "/api/v1/people?q=nguyen");
    const std::string person = "/people/" + *(*found["people"].list_items())[0]["id"].text();
    const auto state = [&](const std::string& what, const std::string& detail, const std::string& document) {
        return year
            .post(year.officer, person + "/facts",
                  {{"what", what}, {"detail", detail}, {"from", "2016-01-01"}, {"document", document}})
            .status;
    };
    CHECK(state("position.government", "Trưởng phòng", "1-QĐ") == 303);
    CHECK(year.get(year.officer, person).status == 200);
    CHECK(state("colour", "", "") == 422);
    CHECK(year.post(year.officer, "/people/disclosure", {{"reason", ""}}).status == 422);
    CHECK(year.post(year.officer, "/people", {{"full_name", "Ai Đó"}}).status == 422);
    for (const char* what : {"grade.specialist", "grade.principal_specialist", "membership.full"})
        CHECK(state(what, "", "") == 303);
    const std::string api = "/api/v1" + person;
    const Value facts = year.json(year.officer, api)["facts"];
    const std::string fact = *(*(*facts.list_items())[0]["facts"].list_items())[0]["id"].text();
    year.post(year.officer, person + "/facts/" + fact + "/withdrawal", {{"reason", "nhầm"}});
    year.post(year.officer, person + "/disclosure", {{"reason", "để thử"}});
    for (const std::string& target : {std::string("/people"), std::string("/people?q=nguyen"), person,
                                      std::string("/people/new"), std::string("/people?q=xxxx")})
        CHECK_MESSAGE(year.get(year.officer, target).status == 200, target);
}

void visit_pages(Year& year) {
    visit_people(year);
    const std::string learner = first_learner(year, "DVM-01/2017");
    const Value document = year.json(year.officer, "/api/v1" + learner)["document"];
    for (const std::string& target :
         {std::string("/"), std::string("/search?q=dang"), std::string("/plans"), std::string("/plans/2017"),
          std::string("/cohorts"), year.path_of("DVM-01/2017"), learner, std::string("/statements/2017"),
          std::string("/statements/2017?known_at=2017-06-12T08:10"), std::string("/units"),
          "/units/" + to_text(year.tu_phap), "/units/" + to_text(year.centre),
          "/units/" + to_text(year.centre) + "/count?year=2017",
          "/figures?measure=learners_started&beneath=1&unit=" + to_text(year.centre),
          std::string("/figures?measure=learners_started&year=2017&programme=new-members"),
          "/documents/" + *document["id"].text()})
        CHECK_MESSAGE(year.get(year.officer, target).status == 200, target);
}

// What the demonstration leaves empty: a plan that was amended, a cohort past its planned day, a
// cancelled one, postings told by hand and reversed, a list of more than a page.
void amend_plan(Year& year) {
    year.write([&](db::Write& tx) {
        auto lines =
            plan::lines(tx, plan::versions(tx, plan::find_plan(tx, year.operator_, 2017)->id).front().id);
        lines.erase(lines.begin());
        lines[0].targets = {9, std::nullopt};
        plan::Line added = lines[1];
        added.id = {};
        added.programme = {{}, "soft-skills", "Kỹ năng mềm"};
        added.targets = {};
        lines.push_back(added);
        const documents::Document paper{
            .id = {}, .kind = "plan_approval", .title = "Kế hoạch bổ sung", .number = "18-KH/ĐUK"};
        plan::adopt(tx, year.operator_,
                    {.year = 2017,
                     .effective_on = day("2017-04-01"),
                     .approval = paper,
                     .note = "Bổ sung",
                     .lines = lines},
                    {}, now);
    });
}

void happen(Year& year) {
    amend_plan(year);
    const cohorts::PlannedDate planned{day("2017-06-01"), Precision::day};
    const auto off_plan = year.propose("NGOAI-KH", planned), late = year.propose("TRE", planned);
    for (int i = 0; i < 210; ++i) {
        const std::string name = "Học viên " + std::to_string(i);
        const auto unit = year.write([&](db::Write& tx) {
            return organisations::UnitNames(tx).find_or_make(tx, "Đảng bộ " + name, now);
        });
        year.enrol(off_plan, name, unit);
        if (i < 100) year.propose("LOP-" + std::to_string(i));
    }
    const std::string path = "/cohorts/" + to_text(off_plan.id);
    year.post(year.officer, path + "/opening", {{"opened_on", "2017-06-02"}});
    year.post(year.officer, path + "/opening", {{"opened_on", "2017-06-03"}, {"reason", "gõ nhầm ngày"}});
    year.post(year.officer, path + "/field-trips",
              {{"place", "Đá Chông"}, {"head_count", "7"}, {"starts_on", "2017-06-03"}});
    const std::string learner = "/participations/" + to_text(year.enrol(late, "Người Thôi", year.noi_vu));
    year.post(year.officer, learner + "/result", {{"result", "completed"}});
    year.post(year.officer, learner + "/withdrawal", {{"withdrawn_on", "2017-06-05"}, {"reason", "chuyển"}});
}

// Units are asked, one answers, and what it asks for is drafted into the plan.
void ask_for_needs(Year& year) {
    const http::Response asked = year.post(year.officer, "/needs",
                                           {{"title", "Nhu cầu"},
                                            {"year", "2018"},
                                            {"opens_on", "2017-06-01"},
                                            {"closes_on", "2017-06-30"},
                                            {"programmes", "new-members"},
                                            {"note", "Gấp"}});
    REQUIRE(asked.status == 303);
    const std::string campaign =
        "/needs/" + *(*year.json(year.officer, "/api/v1/needs")["campaigns"].list_items())[0]["id"].text();
    const std::string unit = campaign + "/units/" + to_text(year.tu_phap);
    CHECK(year.post(year.officer, "/needs", {}).status == 422);
    CHECK(year.post(year.officer, campaign + "/window", {}).status == 422);
    CHECK(year.post(year.unit_officer, unit + "/answers", {{"learners-new-members", "x"}}).status == 422);
    const std::string form = year.path("needs.csv");
    std::ofstream(form) << "Chương trình,Số người\nnew-members,30\nnew-members,hai\n";
    CHECK(year.upload(year.unit_officer, unit + "/form", form).status == 200);
    CHECK(year.upload(year.unit_officer, unit + "/form", "").status == 422);
    CHECK(
        year.post(year.unit_officer, unit + "/answers",
                  {{"learners-new-members", "40"}, {"half-new-members", "first"}, {"note-new-members", "a"}})
            .status == 303);
    CHECK(year.post(year.officer, campaign + "/draft", {{"cohorts-new-members", "x"}}).status == 422);
    CHECK(year.post(year.officer, campaign + "/draft",
                    {{"effective_on", "2018-01-01"}, {"cohorts-new-members", "1"}})
              .status == 303);
    for (const std::string& target :
         {std::string("/needs"), campaign, unit, campaign + "/draft?size=30", std::string("/plans/2018")})
        CHECK_MESSAGE(year.get(year.officer, target).status == 200, target);
    CHECK(year.post(year.officer, campaign + "/window",
                    {{"opens_on", "2017-06-01"}, {"closes_on", "2017-06-02"}, {"reason", "sớm"}})
              .status == 303);
    CHECK(year.post(year.officer, unit + "/answers", {{"learners-new-members", "41"}, {"reason", "muộn"}})
              .status == 303);
    for (const web::Actor& actor : {year.officer, year.unit_officer, year.director})
        CHECK(year.get(actor, unit).status == 200);
}

void visit_what_happened(Year& year) {
    const std::string off_plan = year.path_of("NGOAI-KH"), late = year.path_of("TRE");
    const std::string withdrawn = first_learner(year, "TRE");
    for (const std::string& target : {std::string("/cohorts?q=ngoai"), off_plan, withdrawn,
                                      std::string("/figures?measure=learners_started&cohort=NGOAI-KH")})
        CHECK_MESSAGE(year.get(year.officer, target).status == 200, target);
    for (const char* act : {"opening", "closing", "cancellation", "counting", "field-trips"})
        CHECK(year.post(year.officer, off_plan + "/" + act, {{"plan_line", "1"}}).status == 422);
    for (const char* act : {"withdrawal", "start", "result"})
        CHECK(year.post(year.officer, first_learner(year, "DVM-01/2017") + "/" + act, {}).status == 422);
    CHECK(year.post(year.officer, withdrawn + "/readmission", {}).status == 422);
    CHECK(year.post(year.officer, off_plan + "/roster-disclosure", {}).status == 422);
    const std::string unit = "/units/" + to_text(year.noi_vu);
    for (const char* act : {"units", "renaming", "move", "merger", "dissolution", "description", "removal"})
        CHECK(year.post(year.officer, unit + "/" + act, {}).status == 422);
    CHECK(year.post(year.officer, unit + "/merger",
                    {{"into", "Đảng bộ Bộ Tư pháp"}, {"from", "2017-06-01"}, {"basis", "NQ 18"}})
              .status == 303);
    CHECK(year.get(year.officer, unit).status == 200);
    CHECK(year.get(year.officer, "/units?as_of=x").status == 422);
    ask_for_needs(year);
    CHECK(year.get(year.officer, unit + "/count?year=x").status == 422);
    CHECK(year.get(year.officer, "/statements/2017?decimals=9").status == 422);
    CHECK(year.get(year.officer, "/cohorts?year=abc").status == 422);
    CHECK(year.post(year.officer, late + "/cancellation",
                    {{"cancelled_on", "2017-06-10"}, {"reason", "ít người"}})
              .status == 303);
    CHECK(year.post(year.officer, late + "/reinstatement", {}).status == 422);
}

// A waiver asked for on its own page and refused, seen on the person's page, and withdrawn.
void visit_waivers(Year& year, const std::string& programme, const std::string& person) {
    CHECK(year.get(year.officer, programme + "/waivers?person_id=" + person).status == 200);
    CHECK(year.post(year.officer, programme + "/waivers", {{"person_id", person}, {"rule", "R-NM-AGE"}})
              .status == 422);
    CHECK(year.get(year.officer, "/people/" + person).status == 200);
    const Value waivers =
        year.json(year.officer, "/api/v1" + programme + "/waivers?person_id=" + person)["waivers"];
    const std::string withdrawal = "/waivers/" + *(*waivers.list_items())[0]["waiver"].text() + "/withdrawal";
    CHECK(year.post(year.officer, withdrawal, {}).status == 422);
    CHECK(year.post(year.officer, withdrawal, {{"reason", "nhầm"}}).status == 303);
    CHECK(year.get(year.officer, "/people/" + person).status == 200);
}

// The rules of a programme, one of them changed, tried on a person, waived and refused.
void visit_rules(Year& year) {
    const auto [programme, person] = year.database.read([&](db::Read& tx) {
        return std::pair(programmes::find_programme(tx, "new-members")->id,
                         people::find(tx, year.officer, "nguyen", 1).front());
    });
    const std::string path = "/programmes/" + to_text(programme);
    year.write([&, id = programme](db::Write& tx) {
        if (programmes::version_on(tx, id, day("2017-06-16"))) return;
        tx.run(
            "insert into programme_versions (id, programme, number, valid_from, basis, audience, aims, "
            "attendance_minimum, certificate_series, verified_by, recorded_at, recorded_by) "
            "values (:id, :programme, 1, :from, 'Hướng dẫn 60', '', '', 0, '', '', :at, :actor)",
            {{"id", next_id()},
             {"programme", id},
             {"from", day("2017-01-01")},
             {"at", now},
             {"actor", year.operator_.account}});
    });
    for (const std::string& target : {path + "/rules", path + "/rules/new"})
        CHECK_MESSAGE(year.get(year.officer, target).status == 200, target);
    const auto rule = [&](const char* step, const char* code, const char* fact) {
        return year
            .post(year.officer, path + "/rules",
                  {{"step", step},
                   {"code", code},
                   {"severity", "blocking"},
                   {"condition", fact},
                   {"message_vi", "Đủ tuổi"},
                   {"message_en", "Old enough"},
                   {"basis", "Quy chế"},
                   {"valid_from", "2017-01-01"},
                   {"valid_until", "2018-01-01"},
                   {"verified_by", "Phòng Đào tạo"},
                   {"waivable", "yes"}})
            .status;
    };
    const char* impossible = R"({"fact":"age","at_least":130})";
    CHECK(rule("preview", "R-NM-AGE", impossible) == 200);
    CHECK(rule("save", "R-NM-AGE", "{") == 422);
    CHECK(rule("save", "", impossible) == 422);
    CHECK(rule("save", "R-NM-AGE", impossible) == 303);
    CHECK(rule("save", "R-NM-AGE", impossible) == 303);  // again: the first row is told among the others
    CHECK(year.post(year.officer, path + "/rules", {{"fact-1-1", "age"}, {"words-1-1", "x"}}).status == 422);
    const auto trial = [&] {
        return year.post(year.officer, path + "/trial",
                         {{"person", person.national_id}, {"day", "2017-06-16"}});
    };
    CHECK(year.post(year.officer, path + "/trial", {{"person", "1"}}).status == 422);
    CHECK(trial().status == 200);
    for (const char* number : {"", "12-CV/ĐUK"})
        CHECK(year.post(year.officer, path + "/waivers",
                        {{"person_id", to_text(person.id)},
                         {"day", "2017-06-16"},
                         {"rule", "R-NM-AGE"},
                         {"reason", "theo văn bản"},
                         {"page", "rules"},
                         {"document_number", number}})
                  .status == (*number == '\0' ? 422 : 303));
    CHECK(trial().status == 200);
    visit_waivers(year, path, to_text(person.id));
}

TEST_CASE("every name of a template is in its presenter's value") {
    for_each_year([](Year& year) {
        Missing missing;
        year.fill();
        year.watch([&](std::string_view view, const Value& value, const Value& frame) {
            missing.note(view, value, frame);
        });
        visit_pages(year);
        happen(year);
        visit_pages(year);
        visit_what_happened(year);
        visit_rules(year);
        visit_assessment(year);
        visit_surveys(year);
        visit_delegations(year);
        visit_field_trips(year);
        visit_attendance(year);
        visit_programmes(year);
        visit_timetable(year);
        visit_cohort_life(year);
        visit_dossier(year);
        visit_house_lists(year);
        visit_certificates(year);
        for (const auto& [view, names] : missing.by_view())
            for (const std::string& name : names) CHECK_MESSAGE(name.empty(), view << ": " << name);
        for (const char* view : {
                 "dashboard/dashboard",
                 "dashboard/search",
                 "plan/plans",
                 "plan/plan",
                 "cohorts/cohorts",
                 "cohorts/cohort",
                 "participation/roster",
                 "participation/participation",
                 "reports/statement",
                 "reports/figure",
                 "eligibility/rules",
                 "eligibility/rule",
                 "eligibility/judgement",
                 "eligibility/waiver",
                 "eligibility/withdrawal",
                 "eligibility/person",
                 "needs/answer",
                 "organisations/units",
                 "documents/document",
                 "assessment/assessment",
                 "assessment/sheet",
                 "assessment/codes",
                 "assessment/aims",
                 "assessment/marking",
                 "surveys/survey",
                 "surveys/answering",
                 "surveys/follow_ups",
                 "delegations/delegation",
                 "delegations/sheet",
                 "delegations/year",
                 "field_trips/field_trips",
                 "attendance/attendance",
                 "attendance/marking",
                 "attendance/sign_in_sheet",
                 "attendance/code",
                 "attendance/check_in",
                 "attendance/offline",
                 "attendance/rules",
                 "programmes/programmes",
                 "programmes/programme",
                 "programmes/version_form",
                 "programmes/comparison",
                 "timetable/timetable",
                 "timetable/cohort",
                 "timetable/session",
                 "timetable/layout",
                 "timetable/clashes",
                 "timetable/load",
                 "timetable/fees",
                 "teaching/rooms",
                 "teaching/room",
                 "teaching/lecturers",
                 "teaching/lecturer",
                 "teaching/house_days",
                 "calendars/calendar",
                 "calendars/feeds",
                 "notices/notices",
                 "cohorts/description",
                 "dossiers/dossier",
                 "dossiers/house_list",
                 "dossiers/listed",
                 "certificates/certificates",
                 "certificates/certificate",
                 "certificates/cohort",
                 "certificates/issue",
                 "certificates/series_list",
                 "certificates/series",
                 "certificates/book",
                 "certificates/check",
                 "certificates/of_person",
                 "calendars/find",
             })
            CHECK_MESSAGE(missing.by_view().contains(view), view);
    });
}

TEST_CASE("every plain text of the templates is there in every language") {
    for (const std::string& view : pages().names())
        for (const std::string& key : pages().text_keys(view))
            for (const i18n::Language language : i18n::languages)
                CHECK_MESSAGE(texts().has(language, key), view << ": " << key);
    for (const std::string& disagreement : texts().disagreements())
        CHECK_MESSAGE(disagreement.empty(), disagreement);
}

}  // namespace
}  // namespace tiendo::tests
