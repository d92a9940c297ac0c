// A people workbook, in one pass: a row is judged by itself, then some thousands are recognised and
// recorded together.
#include <algorithm>
#include <set>

#include "base/text.h"
#include "features/people/people_rows.h"
#include "features/people/phrases.h"

namespace tiendo::people {
namespace {

class Reader {
 public:
    Reader(db::Write& tx, const imports::Job& job, imports::Report& report)
        : job_(job),
          report_(report),
          recorder_(tx, job, report),
          persons_(imports::person_reader(job)),
          levels_(job.texts, "level", position_levels()),
          offices_(job.texts, "office", party_offices()),
          grades_(job.texts, "grade", values_of(Kind::grade)),
          degrees_(job.texts, "education", values_of(Kind::education)),
          theory_(job.texts, "theory", values_of(Kind::theory)),
          ratings_(job.texts, "rating", values_of(Kind::rating)),
          memberships_(job.texts, "membership", values_of(Kind::membership)),
          planned_(job.texts, "category", planned_word),
          units_(tx, job, report),
          row_(job, report) {}

    void read(const office::TableRow& row) {
        row_.begin(row);
        PeopleRow read{.sheet = std::string(row.sheet),
                       .sheet_row = row.number,
                       .place = imports::place_of(row),
                       .person = {},
                       .search = {},
                       .facts = {}};
        read_person(read);
        read_positions(read);
        read_membership(read);
        read_learning(read);
        read_ratings(read);
        say(read, Kind::email, row_.text("email"));
        say(read, Kind::ethnicity, row_.text("ethnicity"));
        say(read, Kind::religion, row_.text("religion"));
        // Last, because it makes units that nobody has named before, and a bad row leaves nothing behind.
        if (row_.is_good()) read_unit(read);
        if (row_.is_good()) rows_.push_back(std::move(read));
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
    static constexpr std::array<std::string_view, 1> planned_word{"succession_pool"};

    void flush() {
        recorder_.record(rows_);
        rows_.clear();
    }

    // As much of a day as is known: lists give a year or a month of what is long ago.
    std::optional<DateGuess> day(const std::string& field) {
        std::vector<office::CellProblem> problems;
        const auto guess = persons_.date(row_.cells(), field, problems);
        row_.reject(problems);
        return guess;
    }

    static void say(PeopleRow& row, Kind kind, std::string value, const std::optional<DateGuess>& from = {},
                    std::string detail = {}) {
        if (value.empty()) return;
        Fact& fact = row.facts.emplace_back(
            Fact{.kind = kind, .value = std::move(value), .detail = std::move(detail)});
        if (!from) return;
        fact.from = from->date;
        fact.from_precision = from->precision;
    }

    void read_person(PeopleRow& row) {
        office::PersonCells cells = persons_.read(row_.cells());
        row_.reject(cells.problems);
        Person& person = row.person;
        row.search = fold(cells.full_name);
        person.full_name = std::move(cells.full_name);
        // Of "Tôn Nữ Thị" in a column of its own nobody can tell how much is the family name.
        if (cells.birth) person.birth = Birth{cells.birth->date, cells.birth->precision};
        person.sex = std::move(cells.sex);
        person.national_id = std::move(cells.national_id);
        person.party_card = read_party_card(row_.text("party_card"));
        say(row, Kind::phone, std::move(cells.phone));
        read_position_beside(row, cells.beside_name);
        if (row_.is_good() && !person.birth && person.national_id.empty())
            row_.reject("birth_date", "people.birth_or_id_missing", "", "", {person.full_name});
    }

    void read_unit(PeopleRow& row) {
        std::string name = row_.text("unit");
        const std::string committee = row_.text("party_committee"), cell = row_.text("cell");
        say(row, Kind::party_cell, cell);
        say(row, Kind::party_committee, committee);
        // Lists of the Party often name no other place of work than these.
        const char* field = !name.empty() ? "unit" : committee.empty() ? "cell" : "party_committee";
        if (name.empty()) name = committee.empty() ? cell : committee;
        const imports::NamedUnit said = units_.of(row_, field, name, row.person.full_name);
        row.person.unit = said.unit;
        row.unit_is_said = said.is_said;
    }

    void read_position(PeopleRow& row, const std::string& field, std::string_view body) {
        const std::string title = row_.text(field);
        if (title.empty()) return;
        row.facts.push_back({.kind = Kind::position,
                             .value = body == "party" ? offices_.in_title(title) : "",
                             .level = levels_.in_title(title),
                             .body = std::string(body),
                             .detail = title});
        if (body == "government" || row.person.position.empty()) row.person.position = title;
    }

    // Lists write a post behind the name where they have no column for it.
    void read_position_beside(PeopleRow& row, const std::string& title) {
        if (title.empty() || !row_.text("position").empty()) return;
        row.facts.push_back({.kind = Kind::position,
                             .level = levels_.in_title(title),
                             .body = "government",
                             .detail = title});
        row.person.position = title;
    }

    void read_positions(PeopleRow& row) {
        read_position(row, "party_position", "party");
        read_position(row, "position", "government");
        read_position(row, "mass_position", "mass_organisation");
        const std::string category = row_.text("category");
        if (!planned_.in(category).empty())
            row.facts.push_back({.kind = Kind::planned_position,
                                 .level = levels_.in(category),
                                 .body = "government",
                                 .detail = category});
        const std::string grade = row_.text("grade");
        if (grade.empty()) return;
        const std::string known = grades_.in(grade);
        say(row, Kind::grade, known.empty() ? "other" : known, day("grade_since"),
            known.empty() ? grade : "");
    }

    // Who is no member has no day of admission: lists write a word into that cell, or into a column of its
    // own. An empty cell says nothing. Since when it is so, no list tells; a later admission ends it.
    std::string membership_said() {
        if (const std::string word = memberships_.whole(row_.text("party_admission")); !word.empty())
            return word;
        const std::string written = row_.text("membership");
        const std::string word = memberships_.whole(written);
        if (word.empty() && !written.empty())
            refuse_term("membership", "membership", values_of(Kind::membership), written);
        return word;
    }

    void read_membership(PeopleRow& row) {
        const std::string said = membership_said(), written = row_.text("party_admission");
        if (!memberships_.whole(written).empty()) return say(row, Kind::membership, said);
        if (row_.cells()["party_admission"].kind == office::Cell::Kind::text &&
            written.find_first_of("0123456789#") == std::string::npos && !written.empty())
            return row_.reject("party_admission", "people.no_admission", written, "",
                               {written, words_of(job_.texts, "membership", "none")});
        const auto admitted = day("party_admission"), full = day("party_full");
        if (admitted && full && full->date < admitted->date)
            return row_.reject("party_full", "people.full_before_admission", to_text(full->date), "",
                               {to_text(full->date), to_text(admitted->date)});
        if (admitted) {
            say(row, Kind::membership, "probationary", admitted);
            if (full) row.facts.back().until = full->date;
        }
        if (full) say(row, Kind::membership, "full", full);
        if (!admitted && !full) say(row, Kind::membership, said);
    }

    void read_learning(PeopleRow& row) {
        std::set<std::string> said;
        for (const char* field : {"education", "qualification"}) {
            const std::string written = row_.text(field);
            if (written.empty()) continue;
            const std::string degree = degrees_.in(written);
            if (degree.empty())
                refuse_term(field, "education", values_of(Kind::education), written);
            else if (said.insert(degree).second)
                say(row, Kind::education, degree, {}, written);
        }
        const std::string written = row_.text("theory");
        if (written.empty()) return;
        const std::string level = theory_.in(written);
        if (level.empty()) return refuse_term("theory", "theory", values_of(Kind::theory), written);
        say(row, Kind::theory, level, {}, fold(written) == fold(level) ? "" : written);
    }

    // "2023: hoàn thành tốt nhiệm vụ; 2024: xuất sắc"
    void read_ratings(PeopleRow& row) {
        std::string written = row_.text("ratings");
        std::replace_if(
            written.begin(), written.end(), [](char c) { return c == ',' || c == '\n'; }, ';');
        for (const std::string_view piece : split(written, ';')) {
            const std::string part = clean(piece);
            if (part.empty()) continue;
            const auto rated = read_rating(part, ratings_, job_.today);
            if (!rated)
                row_.reject("ratings", "people.no_rating", part);
            else if (std::any_of(row.facts.begin(), row.facts.end(), [&](const Fact& fact) {
                         return fact.kind == Kind::rating && fact.from == rated->from;
                     }))
                row_.reject("ratings", "people.rated_twice", part, "", {std::to_string(rated->from->year())});
            else
                row.facts.push_back(*rated);
        }
    }

    void refuse_term(const std::string& field, std::string_view set, std::span<const std::string_view> values,
                     const std::string& written) {
        std::string listed;
        std::vector<std::string> names;
        for (const std::string_view value : values) {
            names.push_back(called(job_.texts, i18n::Language::vi, set, value));
            listed += (listed.empty() ? "" : ", ") + names.back();
        }
        row_.reject(field, "import.not_a_choice", written, nearest(written, names), {written, listed});
    }

    const imports::Job& job_;
    imports::Report& report_;
    PeopleRecorder recorder_;
    office::PersonReader persons_;
    const Phrases levels_, offices_, grades_, degrees_, theory_, ratings_, memberships_, planned_;
    imports::NamedUnits units_;
    PeopleRows rows_;
    imports::JudgedRow row_;
};

imports::Report record(db::Write& tx, const imports::Importer& importer, const imports::Job& job) {
    imports::Report report;
    Reader reader(tx, job, report);
    const auto read =
        imports::read_rows(importer, job, report, [&](const office::TableRow& row) { reader.read(row); });
    if (!read) return report;
    reader.finish();
    return report;
}

}  // namespace

imports::Importer importer() {
    const auto hidden = [](std::string_view) { return std::string("•••"); };
    imports::Importer importer{
        .kind = "people",
        .permission = change_people,
        .required = {"full_name"},
        .optional = {"number",        "family_name",     "given_name",  "birth_date",    "sex",
                     "male",          "female",          "national_id", "party_card",    "ethnicity",
                     "religion",      "party_position",  "position",    "mass_position", "unit",
                     "cell",          "party_committee", "grade",       "grade_since",   "education",
                     "qualification", "theory",          "ratings",     "membership",    "party_admission",
                     "party_full",    "category",        "phone",       "email",         "note"},
        .alternatives = {{"full_name", {"family_name", "given_name"}}},
        .guarded = {{"national_id", {see_national_ids, masked}},
                    {"party_card", {see_sensitive, hidden}},
                    {"ethnicity", {see_sensitive, hidden}},
                    {"religion", {see_sensitive, hidden}},
                    {"membership", {see_sensitive, hidden}},
                    {"cell", {see_sensitive, hidden}},
                    {"party_committee", {see_sensitive, hidden}},
                    {"party_admission", {see_sensitive, hidden}},
                    {"party_full", {see_sensitive, hidden}}},
        .seen_at = [](const imports::Options&) { return std::string("/people"); },
        .filled_down = {{"unit", {"party_committee"}}},
        .total_counts_rows = true,
        .rows_stand_alone = true,
        .undo = undo_people,
        .record = {}};
    importer.record = [importer](db::Write& tx, const imports::Job& job) {
        return record(tx, importer, job);
    };
    return importer;
}

}  // namespace tiendo::people
