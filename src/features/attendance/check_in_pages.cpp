// The code that the room sees, and GET /check-in, where learners enter it on their phones.
#include "base/text.h"
#include "features/attendance/attendance_pages.h"
#include "features/attendance/check_in.h"
#include "platform/auth/rotating_code.h"
#include "platform/auth/token.h"
#include "platform/pages/address.h"
#include "platform/qr/qr.h"

namespace tiendo::attendance {
namespace {

// --- for the room --------------------------------------------------------------------------------------

// What a phone opens: this site as the officer reached it.
std::string check_in_address(const web::Visit& visit, const std::string& code) {
    const std::string_view host = visit.request.header("host");
    const std::string site =
        host.empty() ? "" : (visit.request.secure ? "https://" : "http://") + std::string(host);
    return site + "/check-in?code=" + code;
}

http::Response code_page(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        const Book book = require_book(tx, visit.actor, cohort_of(visit), session_of(visit));
        if (!may_mark(visit, tx, book)) throw web::Forbidden{};
        const auto window = window_of(tx, session_of(visit));
        Value value = session_value(tx, book, session_of(visit));
        std::int64_t marked = 0;
        for (const Learner& learner : book.learners) marked += learner.marks.empty() ? 0 : 1;
        Value open;
        if (window) {
            const std::string code = auth::rotating_code(window->secret, visit.now);
            const std::string address = check_in_address(visit, code);
            const qr::Code drawn = qr::code_of(address);
            open = Value::object({{"code", code.substr(0, 3) + " " + code.substr(3)},
                                  {"address", address.substr(0, address.find('?'))},
                                  {"size", drawn.side()},
                                  {"path", qr::path_of(drawn)},
                                  {"seconds", (auth::ms_to_next_code(visit.now) + 999) / 1000},
                                  {"opened_at", window->opened_at}});
        }
        const bool today = book.sessions.front().held_on == visit.today();
        value.set("title", visit.text("check_in.code_title", {book.cohort.code}))
            .set("today", today)
            .set("marked", marked)
            .set("count", static_cast<std::int64_t>(value["learners"].list_items()->size()))
            .set("window", std::move(open))
            .set("here", session_address(visit) + "/check-in");
        return visit.page("attendance/code", std::move(value));
    });
}

http::Response open_by_form(const web::Visit& visit) {
    const auto opened = visit.database.write([&](db::Write& tx) {
        const Book book = require_for_marking(tx, visit.actor, cohort_of(visit), session_of(visit));
        return open_window(tx, visit.actor, book, visit.today(), visit.now);
    });
    if (!opened) return visit.redirect(session_address(visit) + "/check-in", "check_in.not_today", "error");
    return visit.redirect(session_address(visit) + "/check-in");
}

http::Response close_by_form(const web::Visit& visit) {
    visit.database.write([&](db::Write& tx) {
        require_for_marking(tx, visit.actor, cohort_of(visit), session_of(visit));
        close_window(tx, visit.actor, session_of(visit), visit.now);
    });
    return visit.redirect(session_address(visit), "check_in.closed");
}

// --- on the phone ----------------------------------------------------------------------------------------

constexpr std::string_view device_cookie = "check-in-device";

Value form_value(const web::Visit& visit, const Refusals& refusals) {
    const auto field = [&](std::string_view name, Value value) {
        return web::form_field(visit, name, std::move(value), refusals);
    };
    return Value::object({{"title", visit.text("check_in.title")},
                          {"code", field("code", std::string(visit.request.asked("code")))},
                          {"last_digits", field("last_digits", Value())},
                          {"birth", field("birth", Value())},
                          {"done", nullptr}});
}

// The phone is told apart from others by a number of its own, from the first look at this page on.
http::Response form_page(const web::Visit& visit) {
    http::Response page = visit.page("attendance/check_in", form_value(visit, {}));
    if (visit.request.cookie(device_cookie).empty()) {
        constexpr std::int64_t a_year = 365 * 24 * 3600;
        page.with("Set-Cookie", http::to_text(http::Cookie{std::string(device_cookie), auth::new_token(),
                                                           a_year, visit.request.secure}));
    }
    return page;
}

std::optional<Knock> knock_of(const web::Visit& visit, pages::Reader& sent) {
    Knock knock;
    for (const char c : sent.required_text("code"))
        if (c >= '0' && c <= '9') knock.code += c;
    knock.last_digits = sent.required_text("last_digits");
    if (const auto birth = sent.required_day("birth")) knock.birth = *birth;
    const std::string_view device = visit.request.cookie(device_cookie);
    if (device.empty()) sent.refuse("", "check_in.no_cookie");
    if (sent.refused()) return std::nullopt;
    knock.device = auth::digest_of(device);
    return knock;
}

std::string why_of(const web::Visit& visit, CheckedIn::Waits waits) {
    switch (waits) {
        case CheckedIn::Waits::marked_otherwise: return visit.text("check_in.waits");
        case CheckedIn::Waits::not_direct: return visit.text("check_in.waits_late");
        case CheckedIn::Waits::no: break;
    }
    return "";
}

http::Response refuse(const web::Visit& visit, const Refusals& refusals) {
    return visit.refused("attendance/check_in", form_value(visit, refusals), refusals);
}

http::Response check_in_sent(const web::Visit& visit, auth::Throttle& throttle) {
    if (throttle.wait_ms(visit.request.client, visit.now)) {
        http::Response page = refuse(visit, {{"", "check_in.wait", {}}});
        page.status = 429;
        return page.with("Retry-After", std::to_string(auth::Throttle::window_ms / 1000));
    }
    pages::Reader sent = pages::Reader::of_body(visit);
    const auto knock = knock_of(visit, sent);
    if (!knock) return refuse(visit, sent.refusals());
    const auto done =
        visit.database.write([&](db::Write& tx) { return check_in(tx, *knock, visit.now, visit.offset); });
    if (!done) {
        throttle.failed(visit.request.client, visit.now);
        return refuse(visit, done.refusals());
    }
    Value value = form_value(visit, {});
    value.set("done", Value::object({{"full_name", done->full_name},
                                     {"state", to_text(done->state)},
                                     {"periods", done->periods},
                                     {"waits", done->waits != CheckedIn::Waits::no},
                                     {"waits_why", why_of(visit, done->waits)},
                                     {"at", visit.now}}));
    return visit.page("attendance/check_in", std::move(value));
}

}  // namespace

void register_check_in(web::Routes& routes, std::shared_ptr<auth::Throttle> throttle) {
    routes.get("/cohorts/:id/attendance/:session/check-in", mark_attendance, code_page);
    routes.post("/cohorts/:id/attendance/:session/check-in", mark_attendance, open_by_form);
    routes.post("/cohorts/:id/attendance/:session/check-in-end", mark_attendance, close_by_form);
    routes.get("/check-in", web::everyone, form_page);
    routes.post("/check-in", web::everyone,
                [throttle](const web::Visit& visit) { return check_in_sent(visit, *throttle); });
}

}  // namespace tiendo::attendance
