// Which handler answers which path, and who may ask for it.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/http/http.h"
#include "platform/http/server.h"
#include "platform/web/actor.h"

namespace tiendo::web {

struct Visit;  // web.h
using Handler = std::function<http::Response(const Visit&)>;

struct Options {
    http::Pool pool = http::Pool::ordinary;  // slow: imports, exports, password hashing
    bool uploads = false;
    // The most bytes of a body; by default 1 MB, with uploads 200 MB.
    std::optional<std::uint64_t> body_limit = {};
};

struct Route {
    http::Method method;
    std::string pattern;  // "/cohorts/:id/roster"
    std::string permission;
    Handler handler;
    Options options;
};

class Routes {
 public:
    Routes();
    ~Routes();
    Routes(Routes&&) noexcept;

    // A permission has no default: a route without one does not compile. HEAD comes with get.
    // A pattern's ":id" stands for one segment; a word goes before it (/cohorts/new). The same
    // route twice is a std::logic_error.
    void get(std::string_view pattern, Permission permission, Handler handler, Options options = {});
    void post(std::string_view pattern, Permission permission, Handler handler, Options options = {});
    void put(std::string_view pattern, Permission permission, Handler handler, Options options = {});
    void patch(std::string_view pattern, Permission permission, Handler handler, Options options = {});
    void remove(std::string_view pattern, Permission permission, Handler handler, Options options = {});

    // All of them, in the order of declaration: the OpenAPI test reads this list.
    const std::vector<std::unique_ptr<Route>>& all() const { return routes_; }

    struct Match {
        const Route* route = nullptr;  // none: see `allowed`
        http::Fields parameters;       // of the route
        std::string allowed;           // "GET, HEAD": methods of that path; empty: no such path
    };
    Match match(http::Method method, std::string_view path) const;

 private:
    struct Node;
    void add(http::Method method, std::string_view pattern, Permission permission, Handler handler,
             Options options);
    std::vector<std::unique_ptr<Route>> routes_;
    std::unique_ptr<Node> root_;
};

}  // namespace tiendo::web
