// Workbooks out, beside the same cells written by libxlsxwriter alone.
#include <xlsxwriter.h>

#include <filesystem>

#include "features/accounts/accounts.h"
#include "features/reports/reports.h"
#include "locale_files.h"
#include "measure.h"
#include "platform/office/xlsx_writer.h"
#include "shelf.h"

namespace {

using namespace tiendo;
using namespace tiendo::bench;
using office::ListCell;
using Kind = office::ListColumn::Kind;
using Rows = std::vector<std::vector<ListCell>>;

constexpr double once_and_a_half = 1.5;

// --- the limit: libxlsxwriter with constant memory, one format a column ----------------------

class Plain {
 public:
    explicit Plain(const std::string& path) {
        lxw_workbook_options options{};
        options.constant_memory = LXW_TRUE;
        workbook_ = workbook_new_opt(path.c_str(), &options);
    }
    Plain(const Plain&) = delete;
    ~Plain() { workbook_close(workbook_); }

    void sheet(const std::string& name, const std::vector<std::string>& titles,
               const std::vector<office::ListColumn>& columns) {
        sheet_ = workbook_add_worksheet(workbook_, name.c_str());
        row_ = 0;
        formats_.clear();
        lxw_format* bold = format();
        format_set_bold(bold);
        for (const std::string& title : titles)
            worksheet_write_string(sheet_, row_++, 0, title.c_str(), bold);
        lxw_col_t place = 0;
        for (const office::ListColumn& column : columns) {
            formats_.push_back(format());
            if (column.kind == Kind::date) format_set_num_format(formats_.back(), "dd/mm/yyyy");
            if (column.kind == Kind::quantity) format_set_num_format(formats_.back(), "#,##0");
            if (column.kind == Kind::percent) format_set_num_format(formats_.back(), "0.0%");
            worksheet_write_string(sheet_, row_, place++, column.title.c_str(), bold);
        }
        ++row_;
    }

    void row(const std::vector<ListCell>& cells) {
        for (std::size_t i = 0; i < formats_.size(); ++i) {
            const auto place = static_cast<lxw_col_t>(i);
            const ListCell cell = i < cells.size() ? cells[i] : ListCell();
            if (const auto* text = std::get_if<std::string>(&cell); text && !text->empty())
                worksheet_write_string(sheet_, row_, place, text->data(), formats_[i]);
            else if (const auto* number = std::get_if<std::int64_t>(&cell))
                worksheet_write_number(sheet_, row_, place, static_cast<double>(*number), formats_[i]);
            else if (const auto* date = std::get_if<Date>(&cell))
                worksheet_write_number(sheet_, row_, place, date->days + 25'569, formats_[i]);
            else
                worksheet_write_blank(sheet_, row_, place, formats_[i]);
        }
        ++row_;
    }

 private:
    lxw_format* format() {
        lxw_format* made = workbook_add_format(workbook_);
        format_set_font_name(made, "Times New Roman");
        format_set_border(made, LXW_BORDER_THIN);
        return made;
    }

    lxw_workbook* workbook_;
    lxw_worksheet* sheet_ = nullptr;
    lxw_row_t row_ = 0;
    std::vector<lxw_format*> formats_;
};

// --- a list of learners ----------------------------------------------------------------------

const std::vector<office::ListColumn> list_columns{
    {"STT", Kind::integer},        {"Mã lớp"},    {"Họ và tên"},
    {"Ngày sinh", Kind::date},     {"Giới tính"}, {"Số CCCD"},
    {"Đơn vị công tác"},           {"Chức vụ"},   {"Ngày vào lớp", Kind::date},
    {"Ngày thôi học", Kind::date}, {"Kết quả"},   {"Ghi chú"}};

// The cells of one row; texts are constants, so that making them costs neither side anything.
void fill_row(std::vector<ListCell>& cells, int row) {
    constexpr std::array names{"Nguyễn Thị Hạnh", "Trần Văn Cường", "Lê Ngọc Ánh", "Phạm Minh Đức",
                               "Đặng Hữu Đạt"};
    constexpr std::array units{"Đảng bộ Văn phòng Trung ương", "Đảng bộ Bộ Giáo dục và Đào tạo",
                               "Đảng bộ Bộ Y tế"};
    constexpr std::array ids{"001085001234", "001185004321", "001079007777", "001190002468"};
    const auto n = static_cast<std::size_t>(row);
    const bool left = row % 40 == 7;
    cells = {std::int64_t{row} + 1,
             "DVM-01/2017",
             names[n % names.size()],
             Date{5'000 + row % 9'000},
             row % 2 == 0 ? "Nữ" : "Nam",
             ids[n % ids.size()],
             units[n % units.size()],
             "Chuyên viên",
             Date{17'200},
             left ? ListCell(Date{17'201}) : ListCell(),
             left ? "" : "Hoàn thành",
             ""};
}

void write_list(const std::string& path, int rows) {
    auto writer = office::ListWriter::to_file(
        path, {.sheet = "Học viên", .titles = {"DANH SÁCH HỌC VIÊN"}, .columns = list_columns});
    std::vector<ListCell> cells;
    for (int row = 0; row < rows; ++row) {
        fill_row(cells, row);
        writer.row(cells);
    }
    writer.finish();
}

void write_plain_list(const std::string& path, int rows) {
    Plain plain(path);
    plain.sheet("Học viên", {"DANH SÁCH HỌC VIÊN"}, list_columns);
    std::vector<ListCell> cells;
    for (int row = 0; row < rows; ++row) {
        fill_row(cells, row);
        plain.row(cells);
    }
}

void measure_list(const std::string& path) {
    constexpr int few = 10'000, many = 100'000;
    std::vector<double> ours, limit, peak_few, peak_many, peak_plain;
    for (int turn = 0; turn < (quick() ? 3 : 7); ++turn) {
        const Spent own = in_a_process([&] { write_list(path, many); });
        const Spent plain = in_a_process([&] { write_plain_list(path, many); });
        const Spent small = in_a_process([&] { write_list(path, few); });
        ours.push_back(own.seconds);
        limit.push_back(plain.seconds);
        peak_many.push_back(static_cast<double>(own.peak_bytes));
        peak_plain.push_back(static_cast<double>(plain.peak_bytes));
        peak_few.push_back(static_cast<double>(small.peak_bytes));
    }
    const auto bytes = [](const std::vector<double>& of) {
        return megabytes(static_cast<std::int64_t>(median(of)));
    };
    tell({"list of 100,000 rows as .xlsx", milliseconds(median(ours)), milliseconds(median(limit)),
          median(ours) / median(limit), once_and_a_half});
    constexpr double flat = 1.1;
    tell({"list, peak memory at 100,000 rows beside 10,000", bytes(peak_many), bytes(peak_few),
          median(peak_many) / median(peak_few), flat});
    tell({"list, peak memory beside libxlsxwriter alone", bytes(peak_many), bytes(peak_plain),
          median(peak_many) / median(peak_plain)});
}

// --- the statement -----------------------------------------------------------------------------

ListCell number(const std::optional<std::int64_t>& value) { return value ? ListCell(*value) : ListCell(); }
ListCell percent(const reports::Progress& progress) {
    return progress.percent ? ListCell(std::string_view(*progress.percent)) : ListCell();
}

void write_plain_statement(const reports::Statement& statement, const std::string& path) {
    Plain plain(path);
    plain.sheet("Tiến độ", {"TIẾN ĐỘ THỰC HIỆN KẾ HOẠCH"},
                {{"Chương trình"},
                 {"Đối tượng"},
                 {"Lớp KH", Kind::quantity},
                 {"Lớp TH", Kind::quantity},
                 {"Tỷ lệ", Kind::percent},
                 {"HV KH", Kind::quantity},
                 {"HV TH", Kind::quantity},
                 {"Tỷ lệ", Kind::percent}});
    for (const auto& line : statement.lines)
        plain.row({line.programme.name, line.audience, number(line.cohorts.target), line.cohorts.actual,
                   percent(line.cohorts), number(line.learners.target), line.learners.actual,
                   percent(line.learners)});
    plain.row({"Tổng", "", number(statement.total_cohorts.target), statement.total_cohorts.actual,
               percent(statement.total_cohorts), number(statement.total_learners.target),
               statement.total_learners.actual, percent(statement.total_learners)});
    plain.sheet("Ngoài kế hoạch", {"CÁC LỚP KHÔNG TÍNH VÀO KẾ HOẠCH"},
                {{"Nhóm"},
                 {"Mã lớp"},
                 {"Chương trình"},
                 {"Đơn vị phối hợp"},
                 {"Khai giảng", Kind::date},
                 {"Học viên", Kind::quantity},
                 {"Dự kiến", Kind::quantity}});
    for (const auto* group :
         {&statement.joint, &statement.off_plan, &statement.delegations, &statement.forecast})
        for (const reports::CohortLine& line : *group) {
            const auto& facts = line.cohort.facts;
            plain.row({"Nhóm", line.cohort.code, line.cohort.programme.name, line.cohort.partner,
                       facts.opened_on ? ListCell(*facts.opened_on) : ListCell(), line.learners,
                       number(line.cohort.expected_learners)});
        }
}

void measure_statement(const std::string& path) {
    const auto database = db::open(sqlite_file({1'000'000, Days::whole_year}));
    const auto statement = database->read([](db::Read& tx) {
        const plan::View view{*Date::of(year_of_books, 12, 31), std::nullopt};
        return reports::statement(tx, accounts::operator_actor(tx), {year_of_books, view, {}});
    });
    const LocaleFiles locales;
    const i18n::Texts texts(locales.files());
    const Both both = in_turn(
        quick() ? 50 : 200, [&] { reports::write_workbook(statement, texts, i18n::Language::vi, path); },
        [&] { write_plain_statement(statement, path); });
    tell({"statement.xlsx", milliseconds(both.ours), milliseconds(both.limit), both.ours / both.limit,
          once_and_a_half});
}

}  // namespace

int main() {
    const std::string path = folder() + "/export.xlsx";
    measure_list(path);  // first: what this process holds counts towards the memory of its children
    measure_statement(path);
    std::filesystem::remove(path);
}
