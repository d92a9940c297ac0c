// What stands on a certificate.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/date.h"

namespace tiendo::certificates {

// Every fact on the paper, as it was when the certificate was issued.
struct Printed {
    std::string code;    // by which anybody may check it: 7K3M-9QWE-R4TY-P
    std::string series;  // its code; the number of the book says its mark
    int book_year = 0;
    std::int64_t register_number = 0;
    std::string register_text;  // 15/2017-CTĐ
    std::string serial;         // of the blank; empty where none is used
    std::string title;          // GIẤY CHỨNG NHẬN
    std::string full_name;
    std::string birth;  // 1985-03-15, 1985-03, 1985 or empty
    std::string unit_name, programme_name, cohort_code;
    std::int64_t periods = 0;  // of 45 minutes; 0: not printed
    Date opened_on;
    std::optional<Date> closed_on;
    std::string band;
    std::string decision_number;  // that recognised the results
    Date decision_on;
    Date issued_on;
    std::optional<Date> valid_until;  // the last day; none: for good
    std::string place, issuer_name, organiser_name;
    std::string signed_for;  // T/L BAN THƯỜNG VỤ; empty: in his own name
    std::string signatory_title, signatory_name;
    bool operator==(const Printed&) const = default;
};

enum class State { valid, replaced, revoked };
std::string_view to_text(State state);

}  // namespace tiendo::certificates
