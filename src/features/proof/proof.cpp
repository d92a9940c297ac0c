#include "features/proof/proof.h"

#include <map>
#include <tuple>

#include "features/proof/replay.h"

namespace tiendo::proof {
namespace {

using Totals = std::map<std::tuple<std::int64_t, ledger::Measure, Date>, std::int64_t>;

// The same sums without the moment of recording.
Totals over_all_time(const TotalsByMoment& by_moment) {
    Totals totals;
    for (const auto& [key, quantity] : by_moment)
        totals[{std::get<0>(key), std::get<1>(key), std::get<2>(key)}] += quantity;
    return totals;
}

struct Posted {
    TotalsByMoment sums;
    Totals count;  // of postings
};
Posted sums_of_postings(db::Read& tx) {
    Posted posted;
    tx.each(R"sql(
        select coalesce(plan_line, cohort), measure, effective_on, recorded_at, cast(sum(quantity) as bigint),
               count(*)
        from postings group by coalesce(plan_line, cohort), measure, effective_on, recorded_at)sql",
            {}, [&](const db::Row& row) {
                const auto measure = *ledger::parse_measure(row.view(1));
                posted.sums[{row.integer(0), measure, row.date(2), row.instant(3)}] = row.integer(4);
                posted.count[{row.integer(0), measure, row.date(2)}] += row.integer(5);
            });
    return posted;
}

struct Kept {
    Totals sums, count;
};
Kept day_totals(db::Read& tx) {
    Kept kept;
    tx.each(R"sql(select account, measure, effective_on, quantity, postings from day_totals)sql", {},
            [&](const db::Row& row) {
                const std::tuple key(row.integer(0), *ledger::parse_measure(row.view(1)), row.date(2));
                kept.sums[key] = row.integer(3);
                kept.count[key] = row.integer(4);
            });
    return kept;
}

// Every key on which the two differ; an absent one is 0.
template <class Map, class Report>
void compare(const Map& postings, const Map& other, Report report) {
    for (const auto& [key, quantity] : postings) {
        const auto found = other.find(key);
        const std::int64_t there = found == other.end() ? 0 : found->second;
        if (there != quantity) report(key, quantity, there);
    }
    for (const auto& [key, quantity] : other)
        if (quantity != 0 && !postings.contains(key)) report(key, std::int64_t{0}, quantity);
}

}  // namespace

Proof verify(db::Read& tx) {
    Proof proof;
    const Posted posted = sums_of_postings(tx);
    const Totals posted_totals = over_all_time(posted.sums);
    const Kept kept = day_totals(tx);
    const Replay replayed = replay(tx);
    proof.stale_facts = replayed.stale_facts;

    const auto differ = [&](std::int64_t account, ledger::Measure measure, Date day, const char* what,
                            std::int64_t postings, std::int64_t other) {
        constexpr std::int64_t listed_at_most = 100;
        if (++proof.differing <= listed_at_most)
            proof.differences.push_back({account, measure, day, what, postings, other});
    };
    const auto differ_in = [&](const char* what) {
        return [&, what](const auto& key, std::int64_t postings, std::int64_t other) {
            differ(std::get<0>(key), std::get<1>(key), std::get<2>(key), what, postings, other);
        };
    };
    compare(posted_totals, kept.sums, differ_in("day_totals"));
    compare(posted.count, kept.count, differ_in("day_totals_postings"));
    // With the moment of recording: what was known at any moment is proved too, not only what is known now.
    compare(posted.sums, replayed.totals, differ_in("rebuilt"));

    std::map<ledger::Measure, Balance> balances;
    const auto balance = [&](ledger::Measure measure) -> Balance& {
        Balance& found = balances[measure];
        found.measure = measure;
        return found;
    };
    for (const auto& [key, quantity] : posted_totals) balance(std::get<1>(key)).postings += quantity;
    for (const auto& [key, quantity] : kept.sums) balance(std::get<1>(key)).day_totals += quantity;
    for (const auto& [key, quantity] : replayed.totals) balance(std::get<1>(key)).rebuilt += quantity;
    for (const auto& [measure, found] : balances) proof.balances.push_back(found);
    proof.trail = audit::check_chain(tx);
    return proof;
}

Value to_value(const Proof& proof) {
    return Value::object(
        {{"balanced", proof.balanced()},
         {"measures", list_of(proof.balances,
                              [](const Balance& balance) {
                                  return Value::object({{"measure", ledger::to_text(balance.measure)},
                                                        {"postings", balance.postings},
                                                        {"day_totals", balance.day_totals},
                                                        {"rebuilt", balance.rebuilt}});
                              })},
         {"differing", proof.differing},
         {"differences", list_of(proof.differences,
                                 [](const Difference& difference) {
                                     return Value::object({{"account", std::to_string(difference.account)},
                                                           {"measure", ledger::to_text(difference.measure)},
                                                           {"effective_on", difference.effective_on},
                                                           {"what", difference.what},
                                                           {"postings", difference.postings},
                                                           {"other", difference.other}});
                                 })},
         {"stale_facts", proof.stale_facts},
         {"audit_rows", proof.trail.rows},
         {"audit_first_broken", proof.trail.first_broken}});
}

}  // namespace tiendo::proof
