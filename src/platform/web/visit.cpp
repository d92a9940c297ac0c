#include "platform/http/form.h"
#include "platform/json/json.h"
#include "platform/web/frame.h"
#include "platform/web/web.h"

namespace tiendo::web {
namespace {

http::Response html(std::string body, int status) {
    http::Response response;
    response.status = status;
    response.body = std::move(body);
    return response;
}

views::Locale locale_of(const Visit& visit) { return {visit.language, visit.offset}; }

const Value& frame_for(const Visit& visit, std::string_view view, const Value& value) {
    if (!visit.frame) visit.frame = frame_of(visit);
    if (visit.site.shown) visit.site.shown(view, value, *visit.frame);
    return *visit.frame;
}

}  // namespace

std::string Visit::text(std::string_view key, std::initializer_list<std::string> arguments) const {
    return site.texts.text(language, key, arguments);
}

http::Response Visit::page(std::string_view view, Value value, int status) const {
    http::Response response =
        html(site.views.render_in(site.layout, view, value, locale_of(*this), frame_for(*this, view, value)),
             status);
    // A notice is shown once.
    if (http::has(request.cookies, notice_cookie))
        response.with("Set-Cookie", http::to_text({std::string(notice_cookie), "", -1, request.secure}));
    return response;
}

http::Response Visit::fragment(std::string_view view, Value value, int status) const {
    return html(site.views.render(view, value, locale_of(*this), frame_for(*this, view, value)), status);
}

namespace {

// In the summary a message stands apart from its field, so it names it: "Ngày bế giảng: Chưa điền."
std::string in_summary(const Visit& visit, const Refusal& refusal) {
    const std::string message = visit.site.texts.text(visit.language, refusal);
    const std::string label = "field." + refusal.field;
    return visit.site.texts.has(visit.language, label) ? visit.text(label) + ": " + message : message;
}

}  // namespace

http::Response Visit::refused(std::string_view view, Value value, const Refusals& refusals) const {
    value.set("refused", true);
    value.set("refusals", list_of(refusals, [&](const Refusal& refusal) {
                  return Value::object({{"field", refusal.field}, {"message", in_summary(*this, refusal)}});
              }));
    return page(view, std::move(value), 422);
}

http::Response Visit::json(const Value& value, int status) const {
    http::Response response;
    response.status = status;
    response.type = "application/json";
    response.body = json::write(value);
    return response;
}

http::Response Visit::json_refused(const Refusals& refusals) const {
    return json(
        Value::object({{"refusals", list_of(refusals,
                                            [&](const Refusal& refusal) {
                                                return Value::object(
                                                    {{"field", refusal.field},
                                                     {"key", refusal.message},
                                                     {"message", site.texts.text(language, refusal)}});
                                            })}}),
        422);
}

http::Response Visit::redirect(std::string where) const { return http::redirect(std::move(where)); }

http::Response Visit::redirect(std::string where, std::string_view notice, std::string_view tone) const {
    const std::string cookie = std::string(tone) + ":" + std::string(notice);
    return http::redirect(std::move(where))
        .with("Set-Cookie", http::to_text({std::string(notice_cookie), cookie, 60, request.secure}));
}

std::int64_t id_of(const Visit& visit, std::string_view parameter) {
    const std::int64_t id = parse_id(std::string(visit.request.parameter(parameter)));
    if (id == 0) throw NotFound();
    return id;
}

Value form_field(const Visit& visit, std::string_view name, Value value, const Refusals& refusals) {
    if (http::has(visit.request.form, name)) value = visit.request.sent(name);
    Value refused;
    for (const Refusal& refusal : refusals)
        if (refusal.field == name && refused.is_null())
            refused = visit.site.texts.text(visit.language, refusal);
    return Value::object({{"value", std::move(value)}, {"refusal", std::move(refused)}});
}

std::optional<std::string> local_path(std::string_view path) {
    const bool ours = path.substr(0, 1) == "/" && path.substr(1, 1) != "/" && path.substr(1, 1) != "\\";
    // A browser drops tabs and line ends inside an address before it reads it.
    for (const char c : path)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f || c == '\\') return std::nullopt;
    return ours && http::is_utf8(path) ? std::optional(std::string(path)) : std::nullopt;
}

}  // namespace tiendo::web
