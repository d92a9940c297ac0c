// A site of imports alone, whose visitor says in a header who he is, asked without a socket.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "centre.h"
#include "platform/views/views.h"

namespace tiendo::tests {

const views::Views& all_views();

class Site {
 public:
    explicit Site(Centre& of, jobs::Settings settings = {.threads = 0, .clock = [] { return now; }});

    http::Response get(const std::string& path);
    http::Response post(const std::string& path, http::Fields form = {});
    // `file` lies in the centre's folder; empty: none is chosen.
    http::Response upload(const std::string& path, const std::string& file, http::Fields form);
    // What the API answers, from the presenter of the page.
    Value json(const std::string& path);
    // Runs the jobs that wait.
    void work();

    void visit_as(const std::string& name, const std::string& role, organisations::UnitId unit);
    const web::Site& site() const { return site_; }

    Centre& centre;
    files::Store store;
    imports::Desk desk;
    std::optional<web::Actor> visitor;  // an officer of the centre at first; none: not signed in

 private:
    http::Response answer(http::Request request);

    std::vector<web::Actor> visitors_;
    web::Routes routes_;
    web::Site site_;
};

// On every database.
void on_a_site(const std::function<void(Site&, Centre&)>& test);

std::string where(const http::Response& response);  // it redirects to
bool has(const http::Response& response, const std::string& words);
std::string state_of(Site& site, const std::string& path);

inline const std::vector<std::string> roster_header{"STT", "Họ và tên", "Ngày sinh", "Số CCCD"};
// The page of a roster for DVM-01/2017 whose dry run is done.
std::string checked_roster(Site& site, const Rows& rows,
                           const std::vector<std::string>& header = roster_header);

}  // namespace tiendo::tests
