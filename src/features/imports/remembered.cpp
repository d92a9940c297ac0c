#include "features/imports/remembered.h"

#include "base/text.h"
#include "features/imports/options_json.h"
#include "features/imports/upload.h"

namespace tiendo::imports {

std::string headings_of(const office::FoundTable& table) {
    std::string headings;
    int column = 0;
    for (const office::FoundColumn& found : table.columns) {
        if (found.header.empty()) continue;
        for (; column < found.column; ++column) headings += '|';
        headings += fold(found.header);
    }
    return headings;
}

std::vector<Remembered> remembered(db::Read& tx, std::int64_t sender, std::string_view kind) {
    constexpr int asked_for = 20;
    return tx.all<Remembered>(
        R"sql(
        select m.headings, m.header_row, m.columns, m.file_name
        from import_mappings m join units u on u.id = m.unit
        where m.kind = :kind and (m.unit = :sender or (:sender = 0 and u.parent is null))
        order by m.chosen_at desc limit :count)sql",
        {{"kind", kind}, {"sender", sender}, {"count", asked_for}}, [](const db::Row& row) {
            Remembered one{row.text(0), mapping_of(row.view(2)), row.text(3)};
            one.mapping.header_row = static_cast<int>(row.integer(1));
            return one;
        });
}

void remember(db::Write& tx, const web::Actor& actor, const Import& import, const std::string& headings,
              Instant at) {
    tx.run(R"sql(
        insert into import_mappings (id, unit, kind, headings, header_row, columns, file_name, chosen_at,
                                     chosen_by)
        select :id, u.id, :kind, :headings, :header_row, :columns, :file_name, :at, :actor
        from units u where u.id = :sender or (:sender = 0 and u.parent is null)
        on conflict (unit, kind, headings) do update set header_row = excluded.header_row,
            columns = excluded.columns, file_name = excluded.file_name, chosen_at = excluded.chosen_at,
            chosen_by = excluded.chosen_by)sql",
           {{"id", next_id()},
            {"kind", import.kind},
            {"headings", headings},
            {"header_row", import.options.mapping.header_row},
            {"columns", written(import.options.mapping)},
            {"file_name", import.file_name},
            {"at", at},
            {"actor", actor.account},
            {"sender", import.options.sender}});
}

std::optional<Remembered> known_again(const std::vector<Remembered>& all, const Importer& importer,
                                      const i18n::Texts& texts, const std::string& path) {
    for (const Remembered& one : all) {
        // A header row chosen by hand is looked for where it was.
        const auto found = look(importer, texts, path, {.header_row = one.mapping.header_row, .columns = {}});
        if (!found) continue;
        for (const office::FoundTable& table : found->tables)
            if (headings_of(table) == one.headings) return one;
    }
    return std::nullopt;
}

}  // namespace tiendo::imports
