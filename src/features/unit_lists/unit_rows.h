// The rows of a list of units, and how they hang together; private to this feature.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "features/unit_lists/unit_lists.h"

namespace tiendo::unit_lists {

struct Row {
    std::string sheet;
    int number = 0;
    std::string place;
    std::string code, name, parent, kind, successor, note;  // parent and successor as written, then as codes
    std::optional<Date> begins_on, ends_on;
    int depth = 0;     // below the centre, by what the file says
    bool good = true;  // no problem was found
};

// What was written, the key of the message, its arguments, and the nearest valid choice.
struct Problem {
    std::string field, message, found;
    std::vector<std::string> arguments = {};
    std::string nearest = {};
};
void reject(imports::Report& report, Row& row, const Problem& problem);

// Units that are in the books, and those of the file, by code and by name.
class Known {
 public:
    Known(const std::vector<organisations::Unit>& units, const std::vector<Row>& rows);
    const organisations::Unit* unit(const std::string& code) const;
    const Row* row(const std::string& code) const;
    const organisations::Unit& centre() const { return *centre_; }
    // The codes of the units that a word may mean.
    std::vector<std::string> meant_by(const std::string& written) const;
    std::string nearest_to(const std::string& written) const;
    std::string name_of(const std::string& code) const;
    // Where a unit will stand, and when and into what it will have ended, once the file is recorded.
    std::string parent_of(const std::string& code) const;
    std::optional<Date> end_of(const std::string& code) const;
    std::string successor_of(const std::string& code) const;

 private:
    std::unordered_map<std::string, const organisations::Unit*> units_;
    std::unordered_map<organisations::UnitId, const organisations::Unit*> by_id_;
    std::unordered_map<std::string, const Row*> rows_;
    std::map<std::string, std::vector<std::string>> by_name_;  // folded
    std::vector<std::string> names_;
    const organisations::Unit* centre_ = nullptr;
};

// Judges what each row says of others: parents and successors that are known, no circle, nothing
// left beneath a unit that ends. Gives each row its depth.
void judge(std::vector<Row>& rows, const Known& known, imports::Report& report);

// Records rows that were all found good.
void record(db::Write& tx, const imports::Job& job, std::vector<Row>& rows, const Known& known,
            imports::Report& report);

// Takes back the units that a list made; refused when it changed others, and when more has come of them.
Outcome<Done> undo_list(db::Write& tx, const imports::Undoing& undoing);

}  // namespace tiendo::unit_lists
