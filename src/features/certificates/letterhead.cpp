// The head and the signature of papers about a cohort, by what certificates know of their issuer.
#include "features/certificates/books.h"
#include "features/certificates/payload.h"
#include "features/programmes/programmes.h"

namespace tiendo::certificates {

std::optional<organisations::Letterhead> letterhead_on(db::Read& tx, const cohorts::Cohort& cohort,
                                                       Date day) {
    const auto version = programmes::version_on(tx, cohort.programme.id, day);
    const auto series = version ? find_series(tx, version->certificate_series) : std::nullopt;
    const auto authority = series ? authority_on(tx, *series, day) : std::nullopt;
    if (!authority) return std::nullopt;
    return organisations::Letterhead{.regime = series->regime,
                                     .head = series->head,
                                     .motto = series->motto,
                                     .issuer_name = authority->issuer_name,
                                     .place_and_day = place_and_day(authority->place, day),
                                     .signed_for = authority->signed_for,
                                     .signatory_title = authority->signatory_title,
                                     .signatory_name = authority->signatory_name};
}

}  // namespace tiendo::certificates
