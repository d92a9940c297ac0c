#include "features/needs/need_forms.h"

#include <algorithm>

#include "base/number_text.h"
#include "base/text.h"
#include "platform/pages/workbook.h"

namespace tiendo::needs {
namespace {

class Reader {
 public:
    Reader(db::Read& tx, const imports::Job& job, const Askable& askable, imports::Report& report)
        : askable_(askable), names_(tx), row_(job, report) {}

    void read(const office::TableRow& row) {
        row_.begin(row);
        const std::string written = row_.text("learners");
        if (written.empty() || written == "-") return;
        const auto learners = office::count_of(row["learners"]);
        if (!learners || *learners < 0) row_.reject("learners", "needs.no_number", written);
        const auto unit = unit_of();
        const auto programme = programme_of();
        const std::string half = row_.term("half", "half", {"first", "second"});
        if (!row_.is_good()) return;
        const auto key = std::pair(*unit, *programme);
        if (const auto first = seen_.find(key); first != seen_.end())
            return row_.reject("programme", "needs.row_twice", row.text("programme"), "",
                               {row.text("programme"), std::to_string(first->second)});
        seen_.emplace(key, row.number);
        said_.push_back({*unit, {*programme, *learners, half, row_.text("note")}, imports::place_of(row)});
    }
    std::vector<Said> said() && { return std::move(said_); }

 private:
    std::optional<organisations::UnitId> unit_of() {
        const std::string written = row_.text("unit");
        if (written.empty() && askable_.units.size() == 1) return askable_.units.front().unit;
        const auto found = names_.find(written);
        for (const Asked& asked : askable_.units)
            if (found && asked.unit == *found) return asked.unit;
        std::vector<std::string> names;
        for (const Asked& asked : askable_.units) names.push_back(asked.name);
        const std::string similar = nearest(written, names);
        row_.reject("unit", "needs.unit_not_asked", written,
                    similar.empty() && names.size() == 1 ? names.front() : similar);
        return std::nullopt;
    }

    // By its code, else by its name.
    std::optional<programmes::ProgrammeId> programme_of() {
        const std::string code = row_.text("programme_code"), name = row_.text("programme");
        for (const programmes::Programme& one : askable_.programmes)
            if (code.empty() ? fold(one.name) == fold(name) || one.code == name : one.code == code)
                return one.id;
        std::vector<std::string> names;
        for (const programmes::Programme& one : askable_.programmes) names.push_back(one.name);
        row_.reject(code.empty() ? "programme" : "programme_code", "needs.programme_not_asked",
                    code.empty() ? name : code, nearest(name, names));
        return std::nullopt;
    }

    const Askable& askable_;
    const organisations::UnitNames names_;
    imports::JudgedRow row_;
    std::map<std::pair<organisations::UnitId, programmes::ProgrammeId>, int> seen_;
    std::vector<Said> said_;
};

// The campaign a file of many units is for: of that year the newest, else the one that is open.
std::optional<Seen> campaign_for(db::Read& tx, const imports::Job& job, imports::Report& report) {
    std::vector<Seen> found;
    for (const Seen& seen : campaigns(tx, job.actor)) {
        if (!organisations::may(tx, job.actor, change_needs, seen.campaign.unit)) continue;
        const bool meant = job.options.year > 0 ? seen.campaign.year == job.options.year
                                                : state_on(seen.campaign, job.today) == "open";
        if (meant) found.push_back(seen);
    }
    if (found.empty())
        report.refusals.push_back({"year",
                                   job.options.year > 0 ? "needs.no_campaign_of" : "needs.no_campaign_open",
                                   {std::to_string(job.options.year)}});
    else if (found.size() > 1 && job.options.year == 0)
        report.refusals.push_back(
            {"year", "needs.several_open", {found[0].campaign.title, found[1].campaign.title}});
    else
        return found.front();
    return std::nullopt;
}

imports::Report record(db::Write& tx, const imports::Job& job) {
    imports::Report report;
    const auto seen = campaign_for(tx, job, report);
    if (!seen) return report;
    const Campaign& campaign = seen->campaign;
    tx.lock("need campaign", campaign.id.value);
    const Askable askable{programmes_of(tx, campaign.id), asked_units(tx, job.actor, *seen)};
    const auto said = read_form(tx, job, askable, report);
    if (!report.refusals.empty()) return report;
    if (auto wrong = refusal_of_day(campaign, job.today, true, job.options.note)) {
        wrong->field = "note";
        report.refusals.push_back(*wrong);
        return report;
    }
    const bool late = state_on(campaign, job.today) != "open";
    const Recorded recorded =
        record_answers(tx, job.actor, campaign, said, late ? job.options.note : "", job.document, job.at);
    report.added = recorded.added;
    report.changed = recorded.changed;
    report.unchanged = recorded.unchanged;
    report.notes.push_back({"", "needs.answers_for", {campaign.title}});
    return report;
}

}  // namespace

std::vector<Said> read_form(db::Read& tx, const imports::Job& job, const Askable& askable,
                            imports::Report& report) {
    Reader reader(tx, job, askable, report);
    imports::read_rows(importer(), job, report, [&](const office::TableRow& row) { reader.read(row); });
    return std::move(reader).said();
}

http::Response form_workbook(const web::Visit& visit, const Value& answer) {
    const auto heading = [&](const char* field) {
        const std::string listed = visit.text(std::string("column.needs.") + field);
        return clean(split(listed, '|').front());
    };
    const Value& campaign = answer["campaign"];
    const std::string& unit = *answer["unit"]["name"].text();
    const office::ListLayout layout{
        .sheet = visit.text("needs.title"),
        .titles = {*campaign["title"].text(),
                   visit.text("needs.form_hint",
                              {i18n::date(visit.language, *campaign["closes_on"].text())})},
        .columns = {{heading("unit"), {}, 40},
                    {heading("programme_code"), {}, 24},
                    {heading("programme"), {}, 60},
                    {heading("learners"), office::ListColumn::Kind::quantity, 12},
                    {heading("half"), {}, 20},
                    {heading("note"), {}, 40}}};
    return pages::workbook(
        layout, slug(*campaign["title"].text() + " " + unit) + ".xlsx", [&](office::ListWriter& writer) {
            for (const Value& need : *answer["needs"].list_items()) {
                const std::string half =
                    need["half"].text()->empty() ? "" : visit.text("needs.half." + *need["half"].text());
                const auto* learners = need["learners"].number();
                writer.row({unit, *need["code"].text(), *need["name"].text(),
                            learners ? office::ListCell(*learners) : office::ListCell(), half,
                            *need["note"].text()});
            }
        });
}

imports::Importer importer() {
    imports::Importer importer{.kind = "needs",
                               .permission = change_needs,
                               .required = {"programme", "learners"},
                               .optional = {"number", "unit", "programme_code", "half", "note"},
                               .alternatives = {{"programme", {"programme_code"}}},
                               .seen_at = [](const imports::Options&) { return std::string("/needs"); },
                               .rows_stand_alone = true,
                               .undo = undo_answers,
                               .record = record};
    return importer;
}

}  // namespace tiendo::needs
