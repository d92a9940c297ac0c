// Taking back a roster that was imported; private to this feature.
#pragma once
#include "features/participation/participation.h"

namespace tiendo::participation {

// The participations that the document made are taken off their rosters: their postings are
// reversed, and what they were is kept in undone_participations. Refused, and nothing changed, when
// something came after them or the document changed participations that were there before:
//   roster.undo_changed  {0} rows that changed what was there before, {1} the first learners among them
//   roster.undo_events   {0} of its own that have later events, {1} the first of their names
Outcome<Done> undo_roster(db::Write& tx, const imports::Undoing& undoing);

}  // namespace tiendo::participation
