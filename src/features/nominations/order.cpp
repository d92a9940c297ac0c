#include "features/nominations/order.h"

#include <algorithm>
#include <tuple>

namespace tiendo::nominations {

std::vector<NominationId> in_order(std::span<const Nomination> waiting, const Seats& quotas, Seats admitted) {
    std::vector<const Nomination*> left;
    for (const Nomination& one : waiting) left.push_back(&one);
    std::sort(left.begin(), left.end(), [](const Nomination* a, const Nomination* b) {
        return std::tie(a->choice, a->received_at, a->id) < std::tie(b->choice, b->received_at, b->id);
    });
    const auto within_quota = [&](const Nomination* one) {
        if (!one->asked_unit) return false;
        const auto quota = quotas.find(*one->asked_unit);
        return quota != quotas.end() && admitted[*one->asked_unit] < quota->second;
    };
    std::vector<NominationId> order;
    while (!left.empty()) {
        auto next = std::find_if(left.begin(), left.end(), within_quota);
        if (next == left.end()) next = left.begin();
        if ((*next)->asked_unit) ++admitted[*(*next)->asked_unit];
        order.push_back((*next)->id);
        left.erase(next);
    }
    return order;
}

}  // namespace tiendo::nominations
