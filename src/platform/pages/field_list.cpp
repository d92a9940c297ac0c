#include "platform/pages/field_list.h"

#include <algorithm>

namespace tiendo::pages {
namespace {

Value option_value(std::string_view option, std::string_view shown, bool chosen) {
    return Value::object({{"option", option}, {"shown", shown}, {"chosen", chosen}});
}

}  // namespace

Value& FieldList::add(std::string_view view, std::string_view name, Value value) {
    const Value field = Forms(visit_, refused_).field(form_, name, std::move(value));
    // A page has several forms with fields of one name; the summary of what is wrong leads to this one.
    const std::string id = is_refused() ? std::string(name) : form_ + "-" + std::string(name);
    fields_.push_back({std::string(view), Value::object({{"id", id},
                                                         {"name", name},
                                                         {"label", visit_.text("field." + std::string(name))},
                                                         {"hint", nullptr},
                                                         {"value", field["value"]},
                                                         {"refusal", field["refusal"]},
                                                         {"required", false},
                                                         {"short", false}})});
    return fields_.back().value;
}

FieldList& FieldList::input(std::string_view name, std::string_view type, Value value) {
    add("web/field_input", name, std::move(value)).set("type", type).set("numeric", false);
    return *this;
}

FieldList& FieldList::count(std::string_view name, Value value) {
    input(name, "text", std::move(value));
    fields_.back().value.set("numeric", true).set("short", true);
    return *this;
}

FieldList& FieldList::choice(std::string_view name, const std::vector<Option>& options,
                             std::string_view chosen, std::string_view none) {
    Value& field = add("web/field_choice", name, chosen);
    const std::string said = field["value"].text() ? *field["value"].text() : std::string();
    Value listed = Value::list();
    if (!none.empty()) listed.push(option_value("", none, said.empty()));
    for (const Option& option : options)
        listed.push(option_value(option.value, option.name, option.value == said));
    field.set("options", std::move(listed));
    return *this;
}

FieldList& FieldList::boxes(std::string_view name, const std::vector<Option>& options,
                            const std::vector<std::string>& ticked) {
    // A box that is not ticked is not sent: a hidden field says that there were boxes.
    const http::Fields& sent = visit_.request.form;
    const bool was_sent = is_refused() && http::has(sent, "boxes-" + std::string(name));
    Value listed = Value::list();
    for (const Option& option : options)
        listed.push(
            option_value(option.value, option.name,
                         was_sent ? http::has(sent, std::string(name) + "-" + option.value)
                                  : std::find(ticked.begin(), ticked.end(), option.value) != ticked.end()));
    add("web/field_boxes", name, nullptr).set("options", std::move(listed));
    return *this;
}

FieldList& FieldList::required() {
    fields_.back().value.set("required", true);
    return *this;
}
FieldList& FieldList::hint(std::string_view key) {
    fields_.back().value.set("hint", visit_.text(key));
    return *this;
}
FieldList& FieldList::label(std::string text) {
    fields_.back().value.set("label", std::move(text));
    return *this;
}
FieldList& FieldList::shorter() {
    fields_.back().value.set("short", true);
    return *this;
}

Value FieldList::form() const {
    std::string html;
    for (const Field& field : fields_)
        html += visit_.site.views.render(field.view, field.value, {visit_.language, visit_.offset});
    return Value::object({{"open", is_refused()}, {"fields_html", std::move(html)}});
}

}  // namespace tiendo::pages
