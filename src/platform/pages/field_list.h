// The fields of one form, drawn one below the other: for forms of many fields, whose templates would say
// the same over and over.
//
//   pages::FieldList fields(visit, refused, "rooms");
//   fields.text("name", room.name).required().count("capacity", room.capacity);
//   value.set("room", fields.form());      {{#room}}<form …>{{{fields_html}}}…</form>{{/room}}
//
// A field is called "field.<name>" in the locales unless it is labelled otherwise.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "platform/pages/forms.h"

namespace tiendo::pages {

struct Option {
    std::string value, name;
};

class FieldList {
 public:
    FieldList(const web::Visit& visit, const Refused& refused, std::string form)
        : visit_(visit), refused_(refused), form_(std::move(form)) {}

    FieldList& text(std::string_view name, Value value = {}) { return input(name, "text", std::move(value)); }
    FieldList& count(std::string_view name, Value value = {});
    FieldList& day(std::string_view name, Value value = {}) { return input(name, "date", std::move(value)); }
    FieldList& time(std::string_view name, Value value = {}) { return input(name, "time", std::move(value)); }
    // One of the options; with `none` also nothing, called so.
    FieldList& choice(std::string_view name, const std::vector<Option>& options, std::string_view chosen,
                      std::string_view none = {});
    // Boxes, each of which sends "<name>-<value>".
    FieldList& boxes(std::string_view name, const std::vector<Option>& options,
                     const std::vector<std::string>& ticked);

    // Of the field added last.
    FieldList& required();
    FieldList& hint(std::string_view key);
    FieldList& label(std::string text);
    FieldList& shorter();

    // {"open": whether the form was refused, "fields_html"}
    Value form() const;

 private:
    FieldList& input(std::string_view name, std::string_view type, Value value);
    Value& add(std::string_view view, std::string_view name, Value value);
    bool is_refused() const { return refused_.form == form_; }

    struct Field {
        std::string view;
        Value value;
    };
    const web::Visit& visit_;
    const Refused& refused_;
    std::string form_;
    std::vector<Field> fields_;
};

}  // namespace tiendo::pages
