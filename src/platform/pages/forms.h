// The forms of a page that has several: what was typed, and why it was refused, stands in the
// one that was sent and in no other.
#pragma once
#include <string>
#include <string_view>

#include "base/outcome.h"
#include "base/value.h"
#include "platform/web/web.h"

namespace tiendo::pages {

// The form that was refused, by the last word of its address ("opening"), and why.
struct Refused {
    std::string form;
    Refusals refusals;
};

class Forms {
 public:
    Forms(const web::Visit& visit, const Refused& refused) : visit_(visit), refused_(refused) {}
    // {"value", "refusal"}, as web::form_field makes it.
    Value field(std::string_view form, std::string_view name, Value value = {}) const;
    // {"open": whether it was refused, "reason": a field}
    Value form(std::string_view form) const;

 private:
    const web::Visit& visit_;
    const Refused& refused_;
};

}  // namespace tiendo::pages
