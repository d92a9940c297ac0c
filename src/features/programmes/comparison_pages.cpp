// GET /programmes/:id/comparison?before=1&after=2: what changed between two versions, side by side.
#include "features/programmes/comparison.h"
#include "features/programmes/programme_tabs.h"
#include "features/programmes/programmes_pages.h"
#include "platform/pages/address.h"
#include "platform/pages/reader.h"

namespace tiendo::programmes {
namespace {

struct Asked {
    Programme programme;
    std::vector<Version> versions;
    const Version* before = nullptr;
    const Version* after = nullptr;
    Refusals refusals;
};

std::string numbers_of(const std::vector<Version>& versions) {
    std::string numbers;
    for (const Version& version : versions)
        numbers += (numbers.empty() ? "" : ", ") + std::to_string(version.number);
    return numbers;
}

const Version* find_asked(pages::Reader& asked, const std::vector<Version>& versions, const char* name) {
    const auto number = asked.required_count(name);
    if (!number) return nullptr;
    const Version* found = find_numbered(versions, *number);
    if (!found) asked.refuse(name, "version.unknown", {std::to_string(*number), numbers_of(versions)});
    return found;
}

Asked asked_of(const web::Visit& visit, db::Read& tx) {
    Asked asked{.programme = require(tx, visit.actor, programme_of(visit)), .versions = {}, .refusals = {}};
    asked.versions = versions_of(tx, asked.programme.id);
    pages::Reader said = pages::Reader::of_query(visit);
    asked.before = find_asked(said, asked.versions, "before");
    asked.after = find_asked(said, asked.versions, "after");
    asked.refusals = said.refusals();
    return asked;
}

std::vector<Rule> rules_at(const web::Visit& visit, db::Read& tx, const Asked& asked,
                           const Version& version) {
    Rules rules = rules_on(visit, tx, day_of(version, asked.versions, visit.today()));
    return std::move(rules[asked.programme.id]);
}

// Series by their names for a reader, by their codes for a script.
void name_series(db::Read& tx, Asked& asked) {
    for (Version& version : asked.versions)
        if (&version == asked.before || &version == asked.after)
            version.certificate_series = series_called(tx, version.certificate_series);
}

Value compared_value(const web::Visit& visit, db::Read& tx, const Asked& asked) {
    return comparison_value(*asked.before, *asked.after, rules_at(visit, tx, asked, *asked.before),
                            rules_at(visit, tx, asked, *asked.after))
        .set("programme", asked.programme.id)
        .set("code", asked.programme.code)
        .set("name", asked.programme.name);
}

Value for_the_eye(const Value& topics) {
    return list_of(*topics.list_items(), [](Value row) {
        for (const char* side : {"before", "after"})
            if (!row[side].is_null()) row.set(side, without_zeros(row[side]));
        return row;
    });
}

Value choices(const std::vector<Version>& versions, const Version* chosen) {
    return list_of(versions, [&](const Version& version) {
        return Value::object(
            {{"number", version.number}, {"current", chosen && chosen->number == version.number}});
    });
}

http::Response comparison_page(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        Asked asked = asked_of(visit, tx);
        name_series(tx, asked);
        Value compared;
        if (asked.refusals.empty()) {
            compared = compared_value(visit, tx, asked);
            compared.set("topics", for_the_eye(compared["topics"]));
            for (const char* list : {"topics", "components", "bands", "rules"})
                compared.set(std::string("has_") + list, !compared[list].list_items()->empty());
        }
        Value value = Value::object({{"title", visit.text("version.comparison")},
                                     {"id", asked.programme.id},
                                     {"name", asked.programme.name},
                                     {"tabs", tabs(visit, tx, asked.programme, "comparison")},
                                     {"befores", choices(asked.versions, asked.before)},
                                     {"afters", choices(asked.versions, asked.after)},
                                     {"compared", std::move(compared)},
                                     {"export", nullptr},
                                     {"print_url", pages::here(visit.request, {{"print", "1"}})}});
        if (asked.refusals.empty()) return visit.page("programmes/comparison", std::move(value));
        return visit.refused("programmes/comparison", std::move(value), asked.refusals);
    });
}

http::Response comparison_json(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        const Asked asked = asked_of(visit, tx);
        if (!asked.refusals.empty()) return visit.json_refused(asked.refusals);
        return visit.json(compared_value(visit, tx, asked));
    });
}

}  // namespace

void register_comparison(web::Routes& routes) {
    routes.get("/programmes/:id/comparison", see_programmes, comparison_page);
    routes.get("/api/v1/programmes/:id/comparison", see_programmes, comparison_json);
}

}  // namespace tiendo::programmes
