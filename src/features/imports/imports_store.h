// The rows of imports; private to this feature.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "features/imports/imports.h"

namespace tiendo::imports {

// Where an import stands. uploaded: its columns wait to be mapped. refused: the file as a whole
// cannot be taken. failed: checking or recording broke off, and can be begun again.
enum class State { uploaded, checking, checked, refused, recording, recorded, failed, discarded, undone };
std::string_view to_text(State state);

// What a check or a recording found, without its rejections, which are rows of their own.
struct Outline {
    std::int64_t added = 0, changed = 0, unchanged = 0, rejected = 0;
    std::int64_t problems = 0;  // rejections kept; a row may have several
    std::vector<Refusal> notes, refusals;
    std::optional<office::LegacyFinding> legacy;
    bool acceptable() const { return rejected == 0 && refusals.empty(); }
    bool says_anything() const { return added + changed > 0; }
};

struct Import {
    Id<Import> id;
    std::string kind;
    std::int64_t unit = 0;
    std::string file_name, file_digest;
    std::int64_t file_bytes = 0;
    Options options;
    State state = State::uploaded;
    std::int64_t rows_read = 0;
    std::optional<documents::DocumentId> document;  // what was recorded
    std::optional<Outline> outline;                 // none before the first check has ended
    std::string incident;                           // of a failed one
    Instant uploaded_at, changed_at;
    std::string uploaded_by, asked_by;  // names
    std::int64_t asked_by_account = 0;
};
using ImportId = Id<Import>;

// Whose permission counts on the unit of the import: to see it, or to do something with it.
Import require(db::Read& tx, const web::Actor& actor, ImportId id, web::Permission permission = see_imports);
// For the job, which has no actor yet. None when it was removed.
std::optional<Import> find_for_job(db::Read& tx, ImportId id);
// In whose name the job works.
web::Actor actor_who_asked(db::Read& tx, const Import& import);
// Whether the actor holds a permission on the centre.
bool may_at_centre(db::Read& tx, const web::Actor& actor, web::Permission permission);

// The newest first, after that id; 0 begins the list.
std::vector<Import> imports(db::Read& tx, const web::Actor& actor, std::int64_t after, int count);
std::int64_t count_of_imports(db::Read& tx, const web::Actor& actor);
std::string centre_name(db::Read& tx);

ImportId insert(db::Write& tx, const web::Actor& actor, const Import& import, Instant at);
void keep_options(db::Write& tx, ImportId id, const Options& options, Instant at);
// From one of those states to another, in the name of the actor; false when it stands in none
// of them: somebody was faster.
bool move(db::Write& tx, const web::Actor& actor, ImportId id, std::initializer_list<State> from, State to,
          Instant at);
// What the job found, and the state it leads to.
void keep_report(db::Write& tx, ImportId id, const Report& report, std::int64_t rows_read, State state,
                 Instant at);
void keep_incident(db::Write& tx, ImportId id, const std::string& incident, Instant at);

// The kinds of problems, the first found first, each with its first rows.
std::vector<ProblemGroup> problem_groups(db::Read& tx, ImportId id, int first_of_each);
std::vector<Rejection> rejections(db::Read& tx, ImportId id, int count);
void each_rejection(db::Read& tx, ImportId id, const std::function<void(const Rejection&)>& each);

}  // namespace tiendo::imports
