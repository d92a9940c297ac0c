// The rows of marks, of aims, of marking codes and of papers.
#include "features/assessment/assessment_store.h"

namespace tiendo::assessment {

namespace {

std::optional<Mark>& told_by(Marked& marked, Marker marker) {
    switch (marker) {
        case Marker::first: return marked.first;
        case Marker::second: return marked.second;
        case Marker::agreed: break;
    }
    return marked.agreed;
}

}  // namespace

Sheet sheet_of(db::Read& tx, cohorts::CohortId cohort, ComponentId component) {
    Sheet sheet;
    tx.each(R"sql(
        select p.id, m.first_mark, m.second_mark, m.agreed_mark
        from participations p
        left join marks m on m.participation = p.id and m.component = :component
        where p.cohort = :cohort and p.withdrawn_on is null
        order by p.id, m.attempt)sql",
            {{"cohort", cohort}, {"component", component}}, [&](const db::Row& row) {
                Attempts& attempts = sheet.attempts[row.id<ParticipationId>(0)];
                const Marked marked{row.maybe_integer(1), row.maybe_integer(2), row.maybe_integer(3)};
                if (marked != Marked{} || !attempts.empty()) attempts.push_back(marked);
            });
    return sheet;
}

void write_marks(db::Write& tx, const web::Actor& actor, ComponentId component, const Sheet& before,
                 std::span<const Said> said, const cohorts::Act& act) {
    std::map<std::pair<ParticipationId, std::int64_t>, Marked> changed;
    auto events = tx.bulk("mark_events", {"id", "component", "participation", "attempt", "marker", "mark",
                                          "recorded_at", "recorded_by", "reason"});
    for (const Said& one : said) {
        events.add({next_id(), component, one.participation, one.attempt, to_text(one.marker), one.mark,
                    act.at, actor.account, act.reason});
        const Attempts& attempts = before.attempts.at(one.participation);
        const auto at = static_cast<std::size_t>(one.attempt) - 1;
        const Marked stands = at < attempts.size() ? attempts[at] : Marked{};
        Marked& marked = changed.try_emplace({one.participation, one.attempt}, stands).first->second;
        told_by(marked, one.marker) = one.mark;
    }
    events.flush();
    tx.run(R"sql(
        create temporary table changed_marks (participation bigint, attempt bigint, first_mark bigint,
                                              second_mark bigint, agreed_mark bigint))sql");
    auto bulk =
        tx.bulk("changed_marks", {"participation", "attempt", "first_mark", "second_mark", "agreed_mark"});
    for (const auto& [key, marked] : changed)
        bulk.add({key.first, key.second, marked.first, marked.second, marked.agreed});
    bulk.flush();
    tx.run(R"sql(
        insert into marks (component, participation, attempt, first_mark, second_mark, agreed_mark)
        select cast(:component as bigint), participation, attempt, first_mark, second_mark, agreed_mark
        from changed_marks where true
        on conflict (component, participation, attempt) do update set
            first_mark = excluded.first_mark, second_mark = excluded.second_mark,
            agreed_mark = excluded.agreed_mark)sql",
           {{"component", component}});
    tx.run(R"sql(drop table changed_marks)sql");
}

std::vector<Aim> aims_on(db::Read& tx, Date day) {
    return tx.all<Aim>(R"sql(
        select code, name_vi, name_en from assessment_aims
        where coalesce(valid_from, :day) <= :day and coalesce(valid_to, :day) >= :day
        order by position)sql",
                       {{"day", day}}, [](const db::Row& row) {
                           return Aim{row.text(0), row.text(1), row.text(2)};
                       });
}

std::map<std::pair<ParticipationId, std::string>, Mark> aim_marks_of(db::Read& tx, cohorts::CohortId cohort) {
    std::map<std::pair<ParticipationId, std::string>, Mark> marks;
    tx.each(R"sql(
        select m.participation, m.aim, m.mark
        from participations p join aim_marks m on m.participation = p.id
        where p.cohort = :cohort order by m.id)sql",
            {{"cohort", cohort}}, [&](const db::Row& row) {
                const std::pair key(row.id<ParticipationId>(0), row.text(1));
                if (const auto mark = row.maybe_integer(2))
                    marks[key] = *mark;
                else
                    marks.erase(key);
            });
    return marks;
}

void write_aim_marks(db::Write& tx, const web::Actor& actor, std::span<const AimMark> said,
                     const cohorts::Act& act) {
    auto bulk =
        tx.bulk("aim_marks", {"id", "participation", "aim", "mark", "recorded_at", "recorded_by", "reason"});
    for (const AimMark& one : said)
        bulk.add({next_id(), one.participation, one.aim, one.mark, act.at, actor.account, act.reason});
    bulk.flush();
}

std::map<ParticipationId, std::int64_t> codes_of(db::Read& tx, cohorts::CohortId cohort,
                                                 ComponentId component) {
    std::map<ParticipationId, std::int64_t> codes;
    tx.each(R"sql(
        select k.participation, k.code
        from participations p join marking_codes k on k.participation = p.id
        where p.cohort = :cohort and k.component = :component)sql",
            {{"cohort", cohort}, {"component", component}},
            [&](const db::Row& row) { codes[row.id<ParticipationId>(0)] = row.integer(1); });
    return codes;
}

void write_codes(db::Write& tx, ComponentId component, const std::map<ParticipationId, std::int64_t>& codes) {
    auto bulk = tx.bulk("marking_codes", {"component", "participation", "code"});
    for (const auto& [participation, code] : codes) bulk.add({component, participation, code});
    bulk.flush();
}

std::vector<Paper> papers_of(db::Read& tx, cohorts::CohortId cohort, ComponentId component) {
    return tx.all<Paper>(R"sql(
        select s.participation, d.id, d.file_name, d.file_digest
        from participations p
        join submitted_papers s on s.participation = p.id and s.component = :component
        join documents d on d.id = s.document
        where p.cohort = :cohort
          and s.id = (select max(l.id) from submitted_papers l
                      where l.component = s.component and l.participation = s.participation))sql",
                         {{"cohort", cohort}, {"component", component}}, [](const db::Row& row) {
                             return Paper{row.id<ParticipationId>(0), row.id<documents::DocumentId>(1),
                                          row.text(2), row.text(3)};
                         });
}

void add_paper(db::Write& tx, const web::Actor& actor, ComponentId component, const Paper& paper,
               Instant at) {
    tx.run(R"sql(
        insert into submitted_papers (id, component, participation, document, recorded_at, recorded_by)
        values (:id, :component, :participation, :document, :at, :actor))sql",
           {{"id", next_id()},
            {"component", component},
            {"participation", paper.participation},
            {"document", paper.document},
            {"at", at},
            {"actor", actor.account}});
}

}  // namespace tiendo::assessment
