#include "platform/http/connections.h"

#include <vector>

namespace tiendo::http {
namespace {

std::int64_t now_ms() {
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

}  // namespace

Connections::Guest::Guest(Connections& all) : all_(all) {
    const std::lock_guard lock(all_.mutex_);
    all_.guests_.insert(this);
}

Connections::Guest::~Guest() {
    const std::lock_guard lock(all_.mutex_);
    all_.guests_.erase(this);
}

void Connections::Guest::give(std::chrono::milliseconds time) { deadline_ = now_ms() + time.count(); }
bool Connections::Guest::is_late() const { return now_ms() >= deadline_; }

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
        for (Guest* guest : guests_)
            if (chosen(*guest))
                // One that is just being destroyed cannot be held any more.
                if (auto one = guest->weak_from_this().lock()) held.push_back(std::move(one));
    }
    for (const auto& guest : held) ((*guest).*what)();
}

void Connections::tell_the_late() {
    tell([now = now_ms()](const Guest& guest) { return now >= guest.deadline_; },
         &Guest::hear_that_time_is_up);
}

void Connections::tell_all_that_we_close() {
    tell([](const Guest&) { return true; }, &Guest::hear_that_we_close);
}

}  // namespace tiendo::http
