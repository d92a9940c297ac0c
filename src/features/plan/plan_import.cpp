// A plan workbook read into a draft.
#include "base/number_text.h"
#include "features/plan/plan_store.h"

namespace tiendo::plan {
namespace {

struct Sums {
    std::int64_t cohorts = 0, learners = 0;
};

// A target cell: a whole number, or nothing at all.
std::optional<std::int64_t> target(imports::Report& report, const office::TableRow& row,
                                   const std::string& field) {
    const auto text = imports::text_refusing_errors(report, row, field);
    if (!text || text->empty() || *text == "-") return std::nullopt;
    const auto reject = [&](const char* message) {
        report.reject({std::string(row.sheet), row.number, field, *text, {field, message, {*text}}, ""});
    };
    const auto count = office::count_of(row[field]);
    if (!count)
        reject("plan.target_no_number");
    else if (*count < 0)
        reject("plan.target_below_zero");
    else
        return count;
    return std::nullopt;
}

Line line_of(imports::Report& report, const office::TableRow& row) {
    Line line;
    line.programme.name = imports::text_refusing_errors(report, row, "programme").value_or("");
    line.programme.code = row.text("programme_code");
    line.audience = row.text("audience");
    line.targets = {target(report, row, "cohorts"), target(report, row, "learners")};
    line.duration = row.text("duration");
    line.opens_in = row.text("opens_in");
    line.place = row.text("place");
    line.lead = row.text("lead");
    line.partners = row.text("partners");
    line.note = row.text("note");
    line.source_place = imports::place_of(row);
    if (line.programme.name.empty())
        report.reject({std::string(row.sheet),
                       row.number,
                       "programme",
                       "",
                       {"programme", "plan.programme_missing", {}},
                       ""});
    return line;
}

void reject_lines_said_twice(imports::Report& report, const Refusals& refusals,
                             const std::vector<Line>& lines) {
    for (const Refusal& refusal : refusals) {
        const std::string& name = refusal.arguments.front();
        std::string place;
        for (const Line& line : lines)
            if (line.programme.name == name) place = line.source_place;
        const std::size_t mark = place.rfind('!');
        report.reject({mark == std::string::npos ? "" : place.substr(0, mark),
                       std::atoi(place.substr(mark == std::string::npos ? 0 : mark + 1).c_str()), "programme",
                       name, refusal, ""});
    }
}

imports::Report record(db::Write& tx, const imports::Importer& importer, const imports::Job& job) {
    imports::Report report;
    Draft draft{
        .year = job.options.year, .effective_on = {}, .approval = {}, .note = job.options.note, .lines = {}};
    if (draft.year < 1900 || draft.year > 2200) {
        report.refusals.push_back({"year", "plan.year_required", {}});
        return report;
    }
    std::map<std::string, Sums> sums;
    const auto read = imports::read_rows(importer, job, report, [&](const office::TableRow& row) {
        const std::int64_t rejected_before = report.rejected;
        Line line = line_of(report, row);
        Sums& sum = sums[std::string(row.sheet)];
        sum.cohorts += line.targets.cohorts.value_or(0);
        sum.learners += line.targets.learners.value_or(0);
        if (report.rejected == rejected_before) draft.lines.push_back(std::move(line));
    });
    if (!read) return report;
    for (const office::FoundTable& table : read->tables)
        if (!table.totals.empty()) {
            imports::check_total(report, table, table.totals.back(), "cohorts", sums[table.sheet].cohorts);
            imports::check_total(report, table, table.totals.back(), "learners", sums[table.sheet].learners);
        }
    if (!report.refusals.empty()) return report;
    // Lines that were rejected are out; the others are adopted even if the file will not be
    // kept: that is how a dry run counts them.
    const bool whole = report.acceptable();

    // Without another word a plan holds from the first day of its year.
    draft.effective_on =
        job.options.effective_on.value_or(job.options.document_date.value_or(*Date::of(draft.year, 1, 1)));
    draft.approval = {.id = {},
                      .kind = "plan_approval",
                      .title = job.file_name,
                      .number = job.options.document_number,
                      .dated_on = job.options.document_date,
                      .file_digest = job.file_digest,
                      .file_name = job.file_name,
                      .file_bytes = job.file_bytes};
    const auto adopted = adopt(tx, job.actor, draft, {job.document, ""}, job.at);
    if (!adopted) {
        reject_lines_said_twice(report, adopted.refusals(), draft.lines);
        return report;
    }
    report.added = adopted->added;
    report.changed = adopted->amended + (whole ? adopted->dropped : 0);
    report.unchanged = adopted->kept;
    if (adopted->version && whole) {
        report.notes.push_back(
            {"", "plan.version_made", {std::to_string(*adopted->version), to_text(draft.effective_on)}});
        // A new paper over the same lines is a version all the same.
        if (report.added + report.changed == 0) report.changed = 1;
    }
    if (adopted->dropped > 0 && whole)
        report.notes.push_back({"", "plan.lines_dropped", {std::to_string(adopted->dropped)}});
    return report;
}

}  // namespace

imports::Importer importer() {
    imports::Importer importer{
        .kind = "plan",
        .permission = change_plan,
        .required = {"programme"},
        .optional = {"number", "programme_code", "audience", "cohorts", "learners", "duration", "opens_in",
                     "place", "lead", "partners", "note"},
        .asks_year = true,
        .seen_at = [](const imports::Options& options) { return "/plans/" + std::to_string(options.year); },
        .undo = undo_versions,
        .record = {}};
    importer.record = [importer](db::Write& tx, const imports::Job& job) {
        return record(tx, importer, job);
    };
    return importer;
}

}  // namespace tiendo::plan
