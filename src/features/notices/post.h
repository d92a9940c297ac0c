// The jobs that mail changes; private to this feature.
#pragma once
#include <chrono>
#include <optional>
#include <string_view>

namespace tiendo::notices {

inline constexpr std::string_view mail_job = "notices.mail";  // its subject is the event

// How long a change waits that was put off so often; none after a day.
std::optional<std::chrono::milliseconds> mail_pause(int times_put_off);

}  // namespace tiendo::notices
