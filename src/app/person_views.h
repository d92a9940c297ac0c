// What a person's page shows of the features above people.
#pragma once

namespace tiendo::app {

// The slots of people about this, filled in the order in which they are shown.
void show_with_people();

}  // namespace tiendo::app
