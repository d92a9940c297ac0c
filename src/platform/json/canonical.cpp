#include "platform/json/canonical.h"

#include <algorithm>
#include <stdexcept>

#include "platform/json/json.h"

namespace tiendo::json {
namespace {

constexpr std::int64_t largest_exact = std::int64_t{1} << 53U;

// Bytes of UTF-8 order as code points do. UTF-16 orders differently only where a pair of
// surrogates (a first byte of F0 and more) meets U+E000 to U+FFFF (EE, EF): the pair comes first.
int rank(unsigned char byte) {
    if (byte >= 0xf0) return 0xed;
    return byte >= 0xee ? byte + 2 : byte;
}

bool comes_before(const Value::Member& a, const Value::Member& b) {
    return std::lexicographical_compare(
        a.first.begin(), a.first.end(), b.first.begin(), b.first.end(), [](char left, char right) {
            const auto l = static_cast<unsigned char>(left), r = static_cast<unsigned char>(right);
            return rank(l) != rank(r) ? rank(l) < rank(r) : l < r;
        });
}

Value ordered(const Value& value) {
    if (const auto* number = value.number(); number && (*number > largest_exact || *number < -largest_exact))
        throw std::invalid_argument("a number beyond 2^53 has no canonical JSON");
    if (const auto* items = value.list_items()) return list_of(*items, ordered);
    if (const auto* members = value.members()) {
        Value::Object object;
        for (const auto& [name, member] : *members) object.emplace_back(name, ordered(member));
        std::sort(object.begin(), object.end(), comes_before);
        return object;
    }
    return value;
}

}  // namespace

std::string canonical(const Value& value) { return write(ordered(value)); }

}  // namespace tiendo::json
