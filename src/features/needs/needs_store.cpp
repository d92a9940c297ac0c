#include "features/needs/needs_store.h"

namespace tiendo::needs {
namespace {

// Of a row that begins with id, unit, year, title, note, opens_on, closes_on, whole, asked, answered.
Seen seen_of(const db::Row& row) {
    return {{row.id<CampaignId>(0),
             row.id<organisations::UnitId>(1),
             static_cast<int>(row.integer(2)),
             row.text(3),
             row.text(4),
             {row.date(5), row.date(6)}},
            row.truth(7),
            row.integer(8),
            row.integer(9)};
}

Asked asked_of(const db::Row& row) {
    return {row.id<organisations::UnitId>(0),
            row.text(1),
            row.text(2),
            row.integer(3),
            row.is_null(4) ? std::nullopt : std::optional(row.instant(4)),
            row.text(5)};
}

}  // namespace

std::vector<Seen> campaigns(db::Read& tx, const web::Actor& actor) {
    return tx.all<Seen>(R"sql(
        with within as (select distinct r.unit from reach r where r.account = :actor and r.permission = :permission)
        select c.id, c.unit, c.year, c.title, c.note, w.opens_on, w.closes_on,
               exists (select 1 from within i where i.unit = c.unit),
               (select count(*) from need_campaign_units u join within i on i.unit = u.unit where u.campaign = c.id),
               (select count(*) from need_campaign_units u join within i on i.unit = u.unit
                where u.campaign = c.id
                  and exists (select 1 from need_answers a where a.campaign = c.id and a.unit = u.unit))
        from need_campaigns c
        join need_windows w on w.id = (select max(x.id) from need_windows x where x.campaign = c.id)
        where exists (select 1 from within i where i.unit = c.unit)
           or exists (select 1 from need_campaign_units u join within i on i.unit = u.unit where u.campaign = c.id)
        order by c.year desc, c.id desc)sql",
                        {{"actor", actor.account}, {"permission", see_needs.name}}, seen_of);
}

Seen require(db::Read& tx, const web::Actor& actor, CampaignId id) {
    // Campaigns are one or two a year.
    for (Seen& seen : campaigns(tx, actor))
        if (seen.campaign.id == id) return seen;
    throw web::NotFound{};
}

std::vector<Asked> asked_units(db::Read& tx, const web::Actor& actor, const Seen& seen) {
    return tx.all<Asked>(
        R"sql(
        select u.id, u.code, u.name,
               coalesce((select cast(sum(a.learners) as bigint) from need_answers a
                         where a.campaign = n.campaign and a.unit = n.unit
                           and a.id = (select max(x.id) from need_answers x
                                       where x.campaign = a.campaign and x.unit = a.unit
                                         and x.programme = a.programme)), 0),
               last.recorded_at, coalesce(b.display_name, '')
        from need_campaign_units n
        join units u on u.id = n.unit
        left join need_answers last on last.id = (select max(x.id) from need_answers x
                                                  where x.campaign = n.campaign and x.unit = n.unit)
        left join accounts b on b.id = last.recorded_by
        where n.campaign = :campaign
          and exists (select 1 from reach r where r.account = :actor and r.permission = :permission
                        and r.unit = n.unit)
        order by u.search, u.id)sql",
        {{"campaign", seen.campaign.id}, {"actor", actor.account}, {"permission", see_needs.name}}, asked_of);
}

std::vector<programmes::Programme> programmes_of(db::Read& tx, CampaignId id) {
    return tx.all<programmes::Programme>(
        R"sql(
        select g.id, g.code, g.name from need_campaign_programmes p join programmes g on g.id = p.programme
        where p.campaign = :id order by p.position)sql",
        {{"id", id}}, [](const db::Row& row) {
            return programmes::Programme{row.id<programmes::ProgrammeId>(0), row.text(1), row.text(2)};
        });
}

std::vector<Answer> answers(db::Read& tx, CampaignId campaign, organisations::UnitId unit) {
    return tx.all<Answer>(
        R"sql(
        select a.programme, a.learners, a.half, a.note, g.name, a.recorded_at, b.display_name, a.reason,
               coalesce(d.title, ''), a.source_place
        from need_answers a
        join programmes g on g.id = a.programme
        join accounts b on b.id = a.recorded_by
        left join documents d on d.id = a.document
        where a.campaign = :campaign and a.unit = :unit
        order by a.id desc)sql",
        {{"campaign", campaign}, {"unit", unit}}, [](const db::Row& row) {
            return Answer{{row.id<programmes::ProgrammeId>(0), row.integer(1), row.text(2), row.text(3)},
                          row.text(4),
                          row.instant(5),
                          row.text(6),
                          row.text(7),
                          row.text(8).empty() ? "" : row.text(8) + ", " + row.text(9)};
        });
}

std::vector<Sum> sums(db::Read& tx, const web::Actor& actor, const Seen& seen) {
    return tx.all<Sum>(
        R"sql(
        select g.id, g.code, g.name, coalesce(cast(sum(h.learners) as bigint), 0),
               coalesce(cast(sum(case when h.half = 'first' then h.learners else 0 end) as bigint), 0),
               coalesce(cast(sum(case when h.half = 'second' then h.learners else 0 end) as bigint), 0),
               count(h.id)
        from need_campaign_programmes p
        join programmes g on g.id = p.programme
        left join (
            select a.id, a.programme, a.learners, a.half
            from need_answers a
            where a.campaign = :campaign and a.learners > 0
              and a.id = (select max(x.id) from need_answers x
                          where x.campaign = a.campaign and x.unit = a.unit and x.programme = a.programme)
              and exists (select 1 from reach r where r.account = :actor and r.permission = :permission
                            and r.unit = a.unit)) h on h.programme = p.programme
        where p.campaign = :campaign
        group by g.id, g.code, g.name, p.position
        order by p.position)sql",
        {{"campaign", seen.campaign.id}, {"actor", actor.account}, {"permission", see_needs.name}},
        [](const db::Row& row) {
            return Sum{{row.id<programmes::ProgrammeId>(0), row.text(1), row.text(2)},
                       row.integer(3),
                       row.integer(4),
                       row.integer(5),
                       row.integer(6)};
        });
}

std::vector<Wish> wishes(db::Read& tx, const web::Actor& actor, const Seen& seen) {
    return tx.all<Wish>(
        R"sql(
        select a.programme, u.name, a.learners
        from need_answers a join units u on u.id = a.unit
        where a.campaign = :campaign and a.learners > 0
          and a.id = (select max(x.id) from need_answers x
                      where x.campaign = a.campaign and x.unit = a.unit and x.programme = a.programme)
          and exists (select 1 from reach r where r.account = :actor and r.permission = :permission
                        and r.unit = a.unit)
        order by a.learners desc, u.search, u.id)sql",
        {{"campaign", seen.campaign.id}, {"actor", actor.account}, {"permission", see_needs.name}},
        [](const db::Row& row) {
            return Wish{row.id<programmes::ProgrammeId>(0), row.text(1), row.integer(2)};
        });
}

void insert_campaign(db::Write& tx, const web::Actor& actor, CampaignId id, organisations::UnitId unit,
                     const NewCampaign& campaign, Instant at) {
    tx.run(R"sql(
        insert into need_campaigns (id, unit, year, title, note, recorded_at, recorded_by)
        values (:id, :unit, :year, :title, :note, :at, :actor))sql",
           {{"id", id},
            {"unit", unit},
            {"year", campaign.year},
            {"title", campaign.title},
            {"note", campaign.note},
            {"at", at},
            {"actor", actor.account}});
    insert_window(tx, actor, id, campaign.window, "", at);
    auto units = tx.bulk("need_campaign_units", {"campaign", "unit"});
    for (const auto& one : campaign.units) units.add({id, one});
    units.flush();
    auto programmes = tx.bulk("need_campaign_programmes", {"campaign", "programme", "position"});
    int position = 0;
    for (const auto& one : campaign.programmes) programmes.add({id, one, ++position});
    programmes.flush();
}

void insert_window(db::Write& tx, const web::Actor& actor, CampaignId id, Window window,
                   const std::string& reason, Instant at) {
    tx.run(R"sql(
        insert into need_windows (id, campaign, opens_on, closes_on, reason, recorded_at, recorded_by)
        values (:id, :campaign, :opens_on, :closes_on, :reason, :at, :actor))sql",
           {{"id", next_id()},
            {"campaign", id},
            {"opens_on", window.opens_on},
            {"closes_on", window.closes_on},
            {"reason", reason},
            {"at", at},
            {"actor", actor.account}});
}

Held held(db::Read& tx, CampaignId campaign) {
    Held held;
    tx.each(R"sql(
        select a.unit, a.programme, a.learners, a.half, a.note from need_answers a
        where a.campaign = :campaign
          and a.id = (select max(x.id) from need_answers x
                      where x.campaign = a.campaign and x.unit = a.unit and x.programme = a.programme))sql",
            {{"campaign", campaign}}, [&](const db::Row& row) {
                const auto programme = row.id<programmes::ProgrammeId>(1);
                held[{row.id<organisations::UnitId>(0), programme}] = {programme, row.integer(2), row.text(3),
                                                                       row.text(4)};
            });
    return held;
}

void insert_answers(db::Write& tx, const web::Actor& actor, CampaignId campaign, std::span<const Said> said,
                    const std::string& reason, std::optional<documents::DocumentId> document, Instant at) {
    auto bulk = tx.bulk("need_answers", {"id", "campaign", "unit", "programme", "learners", "half", "note",
                                         "reason", "recorded_at", "recorded_by", "document", "source_place"});
    for (const auto& [unit, need, place] : said)
        bulk.add({next_id(), campaign, unit, need.programme, need.learners, need.half, need.note, reason, at,
                  actor.account, document, place});
    bulk.flush();
}

void insert_line(db::Write& tx, const web::Actor& actor, CampaignId campaign, plan::VersionId version,
                 plan::LineId line, const Sum& sum, Instant at) {
    tx.run(R"sql(
        insert into need_lines (id, campaign, version, line, learners, units, recorded_at, recorded_by)
        values (:id, :campaign, :version, :line, :learners, :units, :at, :actor))sql",
           {{"id", next_id()},
            {"campaign", campaign},
            {"version", version},
            {"line", line},
            {"learners", sum.learners},
            {"units", sum.units},
            {"at", at},
            {"actor", actor.account}});
}

std::vector<plan::Basis> basis_of_lines(const web::Visit& visit, db::Read& tx, plan::PlanId plan) {
    std::vector<plan::Basis> found;
    // Of a line drafted more than once, the last time.
    tx.each(R"sql(
        select n.line, c.id, c.title, n.learners, n.units,
               case when exists (select 1 from reach r where r.account = :actor and r.permission = :permission
                                   and r.unit = c.unit) then 1 else 0 end
        from plan_lines l
        join need_lines n on n.id = (select max(x.id) from need_lines x where x.line = l.id)
        join need_campaigns c on c.id = n.campaign
        where l.plan = :plan
        order by n.line)sql",
            {{"plan", plan}, {"actor", visit.actor.account}, {"permission", see_needs.name}},
            [&](const db::Row& row) {
                const std::string text =
                    visit.text("needs.basis", {row.text(2), i18n::number(visit.language, row.integer(3)),
                                               i18n::number(visit.language, row.integer(4))});
                const std::string url =
                    row.truth(5) ? "/needs/" + std::to_string(row.integer(1)) : std::string();
                found.push_back({row.id<plan::LineId>(0), text, url});
            });
    return found;
}

std::optional<std::int64_t> drafted_year(db::Read& tx, CampaignId campaign) {
    return tx.find<std::int64_t>(R"sql(
        select p.year from need_lines n join plan_versions v on v.id = n.version join plans p on p.id = v.plan
        where n.campaign = :campaign order by n.id desc limit 1)sql",
                                 {{"campaign", campaign}}, [](const db::Row& row) { return row.integer(0); });
}

}  // namespace tiendo::needs
