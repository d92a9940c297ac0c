// One request to its response, whatever happens on the way.
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <array>
#include <chrono>
#include <random>

#include "base/text.h"
#include "platform/http/form.h"
#include "platform/json/json.h"
#include "platform/web/frame.h"
#include "platform/web/web.h"

namespace tiendo::web {
namespace {

// Named so that the app can quieten it; a test puts its own in its place.
std::shared_ptr<spdlog::logger> log() {
    if (auto logger = spdlog::get("web")) return logger;
    static const auto made = spdlog::stderr_color_mt("web");
    return made;
}

bool is_api(const http::Request& request) { return request.path.rfind("/api/", 0) == 0; }

// Eight letters and digits that can be read out on the telephone: no I, L, O, U.
std::string new_incident() {
    static thread_local std::mt19937_64 random{std::random_device{}()};
    std::uint64_t bits = random();
    std::string number;
    for (int i = 0; i < 8; ++i, bits >>= 5) number += "0123456789ABCDEFGHJKMNPQRSTVWXYZ"[bits & 31];
    return number;
}

// --- where a request comes from ------------------------------------------------------------

// Without a hint at the first difference.
bool same_secret(std::string_view a, std::string_view b) {
    if (a.size() != b.size() || a.empty()) return false;
    unsigned char difference = 0;
    for (std::size_t i = 0; i < a.size(); ++i) difference |= static_cast<unsigned char>(a[i] ^ b[i]);
    return difference == 0;
}

// Whether a page of this site made the browser send it, as far as the browser tells.
bool comes_from_here(const http::Request& request) {
    const std::string_view site = request.header("sec-fetch-site");
    if (!site.empty() && site != "same-origin" && site != "none") return false;
    const std::string_view origin = request.header("origin");
    if (origin.empty()) return true;
    const std::size_t scheme = origin.find("://");
    return scheme != std::string_view::npos &&
           lower_ascii(origin.substr(scheme + 3)) == lower_ascii(request.header("host"));
}

bool has_csrf_token(const http::Request& request, const Actor& actor) {
    const std::string_view header = request.header("x-csrf-token");
    return same_secret(actor.csrf, header.empty() ? request.secret("csrf") : header);
}

// --- answers that are no page of a feature -------------------------------------------------

std::string_view kind_of(int status) {
    switch (status) {
        case 401:
        case 403: return "forbidden";
        case 404: return "not_found";
        case 409: return "conflict";
        case 413: return "too_large";
        case 503: return "unavailable";
        default: return status < 500 ? "bad_request" : "fault";
    }
}

http::Response fault_page(const Visit& visit, int status, const std::string& incident) {
    const std::string kind(kind_of(status));
    const Value number = status >= 500 ? Value(incident) : Value();
    const std::string title = visit.text("error.title." + kind);
    if (is_api(visit.request))
        return visit.json(Value::object({{"error", kind}, {"message", title}, {"incident", number}}), status);
    return visit.page("web/error",
                      Value::object({{"title", title},
                                     {"status", status},
                                     {"kind", kind},
                                     {"messages", Value::list()},
                                     {"incident", number},
                                     {"back", "/"}}),
                      status);
}

http::Response fault(const Visit& visit, int status, const std::string& incident) {
    http::Response response;
    try {
        response = fault_page(visit, status, incident);
    } catch (const std::exception& error) {
        // The page about the fault fails as well when what surrounds it needs the database.
        log()->error("page about a fault: {}", split(error.what(), '\n').front());
        response = http::text(status, std::string(http::reason_of(status)) + " " + incident + "\n");
    }
    if (status == 503) response.with("Retry-After", "5");
    if (status == 401) response.with("WWW-Authenticate", "Bearer");
    return response;
}

http::Response please_sign_in(const Visit& visit) {
    if (is_api(visit.request)) return fault(visit, 401, "");
    std::string where = "/sign-in";
    if (visit.request.method == http::Method::get)
        if (const auto next = local_path(visit.request.target); next && *next != "/")
            where += "?next=" + http::percent_encode(*next);
    // A page inside a page would be no place to sign in: htmx takes the whole window there.
    if (http::has(visit.request.headers, "hx-request")) {
        http::Response response = http::text(401, "");
        return response.with("HX-Redirect", where);
    }
    return http::redirect(std::move(where));
}

// Whether this actor may ask for this at all. What is in the body is not known yet.
std::optional<http::Response> refusal_at_the_door(const Visit& visit, const Route& route) {
    const Permission permission{route.permission};
    if (!http::is_safe(visit.request.method) && !visit.actor.by_bearer && !comes_from_here(visit.request))
        return fault(visit, 403, "");
    if (visit.actor.may(permission)) return std::nullopt;
    return visit.actor.is_signed_in() ? fault(visit, 403, "") : please_sign_in(visit);
}

http::Response routed(const Visit& visit, const Routes::Match& match) {
    if (match.route == nullptr) {
        if (match.allowed.empty()) return fault(visit, 404, "");
        return fault(visit, 405, "").with("Allow", match.allowed);
    }
    if (auto refusal = refusal_at_the_door(visit, *match.route)) return *refusal;
    const bool changes_by_cookie =
        !http::is_safe(visit.request.method) && visit.actor.is_signed_in() && !visit.actor.by_bearer;
    if (changes_by_cookie && !has_csrf_token(visit.request, visit.actor)) return fault(visit, 403, "");
    return match.route->handler(visit);
}

// Runs `answered` with the visit of this request, and turns every exception into a response.
template <class F>
auto guarded(const Site& site, const http::Request& request, std::string_view pattern, F answered)
    -> std::invoke_result_t<F, const Visit&> {
    static const Actor nobody;
    Actor actor;
    const auto visit_of = [&](const Actor& who) {
        return Visit{request, who, site.database, site.clock(), site.offset, language_of(site, request, who),
                     site};
    };
    const auto failed = [&](int status, const std::exception& error) {
        const std::string incident = new_incident();
        // The first line of a database's message; the next ones may quote the row.
        log()->log(status < 500 ? spdlog::level::warn : spdlog::level::err, "{} {} {} incident {}: {}",
                   http::to_text(request.method), pattern, status, incident,
                   split(error.what(), '\n').front());
        return fault(visit_of(actor), status, incident);
    };
    try {
        if (site.actor) actor = site.actor(request).value_or(nobody);
        return answered(visit_of(actor));
    } catch (const NotFound&) {
        return fault(visit_of(actor), 404, "");
    } catch (const Forbidden&) {
        return fault(visit_of(actor), 403, "");
    } catch (const db::Conflict& error) {
        return failed(409, error);
    } catch (const db::Busy& error) {
        return failed(503, error);
    } catch (const db::Unreachable& error) {
        return failed(503, error);
    } catch (const std::exception& error) {
        return failed(500, error);
    }
}

void note(const http::Request& request, std::string_view pattern, int status,
          std::chrono::steady_clock::time_point began) {
    const auto took =
        std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - began);
    log()->info("{} {} {} {} us", http::to_text(request.method), pattern, status, took.count());
}

std::string_view pattern_of(const Routes::Match& match) {
    return match.route == nullptr ? std::string_view("-") : std::string_view(match.route->pattern);
}

}  // namespace

http::Response answer(const Site& site, http::Request& request) {
    const auto began = std::chrono::steady_clock::now();
    if (site.assets && request.path.rfind("/assets/", 0) == 0 && http::is_safe(request.method))
        if (auto asset = site.assets(request)) return *asset;
    const Routes::Match match = site.routes.match(request.method, request.path);
    request.parameters = match.parameters;
    http::Response response;
    if (auto kept = match.route == nullptr ? std::nullopt : kept_choice(request))
        response = std::move(*kept);
    else
        response = guarded(site, request, pattern_of(match),
                           [&](const Visit& visit) { return routed(visit, match); });
    note(request, pattern_of(match), response.status, began);
    return response;
}

http::Choose serve(const Site& site) {
    return [&site](http::Request& request) {
        http::Treatment treatment;
        treatment.handler = [&site](http::Request& complete) { return answer(site, complete); };
        const Routes::Match match = site.routes.match(request.method, request.path);
        if (match.route == nullptr) return treatment;
        const Options& options = match.route->options;
        treatment.pool = options.pool;
        treatment.uploads = options.uploads;
        treatment.body_limit = options.body_limit.value_or(options.uploads ? http::default_upload_limit
                                                                           : http::default_body_limit);
        if (options.uploads)
            treatment.admit = [&site, route = match.route](const http::Request& head) {
                const auto began = std::chrono::steady_clock::now();
                auto refusal = guarded(site, head, route->pattern, [&](const Visit& visit) {
                    return refusal_at_the_door(visit, *route);
                });
                if (refusal) note(head, route->pattern, refusal->status, began);
                return refusal;
            };
        return treatment;
    };
}

}  // namespace tiendo::web
