// A scheme as a form shows and sends it, and as readers are told it.
#include <algorithm>

#include "base/text.h"
#include "features/programmes/scheme.h"
#include "platform/pages/reader.h"

namespace tiendo::programmes {
namespace {

constexpr int most_rows = 30;

std::string at(std::string_view field, std::size_t row) {
    return std::string(field) + "-" + std::to_string(row);
}

Component component_sent(pages::Reader& sent, std::size_t row) {
    Component one{.code = sent.text(at("code", row)), .name = sent.text(at("name", row))};
    if (one.code.empty()) one.code = slug(one.name);
    one.weight = sent.count(at("weight", row)).value_or(0);
    one.scale_max = mark_sent(sent, at("scale", row)).value_or(ten_points);
    one.pass_mark = mark_sent(sent, at("pass", row)).value_or(0);
    one.resits = sent.count(at("resits", row)).value_or(0);
    one.markers = sent.count(at("markers", row)).value_or(1);
    one.tolerance = mark_sent(sent, at("tolerance", row)).value_or(0);
    one.anonymous = !sent.text(at("anonymous", row)).empty();
    return one;
}

Band band_sent(pages::Reader& sent, std::size_t row) {
    Band band{.code = sent.text(at("band-code", row)), .name = sent.text(at("band", row))};
    if (band.code.empty()) band.code = slug(band.name);
    band.from_mark = mark_sent(sent, at("from", row)).value_or(0);
    band.passes = sent.text(at("fails", row)).empty();
    return band;
}

template <class Row>
void drop_blanks_at_the_end(std::vector<Row>& rows) {
    while (!rows.empty() && rows.back().is_blank()) rows.pop_back();
}

Value fields_of(const Component& one, std::size_t row, const Field& field) {
    const bool there = !one.is_blank();
    return Value::object(
        {{"row", row},
         {"code", field(at("code", row), one.code)},
         {"name", field(at("name", row), one.name)},
         {"weight", field(at("weight", row), there ? Value(one.weight) : Value())},
         {"scale", field(at("scale", row), to_text(one.scale_max))},
         {"pass", field(at("pass", row), there ? Value(to_text(one.pass_mark)) : Value())},
         {"resits", field(at("resits", row), there ? Value(one.resits) : Value())},
         {"markers", field(at("markers", row), one.markers)},
         {"tolerance", field(at("tolerance", row), there ? Value(to_text(one.tolerance)) : Value())},
         {"anonymous", one.anonymous}});
}

Value fields_of(const Band& one, std::size_t row, const Field& field) {
    const bool there = !one.is_blank();
    return Value::object({{"row", row},
                          {"code", field(at("band-code", row), one.code)},
                          {"name", field(at("band", row), one.name)},
                          {"from", field(at("from", row), there ? Value(to_text(one.from_mark)) : Value())},
                          {"fails", field(at("fails", row), Value())},
                          {"checked", there && !one.passes}});
}

}  // namespace

std::optional<Mark> mark_sent(pages::Reader& sent, const std::string& name) {
    const std::string text = sent.text(name);
    if (text.empty()) return std::nullopt;
    const auto mark = parse_mark(text);
    if (!mark) sent.refuse(name, "scheme.no_mark", {text});
    return mark;
}

Scheme scheme_sent(pages::Reader& sent) {
    Scheme scheme;
    for (std::size_t row = 1; row <= most_rows; ++row) {
        scheme.components.push_back(component_sent(sent, row));
        scheme.bands.push_back(band_sent(sent, row));
    }
    drop_blanks_at_the_end(scheme.components);
    drop_blanks_at_the_end(scheme.bands);
    return scheme;
}

Value scheme_fields(const Scheme& scheme, const Field& field) {
    constexpr std::size_t empty_components = 2, empty_bands = 1, usual_bands = 5;
    Value components = Value::list(), bands = Value::list();
    for (std::size_t i = 0; i < scheme.components.size() + empty_components; ++i) {
        const bool there = i < scheme.components.size();
        components.push(fields_of(there ? scheme.components[i] : Component{.weight = 0}, i + 1, field));
    }
    const std::size_t rows = std::max(scheme.bands.size() + empty_bands, usual_bands);
    for (std::size_t i = 0; i < rows; ++i)
        bands.push(fields_of(i < scheme.bands.size() ? scheme.bands[i] : Band{}, i + 1, field));
    return Value::object({{"components", std::move(components)}, {"bands", std::move(bands)}});
}

Value to_value(const Component& component) {
    return Value::object(
        {{"code", component.code},
         {"name", component.name},
         {"weight", component.weight},
         {"scale_max", to_text(component.scale_max)},
         {"pass_mark", component.pass_mark > 0 ? Value(to_text(component.pass_mark)) : Value()},
         {"resits", component.resits > 0 ? Value(component.resits) : Value()},
         {"two_markers", component.markers == 2},
         {"tolerance", to_text(component.tolerance)},
         {"anonymous", component.anonymous}});
}

Value to_value(const Band& band) {
    return Value::object({{"code", band.code},
                          {"name", band.name},
                          {"from_mark", to_text(band.from_mark)},
                          {"passes", band.passes}});
}

}  // namespace tiendo::programmes
