#include "features/imports/import_work.h"

#include <algorithm>

#include "platform/audit/audit.h"

namespace tiendo::imports {
namespace {

struct Workshop {
    db::Database& database;
    files::Store store;
    const i18n::Texts& texts;
    Clock clock;
    Offset offset;
};

// The import as it stands, and who asked; none when what the job was for is no longer wanted.
struct Asked {
    Import import;
    web::Actor actor;
};
std::optional<Asked> asked_of(const Workshop& workshop, const jobs::Run& run, State wanted) {
    return workshop.database.read([&](db::Read& tx) -> std::optional<Asked> {
        auto import = find_for_job(tx, ImportId{run.subject()});
        if (!import || import->state != wanted) return std::nullopt;
        web::Actor actor = actor_who_asked(tx, *import);
        return Asked{*std::move(import), std::move(actor)};
    });
}

// A file that cannot be taken at all is refused; one with rejected rows was checked.
State after_check(const Report& report) { return report.refusals.empty() ? State::checked : State::refused; }

// The report is kept only while the import still stands where this job found it: it may have
// been discarded meanwhile.
void keep(db::Write& tx, const Workshop& workshop, const Asked& asked, const Report& report,
          std::int64_t rows, State state) {
    if (!move(tx, asked.actor, asked.import.id, {asked.import.state}, state, workshop.clock()))
        throw jobs::Stopped{};
    keep_report(tx, asked.import.id, report, rows, state, workshop.clock());
}

void work(const Workshop& workshop, jobs::Run& run, State wanted) {
    const auto asked = asked_of(workshop, run, wanted);
    if (!asked) return;
    const Importer* importer = find_importer(asked->import.kind);
    if (!importer) throw std::runtime_error("no importer of the kind " + asked->import.kind);
    const Instant now = workshop.clock();
    std::int64_t rows = 0;
    const Job job{.actor = asked->actor,
                  .texts = workshop.texts,
                  .path = workshop.store.path_of(asked->import.file_digest),
                  .file_name = asked->import.file_name,
                  .file_digest = asked->import.file_digest,
                  .file_bytes = asked->import.file_bytes,
                  .options = asked->import.options,
                  .at = now,
                  .today = day_of(now, workshop.offset),
                  .progress = [&](std::int64_t read) { run.progress(rows = read); }};
    const bool recording = wanted == State::recording;
    const Report report = imports::run(workshop.database, *importer, job, recording ? Keep::yes : Keep::no,
                                       [&](db::Write& tx, const Report& recorded) {
                                           run.finish(tx);
                                           keep(tx, workshop, *asked, recorded, rows, State::recorded);
                                       });
    if (report.document) return;
    // Nothing was recorded: it was a check, or since the check the books say otherwise.
    const bool in_the_books = recording && report.acceptable();
    workshop.database.write([&](db::Write& tx) {
        run.finish(tx);
        keep(tx, workshop, *asked, report, rows, in_the_books ? State::recorded : after_check(report));
    });
}

}  // namespace

const Importer* find_importer(std::string_view kind) {
    const auto& all = importers();
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const Importer& importer) { return importer.kind == kind; });
    return found == all.end() ? nullptr : &*found;
}

bool begin_check(db::Write& tx, const web::Actor& actor, ImportId id, Instant at) {
    if (!move(tx, actor, id, {State::uploaded, State::checked, State::refused, State::failed},
              State::checking, at))
        return false;
    jobs::add(tx, check_job, id.value, at);
    return true;
}

bool begin_recording(db::Write& tx, const web::Actor& actor, ImportId id, Instant at) {
    if (!move(tx, actor, id, {State::checked}, State::recording, at)) return false;
    jobs::add(tx, record_job, id.value, at);
    audit::record(tx, actor, at, {"import.record", "import", id.value, Value::object()});
    return true;
}

bool discard(db::Write& tx, const web::Actor& actor, ImportId id, Instant at) {
    const auto anywhere_before = {State::uploaded, State::checking, State::checked, State::refused,
                                  State::failed};
    if (!move(tx, actor, id, anywhere_before, State::discarded, at)) return false;
    jobs::drop(tx, id.value);
    audit::record(tx, actor, at, {"import.discard", "import", id.value, Value::object()});
    return true;
}

std::int64_t enlist(db::Write& tx, const Importer& importer, const Job& job, const Report& report) {
    Import import;
    import.kind = importer.kind;
    import.file_name = job.file_name;
    import.file_digest = job.file_digest;
    import.file_bytes = job.file_bytes;
    import.options = job.options;
    import.state = State::recorded;
    const ImportId id = insert(tx, job.actor, import, job.at);
    keep_report(tx, id, report, report.added + report.changed + report.unchanged + report.rejected,
                State::recorded, job.at);
    return id.value;
}

Desk open_desk(db::Database& database, const files::Store& store, const i18n::Texts& texts,
               const jobs::Settings& settings, Offset offset) {
    const auto workshop =
        std::make_shared<const Workshop>(Workshop{database, store, texts, settings.clock, offset});
    const auto failed = [workshop](db::Write& tx, std::int64_t subject, const std::string& incident) {
        keep_incident(tx, ImportId{subject}, incident, workshop->clock());
    };
    std::vector<jobs::Work> works{
        {std::string(check_job), [workshop](jobs::Run& run) { work(*workshop, run, State::checking); },
         failed, "imports"},
        {std::string(record_job), [workshop](jobs::Run& run) { work(*workshop, run, State::recording); },
         failed, "imports"}};
    return {store, std::make_shared<jobs::Pool>(database, std::move(works), settings)};
}

}  // namespace tiendo::imports
