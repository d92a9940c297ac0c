#include "features/timetable/layout.h"

#include <algorithm>

namespace tiendo::timetable {
namespace {

// The half-days that can be used, one after the other.
class HalfDays {
 public:
    explicit HalfDays(const Plan& plan) : plan_(plan), day_(plan.starts_on) { settle(); }

    bool is_over() const { return day_ - plan_.starts_on >= plan_.longest_days; }
    Date day() const { return day_; }
    const teaching::HalfDay& half_day() const { return plan_.half_days[which_]; }
    std::int64_t periods() const { return periods_of(half_day()); }
    std::int64_t left() const { return periods() - used_; }
    std::int64_t used() const { return used_; }
    void use(std::int64_t periods) {
        used_ += periods;
        if (left() == 0) next();
    }
    void next() {
        ++which_;
        used_ = 0;
        settle();
    }

 private:
    std::int64_t periods_of(const teaching::HalfDay& half_day) const {
        const std::int64_t wanted = plan_.periods_per_half_day;
        return wanted > 0 ? std::min(wanted, half_day.periods) : half_day.periods;
    }
    bool is_free() const {
        if (!plan_.weekdays[static_cast<std::size_t>(teaching::weekday_of(day_))]) return false;
        const std::int64_t starts = half_day().starts_minute;
        const std::int64_t ends = half_day().minute_after(periods());
        return std::none_of(plan_.blocked.begin(), plan_.blocked.end(), [&](const Blocked& blocked) {
            return blocked.first <= day_ && day_ <= blocked.last && blocked.starts_minute < ends &&
                   starts < blocked.ends_minute;
        });
    }
    // To the next half-day that is free, which may be this one.
    void settle() {
        for (; !is_over(); ++which_) {
            if (which_ == plan_.half_days.size()) {
                which_ = 0;
                day_ = day_ + 1;
                if (is_over()) return;
            }
            if (is_free()) return;
        }
    }

    const Plan& plan_;
    Date day_;
    std::size_t which_ = 0;
    std::int64_t used_ = 0;
};

}  // namespace

Layout lay_out(std::span<const programmes::Topic> topics, const Plan& plan) {
    Layout layout;
    const auto each = [&](auto&& put_down) {
        for (const programmes::Topic& topic : topics)
            for (const programmes::Activity activity : programmes::activities)
                if (const auto which = static_cast<std::size_t>(activity); plan.activities[which])
                    put_down(topic, activity, topic.periods[which]);
    };
    if (plan.half_days.empty() || plan.weekdays.none()) {
        each([&](const auto&, auto, std::int64_t periods) { layout.periods_left += periods; });
        return layout;
    }
    HalfDays at(plan);
    each([&](const programmes::Topic& topic, programmes::Activity activity, std::int64_t periods) {
        const bool whole = activity == programmes::Activity::test;
        while (whole && !at.is_over() && periods > at.left() && at.used() > 0) at.next();
        while (periods > 0 && !at.is_over()) {
            const std::int64_t now = std::min(periods, at.left());
            const teaching::HalfDay& half_day = at.half_day();
            layout.sessions.push_back({at.day(), half_day.minute_after(at.used()),
                                       half_day.minute_after(at.used() + now), now, activity, topic.title});
            periods -= now;
            at.use(now);
        }
        layout.periods_left += periods;
    });
    return layout;
}

}  // namespace tiendo::timetable
