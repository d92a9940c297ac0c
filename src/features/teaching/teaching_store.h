// The queries of teaching; private to this feature.
#pragma once
#include "features/teaching/teaching.h"

namespace tiendo::teaching {

void insert_lecturer(db::Write& tx, const web::Actor& actor, const Lecturer& lecturer, Instant at);
void update_lecturer(db::Write& tx, const Lecturer& lecturer);
void insert_room(db::Write& tx, const web::Actor& actor, const Room& room, Instant at);
void update_room(db::Write& tx, const Room& room);
UnavailabilityId insert_unavailability(db::Write& tx, const web::Actor& actor,
                                       std::optional<LecturerId> lecturer, std::optional<RoomId> room,
                                       const Unavailability& when, Instant at);
// False when there is no such row of it.
bool withdraw_unavailability(db::Write& tx, const web::Actor& actor, std::optional<LecturerId> lecturer,
                             std::optional<RoomId> room, UnavailabilityId id, Instant at);
void insert_fee(db::Write& tx, const web::Actor& actor, LecturerId id, const Fee& fee, Instant at);

}  // namespace tiendo::teaching
