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

// One page in this process, without a server: what the whole takes, and what the database.
http::Response measure_inside(const OpenSite& site, const Page& page) {
    http::Response response;
    std::vector<double> whole, database;
    std::int64_t statements = 0;
    for (int turn = 0; turn < (quick() ? 30 : 200); ++turn) {
        const std::int64_t statements_before = db::statements_run(), before = db::nanoseconds_in_database();
        whole.push_back(seconds_of([&] { response = site.answer(page); }));
        database.push_back(static_cast<double>(db::nanoseconds_in_database() - before) / 1e9);
        statements = db::statements_run() - statements_before;
    }
    const double all = median(whole), sql = median(database);
    tell({page.name + ": whole, and its " + std::to_string(statements) + " statements", microseconds(all),
          microseconds(sql)});
    tell({page.name + ": rendering and the rest, " +
              grouped(static_cast<std::int64_t>(response.body.size())) + " bytes",
          microseconds(all - sql)});
    return response;
}

// Round after round, the page and its limit in turn.
void measure_served(const Page& page, const Served& served, const http::Response& response,
                    const std::string& cookie) {
    const Constant constant(response);
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
}

}  // namespace

int main() {
    const std::string data = data_folder({1'000'000, Days::whole_year});
    std::vector<Page> pages;
    std::vector<http::Response> responses;
    std::string cookie;
    {
        const OpenSite site(data);
        cookie = site.cookie();
        pages = site.pages();
        for (const Page& page : pages) responses.push_back(measure_inside(site, page));
    }
    const Served served(data);
    for (std::size_t i = 0; i < pages.size(); ++i) measure_served(pages[i], served, responses[i], cookie);
}
