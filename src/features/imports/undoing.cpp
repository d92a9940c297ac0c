#include "features/imports/undoing.h"

#include <map>

#include "base/id.h"
#include "features/imports/import_work.h"
#include "platform/audit/audit.h"
#include "platform/json/json.h"

namespace tiendo::imports {
namespace {

struct Dependents {
    std::string message, sql;
};
std::multimap<std::string, Dependents, std::less<>>& known_dependents() {
    static std::multimap<std::string, Dependents, std::less<>> all;
    return all;
}
using LetGo = std::function<void(db::Write&, documents::DocumentId)>;
std::multimap<std::string, LetGo, std::less<>>& going_along() {
    static std::multimap<std::string, LetGo, std::less<>> all;
    return all;
}

Refusals depending_on(db::Read& tx, const std::string& kind, documents::DocumentId document) {
    Refusals refusals;
    const auto [first, last] = known_dependents().equal_range(kind);
    for (auto one = first; one != last; ++one) {
        InTheWay found;
        tx.each(one->second.sql, {{"document", document}},
                [&](const db::Row& row) { found.add(row.view(0)); });
        found.tell(refusals, one->second.message);
    }
    return refusals;
}

Value parsed(const std::string& text) { return json::parse(text).value_or(Value()); }

}  // namespace

void InTheWay::add(std::string_view name) {
    constexpr std::int64_t told = 5;
    if (++count_ <= told)
        names_ += (names_.empty() ? "" : ", ") + std::string(name);
    else if (count_ == told + 1)
        names_ += " …";
}

void InTheWay::tell(Refusals& refusals, std::string_view message) const {
    if (count_ > 0) refusals.push_back({"", std::string(message), {std::to_string(count_), names_}});
}

void depends(std::string kind, std::string message, std::string sql) {
    known_dependents().emplace(std::move(kind), Dependents{std::move(message), std::move(sql)});
}

void let_go(std::string kind, LetGo let_go) { going_along().emplace(std::move(kind), std::move(let_go)); }

void let_go_along(db::Write& tx, const std::string& kind, documents::DocumentId document) {
    const auto [first, last] = going_along().equal_range(kind);
    for (auto one = first; one != last; ++one) one->second(tx, document);
}

void keep_changes(db::Write& tx, documents::DocumentId document, const std::vector<Change>& changes) {
    auto bulk = tx.bulk("import_changes", {"id", "document", "kind", "object", "was", "became"});
    for (const Change& change : changes)
        bulk.add({next_id(), document, change.kind, change.object, json::write(change.was),
                  json::write(change.became)});
    bulk.flush();
}

std::vector<Change> changes_of(db::Read& tx, documents::DocumentId document) {
    return tx.all<Change>(
        R"sql(
        select kind, object, was, became from import_changes where document = :document order by id desc)sql",
        {{"document", document}}, [](const db::Row& row) {
            return Change{row.text(0), row.integer(1), parsed(row.text(2)), parsed(row.text(3))};
        });
}

void forget_changes(db::Write& tx, documents::DocumentId document) {
    tx.run(R"sql(delete from import_changes where document = :document)sql", {{"document", document}});
}

void keep_undone(db::Write& tx, const Undoing& undoing, const std::vector<Undone>& rows) {
    auto bulk = tx.bulk("undone_rows",
                        {"id", "document", "kind", "object", "said", "undone_at", "undone_by", "reason"});
    for (const Undone& row : rows)
        bulk.add({next_id(), undoing.document, row.kind, row.object, json::write(row.said), undoing.at,
                  undoing.actor.account, undoing.reason});
    bulk.flush();
}

Outcome<Done> undo(db::Write& tx, const web::Actor& actor, const Import& import, const std::string& reason,
                   Instant at, Date today) {
    const Importer* importer = find_importer(import.kind);
    if (import.state != State::recorded || !import.document || !importer || !importer->undo)
        return Refusal{"", "imports.cannot_be_undone", {}};
    if (reason.empty()) return Refusal{"reason", "imports.reason_required", {}};
    // What files bring and what is taken back is judged one after the other.
    tx.lock("imports");
    Undoing undoing{actor, *import.document, import.outline ? import.outline->changed : 0, reason, at, today};
    undoing.in_the_way = depending_on(tx, import.kind, undoing.document);
    const auto undone = importer->undo(tx, undoing);
    if (!undone) return undone.refusals();
    if (!move(tx, actor, import.id, {State::recorded}, State::undone, at))
        return Refusal{"", "imports.cannot_be_undone", {}};
    audit::record(tx, actor, at,
                  {"import.undo", "import", import.id.value,
                   Value::object({{"kind", import.kind},
                                  {"document", *import.document},
                                  {"file_digest", import.file_digest},
                                  {"reason", reason}})});
    return Done{};
}

Outcome<Done> undo(db::Database& database, const web::Actor& actor, std::int64_t import,
                   const std::string& reason, Instant at, Date today) {
    try {
        return database.write([&](db::Write& tx) {
            return undo(tx, actor, require(tx, actor, ImportId{import}), reason, at, today);
        });
    } catch (const db::Conflict&) {
        // Something refers to it that no feature has told of.
        return Refusal{"", "imports.undo_depends", {}};
    }
}

}  // namespace tiendo::imports
