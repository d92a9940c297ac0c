#include "features/imports/mapping.h"

#include <algorithm>
#include <charconv>

#include "features/imports/import_work.h"
#include "features/imports/imports_presenter.h"
#include "features/imports/remembered.h"
#include "features/imports/upload.h"
#include "platform/pages/reader.h"

namespace tiendo::imports {
namespace {

// "A", "B" ... "AA", as a spreadsheet calls its columns.
std::string letter_of(int column) {
    const std::string cell = office::cell_name(column, 1);
    return cell.substr(0, cell.size() - 1);
}

std::vector<std::string> fields_of(const Importer& importer) {
    std::vector<std::string> fields = importer.required;
    fields.insert(fields.end(), importer.optional.begin(), importer.optional.end());
    return fields;
}

// One table is mapped by hand: the one that lacks least. What is chosen holds for every sheet
// laid out like it.
const office::FoundTable* table_to_map(const Importer& importer, const office::TableReport& found) {
    const auto lacks = [&](const office::FoundTable& table) {
        return missing_fields(importer, table).size();
    };
    const auto best = std::min_element(found.tables.begin(), found.tables.end(),
                                       [&](const auto& a, const auto& b) { return lacks(a) < lacks(b); });
    return best == found.tables.end() ? nullptr : &*best;
}

std::size_t recognised(const office::FoundTable& table) {
    return static_cast<std::size_t>(std::count_if(table.columns.begin(), table.columns.end(),
                                                  [](const auto& column) { return !column.field.empty(); }));
}

// The file as it looks under the header row that was chosen, if one was.
Outcome<office::TableReport> look_again(const web::Visit& visit, const Desk& desk, const Import& import,
                                        const Importer& importer) {
    return look(importer, visit.site.texts, desk.store.path_of(import.file_digest), import.options.mapping,
                import.options.legacy);
}

Value column_value(const web::Visit& visit, const Importer& importer, const office::FoundColumn& column) {
    const auto guarded = importer.guarded.find(column.field);
    const bool hidden = guarded != importer.guarded.end() && !visit.actor.may(guarded->second.permission);
    const auto is_required = [&](const std::string& field) {
        return std::find(importer.required.begin(), importer.required.end(), field) !=
               importer.required.end();
    };
    return Value::object(
        {{"column", column.column},
         {"letter", letter_of(column.column)},
         {"header", column.header},
         {"recognised", !column.field.empty()},
         {"samples", list_of(column.samples,
                             [&](const std::string& sample) {
                                 return Value(hidden ? guarded->second.masked(sample) : sample);
                             })},
         {"choices", list_of(fields_of(importer), [&](const std::string& field) {
              return Value::object({{"field", field},
                                    {"name", heading(visit.site.texts, visit.language, importer.kind, field)},
                                    {"required", is_required(field)},
                                    {"current", column.field == field}});
          })}});
}

// Headings that seem to be text from before Unicode, which is why nobody recognised them: how the file
// could be read instead.
Value old_font_value(const Import& import, const office::FoundTable& table) {
    if (import.options.legacy != office::LegacyText::by_font) return {};
    constexpr std::size_t shown = 3;
    std::map<office::LegacyFont, std::vector<std::string>> told;
    for (const office::FoundColumn& column : table.columns)
        if (const auto font = office::certain_by_letters(column.header); font != office::LegacyFont::none)
            told[font].push_back(column.header);
    const auto& vni = told[office::LegacyFont::vni];
    const auto& tcvn3 = told[office::LegacyFont::tcvn3];
    const office::LegacyFont font =
        vni.size() > tcvn3.size() ? office::LegacyFont::vni : office::LegacyFont::tcvn3;
    std::vector<std::string>& headings = told[font];
    if (headings.empty()) return {};
    headings.resize(std::min(headings.size(), shown));
    return Value::object({{"other", font == office::LegacyFont::vni ? "vni" : "tcvn3"},
                          {"samples", list_of(headings, [&](const std::string& heading) {
                               std::string after = heading;
                               office::turn_to_unicode(after, font);
                               return Value::object({{"before", heading}, {"after", after}});
                           })}});
}

std::string_view to_text(office::SkippedSheet::Why why) {
    switch (why) {
        case office::SkippedSheet::Why::hidden: return "hidden";
        case office::SkippedSheet::Why::no_header: return "no_header";
        case office::SkippedSheet::Why::column_missing: return "column_missing";
        case office::SkippedSheet::Why::other_sheet: return "other_sheet";
    }
    return "";
}

std::string listed(const web::Visit& visit, const Importer& importer,
                   const std::vector<std::string>& fields) {
    std::string names;
    for (const std::string& field : fields)
        names +=
            (names.empty() ? "" : ", ") + heading(visit.site.texts, visit.language, importer.kind, field);
    return names;
}

// What a person has said of columns before the right header row is shown, now and earlier; what was only
// recognised under the wrong one is not kept.
std::map<std::string, int> chosen_so_far(const Import& import, const std::vector<std::string>& fields,
                                         const office::FoundTable& table, pages::Reader& sent) {
    std::map<std::string, int> chosen;
    for (const office::FoundColumn& column : table.columns) {
        const std::string field = sent.text("column-" + std::to_string(column.column));
        const auto before = import.options.mapping.columns.find(field);
        const bool said_before =
            before != import.options.mapping.columns.end() && before->second == column.column;
        const bool known = std::find(fields.begin(), fields.end(), field) != fields.end();
        if (known && (field != column.field || said_before)) chosen.emplace(field, column.column);
    }
    return chosen;
}

// The field chosen for each column of the table; each once, and all that are required.
Outcome<office::Mapping> chosen(const web::Visit& visit, const Import& import, const Importer& importer,
                                const office::FoundTable& table, pages::Reader& sent) {
    office::Mapping mapping;
    // A header that is recognised by itself is looked for in each sheet anew.
    const bool by_hand = import.options.mapping.header_row != 0 || recognised(table) < 2;
    const int header_row = table.header_row == 0 ? office::Mapping::no_header : table.header_row;
    mapping.header_row = by_hand ? header_row : 0;
    const auto fields = fields_of(importer);
    for (const std::string& field : fields) mapping.columns[field] = -1;
    office::FoundTable made = table;
    for (office::FoundColumn& column : made.columns) {
        const std::string name = "column-" + std::to_string(column.column);
        column.field = sent.text(name);
        if (column.field.empty()) continue;
        if (std::find(fields.begin(), fields.end(), column.field) == fields.end()) {
            sent.refuse(name, "imports.field_unknown", {column.field});
        } else if (int& place = mapping.columns[column.field]; place >= 0) {
            sent.refuse(name, "imports.field_twice",
                        {heading(visit.site.texts, visit.language, importer.kind, column.field),
                         letter_of(place), letter_of(column.column)});
        } else {
            place = column.column;
        }
    }
    if (const auto missing = missing_fields(importer, made); !missing.empty())
        sent.refuse("header_row", "imports.fields_missing", {listed(visit, importer, missing)});
    if (sent.refused()) return sent.refusals();
    return mapping;
}

}  // namespace

Outcome<Value> mapping_value(const web::Visit& visit, const Desk& desk, const Import& import,
                             const Importer& importer) {
    const auto found = look_again(visit, desk, import, importer);
    if (!found) return found.refusals();
    Value tables = Value::list(), old_font;
    std::vector<std::string> missing;
    if (const office::FoundTable* table = table_to_map(importer, *found)) {
        missing = missing_fields(importer, *table);
        old_font = old_font_value(import, *table);
        tables.push(
            Value::object({{"sheet", table->sheet},
                           {"sheet_number", table->sheet_number},
                           {"header_row", table->header_row},
                           {"has_header", table->header_row != 0},
                           {"columns", list_of(table->columns, [&](const office::FoundColumn& column) {
                                return column_value(visit, importer, column);
                            })}}));
    }
    return Value::object(
        {{"id", import.id},
         {"file_name", import.file_name},
         {"kind", import.kind},
         {"missing",
          missing.empty() ? Value() : Value::object({{"names", listed(visit, importer, missing)}})},
         {"old_font", std::move(old_font)},
         {"tables", std::move(tables)},
         {"skipped", list_of(found->skipped, [](const office::SkippedSheet& skipped) {
              return Value::object({{"sheet", skipped.sheet}, {"why", to_text(skipped.why)}});
          })}});
}

Outcome<Mapped> map_columns(const web::Visit& visit, const Desk& desk, const Import& import,
                            const Importer& importer) {
    const auto found = look_again(visit, desk, import, importer);
    if (!found) return found.refusals();
    const office::FoundTable* table = table_to_map(importer, *found);
    if (!table) return Refusal{"", "import.no_rows", {}};
    auto sent = pages::Reader::of_body(visit);
    const auto header_row = sent.count("header_row");
    constexpr int last_header_row = 10'000;
    if (header_row && (*header_row < 0 || *header_row > last_header_row))
        sent.refuse("header_row", "imports.no_header_row", {std::to_string(*header_row)});
    if (sent.refused()) return sent.refusals();

    Options options = import.options;
    if (header_row && *header_row != table->header_row) {
        const int chosen_row = *header_row == 0 ? office::Mapping::no_header : static_cast<int>(*header_row);
        options.mapping = {.header_row = chosen_row,
                           .columns = chosen_so_far(import, fields_of(importer), *table, sent)};
        visit.database.write([&](db::Write& tx) {
            const auto waiting = {State::uploaded, State::checked, State::refused, State::failed};
            if (move(tx, visit.actor, import.id, waiting, State::uploaded, visit.now))
                keep_options(tx, import.id, options, visit.now);
        });
        return Mapped::look_again;
    }
    const auto mapping = chosen(visit, import, importer, *table, sent);
    if (!mapping) return mapping.refusals();
    options.mapping = *mapping;
    options.mapped_as.clear();
    Import mapped = import;
    mapped.options = options;
    visit.database.write([&](db::Write& tx) {
        if (!begin_check(tx, visit.actor, import.id, visit.now)) return;
        keep_options(tx, import.id, options, visit.now);
        if (table->header_row != 0) remember(tx, visit.actor, mapped, headings_of(*table), visit.now);
    });
    desk.jobs->wake();
    return Mapped::checking;
}

}  // namespace tiendo::imports
