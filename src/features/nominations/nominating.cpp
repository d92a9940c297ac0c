// Units nominate, answer and take back.
#include "features/nominations/nominating.h"

#include <algorithm>

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
    Nominating(db::Write& tx, const web::Actor& actor, const Call& call, std::span<const Sent> sent,
               const cohorts::Act& act)
        : tx_(tx), actor_(actor), call_(call), sent_(sent), act_(act) {
        for (std::size_t i = 0; i < sent.size(); ++i)
            if (place_.emplace(sent[i].person, i).second) people_.push_back(sent[i].person);
        used_ = used_quotas(nominations_of(tx, call.id));
        ranked_ = ranked_elsewhere(tx, call, people_);
    }

    std::vector<Answer> go() {
        for (const Nominee& nominee : all_within_reach()) take(nominee);
        insert_nominations(tx_, fresh_);
        insert_arrivals(tx_, actor_, arrivals_, act_);
        tell_hindrances();
        return std::move(answers_);
    }

 private:
    std::vector<Nominee> all_within_reach() {
        std::vector<Nominee> found = nominees(tx_, actor_, call_, people_);
        const auto may = [](const Nominee& nominee) { return nominee.may; };
        if (found.size() != people_.size() || !std::all_of(found.begin(), found.end(), may))
            throw web::NotFound{};
        // In the order in which they were named: the quota is filled from the top of the list.
        std::sort(found.begin(), found.end(), [&](const Nominee& a, const Nominee& b) {
            return place_.at(a.person) < place_.at(b.person);
        });
        return found;
    }

    void take(const Nominee& nominee) {
        const Sent& sent = sent_[place_.at(nominee.person)];
        Answer answer{.person = nominee.person, .full_name = nominee.full_name, .message = hindered(nominee)};
        answer.arguments = {nominee.full_name, call_.cohort.code};
        if (answer.message.empty()) tell_rank(sent, answer);
        answer.taken = answer.message.empty();
        if (answer.taken && sent.arrives == Arrives::late) {
            answer.message = "nomination.late";
            answer.arguments.push_back(to_text(day_of(call_.deadline, Offset{})));
            answer.arguments.push_back(local_text(call_.deadline, Offset{}).substr(11));
            record(nominee, sent, State::late);
        } else if (answer.taken) {
            const bool within =
                nominee.asked_unit && used_[*nominee.asked_unit] < quota_of(call_, *nominee.asked_unit);
            if (nominee.asked_unit) ++used_[*nominee.asked_unit];
            if (!within)
                answer.message = nominee.asked_unit ? "nomination.over_quota" : "nomination.unit_not_asked";
            if (nominee.asked_unit)
                answer.arguments.push_back(std::to_string(quota_of(call_, *nominee.asked_unit)));
            record(nominee, sent, within ? State::received : State::over_quota);
        }
        answers_.push_back(std::move(answer));
    }

    // One choice names one cohort of a programme: two first choices are none.
    void tell_rank(const Sent& sent, Answer& answer) const {
        const auto ranked = ranked_.find(answer.person);
        if (ranked == ranked_.end()) return;
        const auto same = ranked->second.find(sent.choice);
        if (same == ranked->second.end()) return;
        std::int64_t free = 1;
        while (ranked->second.contains(free)) ++free;
        answer.message = "nomination.choice_taken";
        answer.arguments = {answer.full_name, std::to_string(sent.choice), same->second,
                            std::to_string(free)};
    }

    void record(const Nominee& nominee, const Sent& sent, State state) {
        Nomination one{.id = nominee.before ? nominee.before->id : new_id<NominationId>(),
                       .call = call_.id,
                       .person = nominee.person,
                       .full_name = nominee.full_name,
                       .unit = nominee.unit,
                       .asked_unit = nominee.asked_unit,
                       .position = nominee.position,
                       .choice = sent.choice,
                       .state = state,
                       .finding = {},
                       .note = sent.note,
                       .received_at = sent.at,
                       .participation = std::nullopt};
        arrivals_.push_back({one.id, state, sent.document});
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
    const std::span<const Sent> sent_;
    const cohorts::Act& act_;
    std::vector<people::PersonId> people_;
    std::map<people::PersonId, std::size_t> place_;  // of each in what was sent
    std::map<organisations::UnitId, std::int64_t> used_;
    std::map<people::PersonId, Ranks> ranked_;
    std::map<people::PersonId, NominationId> by_person_;
    std::vector<Nomination> fresh_;
    std::vector<Arrival> arrivals_;
    std::vector<Answer> answers_;
};

}  // namespace

Outcome<Arrives> arrival(db::Read& tx, const web::Actor& actor, const Call& call, const cohorts::Act& act) {
    if (call.cohort.facts.cancelled_on || call.cohort.facts.closed_on)
        return Refusal{"", "call.cohort_is_over", {call.cohort.code}};
    const std::string_view state = state_at(call, act.at);
    const bool office = may_change(tx, actor, call.cohort);
    if (state != "open" && office && act.reason.empty())
        return Refusal{
            "reason",
            "nomination.call_" + std::string(state) + "_office",
            {to_text(day_of(call.deadline, Offset{})), local_text(call.deadline, Offset{}).substr(11)}};
    return state == "open" || office ? Arrives::in_time : Arrives::late;
}

std::vector<Answer> take(db::Write& tx, const web::Actor& actor, const Call& call, std::span<const Sent> sent,
                         const cohorts::Act& act) {
    return Nominating(tx, actor, call, sent, act).go();
}

Outcome<std::vector<Answer>> nominate(db::Write& tx, const web::Actor& actor, const Call& seen,
                                      const Offer& offer, const cohorts::Act& act) {
    tx.lock("nominations", seen.cohort.programme.id.value);
    const Call call = require_for_books(tx, seen.id);
    const auto arrives = arrival(tx, actor, call, act);
    if (!arrives) return arrives.refusals();
    if (offer.people.empty()) return Refusal{"person", "nomination.nobody_chosen", {}};
    if (offer.choice < 1) return Refusal{"choice", "nomination.no_choice", {std::to_string(offer.choice)}};
    std::vector<Sent> sent;
    for (const people::PersonId person : offer.people)
        sent.push_back({person, offer.choice, offer.note, *arrives, act.at, act.source.document});
    auto answers = take(tx, actor, call, sent, act);
    const auto taken =
        std::count_if(answers.begin(), answers.end(), [](const Answer& answer) { return answer.taken; });
    audit::record(tx, actor, act.at,
                  {"nomination.nominate", "call", call.id.value,
                   Value::object({{"cohort", call.cohort.code},
                                  {"offered", offer.people.size()},
                                  {"taken", taken},
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
