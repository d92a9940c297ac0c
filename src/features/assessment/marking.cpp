// Marks as they come in: what may be said of whom, and what is new of it.
#include <algorithm>

#include "features/assessment/markers.h"
#include "platform/audit/audit.h"
#include "platform/auth/token.h"

namespace tiendo::assessment {
namespace {

const Component& require_component(const Assessment& assessment, ComponentId id) {
    for (const Component& component : assessment.scheme.components)
        if (component.id == id) return component;
    throw web::NotFound{};
}

std::optional<Mark> standing(const Attempts& attempts, const Said& said) {
    const auto at = static_cast<std::size_t>(said.attempt) - 1;
    if (at >= attempts.size()) return std::nullopt;
    switch (said.marker) {
        case Marker::first: return attempts[at].first;
        case Marker::second: return attempts[at].second;
        case Marker::agreed: break;
    }
    return attempts[at].agreed;
}

std::string field_of(const Said& said) {
    return "mark-" + (said.line.empty() ? to_text(said.participation) : said.line);
}

std::optional<Refusal> hindrance(const Component& component, const Attempts& attempts, const Said& said) {
    if (said.mark && *said.mark > component.scale_max)
        return Refusal{
            field_of(said), "assessment.above_scale", {to_text(*said.mark), to_text(component.scale_max)}};
    if (component.markers == 1 && said.marker != Marker::first)
        return Refusal{field_of(said), "assessment.one_marker", {component.name}};
    if (said.attempt == 1 || said.attempt <= static_cast<std::int64_t>(attempts.size())) return std::nullopt;
    const bool next = said.attempt == static_cast<std::int64_t>(attempts.size()) + 1;
    if (!next || !may_resit(component, attempts))
        return Refusal{
            field_of(said), "assessment.no_resit", {component.name, std::to_string(component.resits)}};
    return std::nullopt;
}

// After the decision a mark changes only with a reason, and the decision with it.
std::optional<Refusal> reason_missing(const Assessment& assessment, const cohorts::Act& act) {
    if (!assessment.locked_on || !act.reason.empty()) return std::nullopt;
    return Refusal{
        "reason", "assessment.locked_reason", {assessment.cohort.code, to_text(*assessment.locked_on)}};
}

}  // namespace

std::string_view to_text(Marker marker) {
    switch (marker) {
        case Marker::first: return "first";
        case Marker::second: return "second";
        case Marker::agreed: break;
    }
    return "agreed";
}

Outcome<std::int64_t> record_marks(db::Write& tx, const web::Actor& actor, const Assessment& assessment,
                                   ComponentId id, std::span<const Said> said, const cohorts::Act& act) {
    const Component& component = require_component(assessment, id);
    const Asking asking = require_asking(tx, actor, assessment);
    const Sheet sheet = sheet_of(tx, assessment.cohort.id, id);
    Markers markers;
    if (component.markers > 1) markers = markers_of(tx, assessment.cohort.id, id, sheet);
    bool anothers = false;
    std::vector<Said> news;
    Refusals refusals;
    for (const Said& one : said) {
        const auto learner = sheet.attempts.find(one.participation);
        if (learner == sheet.attempts.end()) throw web::NotFound{};  // on no roster of this cohort, or gone
        if (one.attempt < 1 || standing(learner->second, one) == one.mark) continue;
        if (auto refusal = hindrance(component, learner->second, one)) {
            refusals.push_back(*std::move(refusal));
            continue;
        }
        const Access access = access_to(component, markers, one.marker, asking);
        if (access == Access::closed) throw web::Forbidden{};
        anothers = anothers || access == Access::with_reason;
        news.push_back(one);
    }
    if (!news.empty())
        if (auto refusal = reason_missing(assessment, act)) refusals.push_back(*std::move(refusal));
    if (anothers && !assessment.locked_on && act.reason.empty())
        refusals.push_back({"reason", "assessment.anothers_sheet", {component.name}});
    if (!refusals.empty()) return refusals;
    const auto count = static_cast<std::int64_t>(news.size());
    if (news.empty()) return count;
    write_marks(tx, actor, id, sheet, news, act);
    Value detail = Value::object({{"component", component.code}, {"marks", count}});
    if (!act.reason.empty()) detail.set("reason", act.reason);
    audit::record(tx, actor, act.at, {"assessment.mark", "cohort", assessment.cohort.id.value, detail});
    if (assessment.locked_on) conclude_again(tx, actor, assessment, act);
    return count;
}

Outcome<std::int64_t> record_aims(db::Write& tx, const web::Actor& actor, const Assessment& assessment,
                                  std::span<const AimMark> said, const cohorts::Act& act) {
    require_asking(tx, actor, assessment);
    const auto before = aim_marks_of(tx, assessment.cohort.id);
    const Sheet sheet = sheet_of(tx, assessment.cohort.id, {});
    std::vector<AimMark> news;
    Refusals refusals;
    for (const AimMark& one : said) {
        if (!sheet.attempts.contains(one.participation)) throw web::NotFound{};
        const auto stands = before.find({one.participation, one.aim});
        if ((stands == before.end() ? std::nullopt : std::optional(stands->second)) == one.mark) continue;
        if (one.mark && *one.mark > ten_points)
            refusals.push_back({one.aim + "-" + to_text(one.participation),
                                "assessment.above_scale",
                                {to_text(*one.mark), to_text(ten_points)}});
        news.push_back(one);
    }
    if (!news.empty())
        if (auto refusal = reason_missing(assessment, act)) refusals.push_back(*std::move(refusal));
    if (!refusals.empty()) return refusals;
    const auto count = static_cast<std::int64_t>(news.size());
    if (news.empty()) return count;
    write_aim_marks(tx, actor, news, act);
    audit::record(tx, actor, act.at,
                  {"assessment.judge_aims", "cohort", assessment.cohort.id.value,
                   Value::object({{"marks", count}, {"reason", act.reason}})});
    return count;
}

Outcome<Done> hand_out_codes(db::Write& tx, const web::Actor& actor, const Assessment& assessment,
                             ComponentId id, const cohorts::Act& act) {
    const Component& component = require_component(assessment, id);
    if (!component.anonymous) return Refusal{"", "assessment.not_anonymous", {component.name}};
    const auto before = codes_of(tx, assessment.cohort.id, id);
    std::int64_t next = 100;  // three digits from the first paper on, which are never given twice
    for (const auto& [participation, code] : before) next = std::max(next, code);
    std::vector<std::pair<std::string, ParticipationId>> drawn;  // ordered by lot
    for (const auto& [participation, attempts] : sheet_of(tx, assessment.cohort.id, id).attempts)
        if (!before.contains(participation)) drawn.emplace_back(auth::new_token(), participation);
    if (drawn.empty()) return Done{};
    std::sort(drawn.begin(), drawn.end());
    std::map<ParticipationId, std::int64_t> codes;
    for (const auto& [lot, participation] : drawn) codes[participation] = ++next;
    write_codes(tx, id, codes);
    audit::record(tx, actor, act.at,
                  {"assessment.hand_out_codes", "cohort", assessment.cohort.id.value,
                   Value::object({{"component", component.code}, {"codes", codes.size()}})});
    return Done{};
}

}  // namespace tiendo::assessment
