// Certificates rebuilt from their rows: all of a cohort count to one account, and move with it when the
// cohort comes to count to another line of the plan.
#include <algorithm>

#include "features/certificates/certificates.h"
#include "features/proof/replay.h"

namespace tiendo::proof {
namespace {

constexpr auto measure = ledger::Measure::certificates_issued;

// One row that changed what the certificates of a cohort amount to.
struct Step {
    Instant recorded_at;
    std::int64_t id = 0;
    bool moves = false;  // the cohort counts to another line from then on
    std::optional<plan::LineId> plan_line;
    certificates::Counted counted;  // else: of these facts the entries that this row made
    bool is_revocation = false;
};

class CertificateReplay {
 public:
    CertificateReplay(std::int64_t cohort, Replay& replay) : replay_(replay) { cohort_.id.value = cohort; }

    void apply(const Step& step) {
        if (step.moves) {
            post_all(step.recorded_at, -1);
            cohort_.facts.plan_line = step.plan_line;
            post_all(step.recorded_at, +1);
            return;
        }
        certificates::entries(cohort_, step.counted, [&](const ledger::Entry& entry, std::int64_t) {
            // Of a revoked one the issue was posted before.
            if (step.is_revocation == (entry.quantity > 0)) return;
            by_day_[entry.effective_on] += entry.quantity;
            post(entry.effective_on, step.recorded_at, entry.quantity);
        });
    }

 private:
    void post(Date day, Instant at, std::int64_t quantity) {
        const std::int64_t account =
            cohort_.facts.plan_line ? cohort_.facts.plan_line->value : cohort_.id.value;
        replay_.totals[{account, measure, day, at}] += quantity;
    }
    void post_all(Instant at, std::int64_t sign) {
        for (const auto& [day, quantity] : by_day_) post(day, at, sign * quantity);
    }

    Replay& replay_;
    cohorts::Cohort cohort_;
    std::map<Date, std::int64_t> by_day_;
};

// Only the cohorts that have certificates; their rows are few beside those of learners.
std::map<std::int64_t, std::vector<Step>> steps_of_cohorts(db::Read& tx) {
    std::map<std::int64_t, std::vector<Step>> steps;
    tx.each(R"sql(
        select c.cohort, e.recorded_at, e.id, e.kind, e.effective_on, c.issued_on, c.replaces
        from certificate_events e join certificates c on c.id = e.certificate
        where e.kind in ('issued', 'revoked'))sql",
            {}, [&](const db::Row& row) {
                Step step;
                step.recorded_at = row.instant(1);
                step.id = row.integer(2);
                step.is_revocation = row.view(3) == "revoked";
                step.counted.issued_on = row.date(5);
                step.counted.is_replacement = !row.is_null(6);
                if (step.is_revocation) step.counted.revoked_on = row.date(4);
                steps[row.integer(0)].push_back(step);
            });
    tx.each(R"sql(
        select e.cohort, e.recorded_at, e.id, e.plan_line from cohort_events e
        where e.kind = 'counted' and exists (select 1 from certificates c where c.cohort = e.cohort))sql",
            {}, [&](const db::Row& row) {
                Step step;
                step.recorded_at = row.instant(1);
                step.id = row.integer(2);
                step.moves = true;
                step.plan_line = row.maybe_id<plan::LineId>(3);
                steps[row.integer(0)].push_back(step);
            });
    return steps;
}

// Certificates whose columns are not where their events led.
std::int64_t stale_certificates(db::Read& tx) {
    return tx.integer(R"sql(
        select count(*) from certificates c
        where coalesce(c.revoked_on, c.issued_on) <> coalesce((select max(e.effective_on) from certificate_events e
                  where e.certificate = c.id and e.kind = 'revoked'), c.issued_on)
           or coalesce(c.replaced_on, c.issued_on) <> coalesce((select max(e.effective_on) from certificate_events e
                  where e.certificate = c.id and e.kind = 'replaced'), c.issued_on)
           or (c.replaced_on is not null and not exists (select 1 from certificates n where n.replaces = c.id)))sql");
}

}  // namespace

void replay_certificates(db::Read& tx, Replay& replay) {
    for (auto& [cohort, steps] : steps_of_cohorts(tx)) {
        std::sort(steps.begin(), steps.end(), [](const Step& a, const Step& b) {
            return std::tie(a.recorded_at, a.id) < std::tie(b.recorded_at, b.id);
        });
        CertificateReplay of_cohort(cohort, replay);
        for (const Step& step : steps) of_cohort.apply(step);
    }
    replay.stale_facts += stale_certificates(tx);
}

}  // namespace tiendo::proof
