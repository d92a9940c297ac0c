// Pages of the served program, beside a handler that sends as many bytes and does nothing else;
// and how the time of one page divides between the database and the rest.
#include "measure.h"
#include "measured_pages.h"
#include "platform/db/db.h"
#include "serving.h"
#include "shelf.h"

namespace {

using namespace tiendo;
using namespace tiendo::bench;

constexpr double beside_empty_handler = 3.0;
// Enough for a p99 that is no single accident.
constexpr int warming = 20, turns = 1'000;

struct Inside {
    http::Response response;
    double p99_outside_database = 0;  // seconds
};

// One page in this process, without a server: what the whole takes, and what the database.
Inside measure_inside(const OpenSite& site, const Page& page) {
    http::Response response;
    std::vector<double> whole, database, outside;
    std::int64_t statements = 0;
    for (int turn = 0; turn < warming; ++turn) site.answer(page);
    for (int turn = 0; turn < turns; ++turn) {
        const std::int64_t statements_before = db::statements_run(), before = db::nanoseconds_in_database();
        whole.push_back(seconds_of([&] { response = site.answer(page); }));
        database.push_back(static_cast<double>(db::nanoseconds_in_database() - before) / 1e9);
        statements = db::statements_run() - statements_before;
        outside.push_back(whole.back() - database.back());
    }
    const double all = median(whole), sql = median(database);
    tell({page.name + ": whole, and its " + std::to_string(statements) + " statements", microseconds(all),
          microseconds(sql)});
    tell({page.name + ": rendering and the rest, " +
              grouped(static_cast<std::int64_t>(response.body.size())) + " bytes",
          microseconds(median(outside))});
    return {std::move(response), p99(std::move(outside))};
}

// Round after round, the page and its limit in turn.
void measure_served(const Page& page, const Served& served, const Inside& inside, const std::string& cookie) {
    const Constant constant(inside.response);
    const int rounds = quick() ? 2 : 5, seconds = quick() ? 1 : 3;
    std::vector<double> ours, limit, p99, limit_p99;
    load_of(served.port(), page.path, cookie, 1);
    for (int round = 0; round < rounds; ++round) {
        const Load own = load_of(served.port(), page.path, cookie, seconds);
        const Load empty = load_of(constant.port(), page.path, cookie, seconds);
        ours.push_back(own.requests_per_second);
        limit.push_back(empty.requests_per_second);
        p99.push_back(own.p99);
        limit_p99.push_back(empty.p99);
    }
    const auto per_second = [](double number) { return grouped(static_cast<std::int64_t>(number)) + "/s"; };
    tell({page.name + ": served, and as many bytes from an empty handler", per_second(median(ours)),
          per_second(median(limit)), median(limit) / median(ours)});
    tell({page.name + ": p99 of 16 clients", milliseconds(median(p99)), milliseconds(median(limit_p99)),
          median(p99) / median(limit_p99)});
    // What a visitor waits for besides the database: the way through the server, as an empty handler
    // has it, and the making of the page.
    const double way = load_of(constant.port(), page.path, cookie, seconds, 1).p99;
    const double with_page = way + inside.p99_outside_database;
    tell({page.name + ": p99 of one client, SQL apart, and of an empty handler", microseconds(with_page),
          microseconds(way), with_page / way,
          page.is_judged ? std::optional(beside_empty_handler) : std::nullopt});
}

}  // namespace

int main() {
    const std::string data = data_folder(quick() ? Shape{1'000'000, Days::whole_year}
                                                 : Shape{10'000'000, Days::same_at_every_size});
    std::vector<Page> pages;
    std::vector<Inside> measured;
    std::string cookie;
    {
        const OpenSite site(data);
        cookie = site.cookie();
        pages = site.pages();
        for (const Page& page : pages) measured.push_back(measure_inside(site, page));
    }
    const Served served(data);
    for (std::size_t i = 0; i < pages.size(); ++i) measure_served(pages[i], served, measured[i], cookie);
}
