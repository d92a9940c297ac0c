// What is decided of two records: they are two people, or one, or were taken for one by mistake.
#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "features/duplicates/duplicates_store.h"
#include "features/duplicates/merge_store.h"
#include "features/duplicates/records.h"
#include "platform/audit/audit.h"

namespace tiendo::duplicates {
namespace {

using people::Person;

// What a merge fills in, each as a text that can be compared and put back.
struct Field {
    std::string_view name;
    std::string (*get)(const Person&);
    void (*set)(Person&, const std::string&);
};

std::string birth_text(const Person& person) {
    if (!person.birth) return "";
    return to_text(person.birth->date) + " " + std::string(to_text(person.birth->precision));
}

void set_birth(Person& person, const std::string& text) {
    person.birth.reset();
    const auto words = split(text, ' ');
    if (words.size() != 2) return;
    if (const auto date = parse_date(words[0]))
        person.birth = people::Birth{*date, parse_precision(words[1]).value_or(Precision::day)};
}

constexpr std::array filled_fields{
    Field{"birth", birth_text, set_birth},
    Field{"sex", [](const Person& p) { return p.sex; }, [](Person& p, const std::string& v) { p.sex = v; }},
    Field{"national_id", [](const Person& p) { return p.national_id; },
          [](Person& p, const std::string& v) { p.national_id = v; }},
    Field{"party_card", [](const Person& p) { return p.party_card; },
          [](Person& p, const std::string& v) { p.party_card = v; }},
    Field{"position", [](const Person& p) { return p.position; },
          [](Person& p, const std::string& v) { p.position = v; }},
};

const Field* find_field(std::string_view name) {
    const auto found = std::find_if(filled_fields.begin(), filled_fields.end(),
                                    [&](const Field& field) { return field.name == name; });
    return found == filled_fields.end() ? nullptr : &*found;
}

// Whoever knows the day of a birth knows more than who knows the year.
bool says_more(const people::Birth& one, const std::optional<people::Birth>& other) {
    if (!other) return true;
    return names_a_day(one) && !names_a_day(*other) && one.date.year() == other->date.year();
}

// The record that stays with what it lacked, and the other as it then is. Two records never have
// the same ID: one that moves is gone where it was.
void fill_in(Person& kept, Person& gone) {
    if (gone.birth && says_more(*gone.birth, kept.birth)) kept.birth = gone.birth;
    if (kept.sex.empty()) kept.sex = gone.sex;
    if (kept.national_id.empty()) kept.national_id = std::exchange(gone.national_id, "");
    if (kept.party_card.empty()) kept.party_card = gone.party_card;
    if (kept.position.empty()) kept.position = gone.position;
    gone.merged_into = kept.id;
}

std::vector<Written> differences(const Person& before, const Person& after) {
    std::vector<Written> written;
    for (const Field& field : filled_fields)
        if (field.get(before) != field.get(after))
            written.push_back({before.id, std::string(field.name), field.get(before), field.get(after)});
    return written;
}

void put_back(Person& person, const std::vector<Written>& written) {
    for (const Written& one : written) {
        const Field* field = one.person == person.id ? find_field(one.field) : nullptr;
        // What was changed since by a person stays as that person left it.
        if (field && field->get(person) == one.became) field->set(person, one.was);
    }
}

Person record_to_change(db::Write& tx, const web::Actor& actor, people::PersonId id) {
    Person person = record_of(tx, id);
    if (!organisations::may(tx, actor, see_duplicates, person.unit)) throw web::NotFound{};
    if (!organisations::may(tx, actor, change_duplicates, person.unit)) throw web::Forbidden{};
    return person;
}

void lock_both(db::Write& tx, people::PersonId one, people::PersonId other) {
    tx.lock("person", std::min(one, other).value);
    tx.lock("person", std::max(one, other).value);
}

Refusals hindrances(db::Read& tx, people::PersonId gone, people::PersonId kept) {
    Refusals refusals;
    for (const people::Follower& follower : people::followers())
        if (follower.hindrances)
            for (Refusal& refusal : follower.hindrances(tx, gone, kept))
                refusals.push_back(std::move(refusal));
    return refusals;
}

Pair pair_of(const Person& one, const Person& other) {
    if (auto pair = compare(one, other)) return *std::move(pair);
    return {std::min(one.id, other.id), std::max(one.id, other.id), 0, {}};
}

Value trail_of(const MergeRow& merge, const Act& act) {
    return Value::object({{"merge", merge.id}, {"gone", merge.gone}, {"reason", act.reason}});
}

}  // namespace

Outcome<Done> dismiss(db::Write& tx, const web::Actor& actor, FoundId id, const Act& act) {
    if (act.reason.empty()) return Refusal{"reason", "duplicates.reason_required", {}};
    const Found before = require(tx, actor, id);
    lock_both(tx, before.pair.first, before.pair.second);
    const Found found = require(tx, actor, id);
    record_to_change(tx, actor, found.pair.first);
    record_to_change(tx, actor, found.pair.second);
    if (found.state == State::merged) return Refusal{"", "duplicates.merged_already", {}};
    decide(tx, actor, found.pair, State::dismissed, act);
    audit::record(tx, actor, act.at,
                  {"duplicate.dismiss", "person", found.pair.first.value,
                   Value::object({{"other", found.pair.second}, {"reason", act.reason}})});
    return Done{};
}

Outcome<MergeId> merge(db::Write& tx, const web::Actor& actor, people::PersonId kept_id,
                       people::PersonId gone_id, const Act& act) {
    if (act.reason.empty()) return Refusal{"reason", "duplicates.reason_required", {}};
    if (kept_id == gone_id) return Refusal{"keep", "duplicates.same_record", {}};
    lock_both(tx, kept_id, gone_id);
    Person kept = record_to_change(tx, actor, kept_id), gone = record_to_change(tx, actor, gone_id);
    if (kept.merged_into || gone.merged_into) return Refusal{"", "duplicates.merged_already", {}};
    if (Refusals refusals = hindrances(tx, gone_id, kept_id); !refusals.empty()) return refusals;

    const Pair pair = pair_of(kept, gone);
    const MergeRow row{new_id<MergeId>(), kept_id, gone_id};
    insert_merge(tx, actor, row, act);
    const Person kept_before = kept, gone_before = gone;
    fill_in(kept, gone);
    std::vector<Written> written = differences(kept_before, kept);
    for (Written& one : differences(gone_before, gone)) written.push_back(std::move(one));
    insert_fields(tx, row.id, written);
    people::set_identity(tx, gone);
    people::set_identity(tx, kept);
    for (const people::Follower& follower : people::followers())
        insert_moves(tx, row.id, follower.name, follower.follow(tx, gone_id, kept_id));
    for (const people::Follower& follower : people::followers())
        if (follower.join) follower.join(tx, {gone_id, kept_id, actor, act.at, act.reason});
    decide(tx, actor, pair, State::merged, act);
    drop_open_pairs_of(tx, gone_id);
    audit::record(tx, actor, act.at, {"person.merge", "person", kept_id.value, trail_of(row, act)});
    return row.id;
}

Outcome<Done> undo(db::Write& tx, const web::Actor& actor, MergeId id, const Act& act) {
    if (act.reason.empty()) return Refusal{"reason", "duplicates.reason_required", {}};
    const auto found = find_merge(tx, id);
    if (!found) throw web::NotFound{};
    lock_both(tx, found->kept, found->gone);
    const MergeRow row = *find_merge(tx, id);
    Person kept = record_to_change(tx, actor, row.kept), gone = record_to_change(tx, actor, row.gone);
    if (row.undone) return Refusal{"", "duplicates.undone_already", {}};
    if (kept.merged_into) return Refusal{"", "duplicates.undo_the_later_first", {}};

    const std::vector<Written> written = fields(tx, id);
    put_back(kept, written);
    put_back(gone, written);
    gone.merged_into.reset();
    const bool taken = !gone.national_id.empty() &&
                       (gone.national_id == kept.national_id || somebody_else_has(tx, gone.national_id, row));
    if (taken) return Refusal{"", "duplicates.id_taken", {}};
    people::set_identity(tx, kept);
    people::set_identity(tx, gone);
    for (const people::Follower& follower : people::followers())
        if (follower.part) follower.part(tx, {row.gone, row.kept, actor, act.at, act.reason});
    for (const people::Follower& follower : people::followers())
        follower.undo(tx, row.gone, row.kept, moves(tx, id, follower.name));
    mark_undone(tx, actor, id, act);
    decide(tx, actor, pair_of(kept, gone), State::open, act);
    audit::record(tx, actor, act.at, {"person.unmerge", "person", row.kept.value, trail_of(row, act)});
    return Done{};
}

}  // namespace tiendo::duplicates
