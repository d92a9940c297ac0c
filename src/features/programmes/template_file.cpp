#include "features/programmes/template_file.h"

#include <stdexcept>

#include "base/embedded.h"
#include "platform/json/json.h"

extern "C" const tiendo::EmbeddedEntry embedded_programmes[];

namespace tiendo::programmes {
namespace {

std::string_view file_text() {
    for (const EmbeddedFile& file : files_of(embedded_programmes))
        if (file.name == "templates.json") return file.bytes;
    throw std::logic_error("no embedded file programmes/templates.json");
}

std::string text_in(const Value& read, std::string_view name, const std::string& otherwise = "") {
    const std::string* text = read[name].text();
    return text ? *text : otherwise;
}

std::int64_t number_in(const Value& read, std::string_view name, std::int64_t otherwise = 0) {
    const std::int64_t* number = read[name].number();
    return number ? *number : otherwise;
}

Mark mark_in(const Value& read, std::string_view name, Mark otherwise) {
    const std::string* text = read[name].text();
    return text ? parse_mark(*text).value() : otherwise;
}

Topic topic_of(const Value& read) {
    Topic topic{.id = {}, .title = text_in(read, "title")};
    for (const Activity activity : activities)
        topic.periods[static_cast<std::size_t>(activity)] = number_in(read, to_text(activity));
    return topic;
}

Component component_of(const Value& read) {
    return {.id = {},
            .code = text_in(read, "code"),
            .name = text_in(read, "name"),
            .weight = number_in(read, "weight", 100),
            .scale_max = mark_in(read, "scale", ten_points),
            .pass_mark = mark_in(read, "pass", 0),
            .resits = number_in(read, "resits")};
}

Band band_of(const Value& read) {
    const bool* fails = read["fails"].truth();
    return {text_in(read, "code"), text_in(read, "name"), mark_in(read, "from", 0), !(fails && *fails)};
}

template <class Row>
std::vector<Row> rows_of(const Value& list, Row (*row_of)(const Value&)) {
    std::vector<Row> rows;
    for (const Value& read : *list.list_items()) rows.push_back(row_of(read));
    return rows;
}

void set_text(std::string& text, const Value& read, std::string_view name) {
    text = text_in(read, name, text);
}
void set_number(std::optional<std::int64_t>& number, const Value& read, std::string_view name) {
    if (const std::int64_t* said = read[name].number()) number = *said;
}

// A version says what differs from the one before it in the file.
Version version_of(const Value& read, Version version, const std::vector<Band>& usual_bands) {
    ++version.number;
    if (const std::string* day = read["valid_from"].text()) version.valid_from = parse_date(*day).value();
    set_text(version.basis, read, "basis");
    set_text(version.audience, read, "audience");
    set_text(version.aims, read, "aims");
    set_text(version.remarks, read, "remarks");
    set_text(version.certificate_series, read, "certificate_series");
    set_number(version.certificate_valid_months, read, "certificate_valid_months");
    set_number(version.minimum_size, read, "minimum_size");
    set_number(version.target_size, read, "target_size");
    set_number(version.maximum_size, read, "maximum_size");
    version.attendance_minimum = number_in(read, "attendance_minimum", version.attendance_minimum);
    if (read["topics"].list_items()) version.topics = rows_of(read["topics"], topic_of);
    if (read["components"].list_items())
        version.scheme = {rows_of(read["components"], component_of), usual_bands};
    if (read["bands"].list_items()) version.scheme.bands = rows_of(read["bands"], band_of);
    return version;
}

}  // namespace

const std::vector<Template>& templates() {
    static const std::vector<Template> read = [] {
        std::vector<Template> all;
        const Value file = json::parse(file_text()).value();
        const std::vector<Band> usual_bands = rows_of(file["bands"], band_of);
        for (const Value& programme : *file["programmes"].list_items()) {
            Template& one =
                all.emplace_back(Template{text_in(programme, "code"), text_in(programme, "name"), {}});
            Version version{.number = 0};
            for (const Value& said : *programme["versions"].list_items()) {
                version = version_of(said, std::move(version), usual_bands);
                one.versions.push_back(version);
            }
        }
        return all;
    }();
    return read;
}

}  // namespace tiendo::programmes
