// Lines of a unit's list that name somebody who is not in the register: of which unit they are, and what is
// told of each.
#include <map>

#include "base/text.h"
#include "features/nominations/nominations_pages.h"

namespace tiendo::nominations {
namespace {

// The units on which the actor may nominate, with those that the call asks among them.
struct OwnUnits {
    std::map<organisations::UnitId, std::string> names;
    std::vector<organisations::UnitId> asked;
};

OwnUnits own_units(db::Read& tx, const web::Actor& actor, const Call& call) {
    OwnUnits own;
    tx.each(R"sql(
        select u.id, u.name, exists (select 1 from call_quotas q where q.call = :call and q.unit = u.id)
        from units u
        where u.id in (select r.unit from reach r where r.account = :actor and r.permission = :permission))sql",
            {{"call", call.id}, {"actor", actor.account}, {"permission", nominate_people.name}},
            [&](const db::Row& row) {
                const auto unit = row.id<organisations::UnitId>(0);
                own.names.emplace(unit, row.text(1));
                if (row.truth(2)) own.asked.push_back(unit);
            });
    return own;
}

// What a line says, else the one it can only be.
class UnitOfLine {
 public:
    UnitOfLine(db::Read& tx, const web::Actor& actor, const Call& call)
        : own_(own_units(tx, actor, call)), all_(tx) {}

    Outcome<organisations::UnitId> operator()(const Line& line) const {
        if (!line.unit.empty()) return said_by(line);
        if (own_.asked.size() == 1) return own_.asked.front();
        if (own_.asked.empty() && own_.names.size() == 1) return own_.names.begin()->first;
        return Refusal{"", "newcomer.which_unit", {std::to_string(line.number), line.full_name}};
    }

 private:
    // A unit out of reach looks like one that is not there.
    Outcome<organisations::UnitId> said_by(const Line& line) const {
        if (const auto unit = all_.find(line.unit); unit && own_.names.contains(*unit)) return *unit;
        std::vector<std::string> names;
        for (const auto& [unit, name] : own_.names) names.push_back(name);
        const std::string near = nearest(line.unit, names);
        return Refusal{"",
                       near.empty() ? "newcomer.no_unit_of_yours" : "newcomer.no_unit_of_yours_near",
                       {std::to_string(line.number), line.full_name, line.unit, near}};
    }

    OwnUnits own_;
    organisations::UnitNames all_;
};

std::optional<people::Birth> birth_of(const Line& line) {
    if (!line.birth) return std::nullopt;
    return people::Birth{line.birth->date, line.birth->precision};
}

std::string_view message_of(Keeping keeping, const Newcomer& newcomer) {
    if (keeping == Keeping::twice) return "newcomer.twice";
    if (keeping == Keeping::waiting_already) return "newcomer.waiting_already";
    return newcomer.is_late ? "newcomer.kept_late" : "newcomer.kept";
}

}  // namespace

Outcome<Done> keep_unknown(const web::Visit& visit, db::Write& tx, const Call& call, const Recognised& list,
                           const Offer& offer, const cohorts::Act& act, Told& told) {
    if (list.unknown.empty()) return Done{};
    const UnitOfLine unit_of(tx, visit.actor, call);
    std::vector<Newcomer> named;
    std::vector<int> numbers;
    for (const Line& line : list.unknown) {
        const auto unit = unit_of(line);
        if (!unit) {
            told.unread.push_back({line, unit.refusals().front()});
            continue;
        }
        numbers.push_back(line.number);
        named.push_back({.id = {},
                         .call = call.id,
                         .unit = *unit,
                         .full_name = line.full_name,
                         .birth = birth_of(line),
                         .sex = line.sex,
                         .national_id = line.national_id,
                         .position = line.position,
                         .choice = offer.choice,
                         .note = offer.note});
    }
    if (named.empty()) return Done{};
    const auto became = keep(tx, visit.actor, call, named, act);
    if (!became) return became.refusals();
    for (std::size_t i = 0; i < named.size(); ++i) {
        const Newcomer& one = named[i];
        told.newcomers.push_back(
            {one.full_name,
             (*became)[i] == Keeping::kept,
             {"", std::string(message_of((*became)[i], one)), {std::to_string(numbers[i]), one.full_name}}});
    }
    return Done{};
}

Value to_value(const web::Visit& visit, const std::vector<NewcomerLine>& lines) {
    return list_of(lines, [&](const NewcomerLine& line) {
        return Value::object({{"full_name", line.full_name},
                              {"kept", line.is_kept},
                              {"message", visit.site.texts.text(visit.language, line.told)}});
    });
}

}  // namespace tiendo::nominations
