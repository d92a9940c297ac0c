// The handlers of surveys; private to this feature.
#pragma once
#include "features/surveys/surveys_presenter.h"
#include "platform/pages/reader.h"

namespace tiendo::surveys {

// Those who answer: learners behind the address of their class, officers for their unit.
void register_answering(web::Routes& routes);

}  // namespace tiendo::surveys
