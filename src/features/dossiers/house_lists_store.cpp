// The queries of the lists of the house; two tables of one shape, but that items are due.
#include "features/dossiers/dossiers_store.h"

namespace tiendo::dossiers {
namespace {

Listed listed_in(const db::Row& row) {
    return {.code = row.text(0),
            .name = {row.text(1), row.text(2)},
            .due = parse_due(row.view(3)),
            .valid_from = row.maybe_date(4),
            .valid_to = row.maybe_date(5)};
}

// Kinds of costs are never due.
void write_due(db::Write& tx, HouseList list, const Listed& one) {
    if (list == HouseList::items)
        tx.run(R"sql(update dossier_items set due = :due where code = :code)sql",
               {{"code", one.code}, {"due", to_text(one.due)}});
}

}  // namespace

std::vector<Listed> all_of(db::Read& tx, HouseList list) {
    return tx.all<Listed>(list == HouseList::items ? R"sql(
        select code, name_vi, name_en, due, valid_from, valid_to from dossier_items
        order by position, code)sql"
                                                   : R"sql(
        select code, name_vi, name_en, '', valid_from, valid_to from cost_kinds order by position, code)sql",
                          {}, listed_in);
}

void insert_listed(db::Write& tx, HouseList list, const Listed& one, std::int64_t position) {
    tx.run(list == HouseList::items ? R"sql(
        insert into dossier_items (code, position, name_vi, name_en, due, valid_from, valid_to)
        values (:code, :position, :vi, :en, '', :valid_from, :valid_to))sql"
                                    : R"sql(
        insert into cost_kinds (code, position, name_vi, name_en, valid_from, valid_to)
        values (:code, :position, :vi, :en, :valid_from, :valid_to))sql",
           {{"code", one.code},
            {"position", position},
            {"vi", one.name.vi},
            {"en", one.name.en},
            {"valid_from", one.valid_from},
            {"valid_to", one.valid_to}});
    write_due(tx, list, one);
}

void update_listed(db::Write& tx, HouseList list, const Listed& one) {
    tx.run(list == HouseList::items ? R"sql(
        update dossier_items set name_vi = :vi, name_en = :en, valid_from = :valid_from, valid_to = :valid_to
        where code = :code)sql"
                                    : R"sql(
        update cost_kinds set name_vi = :vi, name_en = :en, valid_from = :valid_from, valid_to = :valid_to
        where code = :code)sql",
           {{"code", one.code},
            {"vi", one.name.vi},
            {"en", one.name.en},
            {"valid_from", one.valid_from},
            {"valid_to", one.valid_to}});
    write_due(tx, list, one);
}

}  // namespace tiendo::dossiers
