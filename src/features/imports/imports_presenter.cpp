#include "features/imports/imports_presenter.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"
#include "features/imports/problem_groups.h"

namespace tiendo::imports {
namespace {

bool is_under_way(const Shown& shown) {
    const State state = shown.import.state;
    return (state == State::checking || state == State::recording) && shown.glimpse.incident.empty();
}

// A failure may be known before the database can be told.
State state_of(const Shown& shown) {
    return shown.glimpse.incident.empty() ? shown.import.state : State::failed;
}

Value report_value(const Shown& shown, const i18n::Texts& texts, i18n::Language language) {
    const State state = state_of(shown);
    const bool told = state == State::checked || state == State::refused || state == State::recorded ||
                      state == State::discarded || state == State::undone;
    if (!told || !shown.import.outline) return {};
    const Outline& outline = *shown.import.outline;
    const auto text_of = [&](const Refusal& refusal) { return Value(texts.text(language, refusal)); };
    std::set<std::pair<std::string, int>> rows;
    for (const Rejection& rejection : shown.rejections) rows.emplace(rejection.sheet, rejection.row);
    return Value::object({{"new", outline.added},
                          {"changed", outline.changed},
                          {"unchanged", outline.unchanged},
                          {"rejected", outline.rejected},
                          {"has_rejections", !shown.rejections.empty()},
                          {"shown", rows.size()},
                          {"refusals", list_of(outline.refusals, text_of)},
                          {"has_notes", !outline.notes.empty()},
                          {"notes", list_of(outline.notes, text_of)},
                          {"groups", list_of(shown.groups,
                                             [&](const ProblemGroup& group) {
                                                 return to_value(group, shown.import.kind, texts, language);
                                             })},
                          {"rejections", list_of(shown.rejections, [&](const Rejection& rejection) {
                               return to_value(rejection, shown.import.kind, texts, language);
                           })}});
}

// Whether there are problems which a person may decide to be none.
bool may_confirm(const Shown& shown, std::initializer_list<std::string_view> messages) {
    return shown.may_change && shown.import.state == State::checked &&
           std::any_of(shown.groups.begin(), shown.groups.end(), [&](const ProblemGroup& group) {
               return std::find(messages.begin(), messages.end(), group.message) != messages.end();
           });
}

// IDs that contradict their rows, by who has the cards.
bool has_odd_ids(const Shown& shown) {
    return may_confirm(shown, {"person.national_id_contradicts", "person.national_id_no_province",
                               "person.national_id_disagrees", "person.national_id_of_no_province"});
}

// What the whole file shows of text from before Unicode; else what single rows were refused for.
std::optional<office::LegacyFinding> legacy_of(const Shown& shown) {
    if (!shown.import.outline) return std::nullopt;
    if (shown.import.outline->legacy) return shown.import.outline->legacy;
    for (const ProblemGroup& group : shown.groups) {
        if (group.message != "import.old_font") continue;
        office::LegacyFinding found{
            .told = office::legacy_text_of(group.first.front().problem.arguments.back()),
            .cells = group.count,
            .samples = {}};
        for (const Rejection& one : group.first)
            found.samples.push_back({one.sheet + (one.sheet.empty() ? "" : "!") + std::to_string(one.row),
                                     one.found, one.nearest});
        return found;
    }
    return std::nullopt;
}

// Text from before Unicode: before and after, and what can be chosen instead.
Value legacy_value(const Shown& shown) {
    const Import& import = shown.import;
    const auto found = legacy_of(shown);
    if (!found || !shown.may_read_whole) return {};
    const office::LegacyFinding& legacy = *found;
    const bool only_looks_so =
        legacy.told == office::LegacyText::tcvn3 || legacy.told == office::LegacyText::vni;
    const bool suggested = only_looks_so && import.options.legacy == office::LegacyText::by_font;
    const bool turned = !suggested && legacy.told != office::LegacyText::as_is;
    const auto other = suggested ? legacy.told
                       : turned  ? office::LegacyText::as_is
                                 : office::LegacyText::by_font;
    return Value::object(
        {{"told", office::to_text(legacy.told)},
         {"suggested", suggested},
         {"turned", turned},
         {"left", !suggested && !turned},
         {"cells", legacy.cells},
         {"other", office::to_text(other)},
         {"may_choose",
          shown.may_change && (import.state == State::checked || import.state == State::refused)},
         {"samples", list_of(legacy.samples, [](const auto& sample) {
              return Value::object(
                  {{"place", sample.place}, {"before", sample.before}, {"after", sample.after}});
          })}});
}

Value recorded_value(const Shown& shown) {
    if (shown.import.state != State::recorded) return {};
    const bool has_place = shown.importer && shown.importer->seen_at;
    return Value::object(
        {{"at", shown.import.changed_at},
         {"by", shown.import.asked_by},
         {"url", has_place ? Value(shown.importer->seen_at(shown.import.options)) : Value()}});
}

}  // namespace

Rejection masked_for(const web::Actor& actor, const Importer& importer, Rejection rejection) {
    const auto guarded = importer.guarded.find(rejection.column);
    if (guarded == importer.guarded.end() || actor.may(guarded->second.permission)) return rejection;
    const std::string found = rejection.found;
    const auto mask = [&](std::string& text) {
        const bool tells = text == found ||
                           std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
        if (tells && !text.empty()) text = guarded->second.masked(text);
    };
    mask(rejection.found);
    mask(rejection.nearest);
    for (std::string& argument : rejection.problem.arguments) mask(argument);
    return rejection;
}

bool may_read_whole(const web::Actor& actor, const Importer& importer) {
    return actor.may(importer.permission) &&
           std::all_of(importer.guarded.begin(), importer.guarded.end(),
                       [&](const auto& guarded) { return actor.may(guarded.second.permission); });
}

bool may_leave_rejected(const Import& import, const Importer& importer) {
    return importer.rows_stand_alone && import.state == State::checked && import.outline &&
           import.outline->refusals.empty() && import.outline->rejected > 0 &&
           import.outline->says_anything();
}

std::vector<const Importer*> importers_of(db::Read& tx, const web::Actor& actor) {
    std::vector<const Importer*> may;
    for (const Importer& importer : importers())
        if (may_at_centre(tx, actor, importer.permission)) may.push_back(&importer);
    return may;
}

Value row_value(const Import& import, std::int64_t rows_read, bool may_map) {
    const std::string page = "/imports/" + to_text(import.id);
    return Value::object({{"id", import.id},
                          {"url", may_map && import.state == State::uploaded ? page + "/mapping" : page},
                          {"file_name", import.file_name},
                          {"kind", import.kind},
                          {"state", to_text(import.state)},
                          {"rows_read", rows_read},
                          {"uploaded_at", import.uploaded_at},
                          {"uploaded_by", import.uploaded_by}});
}

Value to_value(const Shown& shown, const i18n::Texts& texts, i18n::Language language) {
    const Import& import = shown.import;
    const State state = state_of(shown);
    const std::string page = "/imports/" + to_text(import.id);
    const bool under_way = is_under_way(shown);
    const bool checked = state == State::checked && import.outline;
    const bool acceptable = checked && import.outline->acceptable();
    const bool waits =
        state == State::uploaded || checked || state == State::refused || state == State::failed;
    const std::string& incident = shown.glimpse.incident.empty() ? import.incident : shown.glimpse.incident;
    const bool has_rows_to_mend = import.outline && import.outline->problems > 0 &&
                                  (state == State::checked || state == State::recorded);
    const bool may_leave = checked && !acceptable && shown.may_change && shown.importer &&
                           may_leave_rejected(import, *shown.importer);
    return Value::object(
        {{"id", import.id},
         {"file_name", import.file_name},
         {"kind", import.kind},
         {"file_kilobytes", (import.file_bytes + 1023) / 1024},
         {"file_url", shown.may_read_whole ? Value(page + "/file") : Value()},
         {"state", to_text(state)},
         {"uploaded_at", import.uploaded_at},
         {"uploaded_by", import.uploaded_by},
         {"under_way", under_way},
         {"queued", under_way && shown.glimpse.is_waiting},
         {"rows_read", under_way ? shown.glimpse.units : import.rows_read},
         {"rows_expected", import.rows_read > 0 ? Value(import.rows_read) : Value()},
         {"recorded", recorded_value(shown)},
         {"failed", state == State::failed ? Value::object({{"incident", incident}}) : Value()},
         {"can_commit", acceptable && import.outline->says_anything() && shown.may_change},
         {"blocked", (checked && !acceptable) || state == State::refused},
         {"rest", may_leave ? Value::object({{"rows", import.outline->added + import.outline->changed},
                                             {"rejected", import.outline->rejected}})
                            : Value()},
         {"sender", import.options.sender_name.empty() ? Value() : Value(import.options.sender_name)},
         {"mapped_as", import.options.mapped_as.empty() ? Value() : Value(import.options.mapped_as)},
         {"legacy", legacy_value(shown)},
         {"odd_ids", has_odd_ids(shown)},
         {"near_units", may_confirm(shown, {"import.unit_nearly_known"})},
         {"can_undo", state == State::recorded && shown.may_change && import.document && shown.importer &&
                          shown.importer->undo != nullptr},
         {"undone", state == State::undone
                        ? Value::object({{"at", import.changed_at}, {"by", import.asked_by}})
                        : Value()},
         {"is_dry_run", state != State::recorded && state != State::undone},
         {"nothing_new", acceptable && !import.outline->says_anything()},
         {"rejected_workbook",
          has_rows_to_mend && shown.may_read_whole ? Value(page + "/rejected") : Value()},
         {"mapping_url", waits && shown.may_change ? Value(page + "/mapping") : Value()},
         {"can_check", waits && state != State::uploaded && shown.may_change},
         {"can_discard", (waits || state == State::checking) && shown.may_change},
         {"report", report_value(shown, texts, language)}});
}

Step step_of(State state) {
    switch (state) {
        case State::uploaded: return Step::mapping;
        case State::recording:
        case State::undone:
        case State::recorded: return Step::outcome;
        default: return Step::dry_run;
    }
}

Value steps_value(Step current) {
    constexpr std::array<std::pair<Step, std::string_view>, 4> steps{{{Step::upload, "upload"},
                                                                      {Step::mapping, "mapping"},
                                                                      {Step::dry_run, "dry_run"},
                                                                      {Step::outcome, "outcome"}}};
    return Value::object({{"items", list_of(steps, [&](const auto& step) {
                               return Value::object({{"name", step.second},
                                                     {"done", step.first < current},
                                                     {"current", step.first == current}});
                           })}});
}

}  // namespace tiendo::imports
