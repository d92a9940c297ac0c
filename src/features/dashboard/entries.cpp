#include "features/dashboard/entries.h"

namespace tiendo::dashboard {
namespace {

Value to_value(const Entry& entry) {
    return Value::object({{"title", entry.title},
                          {"detail", entry.detail.empty() ? Value() : Value(entry.detail)},
                          {"on", entry.on},
                          {"url", entry.url}});
}

Value to_value(const EntryList& list) {
    return Value::object({{"name", list.name},
                          {"count", list.count},
                          {"more_url", list.more_url.empty() ? Value() : Value(list.more_url)},
                          {"rows", list_of(list.rows, [](const Entry& entry) { return to_value(entry); })}});
}

}  // namespace

Value to_value(const std::vector<EntryList>& lists) {
    return list_of(lists, [](const EntryList& list) { return to_value(list); });
}

void add_list(std::vector<EntryList>& lists, std::string_view name, const Leads& leads, db::Read& tx,
              std::string_view sql, std::initializer_list<db::Named> params) {
    EntryList list{.name = std::string(name)};
    tx.each(sql, params, [&](const db::Row& row) {
        const std::string id = std::to_string(row.integer(3));
        list.rows.push_back({row.text(0), row.text(1), row.maybe_date(2),
                             std::string(leads.before) + id + std::string(leads.after)});
        list.count = row.integer(4);
    });
    if (list.rows.empty()) return;
    if (list.count > static_cast<std::int64_t>(list.rows.size())) list.more_url = leads.more;
    lists.push_back(std::move(list));
}

}  // namespace tiendo::dashboard
