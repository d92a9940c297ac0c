#include "features/nominations/nominations_presenter.h"

#include <algorithm>
#include <tuple>

#include "features/nominations/grounds.h"
#include "features/nominations/newcomers_store.h"
#include "platform/pages/paging.h"

namespace tiendo::nominations {
namespace {

// Days left until the deadline, today not counted; null when it has passed.
Value days_left(Instant deadline, Instant now, Offset offset) {
    if (deadline <= now) return {};
    return day_of(deadline, offset) - day_of(now, offset);
}

std::string wall_clock(Instant moment, Offset offset) {
    std::string text = local_text(moment, offset);  // 2017-06-20 08:00
    text[10] = 'T';
    return text;
}

Value judged_value(const std::vector<Judged>& all, std::size_t i) {
    return i < all.size() ? Value(finding_of(all, i)) : Value();
}

// What was found when it was decided holds; until then, what is found today.
bool is_decided(const Nomination& nomination) {
    return !nomination.finding.empty() && !awaits_decision(nomination.state);
}

// Of each, in order.
Value::List eligibility_of(const web::Visit& visit, db::Read& tx, const Call& call,
                           const std::vector<Listed>& rows) {
    std::vector<Nomination> undecided;
    for (const Listed& row : rows)
        if (!is_decided(row.nomination)) undecided.push_back(row.nomination);
    const auto found = judged(tx, visit.actor, call, undecided, visit.today(), Wanting::verdict);
    Value::List all;
    std::size_t next = 0;
    for (const Listed& row : rows)
        all.push_back(is_decided(row.nomination) ? Value(row.nomination.finding)
                                                 : judged_value(found, next++));
    return all;
}

// The decision that holds, of a history with the newest first; none where nobody kept what was found.
const Event* decision_of(const std::vector<Event>& events) {
    const auto found =
        std::find_if(events.begin(), events.end(), [](const Event& event) { return !event.grounds.empty(); });
    return found == events.end() ? nullptr : &*found;
}

// Whether both say the same of every rule; what was seen may have moved on, as ages do.
bool differ(const Value& one, const Value& other) {
    const auto found = [](const Value& rule) {
        return std::tuple(*rule["id"].text(), *rule["result"].text(), rule["waived"].is_null());
    };
    return !std::equal(one.list_items()->begin(), one.list_items()->end(), other.list_items()->begin(),
                       other.list_items()->end(),
                       [&](const Value& a, const Value& b) { return found(a) == found(b); });
}

Value row_value(const Listed& row) {
    const Nomination& one = row.nomination;
    return Value::object({{"id", one.id},
                          {"person", one.person},
                          {"full_name", row.person.full_name},
                          {"birth_date", people::birth_text(row.person)},
                          {"sex", row.person.sex},
                          {"national_id", people::masked(row.person.national_id)},
                          {"unit", row.unit_name},
                          {"asked_unit", row.asked_unit_name},
                          {"position", one.position},
                          {"choice", one.choice},
                          {"state", to_text(one.state)},
                          {"finding", one.finding},
                          {"note", one.note},
                          {"received_at", one.received_at},
                          {"participation", one.participation},
                          {"substitute", row.substitute}});
}

Value hindrance_value(const std::map<NominationId, Hindrance>& all, NominationId id) {
    const auto found = all.find(id);
    if (found == all.end()) return {};
    return Value::object({{"kind", found->second.kind}, {"cohort", found->second.cohort}});
}

}  // namespace

Value to_value(const ListedCall& call, Instant now, Offset offset) {
    const bool open = !call.is_over && !call.is_locked && now < call.deadline;
    return Value::object(
        {{"id", call.id},
         {"cohort", Value::object({{"id", call.cohort}, {"code", call.code}})},
         {"programme", call.programme},
         {"planned_opens_on", call.opens_on ? Value(cohorts::to_text(*call.opens_on)) : Value()},
         {"deadline", call.deadline},
         {"days_left", call.is_over ? Value() : days_left(call.deadline, now, offset)},
         {"state", call.is_over     ? "over"
                   : call.is_locked ? "locked"
                   : open           ? "open"
                                    : "closed"},
         {"places", call.places},
         {"asked", call.asked},
         {"answered", call.answered},
         {"quota", call.quota},
         {"nominated", call.nominated},
         {"admitted", call.admitted},
         {"asked_again", call.asked_again == 0 ? Value() : Value(call.asked_again)},
         {"newcomers_waiting", call.newcomers_waiting == 0 ? Value() : Value(call.newcomers_waiting)}});
}

Value to_value(const UnitAnswer& answer) {
    return Value::object({{"id", answer.unit},
                          {"unit", answer.name},
                          {"quota", answer.quota},
                          {"nominated", answer.nominated},
                          {"admitted", answer.admitted},
                          {"wait_listed", answer.wait_listed},
                          {"answered", answer.has_answered}});
}

// What follows from another's act by rule has nobody's name: it may be an officer of another unit.
Value to_value(const Event& event) {
    const bool by_rule = event.kind == "moved_up" || event.kind == "passed_over";
    return Value::object({{"id", std::to_string(event.id)},
                          {"kind", event.kind},
                          {"finding", event.finding},
                          {"recorded_at", event.recorded_at},
                          {"by_rule", by_rule},
                          {"recorded_by", by_rule ? "" : event.recorded_by},
                          {"reason", event.reason},
                          {"document", event.document},
                          {"document_title", event.document_title}});
}

Value to_value(const web::Visit& visit, const std::vector<Answer>& answers) {
    return list_of(answers, [&](const Answer& answer) {
        const Refusal told{"", answer.message.empty() ? "nomination.received" : answer.message,
                           answer.message.empty() ? std::vector{answer.full_name} : answer.arguments};
        return Value::object({{"person", answer.person},
                              {"full_name", answer.full_name},
                              {"taken", answer.taken},
                              {"plain", answer.message.empty()},
                              {"message", visit.site.texts.text(visit.language, told)}});
    });
}

Value call_value(const web::Visit& visit, db::Read& tx, const Call& call) {
    const auto counted = states(tx, visit.actor, call.id);
    const auto answers = unit_answers(tx, visit.actor, call.id);
    const auto count = [&](State state) {
        const auto found = counted.find(state);
        return found == counted.end() ? std::int64_t{0} : found->second;
    };
    std::int64_t quota = 0, answered = 0, nominated = 0;
    for (const UnitAnswer& answer : answers) {
        quota += answer.quota;
        answered += answer.has_answered ? 1 : 0;
    }
    for (const auto& [state, number] : counted)
        if (is_live(state)) nominated += number;
    const auto& planned = call.cohort.planned_opens_on;
    const auto organiser = organisations::find_unit(tx, call.cohort.organiser_unit);
    const bool whole = organisations::may(tx, visit.actor, see_nominations, call.cohort.organiser_unit);
    const std::int64_t taken = places_taken(tx, call);
    return Value::object(
        {{"id", call.id},
         {"cohort", Value::object({{"id", call.cohort.id}, {"code", call.cohort.code}})},
         {"programme", call.cohort.programme.name},
         {"organiser", organiser ? organiser->name : ""},
         {"place", call.cohort.place},
         {"planned_opens_on", planned ? Value(cohorts::to_text(*planned)) : Value()},
         {"planned_closes_on", call.cohort.planned_closes_on},
         {"opened_on", call.cohort.facts.opened_on},
         {"state", state_at(call, visit.now)},
         {"deadline", call.deadline},
         {"deadline_local", wall_clock(call.deadline, visit.offset)},
         {"days_left",
          state_at(call, visit.now) == "over" ? Value() : days_left(call.deadline, visit.now, visit.offset)},
         {"locked_at", call.locked_at},
         {"notice_days", call.notice_days},
         {"letter_number", call.letter_number},
         {"letter_text", call.letter_text},
         {"places", call.places},
         {"places_free", whole ? Value(std::max<std::int64_t>(call.places - taken, 0)) : Value()},
         {"quota", quota},
         {"asked", answers.size()},
         {"answered", answered},
         {"nominated", nominated},
         {"admitted", count(State::admitted)},
         {"wait_listed", count(State::wait_listed)},
         {"newcomers_waiting", count_newcomers(tx, visit.actor, call.id).waiting},
         {"units", list_of(answers, [](const UnitAnswer& answer) { return to_value(answer); })},
         {"states", list_of(counted, [](const auto& one) {
              return Value::object({{"state", to_text(one.first)}, {"count", one.second}});
          })}});
}

Value list_value(const web::Visit& visit, db::Read& tx, const Call& call) {
    Wanted wanted{.state = parse_state(visit.request.asked("state")), .after = {}};
    const pages::Place begun = pages::place_of(visit.request, 1);
    if (begun.number(0) != 0) wanted.after = NominationId{begun.number(0)};
    const auto rows = listed(tx, visit.actor, call.id, wanted);
    Value::List eligibility = eligibility_of(visit, tx, call, rows);
    const auto hindered = hindrances(tx, call);
    std::int64_t total = 0;
    for (const auto& [state, number] : states(tx, visit.actor, call.id))
        if (!wanted.state || *wanted.state == state) total += number;
    Value list = Value::list();
    for (std::size_t i = 0; i < rows.size(); ++i)
        list.push(row_value(rows[i])
                      .set("ordinal", begun.seen + static_cast<std::int64_t>(i) + 1)
                      .set("eligibility", std::move(eligibility[i]))
                      .set("live", is_live(rows[i].nomination.state))
                      .set("hindrance", is_live(rows[i].nomination.state)
                                            ? hindrance_value(hindered, rows[i].nomination.id)
                                            : Value()));
    return Value::object(
        {{"count", total},
         {"nominations", std::move(list)},
         {"paging", pages::paging(visit.request, begun, static_cast<std::int64_t>(rows.size()), total,
                                  {rows.empty() ? "" : to_text(rows.back().nomination.id)})}});
}

namespace {

// The rules as they were judged when the office decided, and today's judgement apart; until it has, today's.
Value with_judgement(Value value, const web::Visit& visit, db::Read& tx, const Call& call,
                     const Nomination& nomination, const std::vector<Event>& events,
                     people::Sensitive sensitive) {
    const std::vector<Nomination> alone{nomination};
    const auto found = judged(tx, visit.actor, call, alone, visit.today(), Wanting::grounds);
    const auto tell = [&](std::string_view grounds, const cohorts::Cohort* waived_for) {
        return told(visit, {grounds, nomination.person, sensitive, waived_for});
    };
    const cohorts::Cohort* here = is_live(nomination.state) ? &call.cohort : nullptr;
    const Event* decision = is_decided(nomination) ? decision_of(events) : nullptr;
    Value rules = tell(found.empty() ? "" : found.front().grounds, here), today;
    if (decision) {
        Value then = tell(decision->grounds, nullptr);
        const bool differs = differ(then, rules);
        today = Value::object(
            {{"eligibility", judged_value(found, 0)}, {"differs", differs}, {"rules", std::move(rules)}});
        // Where nothing has changed there is one table, and a rule is waived from it.
        rules = differs ? std::move(then) : tell(decision->grounds, here);
    }
    return std::move(value)
        .set("eligibility", is_decided(nomination) ? Value(nomination.finding) : judged_value(found, 0))
        .set("has_rules", !rules.list_items()->empty())
        .set("rules", std::move(rules))
        .set("decision", decision ? to_value(*decision) : Value())
        .set("today", std::move(today))
        .set("events", list_of(events, [&](const Event& event) {
                 Value judged;
                 if (!event.grounds.empty())
                     judged = Value::object({{"rules", tell(event.grounds, nullptr)}});
                 return to_value(event).set("judged", std::move(judged));
             }));
}

}  // namespace

Value nomination_value(const web::Visit& visit, db::Read& tx, NominationId id, people::Sensitive sensitive) {
    const Listed row = require_listed(tx, visit.actor, id);
    const Nomination& nomination = row.nomination;
    const Call call = require_for_books(tx, nomination.call);
    const auto hindered = hindrances(tx, call);
    const auto events = history(tx, id);
    const bool shown = sensitive == people::Sensitive::shown;
    const std::string& national_id = row.person.national_id;
    Value value = row_value(row)
                      .set("national_id", shown ? national_id : people::masked(national_id))
                      .set("live", is_live(nomination.state))
                      .set("call", Value::object({{"id", call.id}, {"state", state_at(call, visit.now)}}))
                      .set("cohort", Value::object({{"id", call.cohort.id}, {"code", call.cohort.code}}))
                      .set("programme", call.cohort.programme.name)
                      .set("hindrance", hindrance_value(hindered, id));
    return with_judgement(std::move(value), visit, tx, call, nomination, events, sensitive);
}

}  // namespace tiendo::nominations
