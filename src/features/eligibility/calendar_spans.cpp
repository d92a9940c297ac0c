#include "features/eligibility/calendar_spans.h"

#include <algorithm>

namespace tiendo::eligibility {

Date months_after(Date day, int months) {
    const int counted = day.year() * 12 + day.month() - 1 + months;
    const int year = counted / 12, month = counted % 12 + 1;
    return *Date::of(year, month, std::min(day.day(), last_day_of_month(year, month).day()));
}

int whole_months(Date from, Date until) {
    const int counted = (until.year() - from.year()) * 12 + until.month() - from.month();
    return months_after(from, counted) > until ? counted - 1 : counted;
}

Ages ages_on(const people::Birth& birth, Date day) {
    const Date earliest = birth.date;
    Date latest = earliest;
    if (birth.precision == Precision::month) latest = last_day_of_month(earliest.year(), earliest.month());
    if (birth.precision == Precision::year) latest = *Date::of(earliest.year(), 12, 31);
    const auto years = [&](Date born) { return std::max(0, whole_months(born, day)) / 12; };
    return {years(latest), years(earliest)};
}

}  // namespace tiendo::eligibility
