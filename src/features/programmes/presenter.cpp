#include "features/programmes/presenter.h"

#include <algorithm>

#include "base/percent.h"
#include "features/programmes/versions_store.h"

namespace tiendo::programmes {
namespace {

std::function<std::string(db::Read&, std::string_view)>& series_names() {
    static std::function<std::string(db::Read&, std::string_view)> name;
    return name;
}

Value periods_value(const Topic& topic) {
    Value value = Value::object();
    for (const Activity activity : activities)
        value.set(std::string(to_text(activity)), topic.periods[static_cast<std::size_t>(activity)]);
    return std::move(value).set("total", topic.total());
}

Value periods_value(const Version& version) {
    Value value = Value::object();
    for (const Activity activity : activities)
        value.set(std::string(to_text(activity)), version.periods(activity));
    return std::move(value).set("total", version.periods());
}

// The first day on which another version is in force; none: no other follows.
std::optional<Date> until(const Version& version, const std::vector<Version>& versions) {
    std::optional<Date> first;
    for (const Version& other : versions)
        if (other.valid_from > version.valid_from && (!first || *other.valid_from < *first))
            first = other.valid_from;
    return first;
}

std::optional<std::int64_t> replaced_by(const Version& version, const std::vector<Version>& versions) {
    std::optional<std::int64_t> later;
    for (const Version& other : versions)
        if (other.valid_from == version.valid_from && other.number > version.number) later = other.number;
    return later;
}

Value listed_value(const Programme& programme, const std::vector<Version>& versions, Date on) {
    const Version* version = in_force(versions, on);
    return Value::object(
        {{"id", programme.id},
         {"code", programme.code},
         {"name", programme.name},
         {"version", version ? Value(version->number) : Value()},
         {"valid_from", version ? Value(version->valid_from) : Value()},
         {"periods", version && version->periods() > 0 ? Value(version->periods()) : Value()},
         {"basis", version ? Value(version->basis) : Value()},
         {"verified_by", version ? Value(version->verified_by) : Value()},
         {"versions", versions.size()}});
}

void set_rules(Value& value, const Rules& rules, ProgrammeId programme) {
    const auto found = rules.find(programme);
    const std::vector<Rule> asked = found == rules.end() ? std::vector<Rule>{} : found->second;
    value.set("rules", asked.size())
        .set("unverified", std::count_if(asked.begin(), asked.end(),
                                         [](const Rule& rule) { return rule.verified_by.empty(); }));
}

}  // namespace

Value to_value(const Topic& topic) {
    return Value::object({{"title", topic.title}, {"periods", periods_value(topic)}});
}

Value without_zeros(const Value& topic) {
    Value periods = topic["periods"];
    for (const auto& [activity, spent] : *topic["periods"].members())
        if (*spent.number() == 0) periods.set(activity, nullptr);
    return Value(topic).set("periods", std::move(periods));
}

Value share_value(std::int64_t periods, std::int64_t of) {
    return Value::object({{"periods", periods}, {"of", of}, {"share", percent_text(periods, of)}});
}

void name_series_by(std::function<std::string(db::Read&, std::string_view)> name) {
    series_names() = std::move(name);
}

std::string series_called(db::Read& tx, const std::string& code) {
    if (code.empty() || !series_names()) return code;
    const std::string name = series_names()(tx, code);
    return name.empty() ? code : name;
}

Value to_value(const Version& version) {
    const std::int64_t all = version.periods();
    return Value::object(
        {{"number", version.number},
         {"valid_from", version.valid_from},
         {"basis", version.basis},
         {"audience", version.audience},
         {"aims", version.aims},
         {"topics", list_of(version.topics, [](const Topic& topic) { return to_value(topic); })},
         {"periods", periods_value(version)},
         {"theory", share_value(version.theory_periods(), all)},
         {"practice", share_value(version.practice_periods(), all)},
         {"minimum_size", version.minimum_size},
         {"target_size", version.target_size},
         {"maximum_size", version.maximum_size},
         {"attendance_minimum", version.attendance_minimum > 0 ? Value(version.attendance_minimum) : Value()},
         {"certificate_series", version.certificate_series},
         {"certificate_valid_months", version.certificate_valid_months},
         {"components",
          list_of(version.scheme.components, [](const Component& one) { return to_value(one); })},
         {"bands", list_of(version.scheme.bands, [](const Band& band) { return to_value(band); })},
         {"verified_by", version.verified_by},
         {"remarks", version.remarks},
         {"recorded_at", version.recorded_at},
         {"recorded_by", version.recorded_by}});
}

Value to_value(const Rule& rule) {
    return Value::object({{"code", rule.code},
                          {"severity", rule.severity},
                          {"message", rule.message},
                          {"words", rule.words},
                          {"basis", rule.basis},
                          {"verified_by", rule.verified_by}});
}

Value versions_value(const std::vector<Version>& versions, Date on) {
    const Version* now = in_force(versions, on);
    Value::List list;
    for (auto version = versions.rbegin(); version != versions.rend(); ++version)
        list.push_back(Value::object({{"number", version->number},
                                      {"valid_from", version->valid_from},
                                      {"until", until(*version, versions)},
                                      {"replaced_by", replaced_by(*version, versions)},
                                      {"in_force", now && now->number == version->number},
                                      {"periods", version->periods()},
                                      {"basis", version->basis},
                                      {"verified_by", version->verified_by},
                                      {"recorded_at", version->recorded_at},
                                      {"recorded_by", version->recorded_by}}));
    return Value(std::move(list));
}

Value list_value(db::Read& tx, Date on, const Rules* rules) {
    std::map<ProgrammeId, std::vector<Version>> versions = all_versions(tx);
    Value list = list_of(programmes(tx), [&](const Programme& programme) {
        Value value = listed_value(programme, versions[programme.id], on);
        if (rules) set_rules(value, *rules, programme.id);
        return value;
    });
    const std::size_t count = list.list_items()->size();
    return Value::object({{"count", count}, {"on", on}, {"programmes", std::move(list)}});
}

}  // namespace tiendo::programmes
