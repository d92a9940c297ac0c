// People into the register, thousands at a time.
#include <algorithm>

#include "base/text.h"
#include "features/people/people_store.h"

namespace tiendo::people {
namespace {

struct Word {
    std::string text;
    std::size_t person;
};

std::optional<std::string_view> or_null(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional<std::string_view>(text);
}

}  // namespace

std::string Registration::key_of(std::string_view full_name) {
    const std::size_t last = full_name.rfind(' ');
    if (last == std::string_view::npos) return key_part(full_name);
    const std::string given = key_part(full_name.substr(last + 1));
    return given + key_part(full_name.substr(0, last));
}

const std::string& Registration::key_part(std::string_view words) {
    constexpr std::size_t remembered = 20'000;
    if (keys_.size() >= remembered) keys_.clear();
    auto [place, is_new] = keys_.try_emplace(std::string(words));
    if (is_new) place->second = sort_key(words);
    return place->second;
}

void Registration::add(std::span<const Person> people) {
    std::vector<std::string> keys;
    std::vector<Word> words;
    keys.reserve(people.size());
    auto rows = tx_.bulk(
        "people", {"id", "full_name", "family_name", "search", "sort_key", "birth_date", "birth_precision",
                   "sex", "national_id", "party_card", "unit", "position", "recorded_at", "document"});
    for (const Person& person : people) {
        keys.push_back(key_of(person.full_name));
        const std::string folded = fold(person.full_name);
        const std::optional<Date> birth = person.birth ? std::optional(person.birth->date) : std::nullopt;
        const std::string_view precision = person.birth ? to_text(person.birth->precision) : "";
        rows.add({person.id, person.full_name, person.family_name, folded, db::Blob{keys.back()}, birth,
                  precision, person.sex, or_null(person.national_id), or_null(person.party_card), person.unit,
                  person.position, at_, document_});
        for (const std::string& word : words_of(folded)) {
            ++words_[word];
            words.push_back({word, keys.size() - 1});
        }
    }
    rows.flush();

    // In the order of the index, which so is not searched anew for every row.
    std::sort(words.begin(), words.end(), [&](const Word& a, const Word& b) {
        return a.text != b.text ? a.text < b.text : keys[a.person] < keys[b.person];
    });
    auto index = tx_.bulk("person_words", {"word", "sort_key", "person"});
    for (const Word& word : words)
        index.add({word.text, db::Blob{keys[word.person]}, people[word.person].id});
    index.flush();
}

void Registration::close() {
    if (words_.empty()) return;
    tx_.run(R"sql(create temporary table registered_words (word text not null, people bigint not null))sql");
    auto bulk = tx_.bulk("registered_words", {"word", "people"});
    for (const auto& [word, people] : words_) bulk.add({word, people});
    bulk.flush();
    tx_.run(R"sql(
        insert into name_words (word, people)
        select word, people from registered_words where people > 0 order by word
        on conflict (word) do update set people = name_words.people + excluded.people)sql");
    tx_.run(R"sql(drop table registered_words)sql");
    words_.clear();
}

}  // namespace tiendo::people
