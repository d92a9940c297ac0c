// What a handler sees, and how routes are declared.
//
//   http::Response board(const web::Visit& visit) {
//       const PlanId id{web::id_of(visit, "id")};
//       return visit.database.read([&](db::Read& tx) {
//           return visit.page("plan/board", board_value(require(tx, visit.actor, id)));
//       });
//   }
//
//   void routes(web::Routes& routes) {
//       routes.get("/plans/:id", see_plans, board);
//       routes.post("/plans/:id/approval", approve_plans, approve);
//   }
#pragma once
#include <functional>
#include <initializer_list>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "base/date.h"
#include "base/outcome.h"
#include "base/value.h"
#include "platform/db/db.h"
#include "platform/http/http.h"
#include "platform/http/server.h"
#include "platform/i18n/i18n.h"
#include "platform/views/views.h"
#include "platform/web/actor.h"
#include "platform/web/routes.h"

namespace tiendo::web {

// Thrown where an object is absent or the actor must not know that it is there: one 404 for
// both, so that nobody can tell them apart.
struct NotFound : std::runtime_error {
    NotFound() : std::runtime_error("not found") {}
};
// The object may be seen, the act may not be done: 403.
struct Forbidden : std::runtime_error {
    Forbidden() : std::runtime_error("forbidden") {}
};

struct Site;

struct Visit {
    const http::Request& request;
    const Actor& actor;
    db::Database& database;
    Instant now;
    Offset offset;  // the centre's time zone
    i18n::Language language;
    const Site& site;
    mutable std::optional<Value> frame = {};  // what all views of the answer see; made for the first one

    Date today() const { return day_of(now, offset); }
    std::string text(std::string_view key, std::initializer_list<std::string> arguments = {}) const;

    // The view in the site's layout. The value's "title" is the page's title.
    http::Response page(std::string_view view, Value value, int status = 200) const;
    // The view alone: what htmx puts into a page.
    http::Response fragment(std::string_view view, Value value, int status = 200) const;
    // The page of a form again, 422, with "refused" true and "refusals" a list of {field,
    // message} in the reader's language. Its fields are made with form_field().
    http::Response refused(std::string_view view, Value value, const Refusals& refusals) const;

    http::Response json(const Value& value, int status = 200) const;
    // 422 {"refusals": [{"field", "key", "message"}]}
    http::Response json_refused(const Refusals& refusals) const;

    // 303 to a path of this site. A notice (key of a text without arguments) is shown once on
    // the next page; its tone is done, info, warning or error.
    http::Response redirect(std::string where) const;
    http::Response redirect(std::string where, std::string_view notice, std::string_view tone = "done") const;
};

// The identifier in a path, /cohorts/:id. Throws NotFound when it is none.
std::int64_t id_of(const Visit& visit, std::string_view parameter);
// {"value", "refusal"} of one input: what was typed if the form was sent, else the value given;
// the first refusal of that field in the reader's language, or null.
Value form_field(const Visit& visit, std::string_view name, Value value = {}, const Refusals& refusals = {});

// All that a site is made of. It outlives the server; whatever it refers to outlives it.
struct Site {
    const Routes& routes;
    const views::Views& views;
    const i18n::Texts& texts;
    db::Database& database;
    Clock clock = system_now;
    Offset offset = {};
    i18n::Language language = i18n::Language::vi;  // for a reader who says nothing
    std::string layout = "web/layout";

    // Who is asking; none when nobody is signed in. Filled by auth.
    std::function<std::optional<Actor>(const http::Request&)> actor = {};
    // What every page's layout shows besides the page: navigation, the actor's name. Filled by
    // app; csrf, language, theme, notice and the like are there already (frame.h).
    std::function<Value(const Visit&)> frame = {};
    // A test that holds templates against their presenters looks here at what a view was given.
    std::function<void(std::string_view view, const Value& value, const Value& frame)> shown = {};
    // Files under /assets/, if the site has any.
    std::function<std::optional<http::Response>(const http::Request&)> assets = {};
};

// One request to its response, whatever happens: permission, CSRF, exceptions, log line. Also
// what a test calls instead of a server.
http::Response answer(const Site& site, http::Request& request);

// The same for http::Server.
http::Choose serve(const Site& site);

// A path of this site and nothing else, for "where to go after signing in": none for
// "//elsewhere", "https:…", control characters.
std::optional<std::string> local_path(std::string_view path);

}  // namespace tiendo::web
