#include "platform/pages/forms.h"

namespace tiendo::pages {

Value Forms::field(std::string_view form, std::string_view name, Value value) const {
    if (refused_.form == form) return web::form_field(visit_, name, std::move(value), refused_.refusals);
    return Value::object({{"value", std::move(value)}, {"refusal", nullptr}});
}

Value Forms::form(std::string_view form) const {
    return Value::object({{"open", refused_.form == form}, {"reason", field(form, "reason")}});
}

}  // namespace tiendo::pages
