// The trial balance over a million participations: that the books of these benchmarks balance,
// and what it costs to find out.
#include <stdexcept>

#include "features/proof/proof.h"
#include "measure.h"
#include "shelf.h"

int main() {
    using namespace tiendo;
    using namespace tiendo::bench;
    for (const Days days : {Days::whole_year, Days::same_at_every_size}) {
        const std::string file = sqlite_file({1'000'000, days});
        const auto verify = [&] {
            const auto database = db::open(file);
            const proof::Proof proof = database->read([](db::Read& tx) { return proof::verify(tx); });
            if (!proof.balanced()) throw std::runtime_error("the books do not balance");
        };
        tell({std::string("verify, 1 M participations, ") +
                  (days == Days::whole_year ? "all days" : "equal (line, day) pairs"),
              milliseconds(seconds_of(verify))});
    }
}
