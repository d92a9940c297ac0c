#include "features/dashboard/search.h"

#include <algorithm>

#include "base/text.h"
#include "features/people/people.h"
#include "platform/pages/address.h"

namespace tiendo::dashboard {
namespace {

void find_cohorts(std::vector<EntryList>& lists, db::Read& tx, const web::Actor& actor,
                  const std::string& written, const std::string& within) {
    add_list(lists, "cohorts", {"/cohorts/", "", pages::address("/cohorts", {{"q", written}})}, tx,
             R"sql(
        select c.code, g.name, c.opened_on, c.id, count(*) over ()
        from cohorts c join programmes g on g.id = c.programme
        where c.undone_at is null and (c.search like :within or g.search like :within)
          and (c.organiser_unit in (select r.unit from reach r
                                    where r.account = :actor and r.permission = 'cohorts.see')
               or c.id in (select n.cohort from reach r join participations n on n.unit = r.unit
                           where r.account = :actor and r.permission = 'rosters.see'))
        order by c.id desc limit 5)sql",
             {{"actor", actor.account}, {"within", within}});
}

// Counts what is shown: of a million nobody counts those who are called so, but all of them are a
// link away.
void find_people(std::vector<EntryList>& lists, db::Read& tx, const web::Actor& actor,
                 const std::string& written) {
    if (!actor.may(people::see_people)) return;
    constexpr std::size_t shown = 10;
    auto found = people::find(tx, actor, written, shown + 1);
    if (found.empty()) return;
    const bool more = found.size() > shown;
    if (more) found.resize(shown);
    EntryList list{.name = "people",
                   .count = static_cast<std::int64_t>(found.size()),
                   .more_url = more ? pages::address("/people", {{"q", written}}) : ""};
    for (const people::Person& person : found)
        list.rows.push_back(
            {person.full_name, person.position, std::nullopt, "/people/" + to_text(person.id)});
    lists.push_back(std::move(list));
}

// A programme leads to its cohorts.
void find_programmes(std::vector<EntryList>& lists, db::Read& tx, const web::Actor& actor,
                     const std::string& within) {
    EntryList list{.name = "programmes"};
    tx.each(R"sql(
        select g.name, g.code, count(*) over ()
        from programmes g
        where g.search like :within
          and exists (select 1 from cohorts c
                      where c.programme = g.id
                        and c.organiser_unit in (select r.unit from reach r
                                                 where r.account = :actor and r.permission = 'cohorts.see'))
        order by g.search, g.id limit 5)sql",
            {{"actor", actor.account}, {"within", within}}, [&](const db::Row& row) {
                list.rows.push_back({row.text(0), row.text(1), std::nullopt,
                                     pages::address("/cohorts", {{"q", row.text(0)}})});
                list.count = row.integer(2);
            });
    if (!list.rows.empty()) lists.push_back(std::move(list));
}

void find_units(std::vector<EntryList>& lists, db::Read& tx, const web::Actor& actor,
                const std::string& written, const std::string& within) {
    add_list(lists, "units", {"/units#unit-", "", pages::address("/units", {{"q", written}})}, tx,
             R"sql(
        select u.name, u.code, null, u.id, count(*) over ()
        from units u
        where u.search like :within
          and u.id in (select r.unit from reach r where r.account = :actor and r.permission = 'units.see')
        order by u.search, u.id limit 5)sql",
             {{"actor", actor.account}, {"within", within}});
}

}  // namespace

std::vector<EntryList> found(db::Read& tx, const web::Actor& actor, const std::string& written) {
    std::vector<EntryList> lists;
    std::string within = "%" + fold(written) + "%";
    if (within == "%%") return lists;
    // "nguyen an" is also in "Nguyễn Thị An".
    std::replace(within.begin(), within.end(), ' ', '%');
    find_cohorts(lists, tx, actor, written, within);
    find_programmes(lists, tx, actor, within);
    find_people(lists, tx, actor, written);
    find_units(lists, tx, actor, written, within);
    return lists;
}

}  // namespace tiendo::dashboard
