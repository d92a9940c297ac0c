// What is known of people, with the days on which it holds.
#include <algorithm>
#include <array>
#include <utility>

#include "features/people/people_store.h"

namespace tiendo::people {
namespace {

constexpr std::array kind_names{
    std::pair{Kind::membership, std::string_view("membership")},
    std::pair{Kind::party_cell, std::string_view("party_cell")},
    std::pair{Kind::party_committee, std::string_view("party_committee")},
    std::pair{Kind::position, std::string_view("position")},
    std::pair{Kind::planned_position, std::string_view("planned_position")},
    std::pair{Kind::grade, std::string_view("grade")},
    std::pair{Kind::education, std::string_view("education")},
    std::pair{Kind::theory, std::string_view("theory")},
    std::pair{Kind::rating, std::string_view("rating")},
    std::pair{Kind::certificate, std::string_view("certificate")},
    std::pair{Kind::unit, std::string_view("unit")},
    std::pair{Kind::phone, std::string_view("phone")},
    std::pair{Kind::email, std::string_view("email")},
    std::pair{Kind::ethnicity, std::string_view("ethnicity")},
    std::pair{Kind::religion, std::string_view("religion")},
};

Fact fact_of(const db::Row& row) {
    return Fact{.id = row.id<FactId>(0),
                .person = row.id<PersonId>(1),
                .kind = parse_kind(row.view(2)).value_or(Kind::position),
                .value = row.text(3),
                .level = row.text(4),
                .body = row.text(5),
                .detail = row.text(6),
                .from = row.maybe_date(7),
                .until = row.maybe_date(8),
                .from_precision = parse_precision(row.view(9)).value_or(Precision::day)};
}

}  // namespace

std::span<const std::string_view> values_of(Kind kind) {
    using namespace std::string_view_literals;
    static constexpr std::array memberships{"none"sv, "admission_candidate"sv, "probationary"sv, "full"sv};
    static constexpr std::array grades{"specialist"sv, "principal_specialist"sv, "senior_specialist"sv,
                                       "other"sv};
    static constexpr std::array degrees{"primary"sv,  "lower_secondary"sv, "upper_secondary"sv, "college"sv,
                                        "bachelor"sv, "master"sv,          "doctor"sv};
    static constexpr std::array levels{"elementary"sv, "intermediate"sv, "advanced"sv};
    static constexpr std::array ratings{"excellent"sv, "good"sv, "satisfactory"sv, "failed"sv};
    switch (kind) {
        case Kind::membership: return memberships;
        case Kind::grade: return grades;
        case Kind::education: return degrees;
        case Kind::theory: return levels;
        case Kind::rating: return ratings;
        default: return {};
    }
}

namespace {

bool is_one_at_a_time(Kind kind) {
    switch (kind) {
        case Kind::membership:
        case Kind::party_cell:
        case Kind::party_committee:
        case Kind::grade:
        case Kind::unit:
        case Kind::phone:
        case Kind::email:
        case Kind::ethnicity:
        case Kind::religion: return true;
        default: return false;
    }
}

bool is_post(const Fact& fact) { return fact.kind == Kind::position && fact.body == "government"; }

}  // namespace

bool takes_the_place_of(const Fact& later, const Fact& earlier) {
    return later.kind == earlier.kind &&
           (is_one_at_a_time(later.kind) || (is_post(later) && is_post(earlier)));
}

std::optional<Fact> unsaid_post(const Person& person, std::span<const Fact> known) {
    const bool said = std::any_of(known.begin(), known.end(), [&](const Fact& fact) {
        return fact.kind == Kind::position && fact.detail == person.position;
    });
    if (said || person.position.empty()) return std::nullopt;
    return Fact{.id = new_id<FactId>(),
                .person = person.id,
                .kind = Kind::position,
                .body = "government",
                .detail = person.position};
}

std::optional<organisations::UnitId> unit_on(Date day, std::span<const Fact> facts) {
    const Fact* found = nullptr;
    for (const Fact& fact : facts)
        if (fact.kind == Kind::unit && fact.holds_on(day) &&
            (!found || !found->from || found->from < fact.from))
            found = &fact;
    if (!found) return std::nullopt;
    return organisations::UnitId{parse_id(found->value)};
}

std::string shown_position(std::string_view now, std::span<const Fact> facts, Date today) {
    const auto body_rank = [](const Fact& fact) { return is_post(fact) ? 0 : fact.body == "party" ? 1 : 2; };
    const auto stands_before = [&](const Fact& a, const Fact& b) {
        if (body_rank(a) != body_rank(b)) return body_rank(a) < body_rank(b);
        return a.from != b.from ? a.from > b.from : a.id > b.id;  // nobody knows since when: the least
    };
    const Fact* shown = nullptr;
    bool said = now.empty();
    for (const Fact& fact : facts) {
        if (fact.kind != Kind::position) continue;
        said = said || fact.detail == now;
        if (fact.holds_on(today) && (!shown || stands_before(fact, *shown))) shown = &fact;
    }
    if (!said && !(shown && is_post(*shown))) return std::string(now);
    return shown ? shown->detail : "";
}

const std::vector<Kind>& kinds() {
    static const std::vector<Kind> all = [] {
        std::vector<Kind> found;
        for (const auto& [kind, name] : kind_names) found.push_back(kind);
        return found;
    }();
    return all;
}

std::string_view to_text(Kind kind) {
    for (const auto& [known, name] : kind_names)
        if (known == kind) return name;
    return "";
}

std::optional<Kind> parse_kind(std::string_view text) {
    for (const auto& [kind, name] : kind_names)
        if (name == text) return kind;
    return std::nullopt;
}

std::optional<Date> Fact::begun_by() const {
    if (!from || from_precision == Precision::day) return from;
    return from_precision == Precision::month ? last_day_of_month(from->year(), from->month())
                                              : last_day_of_month(from->year(), 12);
}

std::optional<std::string> Fact::from_text() const {
    constexpr std::size_t of_year = 4, of_month = 7;
    if (!from) return std::nullopt;
    const std::string whole = to_text(*from);
    return from_precision == Precision::day     ? whole
           : from_precision == Precision::month ? whole.substr(0, of_month)
                                                : whole.substr(0, of_year);
}

bool is_sensitive(Kind kind) {
    switch (kind) {
        case Kind::membership:
        case Kind::party_cell:
        case Kind::party_committee:
        case Kind::ethnicity:
        case Kind::religion: return true;
        default: return false;
    }
}

std::vector<Fact> facts_of(db::Read& tx, std::span<const PersonId> people) {
    constexpr std::size_t asked_at_once = 500;
    std::vector<PersonId> ordered(people.begin(), people.end());
    std::sort(ordered.begin(), ordered.end());
    ordered.erase(std::unique(ordered.begin(), ordered.end()), ordered.end());
    std::vector<Fact> facts;
    for (std::size_t begin = 0; begin < ordered.size(); begin += asked_at_once) {
        const std::span<const PersonId> some(ordered.data() + begin,
                                             std::min(asked_at_once, ordered.size() - begin));
        const std::string list = side_by_side(some);
        tx.each(R"sql(
            with recursive places (place) as (
                select 0
                union all
                select place + 1 from places where place + 1 < :count
            ),
            asked (person) as (
                select cast(trim(substr(:list, cast(place * :width + 1 as integer), cast(:width as integer)))
                            as bigint)
                from places
            )
            select f.id, f.person, f.kind, f.value, f.level, f.body, f.detail, f.valid_from, f.valid_until,
                   f.from_precision
            from asked a cross join person_facts f
            where f.person = a.person and f.withdrawn_at is null
            order by f.person, f.kind, f.valid_from nulls first, f.id)sql",
                {{"count", some.size()}, {"list", list}, {"width", width_of_id}},
                [&](const db::Row& row) { facts.push_back(fact_of(row)); });
    }
    return facts;
}

std::vector<Recorded> history_of(db::Read& tx, PersonId person) {
    return tx.all<Recorded>(
        R"sql(
        select f.id, f.person, f.kind, f.value, f.level, f.body, f.detail, f.valid_from, f.valid_until,
               f.from_precision, f.recorded_at, a.display_name, coalesce(u.name, g.name, ''), f.document,
               coalesce(d.title, ''), f.source_place, f.withdrawn_at, coalesce(f.withdrawn_reason, '')
        from person_facts f
        join accounts a on a.id = f.recorded_by
        left join documents d on d.id = f.document
        left join units u on f.kind = 'unit' and cast(u.id as text) = f.value
        left join programmes g on f.kind = 'certificate' and g.code = f.value
        where f.person = :person
        order by f.kind, f.valid_from desc nulls last, f.id desc)sql",
        {{"person", person}}, [](const db::Row& row) {
            return Recorded{.fact = fact_of(row),
                            .recorded_at = row.instant(10),
                            .recorded_by = row.text(11),
                            .name = row.text(12),
                            .document = row.maybe_id<documents::DocumentId>(13),
                            .document_title = row.text(14),
                            .source_place = row.text(15),
                            .withdrawn_at = row.is_null(16) ? std::nullopt : std::optional(row.instant(16)),
                            .withdrawn_reason = row.text(17)};
        });
}

void insert_fact(db::Write& tx, const web::Actor& actor, const Fact& fact, const Act& act) {
    tx.run(R"sql(
        insert into person_facts (id, person, kind, value, level, body, detail, valid_from, valid_until,
                                  from_precision, recorded_at, recorded_by, document, source_place)
        values (:id, :person, :kind, :value, :level, :body, :detail, :from, :until, :precision, :at, :actor,
                :document, :source_place))sql",
           {{"id", fact.id},
            {"person", fact.person},
            {"kind", to_text(fact.kind)},
            {"value", fact.value},
            {"level", fact.level},
            {"body", fact.body},
            {"detail", fact.detail},
            {"from", fact.from},
            {"until", fact.until},
            {"precision", to_text(fact.from_precision)},
            {"at", act.at},
            {"actor", actor.account},
            {"document", act.source.document},
            {"source_place", act.source.place}});
}

void update_end(db::Write& tx, FactId fact, std::optional<Date> until) {
    tx.run(R"sql(update person_facts set valid_until = :until where id = :id)sql",
           {{"id", fact}, {"until", until}});
}

void update_withdrawal(db::Write& tx, const web::Actor& actor, FactId fact, const Act& act) {
    tx.run(R"sql(
        update person_facts set withdrawn_at = :at, withdrawn_by = :actor, withdrawn_reason = :reason
        where id = :id and withdrawn_at is null)sql",
           {{"id", fact}, {"at", act.at}, {"actor", actor.account}, {"reason", act.reason}});
}

}  // namespace tiendo::people
