// A tree of plain values: what presenters make, and what JSON, templates and the
// audit trail are written from. Objects keep the order in which keys were added.
#pragma once
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/date.h"
#include "base/id.h"

namespace tiendo {

class Value {
 public:
    using List = std::vector<Value>;
    using Member = std::pair<std::string, Value>;
    using Object = std::vector<Member>;

    Value() : held_(nullptr) {}
    Value(std::nullptr_t) : held_(nullptr) {}
    Value(std::same_as<bool> auto truth) : held_(truth) {}
    Value(std::integral auto number) requires(!std::same_as<decltype(number), bool>)
        : held_(static_cast<std::int64_t>(number)) {}
    Value(std::string text) : held_(std::move(text)) {}
    Value(std::string_view text) : held_(std::string(text)) {}
    Value(const char* text) : held_(std::string(text)) {}
    Value(List list) : held_(std::move(list)) {}
    Value(Object object) : held_(std::move(object)) {}
    Value(Date date) : held_(to_text(date)) {}
    Value(Instant moment) : held_(to_text(moment)) {}
    template <class Tag>
    Value(Id<Tag> id) : held_(to_text(id)) {}
    template <class T>
    Value(const std::optional<T>& maybe) : held_(nullptr) {
        if (maybe) *this = Value(*maybe);
    }

    // {"key", value} pairs: Value::object({{"year", 2017}, {"lines", lines}})
    struct Pair;
    static Value object() { return Value(Object{}); }
    static Value object(std::initializer_list<Pair> pairs);
    static Value list() { return Value(List{}); }

    bool is_null() const { return std::holds_alternative<std::nullptr_t>(held_); }
    const bool* truth() const { return std::get_if<bool>(&held_); }
    const std::int64_t* number() const { return std::get_if<std::int64_t>(&held_); }
    const std::string* text() const { return std::get_if<std::string>(&held_); }
    const List* list_items() const { return std::get_if<List>(&held_); }
    const Object* members() const { return std::get_if<Object>(&held_); }

    // The member of that name; a null value when there is none.
    const Value& operator[](std::string_view key) const {
        static const Value none;
        if (const auto* object = members())
            for (const auto& [name, value] : *object)
                if (name == key) return value;
        return none;
    }
    // Adds a member, or replaces the one of that name. A function that has done with its value returns
    // std::move(value).set(…): without the move the whole tree would be copied.
    Value&& set(std::string key, Value value) && { return std::move(set(std::move(key), std::move(value))); }
    Value& set(std::string key, Value value) & {
        if (!std::holds_alternative<Object>(held_)) held_ = Object{};
        auto& object = std::get<Object>(held_);
        for (auto& [name, present] : object)
            if (name == key) {
                present = std::move(value);
                return *this;
            }
        object.emplace_back(std::move(key), std::move(value));
        return *this;
    }
    Value& push(Value value) {
        if (!std::holds_alternative<List>(held_)) held_ = List{};
        std::get<List>(held_).push_back(std::move(value));
        return *this;
    }
    bool operator==(const Value&) const = default;

 private:
    std::variant<std::nullptr_t, bool, std::int64_t, std::string, List, Object> held_;
};

// What stands in a list in braces is const, so the value of a pair is mutable: a page's rows are
// moved into the object and not copied, tree and all.
struct Value::Pair {
    template <class Held>
    Pair(std::string_view name, Held&& held) : key(name), value(std::forward<Held>(held)) {}
    std::string_view key;
    mutable Value value;
};

inline Value Value::object(std::initializer_list<Pair> pairs) {
    Object members;
    members.reserve(pairs.size());
    for (const Pair& pair : pairs) members.emplace_back(pair.key, std::move(pair.value));
    return Value(std::move(members));
}

// {map each row} as a list value.
template <class Rows, class Map>
Value list_of(const Rows& rows, Map map) {
    Value::List list;
    list.reserve(std::size(rows));
    for (const auto& row : rows) list.push_back(map(row));
    return Value(std::move(list));
}

}  // namespace tiendo
