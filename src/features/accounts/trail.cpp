#include "features/accounts/trail.h"

#include <array>
#include <limits>

#include "features/accounts/accounts_store.h"
#include "platform/auth/token.h"
#include "platform/json/json.h"

namespace tiendo::accounts {
namespace {

// The pages of the objects that acts speak of.
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> pages_of_kinds = {
    {{"account", "/accounts/"},
     {"cohort", "/cohorts/"},
     {"import", "/imports/"},
     {"participation", "/participations/"},
     {"person", "/people/"},
     {"nomination", "/nominations/"}}};

Value url_of(const TrailEntry& entry) {
    if (entry.object == 0) return nullptr;
    for (const auto& [kind, page] : pages_of_kinds)
        if (kind == entry.object_kind) return std::string(page) + std::to_string(entry.object);
    return nullptr;
}

// What was typed, to be found as it is: % and _ mean themselves.
std::string pattern_of(std::string_view words) {
    std::string pattern = "%";
    for (const char c : words) {
        if (c == '%' || c == '_' || c == '\\') pattern += '\\';
        pattern += c;
    }
    return pattern + "%";
}

struct Bounds {
    std::int64_t from, until;
};
Bounds bounds_of(const TrailFilter& filter) {
    return {filter.from ? filter.from->ms : std::numeric_limits<std::int64_t>::min(),
            filter.until ? filter.until->ms : std::numeric_limits<std::int64_t>::max()};
}

Value details_of(const std::string& detail) {
    Value details = Value::list();
    const auto value = json::parse(detail);
    if (!value || value->members() == nullptr) return details;
    for (const auto& [name, member] : *value->members())
        if (!member.is_null())
            details.push(Value::object(
                {{"name", name}, {"value", member.text() ? *member.text() : json::write(member)}}));
    return details;
}

}  // namespace

void require_whole_trail(db::Read& tx, const web::Actor& actor) {
    if (!reaches(tx, actor.account, see_audit_trail.name, organisations::centre(tx).id))
        throw web::Forbidden();
}

void each_entry(db::Read& tx, const TrailFilter& filter, std::int64_t before, std::int64_t most,
                const std::function<void(const TrailEntry&)>& entry) {
    const std::string pattern = pattern_of(filter.words);
    const auto [from, until] = bounds_of(filter);
    tx.each(R"sql(
        select t.sequence, t.recorded_at, a.display_name, t.action, t.object_kind, t.object, t.detail, t.digest
        from audit_trail t
        left join accounts a on a.id = t.actor
        where (:before = 0 or t.sequence < :before)
          and t.recorded_at >= :from and t.recorded_at < :until
          and (:object = 0 or t.object = :object)
          and (:actor = '' or a.name = :actor)
          and (:words = '' or t.action like :pattern escape '\' or t.detail like :pattern escape '\'
               or a.display_name like :pattern escape '\')
        order by t.sequence desc
        limit :most)sql",
            {{"before", before},
             {"from", from},
             {"until", until},
             {"object", filter.object},
             {"actor", filter.actor},
             {"words", filter.words},
             {"pattern", pattern},
             {"most", most}},
            [&](const db::Row& row) {
                entry({row.integer(0), row.instant(1), row.text(2), row.text(3), row.text(4), row.integer(5),
                       row.text(6), row.text(7)});
            });
}

std::int64_t entries_in(db::Read& tx, const TrailFilter& filter) {
    const std::string pattern = pattern_of(filter.words);
    const auto [from, until] = bounds_of(filter);
    return tx.integer(R"sql(
        select count(*)
        from audit_trail t
        left join accounts a on a.id = t.actor
        where t.recorded_at >= :from and t.recorded_at < :until
          and (:object = 0 or t.object = :object)
          and (:actor = '' or a.name = :actor)
          and (:words = '' or t.action like :pattern escape '\' or t.detail like :pattern escape '\'
               or a.display_name like :pattern escape '\'))sql",
                      {{"from", from},
                       {"until", until},
                       {"object", filter.object},
                       {"actor", filter.actor},
                       {"words", filter.words},
                       {"pattern", pattern}});
}

Value to_value(const TrailEntry& entry) {
    constexpr std::size_t shown_digits = 16;
    return Value::object({{"sequence", entry.sequence},
                          {"recorded_at", entry.recorded_at},
                          {"actor", entry.actor},
                          {"action", entry.action},
                          {"object_kind", entry.object_kind},
                          {"object", std::to_string(entry.object)},
                          {"url", url_of(entry)},
                          {"details", details_of(entry.detail)},
                          {"digest", auth::hex_of(entry.digest).substr(0, shown_digits)}});
}

}  // namespace tiendo::accounts
