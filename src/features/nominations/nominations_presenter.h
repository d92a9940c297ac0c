// What pages and JSON say of calls and nominations; private to this feature.
#pragma once
#include "features/nominations/nominations_list.h"
#include "features/nominations/places.h"
#include "platform/web/web.h"

namespace tiendo::nominations {

Value to_value(const ListedCall& call, Instant now, Offset offset);
Value to_value(const UnitAnswer& answer);
Value to_value(const Event& event);
// What a verb told of each person, in the reader's language.
Value to_value(const web::Visit& visit, const std::vector<Answer>& answers);

// The call with what has come of it, counted for the reader.
Value call_value(const web::Visit& visit, db::Read& tx, const Call& call);
// {"count", "nominations", "paging"}: the rows within reach, each judged.
Value list_value(const web::Visit& visit, db::Read& tx, const Call& call);
// One nomination with its history and every rule.
Value nomination_value(const web::Visit& visit, db::Read& tx, NominationId id, people::Sensitive sensitive);

}  // namespace tiendo::nominations
