#include "features/programmes/comparison.h"

#include "base/text.h"
#include "features/programmes/presenter.h"

namespace tiendo::programmes {
namespace {

// A field whose values stand side by side; `kind` says how they are written: day, text, number or share.
struct FieldShown {
    std::string_view name, kind;
};
constexpr FieldShown fields[] = {{"valid_from", "day"},
                                 {"basis", "text"},
                                 {"audience", "text"},
                                 {"aims", "text"},
                                 {"theory", "share"},
                                 {"practice", "share"},
                                 {"minimum_size", "number"},
                                 {"target_size", "number"},
                                 {"maximum_size", "number"},
                                 {"attendance_minimum", "number"},
                                 {"certificate_series", "text"},
                                 {"certificate_valid_months", "number"},
                                 {"verified_by", "text"},
                                 {"remarks", "text"}};

class Told {
 public:
    // The rows of one list, each with how it changed; what is not the same is counted.
    template <class T, class Show>
    Value rows(const std::vector<Pair<T>>& pairs, Show show) {
        return list_of(pairs, [&](const Pair<T>& pair) {
            const Change change = pair.change();
            if (change != Change::same) ++changes;
            return Value::object({{"change", to_text(change)},
                                  {"differs", change != Change::same},
                                  {"before", pair.before ? show(*pair.before) : Value()},
                                  {"after", pair.after ? show(*pair.after) : Value()}});
        });
    }

    Value field(const FieldShown& shown, const Value& before, const Value& after) {
        const bool differs = before != after;
        if (differs) ++changes;
        return Value::object({{"field", shown.name},
                              {"change", to_text(differs ? Change::changed : Change::same)},
                              {"differs", differs},
                              {"is_day", shown.kind == "day"},
                              {"is_number", shown.kind == "number"},
                              {"is_share", shown.kind == "share"},
                              {"is_text", shown.kind == "text"},
                              {"before", before},
                              {"after", after}});
    }

    std::int64_t changes = 0;
};

}  // namespace

std::string_view to_text(Change change) {
    switch (change) {
        case Change::same: return "same";
        case Change::changed: return "changed";
        case Change::added: return "added";
        case Change::removed: return "removed";
    }
    return "";
}

bool reordered(const std::vector<Pair<Topic>>& topics) {
    const Topic* last = nullptr;
    for (const Pair<Topic>& topic : topics) {
        if (!topic.before || !topic.after) continue;
        if (last && topic.before < last) return true;
        last = topic.before;
    }
    return false;
}

Value comparison_value(const Version& before, const Version& after, const std::vector<Rule>& rules_before,
                       const std::vector<Rule>& rules_after) {
    Told told;
    const Value was = to_value(before), is = to_value(after);
    Value shown =
        list_of(fields, [&](const FieldShown& one) { return told.field(one, was[one.name], is[one.name]); });
    const auto topics =
        paired(before.topics, after.topics, [](const Topic& topic) { return fold(topic.title); });
    const auto code = [](const auto& thing) { return thing.code; };
    const bool moved = reordered(topics);
    if (moved) ++told.changes;
    Value value = Value::object({{"before", was}, {"after", is}, {"fields", std::move(shown)}});
    value.set("topics", told.rows(topics, [](const Topic& topic) { return to_value(topic); }))
        .set("topics_reordered", moved)
        .set("components", told.rows(paired(before.scheme.components, after.scheme.components, code),
                                     [](const Component& one) { return to_value(one); }))
        .set("bands", told.rows(paired(before.scheme.bands, after.scheme.bands, code),
                                [](const Band& band) { return to_value(band); }))
        .set("rules", told.rows(paired(rules_before, rules_after, code),
                                [](const Rule& rule) { return to_value(rule); }));
    return std::move(value).set("changes", told.changes);
}

}  // namespace tiendo::programmes
