// The pages that are measured, and the site they are pages of, in this process.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "platform/http/http.h"

namespace tiendo::bench {

struct Page {
    std::string name, path;
    bool is_judged = false;  // a page that people open all day long
};

// The site as the program puts it together, over books that fill() has made, with somebody
// signed in who may see everything.
class OpenSite {
 public:
    // `database`: an address of PostgreSQL; empty: the SQLite file in the data folder.
    explicit OpenSite(const std::string& data_folder, const std::string& database = "");
    ~OpenSite();
    OpenSite(const OpenSite&) = delete;

    const std::vector<Page>& pages() const;
    const std::string& cookie() const;  // name=value
    // As a handler answers it, without a server. Throws when the status is not 200.
    http::Response answer(const Page& page) const;

 private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace tiendo::bench
