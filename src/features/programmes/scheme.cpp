#include "features/programmes/scheme.h"

#include <algorithm>
#include <set>

namespace tiendo::programmes {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string at(std::string_view field, std::size_t row) {
    return std::string(field) + "-" + std::to_string(row + 1);
}

void judge(const Component& one, std::size_t row, Refusals& refusals) {
    if (one.name.empty()) refusals.push_back({at("name", row), "form.required", {}});
    if (one.scale_max <= 0)
        refusals.push_back({at("scale", row), "scheme.no_scale", {one.name, to_text(one.scale_max)}});
    if (one.pass_mark > one.scale_max)
        refusals.push_back({at("pass", row),
                            "scheme.pass_above_scale",
                            {one.name, to_text(one.pass_mark), to_text(one.scale_max)}});
    if (one.markers != 1 && one.markers != 2)
        refusals.push_back({at("markers", row), "scheme.no_markers", {std::to_string(one.markers)}});
}

void judge_components(const Scheme& scheme, Refusals& refusals) {
    std::set<std::string> codes;
    std::int64_t weights = 0;
    for (std::size_t row = 0; row < scheme.components.size(); ++row) {
        const Component& one = scheme.components[row];
        if (one.is_blank()) continue;
        weights += one.weight;
        if (!codes.insert(one.code).second)
            refusals.push_back({at("name", row), "scheme.component_twice", {one.name}});
        judge(one, row, refusals);
    }
    if (codes.empty())
        refusals.push_back({"name-1", "scheme.no_components", {}});
    else if (weights != 100)
        refusals.push_back({"weight-1", "scheme.weights", {std::to_string(weights)}});
}

void judge_bands(const Scheme& scheme, Refusals& refusals) {
    const Band* before = nullptr;
    std::size_t last = 0;
    for (std::size_t row = 0; row < scheme.bands.size(); ++row) {
        const Band& one = scheme.bands[row];
        if (one.is_blank()) continue;
        if (one.name.empty()) refusals.push_back({at("band", row), "form.required", {}});
        if (!before && one.from_mark > ten_points)
            refusals.push_back({at("from", row), "scheme.band_above_ten", {to_text(one.from_mark)}});
        if (before && one.from_mark >= before->from_mark)
            refusals.push_back({at("from", row),
                                "scheme.bands_fall",
                                {one.name, to_text(one.from_mark), to_text(before->from_mark)}});
        before = &one;
        last = row;
    }
    if (!before) {
        refusals.push_back({"band-1", "scheme.no_bands", {}});
        return;
    }
    if (before->from_mark != 0)
        refusals.push_back({at("from", last), "scheme.bands_to_zero", {before->name}});
    if (before->passes) refusals.push_back({at("fails", last), "scheme.nobody_fails", {}});
}

}  // namespace

std::optional<Mark> parse_mark(std::string_view text) {
    std::size_t place = 0;
    Mark whole = 0;
    while (place < text.size() && is_digit(text[place]) && place < 6)
        whole = 10 * whole + (text[place++] - '0');
    if (place == 0) return std::nullopt;
    if (place == text.size()) return 100 * whole;
    if (text[place] != ',' && text[place] != '.') return std::nullopt;
    const std::string_view decimals = text.substr(place + 1);
    if (decimals.empty() || decimals.size() > 2 || !std::all_of(decimals.begin(), decimals.end(), is_digit))
        return std::nullopt;
    const Mark tenths = decimals[0] - '0', hundredths = decimals.size() == 2 ? decimals[1] - '0' : 0;
    return 100 * whole + 10 * tenths + hundredths;
}

std::string to_text(Mark mark) {
    std::string text = std::to_string(mark / 100);
    if (mark % 100 == 0) return text;
    text += '.';
    text += static_cast<char>('0' + mark % 100 / 10);
    if (mark % 10 != 0) text += static_cast<char>('0' + mark % 10);
    return text;
}

Refusals wrong_with(const Scheme& scheme) {
    Refusals refusals;
    judge_components(scheme, refusals);
    judge_bands(scheme, refusals);
    return refusals;
}

Scheme without_blanks(Scheme scheme) {
    std::erase_if(scheme.components, [](const Component& one) { return one.is_blank(); });
    std::erase_if(scheme.bands, [](const Band& one) { return one.is_blank(); });
    return scheme;
}

}  // namespace tiendo::programmes
