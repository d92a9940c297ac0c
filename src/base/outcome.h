// What a verb answers when the caller can do something about a failure.
// (What the caller cannot mend is an exception, caught in one place.)
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tiendo {

// One reason why something was refused. `message` is a key of locales/, `arguments`
// fill its {0}, {1} ... and say what was found, what was expected, the nearest choice.
struct Refusal {
    std::string field;    // the form field or column concerned; empty: the whole
    std::string message;  // "cohort.code_unknown"
    std::vector<std::string> arguments;
    bool operator==(const Refusal&) const = default;
};
using Refusals = std::vector<Refusal>;

// Either a value or at least one refusal.
template <class T>
class Outcome {
 public:
    Outcome(T value) : value_(std::move(value)) {}
    Outcome(Refusal refusal) : refusals_{std::move(refusal)} {}
    Outcome(Refusals refusals) : refusals_(std::move(refusals)) {}

    bool refused() const { return !value_.has_value(); }
    explicit operator bool() const { return value_.has_value(); }
    const Refusals& refusals() const { return refusals_; }
    T& operator*() { return value_.value(); }
    const T& operator*() const { return value_.value(); }
    T* operator->() { return &value_.value(); }
    const T* operator->() const { return &value_.value(); }

 private:
    std::optional<T> value_;
    Refusals refusals_;
};

// For verbs that answer nothing but whether.
struct Done {
    bool operator==(const Done&) const = default;
};

}  // namespace tiendo
