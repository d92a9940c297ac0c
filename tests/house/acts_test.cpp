// Every act that the audit trail may hold is called something, in every language.
#include <doctest/doctest.h>

#include <regex>
#include <set>
#include <string>

#include "source.h"

namespace {

using house::SourceFile;

// Calls that record an act, and what the act's name begins with where the call adds it. A feature that
// passes its acts on by a function of its own names it here.
struct Call {
    std::string folder, call, prefix, literal;
};
const std::string whole_name = "\"([a-z_]+\\.[a-z_]+)\"", kind = "\\.kind = \"([a-z_]+)\"";
const std::vector<Call> calls{
    {"src/", "audit::record(", "", whole_name},
    {"src/features/cohorts/", "audit_event(", "", whole_name},
    {"src/features/delegations/", "tell(", "delegation.", "^tell\\([^\"{]*\"([a-z_]+)\""},
    {"src/features/dossiers/", "insert_event(", "dossier.", kind},
    {"src/features/field_trips/", "audit_trip(", "", whole_name},
    {"src/features/imports/", "note_taking(", "", whole_name},
    {"src/features/organisations/", "tell(", "", whole_name},
    {"src/features/participation/", "happen(", "participation.", kind},
    {"src/features/people/", "note(", "", whole_name},
    {"src/features/surveys/", "note(", "", whole_name},
};

void acts_in(const SourceFile& file, const Call& call, std::set<std::string>& acts) {
    const std::string code = house::code_only(file.text, house::Strings::kept);
    const std::regex literal(call.literal);
    for (auto at = code.find(call.call); at != code.npos; at = code.find(call.call, at + 1)) {
        const std::string statement = code.substr(at, code.find(';', at) - at);
        for (std::sregex_iterator found(statement.begin(), statement.end(), literal), end; found != end;
             ++found)
            acts.insert(call.prefix + (*found)[1].str());
    }
}

}  // namespace

TEST_CASE("every act of the audit trail has a text in every language") {
    const auto files = house::files_below(TIENDO_SOURCE_DIR);
    std::set<std::string> acts;
    std::string texts;
    for (const SourceFile& file : files) {
        if (file.path.starts_with("locales/")) texts += file.text;
        const bool is_code = file.path.ends_with(".cpp") && !file.path.ends_with("_test.cpp");
        for (const Call& call : calls)
            if (is_code && file.path.starts_with(call.folder)) acts_in(file, call, acts);
    }
    // Guards against calls that this test no longer recognises.
    CHECK(acts.size() > 120);
    for (const std::string& act : acts) {
        const std::string key = "\"audit.kind." + act + "\"";
        const auto first = texts.find(key);
        const bool in_both = first != texts.npos && texts.find(key, first + 1) != texts.npos;
        CHECK_MESSAGE(in_both, act);
    }
}
