#include "features/needs/needs.h"

#include <algorithm>
#include <set>

#include "features/needs/needs_store.h"
#include "platform/audit/audit.h"

namespace tiendo::needs {
namespace {

bool is_office(db::Read& tx, const web::Actor& actor, const Campaign& campaign) {
    return organisations::may(tx, actor, change_needs, campaign.unit);
}

std::optional<Refusal> refusal_of(const Window& window) {
    if (window.opens_on <= window.closes_on) return std::nullopt;
    return Refusal{
        "closes_on", "needs.closes_before_opening", {to_text(window.closes_on), to_text(window.opens_on)}};
}

}  // namespace

std::optional<Refusal> refusal_of_day(const Campaign& campaign, Date today, bool office,
                                      const std::string& reason) {
    const std::string_view state = state_on(campaign, today);
    if (state == "open") return std::nullopt;
    if (office && !reason.empty()) return std::nullopt;
    if (office) return Refusal{"reason", "needs.reason_outside_window", {}};
    if (state == "to_come") return Refusal{"", "needs.not_open_yet", {to_text(campaign.window.opens_on)}};
    return Refusal{"", "needs.closed", {to_text(campaign.window.closes_on)}};
}

std::string_view state_on(const Campaign& campaign, Date day) {
    if (day < campaign.window.opens_on) return "to_come";
    return day <= campaign.window.closes_on ? "open" : "closed";
}

Seen require_for_change(db::Write& tx, const web::Actor& actor, CampaignId id) {
    Seen seen = require(tx, actor, id);
    if (!is_office(tx, actor, seen.campaign)) throw web::Forbidden{};
    tx.lock("need campaign", id.value);
    return seen;
}

Asked require_asked(db::Read& tx, const web::Actor& actor, const Seen& seen, organisations::UnitId unit) {
    for (Asked& asked : asked_units(tx, actor, seen))
        if (asked.unit == unit) return asked;
    throw web::NotFound{};
}

Outcome<CampaignId> ask(db::Write& tx, const web::Actor& actor, const NewCampaign& campaign, Instant at) {
    if (campaign.title.empty()) return Refusal{"title", "needs.title_missing", {}};
    if (const auto wrong = refusal_of(campaign.window)) return *wrong;
    if (campaign.units.empty()) return Refusal{"units", "needs.nobody_asked", {}};
    if (campaign.programmes.empty()) return Refusal{"programmes", "needs.nothing_asked", {}};
    const auto unit = organisations::centre(tx).id;
    if (!organisations::may(tx, actor, change_needs, unit)) throw web::Forbidden{};
    const auto id = new_id<CampaignId>();
    insert_campaign(tx, actor, id, unit, campaign, at);
    audit::record(tx, actor, at,
                  {"needs.ask", "need_campaign", id.value,
                   Value::object({{"year", campaign.year},
                                  {"opens_on", campaign.window.opens_on},
                                  {"closes_on", campaign.window.closes_on},
                                  {"units", campaign.units.size()},
                                  {"programmes", campaign.programmes.size()}})});
    return id;
}

Outcome<Done> change_window(db::Write& tx, const web::Actor& actor, const Campaign& campaign, Window window,
                            const std::string& reason, Instant at) {
    if (const auto wrong = refusal_of(window)) return *wrong;
    if (reason.empty()) return Refusal{"reason", "needs.reason_required", {}};
    if (window == campaign.window) return Refusal{"closes_on", "needs.same_window", {}};
    insert_window(tx, actor, campaign.id, window, reason, at);
    audit::record(
        tx, actor, at,
        {"needs.change_window", "need_campaign", campaign.id.value,
         Value::object(
             {{"opens_on", window.opens_on}, {"closes_on", window.closes_on}, {"reason", reason}})});
    return Done{};
}

Outcome<Done> answer(db::Write& tx, const web::Actor& actor, const Seen& seen, organisations::UnitId unit,
                     std::span<const Need> needs, const std::string& reason, Date today, Instant at) {
    const Campaign& campaign = seen.campaign;
    require_asked(tx, actor, seen, unit);
    const bool office = is_office(tx, actor, campaign);
    if (!office && !organisations::may(tx, actor, answer_needs, unit)) throw web::Forbidden{};
    tx.lock("need campaign", campaign.id.value);
    // The window may have been moved while this one waited.
    if (const auto wrong = refusal_of_day(require(tx, actor, campaign.id).campaign, today, office, reason))
        return *wrong;
    if (needs.empty()) return Refusal{"", "needs.nothing_answered", {}};
    std::vector<Said> said;
    for (const Need& need : needs) said.push_back({unit, need});
    record_answers(tx, actor, campaign, said, reason, std::nullopt, at);
    return Done{};
}

Recorded record_answers(db::Write& tx, const web::Actor& actor, const Campaign& campaign,
                        std::span<const Said> said, const std::string& reason,
                        std::optional<documents::DocumentId> document, Instant at) {
    const Held before = held(tx, campaign.id);
    Recorded recorded;
    std::vector<Said> anew;
    std::set<organisations::UnitId> units;
    std::int64_t learners = 0;
    for (const Said& one : said) {
        const auto known = before.find({one.unit, one.need.programme});
        if (known != before.end() && known->second == one.need) {
            ++recorded.unchanged;
            continue;
        }
        ++(known == before.end() ? recorded.added : recorded.changed);
        learners += one.need.learners;
        units.insert(one.unit);
        anew.push_back(one);
    }
    if (anew.empty()) return recorded;
    insert_answers(tx, actor, campaign.id, anew, reason, document, at);
    Value detail = Value::object({{"rows", anew.size()}, {"learners", learners}});
    detail.set(units.size() == 1 ? "unit" : "units",
               units.size() == 1 ? Value(*units.begin()) : Value(units.size()));
    if (document) detail.set("document", *document);
    if (!reason.empty()) detail.set("reason", reason);
    audit::record(tx, actor, at, {"needs.answer", "need_campaign", campaign.id.value, std::move(detail)});
    return recorded;
}

std::int64_t cohorts_for(std::int64_t learners, std::int64_t size) {
    return size <= 0 ? 0 : (learners + size - 1) / size;
}

Outcome<int> draft(db::Write& tx, const web::Actor& actor, const Seen& seen, const DraftedPlan& drafted,
                   Instant at) {
    const Campaign& campaign = seen.campaign;
    if (drafted.lines.empty()) return Refusal{"", "needs.nothing_drafted", {}};
    plan::Draft laid{.year = campaign.year,
                     .effective_on = drafted.effective_on,
                     .approval = {.id = {},
                                  .kind = "plan_approval",
                                  .title = drafted.document_number,
                                  .number = drafted.document_number},
                     .note = drafted.note};
    const auto plan = plan::find_plan(tx, actor, campaign.year);
    const auto versions = plan ? plan::versions(tx, plan->id) : std::vector<plan::Version>{};
    if (!versions.empty()) laid.lines = plan::lines(tx, versions.back().id);
    for (const Drafted& one : drafted.lines) {
        const auto of_it = [&](const plan::Line& line) { return line.programme.id == one.programme.id; };
        const auto lines = std::count_if(laid.lines.begin(), laid.lines.end(), of_it);
        if (lines > 1)
            return Refusal{"cohorts-" + one.programme.code,
                           "needs.several_lines",
                           {one.programme.name, std::to_string(lines)}};
        if (lines == 0) laid.lines.push_back({.programme = one.programme});
        std::find_if(laid.lines.begin(), laid.lines.end(), of_it)->targets = one.targets;
    }
    const auto adopted = plan::adopt(tx, actor, laid, {}, at);
    if (!adopted) return adopted.refusals();
    const plan::Version newest = plan::versions(tx, adopted->plan).back();
    const auto asked = sums(tx, actor, seen);
    for (const plan::Line& line : plan::lines(tx, newest.id))
        for (const Drafted& one : drafted.lines)
            for (const Sum& sum : asked)
                if (line.programme.id == one.programme.id && sum.programme.id == one.programme.id)
                    insert_line(tx, actor, campaign.id, newest.id, line.id, sum, at);
    audit::record(
        tx, actor, at,
        {"needs.draft", "need_campaign", campaign.id.value,
         Value::object(
             {{"year", campaign.year}, {"version", newest.number}, {"lines", drafted.lines.size()}})});
    return newest.number;
}

}  // namespace tiendo::needs
