// Names as frequent as they are in Vietnam.
#pragma once
#include <cstdint>
#include <string>

namespace tiendo::tests {

// The same numbers everywhere: splitmix64.
class Dice {
 public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next();
    // 0 to below - 1
    std::int64_t below(std::int64_t end) {
        return static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(end));
    }
    bool happens(int per_cent) { return below(100) < per_cent; }

 private:
    std::uint64_t state_;
};

enum class Sex { male, female };
struct Name {
    std::string family, middle, given;  // middle: none, one or two words
    std::string full() const {
        return middle.empty() ? family + " " + given : family + " " + middle + " " + given;
    }
};
Name any_name(Dice& dice, Sex sex);
std::string any_given_name(Dice& dice, Sex sex);

}  // namespace tiendo::tests
