#include "books.h"

#include <stdexcept>
#include <thread>

using namespace std::chrono_literals;
namespace db = tiendo::db;

namespace crash {
namespace {

const char* const tables[] = {
    "people",      "participations", "participation_events", "postings",     "documents",
    "audit_trail", "units",          "cohort_events",        "certificates", "certificate_issues"};

std::string shown(const Rows& before, const Rows& after) {
    std::string text;
    for (const auto& [table, count] : after)
        if (count != before.at(table))
            text +=
                " " + table + " " + std::to_string(before.at(table)) + " -> " + std::to_string(count) + ";";
    return text.empty() ? " nothing" : text;
}

}  // namespace

Books::Books(const std::string& tiendo, const std::string& postgresql, const std::string& name)
    : place_(tiendo, postgresql), environment_(place_.environment("2017-06-20T08:00:00+07:00")), name_(name) {
    if (environment_.count("TIENDO_DATABASE"))
        address_ = environment_["TIENDO_DATABASE"] += "&application_name=" + name;
    else
        address_ = environment_["TIENDO_DATA"] + "/tiendo.sqlite";
}

std::string Books::must_run(const std::string& command) const {
    const auto ended = scenario::run(command, place_.files(), environment_);
    if (ended.code != 0)
        throw std::runtime_error(command + ": exit code " + std::to_string(ended.code) + "\n" + ended.out +
                                 ended.err);
    return ended.out;
}

std::unique_ptr<db::Database> Books::open() const { return db::open(address_); }

Rows Books::rows() const {
    const auto database = open();
    return database->read([](db::Read& tx) {
        Rows rows;
        for (const std::string table : tables) rows[table] = tx.integer("select count(*) from " + table);
        return rows;
    });
}

// A server goes on for a moment with what a killed client had sent it.
void Books::wait_for_the_database() const {
    if (!environment_.count("TIENDO_DATABASE")) return;
    const auto database = open();
    const auto end = std::chrono::steady_clock::now() + 20s;
    const auto others = [&] {
        return database->read([&](db::Read& tx) {
            return tx.integer(
                "select count(*) from pg_stat_activity "
                "where application_name = :name and pid <> pg_backend_pid()",
                {{"name", name_}});
        });
    };
    while (others() > 0) {
        if (std::chrono::steady_clock::now() > end)
            throw std::runtime_error("the server keeps the killed client's session");
        std::this_thread::sleep_for(2ms);
    }
}

Found Books::judge(const std::string& operation, bool acknowledged, const Rows& before, const Rows& adds) {
    wait_for_the_database();
    const auto after = rows();
    bool whole = true;
    for (const auto& [table, count] : adds) whole = whole && after.at(table) == before.at(table) + count;
    if (acknowledged && !whole)
        throw std::runtime_error(operation + ": acknowledged, and this is there:" + shown(before, after));
    if (!whole && after != before)
        throw std::runtime_error(operation + ": killed, and torn:" + shown(before, after));
    must_run("tiendo verify");
    ++(acknowledged ? tally.acknowledged : whole ? tally.committed_unheard : tally.absent);
    return whole ? Found::whole : Found::absent;
}

std::chrono::microseconds some_moment_of(std::chrono::microseconds usual, std::mt19937& random) {
    std::uniform_int_distribution<std::int64_t> moment(0, usual.count() * 115 / 100);
    return std::chrono::microseconds(moment(random));
}

}  // namespace crash
