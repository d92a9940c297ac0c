#include "certificates_trial.h"

#include <nlohmann/json.hpp>
#include <stdexcept>

namespace db = tiendo::db;

namespace crash {
namespace {

const std::string issue = "tiendo certificates issue --cohort DTKN-01/2017 --format json";
constexpr std::size_t revoked_each_round = 8;

// Numbers are given at the beginning of the work and the papers drawn in the rest of it: every other round
// is aimed at the beginning.
std::chrono::microseconds aimed(int number, std::chrono::microseconds usual, std::mt19937& random) {
    return some_moment_of(number % 2 == 0 ? usual / 5 : usual, random);
}

}  // namespace

CertificatesTrial::CertificatesTrial(const std::string& tiendo, const std::string& postgresql, unsigned seed)
    : books_(tiendo, postgresql, "crash_certificates_" + std::to_string(seed)), random_(seed) {
    books_.must_run("tiendo demo");
    books_.must_run(issue);
    learners_ = numbered_ = books_.rows().at("certificates");
    must_stand_once_each("undisturbed");
    revoke_some();
    const auto start = std::chrono::steady_clock::now();
    books_.must_run(issue);
    usual_ = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start);
    numbered_ += revoked_each_round;
    must_stand_once_each("some anew, undisturbed");
}

void CertificatesTrial::round(int number) {
    const auto where = "round " + std::to_string(number);
    revoke_some();
    const auto before = books_.rows();
    const auto ended =
        scenario::run_or_kill(issue, books_.files(), books_.environment(), aimed(number, usual_, random_));
    if (ended && ended->code != 0)
        throw std::runtime_error(where + ": exit code " + std::to_string(ended->code) + "\n" + ended->out +
                                 ended->err);
    books_.judge(
        where, ended.has_value(), before,
        {{"certificates", revoked_each_round}, {"certificate_issues", 1}, {"postings", revoked_each_round}});
    books_.must_run(issue);
    numbered_ += revoked_each_round;
    must_stand_once_each(where);
}

void CertificatesTrial::revoke_some() {
    for (std::size_t i = 0; i < revoked_each_round; ++i)
        books_.must_run("tiendo certificates revoke " + standing_.at(i) +
                        " --ground issuer_error --reason 'In sai tên'");
}

void CertificatesTrial::must_stand_once_each(const std::string& where) {
    const auto [numbers, highest, last] = books_.open()->read([](db::Read& tx) {
        return std::array{tx.integer("select count(distinct register_number) from certificates"),
                          tx.integer("select max(register_number) from certificates"),
                          tx.integer("select max(last_number) from certificate_books")};
    });
    if (numbers != numbered_ || highest != numbered_ || last != numbered_)
        throw std::runtime_error(where + ": " + std::to_string(numbered_) + " numbers were due; " +
                                 std::to_string(numbers) + " are there, the highest is " +
                                 std::to_string(highest) + ", the book says " + std::to_string(last));
    const auto printed = nlohmann::json::parse(books_.must_run(issue + " --out all.pdf"));
    standing_.clear();
    for (const auto& one : printed["standing"]) standing_.push_back(one["code"]);
    const auto pages = std::stoll(books_.must_run("pdfinfo all.pdf | sed -n 's/^Pages: *//p'"));
    if (static_cast<std::int64_t>(standing_.size()) != learners_ || pages != learners_)
        throw std::runtime_error(where + ": " + std::to_string(learners_) + " learners, " +
                                 std::to_string(standing_.size()) + " certificates that stand, " +
                                 std::to_string(pages) + " pages");
}

}  // namespace crash
