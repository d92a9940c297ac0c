// The timetable as values for pages and programs; private to this feature.
#pragma once
#include <map>

#include "features/timetable/clashes.h"
#include "features/timetable/timetable_store.h"
#include "platform/pages/field_list.h"
#include "platform/pages/reader.h"

namespace tiendo::timetable {

// {"id", "cohort", "programme", "held_on", "starts_at", "ends_at", "periods", "activity", "topic", "note",
// "room", "lecturers", "sequence"}
Value to_value(const Listed& listed);
Value to_value(const Event& event);
Value to_value(const Clash& clash);

// Which days are looked at, and how.
struct Look {
    std::string view = "week";  // week, month, list, year
    Date on;
    Date first, last;  // both included
    Date previous, next;
};
// The week, month or year around a day; a list shows the month, or what `whole` says.
struct Days {
    Date first, last;
};
Look look_at(std::string_view view, Date on, std::optional<Days> whole = {});

// What a grid is drawn from.
struct Drawn {
    const web::Visit& visit;
    const Look& look;
    std::vector<Listed> sessions;
    std::vector<DayCount> counts;  // of a year
    std::vector<teaching::HalfDay> half_days;
    std::vector<teaching::Holiday> holidays;
    std::map<SessionId, bool> clashing;  // whether it is open
    bool can_change = false;
};
// {"week", "month", "list", "year"}: one of them, the others null.
Value grid_value(const Drawn& drawn);

// The form of a session, and what it sent. Of what is not said the session stays as it is; a half-day that
// is said goes before times.
Value session_form(const web::Visit& visit, db::Read& tx, const pages::Refused& refused, const char* form,
                   const Session& session, std::string_view half_day);
Session session_sent(pages::Reader& sent, db::Read& tx, Session session);

}  // namespace tiendo::timetable
