// A workbook of attendance: a row for each learner, a column for each session, a mark in each cell.
#include <charconv>
#include <set>
#include <unordered_map>

#include "base/text.h"
#include "features/attendance/attendance_store.h"
#include "features/attendance/import_undo.h"
#include "features/attendance/session_headings.h"

namespace tiendo::attendance {
namespace {

// One row as it was read; which sessions its cells are of is known only after the last row.
struct ReadRow {
    std::string sheet, full_name, national_id, found;
    std::optional<Date> birth;
    int number = 0;
    std::vector<std::string> cells;
};

struct Person {
    ParticipationId participation;
    std::string name, national_id;
    std::optional<Date> birth;
};
std::vector<Person> people_of(db::Read& tx, cohorts::CohortId cohort) {
    return tx.all<Person>(
        R"sql(
        select p.id, h.full_name, coalesce(h.national_id, ''), h.birth_date
        from participations p join people h on h.id = p.person where p.cohort = :cohort)sql",
        {{"cohort", cohort}}, [](const db::Row& row) {
            return Person{row.id<ParticipationId>(0), row.text(1), row.text(2), row.maybe_date(3)};
        });
}

class Reader {
 public:
    Reader(db::Write& tx, const imports::Importer& importer, const imports::Job& job)
        : tx_(tx), importer_(importer), job_(job), row_(job, report_) {}

    imports::Report read() {
        const auto found =
            imports::read_rows(importer_, job_, report_, [&](const office::TableRow& row) { keep(row); });
        if (!found || !find_cohort()) return std::move(report_);
        for (const Person& person : people_of(tx_, book_->cohort.id)) names_.push_back(person.name);
        people_ = people_of(tx_, book_->cohort.id);
        for (const office::FoundTable& table : found->tables) read_headings(table);
        if (!report_.refusals.empty()) return std::move(report_);
        for (const ReadRow& row : rows_) judge(row);
        record_all();
        return std::move(report_);
    }

 private:
    void keep(const office::TableRow& row) {
        row_.begin(row);
        ReadRow kept{.sheet = std::string(row.sheet),
                     .full_name = row_.text("full_name"),
                     .national_id = row_.text("national_id"),
                     .found = row.text("full_name"),
                     .birth = {},
                     .number = row.number,
                     .cells = {}};
        if (const auto guess = office::date_of(row["birth_date"])) kept.birth = guess->date;
        for (const office::Cell& cell : row.cells()) kept.cells.push_back(clean(cell.text));
        const std::string cohort = row_.text("cohort");
        if (code_.empty()) code_ = cohort;
        if (!cohort.empty() && fold(cohort) != fold(code_))
            row_.reject("cohort", "attendance.other_cohort", cohort, code_, {cohort, code_});
        if (row_.is_good()) rows_.push_back(std::move(kept));
    }

    bool find_cohort() {
        if (!job_.options.cohort.empty()) code_ = job_.options.cohort;
        if (code_.empty()) {
            report_.refusals.push_back({"cohort", "roster.cohort_missing", {}});
            return false;
        }
        auto cohort = cohorts::find_for_change(tx_, code_);
        if (!cohort) {
            report_.refusals.push_back(
                {"cohort", "cohort.unknown", {code_, nearest(code_, cohorts::cohort_codes(tx_))}});
            return false;
        }
        book_ = book_of(tx_, *std::move(cohort), std::nullopt);
        return true;
    }

    void read_headings(const office::FoundTable& table) {
        auto& sessions = sessions_[table.sheet];
        for (const office::FoundColumn& column : table.columns) {
            if (!column.field.empty() || column.header.empty()) continue;
            const Meant meant = session_meant(column.header, book_->sessions, job_.texts);
            if (meant.what == Meant::What::no_such_session)
                report_.refusals.push_back(
                    {"", "attendance.no_such_session", {column.header, book_->cohort.code}});
            if (meant.what == Meant::What::several)
                report_.refusals.push_back({"", "attendance.session_ambiguous", {column.header}});
            if (meant.what != Meant::What::session) continue;
            for (const auto& [other, session] : sessions)
                if (session == meant.session)
                    report_.refusals.push_back({"", "attendance.session_twice", {column.header}});
            sessions.emplace_back(column.column, meant.session);
        }
        if (sessions.empty() && report_.refusals.empty())
            report_.refusals.push_back({"", "attendance.no_sessions", {table.sheet, book_->cohort.code}});
    }

    void reject(const ReadRow& row, const std::string& column, const Refusal& problem,
                const std::string& found, const std::string& nearest_one = "") {
        report_.reject({row.sheet, row.number, column, found, problem, nearest_one});
    }

    // By national ID, else by the name and the birth; a name alone when nobody else here has it.
    std::optional<ParticipationId> learner(const ReadRow& row) {
        const std::string id = people::read_national_id(row.national_id).value_or("");
        std::vector<const Person*> found;
        for (const Person& person : people_) {
            if (!id.empty() && person.national_id == id) return person.participation;
            if (fold(person.name) != fold(row.full_name)) continue;
            if (!id.empty() && !person.national_id.empty()) continue;
            if (row.birth && person.birth && *row.birth != *person.birth) continue;
            found.push_back(&person);
        }
        if (found.size() == 1) return found.front()->participation;
        if (found.empty())
            reject(row, "full_name", {"full_name", "attendance.nobody", {row.full_name, book_->cohort.code}},
                   row.full_name, nearest(row.full_name, names_));
        else
            reject(row, "full_name", {"full_name", "attendance.several", {row.full_name}}, row.full_name);
        return std::nullopt;
    }

    // "x", "M", "P 2" (two periods attended), "3": what a cell says; none when it is empty.
    std::optional<Said> mark(const ReadRow& row, const std::string& text, const timetable::Session& session) {
        Said said{.session = session.id,
                  .participation = {},
                  .state = {},
                  .periods = {},
                  .excuse = {},
                  .client_id = {},
                  .marked_at = {},
                  .place = row.sheet + "!" + std::to_string(row.number)};
        const std::size_t blank = text.find(' ');
        const std::string word = text.substr(0, blank);
        const auto number = [](std::string_view digits) -> std::optional<std::int64_t> {
            std::int64_t count = 0;
            const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), count);
            if (error != std::errc{} || end != digits.data() + digits.size() || count < 0)
                return std::nullopt;
            return count;
        };
        if (const auto periods = number(text)) {
            said.state = *periods == 0 ? State::unexcused : State::present;
            said.periods = *periods;
            return said;
        }
        const auto means = [&](const std::string& written) {
            return imports::term(job_.texts, "attendance", {"present", "late", "excused", "unexcused"},
                                 written);
        };
        std::string state = text == "V" ? "" : means(text);
        if (state.empty() && blank != std::string::npos) {
            said.periods = number(std::string_view(text).substr(blank + 1));
            if (said.periods) state = means(word);
        }
        said.state = parse_state(state);
        if (said.state) return said;
        reject(row, "session",
               {"session", text == "V" ? "attendance.v_means_two_things" : "attendance.no_mark", {text}},
               text);
        return std::nullopt;
    }

    void judge(const ReadRow& row) {
        const auto whose = learner(row);
        if (!whose) return;
        if (!met_.insert(*whose).second)
            return reject(row, "full_name", {"full_name", "attendance.row_twice", {row.full_name}},
                          row.full_name);
        const Learner* known = nullptr;
        for (const Learner& one : book_->learners)
            if (one.participation == *whose) known = &one;
        bool adds = false, changes = false;
        std::vector<Said> of_row;
        bool good = true;
        for (const auto& [column, id] : sessions_[row.sheet]) {
            const auto at = static_cast<std::size_t>(column);
            if (at >= row.cells.size() || row.cells[at].empty()) continue;
            for (const timetable::Session& session : book_->sessions) {
                if (session.id != id) continue;
                auto said = mark(row, row.cells[at], session);
                good = good && said.has_value();
                if (!said) continue;
                said->participation = *whose;
                if (auto refusal = hindrance(*book_, *said, job_.today)) {
                    reject(row, "session", *refusal, row.cells[at]);
                    good = false;
                }
                const auto stands = known->marks.find(id);
                if (stands == known->marks.end())
                    adds = true;
                else if (stands->second.state != *said->state ||
                         (said->periods && *said->periods != stands->second.periods))
                    changes = true;
                of_row.push_back(*std::move(said));
            }
        }
        if (!good) return;
        said_.insert(said_.end(), of_row.begin(), of_row.end());
        ++(changes ? report_.changed : adds ? report_.added : report_.unchanged);
    }

    void record_all() {
        const auto recorded = record(tx_, job_.actor, *book_, said_, Way::workbook, job_.today,
                                     {job_.at, job_.options.note, {job_.document, ""}});
        if (!recorded)
            report_.refusals.insert(report_.refusals.end(), recorded.refusals().begin(),
                                    recorded.refusals().end());
    }

    db::Write& tx_;
    const imports::Importer& importer_;
    const imports::Job& job_;
    imports::Report report_;
    imports::JudgedRow row_;
    std::string code_;
    std::optional<Book> book_;
    std::vector<ReadRow> rows_;
    std::vector<Person> people_;
    std::vector<std::string> names_;
    std::unordered_map<std::string, std::vector<std::pair<int, SessionId>>> sessions_;  // by sheet
    std::set<ParticipationId> met_;
    std::vector<Said> said_;
};

}  // namespace

imports::Importer importer() {
    imports::Importer importer{.kind = "attendance",
                               .permission = mark_attendance,
                               .required = {"full_name"},
                               .optional = {"number", "cohort", "birth_date", "national_id", "unit"},
                               .guarded = {{"national_id", {people::see_national_ids, people::masked}}},
                               .seen_at = [](const imports::Options&) { return std::string("/cohorts"); },
                               .reads_other_columns = true,
                               .total_counts_rows = true,
                               .rows_stand_alone = true,
                               .undo = undo_import,
                               .record = {}};
    importer.record = [importer](db::Write& tx, const imports::Job& job) {
        return Reader(tx, importer, job).read();
    };
    return importer;
}

}  // namespace tiendo::attendance
