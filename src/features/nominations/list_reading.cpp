// A unit's own list: a workbook, or lines pasted from one. Both are read as imports read people.
#include <algorithm>
#include <iterator>

#include "base/date_text.h"
#include "base/text.h"
#include "features/nominations/nominations_pages.h"
#include "platform/office/table.h"

namespace tiendo::nominations {
namespace {

Refusals of_field(std::string field, Refusals refusals) {
    for (Refusal& refusal : refusals) refusal.field = field;
    return refusals;
}

std::string said(const web::Visit& visit, const office::CellProblem& problem) {
    std::string text = visit.site.texts.text(visit.language, problem.problem);
    if (!problem.nearest.empty()) text += " " + visit.text("imports.nearest") + " " + problem.nearest;
    return text;
}

// As much of a birth as was understood, else what stood there.
std::string birth_written(const web::Visit& visit, const office::TableRow& row, const Line& line) {
    if (!line.birth) return row.text("birth_date");
    people::Person person;
    person.birth = people::Birth{line.birth->date, line.birth->precision};
    return i18n::date(visit.language, people::birth_text(person));
}

Line line_of(const web::Visit& visit, office::PersonReader& reader, const office::TableRow& row) {
    office::PersonCells cells = reader.read(row);
    Line line{.number = row.number,
              .full_name = std::move(cells.full_name),
              .national_id = std::move(cells.national_id),
              .sex = std::move(cells.sex),
              .birth = cells.birth,
              .unit = row.text("unit"),
              .position = row.text("position")};
    line.birth_written = birth_written(visit, row, line);
    for (const office::CellProblem& problem : cells.problems) {
        // An ID is enough to know somebody by.
        if (problem.problem.message == "person.name_missing" && !line.national_id.empty()) continue;
        line.problem += (line.problem.empty() ? "" : " ") + said(visit, problem);
        if (problem.field == "national_id") line.national_id = problem.found;
    }
    return line;
}

// The columns of a roster; month before day where the file turns out to be written so.
Outcome<std::vector<Line>> lines_of(const web::Visit& visit, const office::Source& source,
                                    std::string_view field) {
    const auto columns = imports::columns_of(participation::importer(), visit.site.texts);
    imports::Job job{.actor = visit.actor,
                     .texts = visit.site.texts,
                     .path = {},
                     .file_name = {},
                     .file_digest = {},
                     .options = {},
                     .at = visit.now,
                     .today = visit.today()};
    for (;;) {
        office::PersonReader reader = imports::person_reader(job);
        std::vector<Line> lines;
        const auto read = office::read_table(source, columns, {}, [&](const office::TableRow& row) {
            lines.push_back(line_of(visit, reader, row));
            return office::Next::row;
        });
        if (!read) return of_field(std::string(field), read.refusals());
        if (!reader.is_month_first() || job.date_order == office::DateOrder::month_first) return lines;
        job.date_order = office::DateOrder::month_first;
    }
}

Outcome<std::vector<Line>> lines_of(const web::Visit& visit, const http::Upload& file) {
    const auto readable = imports::readable_file(file.path());
    if (!readable) return of_field("file", readable.refusals());
    return lines_of(visit, office::file((*readable)->path), "file");
}

// --- pasted -----------------------------------------------------------------------------------

struct Pasted {
    int number = 0;
    std::string full_name, birth_date, national_id;
};

// One cell says by itself what it is: with digits a date or an ID, else the name, if that is
// still missing.
void take(Pasted& line, const std::string& cell) {
    const bool has_digits = cell.find_first_of("0123456789") != std::string::npos;
    if (!has_digits && line.full_name.empty())
        line.full_name = cell;
    else if (has_digits && line.birth_date.empty() && read_date(cell))
        line.birth_date = cell;
    else if (has_digits && line.national_id.empty() && people::read_national_id(cell))
        line.national_id = cell;
}

// Cells stand between tabs; where there are none, the name ends at the first word with a digit.
std::optional<Pasted> pasted_line(std::string_view text, int number) {
    Pasted line{.number = number, .full_name = {}, .birth_date = {}, .national_id = {}};
    const bool has_tabs = text.find('\t') != text.npos;
    std::string name;
    for (const std::string_view piece : split(text, has_tabs ? '\t' : ' ')) {
        const std::string cell = clean(piece);
        if (cell.empty()) continue;
        const bool is_word = cell.find_first_of("0123456789") == std::string::npos;
        if (has_tabs || !is_word)
            take(line, cell);
        else if (line.birth_date.empty() && line.national_id.empty())
            name += (name.empty() ? "" : " ") + cell;
    }
    if (!has_tabs) line.full_name = name;
    if (line.full_name.empty() && line.national_id.empty()) return std::nullopt;
    return line;
}

std::string in_quotes(std::string_view text) {
    std::string result = "\"";
    for (const char c : text) {
        if (c == '"') result += '"';
        result += c;
    }
    return result + "\"";
}

// With the headings that the columns have, so that it is read like a file.
Outcome<std::vector<Line>> lines_of(const web::Visit& visit, std::string_view pasted) {
    if (pasted.find('\t') != pasted.npos) {
        // The heading may have been copied with the rows.
        if (auto lines = lines_of(visit, office::memory(pasted), "lines")) return lines;
    }
    std::vector<int> numbers;
    std::string table = in_quotes(heading(visit, "full_name")) + "," +
                        in_quotes(heading(visit, "birth_date")) + "," +
                        in_quotes(heading(visit, "national_id")) + "\n";
    int number = 0;
    for (const std::string_view text : split(pasted, '\n'))
        if (const auto line = pasted_line(text, ++number)) {
            numbers.push_back(line->number);
            table += in_quotes(line->full_name) + "," + in_quotes(line->birth_date) + "," +
                     in_quotes(line->national_id) + "\n";
        }
    if (numbers.empty()) return std::vector<Line>{};
    auto lines = lines_of(visit, office::memory(table), "lines");
    if (!lines) return lines;
    for (Line& line : *lines) {
        const auto place = static_cast<std::size_t>(line.number - 2);  // behind the headings
        if (place < numbers.size()) line.number = numbers[place];
    }
    return lines;
}

// --- who is meant -----------------------------------------------------------------------------

void lay_down(db::Write& tx, const std::vector<Line>& lines) {
    tx.run(R"sql(
        create temporary table nominations_lines (
            number bigint not null,
            search text not null,
            national_id text))sql");
    auto bulk = tx.bulk("nominations_lines", {"number", "search", "national_id"});
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (!lines[i].problem.empty()) continue;
        const auto id = lines[i].national_id.empty() ? std::nullopt
                                                     : std::optional<std::string_view>(lines[i].national_id);
        const std::string search = fold(lines[i].full_name);
        bulk.add({i, search, id});
    }
    bulk.flush();
}

// As much as both say of a birth is the same.
bool agree(const std::optional<DateGuess>& written, const std::optional<people::Birth>& known) {
    if (!written || !known) return true;
    const Date one = written->date, other = known->date;
    if (one.year() != other.year()) return false;
    if (written->precision == Precision::year || known->precision == Precision::year) return true;
    if (one.month() != other.month()) return false;
    return written->precision == Precision::month || known->precision == Precision::month || one == other;
}

std::optional<people::Birth> birth_in(const db::Row& row, int column) {
    if (row.is_null(column)) return std::nullopt;
    return people::Birth{row.date(column), parse_precision(row.view(column + 1)).value_or(Precision::day)};
}

// An ID is believed only with its bearer, as imports do (docs/decisions/0018): that of somebody with another
// name or another day of birth was mistyped. Empty: it agrees, or the line says nothing else.
std::string doubted(const web::Visit& visit, const Line& line, const people::Person& known) {
    std::optional<people::Birth> birth;
    if (line.birth) birth = people::Birth{line.birth->date, line.birth->precision};
    if (line.full_name.empty() && !birth) return "";
    const std::string& name = line.full_name.empty() ? known.full_name : line.full_name;
    if (people::bearer(known, name, birth) == people::Bearer::same) return "";
    return visit.text("nomination.id_of_another",
                      {known.full_name, i18n::date(visit.language, people::birth_text(known))});
}

// Who the lines may mean, of units on which the actor may nominate: by ID, else by name and, when
// the line says it, birth date.
std::map<std::size_t, std::vector<people::PersonId>> meant_by(const web::Visit& visit, db::Write& tx,
                                                              std::vector<Line>& lines) {
    const web::Actor& actor = visit.actor;
    lay_down(tx, lines);
    std::map<std::size_t, std::vector<people::PersonId>> found;
    tx.each(R"sql(
        select l.number, p.id, p.full_name, p.birth_date, p.birth_precision
        from nominations_lines l
        cross join people p
        where p.national_id = l.national_id and p.merged_into is null
          and exists (select 1 from reach r where r.account = :actor and r.permission = :permission
                      and r.unit = p.unit))sql",
            {{"actor", actor.account}, {"permission", nominate_people.name}}, [&](const db::Row& row) {
                const auto number = static_cast<std::size_t>(row.integer(0));
                const people::Person known{.full_name = row.text(2), .birth = birth_in(row, 3)};
                lines[number].problem = doubted(visit, lines[number], known);
                if (lines[number].problem.empty()) found[number] = {row.id<people::PersonId>(1)};
            });
    std::map<std::size_t, std::vector<people::PersonId>> named;
    tx.each(R"sql(
        select l.number, p.id, p.birth_date, p.birth_precision
        from nominations_lines l
        cross join people p
        where p.search = l.search and p.merged_into is null
          and (l.national_id is null or p.national_id is null)
          and exists (select 1 from reach r where r.account = :actor and r.permission = :permission
                      and r.unit = p.unit)
        order by l.number, p.id)sql",
            {{"actor", actor.account}, {"permission", nominate_people.name}}, [&](const db::Row& row) {
                const auto number = static_cast<std::size_t>(row.integer(0));
                if (agree(lines[number].birth, birth_in(row, 2)))
                    named[number].push_back(row.id<people::PersonId>(1));
            });
    tx.run(R"sql(drop table nominations_lines)sql");
    found.merge(named);
    return found;
}

// Why nobody is nominated by a line.
Refusal reason_of(const Line& line, std::size_t meant) {
    const std::string number = std::to_string(line.number);
    const std::string name = line.full_name.empty() ? people::masked(line.national_id) : line.full_name;
    if (!line.problem.empty()) return {"", "nomination.line_wrong", {number, name, line.problem}};
    if (meant == 0) return {"", "nomination.line_unknown", {number, name}};
    return {"", "nomination.line_ambiguous", {number, name, std::to_string(meant)}};
}

}  // namespace

std::string heading(const web::Visit& visit, std::string_view field) {
    return clean(split(visit.text("column.roster." + std::string(field)), '|').front());
}

Outcome<Recognised> recognise_list(const web::Visit& visit, db::Write& tx, std::string_view pasted,
                                   const http::Upload* file) {
    auto lines = lines_of(visit, pasted);
    if (!lines) return lines.refusals();
    if (file) {
        auto read = lines_of(visit, *file);
        if (!read) return read.refusals();
        std::move(read->begin(), read->end(), std::back_inserter(*lines));
    }
    const auto meant = meant_by(visit, tx, *lines);
    Recognised recognised;
    for (std::size_t i = 0; i < lines->size(); ++i) {
        const auto found = meant.find(i);
        const std::size_t count = found == meant.end() ? 0 : found->second.size();
        Line& line = (*lines)[i];
        if (count == 1)
            recognised.people.push_back(found->second.front());
        else if (count == 0 && line.problem.empty() && !line.full_name.empty())
            recognised.unknown.push_back(std::move(line));
        else
            recognised.unread.push_back({line, reason_of(line, count)});
    }
    return recognised;
}

}  // namespace tiendo::nominations
