// Identifiers: 64-bit, made by the application, ordered by time.
#pragma once
#include <compare>
#include <cstdint>
#include <functional>
#include <string>

namespace tiendo {

// An identifier of one kind of row. Two kinds do not mix: a CohortId is no PlanId.
template <class Tag>
struct Id {
    std::int64_t value = 0;
    explicit operator bool() const { return value != 0; }
    auto operator<=>(const Id&) const = default;
};

// JSON and URLs carry ids as text: JavaScript's numbers end at 2^53.
template <class Tag>
std::string to_text(Id<Tag> id) {
    return std::to_string(id.value);
}

// The next identifier: milliseconds since 2015 in the high 41 bits, a node number in
// 10, a counter in 12. Ids of one process strictly increase; those of two processes
// on one database differ as long as their node numbers do (random at start).
std::int64_t next_id();

// From text as to_text writes it; 0 when it is no identifier.
std::int64_t parse_id(const std::string& text);

template <class IdType>
IdType new_id() {
    return IdType{next_id()};
}

}  // namespace tiendo

template <class Tag>
struct std::hash<tiendo::Id<Tag>> {
    std::size_t operator()(tiendo::Id<Tag> id) const { return std::hash<std::int64_t>{}(id.value); }
};
