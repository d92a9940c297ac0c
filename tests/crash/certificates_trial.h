// The trial of a register: certificates are issued, and the program is killed while it numbers or draws.
#pragma once
#include <vector>

#include "books.h"

namespace crash {

class CertificatesTrial {
 public:
    // Makes the demonstration year and certifies a whole cohort, undisturbed.
    CertificatesTrial(const std::string& tiendo, const std::string& postgresql, unsigned seed);
    // Some are revoked and issued anew, and the program is killed meanwhile; issuing then goes on where it
    // stood. Throws std::runtime_error when a number is missing, given twice, or has no page.
    void round(int number);
    const Tally& tally() const { return books_.tally; }

 private:
    void revoke_some();
    void must_stand_once_each(const std::string& where);

    Books books_;
    std::mt19937 random_;
    std::int64_t learners_ = 0;
    std::int64_t numbered_ = 0;          // in the book, over all rounds
    std::vector<std::string> standing_;  // codes
    std::chrono::microseconds usual_{0};
};

}  // namespace crash
