#include "features/dashboard/work.h"

#include "base/text.h"
#include "platform/pages/address.h"

namespace tiendo::dashboard {
namespace {

constexpr int shown_at_most = 5;

// A list by two statements: how many there are, and the first of them. Each row of the second
// is (title, detail, day, id).
class Lister {
 public:
    Lister(db::Read& tx, std::vector<EntryList>& lists) : tx_(tx), lists_(lists) {}

    void list(std::string_view name, std::string_view count_sql, std::string_view rows_sql,
              std::initializer_list<db::Named> params, std::string_view url, std::string_view anchor = "",
              std::string more_url = "") {
        EntryList list{.name = std::string(name), .count = tx_.integer(count_sql, params)};
        if (list.count == 0) return;
        tx_.each(rows_sql, params, [&](const db::Row& row) {
            list.rows.push_back({row.text(0), row.text(1), row.maybe_date(2),
                                 std::string(url) + std::to_string(row.integer(3)) + std::string(anchor)});
        });
        if (list.count > shown_at_most) list.more_url = std::move(more_url);
        lists_.push_back(std::move(list));
    }

 private:
    db::Read& tx_;
    std::vector<EntryList>& lists_;
};

}  // namespace

Value to_value(const EntryList& list) {
    return Value::object({{"name", list.name},
                          {"count", list.count},
                          {"more_url", list.more_url.empty() ? Value() : Value(list.more_url)},
                          {"rows", list_of(list.rows, [](const Entry& entry) {
                               return Value::object(
                                   {{"title", entry.title},
                                    {"detail", entry.detail.empty() ? Value() : Value(entry.detail)},
                                    {"on", entry.on},
                                    {"url", entry.url}});
                           })}});
}

std::vector<EntryList> work_lists(db::Read& tx, const web::Actor& actor, Date today) {
    std::vector<EntryList> lists;
    Lister lister(tx, lists);
    lister.list(
        "to_open",
        R"sql(select count(*) from cohorts c
                      where c.opened_on is null and c.cancelled_on is null and c.planned_precision = 'day'
                          and c.planned_opens_on <= :today
                        and exists (select 1 from reach r where r.account = :actor and r.permission = 'cohorts.change'
                                    and r.unit = c.organiser_unit))sql",
        R"sql(select c.code, g.name, c.planned_opens_on, c.id from cohorts c join programmes g on g.id = c.programme
                      where c.opened_on is null and c.cancelled_on is null and c.planned_precision = 'day'
                          and c.planned_opens_on <= :today
                        and exists (select 1 from reach r where r.account = :actor and r.permission = 'cohorts.change'
                                    and r.unit = c.organiser_unit)
                      order by c.planned_opens_on, c.id limit 5)sql",
        {{"actor", actor.account}, {"today", today}}, "/cohorts/", "#opening");
    lister.list(
        "to_close",
        R"sql(select count(*) from cohorts c
                      where c.opened_on is not null and c.closed_on is null and c.cancelled_on is null
                          and c.planned_closes_on <= :today
                        and exists (select 1 from reach r where r.account = :actor and r.permission = 'cohorts.change'
                                    and r.unit = c.organiser_unit))sql",
        R"sql(select c.code, g.name, c.planned_closes_on, c.id from cohorts c join programmes g on g.id = c.programme
                      where c.opened_on is not null and c.closed_on is null and c.cancelled_on is null
                          and c.planned_closes_on <= :today
                        and exists (select 1 from reach r where r.account = :actor and r.permission = 'cohorts.change'
                                    and r.unit = c.organiser_unit)
                      order by c.planned_closes_on, c.id limit 5)sql",
        {{"actor", actor.account}, {"today", today}}, "/cohorts/", "#closing");
    const Date first_day = *Date::of(today.year(), 1, 1);
    lister.list("undecided",
                R"sql(select count(*) from cohorts c
                      where c.plan_line is null and c.role <> 'organiser' and c.kind = 'cohort'
                          and c.opened_on between :first_day and :today
                        and c.cancelled_on is null
                        and exists (select 1 from reach r where r.account = :actor and r.permission = 'cohorts.change'
                                    and r.unit = c.organiser_unit))sql",
                R"sql(select c.code, c.partner, c.opened_on, c.id from cohorts c
                      where c.plan_line is null and c.role <> 'organiser' and c.kind = 'cohort'
                          and c.opened_on between :first_day and :today
                        and c.cancelled_on is null
                        and exists (select 1 from reach r where r.account = :actor and r.permission = 'cohorts.change'
                                    and r.unit = c.organiser_unit)
                      order by c.opened_on, c.id limit 5)sql",
                {{"actor", actor.account}, {"first_day", first_day}, {"today", today}}, "/cohorts/",
                "#counting", "/cohorts");
    lister.list("imports",
                R"sql(select count(*) from imports i
                      where i.state in ('checked', 'refused', 'failed')
                        and exists (select 1 from reach r
                                    where r.account = :actor and r.permission = 'imports.see' and r.unit = i.unit))sql",
                R"sql(select i.file_name, '', null, i.id from imports i
                      where i.state in ('checked', 'refused', 'failed')
                        and exists (select 1 from reach r
                                    where r.account = :actor and r.permission = 'imports.see' and r.unit = i.unit)
                      order by i.uploaded_at desc, i.id limit 5)sql",
                {{"actor", actor.account}}, "/imports/", "", "/imports");
    return lists;
}

std::vector<EntryList> found(db::Read& tx, const web::Actor& actor, const std::string& written) {
    std::vector<EntryList> lists;
    const std::string words = fold(written);
    if (words.empty()) return lists;
    const std::string within = "%" + words + "%";
    Lister lister(tx, lists);
    lister.list(
        "cohorts",
        R"sql(select count(*) from cohorts c join programmes g on g.id = c.programme
                      where (c.search like :within or g.search like :within)
                        and exists (select 1 from reach r where r.account = :actor and r.permission = 'cohorts.see'
                                    and r.unit = c.organiser_unit))sql",
        R"sql(select c.code, g.name, c.opened_on, c.id from cohorts c join programmes g on g.id = c.programme
                      where (c.search like :within or g.search like :within)
                        and exists (select 1 from reach r where r.account = :actor and r.permission = 'cohorts.see'
                                    and r.unit = c.organiser_unit)
                      order by c.id limit 5)sql",
        {{"actor", actor.account}, {"within", within}}, "/cohorts/", "",
        pages::address("/cohorts", {{"q", written}}));
    // A person is shown once for each cohort: what is found is somebody in a roster.
    lister.list("people",
                R"sql(select count(*) from participations p join people h on h.id = p.person
                      where h.search like :within
                        and exists (select 1 from reach r
                                    where r.account = :actor and r.permission = 'rosters.see' and r.unit = p.unit))sql",
                R"sql(select h.full_name, c.code, null, p.id
                      from participations p join people h on h.id = p.person join cohorts c on c.id = p.cohort
                      where h.search like :within
                        and exists (select 1 from reach r
                                    where r.account = :actor and r.permission = 'rosters.see' and r.unit = p.unit)
                      order by h.sort_key, p.id limit 5)sql",
                {{"actor", actor.account}, {"within", within}}, "/participations/");
    return lists;
}

}  // namespace tiendo::dashboard
