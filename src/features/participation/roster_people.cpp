#include "features/participation/roster_people.h"

#include "base/text.h"

namespace tiendo::participation {
namespace {

// Somebody of the register whom a row may mean.
struct Candidate {
    people::PersonId person;
    std::string national_id, full_name;
    std::optional<people::Birth> birth;
    Standing registered;
    std::optional<Participation> before;
    std::optional<documents::DocumentId> before_document;
};

Candidate candidate_of(const db::Row& row, const RosterRow& of) {
    Candidate candidate{.person = row.id<people::PersonId>(1),
                        .national_id = row.text(2),
                        .full_name = row.text(3),
                        .birth = std::nullopt,
                        .registered = {row.id<organisations::UnitId>(15), row.text(16)},
                        .before = std::nullopt,
                        .before_document = std::nullopt};
    if (!row.is_null(4))
        candidate.birth = people::Birth{row.date(4), parse_precision(row.view(14)).value_or(Precision::day)};
    if (row.is_null(5)) return candidate;
    Participation& before = candidate.before.emplace();
    before.id = row.id<ParticipationId>(5);
    before.cohort = of.cohort->id;
    before.facts = {row.maybe_date(6), row.maybe_date(7), row.text(8)};
    before.note = row.text(9);
    before.unit = row.id<organisations::UnitId>(10);
    before.position = row.text(11);
    before.source_place = row.text(12);
    candidate.before_document = row.maybe_id<documents::DocumentId>(13);
    return candidate;
}

// What the register knows for each of some rows, asked with four queries for all of them. A record
// that was merged into another means that one.
class Candidates {
 public:
    Candidates(db::Write& tx, const RosterRows& rows)
        : rows_(rows), by_id_(rows.size()), by_name_(rows.size()) {
        lay_down(tx);
        if (any_id_) find_by_id(tx);
        if (any_birth_ && any_id_) find_without_id(tx);
        if (any_birth_) find_by_name(tx);
        if (any_name_alone_) find_in_cohort(tx);
        tx.run(R"sql(drop table roster_chunk)sql");
    }
    const std::optional<Candidate>& by_id(std::size_t row) const { return by_id_[row]; }
    const std::vector<Candidate>& by_name(std::size_t row) const { return by_name_[row]; }

 private:
    // Anew for each chunk: a table emptied by deletes keeps its size on PostgreSQL, and the
    // planner believes it.
    void lay_down(db::Write& tx) {
        tx.run(R"sql(
            create temporary table roster_chunk (
                number bigint not null,
                cohort bigint not null,
                search text not null,
                birth_date date,
                unit bigint not null,
                national_id text))sql");
        auto bulk =
            tx.bulk("roster_chunk", {"number", "cohort", "search", "birth_date", "unit", "national_id"});
        std::int64_t number = 0;
        for (const RosterRow& row : rows_) {
            const auto birth = row.birth ? std::optional(row.birth->date) : std::nullopt;
            const auto id =
                row.national_id.empty() ? std::nullopt : std::optional<std::string_view>(row.national_id);
            bulk.add({number++, row.cohort->id, row.search, birth, row.unit, id});
            any_id_ = any_id_ || id;
            any_birth_ = any_birth_ || birth;
            any_name_alone_ = any_name_alone_ || (!id && !birth);
        }
        bulk.flush();
    }

    void find_by_id(db::Write& tx) {
        tx.each(R"sql(
            select r.number, coalesce(k.id, p.id), case when k.id is null then p.national_id else k.national_id end,
                   p.full_name, p.birth_date,
                   n.id, n.started_on, n.withdrawn_on, n.result, n.note, n.unit, n.position, n.source_place, n.document,
                   p.birth_precision, coalesce(k.unit, p.unit), coalesce(k.position, p.position)
            from roster_chunk r
            cross join people p
            left join people k on k.id = p.merged_into
            left join participations n on n.cohort = r.cohort and n.person = coalesce(p.merged_into, p.id)
            where p.national_id = r.national_id)sql",
                {}, [&](const db::Row& row) {
                    const auto number = static_cast<std::size_t>(row.integer(0));
                    by_id_[number] = candidate_of(row, rows_[number]);
                });
    }

    // A person known without an ID is the one a row with an ID means, when all else agrees.
    void find_without_id(db::Write& tx) {
        tx.each(R"sql(
            select r.number, coalesce(k.id, p.id), case when k.id is null then p.national_id else k.national_id end,
                   p.full_name, p.birth_date,
                   n.id, n.started_on, n.withdrawn_on, n.result, n.note, n.unit, n.position, n.source_place, n.document,
                   p.birth_precision, coalesce(k.unit, p.unit), coalesce(k.position, p.position)
            from roster_chunk r
            cross join people p
            left join people k on k.id = p.merged_into
            left join participations n on n.cohort = r.cohort and n.person = coalesce(p.merged_into, p.id)
            where r.national_id is not null and p.national_id is null
              and p.search = r.search and p.birth_date = r.birth_date and p.unit = r.unit
            order by r.number, p.id)sql",
                {}, [&](const db::Row& row) { take(row); });
    }

    // A row without an ID means the first of those of whom all else agrees: thousands may.
    void find_by_name(db::Write& tx) {
        tx.each(R"sql(
            select r.number, coalesce(k.id, p.id), case when k.id is null then p.national_id else k.national_id end,
                   p.full_name, p.birth_date,
                   n.id, n.started_on, n.withdrawn_on, n.result, n.note, n.unit, n.position, n.source_place, n.document,
                   p.birth_precision, coalesce(k.unit, p.unit), coalesce(k.position, p.position)
            from roster_chunk r
            cross join people p
            left join people k on k.id = p.merged_into
            left join participations n on n.cohort = r.cohort and n.person = coalesce(p.merged_into, p.id)
            where r.national_id is null
              and p.id = (select min(x.id) from people x
                          where x.search = r.search and x.birth_date = r.birth_date and x.unit = r.unit)
            order by r.number)sql",
                {}, [&](const db::Row& row) { take(row); });
    }

    // A name alone tells nobody from another: without a birth date it holds within its cohort only.
    // (coalesce: SQLite would otherwise begin with all people who have no ID.)
    void find_in_cohort(db::Write& tx) {
        tx.each(R"sql(
            select r.number, coalesce(p.merged_into, p.id), p.national_id, p.full_name, p.birth_date,
                   n.id, n.started_on, n.withdrawn_on, n.result, n.note, n.unit, n.position, n.source_place, n.document,
                   p.birth_precision, p.unit, p.position
            from roster_chunk r
            cross join people p
            cross join participations n
            where r.birth_date is null and r.national_id is null
              and p.search = r.search and p.birth_date is null and coalesce(p.national_id, '') = ''
              and n.cohort = r.cohort and n.person = coalesce(p.merged_into, p.id) and n.unit = r.unit
            order by r.number, p.id)sql",
                {}, [&](const db::Row& row) { take(row); });
    }

    void take(const db::Row& row) {
        const auto number = static_cast<std::size_t>(row.integer(0));
        by_name_[number].push_back(candidate_of(row, rows_[number]));
    }

    const RosterRows& rows_;
    bool any_id_ = false, any_birth_ = false, any_name_alone_ = false;
    std::vector<std::optional<Candidate>> by_id_;
    std::vector<std::vector<Candidate>> by_name_;
};

// Whom a row without a known ID means, as far as the row itself can tell.
std::string name_key(const RosterRow& row) {
    const std::string when = row.birth ? to_text(row.birth->date) : "in " + to_text(row.cohort->id);
    return row.search + "\n" + when + "\n" + to_text(row.unit);
}

// Goes through the rows in order, with what those before have added to the register.
class Walk {
 public:
    Walk(db::Write& tx, const RosterRows& rows, imports::Report& report)
        : tx_(tx), rows_(rows), report_(report), candidates_(tx, rows) {}

    Recognised go() {
        for (std::size_t i = 0; i < rows_.size(); ++i) recognised_.meant.push_back(meant_by(i));
        return std::move(recognised_);
    }

 private:
    struct Owner {  // of an ID that this chunk has given
        people::PersonId person;
        const RosterRow* row;
        bool is_new;
    };

    Meant meant_by(std::size_t i) {
        const RosterRow& row = rows_[i];
        if (!row.national_id.empty()) {
            if (const auto& known = candidates_.by_id(i))
                return checked(row, known->full_name, known->birth, meant(*known));
            if (const auto given = ids_given_.find(row.national_id); given != ids_given_.end()) {
                const Owner& owner = given->second;
                return checked(row, owner.row->full_name, owner.row->birth,
                               owner.is_new ? Meant{owner.person} : asked(row, owner.person));
            }
        }
        for (const Candidate& known : candidates_.by_name(i))
            if (row.national_id.empty() || id_of(known).empty()) {
                Meant found = meant(known);
                found.adds_id = !row.national_id.empty();
                if (found.adds_id) give_id(row, known.person);
                return found;
            }
        const bool named = row.birth || row.national_id.empty();
        if (named)
            if (NewPerson* made = made_before(row)) {
                if (!row.national_id.empty()) {
                    made->national_id = row.national_id;
                    ids_given_[row.national_id] = {made->id, made->row, true};
                }
                return {made->id};
            }
        return {make(row, named)};
    }

    static Meant meant(const Candidate& known) {
        return {known.person, known.before, known.before_document, known.registered};
    }

    // Two rows, or a row and the register, that share an ID: of one person, or one was mistyped.
    Meant checked(const RosterRow& row, const std::string& known_name,
                  const std::optional<people::Birth>& known_birth, Meant meant) {
        const people::Person known{.full_name = known_name, .birth = known_birth};
        const people::Bearer bearer = people::bearer(known, row.full_name, row.birth);
        if (bearer == people::Bearer::doubtful) {
            constexpr int told_of = 200;
            if (++told_ <= told_of)
                for (Refusal& note : people::differences(row.sheet_row, known, row.full_name, row.birth))
                    report_.notes.push_back(std::move(note));
        } else if (bearer == people::Bearer::other) {
            report_.reject({row.sheet,
                            row.sheet_row,
                            "national_id",
                            row.full_name,
                            {"national_id", "roster.id_of_another", {row.full_name, known_name}},
                            known_name});
            meant.rejected = true;
        }
        return meant;
    }

    std::string id_of(const Candidate& known) const {
        const auto given = given_to_known_.find(known.person);
        return given == given_to_known_.end() ? known.national_id : given->second;
    }

    void give_id(const RosterRow& row, people::PersonId person) {
        recognised_.ids.push_back({person, row.national_id});
        given_to_known_[person] = row.national_id;
        ids_given_[row.national_id] = {person, &row, false};
    }

    NewPerson* made_before(const RosterRow& row) {
        const auto [first, last] = made_by_name_.equal_range(name_key(row));
        for (auto at = first; at != last; ++at) {
            NewPerson& made = recognised_.made[at->second];
            if (row.national_id.empty() || made.national_id.empty()) return &made;
        }
        return nullptr;
    }

    people::PersonId make(const RosterRow& row, bool named) {
        const auto id = new_id<people::PersonId>();
        if (named) made_by_name_.emplace(name_key(row), recognised_.made.size());
        if (!row.national_id.empty()) ids_given_[row.national_id] = {id, &row, true};
        recognised_.made.push_back({id, &row, row.national_id});
        return id;
    }

    // Somebody of the register whom only another row of the chunk has led to.
    Meant asked(const RosterRow& row, people::PersonId person) {
        Meant meant{person};
        tx_.each(R"sql(
            select 0, p.id, p.national_id, p.full_name, p.birth_date,
                   n.id, n.started_on, n.withdrawn_on, n.result, n.note, n.unit, n.position, n.source_place, n.document,
                   p.birth_precision, p.unit, p.position
            from participations n join people p on p.id = n.person
            where n.cohort = :cohort and n.person = :person)sql",
                 {{"cohort", row.cohort->id}, {"person", person}}, [&](const db::Row& found) {
                     const Candidate known = candidate_of(found, row);
                     meant.before = known.before;
                     meant.before_document = known.before_document;
                     meant.registered = known.registered;
                 });
        return meant;
    }

    db::Write& tx_;
    const RosterRows& rows_;
    imports::Report& report_;
    const Candidates candidates_;
    Recognised recognised_;
    std::unordered_map<std::string, Owner> ids_given_;
    std::unordered_map<people::PersonId, std::string> given_to_known_;
    std::unordered_multimap<std::string, std::size_t> made_by_name_;
    int told_ = 0;
};

}  // namespace

Recognised recognise(db::Write& tx, const RosterRows& rows, imports::Report& report) {
    return Walk(tx, rows, report).go();
}

}  // namespace tiendo::participation
