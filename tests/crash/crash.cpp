#include "crash.h"

#include <fstream>
#include <stdexcept>
#include <thread>

#include "platform/db/db.h"

using namespace std::chrono_literals;
namespace db = tiendo::db;

namespace crash {
namespace {

const char* const plan = R"(Tên lớp,Số lớp,Số học viên
Bồi dưỡng đảng viên mới,8,640
)";
const char* const cohorts = R"(Mã lớp,Chương trình,Ngày khai giảng
DVM-01,Bồi dưỡng đảng viên mới,06/03/2017
)";

const char* const tables[] = {"people",   "participations", "participation_events",
                              "postings", "documents",      "audit_trail",
                              "units",    "cohort_events"};

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
    auto id = std::to_string(number);
    return "001085" + std::string(6 - id.size(), '0') + id;
}

std::string shown(const Rows& before, const Rows& after) {
    std::string text;
    for (const auto& [table, count] : after)
        if (count != before.at(table))
            text +=
                " " + table + " " + std::to_string(before.at(table)) + " -> " + std::to_string(count) + ";";
    return text.empty() ? " nothing" : text;
}

}  // namespace

Trial::Trial(const std::string& tiendo, const std::string& postgresql, unsigned seed)
    : place_(tiendo, postgresql),
      environment_(place_.environment("2017-06-20T08:00:00+07:00")),
      random_(seed) {
    if (environment_.count("TIENDO_DATABASE")) {
        // A name by which the server's list of sessions shows ours.
        address_ = environment_["TIENDO_DATABASE"] += "&application_name=crash_" + std::to_string(seed);
    } else {
        address_ = environment_["TIENDO_DATA"] + "/tiendo.sqlite";
    }
    must_run("tiendo init --centre 'Trung tâm' --account admin");
    write(place_.files() / "plan.csv", plan);
    write(place_.files() / "cohorts.csv", cohorts);
    must_run("tiendo import plan plan.csv --year 2017 --effective-on 2017-01-01");
    must_run("tiendo import cohorts cohorts.csv");
}

void Trial::must_run(const std::string& command) const {
    const auto ended = scenario::run(command, place_.files(), environment_);
    if (ended.code != 0)
        throw std::runtime_error(command + ": exit code " + std::to_string(ended.code) + "\n" + ended.out +
                                 ended.err);
}

Operation Trial::roster_import(int number) {
    const int learners = 200;  // always as many, so that the first import shows how long one takes
    std::string csv = "Họ và tên,Ngày sinh,Số CCCD,Mã lớp\n";
    arriving_.clear();
    for (int i = 0; i < learners; ++i) {
        const auto id = national_id(++people_);
        csv += name_of(people_) + ",01/02/1985," + id + ",DVM-01\n";
        arriving_.push_back(id);
    }
    const auto file = "roster" + std::to_string(number) + ".csv";
    write(place_.files() / file, csv);
    return {"tiendo import roster " + file,
            {{"people", learners}, {"participations", learners}, {"postings", learners}, {"documents", 1}}};
}

Operation Trial::withdrawal() {
    const auto leaver = present_.back();
    return {"tiendo learner withdraw --cohort DVM-01 --person " + leaver +
                " --on 2017-05-01 --reason 'Chuyển công tác'",
            {{"participation_events", 1}, {"people", 0}, {"participations", 0}, {"documents", 0}}};
}

Rows Trial::rows() const {
    const auto database = db::open(address_);
    return database->read([](db::Read& tx) {
        Rows rows;
        for (const std::string table : tables) rows[table] = tx.integer("select count(*) from " + table);
        return rows;
    });
}

// A server goes on for a moment with what a killed client had sent it.
void Trial::wait_for_the_database() const {
    if (!environment_.count("TIENDO_DATABASE")) return;
    const auto database = db::open(address_);
    const auto name = address_.substr(address_.rfind('=') + 1);
    const auto end = std::chrono::steady_clock::now() + 20s;
    const auto others = [&] {
        return database->read([&](db::Read& tx) {
            return tx.integer(
                "select count(*) from pg_stat_activity "
                "where application_name = :name and pid <> pg_backend_pid()",
                {{"name", name}});
        });
    };
    while (others() > 0) {
        if (std::chrono::steady_clock::now() > end)
            throw std::runtime_error("the server keeps the killed client's session");
        std::this_thread::sleep_for(2ms);
    }
}

void Trial::round(int number) {
    const auto before = rows();
    const bool withdraws = number % 4 == 0 && !present_.empty();
    const auto operation = withdraws ? withdrawal() : roster_import(number);

    // The first of a kind runs undisturbed and shows how long it takes.
    auto& usual = usual_[withdraws];
    const bool measures = usual == 0us;
    std::uniform_int_distribution<std::int64_t> moment(0, usual.count() * 115 / 100);
    const auto patience =
        measures ? std::chrono::microseconds(60s) : std::chrono::microseconds(moment(random_));
    const auto start = std::chrono::steady_clock::now();
    const auto ended = scenario::run_or_kill(operation.command, place_.files(), environment_, patience);
    if (measures)
        usual =
            std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start);

    const auto where = "round " + std::to_string(number) + ", " + operation.command + ": ";
    if (ended && ended->code != 0)
        throw std::runtime_error(where + "exit code " + std::to_string(ended->code) + "\n" + ended->out +
                                 ended->err);
    wait_for_the_database();
    const auto after = rows();
    const bool absent = after == before;
    bool whole = true;
    for (const auto& [table, count] : operation.adds)
        whole = whole && after.at(table) == before.at(table) + count;
    if (ended && !whole)
        throw std::runtime_error(where + "acknowledged, and this is there:" + shown(before, after));
    if (!whole && !absent) throw std::runtime_error(where + "killed, and torn:" + shown(before, after));
    must_run("tiendo verify");

    if (whole && withdraws) present_.pop_back();
    if (whole && !withdraws) present_.insert(present_.end(), arriving_.begin(), arriving_.end());
    ++(ended ? tally_.acknowledged : absent ? tally_.absent : tally_.committed_unheard);
}

}  // namespace crash
