#include "features/duplicates/keys.h"

#include <algorithm>
#include <string>

#include "features/duplicates/hash.h"
#include "features/duplicates/names.h"
#include "features/duplicates/records.h"

namespace tiendo::duplicates {
namespace {

class Keys {
 public:
    Keys(const people::Person& person, std::string_view search, const std::function<void(Keyed)>& emit)
        : person_(person), search_(search), name_(sorted_words(search)), emit_(emit) {}

    void all() const {
        if (!person_.party_card.empty()) emit(Hash('c').add(person_.party_card));
        if (!person_.national_id.empty()) by_id();
        if (person_.birth) by_birth(*person_.birth);
    }

 private:
    void emit(const Hash& hash, bool odd = true) const { emit_({hash.value(), person_.id.value, odd}); }

    void by_id() const {
        const std::string_view id = person_.national_id;
        constexpr std::size_t citizen = 12, kept = 6;
        emit(Hash('i').add(without_zeros(id)));
        if (id.size() < kept) return;
        // A shortened ID begins or ends as the whole one does.
        const bool shortened = id.size() < citizen;
        emit(Hash('b').add(name_).add(id.substr(0, kept)), shortened || id.size() == citizen);
        emit(Hash('e').add(name_).add(id.substr(id.size() - kept)));
    }

    void by_birth(const people::Birth& birth) const {
        const Date date = birth.date;
        const auto unit = static_cast<std::uint64_t>(person_.unit.value);
        const bool whole = names_a_day(birth);
        emit(Hash('y').add(name_).add(static_cast<std::uint64_t>(date.year())), !whole);
        if (!whole) return;
        emit(Hash('n').add(name_).add(date));
        emit(Hash('u').add(name_).add(unit));  // another birth date, one digit off
        emit(Hash('d').add(date).add(unit));   // another spelling of the name
        const std::size_t given = search_.rfind(' ');
        emit(Hash('g').add(search_.substr(given + 1)).add(date));
        const Initials initials = initials_of(search_);
        emit(Hash('a').add(initials.letters).add(date), initials.abbreviated);
        if (date.day() <= 12 && date.day() != date.month()) {
            const auto [low, high] = std::minmax({date.day(), date.month()});
            emit(
                Hash('s').add(name_).add(static_cast<std::uint64_t>(date.year() * 10000 + low * 100 + high)));
        }
    }

    const people::Person& person_;
    const std::string_view search_;
    const std::string name_;
    const std::function<void(Keyed)>& emit_;
};

}  // namespace

void keys_of(const people::Person& person, std::string_view search, const std::function<void(Keyed)>& emit) {
    Keys(person, search, emit).all();
}

std::vector<Candidate> candidates_of(std::vector<Keyed>& keyed) {
    std::sort(keyed.begin(), keyed.end(), [](const Keyed& a, const Keyed& b) {
        return a.key != b.key ? a.key < b.key : a.odd != b.odd ? a.odd : a.person < b.person;
    });
    std::vector<Candidate> candidates;
    for (auto first = keyed.begin(); first != keyed.end();) {
        const auto last =
            std::find_if(first, keyed.end(), [&](const Keyed& one) { return one.key != first->key; });
        const auto odd_last = std::find_if(first, last, [](const Keyed& one) { return !one.odd; });
        // Some 300 people of one name and unit, or 15 born in an unknown month among 3,000: a key
        // shared by more tells nothing, and comparing all with all would take the square of it.
        constexpr std::int64_t most_pairs = 50'000;
        if ((odd_last - first) * (last - first) <= most_pairs)
            for (auto a = first; a != odd_last; ++a)
                for (auto b = a + 1; b != last; ++b)
                    if (a->person != b->person) candidates.push_back(std::minmax(a->person, b->person));
        first = last;
    }
    std::sort(candidates.begin(), candidates.end());
    candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
    return candidates;
}

}  // namespace tiendo::duplicates
