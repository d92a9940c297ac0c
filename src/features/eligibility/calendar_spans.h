// Spans of the calendar, as regulations count them: whole months and years from a day.
#pragma once
#include "base/date.h"
#include "base/date_text.h"
#include "features/people/people.h"

namespace tiendo::eligibility {

// The same day of the month so many months later, or that month's last day when it has none such:
// what is valid for 60 months from 2017-03-01 is valid through 2022-03-01.
Date months_after(Date day, int months);

// Whole months from the first day to the later one; negative when it is not later.
int whole_months(Date from, Date until);

// Whole years of age on a day, as far as the birth is known: a year alone leaves two possible ages.
struct Ages {
    int youngest = 0, oldest = 0;
    bool operator==(const Ages&) const = default;
};
Ages ages_on(const people::Birth& birth, Date day);

}  // namespace tiendo::eligibility
