// A search begins where the fewest people are: with the rarest of its words, or with the units of
// somebody who sees only some. Either is read in the order of the answer and stops when the page is
// full, so that 400,000 Nguyễn cost no more than one.
#include "features/people/people_search.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "features/people/people_store.h"

namespace tiendo::people {
namespace {

constexpr int most_words = 6;        // of a search; a longer one finds nobody
constexpr int most_unfinished = 24;  // words that an unfinished one may become
constexpr int most_begun = 1'000;    // numbers that begin with the digits given

struct Counted {
    std::string word;
    std::int64_t people = 0;
};

// A place in the list: before everybody, at somebody, or after everybody.
struct At {
    std::string key;
    PersonId person{};
};
// No sort key begins so.
const At after_everybody{"\xff\xff", PersonId{INT64_MAX}};

struct Asked {
    std::vector<Counted> whole;       // words as they were written, the rarest first
    std::vector<Counted> unfinished;  // what the last word may become
    std::string last;
    bool hopeless = false;  // a word that nobody has
};

// Everything that begins with the text lies before this one.
std::string end_of(const std::string& beginning) { return beginning + "\xf4\x8f\xbf\xbf"; }

Asked ask(db::Read& tx, const std::vector<std::string>& words) {
    Asked asked;
    if (words.empty()) return asked;
    asked.last = words.back();
    std::array<std::string, most_words> slots;
    std::copy(words.begin(), words.end(), slots.begin());
    const std::string until = end_of(asked.last);
    tx.each(R"sql(
        select word, people from name_words
        where people > 0
          and (word in (:word_1, :word_2, :word_3, :word_4, :word_5, :word_6) or (word >= :last and word < :until))
        order by people desc, word)sql",
            {{"word_1", slots[0]},
             {"word_2", slots[1]},
             {"word_3", slots[2]},
             {"word_4", slots[3]},
             {"word_5", slots[4]},
             {"word_6", slots[5]},
             {"last", asked.last},
             {"until", until}},
            [&](const db::Row& row) {
                const Counted counted{row.text(0), row.integer(1)};
                if (std::find(words.begin(), words.end() - 1, counted.word) != words.end() - 1)
                    asked.whole.insert(asked.whole.begin(), counted);
                if (counted.word == asked.last)
                    asked.unfinished.insert(asked.unfinished.begin(), counted);
                else if (counted.word.starts_with(asked.last))
                    asked.unfinished.push_back(counted);
            });
    asked.hopeless = asked.whole.size() + 1 < words.size() || asked.unfinished.empty();
    if (asked.unfinished.size() == 1) {
        asked.whole.push_back(asked.unfinished.front());
        asked.unfinished.clear();
        std::stable_sort(asked.whole.begin(), asked.whole.end(),
                         [](const Counted& a, const Counted& b) { return a.people < b.people; });
    }
    return asked;
}

class Finder {
 public:
    Finder(db::Read& tx, const web::Actor& actor, At after, int count)
        : tx_(tx), actor_(actor), after_(std::move(after)), count_(count) {}

    std::vector<Person> named(const std::vector<std::string>& words) {
        const Asked asked = ask(tx_, words);
        if (asked.hopeless) return {};
        // Who reaches every root reaches all that is beneath.
        sees_all_ = tx_.integer(R"sql(
            select count(*) from units u
            where u.parent is null
              and not exists (select 1 from reach r
                              where r.account = :actor and r.permission = :permission and r.unit = u.id))sql",
                                {{"actor", actor_.account}, {"permission", see_people.name}}) == 0;
        std::int64_t unfinished = 0;
        for (const Counted& one : asked.unfinished) unfinished += one.people;
        const bool by_unfinished = !asked.unfinished.empty() &&
                                   (asked.whole.empty() || (unfinished < asked.whole.front().people &&
                                                            asked.unfinished.size() <= most_unfinished));
        const std::int64_t rarest = by_unfinished         ? unfinished
                                    : asked.whole.empty() ? INT64_MAX
                                                          : asked.whole.front().people;
        constexpr std::int64_t few = 20'000;
        if (!sees_all_ && seen_of(std::min(rarest, few)) <= std::min(rarest, few))
            by_unit(asked);
        else if (words.empty())
            in_order();
        else if (by_unfinished)
            for (std::size_t i = 0; i < std::min<std::size_t>(asked.unfinished.size(), most_unfinished); ++i)
                by_word(asked.unfinished[i].word, asked.whole, "");
        else
            by_word(asked.whole.front().word, std::span(asked.whole).subspan(1),
                    asked.unfinished.empty() ? "" : asked.last);
        return listed();
    }

    // By the whole number; by its first digits only who may see such numbers whole.
    std::vector<Person> numbered(const std::string& written, bool may_guess) {
        const std::string national_id = read_national_id(written).value_or("");
        const std::string card = read_party_card(written);
        const std::string until = may_guess ? end_of(card) : card;
        tx_.each(R"sql(
            select p.id, p.full_name, p.birth_date, p.birth_precision, p.sex, p.national_id, p.unit, p.position,
               p.party_card, p.merged_into, p.family_name, p.sort_key
            from (select n.id as id from people n where n.national_id = :national_id
                  union
                  select c.id from people c where c.party_card = :card
                  union
                  select b.id from (select g.id as id from people g
                                    where g.national_id >= :card and g.national_id < :until
                                    order by g.national_id limit :most_begun) b) meant
            cross join people p
            where p.id = meant.id and p.merged_into is null
              and exists (select 1 from reach r
                          where r.account = :actor and r.permission = :permission and r.unit = p.unit)
            order by p.national_id nulls last, p.id limit :count)sql",
                 {{"national_id", national_id},
                  {"card", card},
                  {"until", until},
                  {"most_begun", most_begun},
                  {"actor", actor_.account},
                  {"permission", see_people.name},
                  {"count", count_}},
                 [&](const db::Row& row) { take(row); });
        return listed();
    }

 private:
    using Keyed = std::pair<std::string, Person>;
    static bool comes_before(const Keyed& a, const Keyed& b) {
        return std::tie(a.first, a.second.id) < std::tie(b.first, b.second.id);
    }

    void take(const db::Row& row) { rows_.push_back({row.text(columns_of_person), person_of(row)}); }

    // The rows of a page, in order. Somebody may have several of the words that an unfinished one
    // became. Once the page is full, whoever comes after its last person is not looked for any more.
    void keep_first() {
        std::sort(rows_.begin(), rows_.end(), comes_before);
        const auto same = [](const Keyed& a, const Keyed& b) { return a.second.id == b.second.id; };
        rows_.erase(std::unique(rows_.begin(), rows_.end(), same), rows_.end());
        if (static_cast<int>(rows_.size()) < count_) return;
        rows_.resize(static_cast<std::size_t>(count_));
        until_ = {rows_.back().first, rows_.back().second.id};
    }

    std::vector<Person> listed() {
        keep_first();
        std::vector<Person> people;
        for (auto& [key, person] : rows_) people.push_back(std::move(person));
        return people;
    }

    // How many people he sees, counted no further than one past `most`.
    std::int64_t seen_of(std::int64_t most) {
        return tx_.integer(
            R"sql(
            select count(*) from (
                select p.id from reach r join people p on p.unit = r.unit
                where r.account = :actor and r.permission = :permission
                limit :enough) seen)sql",
            {{"actor", actor_.account}, {"permission", see_people.name}, {"enough", most + 1}});
    }

    void by_word(const std::string& word, std::span<const Counted> others, const std::string& unfinished) {
        std::array<std::string, most_words - 1> also;
        std::transform(others.begin(), others.end(), also.begin(),
                       [](const Counted& one) { return one.word; });
        const std::string like = unfinished.empty() ? "%" : "% " + unfinished + "%";
        tx_.each(R"sql(
            select p.id, p.full_name, p.birth_date, p.birth_precision, p.sex, p.national_id, p.unit, p.position,
               p.party_card, p.merged_into, p.family_name, p.sort_key
            from person_words w join people p on p.id = w.person
            where w.word = :word and (w.sort_key, w.person) > (:after_key, :after)
              and (w.sort_key, w.person) <= (:until_key, :until)
          and (:also_1 = '' or exists (select 1 from person_words o where o.word = :also_1
                                              and o.sort_key = w.sort_key and o.person = w.person))
          and (:also_2 = '' or exists (select 1 from person_words o where o.word = :also_2
                                              and o.sort_key = w.sort_key and o.person = w.person))
          and (:also_3 = '' or exists (select 1 from person_words o where o.word = :also_3
                                              and o.sort_key = w.sort_key and o.person = w.person))
          and (:also_4 = '' or exists (select 1 from person_words o where o.word = :also_4
                                              and o.sort_key = w.sort_key and o.person = w.person))
          and (:also_5 = '' or exists (select 1 from person_words o where o.word = :also_5
                                              and o.sort_key = w.sort_key and o.person = w.person))
              and ' ' || p.search like :unfinished
              and p.merged_into is null
              and (:sees_all or exists (select 1 from reach r
                                        where r.account = :actor and r.permission = :permission and r.unit = p.unit))
            order by w.sort_key, w.person limit :count)sql",
                 {{"word", word},
                  {"after_key", db::Blob{after_.key}},
                  {"after", after_.person},
                  {"until_key", db::Blob{until_.key}},
                  {"until", until_.person},
                  {"also_1", also[0]},
                  {"also_2", also[1]},
                  {"also_3", also[2]},
                  {"also_4", also[3]},
                  {"also_5", also[4]},
                  {"unfinished", like},
                  {"sees_all", sees_all_},
                  {"actor", actor_.account},
                  {"permission", see_people.name},
                  {"count", count_}},
                 [&](const db::Row& row) { take(row); });
        keep_first();
    }

    void by_unit(const Asked& asked) {
        std::array<std::string, most_words> like;
        like.fill("%");
        for (std::size_t i = 0; i < asked.whole.size(); ++i) like[i] = "% " + asked.whole[i].word + " %";
        if (!asked.unfinished.empty()) like[asked.whole.size()] = "% " + asked.last + "%";
        tx_.each(R"sql(
            select p.id, p.full_name, p.birth_date, p.birth_precision, p.sex, p.national_id, p.unit, p.position,
               p.party_card, p.merged_into, p.family_name, p.sort_key
            from people p
            where p.unit in (select r.unit from reach r where r.account = :actor and r.permission = :permission)
              and (p.sort_key, p.id) > (:after_key, :after)
          and ' ' || p.search || ' ' like :like_1
          and ' ' || p.search || ' ' like :like_2
          and ' ' || p.search || ' ' like :like_3
          and ' ' || p.search || ' ' like :like_4
          and ' ' || p.search || ' ' like :like_5
          and ' ' || p.search || ' ' like :like_6
              and p.merged_into is null
            order by p.sort_key, p.id limit :count)sql",
                 {{"actor", actor_.account},
                  {"permission", see_people.name},
                  {"after_key", db::Blob{after_.key}},
                  {"after", after_.person},
                  {"like_1", like[0]},
                  {"like_2", like[1]},
                  {"like_3", like[2]},
                  {"like_4", like[3]},
                  {"like_5", like[4]},
                  {"like_6", like[5]},
                  {"count", count_}},
                 [&](const db::Row& row) { take(row); });
    }

    void in_order() {
        tx_.each(R"sql(
            select p.id, p.full_name, p.birth_date, p.birth_precision, p.sex, p.national_id, p.unit, p.position,
               p.party_card, p.merged_into, p.family_name, p.sort_key
            from people p
            where (p.sort_key, p.id) > (:after_key, :after) and p.merged_into is null
              and (:sees_all or exists (select 1 from reach r
                                        where r.account = :actor and r.permission = :permission and r.unit = p.unit))
            order by p.sort_key, p.id limit :count)sql",
                 {{"after_key", db::Blob{after_.key}},
                  {"after", after_.person},
                  {"sees_all", sees_all_},
                  {"actor", actor_.account},
                  {"permission", see_people.name},
                  {"count", count_}},
                 [&](const db::Row& row) { take(row); });
    }

    db::Read& tx_;
    const web::Actor& actor_;
    At after_, until_ = after_everybody;
    int count_;
    bool sees_all_ = false;
    std::vector<Keyed> rows_;  // by sort key
};

At place_after(db::Read& tx, const std::optional<PersonId>& person) {
    if (!person) return {};
    const auto key = tx.find<std::string>(R"sql(select sort_key from people where id = :id)sql",
                                          {{"id", *person}}, [](const db::Row& row) { return row.text(0); });
    return key ? At{*key, *person} : At{};
}

bool is_number(const std::string& written) {
    constexpr int fewest = 3;
    const auto digits =
        std::count_if(written.begin(), written.end(), [](char c) { return c >= '0' && c <= '9'; });
    return digits >= fewest && written.find_first_not_of("0123456789 .-'") == std::string::npos;
}

}  // namespace

std::vector<Person> found(db::Read& tx, const web::Actor& actor, const Search& search) {
    Finder finder(tx, actor, place_after(tx, search.after), search.count);
    if (is_number(search.words)) return finder.numbered(search.words, actor.may(see_national_ids));
    std::vector<std::string> words;
    const std::string folded = fold(search.words);
    for (const std::string_view word : split(folded, ' '))
        if (!word.empty() && std::find(words.begin(), words.end(), word) == words.end())
            words.emplace_back(word);
    if (words.size() > most_words) return {};
    return finder.named(words);
}

std::vector<Person> find(db::Read& tx, const web::Actor& actor, std::string_view words, int count) {
    return found(tx, actor, {std::string(words), std::nullopt, count});
}

}  // namespace tiendo::people
