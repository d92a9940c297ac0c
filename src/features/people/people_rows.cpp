#include "features/people/people_rows.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "features/people/people_store.h"
#include "platform/audit/audit.h"

namespace tiendo::people {
namespace {

// Under which somebody new is found again in the same chunk.
std::vector<std::string> names_of(const PeopleRow& row) {
    std::vector<std::string> names;
    const Person& said = row.person;
    if (!said.national_id.empty()) names.push_back("id " + said.national_id);
    if (!said.party_card.empty()) names.push_back("card " + said.party_card);
    if (said.birth && said.birth->precision == Precision::day && said.national_id.empty() &&
        said.party_card.empty())
        names.push_back(row.search + "\n" + to_text(said.birth->date) + "\n" + to_text(said.unit));
    return names;
}

// Where somebody belongs in the Party: a name that lists spell as they like, of the day of the list.
bool is_place_in_the_party(Kind kind) { return kind == Kind::party_cell || kind == Kind::party_committee; }

bool says_the_same(const Fact& said, const Fact& known) {
    const bool same_value =
        is_place_in_the_party(said.kind) ? fold(said.value) == fold(known.value) : said.value == known.value;
    return said.kind == known.kind && same_value && said.body == known.body && said.level == known.level &&
           fold(said.detail) == fold(known.detail);
}

// Of two that say the same, whether the first knows better since when.
bool knows_more(const Fact& said, const Fact& before) {
    if (!said.from || !before.from) return said.from.has_value();
    return said.from_precision < before.from_precision && *before.from <= *said.from &&
           *said.begun_by() <= *before.begun_by();
}

bool is_known(std::span<const Fact> facts, const Fact& said) {
    return std::any_of(facts.begin(), facts.end(), [&](const Fact& before) {
        if (!says_the_same(said, before)) return false;
        return (said.from ? before.from == said.from && before.from_precision <= said.from_precision
                          : !before.until) ||
               (!before.until && knows_more(before, said));
    });
}

bool is_rated_otherwise(std::span<const Fact> facts, const Fact& said) {
    return said.kind == Kind::rating && std::any_of(facts.begin(), facts.end(), [&](const Fact& one) {
               return one.kind == Kind::rating && one.from == said.from;
           });
}

// A word without a day takes nobody's membership away.
bool takes_membership_away(std::span<const Fact> facts, const Fact& said, Date today) {
    return said.kind == Kind::membership && !said.from &&
           std::any_of(facts.begin(), facts.end(), [&](const Fact& one) {
               return one.kind == Kind::membership && one.holds_on(today) &&
                      (one.value == "probationary" || one.value == "full");
           });
}

// A list says which post or grade somebody has, seldom since when. Another one than the register knew is new
// since today: on the days before it was the one that was known.
Fact since_today_if_new(const Person& person, std::span<const Fact> facts, Fact said, Date today) {
    if (said.from) return said;
    const auto ends = [&](const Fact& one) { return !one.until && takes_the_place_of(said, one); };
    const auto post = unsaid_post(person, facts);
    if (std::any_of(facts.begin(), facts.end(), ends) ||
        (post && ends(*post) && fold(post->detail) != fold(said.detail)))
        said.from = today;
    return said;
}

}  // namespace

PeopleRecorder::PeopleRecorder(db::Write& tx, const imports::Job& job, imports::Report& report)
    : tx_(tx), job_(job), report_(report), registration_(tx, job.at, job.document) {}

void PeopleRecorder::record(const PeopleRows& rows) {
    const auto known = candidates(tx_, rows, [this](PersonId person) { return seen_.contains(person); });
    std::vector<PersonId> ids;
    for (const auto& candidate : known)
        if (candidate) ids.push_back(candidate->person.id);
    std::map<PersonId, std::vector<Fact>> facts;
    for (Fact& fact : facts_of(tx_, ids)) facts[fact.person].push_back(std::move(fact));

    new_ones_.clear();
    std::vector<Person> made;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const PeopleRow& row = rows[i];
        if (known[i]) {
            const Person& person = known[i]->person;
            if (!agrees(row, *known[i]) || is_twice(row, person.id)) continue;
            const bool identity = supplement(row, person);
            const bool rest = supplement(row, person, std::move(facts[person.id]));
            ++(identity || rest ? report_.changed : report_.unchanged);
            continue;
        }
        const auto names = names_of(row);
        const auto met = std::find_if(names.begin(), names.end(),
                                      [&](const std::string& name) { return new_ones_.contains(name); });
        if (met != names.end()) {
            is_twice(row, new_ones_.at(*met));
            continue;
        }
        Person person = row.person;
        person.id = new_id<PersonId>();
        is_twice(row, person.id);
        for (const std::string& name : names) new_ones_.emplace(name, person.id);
        for (const Fact& fact : row.facts) keep(row, person.id, fact);
        made.push_back(std::move(person));
        ++report_.added;
    }
    registration_.add(made);

    auto bulk = tx_.bulk("person_facts", {"id", "person", "kind", "value", "level", "body", "detail",
                                          "valid_from", "valid_until", "from_precision", "recorded_at",
                                          "recorded_by", "document", "source_place"});
    for (const auto& [fact, place] : facts_)
        bulk.add({fact.id, fact.person, to_text(fact.kind), fact.value, fact.level, fact.body, fact.detail,
                  fact.from, fact.until, to_text(fact.from_precision), job_.at, job_.actor.account,
                  job_.document, place});
    bulk.flush();
    facts_.clear();
    imports::keep_changes(tx_, job_.document, changes_);
    changes_.clear();
}

void PeopleRecorder::change(std::string kind, std::int64_t object, Value was, Value became) {
    changes_.push_back({std::move(kind), object, std::move(was), std::move(became)});
}

void PeopleRecorder::close() {
    registration_.close();
    if (report_.added + report_.changed > 0)
        audit::record(tx_, job_.actor, job_.at,
                      {"people.import", "document", job_.document.value,
                       Value::object({{"added", report_.added}, {"changed", report_.changed}})});
}

void PeopleRecorder::reject(const PeopleRow& row, std::string field, std::string message,
                            std::vector<std::string> arguments) {
    const std::string found = arguments.front();
    report_.reject(
        {row.sheet, row.sheet_row, field, found, {field, std::move(message), std::move(arguments)}, ""});
}

// Remembers the row as the one that named the person, unless another did before.
bool PeopleRecorder::is_twice(const PeopleRow& row, PersonId person) {
    const auto [first, is_new] =
        seen_.try_emplace(person, Named{row.sheet, row.person.full_name, row.sheet_row});
    if (is_new) return false;
    const Named& named = first->second;
    const std::string place = (named.sheet == row.sheet ? "" : named.sheet + "!") + std::to_string(named.row);
    if (fold(named.full_name) == row.search)
        reject(row, "full_name", "people.twice", {row.person.full_name, place});
    else
        reject(row, row.person.national_id.empty() ? "party_card" : "national_id", "people.number_twice",
               {row.person.full_name, named.full_name, place});
    return true;
}

// A number that belongs to somebody of another name, or with another ID, was mistyped.
bool PeopleRecorder::agrees(const PeopleRow& row, const Candidate& known) {
    const Person &said = row.person, &is = known.person;
    if (known.by != Candidate::By::name && bearer(is, said.full_name, said.birth) == Bearer::other) {
        reject(row, said.national_id == is.national_id ? "national_id" : "party_card",
               "people.number_of_another", {said.full_name, is.full_name});
        return false;
    }
    // By the ID of a record that was merged, the one that stayed is known by another.
    if (known.by == Candidate::By::party_card && !said.national_id.empty() && !is.national_id.empty() &&
        said.national_id != is.national_id) {
        reject(row, "national_id", "people.card_with_other_id", {said.full_name, masked(is.national_id)});
        return false;
    }
    return true;
}

void PeopleRecorder::differs(const PeopleRow& row, std::string_view message,
                             std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), std::to_string(row.sheet_row));
    tell({"", std::string(message), std::move(arguments)});
}

void PeopleRecorder::tell(Refusal note) {
    constexpr int told_of = 200;
    if (++told_ <= told_of) report_.notes.push_back(std::move(note));
}

// What the register lacks, the row adds; what it has, it keeps.
bool PeopleRecorder::supplement(const PeopleRow& row, const Person& known) {
    const Person& said = row.person;
    Person after = known;
    if (after.national_id.empty()) after.national_id = said.national_id;
    if (after.party_card.empty()) after.party_card = said.party_card;
    if (after.sex.empty()) after.sex = said.sex;
    const Refusals different = differences(row.sheet_row, known, said.full_name, said.birth);
    const bool births_differ = std::any_of(different.begin(), different.end(), [](const Refusal& one) {
        return one.message == "people.birth_differs";
    });
    if (said.birth && !births_differ && (!known.birth || known.birth->precision > said.birth->precision))
        after.birth = said.birth;
    for (const Refusal& one : different) tell(one);
    if (!said.sex.empty() && !known.sex.empty() && said.sex != known.sex)
        differs(row, "people.sex_differs", {known.full_name});

    const bool same_birth = after.birth.has_value() == known.birth.has_value() &&
                            (!after.birth || (after.birth->date == known.birth->date &&
                                              after.birth->precision == known.birth->precision));
    const bool changed = after.national_id != known.national_id || after.party_card != known.party_card ||
                         after.sex != known.sex || !same_birth;
    if (changed) {
        update_identity(tx_, known, after);
        change("identity", known.id.value, identity_value(known), identity_value(after));
    }
    return changed;
}

bool PeopleRecorder::supplement(const PeopleRow& row, const Person& known, std::vector<Fact> facts) {
    Supplement to{
        row, known, std::move(facts), {job_.at, job_.today, job_.file_name, {job_.document, row.place}}};
    bool changed = false;
    for (const Fact& said : row.facts) {
        withdraw_undated(to, said);
        if (is_known(to.facts, said) || keeps_its_own(to, said)) continue;
        add(to, since_today_if_new(known, to.facts, said, job_.today));
        changed = true;
    }
    show_position(to);
    return move_to_unit(to) || changed;
}

// Since when it holds was not known, or not so well: the same with a day takes its place.
void PeopleRecorder::withdraw_undated(const Supplement& to, const Fact& said) {
    for (const Fact& before : to.facts)
        if (says_the_same(said, before) && !before.until && knows_more(said, before)) {
            update_withdrawal(tx_, job_.actor, before.id, to.act);
            change("fact_withdrawal", before.id.value, {}, {});
        }
}

// Whether the register keeps what it has although the row says otherwise, and tells so.
bool PeopleRecorder::keeps_its_own(const Supplement& to, const Fact& said) {
    if (is_rated_otherwise(to.facts, said))
        differs(to.row, "people.rating_differs", {to.known.full_name, std::to_string(said.from->year())});
    else if (takes_membership_away(to.facts, said, job_.today))
        differs(to.row, "people.membership_differs", {to.known.full_name});
    else
        return false;
    return true;
}

void PeopleRecorder::add(Supplement& to, const Fact& said) {
    const Date begins = said.from.value_or(job_.today);
    end_unsaid_post(to, said, begins);
    end_earlier(to, said, begins);
    keep(to.row, to.known.id, said);
    to.facts.push_back(facts_.back().fact);
}

void PeopleRecorder::end_unsaid_post(const Supplement& to, const Fact& said, Date begins) {
    auto post = unsaid_post(to.known, to.facts);
    if (!post || !takes_the_place_of(said, *post) || fold(post->detail) == fold(said.detail)) return;
    post->until = begins;
    keep(to.row, to.known.id, *post);
    tell_of_end(to, *post, said, begins);
}

void PeopleRecorder::end_earlier(Supplement& to, const Fact& said, Date begins) {
    for (Fact& before : std::span(to.facts).first(to.known_before)) {
        const bool is_earlier = !before.from || *before.from < begins ||
                                (is_place_in_the_party(said.kind) && *before.from == begins);
        if (before.until || !is_earlier || !takes_the_place_of(said, before) || says_the_same(said, before))
            continue;
        update_end(tx_, before.id, begins);
        change("fact_end", before.id.value, before.until, begins);
        before.until = begins;
        tell_of_end(to, before, said, begins);
    }
}

void PeopleRecorder::tell_of_end(const Supplement& to, const Fact& post, const Fact& said, Date begins) {
    if (said.kind == Kind::position)
        differs(to.row, "people.post_ended", {to.known.full_name, post.detail, to_text(begins), said.detail});
}

void PeopleRecorder::show_position(const Supplement& to) {
    const std::string shown = shown_position(to.known.position, to.facts, job_.today);
    if (shown == to.known.position) return;
    update_position(tx_, to.known.id, shown);
    change("position", to.known.id.value, to.known.position, shown);
}

bool PeopleRecorder::move_to_unit(const Supplement& to) {
    const Person& known = to.known;
    const organisations::UnitId unit = to.row.person.unit;
    if (!to.row.unit_is_said || unit == known.unit) return false;
    const Fact move{.kind = Kind::unit, .value = to_text(unit), .from = job_.today};
    if (!state(tx_, job_.actor, known, move, to.act)) {
        differs(to.row, "people.unit_differs", {known.full_name});
        return false;
    }
    for (const Fact& before : to.facts)
        if (before.kind == Kind::unit && !before.until && (!before.from || *before.from < job_.today))
            change("fact_end", before.id.value, before.until, job_.today);
    change("unit", known.id.value, known.unit, unit);
    return true;
}

void PeopleRecorder::keep(const PeopleRow& row, PersonId person, Fact fact) {
    fact.id = new_id<FactId>();
    fact.person = person;
    facts_.push_back({std::move(fact), row.place});
}

}  // namespace tiendo::people
