// A roster workbook, in one pass: some thousands of rows at a time are judged by themselves, then
// recognised and recorded together, so that a hundred thousand cost few queries and little memory.
#include <unordered_map>

#include "base/text.h"
#include "features/participation/participation.h"
#include "features/participation/roster_rows.h"
#include "features/participation/roster_undo.h"

namespace tiendo::participation {
namespace {

class Reader {
 public:
    Reader(db::Write& tx, const imports::Job& job, imports::Report& report)
        : tx_(tx),
          job_(job),
          report_(report),
          recorder_(tx, job, report),
          persons_(imports::person_reader(job)),
          units_(tx, job, report),
          row_(job, report) {}

    void read(const office::TableRow& row) {
        row_.begin(row);
        RosterRow learner{.sheet = std::string(row.sheet), .sheet_row = row.number};
        read_cohort(learner);
        read_person(learner);
        if (const std::string position = row_.text("position"); !position.empty())
            learner.position = position;
        learner.started_on = day("started_on");
        learner.withdrawn_on = day("withdrawn_on");
        learner.result = row_.term("result", "result", {"completed", "not_completed"});
        learner.note = row_.text("note");
        if (learner.started_on && learner.withdrawn_on && *learner.withdrawn_on < *learner.started_on)
            row_.reject("withdrawn_on", "participation.withdrawal_before_start",
                        to_text(*learner.withdrawn_on), "",
                        {to_text(*learner.withdrawn_on), to_text(*learner.started_on)});
        // Last, because it makes units that nobody has named before, and a bad row leaves nothing behind.
        const std::string unit = row_.text("unit");
        if (row_.is_good()) {
            const imports::NamedUnit said = units_.of(row_, "unit", unit, learner.full_name);
            learner.unit = said.unit;
            learner.unit_is_said = said.is_said;
        }
        if (row_.is_good()) rows_.push_back(std::move(learner));
        constexpr std::size_t held_at_most = 2'000;
        if (rows_.size() >= held_at_most) flush();
    }

    void finish() {
        flush();
        recorder_.close();
        imports::take_notes(report_, persons_);
        units_.take_notes();
    }

 private:
    void flush() {
        recorder_.record(rows_);
        rows_.clear();
    }

    std::optional<Date> day(const std::string& field) {
        std::vector<office::CellProblem> problems;
        const auto guess = persons_.date(row_.cells(), field, problems);
        row_.reject(problems);
        if (!guess) return std::nullopt;
        if (guess->precision == Precision::day) return guess->date;
        row_.reject(field, "import.no_day", row_.text(field));
        return std::nullopt;
    }

    void read_cohort(RosterRow& learner) {
        std::string code = row_.text("cohort");
        if (code.empty()) code = job_.options.cohort;
        if (code.empty()) return row_.reject("cohort", "roster.cohort_missing", "");
        auto known = cohorts_.find(code);
        if (known == cohorts_.end())
            known = cohorts_.emplace(code, cohorts::find_for_change(tx_, code)).first;
        if (!known->second) {
            if (codes_.empty()) codes_ = cohorts::cohort_codes(tx_);
            return row_.reject("cohort", "roster.cohort_unknown", code, nearest(code, codes_));
        }
        learner.cohort = &*known->second;
    }

    void read_person(RosterRow& learner) {
        office::PersonCells person = persons_.read(row_.cells());
        row_.reject(person.problems);
        learner.search = fold(person.full_name);
        learner.full_name = std::move(person.full_name);
        if (person.birth) learner.birth = people::Birth{person.birth->date, person.birth->precision};
        learner.sex = std::move(person.sex);
        learner.national_id = std::move(person.national_id);
        learner.position = std::move(person.beside_name);
    }

    db::Write& tx_;
    const imports::Job& job_;
    imports::Report& report_;
    RosterRecorder recorder_;
    office::PersonReader persons_;
    imports::NamedUnits units_;
    std::unordered_map<std::string, std::optional<cohorts::Cohort>> cohorts_;  // by code
    std::vector<std::string> codes_;
    RosterRows rows_;
    imports::JudgedRow row_;
};

imports::Report record(db::Write& tx, const imports::Importer& importer, const imports::Job& job) {
    imports::Report report;
    Reader reader(tx, job, report);
    const auto read =
        imports::read_rows(importer, job, report, [&](const office::TableRow& row) { reader.read(row); });
    if (!read) return report;
    // Rejected rows are left out. The others are recorded even if the file will not be kept: that is
    // how a dry run counts them.
    reader.finish();
    return report;
}

}  // namespace

imports::Importer importer() {
    imports::Importer importer{
        .kind = "roster",
        .permission = change_rosters,
        .required = {"full_name"},
        .optional = {"number", "cohort", "family_name", "given_name", "birth_date", "sex", "male", "female",
                     "national_id", "unit", "position", "started_on", "withdrawn_on", "result", "note"},
        .alternatives = {{"full_name", {"family_name", "given_name"}}},
        .guarded = {{"national_id", {people::see_national_ids, people::masked}}},
        .seen_at = [](const imports::Options&) { return std::string("/cohorts"); },
        .filled_down = {{"unit", {}}},
        .total_counts_rows = true,
        .rows_stand_alone = true,
        .undo = undo_roster,
        .record = {}};
    importer.record = [importer](db::Write& tx, const imports::Job& job) {
        return record(tx, importer, job);
    };
    return importer;
}

}  // namespace tiendo::participation
