// The head of an organisation's papers, and who signs them. Part of organisations.h.
#pragma once
#include <string>

namespace tiendo::organisations {

struct Letterhead {
    std::string regime, head, motto;  // party, state: whose rules the paper follows
    std::string issuer_name;
    std::string place_and_day;  // "Hà Nội, ngày 05 tháng 3 năm 2017"
    std::string signed_for;     // T/L BAN THƯỜNG VỤ; empty: in his own name
    std::string signatory_title, signatory_name;
};

}  // namespace tiendo::organisations
