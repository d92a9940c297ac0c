// What is known of people, with the days on which it holds.
#include <algorithm>
#include <array>
#include <utility>

#include "features/people/people_store.h"

namespace tiendo::people {
namespace {

constexpr std::array kind_names{
    std::pair{Kind::membership, std::string_view("membership")},
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

// Ids side by side in one text, each of this many characters, so that one statement asks for any
// number of people.
constexpr int id_width = 20;

std::string side_by_side(std::span<const PersonId> people) {
    std::string list;
    list.reserve(people.size() * id_width);
    for (const PersonId person : people) {
        const std::string id = to_text(person);
        list.append(id_width - id.size(), ' ').append(id);
    }
    return list;
}

Fact fact_of(const db::Row& row) {
    return Fact{.id = row.id<FactId>(0),
                .person = row.id<PersonId>(1),
                .kind = parse_kind(row.view(2)).value_or(Kind::position),
                .value = row.text(3),
                .level = row.text(4),
                .body = row.text(5),
                .detail = row.text(6),
                .from = row.maybe_date(7),
                .until = row.maybe_date(8)};
}

}  // namespace

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

bool is_sensitive(Kind kind) {
    return kind == Kind::membership || kind == Kind::ethnicity || kind == Kind::religion;
}

std::vector<Fact> facts_of(db::Read& tx, std::span<const PersonId> people) {
    constexpr std::size_t asked_at_once = 500;
    std::vector<PersonId> ordered(people.begin(), people.end());
    std::sort(ordered.begin(), ordered.end());
    ordered.erase(std::unique(ordered.begin(), ordered.end()), ordered.end());
    std::vector<Fact> facts;
    for (std::size_t begin = 0; begin < ordered.size(); begin += asked_at_once) {
        const auto some = std::span(ordered).subspan(begin, std::min(asked_at_once, ordered.size() - begin));
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
            select f.id, f.person, f.kind, f.value, f.level, f.body, f.detail, f.valid_from, f.valid_until
            from asked a cross join person_facts f
            where f.person = a.person and f.withdrawn_at is null
            order by f.person, f.kind, f.valid_from nulls first, f.id)sql",
                {{"count", some.size()}, {"list", list}, {"width", id_width}},
                [&](const db::Row& row) { facts.push_back(fact_of(row)); });
    }
    return facts;
}

}  // namespace tiendo::people
