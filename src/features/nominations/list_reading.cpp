// A unit's own list: a workbook, or lines pasted from one.
#include <algorithm>
#include <array>

#include "base/date_text.h"
#include "base/text.h"
#include "features/nominations/nominations_pages.h"
#include "platform/office/table.h"

namespace tiendo::nominations {
namespace {

struct Line {
    int number = 0;
    std::string full_name, national_id;
    std::optional<Date> birth;
};

std::vector<std::string> headings(const web::Visit& visit, std::string_view field) {
    std::vector<std::string> found;
    for (const i18n::Language language : i18n::languages) {
        const std::string all = visit.site.texts.text(language, "column.roster." + std::string(field));
        for (const std::string_view heading : split(all, '|')) found.emplace_back(heading);
    }
    return found;
}

Refusals of_field_file(Refusals refusals) {
    for (Refusal& refusal : refusals) refusal.field = "file";
    return refusals;
}

Outcome<std::vector<Line>> lines_of(const web::Visit& visit, const http::Upload& file) {
    const std::array columns{
        office::Column{.field = "full_name", .headers = headings(visit, "full_name"), .required = true},
        office::Column{.field = "birth_date", .headers = headings(visit, "birth_date")},
        office::Column{.field = "national_id", .headers = headings(visit, "national_id")}};
    const auto readable = imports::readable_file(file.path());
    if (!readable) return of_field_file(readable.refusals());
    std::vector<Line> lines;
    const auto read =
        office::read_table(office::file((*readable)->path), columns, {}, [&](const office::TableRow& row) {
            Line line{.number = row.number, .full_name = row.text("full_name")};
            if (const auto guess = office::date_of(row["birth_date"])) line.birth = guess->date;
            line.national_id = people::read_national_id(row.text("national_id")).value_or("");
            lines.push_back(std::move(line));
            return office::Next::row;
        });
    if (!read) return of_field_file(read.refusals());
    return lines;
}

// One cell says by itself what it is: with digits a date or an ID, else the name, if that is
// still missing.
void take(Line& line, const std::string& cell) {
    const bool has_digits = cell.find_first_of("0123456789") != std::string::npos;
    const auto guess = has_digits ? read_date(cell) : std::nullopt;
    if (!has_digits && line.full_name.empty())
        line.full_name = cell;
    else if (guess && guess->precision == Precision::day && !line.birth)
        line.birth = guess->date;
    else if (const auto id = has_digits ? people::read_national_id(cell) : std::nullopt;
             id && line.national_id.empty())
        line.national_id = *id;
}

// Cells stand between tabs; where there are none, the name ends at the first word with a digit.
std::optional<Line> line_of(std::string_view text, int number) {
    Line line{.number = number};
    const bool has_tabs = text.find('\t') != text.npos;
    std::string name;
    for (const std::string_view piece : split(text, has_tabs ? '\t' : ' ')) {
        const std::string cell = clean(piece);
        if (cell.empty()) continue;
        const bool is_word = cell.find_first_of("0123456789") == std::string::npos;
        if (has_tabs || !is_word)
            take(line, cell);
        else if (!line.birth && line.national_id.empty())
            name += (name.empty() ? "" : " ") + cell;
    }
    if (!has_tabs) line.full_name = name;
    if (line.full_name.empty() && line.national_id.empty()) return std::nullopt;
    return line;
}

std::vector<Line> lines_of(std::string_view pasted) {
    std::vector<Line> lines;
    int number = 0;
    for (const std::string_view text : split(pasted, '\n'))
        if (const auto line = line_of(text, ++number)) lines.push_back(*line);
    return lines;
}

void lay_down(db::Write& tx, const std::vector<Line>& lines) {
    tx.run(R"sql(
        create temporary table nominations_lines (
            number bigint not null,
            search text not null,
            birth_date date,
            national_id text))sql");
    auto bulk = tx.bulk("nominations_lines", {"number", "search", "birth_date", "national_id"});
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto id = lines[i].national_id.empty() ? std::nullopt
                                                     : std::optional<std::string_view>(lines[i].national_id);
        const std::string search = fold(lines[i].full_name);
        bulk.add({i, search, lines[i].birth, id});
    }
    bulk.flush();
}

// Who the lines may mean, of units on which the actor may nominate: by ID, else by name and, when
// the line says it, birth date.
std::map<std::size_t, std::vector<people::PersonId>> meant_by(db::Write& tx, const web::Actor& actor,
                                                              const std::vector<Line>& lines) {
    lay_down(tx, lines);
    std::map<std::size_t, std::vector<people::PersonId>> found;
    tx.each(R"sql(
        select l.number, p.id
        from nominations_lines l
        cross join people p
        where p.national_id = l.national_id and p.merged_into is null
          and exists (select 1 from reach r where r.account = :actor and r.permission = :permission
                      and r.unit = p.unit))sql",
            {{"actor", actor.account}, {"permission", nominate_people.name}}, [&](const db::Row& row) {
                found[static_cast<std::size_t>(row.integer(0))] = {row.id<people::PersonId>(1)};
            });
    std::map<std::size_t, std::vector<people::PersonId>> named;
    tx.each(R"sql(
        select l.number, p.id
        from nominations_lines l
        cross join people p
        where p.search = l.search and p.merged_into is null
          and (l.birth_date is null or p.birth_date is null or p.birth_date = l.birth_date)
          and (l.national_id is null or p.national_id is null)
          and exists (select 1 from reach r where r.account = :actor and r.permission = :permission
                      and r.unit = p.unit)
        order by l.number, p.id)sql",
            {{"actor", actor.account}, {"permission", nominate_people.name}}, [&](const db::Row& row) {
                named[static_cast<std::size_t>(row.integer(0))].push_back(row.id<people::PersonId>(1));
            });
    tx.run(R"sql(drop table nominations_lines)sql");
    found.merge(named);
    return found;
}

}  // namespace

Outcome<Recognised> recognise_list(const web::Visit& visit, db::Write& tx, std::string_view pasted,
                                   const http::Upload* file) {
    std::vector<Line> lines = lines_of(pasted);
    if (file) {
        const auto read = lines_of(visit, *file);
        if (!read) return read.refusals();
        lines.insert(lines.end(), read->begin(), read->end());
    }
    const auto meant = meant_by(tx, visit.actor, lines);
    Recognised recognised;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto found = meant.find(i);
        const std::string name =
            lines[i].full_name.empty() ? people::masked(lines[i].national_id) : lines[i].full_name;
        if (found == meant.end())
            recognised.unread.push_back(
                {"", "nomination.line_unknown", {std::to_string(lines[i].number), name}});
        else if (found->second.size() > 1)
            recognised.unread.push_back(
                {"",
                 "nomination.line_ambiguous",
                 {std::to_string(lines[i].number), name, std::to_string(found->second.size())}});
        else
            recognised.people.push_back(found->second.front());
    }
    return recognised;
}

}  // namespace tiendo::nominations
