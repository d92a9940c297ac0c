// /check and /check/:code: anybody who has the code sees what is printed and whether it is valid, and
// nothing else. A code that is none looks the same whatever is wrong with it; who tries many waits.
#include "base/text.h"
#include "features/certificates/certificates_pages.h"
#include "platform/auth/throttle.h"

namespace tiendo::certificates {
namespace {

struct Answer {
    std::optional<Certificate> found;
    bool wait = false;
};

Answer look_up(const web::Visit& visit, auth::Throttle& throttle, std::string_view typed) {
    const std::string& address = visit.request.client;
    if (throttle.wait_ms(address, visit.now)) return {std::nullopt, true};
    auto found = visit.database.read([&](db::Read& tx) { return find_certificate(tx, typed); });
    if (!found) throttle.failed(address, visit.now);
    return {std::move(found), false};
}

http::Response told_to_wait(http::Response response) {
    response.status = 429;
    response.with("Retry-After", std::to_string(auth::Throttle::window_ms / 1000));
    return response;
}

std::string_view tone_of(std::string_view state) {
    if (state == "valid") return "done";
    return state == "expired" ? "warning" : "error";
}

http::Response check_page(const web::Visit& visit, auth::Throttle& throttle, std::string_view typed) {
    const Answer answer = typed.empty() ? Answer{} : look_up(visit, throttle, typed);
    Value printed;
    if (answer.found) printed = printed_value(answer.found->printed);
    Value value = Value::object(
        {{"title", visit.text("certificate.check")},
         {"code", clean(typed)},
         {"state", answer.found ? Value(state_on(*answer.found, visit.today())) : Value()},
         {"tone", !answer.found ? Value() : Value(tone_of(state_on(*answer.found, visit.today())))},
         {"unknown", !typed.empty() && !answer.found && !answer.wait},
         {"wait", answer.wait},
         {"printed", std::move(printed)}});
    http::Response page = visit.page("certificates/check", std::move(value));
    // What it says may change tomorrow, and no search engine keeps names.
    page.with("Cache-Control", "no-store").with("X-Robots-Tag", "noindex");
    return answer.wait ? told_to_wait(std::move(page)) : page;
}

http::Response check_json(const web::Visit& visit, auth::Throttle& throttle) {
    const Answer answer = look_up(visit, throttle, visit.request.parameter("code"));
    if (answer.wait) return told_to_wait(visit.json(Value::object({{"state", nullptr}}), 429));
    return visit.json(check_value(answer.found, visit.today()));
}

}  // namespace

void register_check(web::Routes& routes) {
    const auto throttle = std::make_shared<auth::Throttle>();
    routes.get("/check", web::everyone, [throttle](const web::Visit& visit) {
        return check_page(visit, *throttle, visit.request.asked("code"));
    });
    routes.get("/check/:code", web::everyone, [throttle](const web::Visit& visit) {
        return check_page(visit, *throttle, visit.request.parameter("code"));
    });
    routes.get("/api/v1/check/:code", web::everyone,
               [throttle](const web::Visit& visit) { return check_json(visit, *throttle); });
}

}  // namespace tiendo::certificates
