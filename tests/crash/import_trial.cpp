#include "import_trial.h"

#include <fstream>
#include <stdexcept>

using namespace std::chrono_literals;

namespace crash {
namespace {

const char* const plan = R"(Tên lớp,Số lớp,Số học viên
Bồi dưỡng đảng viên mới,8,640
)";
const char* const cohorts = R"(Mã lớp,Chương trình,Ngày khai giảng
DVM-01,Bồi dưỡng đảng viên mới,06/03/2017
)";

void write(const std::filesystem::path& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
}

// Words for a number, since a name has no digits.
std::string name_of(std::int64_t number) {
    static const char* const syllables[] = {"An", "Bình", "Cúc", "Dũng", "Đức",
                                            "Hà", "Lan",  "Mai", "Nam",  "Thúy"};
    std::string name = "Nguyễn";
    for (const char digit : std::to_string(number)) name += std::string(" ") + syllables[digit - '0'];
    return name;
}

std::string national_id(std::int64_t number) {
    const auto id = std::to_string(number);
    return "001085" + std::string(6 - id.size(), '0') + id;
}

}  // namespace

ImportTrial::ImportTrial(const std::string& tiendo, const std::string& postgresql, unsigned seed)
    : books_(tiendo, postgresql, "crash_" + std::to_string(seed)), random_(seed) {
    books_.must_run("tiendo init --centre 'Trung tâm' --account admin");
    write(books_.files() / "plan.csv", plan);
    write(books_.files() / "cohorts.csv", cohorts);
    books_.must_run("tiendo import plan plan.csv --year 2017 --effective-on 2017-01-01");
    books_.must_run("tiendo import cohorts cohorts.csv");
}

ImportTrial::Operation ImportTrial::roster_import(int number) {
    const int learners = 200;  // always as many, so that the first import shows how long one takes
    std::string csv = "Họ và tên,Ngày sinh,Số CCCD,Mã lớp\n";
    arriving_.clear();
    for (int i = 0; i < learners; ++i) {
        const auto id = national_id(++people_);
        csv += name_of(people_) + ",01/02/1985," + id + ",DVM-01\n";
        arriving_.push_back(id);
    }
    const auto file = "roster" + std::to_string(number) + ".csv";
    write(books_.files() / file, csv);
    return {"tiendo import roster " + file,
            {{"people", learners}, {"participations", learners}, {"postings", learners}, {"documents", 1}}};
}

ImportTrial::Operation ImportTrial::withdrawal() const {
    return {"tiendo learner withdraw --cohort DVM-01 --person " + present_.back() +
                " --on 2017-05-01 --reason 'Chuyển công tác'",
            {{"participation_events", 1}, {"people", 0}, {"participations", 0}, {"documents", 0}}};
}

void ImportTrial::round(int number) {
    const auto before = books_.rows();
    const bool withdraws = number % 4 == 0 && !present_.empty();
    const auto operation = withdraws ? withdrawal() : roster_import(number);
    const auto where = "round " + std::to_string(number) + ", " + operation.command;

    // The first of a kind runs undisturbed and shows how long it takes.
    auto& usual = usual_[withdraws];
    const bool measures = usual == 0us;
    const auto start = std::chrono::steady_clock::now();
    const auto ended = scenario::run_or_kill(operation.command, books_.files(), books_.environment(),
                                             measures ? 60s : some_moment_of(usual, random_));
    if (measures)
        usual =
            std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start);
    if (ended && ended->code != 0)
        throw std::runtime_error(where + ": exit code " + std::to_string(ended->code) + "\n" + ended->out +
                                 ended->err);

    if (books_.judge(where, ended.has_value(), before, operation.adds) == Found::absent) return;
    if (withdraws)
        present_.pop_back();
    else
        present_.insert(present_.end(), arriving_.begin(), arriving_.end());
}

}  // namespace crash
