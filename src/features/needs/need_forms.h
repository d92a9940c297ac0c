// Forms as workbooks: taken away with what holds filled in, and read when they come back; private to
// this feature.
#pragma once
#include "features/needs/needs_store.h"

namespace tiendo::needs {

// What a form may speak of: the programmes of a campaign, and the units whose answers are taken.
struct Askable {
    std::vector<programmes::Programme> programmes;
    std::vector<Asked> units;
};

// Reads the rows of a form. A row without a number says nothing; one without a unit speaks of the
// only unit there is. What cannot be taken is rejected, each row by itself.
std::vector<Said> read_form(db::Read& tx, const imports::Job& job, const Askable& askable,
                            imports::Report& report);

// The form of one unit, a row for each programme, with the answers that hold.
http::Response form_workbook(const web::Visit& visit, const Value& answer);

}  // namespace tiendo::needs
