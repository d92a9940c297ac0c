// Which session a column of a workbook means, by its heading. Private to this feature.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "features/timetable/timetable.h"
#include "platform/i18n/i18n.h"

namespace tiendo::attendance {

// "06/03/2017 sáng", "6/3 (C)", "2017-03-06", "Buổi 3". A heading that names a day without a session, or
// with several among which it does not choose, is a mistake; any other means no session at all.
struct Meant {
    enum class What { session, nothing, no_such_session, several };
    What what = What::nothing;
    timetable::SessionId session;
};
Meant session_meant(std::string_view heading, const std::vector<timetable::Session>& sessions,
                    const i18n::Texts& texts);

}  // namespace tiendo::attendance
