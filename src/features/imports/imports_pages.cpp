// The pages of imports: the list with the upload, one import, its mapping.
#include "features/imports/imports_pages.h"

#include <array>

#include "features/imports/import_work.h"
#include "features/imports/mapping.h"
#include "features/imports/upload.h"
#include "features/imports/workbooks.h"
#include "features/organisations/organisations.h"
#include "platform/pages/address.h"

namespace tiendo::imports {
namespace {

std::vector<Elsewhere>& other_pages() {
    static std::vector<Elsewhere> all;
    return all;
}

Value elsewhere_value(const web::Visit& visit) {
    Value links = Value::list();
    for (const Elsewhere& one : other_pages())
        if (visit.actor.may(one.permission))
            links.push(Value::object({{"title", visit.text(one.text)}, {"url", one.url}}));
    return links;
}

std::string path_of(ImportId id) { return "/imports/" + to_text(id); }

// The units that may have sent a file, to choose from while one types.
Value senders_value(const web::Visit& visit) {
    constexpr std::size_t offered_at_most = 1'000;
    std::vector<std::string> names;
    visit.database.read([&](db::Read& tx) {
        for (const organisations::Unit& unit : organisations::units(tx, visit.actor))
            if (unit.parent && unit.exists_on(visit.today()) && names.size() < offered_at_most)
                names.push_back(unit.name);
    });
    return list_of(names, [](const std::string& name) { return Value(name); });
}

constexpr std::array said_beside{"year",         "document_number", "document_date",
                                 "effective_on", "cohort",          "note"};

// The upload form: what was typed into it, or what the address proposes.
Value upload_value(const web::Visit& visit, const Refusals& refusals) {
    const auto may = visit.database.read([&](db::Read& tx) { return importers_of(tx, visit.actor); });
    if (may.empty()) return {};
    const std::string_view typed = visit.request.sent("kind"), asked = visit.request.asked("kind");
    const std::string_view current = typed.empty() ? asked : typed;
    Value value = Value::object({{"kinds", list_of(may, [&](const Importer* importer) {
                                      return Value::object(
                                          {{"value", importer->kind},
                                           {"current", importer->kind == current},
                                           {"template", "/imports/templates/" + importer->kind + ".xlsx"}});
                                  })}});
    value.set("file", web::form_field(visit, "file", {}, refusals)
                          .set("largest", std::to_string(largest_file / 1'000'000) + " MB"));
    value.set("senders", senders_value(visit));
    for (const char* name : {"sender", "pasted"}) value.set(name, web::form_field(visit, name, {}, refusals));
    bool options_open = current == "plan";
    for (const char* name : said_beside) {
        const std::string_view proposed = visit.request.asked(name);
        const Value field =
            web::form_field(visit, name, proposed.empty() ? Value() : Value(proposed), refusals);
        const auto* text = field["value"].text();
        options_open = options_open || (text && !text->empty()) || !field["refusal"].is_null();
        value.set(name, field);
    }
    return std::move(value).set("options_open", options_open);
}

Value list_page_value(const web::Visit& visit, const Desk& desk, const Refusals& refusals = {}) {
    Value value = list_value(visit, desk);
    value.set("elsewhere", elsewhere_value(visit));
    value.set("title", visit.text("imports.title")).set("upload", upload_value(visit, refusals));
    value.set("export", pages::here(visit.request, {{"format", "xlsx"}, {"after", ""}}))
        .set("print_url", nullptr);
    return std::move(value).set("centre", visit.database.read(centre_name));
}

http::Response list_page(const web::Visit& visit, const Desk& desk) {
    if (visit.request.asked("format") == "xlsx") return list_workbook(visit);
    return visit.page("imports/imports", list_page_value(visit, desk));
}

http::Response upload(const web::Visit& visit, const Desk& desk) {
    const auto id = receive(visit, desk);
    if (!id)
        return visit.refused("imports/imports", list_page_value(visit, desk, id.refusals()), id.refusals());
    const State state =
        visit.database.read([&](db::Read& tx) { return require(tx, visit.actor, *id).state; });
    return visit.redirect(path_of(*id) + (state == State::uploaded ? "/mapping" : ""));
}

Value import_page_value(const web::Visit& visit, const Desk& desk) {
    const Shown shown = shown_now(visit, desk);
    Value value = to_value(shown, visit.site.texts, visit.language);
    value.set("title", shown.import.file_name)
        .set("steps", steps_value(step_of(shown.import.state)))
        .set("export", nullptr)
        .set("print_url", pages::address(path_of(shown.import.id), {{"print", "1"}}));
    return value;
}

http::Response import_page(const web::Visit& visit, const Desk& desk) {
    return visit.page("imports/import", import_page_value(visit, desk));
}

http::Response record_rows(const web::Visit& visit, const Desk& desk, Rows rows) {
    const auto begun = record(visit, desk, rows);
    if (!begun) return visit.refused("imports/import", import_page_value(visit, desk), begun.refusals());
    return visit.redirect(path_of(ImportId{web::id_of(visit, "id")}));
}

http::Response record_page(const web::Visit& visit, const Desk& desk) {
    return record_rows(visit, desk, Rows::all);
}
http::Response record_good_page(const web::Visit& visit, const Desk& desk) {
    return record_rows(visit, desk, Rows::good);
}

http::Response check_page(const web::Visit& visit, const Desk& desk) {
    check_again(visit, desk);
    return visit.redirect(path_of(ImportId{web::id_of(visit, "id")}));
}

http::Response discard_page(const web::Visit& visit, const Desk& desk) {
    discard(visit, desk);
    return visit.redirect("/imports", "imports.discarded");
}

http::Response undo_page(const web::Visit& visit, const Desk& desk) {
    const auto undone = undo(visit, desk);
    if (!undone) return visit.refused("imports/import", import_page_value(visit, desk), undone.refusals());
    return visit.redirect(path_of(ImportId{web::id_of(visit, "id")}), "imports.undone");
}

http::Response legacy_page(const web::Visit& visit, const Desk& desk) {
    const auto begun = read_legacy_as(visit, desk);
    if (!begun) return visit.refused("imports/import", import_page_value(visit, desk), begun.refusals());
    const Import import = found_to_change(visit).import;
    return visit.redirect(path_of(import.id) + (import.state == State::uploaded ? "/mapping" : ""));
}

http::Response confirm_ids_page(const web::Visit& visit, const Desk& desk) {
    const auto begun = confirm_ids(visit, desk);
    if (!begun) return visit.refused("imports/import", import_page_value(visit, desk), begun.refusals());
    return visit.redirect(path_of(ImportId{web::id_of(visit, "id")}));
}

http::Response confirm_new_units_page(const web::Visit& visit, const Desk& desk) {
    const auto begun = confirm_new_units(visit, desk);
    if (!begun) return visit.refused("imports/import", import_page_value(visit, desk), begun.refusals());
    return visit.redirect(path_of(ImportId{web::id_of(visit, "id")}));
}

bool may_be_mapped(State state) {
    return state != State::checking && state != State::recording && state != State::recorded &&
           state != State::discarded && state != State::undone;
}

http::Response mapping_page(const web::Visit& visit, const Desk& desk, const Refusals& refusals) {
    const Found found = found_to_change(visit);
    if (!may_be_mapped(found.import.state)) return visit.redirect(path_of(found.import.id));
    auto value = mapping_value(visit, desk, found.import, *found.importer);
    if (!value)
        return visit.refused("imports/imports", list_page_value(visit, desk, value.refusals()),
                             value.refusals());
    value->set("title", visit.text("imports.mapping")).set("steps", steps_value(Step::mapping));
    return refusals.empty() ? visit.page("imports/mapping", *std::move(value))
                            : visit.refused("imports/mapping", *std::move(value), refusals);
}

http::Response map(const web::Visit& visit, const Desk& desk) {
    const Found found = found_to_change(visit);
    if (!may_be_mapped(found.import.state)) return visit.redirect(path_of(found.import.id));
    const auto mapped = map_columns(visit, desk, found.import, *found.importer);
    if (!mapped) return mapping_page(visit, desk, mapped.refusals());
    return visit.redirect(path_of(found.import.id) + (*mapped == Mapped::look_again ? "/mapping" : ""));
}

// "plan.xlsx": the kind with the ending that tells a browser what to do.
http::Response template_workbook(const web::Visit& visit) {
    const std::string_view name = visit.request.parameter("name");
    const Importer* importer =
        name.ends_with(".xlsx") ? find_importer(name.substr(0, name.size() - 5)) : nullptr;
    if (!importer) throw web::NotFound{};
    return empty_workbook(visit, *importer);
}

}  // namespace

void brought_elsewhere(Elsewhere elsewhere) { other_pages().push_back(std::move(elsewhere)); }

void register_routes(web::Routes& routes, const Desk& desk) {
    const auto with_desk = [&](auto handler) {
        return [handler, desk](const web::Visit& visit) { return handler(visit, desk); };
    };
    const web::Options slow{.pool = http::Pool::slow};
    const web::Options uploads{
        .pool = http::Pool::slow, .uploads = true, .body_limit = largest_file + (1 << 20)};
    routes.get("/imports", see_imports, with_desk(list_page));
    routes.post("/imports", see_imports, with_desk(upload), uploads);
    routes.get("/imports/templates/:name", see_imports, template_workbook);
    routes.get("/imports/:id", see_imports, with_desk(import_page));
    routes.get(
        "/imports/:id/mapping", see_imports,
        [desk](const web::Visit& visit) { return mapping_page(visit, desk, {}); }, slow);
    routes.post("/imports/:id/mapping", see_imports, with_desk(map), slow);
    routes.post("/imports/:id/checking", see_imports, with_desk(check_page));
    routes.post("/imports/:id/recording", see_imports, with_desk(record_page));
    routes.post("/imports/:id/partial-recording", see_imports, with_desk(record_good_page));
    routes.post("/imports/:id/discarding", see_imports, with_desk(discard_page));
    routes.post("/imports/:id/undoing", see_imports, with_desk(undo_page), slow);
    routes.post("/imports/:id/legacy", see_imports, with_desk(legacy_page));
    routes.post("/imports/:id/ids", see_imports, with_desk(confirm_ids_page));
    routes.post("/imports/:id/new-units", see_imports, with_desk(confirm_new_units_page));
    routes.get("/imports/:id/rejected", see_imports, with_desk(rejected), slow);
    routes.get("/imports/:id/file", see_imports, with_desk(file));
    register_api(routes, desk);
}

}  // namespace tiendo::imports
