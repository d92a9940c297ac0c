// /audit: the trail, page by page, as a workbook, and whether its chain holds.
#include "base/text.h"
#include "features/accounts/accounts_store.h"
#include "features/accounts/pages.h"
#include "features/accounts/trail.h"
#include "platform/audit/audit.h"
#include "platform/pages/address.h"
#include "platform/pages/paging.h"
#include "platform/pages/reader.h"
#include "platform/pages/workbook.h"

namespace tiendo::accounts {
namespace {

constexpr std::int64_t at_once = 100;
// As many rows as a sheet holds below its titles.
constexpr std::int64_t most_exported = 1'000'000;
constexpr web::Options slow{.pool = http::Pool::slow};

Instant start_of(Date day, Offset offset) {
    constexpr std::int64_t day_ms = 24 * 3'600'000;
    return Instant{day.days * day_ms - offset.minutes * std::int64_t{60'000}};
}

// ?q= ?actor= ?object= ?from= ?to=; days are those of the centre, both included.
struct Asked {
    TrailFilter filter;
    Refusals refusals;
};
Asked asked_of(const web::Visit& visit) {
    auto query = pages::Reader::of_query(visit);
    const auto from = query.day("from"), to = query.day("to");
    TrailFilter filter{query.text("q"), lower_ascii(query.text("actor")), 0, std::nullopt, std::nullopt};
    if (const std::string object = query.text("object"); !object.empty()) {
        filter.object = parse_id(object);
        if (filter.object == 0) query.refuse("object", "audit.no_object", {object});
    }
    if (from) filter.from = start_of(*from, visit.offset);
    if (to) filter.until = start_of(*to + 1, visit.offset);
    return {filter, query.refusals()};
}

// "Xem thông tin được che của một người"; the code itself when nobody has given it words.
std::string words_of_kind(const web::Visit& visit, std::string_view set, const std::string& kind) {
    const std::string key = "audit." + std::string(set) + "." + kind;
    return visit.site.texts.has(visit.language, key) ? visit.text(key) : kind;
}

Value entries_value(const web::Visit& visit, db::Read& tx, const TrailFilter& filter) {
    const pages::Place begun = pages::place_of(visit.request, 1);
    Value entries = Value::list();
    std::int64_t shown = 0, last = 0;
    each_entry(tx, filter, begun.number(0), at_once, [&](const TrailEntry& entry) {
        entries.push(to_value(entry)
                         .set("action_name", words_of_kind(visit, "kind", entry.action))
                         .set("object_name", words_of_kind(visit, "object", entry.object_kind)));
        last = entry.sequence;
        ++shown;
    });
    const std::int64_t total = entries_in(tx, filter);
    return Value::object(
        {{"total", total},
         {"entries", std::move(entries)},
         {"paging", pages::paging(visit.request, begun, shown, total, {std::to_string(last)})}});
}

Value check_value(const audit::ChainCheck& check) {
    return Value::object({{"holds", check.first_broken == 0},
                          {"rows", check.rows},
                          {"first_broken", check.first_broken == 0 ? Value() : Value(check.first_broken)}});
}

Value page_value(const web::Visit& visit, db::Read& tx, const Asked& asked) {
    Value value = entries_value(visit, tx, asked.filter);
    bool filtered = false;
    // Not "actor": that is who reads this, in the frame around the page.
    for (const auto& [name, asked_as] : {std::pair{"q", "q"},
                                         {"account_name", "actor"},
                                         {"object", "object"},
                                         {"from", "from"},
                                         {"to", "to"}}) {
        const std::string_view said = visit.request.asked(asked_as);
        value.set(name, said.empty() ? Value() : Value(said));
        filtered = filtered || !said.empty();
    }
    value.set("title", visit.text("audit.title"))
        .set("filtered", filtered)
        .set("check", nullptr)
        .set("export", pages::here(visit.request, {{"format", "xlsx"}, {"after", ""}}))
        .set("print_url", nullptr);
    return value;
}

// What leaves the house is an act like any other, and stands in the trail itself.
void record_export(const web::Visit& visit) {
    Value asked = Value::object();
    for (const http::Field& field : visit.request.query)
        if (field.name != "format" && !field.value.empty()) asked.set(field.name, field.value);
    visit.database.write([&](db::Write& tx) {
        audit::record(tx, visit.actor, visit.now, {"audit.export", "audit_trail", 0, std::move(asked)});
    });
}

std::string words_of(const Value& details) {
    std::string words;
    for (const Value& one : *details.list_items())
        words += (words.empty() ? "" : "; ") + *one["name"].text() + ": " + *one["value"].text();
    return words;
}

http::Response trail_workbook(const web::Visit& visit, db::Read& tx, const TrailFilter& filter) {
    const office::ListLayout layout{
        .sheet = visit.text("audit.title"),
        .titles = {visit.text("audit.title")},
        .columns = {{visit.text("audit.sequence"), office::ListColumn::Kind::integer},
                    {visit.text("audit.recorded_at"), {}, 20},
                    {visit.text("audit.actor"), {}, 28},
                    {visit.text("audit.action"), {}, 24},
                    {visit.text("audit.object"), {}, 32},
                    {visit.text("audit.detail"), {}, 60},
                    {visit.text("audit.digest"), {}, 20}}};
    return pages::workbook(layout, "audit.xlsx", [&](office::ListWriter& writer) {
        each_entry(tx, filter, 0, most_exported, [&](const TrailEntry& entry) {
            const Value value = to_value(entry);
            const std::string at = i18n::moment(visit.language, entry.recorded_at, visit.offset);
            const std::string object =
                words_of_kind(visit, "object", entry.object_kind) + " " + std::to_string(entry.object);
            const std::string action = words_of_kind(visit, "kind", entry.action) + " (" + entry.action + ")";
            const std::string detail = words_of(value["details"]);
            writer.row({entry.sequence, at, entry.actor, action, object, detail, *value["digest"].text()});
        });
    });
}

http::Response trail_page(const web::Visit& visit) {
    const Asked asked = asked_of(visit);
    const bool exports = visit.request.asked("format") == "xlsx" && asked.refusals.empty();
    visit.database.read([&](db::Read& tx) { require_whole_trail(tx, visit.actor); });
    if (exports) record_export(visit);
    return visit.database.read([&](db::Read& tx) {
        if (exports) return trail_workbook(visit, tx, asked.filter);
        Value value = page_value(visit, tx, asked);
        return asked.refusals.empty() ? visit.page("accounts/audit", std::move(value))
                                      : visit.refused("accounts/audit", std::move(value), asked.refusals);
    });
}

http::Response check_chain(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        require_whole_trail(tx, visit.actor);
        Value value = page_value(visit, tx, asked_of(visit));
        value.set("check", check_value(audit::check_chain(tx)));
        return visit.page("accounts/audit", std::move(value));
    });
}

http::Response trail_json(const web::Visit& visit) {
    const Asked asked = asked_of(visit);
    if (!asked.refusals.empty()) return visit.json_refused(asked.refusals);
    return visit.database.read([&](db::Read& tx) {
        require_whole_trail(tx, visit.actor);
        return visit.json(entries_value(visit, tx, asked.filter));
    });
}

http::Response check_json(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        require_whole_trail(tx, visit.actor);
        return visit.json(check_value(audit::check_chain(tx)));
    });
}

}  // namespace

void register_trail_routes(web::Routes& routes) {
    routes.get("/audit", see_audit_trail, trail_page);
    routes.post("/audit/check", see_audit_trail, check_chain, slow);
    routes.get("/api/v1/audit", see_audit_trail, trail_json);
    routes.post("/api/v1/audit/check", see_audit_trail, check_json, slow);
}

}  // namespace tiendo::accounts
