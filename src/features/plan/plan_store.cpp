#include "features/plan/plan_store.h"

#include "base/text.h"

namespace tiendo::plan {
namespace {

Plan plan_of(const db::Row& row) {
    return {row.id<PlanId>(0), row.id<organisations::UnitId>(1), static_cast<int>(row.integer(2))};
}

Line line_of(const db::Row& row) {
    return {.id = row.id<LineId>(0),
            .programme = {row.id<programmes::ProgrammeId>(1), row.text(2), row.text(3)},
            .audience = row.text(4),
            .targets = {row.maybe_integer(5), row.maybe_integer(6)},
            .duration = row.text(7),
            .opens_in = row.text(8),
            .place = row.text(9),
            .lead = row.text(10),
            .partners = row.text(11),
            .note = row.text(12),
            .source_place = row.text(13)};
}

Version version_of(const db::Row& row) {
    return {.id = row.id<VersionId>(0),
            .number = static_cast<int>(row.integer(1)),
            .effective_on = row.date(2),
            .document = row.maybe_id<documents::DocumentId>(3),
            .document_number = row.text(4),
            .recorded_at = row.instant(5),
            .recorded_by = row.text(6),
            .note = row.text(7)};
}

}  // namespace

std::optional<Plan> find_plan(db::Read& tx, const web::Actor& actor, int year) {
    return tx.find<Plan>(R"sql(
        select p.id, p.unit, p.year from plans p
        where p.year = :year
          and exists (select 1 from reach r where r.account = :actor and r.permission = :permission
              and r.unit = p.unit))sql",
                         {{"year", year}, {"actor", actor.account}, {"permission", see_plan.name}}, plan_of);
}

std::vector<Plan> plans(db::Read& tx, const web::Actor& actor) {
    return tx.all<Plan>(R"sql(
        select p.id, p.unit, p.year from plans p
        where exists (select 1 from reach r where r.account = :actor and r.permission = :permission and r.unit = p.unit)
        order by p.year desc)sql",
                        {{"actor", actor.account}, {"permission", see_plan.name}}, plan_of);
}

std::vector<Version> versions(db::Read& tx, PlanId plan) {
    return tx.all<Version>(R"sql(
        select v.id, v.number, v.effective_on, v.document, coalesce(d.number, ''), v.recorded_at, a.display_name,
               coalesce(v.note, '')
        from plan_versions v
        join accounts a on a.id = v.recorded_by
        left join documents d on d.id = v.document
        where v.plan = :plan and v.undone_at is null order by v.number)sql",
                           {{"plan", plan}}, version_of);
}

std::optional<Version> version_in_force(db::Read& tx, PlanId plan, const View& view) {
    // A version that was undone is known from the moment it came until it was taken back.
    return tx.find<Version>(
        R"sql(
        select v.id, v.number, v.effective_on, v.document, coalesce(d.number, ''), v.recorded_at, a.display_name,
               coalesce(v.note, '')
        from plan_versions v
        join accounts a on a.id = v.recorded_by
        left join documents d on d.id = v.document
        where v.plan = :plan and v.effective_on <= :as_of
          and (:known_now or v.recorded_at <= :known_at)
          and (v.undone_at is null or (not :known_now and v.undone_at > :known_at))
        order by v.number desc limit 1)sql",
        {{"plan", plan},
         {"as_of", view.as_of},
         {"known_now", !view.known_at.has_value()},
         {"known_at", view.known_at.value_or(Instant{})}},
        version_of);
}

int next_number(db::Read& tx, PlanId plan) {
    return 1 + static_cast<int>(tx.integer(
                   R"sql(select coalesce(max(number), 0) from plan_versions where plan = :plan)sql",
                   {{"plan", plan}}));
}

std::vector<Line> lines(db::Read& tx, VersionId version) {
    return tx.all<Line>(R"sql(
        select l.id, g.id, g.code, g.name, l.audience, t.target_cohorts, t.target_learners, t.duration, t.opens_in,
               t.place, t.lead, t.partners, t.note, t.source_place
        from plan_targets t
        join plan_lines l on l.id = t.line
        join programmes g on g.id = l.programme
        where t.version = :version order by t.position)sql",
                        {{"version", version}}, line_of);
}

std::vector<Summary> summaries(db::Read& tx, const web::Actor& actor, Date day) {
    return tx.all<Summary>(
        R"sql(
        select v.id, v.number, v.effective_on, v.document, coalesce(d.number, ''), v.recorded_at, a.display_name,
               coalesce(v.note, ''), p.id, p.unit, p.year,
               (select count(*) from plan_targets t where t.version = v.id),
               (select cast(sum(t.target_cohorts) as bigint) from plan_targets t where t.version = v.id),
               (select cast(sum(t.target_learners) as bigint) from plan_targets t where t.version = v.id)
        from plans p
        join plan_versions v on v.plan = p.id
             and v.number = coalesce((select max(x.number) from plan_versions x
                                      where x.plan = p.id and x.effective_on <= :day and x.undone_at is null),
                                     (select max(x.number) from plan_versions x
                                      where x.plan = p.id and x.undone_at is null))
        join accounts a on a.id = v.recorded_by
        left join documents d on d.id = v.document
        where exists (select 1 from reach r where r.account = :actor and r.permission = :permission and r.unit = p.unit)
        order by p.year desc)sql",
        {{"day", day}, {"actor", actor.account}, {"permission", see_plan.name}}, [](const db::Row& row) {
            return Summary{
                {row.id<PlanId>(8), row.id<organisations::UnitId>(9), static_cast<int>(row.integer(10))},
                version_of(row),
                row.integer(11),
                {row.maybe_integer(12), row.maybe_integer(13)}};
        });
}

std::vector<Stated> stated_lines(db::Read& tx, PlanId plan) {
    return tx.all<Stated>(R"sql(
        select l.id, g.id, g.code, g.name, l.audience, t.target_cohorts, t.target_learners, t.duration, t.opens_in,
               t.place, t.lead, t.partners, t.note, t.source_place, v.id
        from plan_versions v
        join plan_targets t on t.version = v.id
        join plan_lines l on l.id = t.line
        join programmes g on g.id = l.programme
        where v.plan = :plan and v.undone_at is null order by v.number, t.position)sql",
                          {{"plan", plan}}, [](const db::Row& row) {
                              return Stated{row.id<VersionId>(14), line_of(row)};
                          });
}

std::vector<Line> all_lines(db::Read& tx, PlanId plan) {
    return tx.all<Line>(R"sql(
        select l.id, g.id, g.code, g.name, l.audience, null, null, '', '', '', '', '', '', ''
        from plan_lines l join programmes g on g.id = l.programme
        where l.plan = :plan
          and exists (select 1 from plan_targets t join plan_versions v on v.id = t.version
                      where t.line = l.id and v.undone_at is null)
        order by l.id)sql",
                        {{"plan", plan}}, line_of);
}

std::optional<LineOfYear> find_line(db::Read& tx, LineId id) {
    return tx.find<LineOfYear>(R"sql(
        select l.id, g.id, g.code, g.name, l.audience, null, null, '', '', '', '', '', '', '', p.year
        from plan_lines l join plans p on p.id = l.plan join programmes g on g.id = l.programme
        where l.id = :id)sql",
                               {{"id", id}}, [](const db::Row& row) {
                                   return LineOfYear{static_cast<int>(row.integer(14)), line_of(row)};
                               });
}

std::vector<Line> lines_for(db::Read& tx, organisations::UnitId unit, int year,
                            programmes::ProgrammeId programme) {
    return tx.all<Line>(R"sql(
        select l.id, g.id, g.code, g.name, l.audience, null, null, '', '', '', '', '', '', ''
        from plan_lines l
        join plans p on p.id = l.plan
        join programmes g on g.id = l.programme
        where p.unit = :unit and p.year = :year and l.programme = :programme
          and exists (select 1 from plan_targets t join plan_versions v on v.id = t.version
                      where t.line = l.id and v.undone_at is null)
        order by l.id)sql",
                        {{"unit", unit}, {"year", year}, {"programme", programme}}, line_of);
}

PlanId find_or_make_plan(db::Write& tx, organisations::UnitId unit, int year, Instant at) {
    const auto found = tx.integer(R"sql(select id from plans where unit = :unit and year = :year)sql",
                                  {{"unit", unit}, {"year", year}});
    if (found != 0) return PlanId{found};
    const auto id = new_id<PlanId>();
    tx.run(R"sql(insert into plans (id, unit, year, recorded_at) values (:id, :unit, :year, :at))sql",
           {{"id", id}, {"unit", unit}, {"year", year}, {"at", at}});
    return id;
}

void insert_version(db::Write& tx, PlanId plan, const Version& version, const std::string& note,
                    const web::Actor& actor) {
    tx.run(R"sql(
        insert into plan_versions (id, plan, number, effective_on, document, recorded_at, recorded_by, note,
                                   workbook)
        values (:id, :plan, :number, :effective_on, :document, :at, :actor, :note, :workbook))sql",
           {{"id", version.id},
            {"plan", plan},
            {"number", version.number},
            {"effective_on", version.effective_on},
            {"document", version.document},
            {"at", version.recorded_at},
            {"actor", actor.account},
            {"note", note},
            {"workbook", version.workbook}});
}

// A line that an earlier version had and a later one dropped is the same line when it returns.
LineId find_or_make_line(db::Write& tx, PlanId plan, const Line& line) {
    const std::string search = fold(line.audience);
    const auto found = tx.integer(
        R"sql(select id from plan_lines where plan = :plan and programme = :programme and search = :search)sql",
        {{"plan", plan}, {"programme", line.programme.id}, {"search", search}});
    if (found != 0) return LineId{found};
    const auto id = new_id<LineId>();
    tx.run(R"sql(
        insert into plan_lines (id, plan, programme, audience, search)
        values (:id, :plan, :programme, :audience, :search))sql",
           {{"id", id},
            {"plan", plan},
            {"programme", line.programme.id},
            {"audience", line.audience},
            {"search", search}});
    return id;
}

void insert_targets(db::Write& tx, VersionId version, const Line& line, int position) {
    tx.run(R"sql(
        insert into plan_targets (version, line, position, target_cohorts, target_learners, duration,
                                  opens_in, place, lead,
                                  partners, note, source_place)
        values (:version, :line, :position, :cohorts, :learners, :duration, :opens_in, :place, :lead,
            :partners, :note, :source_place))sql",
           {{"version", version},
            {"line", line.id},
            {"position", position},
            {"cohorts", line.targets.cohorts},
            {"learners", line.targets.learners},
            {"duration", line.duration},
            {"opens_in", line.opens_in},
            {"place", line.place},
            {"lead", line.lead},
            {"partners", line.partners},
            {"note", line.note},
            {"source_place", line.source_place}});
}

}  // namespace tiendo::plan
