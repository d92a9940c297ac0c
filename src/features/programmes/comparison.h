// What changed from one version to another: pure rules, nothing is read or written. Private.
#pragma once
#include <algorithm>
#include <string>
#include <vector>

#include "base/value.h"
#include "features/programmes/programmes.h"

namespace tiendo::programmes {

enum class Change { same, changed, added, removed };
std::string_view to_text(Change change);

// One thing as it was and as it is; null where it is not.
template <class T>
struct Pair {
    const T* before = nullptr;
    const T* after = nullptr;
    Change change() const {
        if (!before) return Change::added;
        if (!after) return Change::removed;
        return *before == *after ? Change::same : Change::changed;
    }
};

// Things of one key belong together. In the order of `after`; what was removed stands where it stood.
template <class T, class Key>
std::vector<Pair<T>> paired(const std::vector<T>& before, const std::vector<T>& after, Key key) {
    const auto find = [&](const std::vector<T>& things, const T& like) {
        const auto found = std::find_if(things.begin(), things.end(),
                                        [&](const T& thing) { return key(thing) == key(like); });
        return found == things.end() ? nullptr : &*found;
    };
    std::vector<Pair<T>> pairs;
    std::size_t told = 0;  // of those before
    const auto tell_removed_up_to = [&](std::size_t end) {
        for (; told < end; ++told)
            if (!find(after, before[told])) pairs.push_back({&before[told], nullptr});
    };
    for (const T& thing : after) {
        const T* was = find(before, thing);
        if (was) tell_removed_up_to(static_cast<std::size_t>(was - before.data()));
        pairs.push_back({was, &thing});
    }
    tell_removed_up_to(before.size());
    return pairs;
}

// Whether topics that both versions have come in another order.
bool reordered(const std::vector<Pair<Topic>>& topics);

// {"before", "after": the versions; "changes": how many things differ; "fields", "topics",
// "components", "bands", "rules": each with "change", "before" and "after"}
Value comparison_value(const Version& before, const Version& after, const std::vector<Rule>& rules_before,
                       const std::vector<Rule>& rules_after);

}  // namespace tiendo::programmes
