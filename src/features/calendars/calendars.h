// Calendars (lịch theo dõi): the timetable of a cohort, a lecturer, a room or a person at a secret address,
// for people without an account and for the calendars of their telephones.
//
// The secret is shown once, to whoever makes the feed; only its digest is kept. Whoever has the address reads
// the timetable and its latest changes, and nothing else. A feed is renewed (the address before stops
// working) or withdrawn.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/outcome.h"
#include "features/timetable/timetable.h"

namespace tiendo::calendars {

enum class Kind { cohort, lecturer, room, person };
std::string_view to_text(Kind kind);
std::optional<Kind> parse_kind(std::string_view text);

// Whose timetable: what the actor may make feeds of.
struct Subject {
    Kind kind = Kind::cohort;
    std::int64_t id = 0;
    organisations::UnitId unit;
    std::string name;  // as it is called today
};
timetable::Scope scope_of(Kind kind, std::int64_t id);

struct Feed {
    Id<Feed> id;
    Kind kind = Kind::cohort;
    std::int64_t subject = 0;
    std::string label;  // for whom it was made
    Instant made_at;
    std::string made_by;
};
using FeedId = Id<Feed>;

// Fetched through the actor, who must be able to change the timetable there: web::NotFound for what is out of
// reach, web::Forbidden for what he may see and no more.
Subject require_subject(db::Read& tx, const web::Actor& actor, Kind kind, std::int64_t id);
// Those that work, the newest first.
std::vector<Feed> feeds_of(db::Read& tx, const Subject& subject);
Feed require_feed(db::Read& tx, const web::Actor& actor, FeedId id);

// Each answers the secret: /calendar/<secret> is the page, /calendar/<secret>.ics the calendar.
std::string make_feed(db::Write& tx, const web::Actor& actor, const Subject& subject,
                      const std::string& label, Instant at);
std::string renew(db::Write& tx, const web::Actor& actor, const Feed& feed, Instant at);
void withdraw(db::Write& tx, const web::Actor& actor, const Feed& feed, Instant at);

// By the secret itself; none when there is no such feed, or no more.
std::optional<Feed> find_feed(db::Read& tx, std::string_view secret);
std::string name_of(db::Read& tx, const Feed& feed);
// What a calendar program is given: sessions from half a year ago on, those called off as cancelled.
std::string ics_of(db::Read& tx, const Feed& feed, const std::string& title, Date today, Offset offset);

void register_routes(web::Routes& routes);

}  // namespace tiendo::calendars
