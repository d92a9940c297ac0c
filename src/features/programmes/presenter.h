// What readers are told of programmes; private to this feature.
#pragma once
#include "base/value.h"
#include "features/programmes/programmes.h"

namespace tiendo::programmes {

// Everything one version says, with its sums and shares.
Value to_value(const Version& version);
// A series by its name, else by its code.
std::string series_called(db::Read& tx, const std::string& code);
Value to_value(const Rule& rule);
Value to_value(const Topic& topic);  // {"title", "periods": {"lecture", "discussion", …, "total"}}
// A topic as it was told, for the eye: null where nothing is spent on an activity.
Value without_zeros(const Value& topic);
// {"periods", "of", "share"}: "share" in percent; null where there are no periods at all.
Value share_value(std::int64_t periods, std::int64_t of);

// All versions with the days on which each is in force: "until" is the first day on which it no longer
// is, "replaced" the number of the version that took its place altogether.
Value versions_value(const std::vector<Version>& versions, Date on);

}  // namespace tiendo::programmes
