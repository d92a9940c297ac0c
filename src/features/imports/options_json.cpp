#include "features/imports/options_json.h"

#include <stdexcept>

#include "platform/json/json.h"

namespace tiendo::imports {
namespace {

Value parsed(std::string_view written) {
    auto value = json::parse(written);
    if (!value)
        throw std::runtime_error("a row of imports holds no JSON: " + std::string(written.substr(0, 100)));
    return *std::move(value);
}

std::string text_of(const Value& value) { return value.text() ? *value.text() : ""; }
std::int64_t number_of(const Value& value) { return value.number() ? *value.number() : 0; }
std::optional<Date> day_of(const Value& value) {
    return value.text() ? parse_date(*value.text()) : std::nullopt;
}

std::vector<std::string> texts_of(const Value& value) {
    std::vector<std::string> texts;
    if (const auto* items = value.list_items())
        for (const Value& item : *items) texts.push_back(text_of(item));
    return texts;
}

Value refusal_value(const Refusal& refusal) {
    const auto text = [](const std::string& argument) { return Value(argument); };
    return Value::object({{"field", refusal.field},
                          {"message", refusal.message},
                          {"arguments", list_of(refusal.arguments, text)}});
}

std::vector<Refusal> refusals_of(const Value& value) {
    std::vector<Refusal> refusals;
    if (const auto* items = value.list_items())
        for (const Value& item : *items)
            refusals.push_back(
                {text_of(item["field"]), text_of(item["message"]), texts_of(item["arguments"])});
    return refusals;
}

Value value_of(const office::Mapping& mapping) {
    Value columns = Value::object();
    for (const auto& [field, column] : mapping.columns) columns.set(field, column);
    return columns;
}

office::Mapping columns_of(const Value& value) {
    office::Mapping mapping;
    if (const auto* columns = value.members())
        for (const auto& [field, column] : *columns)
            mapping.columns[field] = static_cast<int>(number_of(column));
    return mapping;
}

Value value_of(const std::optional<office::LegacyFinding>& legacy) {
    if (!legacy) return {};
    return Value::object({{"told", office::to_text(legacy->told)},
                          {"cells", legacy->cells},
                          {"samples", list_of(legacy->samples, [](const auto& sample) {
                               return Value::object({{"place", sample.place},
                                                     {"before", sample.before},
                                                     {"after", sample.after}});
                           })}});
}

std::optional<office::LegacyFinding> legacy_of(const Value& value) {
    if (value.is_null()) return std::nullopt;
    office::LegacyFinding legacy{
        office::legacy_text_of(text_of(value["told"])), number_of(value["cells"]), {}};
    if (const auto* samples = value["samples"].list_items())
        for (const Value& sample : *samples)
            legacy.samples.push_back(
                {text_of(sample["place"]), text_of(sample["before"]), text_of(sample["after"])});
    return legacy;
}

}  // namespace

std::string written(const office::Mapping& mapping) { return json::write(value_of(mapping)); }

office::Mapping mapping_of(std::string_view written) { return columns_of(parsed(written)); }

std::string written(const Options& options) {
    return json::write(Value::object({{"year", options.year},
                                      {"document_number", options.document_number},
                                      {"document_date", options.document_date},
                                      {"effective_on", options.effective_on},
                                      {"cohort", options.cohort},
                                      {"note", options.note},
                                      {"header_row", options.mapping.header_row},
                                      {"columns", value_of(options.mapping)},
                                      {"leave_rejected", options.leave_rejected},
                                      {"sender", options.sender},
                                      {"sender_name", options.sender_name},
                                      {"mapped_as", options.mapped_as},
                                      {"legacy", office::to_text(options.legacy)},
                                      {"new_units", options.new_units},
                                      {"ids_confirmed", options.ids_confirmed}}));
}

Options options_of(std::string_view written) {
    const Value value = parsed(written);
    Options options{.year = static_cast<int>(number_of(value["year"])),
                    .document_number = text_of(value["document_number"]),
                    .document_date = day_of(value["document_date"]),
                    .effective_on = day_of(value["effective_on"]),
                    .cohort = text_of(value["cohort"]),
                    .note = text_of(value["note"]),
                    .mapping = {},
                    .leave_rejected = value["leave_rejected"].truth() && *value["leave_rejected"].truth(),
                    .sender = number_of(value["sender"]),
                    .sender_name = text_of(value["sender_name"]),
                    .mapped_as = text_of(value["mapped_as"]),
                    .legacy = office::legacy_text_of(text_of(value["legacy"])),
                    .new_units = value["new_units"].truth() && *value["new_units"].truth(),
                    .ids_confirmed = value["ids_confirmed"].truth() && *value["ids_confirmed"].truth()};
    options.mapping = columns_of(value["columns"]);
    options.mapping.header_row = static_cast<int>(number_of(value["header_row"]));
    return options;
}

std::string written(const Outline& outline) {
    return json::write(Value::object({{"new", outline.added},
                                      {"changed", outline.changed},
                                      {"unchanged", outline.unchanged},
                                      {"rejected", outline.rejected},
                                      {"problems", outline.problems},
                                      {"notes", list_of(outline.notes, refusal_value)},
                                      {"refusals", list_of(outline.refusals, refusal_value)},
                                      {"legacy", value_of(outline.legacy)}}));
}

Outline outline_of(std::string_view written) {
    const Value value = parsed(written);
    return {.added = number_of(value["new"]),
            .changed = number_of(value["changed"]),
            .unchanged = number_of(value["unchanged"]),
            .rejected = number_of(value["rejected"]),
            .problems = number_of(value["problems"]),
            .notes = refusals_of(value["notes"]),
            .refusals = refusals_of(value["refusals"]),
            .legacy = legacy_of(value["legacy"])};
}

std::string written(const std::vector<std::string>& arguments) {
    return json::write(list_of(arguments, [](const std::string& argument) { return Value(argument); }));
}

std::vector<std::string> arguments_of(std::string_view written) { return texts_of(parsed(written)); }

}  // namespace tiendo::imports
