#include "platform/web/routes.h"

#include <array>
#include <map>
#include <stdexcept>

#include "base/text.h"

namespace tiendo::web {

// One segment of the paths: words go before the parameter.
struct Routes::Node {
    std::map<std::string, std::unique_ptr<Node>, std::less<>> words;
    std::unique_ptr<Node> parameter;
    std::vector<const Route*> routes;  // that end here, one for each method
};

Routes::Routes() : root_(std::make_unique<Node>()) {}
Routes::~Routes() = default;
Routes::Routes(Routes&&) noexcept = default;

void Routes::get(std::string_view pattern, Permission permission, Handler handler, Options options) {
    add(http::Method::get, pattern, permission, std::move(handler), options);
}
void Routes::post(std::string_view pattern, Permission permission, Handler handler, Options options) {
    add(http::Method::post, pattern, permission, std::move(handler), options);
}
void Routes::put(std::string_view pattern, Permission permission, Handler handler, Options options) {
    add(http::Method::put, pattern, permission, std::move(handler), options);
}
void Routes::patch(std::string_view pattern, Permission permission, Handler handler, Options options) {
    add(http::Method::patch, pattern, permission, std::move(handler), options);
}
void Routes::remove(std::string_view pattern, Permission permission, Handler handler, Options options) {
    add(http::Method::remove, pattern, permission, std::move(handler), options);
}

void Routes::add(http::Method method, std::string_view pattern, Permission permission, Handler handler,
                 Options options) {
    const std::string name = std::string(http::to_text(method)) + " " + std::string(pattern);
    if (pattern.substr(0, 1) != "/") throw std::logic_error(name + ": a pattern begins with a slash");
    if (permission.name.empty()) throw std::logic_error(name + ": a permission without a name");
    Node* node = root_.get();
    for (const std::string_view segment : split(pattern.substr(1), '/')) {
        const bool named = segment.substr(0, 1) == ":";
        std::unique_ptr<Node>& next = named ? node->parameter : node->words[std::string(segment)];
        if (!next) next = std::make_unique<Node>();
        node = next.get();
    }
    for (const Route* other : node->routes)
        if (other->method == method) throw std::logic_error(name + ": is there already, " + other->pattern);
    routes_.push_back(std::make_unique<Route>(
        Route{method, std::string(pattern), std::string(permission.name), std::move(handler), options}));
    node->routes.push_back(routes_.back().get());
}

namespace {

// The node a path leads to: a word first, and where that leads nowhere, the parameter.
template <class Node>
const Node* walk(const Node& from, const std::vector<std::string_view>& segments, std::size_t at) {
    if (at == segments.size()) return from.routes.empty() ? nullptr : &from;
    if (const auto word = from.words.find(segments[at]); word != from.words.end())
        if (const Node* found = walk(*word->second, segments, at + 1)) return found;
    if (from.parameter && !segments[at].empty()) return walk(*from.parameter, segments, at + 1);
    return nullptr;
}

}  // namespace

Routes::Match Routes::match(http::Method method, std::string_view path) const {
    Match match;
    if (path.substr(0, 1) != "/") return match;
    const auto segments = split(path.substr(1), '/');
    // No pattern is that long; a path of a thousand slashes is not worth walking.
    if (segments.size() > 16) return match;
    const Node* node = walk(*root_, segments, 0);
    if (node == nullptr) return match;
    const http::Method wanted = method == http::Method::head ? http::Method::get : method;
    for (const Route* route : node->routes) {
        match.allowed += (match.allowed.empty() ? "" : ", ") + std::string(http::to_text(route->method));
        if (route->method == http::Method::get) match.allowed += ", HEAD";
        if (route->method == wanted) match.route = route;
    }
    if (match.route == nullptr) return match;
    const auto names = split(std::string_view(match.route->pattern).substr(1), '/');
    for (std::size_t i = 0; i < names.size(); ++i)
        if (names[i].substr(0, 1) == ":")
            match.parameters.push_back({std::string(names[i].substr(1)), std::string(segments[i])});
    return match;
}

}  // namespace tiendo::web
