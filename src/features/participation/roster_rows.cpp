#include "features/participation/roster_rows.h"

#include <map>

#include "base/text.h"
#include "features/participation/participation_store.h"
#include "features/participation/roster_people.h"
#include "platform/audit/audit.h"

namespace tiendo::participation {
namespace {

std::string place_of(const RosterRow& row) {
    return row.sheet.empty() ? std::to_string(row.sheet_row)
                             : row.sheet + "!" + std::to_string(row.sheet_row);
}

// The row of "Danh sách!17".
std::string row_in(const std::string& place) {
    const std::size_t mark = place.rfind('!');
    return mark == std::string::npos ? place : place.substr(mark + 1);
}

// Of a cohort without any day, today.
Date first_day_of(const cohorts::Cohort& cohort, Date today) {
    if (cohort.facts.opened_on) return *cohort.facts.opened_on;
    return cohort.planned_opens_on ? cohort.planned_opens_on->date : today;
}

void reject_twice(imports::Report& report, const RosterRow& row, const std::string& first_row) {
    report.reject({row.sheet,
                   row.sheet_row,
                   "full_name",
                   row.full_name,
                   {"full_name", "roster.learner_twice", {row.full_name, row.cohort->code, first_row}},
                   ""});
}

void add_people(db::Write& tx, const Recognised& recognised, people::Registration& registration) {
    std::vector<people::Person> made;
    made.reserve(recognised.made.size());
    for (const NewPerson& person : recognised.made) {
        const RosterRow& row = *person.row;
        made.push_back({.id = person.id,
                        .full_name = row.full_name,
                        .birth = row.birth,
                        .sex = row.sex,
                        .national_id = person.national_id,
                        .unit = row.unit,
                        .position = row.position});
    }
    registration.add(made);
    // What the register did not know of a person, the roster adds; what it knows, it keeps.
    for (const AddedId& added : recognised.ids)
        tx.run(R"sql(update people set national_id = :id where id = :person and national_id is null)sql",
               {{"id", added.national_id}, {"person", added.person}});
}

// What a row says that the participation does not; an empty cell says nothing.
bool record_changes(db::Write& tx, const imports::Job& job, const RosterRow& row, Participation now) {
    const cohorts::Act act{job.at, job.file_name, {job.document, place_of(row)}};
    bool changed = false;
    if (row.started_on && now.facts.started_on != row.started_on) {
        correct_start(tx, job.actor, now, *row.started_on, act);
        now.facts.started_on = row.started_on;
        changed = true;
    }
    if (row.withdrawn_on && now.facts.withdrawn_on != row.withdrawn_on) {
        withdraw(tx, job.actor, now, *row.withdrawn_on, act);
        now.facts.withdrawn_on = row.withdrawn_on;
        changed = true;
    }
    if (!row.result.empty() && now.facts.result != row.result) {
        conclude(tx, job.actor, now, row.result, act);
        changed = true;
    }
    const Description said{row.unit_is_said ? row.unit : now.unit,
                           row.position.empty() ? now.position : row.position,
                           row.note.empty() ? now.note : row.note};
    if (said.unit != now.unit || said.position != now.position || said.note != now.note) {
        describe(tx, job.actor, now, said, act);
        changed = true;
    }
    return changed;
}

}  // namespace

RosterRecorder::RosterRecorder(db::Write& tx, const imports::Job& job, imports::Report& report)
    : tx_(tx), job_(job), report_(report), journal_(tx, job.at), registration_(tx, job.at, job.document) {}

void RosterRecorder::record(const RosterRows& rows) {
    const Recognised recognised = recognise(tx_, rows, report_);
    add_people(tx_, recognised, registration_);

    std::vector<Fresh> fresh;
    std::vector<const Standing*> registered;
    std::map<std::pair<cohorts::CohortId, people::PersonId>, int> here;  // to the row that names them
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const RosterRow& row = rows[i];
        const Meant& meant = recognised.meant[i];
        if (meant.rejected) continue;
        const auto [first, is_first] = here.try_emplace({row.cohort->id, meant.person}, row.sheet_row);
        if (!is_first) {
            reject_twice(report_, row, std::to_string(first->second));
        } else if (!meant.before && takes_nobody_new(*row.cohort)) {
            report_.reject({row.sheet,
                            row.sheet_row,
                            "cohort",
                            row.full_name,
                            {"cohort", "roster.locked", {row.full_name, row.cohort->code}},
                            ""});
        } else if (!meant.before) {
            fresh.push_back({&row, meant.person, new_id<ParticipationId>(), row.unit, row.position});
            registered.push_back(meant.registered ? &*meant.registered : nullptr);
        } else if (meant.before_document == job_.document) {
            reject_twice(report_, row, row_in(meant.before->source_place));
        } else if (const auto [seen, is_new] = seen_.try_emplace(meant.before->id.value, row.sheet_row);
                   !is_new) {
            reject_twice(report_, row, std::to_string(seen->second));
        } else {
            const bool changed = record_changes(tx_, job_, row, *meant.before);
            ++(changed || meant.adds_id ? report_.changed : report_.unchanged);
        }
    }
    fill_from_register(fresh, registered);
    add_participations(fresh);
    if (!fresh.empty()) keep_grades(tx_, fresh.front().id, job_.at, job_.today);
    add_first_events(fresh);
    for (const Fresh& one : fresh) {
        const RosterRow& row = *one.row;
        entries(*row.cohort, {one.id, one.unit, {row.started_on, row.withdrawn_on, row.result}},
                [&](const ledger::Entry& entry, std::int64_t) { journal_.post(entry, one.id.value); });
    }
    report_.added += static_cast<std::int64_t>(fresh.size());
}

// The note said beside the file is the reason.
bool RosterRecorder::takes_nobody_new(const cohorts::Cohort& cohort) {
    if (!job_.options.note.empty()) return false;
    const auto [known, is_new] = locked_.try_emplace(cohort.id, false);
    if (is_new) known->second = is_locked(tx_, cohort.id);
    return known->second;
}

// What a row leaves out is what the register says of the day on which the cohort opens.
void RosterRecorder::fill_from_register(std::vector<Fresh>& fresh,
                                        const std::vector<const Standing*>& registered) {
    const auto is_short = [&](std::size_t i) {
        return registered[i] && (!fresh[i].row->unit_is_said || fresh[i].position.empty());
    };
    std::vector<people::PersonId> known;
    for (std::size_t i = 0; i < fresh.size(); ++i)
        if (is_short(i)) known.push_back(fresh[i].person);
    if (known.empty()) return;
    std::map<people::PersonId, std::vector<people::Fact>> facts;
    for (people::Fact& fact : people::facts_of(tx_, known)) facts[fact.person].push_back(std::move(fact));
    for (std::size_t i = 0; i < fresh.size(); ++i) {
        if (!is_short(i)) continue;
        Fresh& one = fresh[i];
        const std::vector<people::Fact>& said = facts[one.person];
        const Date day = first_day_of(*one.row->cohort, job_.today);
        if (!one.row->unit_is_said) one.unit = people::unit_on(day, said).value_or(registered[i]->unit);
        if (one.position.empty()) one.position = people::shown_position(registered[i]->position, said, day);
    }
}

void RosterRecorder::add_participations(const std::vector<Fresh>& fresh) {
    auto bulk = tx_.bulk("participations",
                         {"id", "cohort", "person", "unit", "position", "note", "started_on", "withdrawn_on",
                          "result", "recorded_at", "recorded_by", "document", "source_place"});
    for (const Fresh& one : fresh) {
        const RosterRow& row = *one.row;
        const std::string place = place_of(row);
        bulk.add({one.id, row.cohort->id, one.person, one.unit, one.position, row.note, row.started_on,
                  row.withdrawn_on, row.result, job_.at, job_.actor.account, job_.document, place});
    }
    bulk.flush();
}

// The enrolment is the participation's own row; what else the roster says is a row each.
void RosterRecorder::add_first_events(const std::vector<Fresh>& fresh) {
    auto bulk = tx_.bulk("participation_events",
                         {"id", "participation", "cohort", "kind", "effective_on", "result", "recorded_at",
                          "recorded_by", "reason", "document", "source_place"});
    const std::optional<Date> no_day;
    for (const Fresh& one : fresh) {
        const RosterRow& row = *one.row;
        const auto add = [&](std::string_view kind, std::optional<Date> on, std::string_view result) {
            const std::string place = place_of(row);
            bulk.add({next_id(), one.id, row.cohort->id, kind, on, result, job_.at, job_.actor.account, "",
                      job_.document, place});
        };
        if (row.started_on) add("started", row.started_on, "");
        if (row.withdrawn_on) add("withdrawn", row.withdrawn_on, "");
        if (!row.result.empty()) add("concluded", no_day, row.result);
    }
    bulk.flush();
}

void RosterRecorder::close() {
    registration_.close();
    journal_.close();
    if (report_.added > 0)
        audit::record(
            tx_, job_.actor, job_.at,
            {"roster.record", "document", job_.document.value, Value::object({{"added", report_.added}})});
}

}  // namespace tiendo::participation
