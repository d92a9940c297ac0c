// What is known of a person besides the name, with the days on which it holds. Part of people.h.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/date_text.h"
#include "base/id.h"
#include "features/organisations/organisations.h"
#include "platform/db/db.h"

namespace tiendo::people {

struct Person;
using PersonId = Id<Person>;

// What kind of thing is known. Which values each may have are the terms of the set of that name
// in locales/ (term.membership.full …); free text where there is no such set.
enum class Kind {
    membership,        // none, admission_candidate, probationary, full
    party_cell,        // chi bộ: its name as it was written
    party_committee,   // đảng bộ, likewise
    position,          // held: level and body say what it is, detail how it is called
    planned_position,  // in the succession pool for it
    grade,             // specialist, principal_specialist, senior_specialist, other
    education,         // primary, lower_secondary, upper_secondary, college, bachelor, master, doctor
    theory,            // elementary, intermediate, advanced
    rating,            // of a year (valid_from its 1 January): excellent, good, satisfactory, failed
    certificate,       // value: code of the programme; valid_from: the day of issue
    unit,              // value: id of the unit
    phone,
    email,
    ethnicity,
    religion,
};
const std::vector<Kind>& kinds();
std::string_view to_text(Kind kind);
std::optional<Kind> parse_kind(std::string_view text);
bool is_sensitive(Kind kind);  // what tells of the Party, ethnicity, religion

struct Fact {
    Id<Fact> id;
    PersonId person;
    Kind kind = Kind::position;
    std::string value;
    std::string level;   // of a position: specialist, division (phòng), department (vụ), minister …
    std::string body;    // of a position: party, government, mass_organisation
    std::string detail;  // as it was written: "Phó Vụ trưởng Vụ Tổ chức cán bộ"
    std::optional<Date> from;   // none: since when is not known; of a year or month, its first day
    std::optional<Date> until;  // the first day on which it no longer holds; none: it still does
    Precision from_precision = Precision::day;
    // The last day on which it can have begun.
    std::optional<Date> begun_by() const;
    // 2015-03-01, 2015-03 or 2015: as much as is known of `from`; none when nothing is.
    std::optional<std::string> from_text() const;
    bool holds_on(Date day) const { return (!from || *from <= day) && (!until || day < *until); }
};
using FactId = Id<Fact>;

// The facts of people that stand (were not withdrawn), by person, kind and first day. Not masked
// and not bounded by an actor: for rules, which show only what they must.
std::vector<Fact> facts_of(db::Read& tx, std::span<const PersonId> people);

// Of one person's facts: the unit on a day; none: they do not say.
std::optional<organisations::UnitId> unit_on(Date day, std::span<const Fact> facts);
// What lists show as somebody's position on a day, who is shown with one now: the post that began last of
// those held then, else the office in the Party, else the other. One that no fact says stays until a post
// takes its place.
std::string shown_position(std::string_view now, std::span<const Fact> facts, Date day);

}  // namespace tiendo::people
