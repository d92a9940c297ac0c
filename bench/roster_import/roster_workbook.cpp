#include "roster_workbook.h"

#include <xlsxwriter.h>

#include <array>
#include <cstdio>
#include <stdexcept>

#include "features/accounts/accounts.h"
#include "features/plan/plan.h"

namespace tiendo::bench {
namespace {

constexpr std::array family_names{"Nguyễn", "Trần", "Lê",   "Phạm", "Hoàng", "Huỳnh", "Phan",
                                  "Vũ",     "Võ",   "Đặng", "Bùi",  "Đỗ",    "Hồ",    "Ngô",
                                  "Dương",  "Lý",   "Đinh", "Mai",  "Tạ",    "Chu"};
constexpr std::array middle_names{"Thị", "Văn", "Ngọc",  "Minh",  "Hữu",
                                  "Đức", "Thu", "Quang", "Thanh", "Hồng"};
constexpr std::array given_names{"Hạnh", "Hải",   "Hà",    "Dũng",  "Đức",   "Tuấn", "Thủy", "Thúy", "Ánh",
                                 "Bình", "Cường", "Giang", "Hương", "Khánh", "Lan",  "Linh", "Mạnh", "Nam",
                                 "Nga",  "Oanh",  "Phúc",  "Quân",  "Sơn",   "Thảo", "Uyên", "Vân",  "Yến"};
constexpr std::array positions{"Chuyên viên", "Chuyên viên chính", "Phó trưởng phòng", "Trưởng phòng",
                               "Bí thư chi bộ"};

std::string code_of(int cohort) {
    char code[32];
    std::snprintf(code, sizeof code, "DVM-%04d/2017", cohort + 1);
    return code;
}

class Sheet {
 public:
    explicit Sheet(const std::string& path)
        : workbook_(workbook_new(path.c_str())), sheet_(workbook_add_worksheet(workbook_, "Danh sách")) {
        day_ = workbook_add_format(workbook_);
        format_set_num_format(day_, "dd/mm/yyyy");
    }
    ~Sheet() { workbook_close(workbook_); }
    Sheet(const Sheet&) = delete;

    void text(lxw_row_t row, lxw_col_t column, const std::string& words) {
        worksheet_write_string(sheet_, row, column, words.c_str(), nullptr);
    }
    void number(lxw_row_t row, lxw_col_t column, int number) {
        worksheet_write_number(sheet_, row, column, number, nullptr);
    }
    void day(lxw_row_t row, lxw_col_t column, int serial) {
        worksheet_write_number(sheet_, row, column, serial, day_);
    }

 private:
    lxw_workbook* workbook_;
    lxw_worksheet* sheet_;
    lxw_format* day_;
};

// How Excel counts days.
int serial_of(Date day) { return day - *Date::of(1899, 12, 30); }

template <class Words>
std::string pick(const Words& words, std::size_t n) {
    return words[n % words.size()];
}

}  // namespace

void open_cohorts(db::Database& database) {
    const Instant at = *parse_instant("2017-01-02T01:00:00Z");
    database.write([&](db::Write& tx) {
        accounts::settle_roles(tx);
        const auto centre = organisations::found_centre(tx, "Trung tâm", at);
        accounts::make_operator(tx, centre, at);
        const web::Actor actor = accounts::operator_actor(tx);
        plan::Line line;
        line.programme = {{}, "new-members", "Đảng viên mới"};
        line.targets = {cohorts_of_roster, std::nullopt};
        plan::Draft draft;
        draft.year = 2017;
        draft.effective_on = *Date::of(2017, 1, 1);
        draft.lines = {line};
        if (!plan::adopt(tx, actor, draft, {}, at)) throw std::logic_error("no plan");
        const auto programme = tx.integer(R"sql(select id from programmes)sql");
        const auto plan_line = tx.integer(R"sql(select id from plan_lines)sql");
        auto bulk = tx.bulk("cohorts", {"id", "code", "search", "programme", "organiser_unit", "kind", "role",
                                        "partner", "place", "basis", "note", "planned_precision", "opened_on",
                                        "plan_line", "recorded_at", "recorded_by", "source_place"});
        for (int i = 0; i < cohorts_of_roster; ++i) {
            const std::string code = code_of(i);
            bulk.add({next_id(), code, code, programme, centre, "cohort", "organiser", "", "", "", "", "",
                      *Date::of(2017, 1, 9) + i % 200, plan_line, at, actor.account, ""});
        }
        bulk.flush();
    });
}

void write_roster(const std::string& path, int rows) { write_roster(path, rows, {}); }

void write_roster(const std::string& path, int rows, const std::function<Known(int row)>& known) {
    Sheet sheet(path);
    constexpr std::array header{"STT",     "Mã lớp",          "Họ và tên", "Ngày sinh", "Giới tính",
                                "Số CCCD", "Đơn vị công tác", "Chức vụ",   "Ghi chú"};
    for (std::size_t i = 0; i < header.size(); ++i) sheet.text(0, static_cast<lxw_col_t>(i), header[i]);
    for (int i = 0; i < rows; ++i) {
        const auto n = static_cast<std::size_t>(i);
        const auto row = static_cast<lxw_row_t>(i + 1);
        sheet.number(row, 0, i + 1);
        sheet.text(row, 1, code_of(i * cohorts_of_roster / rows));
        sheet.text(row, 7, pick(positions, n));
        if (known && i % 2 == 0) {
            const Known person = known(i);
            sheet.text(row, 2, person.full_name);
            sheet.day(row, 3, serial_of(person.born));
            sheet.text(row, 5, person.national_id);
            sheet.text(row, 6, person.unit_name);
            continue;
        }
        sheet.text(row, 2,
                   pick(family_names, n * 7 + n / 20) + " " + pick(middle_names, n * 3 + n / 7) + " " +
                       pick(given_names, n * 11 + n / 31));
        const int born = 20'000 + i % 15'000;  // as Excel counts days
        const bool woman = i % 2 == 0;
        sheet.day(row, 3, born);
        sheet.text(row, 4, woman ? "Nữ" : "Nam");
        // An ID says sex and birth year, and must not contradict the row.
        char id[32];
        std::snprintf(id, sizeof id, "001%d%02d%06d", woman ? 1 : 0,
                      (*Date::of(1899, 12, 30) + born).year() % 100, i % 1'000'000);
        if (i % 10 != 9) sheet.text(row, 5, id);
        sheet.text(row, 6, "Đảng bộ cơ quan số " + std::to_string(i % 300));
    }
}

}  // namespace tiendo::bench
