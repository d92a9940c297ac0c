// Units nominate, answer and take back.
#include <algorithm>
#include <set>

#include "features/nominations/nominations_store.h"
#include "features/nominations/places.h"
#include "platform/audit/audit.h"

namespace tiendo::nominations {
namespace {

// How many live nominations each asked unit has.
std::map<organisations::UnitId, std::int64_t> used_quotas(const std::vector<Nomination>& nominations) {
    std::map<organisations::UnitId, std::int64_t> used;
    for (const Nomination& one : nominations)
        if (one.asked_unit && is_live(one.state) && one.state != State::late) ++used[*one.asked_unit];
    return used;
}

std::int64_t quota_of(const Call& call, organisations::UnitId unit) {
    for (const Quota& quota : call.quotas)
        if (quota.unit == unit) return quota.quota;
    return 0;
}

// Whom the call cannot take, and why; empty when it can.
std::string hindered(const Nominee& nominee) {
    if (nominee.on_roster) return "nomination.on_roster";
    if (!nominee.before || nominee.before->state == State::withdrawn ||
        nominee.before->state == State::substituted)
        return "";
    return nominee.before->state == State::refused ? "nomination.refused_before"
                                                   : "nomination.already_nominated";
}

// What happens in the transaction, person by person.
class Nominating {
 public:
    enum class Arrives { in_time, late };
    Nominating(db::Write& tx, const web::Actor& actor, const Call& call, const Offer& offer, Arrives arrives,
               const cohorts::Act& act)
        : tx_(tx), actor_(actor), call_(call), offer_(offer), arrives_(arrives), act_(act) {
        used_ = used_quotas(nominations_of(tx, call.id));
        ranked_ = ranked_elsewhere(tx, call, offer.people);
    }

    std::vector<Answer> go() {
        for (const Nominee& nominee : all_within_reach()) take(nominee);
        insert_nominations(tx_, fresh_);
        insert_events(tx_, actor_, received_, "received", "", act_);
        insert_events(tx_, actor_, over_quota_, "over_quota", "", act_);
        insert_events(tx_, actor_, late_, "late", "", act_);
        tell_hindrances();
        return std::move(answers_);
    }
    std::size_t taken() const { return received_.size() + over_quota_.size() + late_.size(); }

 private:
    std::vector<Nominee> all_within_reach() {
        std::vector<people::PersonId> asked = offer_.people;
        std::sort(asked.begin(), asked.end());
        asked.erase(std::unique(asked.begin(), asked.end()), asked.end());
        std::vector<Nominee> found = nominees(tx_, actor_, call_, asked);
        const auto may = [](const Nominee& nominee) { return nominee.may; };
        if (found.size() != asked.size() || !std::all_of(found.begin(), found.end(), may))
            throw web::NotFound{};
        // In the order in which they were named: the quota is filled from the top of the list.
        std::sort(found.begin(), found.end(), [&](const Nominee& a, const Nominee& b) {
            return place_of(a.person) < place_of(b.person);
        });
        return found;
    }
    std::size_t place_of(people::PersonId person) const {
        return static_cast<std::size_t>(std::find(offer_.people.begin(), offer_.people.end(), person) -
                                        offer_.people.begin());
    }

    void take(const Nominee& nominee) {
        Answer answer{.person = nominee.person, .full_name = nominee.full_name, .message = hindered(nominee)};
        answer.arguments = {nominee.full_name, call_.cohort.code};
        if (answer.message.empty()) tell_rank(answer);
        answer.taken = answer.message.empty();
        if (answer.taken && arrives_ == Arrives::late) {
            answer.message = "nomination.late";
            answer.arguments.push_back(to_text(day_of(call_.deadline, Offset{})));
            answer.arguments.push_back(local_text(call_.deadline, Offset{}).substr(11));
            record(nominee, State::late);
        } else if (answer.taken) {
            const bool within =
                nominee.asked_unit && used_[*nominee.asked_unit] < quota_of(call_, *nominee.asked_unit);
            if (nominee.asked_unit) ++used_[*nominee.asked_unit];
            if (!within)
                answer.message = nominee.asked_unit ? "nomination.over_quota" : "nomination.unit_not_asked";
            if (nominee.asked_unit)
                answer.arguments.push_back(std::to_string(quota_of(call_, *nominee.asked_unit)));
            record(nominee, within ? State::received : State::over_quota);
        }
        answers_.push_back(std::move(answer));
    }

    // One choice names one cohort of a programme: two first choices are none.
    void tell_rank(Answer& answer) const {
        const auto ranked = ranked_.find(answer.person);
        if (ranked == ranked_.end()) return;
        const auto same = ranked->second.find(offer_.choice);
        if (same == ranked->second.end()) return;
        std::int64_t free = 1;
        while (ranked->second.contains(free)) ++free;
        answer.message = "nomination.choice_taken";
        answer.arguments = {answer.full_name, std::to_string(offer_.choice), same->second,
                            std::to_string(free)};
    }

    void record(const Nominee& nominee, State state) {
        Nomination one{.id = nominee.before ? nominee.before->id : new_id<NominationId>(),
                       .call = call_.id,
                       .person = nominee.person,
                       .full_name = nominee.full_name,
                       .unit = nominee.unit,
                       .asked_unit = nominee.asked_unit,
                       .position = nominee.position,
                       .choice = offer_.choice,
                       .state = state,
                       .finding = {},
                       .note = offer_.note,
                       .received_at = act_.at,
                       .participation = std::nullopt};
        (state == State::received ? received_ : state == State::late ? late_ : over_quota_).push_back(one.id);
        if (nominee.before)
            receive_again(tx_, one);
        else
            fresh_.push_back(one);
        by_person_[nominee.person] = one.id;
    }

    void tell_hindrances() {
        const auto found = hindrances(tx_, call_);
        for (Answer& answer : answers_) {
            const auto id = by_person_.find(answer.person);
            const auto hindrance = id == by_person_.end() ? found.end() : found.find(id->second);
            if (hindrance == found.end() || !answer.message.empty()) continue;
            answer.message = "nomination." + hindrance->second.kind;
            answer.arguments = {answer.full_name, hindrance->second.cohort};
        }
    }

    db::Write& tx_;
    const web::Actor& actor_;
    const Call& call_;
    const Offer& offer_;
    const Arrives arrives_;
    const cohorts::Act& act_;
    std::map<organisations::UnitId, std::int64_t> used_;
    std::map<people::PersonId, Ranks> ranked_;
    std::map<people::PersonId, NominationId> by_person_;
    std::vector<Nomination> fresh_;
    std::vector<NominationId> received_, over_quota_, late_;
    std::vector<Answer> answers_;
};

}  // namespace

Outcome<std::vector<Answer>> nominate(db::Write& tx, const web::Actor& actor, const Call& seen,
                                      const Offer& offer, const cohorts::Act& act) {
    tx.lock("nominations", seen.cohort.programme.id.value);
    const Call call = require_for_books(tx, seen.id);
    if (call.cohort.facts.cancelled_on || call.cohort.facts.closed_on)
        return Refusal{"", "call.cohort_is_over", {call.cohort.code}};
    const std::string_view state = state_at(call, act.at);
    const bool office = may_change(tx, actor, call.cohort);
    if (state != "open" && office && act.reason.empty())
        return Refusal{
            "reason",
            "nomination.call_" + std::string(state) + "_office",
            {to_text(day_of(call.deadline, Offset{})), local_text(call.deadline, Offset{}).substr(11)}};
    if (offer.people.empty()) return Refusal{"person", "nomination.nobody_chosen", {}};
    if (offer.choice < 1) return Refusal{"choice", "nomination.no_choice", {std::to_string(offer.choice)}};
    using Arrives = Nominating::Arrives;
    const Arrives arrives = state == "open" || office ? Arrives::in_time : Arrives::late;
    Nominating nominating(tx, actor, call, offer, arrives, act);
    auto answers = nominating.go();
    audit::record(tx, actor, act.at,
                  {"nomination.nominate", "call", call.id.value,
                   Value::object({{"cohort", call.cohort.code},
                                  {"offered", offer.people.size()},
                                  {"taken", nominating.taken()},
                                  {"reason", act.reason}})});
    return answers;
}

Outcome<Done> answer(db::Write& tx, const web::Actor& actor, const Nomination& seen,
                     const cohorts::Act& act) {
    const Call call = locked_call(tx, seen);
    const Nomination nomination = again(tx, seen.id);
    if (!organisations::may(tx, actor, nominate_people, nomination.unit)) throw web::Forbidden{};
    if (nomination.state != State::needs_document) return Refusal{"", "nomination.not_asked", {}};
    if (act.reason.empty()) return Refusal{"reason", "nomination.reason_required", {}};
    move(tx, actor, std::vector{nomination.id}, {"answered", State::received}, act);
    audit::record(tx, actor, act.at,
                  {"nomination.answer", "nomination", nomination.id.value, Value::object()});
    return Done{};
}

Outcome<Done> withdraw(db::Write& tx, const web::Actor& actor, const Nomination& seen, Date today,
                       const cohorts::Act& act) {
    const Call call = locked_call(tx, seen);
    const Nomination nomination = again(tx, seen.id);
    const bool office = may_change(tx, actor, call.cohort);
    if (!office && !organisations::may(tx, actor, nominate_people, nomination.unit)) throw web::Forbidden{};
    if (!is_live(nomination.state)) return Refusal{"", "nomination.not_live", {nomination.full_name}};
    if (!office && call.locked_at) return Refusal{"", "nomination.call_locked", {}};
    if (act.reason.empty()) return Refusal{"reason", "nomination.reason_required", {}};
    move(tx, actor, std::vector{nomination.id}, {"withdrawn", State::withdrawn}, act);
    audit::record(
        tx, actor, act.at,
        {"nomination.withdraw", "nomination", nomination.id.value, Value::object({{"reason", act.reason}})});
    after_change(tx, actor, call, today, act);
    return Done{};
}

}  // namespace tiendo::nominations
