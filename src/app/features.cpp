// The list of features: who keeps books, who takes workbooks, who answers which routes.
#include "app/program.h"
#include "features/accounts/accounts.h"
#include "features/cohorts/cohorts.h"
#include "features/imports/imports.h"
#include "features/ledger/ledger.h"
#include "features/participation/participation.h"
#include "features/plan/plan.h"
#include "features/unit_lists/unit_lists.h"

namespace tiendo::app {

void register_features() {
    ledger::keep_books(cohorts::bookkeeper());
    ledger::keep_books(participation::bookkeeper());
    // In the order in which a centre brings its workbooks.
    imports::offer(unit_lists::importer());
    imports::offer(plan::importer());
    imports::offer(cohorts::importer());
    imports::offer(participation::importer());
}

}  // namespace tiendo::app
