#include "features/nominations/grounds.h"

#include <algorithm>

#include "platform/audit/audit.h"

namespace tiendo::nominations {
namespace {

Judging& judging() {
    static Judging judging;
    return judging;
}

bool is_failing(const Judged& judged) { return !judged.failing.empty(); }

Refusals wrong_with(const Examined& examined, bool waives) {
    Refusals wrong;
    for (std::size_t i = 0; i < examined.found.size(); ++i)
        for (const Failing& one : examined.found[i].failing)
            if (!one.waivable)
                wrong.push_back({"",
                                 "nomination.fails_for_good",
                                 {examined.who[i].full_name, one.rule, one.message, one.basis}});
            else if (!waives)
                wrong.push_back(
                    {"reason", "nomination.fails", {examined.who[i].full_name, one.rule, one.message}});
    return wrong;
}

}  // namespace

void judge_by(Judging by) { judging() = std::move(by); }

std::vector<Judged> judged(db::Read& tx, const web::Actor& actor, const Call& call,
                           std::span<const Nomination> nominations, Date today, Wanting wanting) {
    if (!judging().judge || nominations.empty()) return {};
    std::vector<people::PersonId> people;
    for (const Nomination& one : nominations) people.push_back(one.person);
    return judging().judge(tx, actor, {call.cohort, people, today, wanting});
}

std::string finding_of(const std::vector<Judged>& all, std::size_t i) {
    if (i >= all.size() || !all[i].eligible) return "unknown";
    return *all[i].eligible ? "eligible" : "ineligible";
}

Value told(const web::Visit& visit, const ToTell& asked) {
    if (asked.grounds.empty() || !judging().tell) return Value::list();
    return judging().tell(visit, asked);
}

Examined Examined::only(std::span<const NominationId> which) const {
    std::map<NominationId, std::size_t> places;
    for (std::size_t i = 0; i < who.size(); ++i) places[who[i].id] = i;
    Examined some;
    for (const NominationId id : which) {
        const std::size_t place = places.at(id);
        some.who.push_back(who[place]);
        if (place < found.size()) some.found.push_back(found[place]);
    }
    return some;
}

Examined examine(db::Read& tx, const web::Actor& actor, const Call& call, std::vector<Nomination> who,
                 Date today) {
    auto found = judged(tx, actor, call, who, today, Wanting::grounds);
    return {std::move(who), std::move(found)};
}

Outcome<Examined> let_off(db::Write& tx, const web::Actor& actor, const Call& call, Examined examined,
                          Date today, const cohorts::Act& act) {
    const bool waives = !act.reason.empty() && act.source.document;
    if (Refusals wrong = wrong_with(examined, waives); !wrong.empty()) return wrong;
    if (std::none_of(examined.found.begin(), examined.found.end(), is_failing)) return examined;
    std::vector<ToWaive::Pair> pairs;
    for (std::size_t i = 0; i < examined.found.size(); ++i)
        for (const Failing& one : examined.found[i].failing)
            pairs.push_back({examined.who[i].person, one.rule});
    if (const auto waived = judging().waive(tx, actor, {call.cohort, pairs, act}); !waived)
        return waived.refusals();
    return examine(tx, actor, call, std::move(examined.who), today);
}

void decide_on(db::Write& tx, const web::Actor& actor, const Call& call, const Examined& examined,
               const Step& step, const cohorts::Act& act) {
    std::map<std::string, std::vector<NominationId>> by_finding;
    std::map<NominationId, std::string_view> grounds;
    std::vector<audit::Act> entries;
    for (std::size_t i = 0; i < examined.who.size(); ++i) {
        const NominationId id = examined.who[i].id;
        const std::string finding = examined.finding(i);
        by_finding[finding].push_back(id);
        if (i < examined.found.size()) grounds[id] = examined.found[i].grounds;
        // No name and no fact: the trail is read by more people than the nomination.
        entries.push_back({"nomination.decide", "nomination", id.value,
                           Value::object({{"call", call.id},
                                          {"decision", step.kind},
                                          {"finding", finding},
                                          {"reason", act.reason},
                                          {"document", act.source.document}})});
    }
    for (const auto& [finding, ids] : by_finding)
        keep_grounds(tx, move(tx, actor, ids, {step.kind, step.state, finding}, act), grounds);
    audit::record(tx, actor, act.at, entries);
}

}  // namespace tiendo::nominations
