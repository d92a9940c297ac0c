#include "features/reports/unit_count.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "features/participation/participation.h"
#include "platform/pages/address.h"

namespace tiendo::reports {
namespace {

using organisations::Unit;
using organisations::UnitId;

std::unordered_map<UnitId, std::int64_t> sent_by_unit(db::Read& tx, const web::Actor& actor,
                                                      const UnitQuestion& question) {
    std::unordered_map<UnitId, std::int64_t> sent;
    tx.each(R"sql(
        select p.person_unit, cast(sum(p.quantity) as bigint)
        from (select distinct r.unit from reach r where r.account = :actor and r.permission = :permission) seen
        join postings p on p.person_unit = seen.unit and p.measure = 'learners_started'
                       and p.effective_on between :first_day and :until and p.recorded_at <= :known_at
        group by p.person_unit)sql",
            {{"actor", actor.account},
             {"permission", participation::see_rosters.name},
             {"first_day", *Date::of(question.year, 1, 1)},
             {"until", std::min(question.view.as_of, *Date::of(question.year, 12, 31))},
             {"known_at", question.view.known_at.value_or(Instant{INT64_MAX})}},
            [&](const db::Row& row) { sent[row.id<UnitId>(0)] = row.integer(1); });
    return sent;
}

// The tree of a day, in which a unit that has ended lies, if successors are followed, where it
// went: what it sent is its successor's own.
class Tree {
 public:
    Tree(std::vector<Unit> units, const std::unordered_map<UnitId, std::int64_t>& sent,
         const UnitQuestion& question)
        : units_(std::move(units)), sent_(sent), question_(question) {
        for (const Unit& unit : units_) by_id_.emplace(unit.id, &unit);
        for (const Unit& unit : units_) {
            const bool followed = went_on(unit);
            const auto holder = followed ? unit.successor : unit.parent;
            if (holder) (followed ? merged_ : beneath_)[*holder].push_back(&unit);
        }
    }

    std::vector<UnitCount> counts() {
        if (const auto root = by_id_.find(question_.unit.id); root != by_id_.end()) count(*root->second, 0);
        return std::move(counts_);
    }

 private:
    bool went_on(const Unit& unit) const {
        return question_.follow_successors && unit.successor && unit.has_ended_by(question_.view.as_of);
    }

    std::int64_t own(const Unit& unit) {
        if (!met_.insert(unit.id).second) return 0;  // places of the past may run in a circle
        const auto found = sent_.find(unit.id);
        std::int64_t sum = found == sent_.end() ? 0 : found->second;
        for (const Unit* one : merged_[unit.id]) sum += own(*one);
        return sum;
    }

    // Writes the unit and all beneath it, or nothing when nobody was sent.
    std::int64_t count(const Unit& unit, int depth) {
        if (met_.contains(unit.id)) return 0;
        const std::size_t at = counts_.size();
        counts_.push_back({unit, depth, own(unit), 0});
        std::int64_t total = counts_[at].own;
        for (const Unit* child : beneath_[unit.id]) total += count(*child, depth + 1);
        counts_[at].total = total;
        if (total == 0 && counts_.size() == at + 1 && depth > 0) counts_.pop_back();
        return total;
    }

    std::vector<Unit> units_;
    const std::unordered_map<UnitId, std::int64_t>& sent_;
    const UnitQuestion& question_;
    std::unordered_map<UnitId, const Unit*> by_id_;
    std::unordered_map<UnitId, std::vector<const Unit*>> beneath_, merged_;
    std::unordered_set<UnitId> met_;
    std::vector<UnitCount> counts_;
};

std::string figure_address(const UnitQuestion& question, UnitId unit, bool beneath) {
    return pages::address("/figures",
                          {{"measure", "learners_started"},
                           {"unit", to_text(unit)},
                           {"beneath", beneath ? "1" : ""},
                           {"follow_successors", question.follow_successors ? "1" : ""},
                           {"year", std::to_string(question.year)},
                           {"as_of", to_text(question.view.as_of)},
                           {"known_at", question.view.known_at ? to_text(*question.view.known_at) : ""}});
}

}  // namespace

std::vector<UnitCount> count_by_unit(db::Read& tx, const web::Actor& actor, const UnitQuestion& question) {
    const auto sent = sent_by_unit(tx, actor, question);
    return Tree(organisations::units_on(tx, actor, question.view.as_of), sent, question).counts();
}

Value unit_counts(db::Read& tx, const web::Actor& actor, const UnitQuestion& question) {
    const auto counts = count_by_unit(tx, actor, question);
    const auto row = [&](const UnitCount& count) {
        return Value::object({{"id", count.unit.id},
                              {"code", count.unit.code},
                              {"name", count.unit.name},
                              {"kind", count.unit.kind},
                              {"depth", count.depth},
                              {"own", count.own},
                              {"total", count.total},
                              {"own_figure", figure_address(question, count.unit.id, false)},
                              {"figure", figure_address(question, count.unit.id, true)}});
    };
    return Value::object({{"unit", Value::object({{"id", question.unit.id},
                                                  {"code", question.unit.code},
                                                  {"name", question.unit.name}})},
                          {"year", question.year},
                          {"as_of", question.view.as_of},
                          {"known_at", question.view.known_at},
                          {"follow_successors", question.follow_successors},
                          {"total", counts.empty() ? 0 : counts.front().total},
                          {"units", list_of(counts, row)}});
}

Value unit_counts(db::Read& tx, const web::Actor& actor, const FigureQuestion& question) {
    const UnitScope& scope = *question.unit;
    return unit_counts(tx, actor,
                       UnitQuestion{scope.unit, question.year, question.view, scope.follow_successors});
}

}  // namespace tiendo::reports
