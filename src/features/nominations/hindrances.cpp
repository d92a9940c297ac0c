// What else stands in the way of a nomination: other cohorts of the same person.
#include "features/nominations/nominations_store.h"

namespace tiendo::nominations {
namespace {

// The days of a cohort as far as they are known; a month is no day.
std::optional<Date> first_day_of(const cohorts::Cohort& cohort) {
    if (cohort.facts.opened_on) return cohort.facts.opened_on;
    const auto& planned = cohort.planned_opens_on;
    return planned && planned->precision == Precision::day ? std::optional(planned->date) : std::nullopt;
}

}  // namespace

std::map<NominationId, Hindrance> hindrances(db::Read& tx, const Call& call) {
    std::map<NominationId, Hindrance> found;
    const auto note = [&](const db::Row& row) {
        found.emplace(row.id<NominationId>(0), Hindrance{row.text(1), row.text(2)});
    };
    // A place in another cohort of the programme that has not ended comes before everything else. One that is
    // wanted less, on a roster that is not locked yet, is given up for this one.
    tx.each(R"sql(
        select n.id, 'placed', c.code
        from nominations n
        join nominations o on o.person = n.person and o.call <> n.call and o.state = 'admitted'
        join calls k on k.id = o.call
        join cohorts c on c.id = k.cohort
        where n.call = :call and c.programme = :programme and c.closed_on is null and c.cancelled_on is null
          and not (o.choice > n.choice and k.locked_at is null and c.opened_on is null)
        order by n.id, c.code)sql",
            {{"call", call.id}, {"programme", call.cohort.programme.id}}, note);
    const auto first = first_day_of(call.cohort);
    if (!first) return found;
    const Date last = call.cohort.facts.closed_on.value_or(call.cohort.planned_closes_on.value_or(*first));
    tx.each(R"sql(
        select n.id, 'same_days', c.code
        from nominations n
        join nominations o on o.person = n.person and o.call <> n.call
        join calls k on k.id = o.call
        join cohorts c on c.id = k.cohort
        where n.call = :call and c.programme <> :programme and c.cancelled_on is null
          and o.state not in ('refused', 'withdrawn', 'substituted')
          and (c.opened_on is not null or c.planned_precision = 'day')
          and coalesce(c.opened_on, c.planned_opens_on) <= :last
          and coalesce(c.closed_on, c.planned_closes_on, c.opened_on, c.planned_opens_on) >= :first
        union all
        select n.id, 'same_days', c.code
        from nominations n
        join participations s on s.person = n.person and s.withdrawn_on is null
        join cohorts c on c.id = s.cohort
        where n.call = :call and c.id <> :cohort and c.cancelled_on is null
          and (c.opened_on is not null or c.planned_precision = 'day')
          and coalesce(c.opened_on, c.planned_opens_on) <= :last
          and coalesce(c.closed_on, c.planned_closes_on, c.opened_on, c.planned_opens_on) >= :first
        order by 1, 3)sql",
            {{"call", call.id},
             {"cohort", call.cohort.id},
             {"programme", call.cohort.programme.id},
             {"first", *first},
             {"last", last}},
            note);
    return found;
}

}  // namespace tiendo::nominations
