#include "people_data.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <random>
#include <string>
#include <vector>

#include "features/accounts/accounts.h"
#include "features/people/people.h"

namespace tiendo::bench {
namespace {

// A word and how many of a thousand have it.
struct Word {
    const char* text;
    int per_thousand;
};
constexpr std::array families{Word{"Nguyễn", 384}, Word{"Trần", 121}, Word{"Lê", 95}, Word{"Phạm", 70},
                              Word{"Hoàng", 51},   Word{"Phan", 45},  Word{"Vũ", 39}, Word{"Đặng", 21},
                              Word{"Bùi", 20},     Word{"Đỗ", 14},    Word{"Hồ", 13}, Word{"Ngô", 13},
                              Word{"Dương", 10},   Word{"Lý", 5},     Word{"Lò", 5},  Word{"Đinh", 5},
                              Word{"Mai", 4},      Word{"Trịnh", 4},  Word{"Cao", 4}, Word{"Quàng", 2}};
constexpr std::array middles{Word{"Thị", 340}, Word{"Văn", 250},    Word{"Đức", 35},  Word{"Hữu", 35},
                             Word{"Minh", 55}, Word{"Thanh", 55},   Word{"Ngọc", 60}, Word{"Quang", 40},
                             Word{"Xuân", 30}, Word{"Thị Thu", 50}, Word{"Kim", 30},  Word{"Đình", 20}};
constexpr std::array givens{
    Word{"An", 22},    Word{"Anh", 60},   Word{"Bình", 25},  Word{"Chi", 12},    Word{"Cường", 22},
    Word{"Dũng", 35},  Word{"Đức", 25},   Word{"Giang", 18}, Word{"Hà", 40},     Word{"Hải", 30},
    Word{"Hạnh", 22},  Word{"Hằng", 22},  Word{"Hiền", 25},  Word{"Hiếu", 20},   Word{"Hoa", 28},
    Word{"Hùng", 38},  Word{"Hương", 42}, Word{"Huyền", 22}, Word{"Khánh", 12},  Word{"Lan", 32},
    Word{"Linh", 32},  Word{"Long", 20},  Word{"Mai", 22},   Word{"Nam", 22},    Word{"Nga", 22},
    Word{"Nhung", 18}, Word{"Oanh", 14},  Word{"Phong", 12}, Word{"Phương", 32}, Word{"Quân", 12},
    Word{"Sơn", 24},   Word{"Tâm", 20},   Word{"Thảo", 24},  Word{"Thắng", 22},  Word{"Thủy", 26},
    Word{"Trang", 28}, Word{"Tuấn", 40},  Word{"Tùng", 18},  Word{"Vân", 22},    Word{"Yến", 16}};

// A draw that every compiler makes alike; the standard distributions are not.
class Names {
 public:
    explicit Names(std::uint32_t seed) : generator_(seed) {}
    std::uint32_t below(std::uint32_t count) { return generator_() % count; }
    std::string next() { return std::string(of(families)) + " " + of(middles) + " " + of(givens); }

 private:
    template <class Words>
    const char* of(const Words& words) {
        int all = 0;
        for (const Word& word : words) all += word.per_thousand;
        int left = static_cast<int>(below(static_cast<std::uint32_t>(all)));
        for (const Word& word : words)
            if ((left -= word.per_thousand) < 0) return word.text;
        return words.front().text;
    }
    std::mt19937 generator_;
};

}  // namespace

void fill_register(db::Database& database, std::int64_t people, std::uint32_t seed) {
    const Instant at = *parse_instant("2026-01-05T08:00:00+07:00");
    std::vector<organisations::UnitId> units;
    database.write([&](db::Write& tx) {
        if (tx.integer(R"sql(select count(*) from units)sql") == 0)
            organisations::found_centre(tx, "Trung tâm", at);
        organisations::UnitNames names(tx);
        for (int i = 1; i <= 400; ++i)
            units.push_back(names.find_or_make(tx, "Đảng bộ số " + std::to_string(i), at));
    });
    Names names(seed);
    constexpr std::int64_t chunk = 50'000;
    for (std::int64_t from = 0; from < people; from += chunk)
        database.write([&](db::Write& tx) {
            std::vector<people::Person> some;
            for (std::int64_t i = from; i < std::min(people, from + chunk); ++i) {
                people::Person& person = some.emplace_back();
                person.id = new_id<people::PersonId>();
                person.full_name = i == 1 ? "Lò Thị Pành" : names.next();
                // In the year that their IDs say: an import refuses an ID that contradicts its row.
                person.birth = people::Birth{*Date::of(1985, 1, 1) + static_cast<int>(names.below(365))};
                person.sex = person.full_name.find("Thị") == std::string::npos ? "male" : "female";
                char digits[16];
                std::snprintf(digits, sizeof digits, "014085%06lld", static_cast<long long>(i));
                person.national_id = digits;
                person.unit = units[names.below(static_cast<std::uint32_t>(units.size()))];
                person.position = "Chuyên viên";
            }
            people::Registration registration(tx, at);
            registration.add(some);
            registration.close();
        });
}

}  // namespace tiendo::bench
