// A workbook of cohorts: each row says how a cohort stands, and what it says anew is recorded.
#include <algorithm>
#include <set>

#include "base/text.h"
#include "features/cohorts/cohorts_store.h"

namespace tiendo::cohorts {
namespace {

struct Said {  // one row, judged
    Cohort cohort;
    std::optional<Date> opens_on;  // a day: an opening, or a plan while it lies ahead
    std::optional<Date> closes_on;
    std::optional<bool> counts;  // none: the row does not say
    std::string audience;
    std::string place;  // in the workbook
};

class Reader {
 public:
    Reader(db::Write& tx, const imports::Job& job, imports::Report& report)
        : tx_(tx),
          job_(job),
          report_(report),
          centre_(organisations::centre(tx).id),
          programmes_(programmes::programme_names(tx)),
          row_(job, report) {}

    void read(const office::TableRow& row) {
        row_.begin(row);
        Said said;
        said.place = imports::place_of(row);
        Cohort& cohort = said.cohort;
        cohort.organiser_unit = centre_;
        cohort.code = row_.text("code");
        if (row_.is_good() && cohort.code.empty()) row_.reject("code", "cohort.code_missing", "");
        if (row_.is_good() && !codes_.insert(fold(cohort.code)).second)
            row_.reject("code", "cohort.code_twice", cohort.code);
        cohort.kind = *parse_kind(choice("kind", "kind", {"cohort", "overseas_delegation"}, "cohort"));
        cohort.role = *parse_role(
            choice("role", "role", {"organiser", "co_organised", "joint_delivery", "support"}, "organiser"));
        cohort.partner = row_.text("partner");
        cohort.place = row_.text("place");
        cohort.basis = row_.text("basis");
        cohort.note = row_.text("note");
        said.audience = row_.text("audience");
        if (const std::string counts = choice("counts", "yes_no", {"yes", "no"}, ""); !counts.empty())
            said.counts = counts == "yes";
        read_dates(said);
        if (const std::string expected = row_.text("expected_learners"); !expected.empty()) {
            cohort.expected_learners = office::count_of(row["expected_learners"]);
            if (!cohort.expected_learners || *cohort.expected_learners < 0)
                row_.reject("expected_learners", "cohort.expected_no_number", expected);
        }
        if (row_.is_good()) find_programme(said);
        if (row_.is_good()) find_line(said);
        if (row_.is_good()) record(said);
    }

 private:
    // The value a term cell means; `otherwise` for an empty one, and for one that is rejected.
    std::string choice(const std::string& field, std::string_view set,
                       std::initializer_list<std::string_view> values, std::string_view otherwise) {
        const std::string value = row_.term(field, set, values);
        return value.empty() ? std::string(otherwise) : value;
    }

    std::optional<DateGuess> date(const std::string& field) {
        const std::string written = row_.text(field);
        if (!row_.is_good() || written.empty()) return std::nullopt;
        const auto guess = office::date_of(row_.cells()[field]);
        if (!guess || guess->precision == Precision::year) {
            row_.reject(field, "import.no_date", written);
            return std::nullopt;
        }
        return guess;
    }

    // An opening is a day: a month, or a day still ahead, is only planned.
    void read_dates(Said& said) {
        const auto opens = date("opens_on"), closes = date("closes_on");
        if (opens) {
            if (opens->precision == Precision::day && opens->date <= job_.today)
                said.opens_on = opens->date;
            else
                said.cohort.planned_opens_on = {opens->date, opens->precision};
        }
        if (closes) {
            if (closes->precision != Precision::day)
                row_.reject("closes_on", "import.no_day", row_.text("closes_on"));
            else if (opens && closes->date < opens->date)
                row_.reject("closes_on", "cohort.closing_before_opening", to_text(closes->date), "",
                            {to_text(closes->date), to_text(opens->date)});
            else if (said.opens_on && closes->date <= job_.today)
                said.closes_on = closes->date;
            else
                said.cohort.planned_closes_on = closes->date;
        }
    }

    void find_programme(Said& said) {
        const std::string name = row_.text("programme"), code = row_.text("programme_code");
        if (!row_.is_good()) return;
        if (name.empty()) return row_.reject("programme", "cohort.programme_missing", "");
        if (const auto found = programmes::find_programme(tx_, code.empty() ? name : code)) {
            said.cohort.programme = *found;
            return;
        }
        // A programme nobody has named before may be new where the cohort counts to no plan;
        // but one that is spelled almost like another is more likely a slip.
        const std::string similar = nearest(name, programmes_);
        constexpr int slip = 85;
        const bool counts =
            said.counts.value_or(said.cohort.role == Role::organiser && said.cohort.kind == Kind::cohort);
        if (counts || (!similar.empty() && likeness(name, similar) >= slip))
            return row_.reject("programme", "cohort.programme_unknown", name, similar);
        said.cohort.programme = programmes::find_or_make_programme(tx_, name, code, job_.at);
        programmes_.push_back(name);
        report_.notes.push_back({"", "cohort.programme_made", {name, said.cohort.programme.code}});
    }

    // The line of the plan of the cohort's year that it counts to.
    void find_line(Said& said) {
        const Cohort& cohort = said.cohort;
        if (said.counts == false) return;
        const bool must_count = said.counts == true;
        if (!must_count && (cohort.role != Role::organiser || cohort.kind != Kind::cohort)) return;
        const std::optional<Date> day = said.opens_on ? said.opens_on
                                        : cohort.planned_opens_on
                                            ? std::optional(cohort.planned_opens_on->date)
                                            : std::nullopt;
        const int year = day ? day->year() : job_.options.year;
        auto lines = plan::lines_for(tx_, cohort.organiser_unit, year, cohort.programme.id);
        if (!said.audience.empty()) {
            const auto other = [&](const plan::Line& line) {
                return fold(line.audience) != fold(said.audience);
            };
            if (lines.size() > 1) std::erase_if(lines, other);
        }
        if (lines.size() == 1) {
            said.cohort.facts.plan_line = lines.front().id;
        } else if (lines.size() > 1) {
            row_.reject("audience", "cohort.line_ambiguous", said.audience, lines.front().audience,
                        {cohort.programme.name, std::to_string(lines.size())});
        } else if (must_count) {
            row_.reject("counts", "cohort.no_plan_line", row_.text("counts"), "",
                        {cohort.programme.name, std::to_string(year)});
        } else {
            report_.notes.push_back({"", "cohort.off_plan", {cohort.code, cohort.programme.name}});
        }
    }

    void record(const Said& said) {
        const Act act{job_.at, "", {job_.document, said.place}};
        const std::optional<Cohort> before = find_cohort(tx_, said.cohort.code);
        Cohort cohort = said.cohort;
        bool changed = false;
        if (!before) {
            cohort.facts = {};
            cohort.id = propose(tx_, job_.actor, cohort, act);
        } else {
            cohort.id = before->id;
            cohort.facts = before->facts;
            // What a workbook has no column for stays as it is.
            cohort.hosted_by = before->hosted_by;
            cohort.managed_by = before->managed_by;
            cohort.certified_by = before->certified_by;
            cohort.basis_document = before->basis_document;
            // What the plan was stays known after the opening; a file that gives the opening does not unsay
            // it.
            if (!cohort.planned_opens_on) cohort.planned_opens_on = before->planned_opens_on;
            if (!cohort.planned_closes_on) cohort.planned_closes_on = before->planned_closes_on;
            if (!(before->programme.id == cohort.programme.id))
                return row_.reject("programme", "cohort.programme_differs", cohort.programme.name,
                                   before->programme.name, {cohort.code, before->programme.name});
            if (!describes_the_same(*before, cohort)) {
                describe(tx_, job_.actor, cohort, act);
                changed = true;
            }
        }
        changed = happen(said, cohort, act) || changed;
        if (!row_.is_good()) return;
        ++(!before ? report_.added : changed ? report_.changed : report_.unchanged);
    }

    static bool describes_the_same(const Cohort& a, const Cohort& b) {
        return a.kind == b.kind && a.role == b.role && a.partner == b.partner && a.place == b.place &&
               a.basis == b.basis && a.note == b.note && a.planned_opens_on == b.planned_opens_on &&
               a.planned_closes_on == b.planned_closes_on && a.expected_learners == b.expected_learners;
    }

    // Records what the row says anew; answers whether it said anything.
    bool happen(const Said& said, Cohort& cohort, const Act& act) {
        bool changed = false;
        const bool line_is_said = said.counts.has_value() || !cohort.facts.opened_on;
        if (line_is_said && cohort.facts.plan_line != said.cohort.facts.plan_line) {
            take("counts", count_toward(tx_, job_.actor, cohort, said.cohort.facts.plan_line, act));
            cohort.facts.plan_line = said.cohort.facts.plan_line;
            changed = true;
        }
        if (said.opens_on && cohort.facts.opened_on != said.opens_on) {
            take("opens_on", open(tx_, job_.actor, cohort, *said.opens_on, job_.today, act));
            cohort.facts.opened_on = said.opens_on;
            changed = true;
        }
        if (said.closes_on && cohort.facts.closed_on != said.closes_on) {
            take("closes_on", close(tx_, job_.actor, cohort, *said.closes_on, job_.today, act));
            changed = true;
        }
        return changed;
    }

    void take(const std::string& field, const Outcome<Done>& outcome) {
        for (const Refusal& refusal : outcome.refusals())
            row_.reject(field, refusal.message, row_.text(field), "", refusal.arguments);
    }

    db::Write& tx_;
    const imports::Job& job_;
    imports::Report& report_;
    organisations::UnitId centre_;
    std::vector<std::string> programmes_;
    std::set<std::string> codes_;
    imports::JudgedRow row_;
};

imports::Report record_workbook(db::Write& tx, const imports::Importer& importer, const imports::Job& job) {
    imports::Report report;
    Reader reader(tx, job, report);
    imports::read_rows(importer, job, report, [&](const office::TableRow& row) { reader.read(row); });
    return report;
}

}  // namespace

imports::Importer importer() {
    imports::Importer importer{
        .kind = "cohorts",
        .permission = change_cohorts,
        .required = {"code", "programme"},
        .optional = {"number", "programme_code", "kind", "role", "partner", "audience", "opens_on",
                     "closes_on", "place", "basis", "counts", "expected_learners", "note"},
        .seen_at = [](const imports::Options&) { return std::string("/cohorts"); },
        .undo = undo_cohorts,
        .record = {}};
    importer.record = [importer](db::Write& tx, const imports::Job& job) {
        return record_workbook(tx, importer, job);
    };
    return importer;
}

}  // namespace tiendo::cohorts
