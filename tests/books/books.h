// A centre with a plan, for tests of the books: verbs with the fewest words.
#pragma once
#include <string>

#include "features/accounts/accounts.h"
#include "features/attendance/attendance.h"
#include "features/certificates/certificates.h"
#include "features/certificates/codes.h"
#include "features/cohorts/cohorts.h"
#include "features/participation/participation.h"
#include "features/plan/plan.h"
#include "features/proof/proof.h"
#include "features/reports/reports.h"
#include "platform/db/testing.h"
#include "platform/json/json.h"

namespace tiendo::tests {

inline Date day(const char* text) { return *parse_date(text); }
// Moments of a test: the n-th minute after the first of January 2017.
inline Instant minute(int n) {
    return Instant{parse_instant("2017-01-01T00:00:00Z")->ms + n * std::int64_t{60'000}};
}

inline const std::string migrations = TIENDO_SOURCE_DIR "/db/migrations";

// The statement as text, to compare two of them to the last digit.
inline std::string written(const reports::Statement& statement) {
    Value value = reports::to_value(statement);
    value.set("known_at", nullptr);
    return json::write(value);
}

class Books {
 public:
    explicit Books(db::Database& database) : database_(database) {
        static const bool registered = [] {
            ledger::keep_books(cohorts::bookkeeper());
            ledger::keep_books(participation::bookkeeper());
            ledger::keep_books(attendance::bookkeeper());
            cohorts::follow_mergers(participation::merger_follower());
            ledger::keep_books(certificates::bookkeeper());
            return true;
        }();
        (void)registered;
        database_.write([&](db::Write& tx) {
            accounts::settle_roles(tx);
            centre = organisations::found_centre(tx, "Trung tâm", minute(0));
            accounts::make_operator(tx, centre, minute(0));
        });
        actor = database_.read([](db::Read& tx) { return accounts::operator_actor(tx); });
    }

    template <class F>
    auto write(F f) {
        return database_.write(f);
    }

    // Programme "new-members" with the targets given, or an amended version of it.
    void plan(std::int64_t cohorts, std::int64_t learners, const char* effective_on, int at) {
        write([&](db::Write& tx) {
            plan::Line line;
            line.programme = {{}, "new-members", "Đảng viên mới"};
            line.targets = {cohorts, learners};
            plan::adopt(tx, actor,
                        {.year = 2017,
                         .effective_on = day(effective_on),
                         .approval = {},
                         .note = "",
                         .lines = {line}},
                        {}, minute(at));
        });
    }

    cohorts::Cohort cohort(const char* code, cohorts::Role role, bool counts, int at) {
        return write([&](db::Write& tx) {
            cohorts::Cohort cohort;
            cohort.code = code;
            cohort.programme =
                programmes::find_or_make_programme(tx, "Đảng viên mới", "new-members", minute(at));
            cohort.organiser_unit = centre;
            cohort.role = role;
            const cohorts::Act act{minute(at), "", {}};
            cohort.id = cohorts::propose(tx, actor, cohort, act);
            if (counts)
                cohorts::count_toward(tx, actor, cohort,
                                      plan::lines_for(tx, centre, 2017, cohort.programme.id).front().id, act);
            return cohorts::require_for_books(tx, cohort.id);
        });
    }

    // As it stands now.
    cohorts::Cohort again(const cohorts::Cohort& cohort) {
        return database_.read([&](db::Read& tx) { return cohorts::require_for_books(tx, cohort.id); });
    }

    participation::ParticipationId enrol(const cohorts::Cohort& cohort, const std::string& name, int at) {
        return write([&](db::Write& tx) {
            const auto person = new_id<people::PersonId>();
            tx.run(R"sql(
                insert into people (id, full_name, search, sort_key, birth_precision, sex, unit, position, recorded_at)
                values (:id, :name, :name, :key, '', '', :unit, '', :at))sql",
                   {{"id", person},
                    {"name", name},
                    {"key", db::Blob{name}},
                    {"unit", centre},
                    {"at", minute(at)}});
            const auto id = new_id<participation::ParticipationId>();
            tx.run(R"sql(
                insert into participations (id, cohort, person, unit, position, note, result, recorded_at,
                                            recorded_by, source_place)
                values (:id, :cohort, :person, :unit, '', '', '', :at, :actor, ''))sql",
                   {{"id", id},
                    {"cohort", cohort.id},
                    {"person", person},
                    {"unit", centre},
                    {"at", minute(at)},
                    {"actor", actor.account}});
            ledger::settle(tx, minute(at), id.value, cohort.id, id);
            return id;
        });
    }

    // A certificate whose paper says nothing: only where and when it counts. Its code.
    std::string certify(const participation::Participation& learner, Date issued_on, int at) {
        return write([&](db::Write& tx) {
            const std::int64_t issue = next_id(), id = next_id();
            const std::string code = certificates::make_code();
            tx.run(
                "insert into certificate_issues (id, cohort, issued_on, template, certificates, state, "
                "incident, file_digest, file_bytes, recorded_at, recorded_by) "
                "values (:id, :cohort, :day, '', 1, 'finished', '', '', 0, :at, :actor)",
                {{"id", issue},
                 {"cohort", learner.cohort},
                 {"day", issued_on},
                 {"at", minute(at)},
                 {"actor", actor.account}});
            tx.run(
                "insert into certificates (id, code, series, book_year, register_number, register_text, "
                "participation, cohort, issue, serial, kind, head, motto, title, full_name, sort_key, "
                "search, birth, "
                "unit_name, programme_name, cohort_code, periods, opened_on, band, decision_number, "
                "decision_on, issued_on, place, issuer_name, organiser_name, signed_for, signatory_title, "
                "signatory_name, address, revoked_ground, received_by, page, file_digest, recorded_at) "
                "values (:id, :code, 'new-members', 2017, :number, '', :participation, :cohort, :issue, '', "
                "'certificate', '', '', '', '', :key, '', '', '', '', '', 0, :day, '', '', :day, :day, '', "
                "'', '', '', "
                "'', '', '', '', '', 1, '', :at)",
                {{"id", id},
                 {"code", code},
                 {"number", ++register_number_},
                 {"participation", learner.id},
                 {"cohort", learner.cohort},
                 {"issue", issue},
                 {"key", db::Blob{"k"}},
                 {"day", issued_on},
                 {"at", minute(at)}});
            tx.run(
                "insert into certificate_events (id, certificate, kind, effective_on, said, recorded_at, "
                "recorded_by, reason) values (:id, :certificate, 'issued', :day, '{}', :at, :actor, '')",
                {{"id", next_id()},
                 {"certificate", id},
                 {"day", issued_on},
                 {"at", minute(at)},
                 {"actor", actor.account}});
            ledger::settle(tx, minute(at), id, learner.cohort, learner.id);
            return code;
        });
    }

    participation::Participation learner(participation::ParticipationId id) {
        return database_.read([&](db::Read& tx) { return participation::require(tx, actor, id); });
    }

    // Where that learner learns now.
    cohorts::Cohort cohort_of(participation::ParticipationId id) {
        return database_.read([&](db::Read& tx) {
            return cohorts::require_for_books(tx, participation::require(tx, actor, id).cohort);
        });
    }

    reports::Statement statement(const char* as_of, std::optional<Instant> known_at = std::nullopt) {
        return database_.read([&](db::Read& tx) {
            return reports::statement(tx, actor, {2017, {day(as_of), known_at}, {}});
        });
    }
    proof::Proof verify() {
        return database_.read([](db::Read& tx) { return proof::verify(tx); });
    }
    web::Actor actor;
    organisations::UnitId centre;

 private:
    db::Database& database_;
    std::int64_t register_number_ = 0;
};

}  // namespace tiendo::tests
