#include "names.h"

#include <span>

namespace tiendo::tests {
namespace {

struct Weighted {
    const char* word;
    int weight;
};

// In thousandths: the census figures as they are commonly quoted, the rest shared out.
constexpr Weighted families[] = {
    {"Nguyễn", 384}, {"Trần", 121}, {"Lê", 95},   {"Phạm", 70}, {"Hoàng", 40}, {"Huỳnh", 11}, {"Phan", 45},
    {"Vũ", 25},      {"Võ", 14},    {"Đặng", 21}, {"Bùi", 20},  {"Đỗ", 14},    {"Hồ", 13},    {"Ngô", 13},
    {"Dương", 10},   {"Lý", 5},     {"Đào", 8},   {"Đoàn", 8},  {"Trịnh", 7},  {"Trương", 9}, {"Đinh", 8},
    {"Lâm", 5},      {"Phùng", 4},  {"Mai", 6},   {"Tô", 3},    {"Hà", 7},     {"Tạ", 4},     {"Cao", 6},
    {"Lương", 6},    {"Chu", 4},    {"Thái", 4},  {"Nông", 3},  {"Quách", 2},  {"Kiều", 2},   {"Lưu", 4}};
constexpr Weighted middles_of_men[] = {
    {"Văn", 330},  {"Đức", 60},   {"Minh", 60}, {"Quang", 55}, {"Hữu", 45}, {"Ngọc", 45},  {"Xuân", 45},
    {"Thanh", 45}, {"Đình", 40},  {"Công", 30}, {"Quốc", 35},  {"Anh", 25}, {"Trọng", 20}, {"Việt", 25},
    {"Mạnh", 20},  {"Hoàng", 25}, {"Tiến", 20}, {"Viết", 15},  {"Bá", 10},  {"Duy", 15},   {"", 35}};
constexpr Weighted middles_of_women[] = {
    {"Thị", 430},    {"Thị Thu", 45},  {"Thị Thanh", 45}, {"Thị Ngọc", 35},   {"Thị Minh", 25},
    {"Thị Kim", 25}, {"Thị Hồng", 35}, {"Thị Bích", 20},  {"Thị Phương", 25}, {"Thị Mai", 15},
    {"Thị Lan", 10}, {"Thu", 35},      {"Thanh", 35},     {"Ngọc", 35},       {"Minh", 30},
    {"Phương", 30},  {"Hồng", 25},     {"Kim", 20},       {"Quỳnh", 20},      {"", 20}};
constexpr Weighted given_of_men[] = {
    {"Hùng", 42},  {"Dũng", 40},  {"Tuấn", 45},  {"Hải", 34},  {"Long", 30},  {"Nam", 32},   {"Sơn", 32},
    {"Minh", 34},  {"Cường", 30}, {"Thắng", 28}, {"Hưng", 22}, {"Anh", 30},   {"Đức", 26},   {"Bình", 24},
    {"Thành", 30}, {"Trung", 26}, {"Quang", 22}, {"Hiếu", 20}, {"Hòa", 20},   {"Hà", 18},    {"Phương", 14},
    {"Khánh", 14}, {"Tùng", 18},  {"Lâm", 14},   {"Vinh", 12}, {"Thịnh", 12}, {"Hoàng", 18}, {"Tú", 12},
    {"Việt", 16},  {"Quân", 16},  {"Duy", 12},   {"Toàn", 14}, {"Mạnh", 16},  {"Hậu", 8},    {"Lộc", 8},
    {"Phúc", 14},  {"Tân", 10},   {"Tiến", 16},  {"Thái", 12}, {"Bảo", 10},   {"An", 12},    {"Đạt", 14},
    {"Giang", 12}, {"Hoan", 4},   {"Huy", 18},   {"Khoa", 10}, {"Kiên", 14},  {"Lợi", 8},    {"Nghĩa", 10},
    {"Phong", 12}, {"Quý", 8},    {"Sỹ", 3},     {"Thuận", 8}, {"Thủy", 4},   {"Tính", 4},   {"Trường", 12},
    {"Vũ", 12},    {"Vượng", 5},  {"Xuân", 5},   {"Yên", 3}};
constexpr Weighted given_of_women[] = {
    {"Hương", 48},  {"Lan", 40},   {"Hà", 42},     {"Hoa", 34},  {"Thủy", 40},   {"Hằng", 34},
    {"Hạnh", 30},   {"Mai", 30},   {"Nga", 26},    {"Linh", 34}, {"Thảo", 28},   {"Yến", 24},
    {"Phương", 34}, {"Trang", 32}, {"Huyền", 26},  {"Anh", 30},  {"Dung", 28},   {"Hiền", 28},
    {"Loan", 22},   {"Vân", 26},   {"Ngọc", 22},   {"Oanh", 18}, {"Thanh", 20},  {"Thu", 20},
    {"Hường", 16},  {"Hồng", 16},  {"Hòa", 16},    {"Thúy", 18}, {"Liên", 18},   {"Minh", 14},
    {"Nhung", 22},  {"Tuyết", 16}, {"Xuân", 10},   {"Bích", 8},  {"Châu", 10},   {"Chi", 10},
    {"Diệp", 6},    {"Giang", 12}, {"Hải", 10},    {"Huệ", 14},  {"Kim", 6},     {"Lý", 8},
    {"My", 4},      {"Ngân", 14},  {"Nguyệt", 14}, {"Nhàn", 8},  {"Phượng", 12}, {"Quyên", 10},
    {"Quỳnh", 10},  {"Sen", 4},    {"Tâm", 14},    {"Thơm", 5},  {"Thoa", 8},    {"Thư", 8},
    {"Tình", 5},    {"Uyên", 5},   {"Vy", 4},      {"Bình", 10}, {"Cúc", 5},     {"Hảo", 6}};

const char* pick(Dice& dice, std::span<const Weighted> words) {
    int total = 0;
    for (const Weighted& word : words) total += word.weight;
    std::int64_t at = dice.below(total);
    for (const Weighted& word : words) {
        at -= word.weight;
        if (at < 0) return word.word;
    }
    return words.back().word;
}

}  // namespace

std::uint64_t Dice::next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ULL);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
}

std::string any_given_name(Dice& dice, Sex sex) {
    return pick(dice, sex == Sex::male ? std::span<const Weighted>(given_of_men) : given_of_women);
}

Name any_name(Dice& dice, Sex sex) {
    const bool man = sex == Sex::male;
    std::string family = pick(dice, families);
    std::string middle = pick(dice, man ? std::span<const Weighted>(middles_of_men) : middles_of_women);
    return {std::move(family), std::move(middle), any_given_name(dice, sex)};
}

}  // namespace tiendo::tests
