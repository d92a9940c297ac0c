// The same as JSON: /api/v1/imports.
#include "features/imports/imports_pages.h"
#include "features/imports/mapping.h"
#include "features/imports/upload.h"

namespace tiendo::imports {
namespace {

Value import_value(const web::Visit& visit, const Desk& desk) {
    return to_value(shown_now(visit, desk), visit.site.texts, visit.language);
}

http::Response list(const web::Visit& visit, const Desk& desk) { return visit.json(list_value(visit, desk)); }

http::Response upload(const web::Visit& visit, const Desk& desk) {
    const auto id = receive(visit, desk);
    if (!id) return visit.json_refused(id.refusals());
    const std::string place = "/api/v1/imports/" + to_text(*id);
    return visit.json(Value::object({{"id", *id}, {"url", place}}), 201).with("Location", place);
}

http::Response one(const web::Visit& visit, const Desk& desk) {
    return visit.json(import_value(visit, desk));
}

http::Response mapping(const web::Visit& visit, const Desk& desk) {
    const Found found = found_to_change(visit);
    const auto value = mapping_value(visit, desk, found.import, *found.importer);
    return value ? visit.json(*value) : visit.json_refused(value.refusals());
}

http::Response map(const web::Visit& visit, const Desk& desk) {
    const Found found = found_to_change(visit);
    const auto mapped = map_columns(visit, desk, found.import, *found.importer);
    return mapped ? visit.json(import_value(visit, desk), 202) : visit.json_refused(mapped.refusals());
}

http::Response record_it(const web::Visit& visit, const Desk& desk) {
    const auto begun = record(visit, desk, Rows::all);
    return begun ? visit.json(import_value(visit, desk), 202) : visit.json_refused(begun.refusals());
}

http::Response record_good(const web::Visit& visit, const Desk& desk) {
    const auto begun = record(visit, desk, Rows::good);
    return begun ? visit.json(import_value(visit, desk), 202) : visit.json_refused(begun.refusals());
}

http::Response check_it(const web::Visit& visit, const Desk& desk) {
    check_again(visit, desk);
    return visit.json(import_value(visit, desk), 202);
}

http::Response discard_it(const web::Visit& visit, const Desk& desk) {
    discard(visit, desk);
    return visit.json(import_value(visit, desk));
}

http::Response undo_it(const web::Visit& visit, const Desk& desk) {
    const auto undone = undo(visit, desk);
    return undone ? visit.json(import_value(visit, desk)) : visit.json_refused(undone.refusals());
}

http::Response legacy(const web::Visit& visit, const Desk& desk) {
    const auto begun = read_legacy_as(visit, desk);
    return begun ? visit.json(import_value(visit, desk), 202) : visit.json_refused(begun.refusals());
}

http::Response ids(const web::Visit& visit, const Desk& desk) {
    const auto begun = confirm_ids(visit, desk);
    return begun ? visit.json(import_value(visit, desk), 202) : visit.json_refused(begun.refusals());
}

http::Response new_units(const web::Visit& visit, const Desk& desk) {
    const auto begun = confirm_new_units(visit, desk);
    return begun ? visit.json(import_value(visit, desk), 202) : visit.json_refused(begun.refusals());
}

}  // namespace

void register_api(web::Routes& routes, const Desk& desk) {
    const auto with_desk = [&](auto handler) {
        return [handler, desk](const web::Visit& visit) { return handler(visit, desk); };
    };
    const web::Options slow{.pool = http::Pool::slow};
    const web::Options uploads{
        .pool = http::Pool::slow, .uploads = true, .body_limit = largest_file + (1 << 20)};
    routes.get("/api/v1/imports", see_imports, with_desk(list));
    routes.post("/api/v1/imports", see_imports, with_desk(upload), uploads);
    routes.get("/api/v1/imports/:id", see_imports, with_desk(one));
    routes.get("/api/v1/imports/:id/mapping", see_imports, with_desk(mapping), slow);
    routes.post("/api/v1/imports/:id/mapping", see_imports, with_desk(map), slow);
    routes.post("/api/v1/imports/:id/checking", see_imports, with_desk(check_it));
    routes.post("/api/v1/imports/:id/recording", see_imports, with_desk(record_it));
    routes.post("/api/v1/imports/:id/partial-recording", see_imports, with_desk(record_good));
    routes.post("/api/v1/imports/:id/discarding", see_imports, with_desk(discard_it));
    routes.post("/api/v1/imports/:id/undoing", see_imports, with_desk(undo_it), slow);
    routes.post("/api/v1/imports/:id/legacy", see_imports, with_desk(legacy));
    routes.post("/api/v1/imports/:id/ids", see_imports, with_desk(ids));
    routes.post("/api/v1/imports/:id/new-units", see_imports, with_desk(new_units));
    routes.get("/api/v1/imports/:id/rejected", see_imports, with_desk(rejected), slow);
    routes.get("/api/v1/imports/:id/file", see_imports, with_desk(file));
}

}  // namespace tiendo::imports
