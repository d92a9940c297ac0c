#include "features/ledger/ledger.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>

namespace tiendo::ledger {
namespace {

constexpr std::array<std::pair<Measure, std::string_view>, 6> measure_names{{
    {Measure::cohorts_opened, "cohorts_opened"},
    {Measure::cohorts_closed, "cohorts_closed"},
    {Measure::learners_started, "learners_started"},
    {Measure::learners_completed, "learners_completed"},
    {Measure::periods_attended, "periods_attended"},
    {Measure::certificates_issued, "certificates_issued"},
}};

std::vector<Bookkeeper>& bookkeepers() {
    static std::vector<Bookkeeper> all;
    return all;
}

Posting posting_of(const db::Row& row) {
    return Posting{
        .id = row.id<PostingId>(0),
        .entry = {.measure = *parse_measure(row.view(1)),
                  .quantity = row.integer(2),
                  .effective_on = row.date(3),
                  .plan_line = row.maybe_id<Id<plan::Line>>(5),
                  .programme = row.id<Id<programmes::Programme>>(6),
                  .cohort = row.id<Id<cohorts::Cohort>>(7),
                  .participation = row.maybe_id<Id<participation::Participation>>(8),
                  .person_unit = row.maybe_id<Id<organisations::Unit>>(9),
                  .organiser_unit = row.id<Id<organisations::Unit>>(10)},
        .recorded_at = row.instant(4),
        .source = row.integer(11),
        .reverses = row.maybe_id<PostingId>(12),
    };
}

// Those that no other posting has reversed.
std::vector<Posting> without_reversed(std::vector<Posting> postings) {
    std::set<PostingId> reversed;
    for (const Posting& posting : postings)
        if (posting.reverses) reversed.insert(*posting.reverses);
    std::erase_if(postings,
                  [&](const Posting& posting) { return posting.reverses || reversed.contains(posting.id); });
    return postings;
}

std::vector<Posting> standing_postings(db::Read& tx, Id<cohorts::Cohort> cohort,
                                       std::optional<Id<participation::Participation>> participation) {
    if (participation)
        return without_reversed(tx.all<Posting>(R"sql(
            select id, measure, quantity, effective_on, recorded_at, plan_line, programme, cohort,
                   participation, person_unit, organiser_unit, source, reverses
            from postings where cohort = :cohort and participation = :participation order by id)sql",
                                                {{"cohort", cohort}, {"participation", *participation}},
                                                posting_of));
    return without_reversed(tx.all<Posting>(R"sql(
            select id, measure, quantity, effective_on, recorded_at, plan_line, programme, cohort,
                   participation, person_unit, organiser_unit, source, reverses
            from postings where cohort = :cohort order by id)sql",
                                            {{"cohort", cohort}}, posting_of));
}

// Whatever stands of a cohort stands at the line to which it counts, by which postings are indexed.
std::vector<Posting> standing_postings(db::Read& tx, const DayOfCohort& where) {
    const std::string_view measure = to_text(where.measure);
    if (where.plan_line)
        return without_reversed(tx.all<Posting>(
            R"sql(
            select id, measure, quantity, effective_on, recorded_at, plan_line, programme, cohort,
                   participation, person_unit, organiser_unit, source, reverses
            from postings
            where plan_line = :line and measure = :measure and effective_on = :day and cohort = :cohort
            order by id)sql",
            {{"line", *where.plan_line}, {"measure", measure}, {"day", where.day}, {"cohort", where.cohort}},
            posting_of));
    return without_reversed(tx.all<Posting>(
        R"sql(
            select id, measure, quantity, effective_on, recorded_at, plan_line, programme, cohort,
                   participation, person_unit, organiser_unit, source, reverses
            from postings
            where plan_line is null and measure = :measure and effective_on = :day and cohort = :cohort
            order by id)sql",
        {{"measure", measure}, {"day", where.day}, {"cohort", where.cohort}}, posting_of));
}

// Reverses what stands and is not wanted, posts what is wanted and does not stand.
void post_difference(db::Write& tx, Instant recorded_at, std::int64_t source, std::vector<Wanted> wanted,
                     std::vector<Posting> standing) {
    const auto by_entry = [](const auto& a, const auto& b) { return a.entry < b.entry; };
    std::sort(wanted.begin(), wanted.end(), by_entry);
    std::sort(standing.begin(), standing.end(), by_entry);
    std::vector<Posting> gone;
    std::vector<Wanted> missing;
    std::set_difference(standing.begin(), standing.end(), wanted.begin(), wanted.end(),
                        std::back_inserter(gone), by_entry);
    std::set_difference(wanted.begin(), wanted.end(), standing.begin(), standing.end(),
                        std::back_inserter(missing), by_entry);

    Journal journal(tx, recorded_at);
    for (const Posting& posting : gone) journal.reverse(posting, source);
    for (const Wanted& entry : missing) journal.post(entry.entry, entry.source != 0 ? entry.source : source);
    journal.close();
}

}  // namespace

std::string_view to_text(Measure measure) { return measure_names[static_cast<std::size_t>(measure)].second; }

std::optional<Measure> parse_measure(std::string_view text) {
    for (const auto& [measure, name] : measure_names)
        if (name == text) return measure;
    return std::nullopt;
}

void Journal::write(const Entry& entry, std::int64_t source, std::optional<PostingId> reverses) {
    waiting_.push_back({new_id<PostingId>(), entry, recorded_at_, source, reverses});
    Total& total = totals_[{entry.account(), entry.measure, entry.effective_on}];
    total.quantity += entry.quantity;
    ++total.postings;
    constexpr std::size_t held_at_most = 10'000;  // memory stays flat however long the import
    if (waiting_.size() >= held_at_most) flush_postings();
}

void Journal::flush_postings() {
    if (waiting_.empty()) return;
    auto bulk = tx_.bulk(
        "postings", {"id", "measure", "quantity", "effective_on", "recorded_at", "plan_line", "programme",
                     "cohort", "participation", "person_unit", "organiser_unit", "source", "reverses"});
    for (const Posting& posting : waiting_) {
        const Entry& entry = posting.entry;
        bulk.add({posting.id, to_text(entry.measure), entry.quantity, entry.effective_on, posting.recorded_at,
                  entry.plan_line, entry.programme, entry.cohort, entry.participation, entry.person_unit,
                  entry.organiser_unit, posting.source, posting.reverses});
    }
    bulk.flush();
    waiting_.clear();
}

void Journal::close() {
    flush_postings();
    // In key order, so that two transactions never wait for each other in a circle.
    for (const auto& [key, total] : totals_) {
        const auto& [account, measure, effective_on] = key;
        tx_.run(R"sql(
            insert into day_totals (account, measure, effective_on, quantity, postings)
            values (:account, :measure, :effective_on, :quantity, :postings)
            on conflict (account, measure, effective_on)
            do update set quantity = day_totals.quantity + excluded.quantity,
                          postings = day_totals.postings + excluded.postings)sql",
                {{"account", account},
                 {"measure", to_text(measure)},
                 {"effective_on", effective_on},
                 {"quantity", total.quantity},
                 {"postings", total.postings}});
    }
    totals_.clear();
}

void keep_books(Bookkeeper bookkeeper) { bookkeepers().push_back(std::move(bookkeeper)); }

void settle(db::Write& tx, Instant recorded_at, std::int64_t source, Id<cohorts::Cohort> cohort,
            std::optional<Id<participation::Participation>> participation) {
    std::vector<Wanted> wanted;
    for (const Bookkeeper& bookkeeper : bookkeepers())
        bookkeeper.entries(tx, cohort, participation, [&](const Entry& entry, std::int64_t row) {
            wanted.push_back({entry, row});
        });
    post_difference(tx, recorded_at, source, std::move(wanted), standing_postings(tx, cohort, participation));
}

void settle_day(db::Write& tx, Instant recorded_at, std::int64_t source, const DayOfCohort& where,
                std::vector<Wanted> wanted) {
    post_difference(tx, recorded_at, source, std::move(wanted), standing_postings(tx, where));
}

}  // namespace tiendo::ledger
