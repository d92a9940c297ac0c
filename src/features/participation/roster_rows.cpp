#include "features/participation/roster_rows.h"

#include "base/text.h"
#include "features/participation/participation_store.h"
#include "platform/audit/audit.h"

namespace tiendo::participation {
namespace {

// Whom a row names, as far as the row itself can tell.
std::string person_key(const RosterRow& row, const std::string& search) {
    if (!row.national_id.empty()) return "id " + row.national_id;
    // A name alone tells nobody from another: without a birth date it holds within its cohort only.
    const std::string when = row.birth ? to_text(row.birth->date) : "in " + to_text(row.cohort);
    return "name " + search + " " + when + " " + to_text(row.unit);
}

// A row with the participation it may already have.
struct Judged {
    std::int64_t number;
    RosterRow row;
    people::PersonId person;
    std::optional<Participation> before;
};

Judged judged_of(const db::Row& row) {
    Judged judged{.number = row.integer(0),
                  .row = {.sheet = row.text(1),
                          .sheet_row = static_cast<int>(row.integer(2)),
                          .cohort = row.id<cohorts::CohortId>(3),
                          .full_name = {},
                          .birth = {},
                          .sex = {},
                          .national_id = {},
                          .unit = row.id<organisations::UnitId>(5),
                          .position = row.text(6),
                          .started_on = row.maybe_date(7),
                          .withdrawn_on = row.maybe_date(8),
                          .result = row.text(9),
                          .note = row.text(10)},
                  .person = row.id<people::PersonId>(4),
                  .before = std::nullopt};
    if (!row.is_null(11)) {
        judged.before = Participation{};
        judged.before->id = row.id<ParticipationId>(11);
        judged.before->cohort = judged.row.cohort;
        judged.before->facts = {row.maybe_date(12), row.maybe_date(13), row.text(14)};
        judged.before->note = row.text(15);
        judged.before->unit = row.id<organisations::UnitId>(16);
        judged.before->position = row.text(17);
    }
    return judged;
}

std::string place_of(const RosterRow& row) {
    return row.sheet.empty() ? std::to_string(row.sheet_row)
                             : row.sheet + "!" + std::to_string(row.sheet_row);
}

void insert_new(db::Write& tx, const imports::Job& job, const std::vector<Judged>& rows,
                const std::vector<ParticipationId>& ids) {
    auto bulk = tx.bulk("participations",
                        {"id", "cohort", "person", "unit", "position", "note", "started_on", "withdrawn_on",
                         "result", "recorded_at", "recorded_by", "document", "source_place"});
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Judged& judged = rows[i];
        const std::string place = place_of(judged.row);
        bulk.add({ids[i], judged.row.cohort, judged.person, judged.row.unit, judged.row.position,
                  judged.row.note, judged.row.started_on, judged.row.withdrawn_on, judged.row.result, job.at,
                  job.actor.account, job.document, place});
    }
    bulk.flush();
}

// The enrolment is the participation's own row; what else the roster says is a row each.
void insert_first_events(db::Write& tx, const imports::Job& job, const std::vector<Judged>& rows,
                         const std::vector<ParticipationId>& ids) {
    auto bulk =
        tx.bulk("participation_events", {"id", "participation", "cohort", "kind", "effective_on", "result",
                                         "recorded_at", "recorded_by", "reason", "document", "source_place"});
    const std::optional<Date> no_day;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const RosterRow& row = rows[i].row;
        const std::string place = place_of(row);
        const auto add = [&](std::string_view kind, std::optional<Date> on, std::string_view result) {
            bulk.add({next_id(), ids[i], row.cohort, kind, on, result, job.at, job.actor.account, "",
                      job.document, place});
        };
        if (row.started_on) add("started", row.started_on, "");
        if (row.withdrawn_on) add("withdrawn", row.withdrawn_on, "");
        if (!row.result.empty()) add("concluded", no_day, row.result);
    }
    bulk.flush();
}

// What a row says that the participation does not; an empty cell says nothing.
bool record_changes(db::Write& tx, const imports::Job& job, const Judged& judged) {
    const RosterRow& row = judged.row;
    Participation now = *judged.before;
    const cohorts::Act act{job.at, job.file_name, {job.document, place_of(row)}};
    bool changed = false;
    if (row.started_on && now.facts.started_on != row.started_on) {
        correct_start(tx, job.actor, now, *row.started_on, act);
        now.facts.started_on = row.started_on;
        changed = true;
    }
    if (row.withdrawn_on && now.facts.withdrawn_on != row.withdrawn_on) {
        withdraw(tx, job.actor, now, *row.withdrawn_on, act);
        now.facts.withdrawn_on = row.withdrawn_on;
        changed = true;
    }
    if (!row.result.empty() && now.facts.result != row.result) {
        conclude(tx, job.actor, now, row.result, act);
        changed = true;
    }
    const bool described = now.unit == row.unit && now.position == row.position && now.note == row.note;
    if (!described) {
        describe(tx, job.actor, now, {row.unit, row.position, row.note}, act);
        changed = true;
    }
    return changed;
}

void take_out(db::Write& tx, const std::vector<std::int64_t>& numbers) {
    for (const std::int64_t number : numbers)
        tx.run(R"sql(delete from roster_rows where number = :number)sql", {{"number", number}});
}

}  // namespace

void clear_the_table(db::Write& tx) {
    tx.run(R"sql(
        create temporary table roster_rows (
            number bigint primary key,
            sheet text not null,
            sheet_row bigint not null,
            cohort bigint not null,
            person_key text not null,
            candidate bigint not null,
            person bigint,
            full_name text not null,
            search text not null,
            sort_key bytea not null,
            birth_date date,
            birth_precision text not null,
            sex text not null,
            national_id text,
            unit bigint not null,
            position text not null,
            started_on date,
            withdrawn_on date,
            result text not null,
            note text not null))sql");
}

void drop_the_table(db::Write& tx) { tx.run(R"sql(drop table roster_rows)sql"); }

void lay_down(db::Write& tx, const std::vector<RosterRow>& rows, std::int64_t first_row) {
    auto bulk = tx.bulk("roster_rows",
                        {"number", "sheet", "sheet_row", "cohort", "person_key", "candidate", "full_name",
                         "search", "sort_key", "birth_date", "birth_precision", "sex", "national_id", "unit",
                         "position", "started_on", "withdrawn_on", "result", "note"});
    for (const RosterRow& row : rows) {
        const std::string search = fold(row.full_name), key = person_key(row, search),
                          order = name_sort_key(row.full_name);
        const std::optional<Date> birth = row.birth ? std::optional(row.birth->date) : std::nullopt;
        const std::string_view precision = row.birth ? to_text(row.birth->precision) : "";
        const std::optional<std::string> national_id =
            row.national_id.empty() ? std::nullopt : std::optional(row.national_id);
        bulk.add({first_row++, row.sheet, row.sheet_row, row.cohort, key, next_id(), row.full_name, search,
                  db::Blob{order}, birth, precision, row.sex, national_id, row.unit, row.position,
                  row.started_on, row.withdrawn_on, row.result, row.note});
    }
    bulk.flush();
}

void recognise_people(db::Write& tx) {
    tx.run(R"sql(
        update roster_rows set person = (select p.id from people p where p.national_id = roster_rows.national_id)
        where national_id is not null)sql");
    // A person known without an ID is the one a row with an ID means, when all else agrees.
    tx.run(R"sql(
        update roster_rows set person = (
            select min(p.id) from people p
            where p.search = roster_rows.search and p.birth_date = roster_rows.birth_date and p.unit = roster_rows.unit
              and (p.national_id is null or roster_rows.national_id is null))
        where person is null and birth_date is not null)sql");
    tx.run(R"sql(
        update roster_rows set person = (
            select min(p.id) from participations n join people p on p.id = n.person
            where n.cohort = roster_rows.cohort and n.unit = roster_rows.unit
              and p.search = roster_rows.search and p.birth_date is null and p.national_id is null)
        where person is null and birth_date is null and national_id is null)sql");
    tx.run(R"sql(create index roster_rows_by_key on roster_rows (person_key, number))sql");
    tx.run(R"sql(
        update roster_rows set person = (
            select x.candidate from roster_rows x where x.person_key = roster_rows.person_key order by x.number limit 1)
        where person is null)sql");
    tx.run(R"sql(create index roster_rows_by_person on roster_rows (cohort, person))sql");
}

void reject_people_with_other_names(db::Write& tx, imports::Report& report) {
    // Two rows, or a row and the register, that share an ID but not a name.
    std::vector<std::int64_t> rejected;
    tx.each(R"sql(
        select r.sheet, r.sheet_row, r.full_name, coalesce(p.full_name, f.full_name), r.number
        from roster_rows r
        left join people p on p.id = r.person
        left join roster_rows f on f.candidate = r.person
        where r.national_id is not null and coalesce(p.search, f.search) <> r.search
        order by r.number)sql",
            {}, [&](const db::Row& row) {
                constexpr int same_name = 60;  // a respelling, a missing middle name; not another person
                const std::string named = row.text(2), known = row.text(3);
                if (likeness(named, known) >= same_name) return;
                report.reject({row.text(0),
                               static_cast<int>(row.integer(1)),
                               "national_id",
                               named,
                               {"national_id", "roster.id_of_another", {named, known}},
                               known});
                rejected.push_back(row.integer(4));
            });
    take_out(tx, rejected);
}

void reject_learners_named_twice(db::Write& tx, imports::Report& report) {
    std::vector<std::int64_t> rejected;
    tx.each(R"sql(
        select r.sheet, r.sheet_row, r.full_name, f.sheet_row, c.code, r.number
        from roster_rows r
        join (select cohort, person, min(number) as number from roster_rows
              group by cohort, person having count(*) > 1) t
          on t.cohort = r.cohort and t.person = r.person and r.number > t.number
        join roster_rows f on f.number = t.number
        join cohorts c on c.id = r.cohort
        order by r.number)sql",
            {}, [&](const db::Row& row) {
                report.reject({row.text(0),
                               static_cast<int>(row.integer(1)),
                               "full_name",
                               row.text(2),
                               {"full_name",
                                "roster.learner_twice",
                                {row.text(2), row.text(4), std::to_string(row.integer(3))}},
                               ""});
                rejected.push_back(row.integer(5));
            });
    take_out(tx, rejected);
}

void add_people(db::Write& tx, Instant at) {
    tx.run(R"sql(
        insert into people (id, full_name, search, sort_key, birth_date, birth_precision, sex, national_id,
                            unit, position, recorded_at)
        select candidate, full_name, search, sort_key, birth_date, birth_precision, sex, national_id, unit,
               position, :at
        from roster_rows where person = candidate)sql",
           {{"at", at}});
    // What the register did not know of a person, the roster adds; what it knows, it keeps.
    tx.run(R"sql(
        update people set national_id = (select min(r.national_id) from roster_rows r where r.person = people.id)
        where national_id is null
          and id in (select r.person from roster_rows r
                     where r.person <> r.candidate and r.national_id is not null))sql");
}

void record_rows(db::Write& tx, const imports::Job& job, const CohortsByCode& cohorts,
                 imports::Report& report) {
    std::unordered_map<std::int64_t, const cohorts::Cohort*> by_id;
    for (const auto& [code, cohort] : cohorts)
        if (cohort) by_id.emplace(cohort->id.value, &*cohort);

    ledger::Journal journal(tx, job.at);
    constexpr int chunk = 5'000;
    for (std::int64_t after = 0;;) {
        const auto rows = tx.all<Judged>(R"sql(
            select r.number, r.sheet, r.sheet_row, r.cohort, r.person, r.unit, r.position, r.started_on,
                   r.withdrawn_on, r.result, r.note,
                   p.id, p.started_on, p.withdrawn_on, p.result, p.note, p.unit, p.position
            from roster_rows r
            left join participations p on p.cohort = r.cohort and p.person = r.person
            where r.number > :after order by r.number limit :chunk)sql",
                                         {{"after", after}, {"chunk", chunk}}, judged_of);
        if (rows.empty()) break;
        after = rows.back().number;

        std::vector<Judged> fresh;
        std::vector<ParticipationId> ids;
        for (const Judged& judged : rows) {
            if (judged.before) {
                ++(record_changes(tx, job, judged) ? report.changed : report.unchanged);
                continue;
            }
            fresh.push_back(judged);
            ids.push_back(new_id<ParticipationId>());
        }
        if (fresh.empty()) continue;
        insert_new(tx, job, fresh, ids);
        insert_first_events(tx, job, fresh, ids);
        for (std::size_t i = 0; i < fresh.size(); ++i) {
            const RosterRow& row = fresh[i].row;
            entries(*by_id.at(row.cohort.value),
                    {ids[i], row.unit, {row.started_on, row.withdrawn_on, row.result}},
                    [&](const ledger::Entry& entry, std::int64_t) { journal.post(entry, ids[i].value); });
        }
        report.added += static_cast<std::int64_t>(fresh.size());
    }
    journal.close();
    if (report.added > 0)
        audit::record(
            tx, job.actor, job.at,
            {"roster.record", "document", job.document.value, Value::object({{"added", report.added}})});
}

}  // namespace tiendo::participation
