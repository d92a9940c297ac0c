// People put on a roster by another feature, rosters that are locked, and who is told of them.
#include "features/participation/participation_store.h"
#include "platform/audit/audit.h"

namespace tiendo::participation {
namespace {

std::function<bool(db::Read&, cohorts::CohortId)>& lock_of_rosters() {
    static std::function<bool(db::Read&, cohorts::CohortId)> is_locked;
    return is_locked;
}

RosterFollower& follower_of_rosters() {
    static RosterFollower follower;
    return follower;
}

void add_rows(db::Write& tx, const web::Actor& actor, const cohorts::Cohort& cohort,
              std::span<const Enrolment> enrolments, std::span<const ParticipationId> ids,
              const cohorts::Act& act) {
    auto bulk = tx.bulk("participations",
                        {"id", "cohort", "person", "unit", "position", "note", "started_on", "result",
                         "recorded_at", "recorded_by", "document", "source_place", "enrolled_by"});
    for (std::size_t i = 0; i < enrolments.size(); ++i) {
        const Enrolment& one = enrolments[i];
        bulk.add({ids[i], cohort.id, one.person, one.unit, one.position, "", one.started_on, "", act.at,
                  actor.account, act.source.document, act.source.place, one.enrolled_by});
    }
    bulk.flush();
}

// A start of one's own is a row, as everything that a ledger counts.
void add_starts(db::Write& tx, const web::Actor& actor, const cohorts::Cohort& cohort,
                std::span<const Enrolment> enrolments, std::span<const ParticipationId> ids,
                const cohorts::Act& act) {
    auto bulk =
        tx.bulk("participation_events", {"id", "participation", "cohort", "kind", "effective_on", "result",
                                         "recorded_at", "recorded_by", "reason", "document", "source_place"});
    for (std::size_t i = 0; i < enrolments.size(); ++i)
        if (enrolments[i].started_on)
            bulk.add({next_id(), ids[i], cohort.id, "started", enrolments[i].started_on, "", act.at,
                      actor.account, act.reason, act.source.document, act.source.place});
    bulk.flush();
}

}  // namespace

std::vector<ParticipationId> enrol(db::Write& tx, const web::Actor& actor, const cohorts::Cohort& cohort,
                                   std::span<const Enrolment> enrolments, const cohorts::Act& act) {
    tx.lock("cohort", cohort.id.value);
    std::vector<ParticipationId> ids;
    for (std::size_t i = 0; i < enrolments.size(); ++i) ids.push_back(new_id<ParticipationId>());
    if (ids.empty()) return ids;
    add_rows(tx, actor, cohort, enrolments, ids, act);
    keep_grades(tx, ids.front(), act.at, day_of(act.at, Offset{}));
    add_starts(tx, actor, cohort, enrolments, ids, act);
    ledger::settle(tx, act.at, ids.front().value, cohort.id);
    audit::record(tx, actor, act.at,
                  {"roster.enrol", "cohort", cohort.id.value, Value::object({{"people", ids.size()}})});
    return ids;
}

void lock_rosters_by(std::function<bool(db::Read&, cohorts::CohortId)> is_locked) {
    lock_of_rosters() = std::move(is_locked);
}

bool is_locked(db::Read& tx, cohorts::CohortId cohort) {
    return lock_of_rosters() && lock_of_rosters()(tx, cohort);
}

void tell_changes_to(RosterFollower follower) { follower_of_rosters() = std::move(follower); }

void tell_change(db::Write& tx, const web::Actor& actor, const RosterChange& change,
                 const cohorts::Act& act) {
    if (follower_of_rosters() && !change.who.empty()) follower_of_rosters()(tx, actor, change, act);
}

}  // namespace tiendo::participation
