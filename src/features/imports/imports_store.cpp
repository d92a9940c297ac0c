#include "features/imports/imports_store.h"

#include <array>
#include <stdexcept>

#include "features/imports/options_json.h"

namespace tiendo::imports {
namespace {

constexpr std::array<std::pair<State, std::string_view>, 9> state_names{{
    {State::uploaded, "uploaded"},
    {State::checking, "checking"},
    {State::checked, "checked"},
    {State::refused, "refused"},
    {State::recording, "recording"},
    {State::recorded, "recorded"},
    {State::failed, "failed"},
    {State::discarded, "discarded"},
    {State::undone, "undone"},
}};

State parse_state(std::string_view text) {
    for (const auto& [state, name] : state_names)
        if (name == text) return state;
    throw std::runtime_error("an import in no known state: " + std::string(text));
}

Import import_of(const db::Row& row) {
    Import import{.id = row.id<ImportId>(0),
                  .kind = row.text(1),
                  .unit = row.integer(2),
                  .file_name = row.text(3),
                  .file_digest = row.text(4),
                  .file_bytes = row.integer(5),
                  .options = options_of(row.view(6)),
                  .state = parse_state(row.view(7)),
                  .rows_read = row.integer(8),
                  .outline = std::nullopt,
                  .incident = row.text(10),
                  .uploaded_at = row.instant(11),
                  .changed_at = row.instant(12),
                  .uploaded_by = row.text(13),
                  .asked_by = row.text(14),
                  .asked_by_account = row.integer(15)};
    import.document = row.maybe_id<documents::DocumentId>(16);
    if (!row.is_null(9)) import.outline = outline_of(row.view(9));
    return import;
}

Rejection rejection_of(const db::Row& row) {
    return {.sheet = row.text(0),
            .row = static_cast<int>(row.integer(1)),
            .column = row.text(2),
            .found = row.text(3),
            .problem = {row.text(2), row.text(4), arguments_of(row.view(5))},
            .nearest = row.text(6)};
}

}  // namespace

std::string_view to_text(State state) { return state_names[static_cast<std::size_t>(state)].second; }

Import require(db::Read& tx, const web::Actor& actor, ImportId id, web::Permission permission) {
    auto found = tx.find<Import>(
        R"sql(
        select i.id, i.kind, i.unit, i.file_name, i.file_digest, i.file_bytes, i.options, i.state,
               i.rows_read, i.report, i.incident, i.uploaded_at, i.changed_at,
               u.display_name, a.display_name, i.asked_by, i.document
        from imports i
        join accounts u on u.id = i.uploaded_by
        join accounts a on a.id = i.asked_by
        where i.id = :id
          and exists (select 1 from reach r
                      where r.account = :actor and r.permission = :see and r.unit = i.unit)
          and exists (select 1 from reach r
                      where r.account = :actor and r.permission = :permission and r.unit = i.unit))sql",
        {{"id", id}, {"actor", actor.account}, {"see", see_imports.name}, {"permission", permission.name}},
        import_of);
    if (!found) throw web::NotFound{};
    return *std::move(found);
}

std::optional<Import> find_for_job(db::Read& tx, ImportId id) {
    return tx.find<Import>(R"sql(
        select i.id, i.kind, i.unit, i.file_name, i.file_digest, i.file_bytes, i.options, i.state,
               i.rows_read, i.report, i.incident, i.uploaded_at, i.changed_at,
               u.display_name, a.display_name, i.asked_by, i.document
        from imports i
        join accounts u on u.id = i.uploaded_by
        join accounts a on a.id = i.asked_by
        where i.id = :id)sql",
                           {{"id", id}}, import_of);
}

web::Actor actor_who_asked(db::Read& tx, const Import& import) {
    web::Actor actor;
    actor.account = import.asked_by_account;
    actor.name = import.asked_by;
    tx.each(R"sql(select permission from reach where account = :account and unit = :unit)sql",
            {{"account", actor.account}, {"unit", import.unit}},
            [&](const db::Row& row) { actor.permissions.push_back(row.text(0)); });
    return actor;
}

bool may_at_centre(db::Read& tx, const web::Actor& actor, web::Permission permission) {
    return tx.integer(R"sql(
        select count(*) from reach r join units u on u.id = r.unit
        where u.parent is null and r.account = :actor and r.permission = :permission)sql",
                      {{"actor", actor.account}, {"permission", permission.name}}) > 0;
}

std::vector<Import> imports(db::Read& tx, const web::Actor& actor, std::int64_t after, int count) {
    return tx.all<Import>(
        R"sql(
        select i.id, i.kind, i.unit, i.file_name, i.file_digest, i.file_bytes, i.options, i.state,
               i.rows_read, i.report, i.incident, i.uploaded_at, i.changed_at,
               u.display_name, a.display_name, i.asked_by, i.document
        from imports i
        join accounts u on u.id = i.uploaded_by
        join accounts a on a.id = i.asked_by
        where (:after = 0 or i.id < :after)
          and exists (select 1 from reach r
                      where r.account = :actor and r.permission = :permission and r.unit = i.unit)
        order by i.id desc limit :count)sql",
        {{"after", after}, {"actor", actor.account}, {"permission", see_imports.name}, {"count", count}},
        import_of);
}

std::int64_t count_of_imports(db::Read& tx, const web::Actor& actor) {
    return tx.integer(R"sql(
        select count(*) from imports i
        where exists (select 1 from reach r
                      where r.account = :actor and r.permission = :permission and r.unit = i.unit))sql",
                      {{"actor", actor.account}, {"permission", see_imports.name}});
}

std::string centre_name(db::Read& tx) {
    return tx
        .find<std::string>(R"sql(select name from units where parent is null)sql", {},
                           [](const db::Row& row) { return row.text(0); })
        .value_or("");
}

ImportId insert(db::Write& tx, const web::Actor& actor, const Import& import, Instant at) {
    const auto id = new_id<ImportId>();
    tx.run(R"sql(
        insert into imports (id, kind, unit, file_name, file_digest, file_bytes, options, state, uploaded_at,
                             uploaded_by, asked_by, changed_at)
        select :id, :kind, u.id, :file_name, :file_digest, :file_bytes, :options, :state, :at, :actor, :actor, :at
        from units u where u.parent is null)sql",
           {{"id", id},
            {"kind", import.kind},
            {"file_name", import.file_name},
            {"file_digest", import.file_digest},
            {"file_bytes", import.file_bytes},
            {"options", written(import.options)},
            {"state", to_text(import.state)},
            {"at", at},
            {"actor", actor.account}});
    return id;
}

void keep_options(db::Write& tx, ImportId id, const Options& options, Instant at) {
    tx.run(R"sql(update imports set options = :options, changed_at = :at where id = :id)sql",
           {{"id", id}, {"options", written(options)}, {"at", at}});
}

bool move(db::Write& tx, const web::Actor& actor, ImportId id, std::initializer_list<State> from, State to,
          Instant at) {
    for (const State state : from) {
        const bool moved = tx.run(R"sql(
            update imports set state = :to, asked_by = :actor, incident = '', changed_at = :at
            where id = :id and state = :from)sql",
                                  {{"id", id},
                                   {"from", to_text(state)},
                                   {"to", to_text(to)},
                                   {"actor", actor.account},
                                   {"at", at}}) == 1;
        if (moved) return true;
    }
    return false;
}

void keep_report(db::Write& tx, ImportId id, const Report& report, std::int64_t rows_read, State state,
                 Instant at) {
    const Outline outline{.added = report.added,
                          .changed = report.changed,
                          .unchanged = report.unchanged,
                          .rejected = report.rejected,
                          .problems = static_cast<std::int64_t>(report.rejections.size()),
                          .notes = report.notes,
                          .refusals = report.refusals,
                          .legacy = report.legacy};
    tx.run(R"sql(
        update imports set state = :state, rows_read = :rows_read, report = :report, document = :document,
                           incident = '', changed_at = :at
        where id = :id)sql",
           {{"id", id},
            {"state", to_text(state)},
            {"rows_read", rows_read},
            {"report", written(outline)},
            {"document", report.document},
            {"at", at}});
    tx.run(R"sql(delete from import_rejections where import = :id)sql", {{"id", id}});
    auto bulk = tx.bulk("import_rejections", {"import", "position", "sheet", "sheet_row", "field", "found",
                                              "message", "arguments", "nearest"});
    std::int64_t position = 0;
    for (const Rejection& rejection : report.rejections)
        bulk.add({id, ++position, rejection.sheet, rejection.row, rejection.column, rejection.found,
                  rejection.problem.message, written(rejection.problem.arguments), rejection.nearest});
    bulk.flush();
}

void keep_incident(db::Write& tx, ImportId id, const std::string& incident, Instant at) {
    tx.run(R"sql(
        update imports set state = 'failed', incident = :incident, changed_at = :at
        where id = :id and state in ('checking', 'recording'))sql",
           {{"id", id}, {"incident", incident}, {"at", at}});
}

std::vector<Rejection> rejections(db::Read& tx, ImportId id, int count) {
    return tx.all<Rejection>(R"sql(
        select sheet, sheet_row, field, found, message, arguments, nearest
        from import_rejections where import = :id order by position limit :count)sql",
                             {{"id", id}, {"count", count}}, rejection_of);
}

std::vector<ProblemGroup> problem_groups(db::Read& tx, ImportId id, int first_of_each) {
    std::vector<ProblemGroup> groups;
    tx.each(R"sql(
        select r.sheet, r.sheet_row, r.field, r.found, r.message, r.arguments, r.nearest, r.of_kind
        from (select sheet, sheet_row, field, found, message, arguments, nearest, position,
                     row_number() over (partition by message, field order by position) as place,
                     count(*) over (partition by message, field) as of_kind,
                     min(position) over (partition by message, field) as begins
              from import_rejections where import = :id) r
        where r.place <= :first_of_each order by r.begins, r.position)sql",
            {{"id", id}, {"first_of_each", first_of_each}}, [&](const db::Row& row) {
                Rejection rejection = rejection_of(row);
                const bool same = !groups.empty() && groups.back().message == rejection.problem.message &&
                                  groups.back().column == rejection.column;
                if (!same)
                    groups.push_back({rejection.problem.message, rejection.column, row.integer(7), {}});
                groups.back().first.push_back(std::move(rejection));
            });
    return groups;
}

void each_rejection(db::Read& tx, ImportId id, const std::function<void(const Rejection&)>& each) {
    tx.each(R"sql(
        select sheet, sheet_row, field, found, message, arguments, nearest
        from import_rejections where import = :id order by sheet, sheet_row, position)sql",
            {{"id", id}}, [&](const db::Row& row) { each(rejection_of(row)); });
}

}  // namespace tiendo::imports
