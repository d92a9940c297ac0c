#include "features/imports/import_work.h"
#include "features/imports/imports_pages.h"
#include "features/imports/upload.h"
#include "features/imports/workbooks.h"
#include "platform/audit/audit.h"
#include "platform/pages/paging.h"
#include "platform/pages/reader.h"

namespace tiendo::imports {
namespace {

constexpr int listed_at_once = 50, rejections_at_once = 200, rows_of_a_group = 10;

ImportId id_in(const web::Visit& visit) { return ImportId{web::id_of(visit, "id")}; }

Found with_importer(Import import) {
    const Importer* importer = find_importer(import.kind);
    return {std::move(import), importer};
}

// The file as received shows everything: only for those from whom nothing is masked.
Found found_to_read_whole(const web::Visit& visit) {
    Found found = found_to_change(visit);
    if (!may_read_whole(visit.actor, *found.importer)) throw web::Forbidden{};
    return found;
}

void note_taking(const web::Visit& visit, const Found& found, std::string_view action) {
    visit.database.write([&](db::Write& tx) {
        audit::record(tx, visit.actor, visit.now,
                      {action, "import", found.import.id.value,
                       Value::object({{"file_digest", found.import.file_digest}})});
    });
}

// Checks the file again with other options.
Outcome<Done> check_with(const web::Visit& visit, const Desk& desk, const Found& found,
                         const Options& options) {
    const bool begun = visit.database.write([&](db::Write& tx) {
        if (!begin_check(tx, visit.actor, found.import.id, visit.now)) return false;
        keep_options(tx, found.import.id, options, visit.now);
        return true;
    });
    if (!begun)
        return Refusal{"",
                       "imports.not_ready",
                       {visit.text("imports.state." + std::string(to_text(found.import.state)))}};
    desk.jobs->wake();
    return Done{};
}

// Checks the file again, somebody having decided that some of its problems are none; the trail keeps who.
Outcome<Done> confirm(const web::Visit& visit, const Desk& desk, bool Options::*what,
                      std::string_view action) {
    const Found found = found_to_change(visit);
    Options options = found.import.options;
    options.*what = true;
    const auto begun = check_with(visit, desk, found, options);
    if (begun)
        visit.database.write([&](db::Write& tx) {
            audit::record(tx, visit.actor, visit.now,
                          {action, "import", found.import.id.value, Value::object()});
        });
    return begun;
}

}  // namespace

Found found_to_see(const web::Visit& visit) {
    return visit.database.read(
        [&](db::Read& tx) { return with_importer(require(tx, visit.actor, id_in(visit))); });
}

Found found_to_change(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        Found found = with_importer(require(tx, visit.actor, id_in(visit)));
        if (!found.importer) throw web::NotFound{};
        require(tx, visit.actor, found.import.id, found.importer->permission);
        return found;
    });
}

Shown shown_now(const web::Visit& visit, const Desk& desk) {
    return visit.database.read([&](db::Read& tx) {
        Found found = with_importer(require(tx, visit.actor, id_in(visit)));
        Shown shown{
            .import = std::move(found.import), .importer = found.importer, .rejections = {}, .glimpse = {}};
        const State state = shown.import.state;
        if (state == State::checking || state == State::recording)
            shown.glimpse = desk.jobs->glimpse(tx, shown.import.id.value);
        if (!found.importer) return shown;
        shown.may_change = may_at_centre(tx, visit.actor, found.importer->permission);
        shown.may_read_whole = shown.may_change && may_read_whole(visit.actor, *found.importer);
        for (Rejection& rejection : rejections(tx, shown.import.id, rejections_at_once))
            shown.rejections.push_back(masked_for(visit.actor, *found.importer, std::move(rejection)));
        shown.groups = problem_groups(tx, shown.import.id, rows_of_a_group);
        for (ProblemGroup& group : shown.groups)
            for (Rejection& rejection : group.first)
                rejection = masked_for(visit.actor, *found.importer, std::move(rejection));
        return shown;
    });
}

Value list_value(const web::Visit& visit, const Desk& desk) {
    return visit.database.read([&](db::Read& tx) {
        const pages::Place begun = pages::place_of(visit.request, 1);
        const auto found = imports(tx, visit.actor, begun.number(0), listed_at_once);
        const auto row = [&](const Import& import) {
            const bool under_way = import.state == State::checking || import.state == State::recording;
            const Importer* importer = find_importer(import.kind);
            return row_value(import,
                             under_way ? desk.jobs->glimpse(tx, import.id.value).units : import.rows_read,
                             importer && visit.actor.may(importer->permission));
        };
        const std::string last = found.empty() ? "" : to_text(found.back().id);
        return Value::object(
            {{"imports", list_of(found, row)},
             {"paging", pages::paging(visit.request, begun, static_cast<std::int64_t>(found.size()),
                                      count_of_imports(tx, visit.actor), {last})}});
    });
}

Outcome<Done> record(const web::Visit& visit, const Desk& desk, Rows rows) {
    const Found found = found_to_change(visit);
    const auto begun = visit.database.write([&](db::Write& tx) -> Outcome<Done> {
        const Import import = require(tx, visit.actor, found.import.id);
        // Pressed twice, or by two people: it is on its way, or done.
        if (import.state == State::recording || import.state == State::recorded) return Done{};
        const bool checked = import.state == State::checked && import.outline;
        const bool leaves_rejected =
            rows == Rows::good && checked && may_leave_rejected(import, *found.importer);
        if (!(checked && import.outline->acceptable()) && !leaves_rejected)
            return Refusal{
                "", "imports.not_ready", {visit.text("imports.state." + std::string(to_text(import.state)))}};
        if (leaves_rejected) {
            Options options = import.options;
            options.leave_rejected = true;
            keep_options(tx, import.id, options, visit.now);
        }
        begin_recording(tx, visit.actor, import.id, visit.now);
        return Done{};
    });
    desk.jobs->wake();
    return begun;
}

void check_again(const web::Visit& visit, const Desk& desk) {
    const Found found = found_to_change(visit);
    visit.database.write([&](db::Write& tx) { begin_check(tx, visit.actor, found.import.id, visit.now); });
    desk.jobs->wake();
}

void discard(const web::Visit& visit, const Desk& desk) {
    const Found found = found_to_change(visit);
    // A recording is not broken off: who wants it undone corrects what it recorded.
    if (found.import.state != State::recording) desk.jobs->stop(found.import.id.value);
    visit.database.write([&](db::Write& tx) { discard(tx, visit.actor, found.import.id, visit.now); });
}

Outcome<Done> undo(const web::Visit& visit, const Desk&) {
    const Found found = found_to_change(visit);
    const std::string reason = pages::Reader::of_body(visit).text("reason");
    try {
        return undo(visit.database, visit.actor, found.import.id.value, reason, visit.now, visit.today());
    } catch (const db::Busy&) {
        return Refusal{"", "imports.another_under_way", {}};
    }
}

Outcome<Done> read_legacy_as(const web::Visit& visit, const Desk& desk) {
    const Found found = found_to_change(visit);
    auto sent = pages::Reader::of_body(visit);
    const auto how = sent.required_choice("legacy", {"by_font", "as_is", "tcvn3", "vni"});
    if (!how) return sent.refusals();
    Options options = found.import.options;
    options.legacy = office::legacy_text_of(*how);
    if (found.import.state != State::uploaded) return check_with(visit, desk, found, options);
    // Read so, its headings may be recognised; else its columns are chosen as they now look.
    const auto looked = look(*found.importer, visit.site.texts, desk.store.path_of(found.import.file_digest),
                             options.mapping, options.legacy);
    if (looked && is_complete(*found.importer, *looked)) return check_with(visit, desk, found, options);
    visit.database.write([&](db::Write& tx) { keep_options(tx, found.import.id, options, visit.now); });
    return Done{};
}

Outcome<Done> confirm_ids(const web::Visit& visit, const Desk& desk) {
    return confirm(visit, desk, &Options::ids_confirmed, "import.confirm_ids");
}

Outcome<Done> confirm_new_units(const web::Visit& visit, const Desk& desk) {
    return confirm(visit, desk, &Options::new_units, "import.confirm_units");
}

http::Response rejected(const web::Visit& visit, const Desk& desk) {
    const Found found = found_to_read_whole(visit);
    if (!found.import.outline || found.import.outline->problems == 0) throw web::NotFound{};
    note_taking(visit, found, "import.rejected_rows");
    return rejected_workbook(visit, desk, found.import, *found.importer);
}

http::Response file(const web::Visit& visit, const Desk& desk) {
    const Found found = found_to_read_whole(visit);
    note_taking(visit, found, "import.file");
    return received_file(desk, found.import);
}

}  // namespace tiendo::imports
