// GET /programmes and /programmes/:id, as pages and as JSON; making a programme and renaming it.
#include "features/programmes/programmes_pages.h"

#include "features/programmes/programme_tabs.h"
#include "features/programmes/versions_store.h"
#include "platform/pages/address.h"
#include "platform/pages/reader.h"

namespace tiendo::programmes {
namespace {

// --- the list -------------------------------------------------------------------------------------

// The outsider may see programmes, elsewhere: here there are none.
Value seen_list(const web::Visit& visit, db::Read& tx, Date on) {
    if (!may(tx, visit.actor, see_programmes))
        return Value::object({{"count", 0}, {"on", on}, {"programmes", Value::list()}});
    const Rules rules = rules_on(visit, tx, on);
    return list_value(tx, on, &rules);
}

Value list_page_value(const web::Visit& visit, db::Read& tx, Date on, const pages::Refused& refused) {
    const pages::Forms forms(visit, refused);
    Value making;
    if (may(tx, visit.actor, change_programmes))
        making = forms.form("programmes")
                     .set("programme_name", forms.field("programmes", "name"))
                     .set("programme_code", forms.field("programmes", "code"));
    return seen_list(visit, tx, on)
        .set("title", visit.text("programme.list"))
        .set("making", std::move(making))
        .set("export", nullptr)
        .set("print_url", pages::here(visit.request, {{"print", "1"}}));
}

http::Response list_page(const web::Visit& visit) {
    pages::Reader asked = pages::Reader::of_query(visit);
    const Date on = asked.day("on").value_or(visit.today());
    return visit.database.read([&](db::Read& tx) {
        Value value = list_page_value(visit, tx, on, {});
        if (asked.refused())
            return visit.refused("programmes/programmes", std::move(value), asked.refusals());
        return visit.page("programmes/programmes", std::move(value));
    });
}

http::Response list_json(const web::Visit& visit) {
    pages::Reader asked = pages::Reader::of_query(visit);
    const Date on = asked.day("on").value_or(visit.today());
    if (asked.refused()) return visit.json_refused(asked.refusals());
    return visit.database.read([&](db::Read& tx) { return visit.json(seen_list(visit, tx, on)); });
}

Outcome<ProgrammeId> make_sent(const web::Visit& visit) {
    const pages::Reader sent = pages::Reader::of_body(visit);
    return visit.database.write([&](db::Write& tx) {
        return make(tx, visit.actor, sent.text("name"), sent.text("code"), visit.now);
    });
}

http::Response make_by_form(const web::Visit& visit) {
    const auto made = make_sent(visit);
    if (made) return visit.redirect(address_of(*made), "act.recorded");
    return visit.database.read([&](db::Read& tx) {
        return visit.refused("programmes/programmes",
                             list_page_value(visit, tx, visit.today(), {"programmes", made.refusals()}),
                             made.refusals());
    });
}

// --- one programme --------------------------------------------------------------------------------

struct Seen {
    Programme programme;
    std::vector<Version> versions;
    const Version* version = nullptr;  // one of them
    Date on;
};

Value seen_value(const web::Visit& visit, db::Read& tx, const Seen& seen) {
    const Rules rules = rules_on(visit, tx, seen.on);
    const auto found = rules.find(seen.programme.id);
    const std::vector<Rule> asked = found == rules.end() ? std::vector<Rule>{} : found->second;
    Value names = list_of(former_names(tx, seen.programme.id), [](const FormerName& one) {
        return Value::object({{"name", one.name},
                              {"reason", one.reason},
                              {"recorded_at", one.recorded_at},
                              {"recorded_by", one.recorded_by}});
    });
    return Value::object({{"id", seen.programme.id},
                          {"code", seen.programme.code},
                          {"name", seen.programme.name},
                          {"on", seen.on},
                          {"version", seen.version ? to_value(*seen.version) : Value()},
                          {"versions", versions_value(seen.versions, seen.on)},
                          {"former_names", std::move(names)},
                          {"rules", list_of(asked, [](const Rule& rule) { return to_value(rule); })}});
}

// The versions to choose two from: what is looked at, and the one before it.
Value choices(const std::vector<Version>& versions, std::int64_t chosen) {
    return list_of(versions, [&](const Version& version) {
        return Value::object({{"number", version.number}, {"current", version.number == chosen}});
    });
}

Value page_value(const web::Visit& visit, db::Read& tx, const Seen& seen, const pages::Refused& refused) {
    const pages::Forms forms(visit, refused);
    const bool can_change = may(tx, visit.actor, change_programmes);
    Value value = seen_value(visit, tx, seen), renaming, comparing;
    if (can_change)
        renaming = forms.form("renaming")
                       .set("programme_name", forms.field("renaming", "name", seen.programme.name));
    if (seen.versions.size() > 1) {
        const std::int64_t after = std::max<std::int64_t>(seen.version ? seen.version->number : 2, 2);
        comparing = Value::object(
            {{"befores", choices(seen.versions, after - 1)}, {"afters", choices(seen.versions, after)}});
    }
    if (seen.version) {
        const Version& version = *seen.version;
        value.set(
            "version",
            to_value(version)
                .set("topics", list_of(version.topics,
                                       [](const Topic& topic) { return without_zeros(to_value(topic)); }))
                .set("series_name", series_called(tx, version.certificate_series))
                .set("has_topics", !version.topics.empty())
                .set("has_periods", version.periods() > 0)
                .set("has_sizes", version.minimum_size || version.target_size || version.maximum_size)
                .set("has_scheme", !version.scheme.is_empty()));
    }
    const bool has_former_names = !value["former_names"].list_items()->empty();
    const bool has_rules = !value["rules"].list_items()->empty();
    return std::move(value)
        .set("title", seen.programme.name)
        .set("tabs", tabs(visit, tx, seen.programme, ""))
        .set("can_change", can_change)
        .set("has_versions", !seen.versions.empty())
        .set("has_former_names", has_former_names)
        .set("has_rules", has_rules)
        .set("rules_url", may_change_rules(visit, tx)
                              ? Value(pages::address("/programmes/" + to_text(seen.programme.id) + "/rules",
                                                     {{"on", to_text(seen.on)}}))
                              : Value())
        .set("renaming", std::move(renaming))
        .set("comparing", std::move(comparing))
        .set("export", nullptr)
        .set("print_url", pages::here(visit.request, {{"print", "1"}}));
}

Seen seen_on(const web::Visit& visit, db::Read& tx, Date on) {
    Seen seen{.programme = require(tx, visit.actor, programme_of(visit)), .versions = {}, .on = on};
    seen.versions = versions_of(tx, seen.programme.id);
    seen.version = in_force(seen.versions, on);
    return seen;
}

Seen seen_numbered(const web::Visit& visit, db::Read& tx) {
    Seen seen = seen_on(visit, tx, visit.today());
    seen.version = find_numbered(seen.versions, web::id_of(visit, "number"));
    if (!seen.version) throw web::NotFound{};
    seen.on = day_of(*seen.version, seen.versions, visit.today());
    return seen;
}

http::Response programme_page(const web::Visit& visit) {
    pages::Reader asked = pages::Reader::of_query(visit);
    const Date on = asked.day("on").value_or(visit.today());
    return visit.database.read([&](db::Read& tx) {
        Value value = page_value(visit, tx, seen_on(visit, tx, on), {});
        if (asked.refused()) return visit.refused("programmes/programme", std::move(value), asked.refusals());
        return visit.page("programmes/programme", std::move(value));
    });
}

http::Response version_page(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        return visit.page("programmes/programme", page_value(visit, tx, seen_numbered(visit, tx), {}));
    });
}

http::Response programme_json(const web::Visit& visit) {
    pages::Reader asked = pages::Reader::of_query(visit);
    const Date on = asked.day("on").value_or(visit.today());
    if (asked.refused()) return visit.json_refused(asked.refusals());
    return visit.database.read(
        [&](db::Read& tx) { return visit.json(seen_value(visit, tx, seen_on(visit, tx, on))); });
}

http::Response version_json(const web::Visit& visit) {
    return visit.database.read(
        [&](db::Read& tx) { return visit.json(seen_value(visit, tx, seen_numbered(visit, tx))); });
}

Outcome<Done> rename_sent(const web::Visit& visit) {
    const pages::Reader sent = pages::Reader::of_body(visit);
    return visit.database.write([&](db::Write& tx) {
        const Programme programme = require_for_change(tx, visit.actor, programme_of(visit));
        return rename(tx, visit.actor, programme, sent.text("name"), sent.text("reason"), visit.now);
    });
}

http::Response rename_by_form(const web::Visit& visit) {
    const auto renamed = rename_sent(visit);
    if (renamed) return visit.redirect(address_of(programme_of(visit)), "act.recorded");
    return visit.database.read([&](db::Read& tx) {
        const Seen seen = seen_on(visit, tx, visit.today());
        return visit.refused("programmes/programme",
                             page_value(visit, tx, seen, {"renaming", renamed.refusals()}),
                             renamed.refusals());
    });
}

http::Response make_by_json(const web::Visit& visit) {
    const auto made = make_sent(visit);
    if (!made) return visit.json_refused(made.refusals());
    return visit.json(Value::object({{"id", *made}}));
}

http::Response rename_by_json(const web::Visit& visit) {
    const auto renamed = rename_sent(visit);
    return renamed ? programme_json(visit) : visit.json_refused(renamed.refusals());
}

}  // namespace

const Version* find_numbered(const std::vector<Version>& versions, std::int64_t number) {
    for (const Version& version : versions)
        if (version.number == number) return &version;
    return nullptr;
}

Date day_of(const Version& version, const std::vector<Version>& versions, Date today) {
    if (const Version* now = in_force(versions, today); now && now->number == version.number) return today;
    if (version.valid_from) return *version.valid_from;
    std::optional<Date> next;
    for (const Version& other : versions)
        if (other.valid_from && (!next || *other.valid_from < *next)) next = other.valid_from;
    return next ? *next + -1 : today;
}

void register_routes(web::Routes& routes) {
    routes.get("/programmes", see_programmes, list_page);
    routes.post("/programmes", change_programmes, make_by_form);
    routes.get("/programmes/:id", see_programmes, programme_page);
    routes.get("/programmes/:id/versions/:number", see_programmes, version_page);
    routes.post("/programmes/:id/renaming", change_programmes, rename_by_form);
    routes.get("/api/v1/programmes", see_programmes, list_json);
    routes.post("/api/v1/programmes", change_programmes, make_by_json);
    routes.get("/api/v1/programmes/:id", see_programmes, programme_json);
    routes.get("/api/v1/programmes/:id/versions/:number", see_programmes, version_json);
    routes.post("/api/v1/programmes/:id/renaming", change_programmes, rename_by_json);
    register_versions(routes);
    register_comparison(routes);
}

}  // namespace tiendo::programmes
