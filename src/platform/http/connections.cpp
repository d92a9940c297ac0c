#include "platform/http/connections.h"

#include <vector>

namespace tiendo::http {
namespace {

std::int64_t now_ms() {
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

}  // namespace

Connections::Guest::~Guest() {
    const std::lock_guard lock(all_.mutex_);
    all_.guests_.erase(this);
}

void Connections::Guest::give(std::chrono::milliseconds time) { deadline_ = now_ms() + time.count(); }
bool Connections::Guest::is_late() const { return now_ms() >= deadline_; }

void Connections::enter(const std::shared_ptr<Guest>& guest) {
    const std::lock_guard lock(mutex_);
    guests_.emplace(guest.get(), guest);
}

std::size_t Connections::number() const {
    const std::lock_guard lock(mutex_);
    return guests_.size();
}

template <class Choose>
void Connections::tell(Choose chosen, void (Guest::*what)()) {
    // Whoever lets go of a guest last also locks: so none is let go while this is locked.
    std::vector<std::shared_ptr<Guest>> held;
    {
        const std::lock_guard lock(mutex_);
        for (const auto& [address, guest] : guests_)
            // One that is just being destroyed cannot be held any more.
            if (auto one = guest.lock()) held.push_back(std::move(one));
    }
    for (const auto& guest : held)
        if (chosen(*guest)) ((*guest).*what)();
}

void Connections::tell_the_late() {
    tell([now = now_ms()](const Guest& guest) { return now >= guest.deadline_; },
         &Guest::hear_that_time_is_up);
}

void Connections::tell_all_that_we_close() {
    tell([](const Guest&) { return true; }, &Guest::hear_that_we_close);
}

}  // namespace tiendo::http
