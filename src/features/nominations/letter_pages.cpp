// GET /calls/:id/letter: the call as a letter, to be printed and signed.
#include "base/text.h"
#include "features/nominations/nominations_pages.h"
#include "features/nominations/nominations_presenter.h"

namespace tiendo::nominations {
namespace {

Letterheads& letterheads() {
    static Letterheads letterheads;
    return letterheads;
}

// Without an issuer that the site knows of: the head of administrative bodies, and blanks for the
// place and the name.
organisations::Letterhead letterhead_on(const web::Visit& visit, db::Read& tx, const Call& call, Date day) {
    if (letterheads())
        if (auto known = letterheads()(tx, call.cohort, day)) return *std::move(known);
    return {.regime = "state",
            .head = visit.text("call.letter_head"),
            .motto = visit.text("call.letter_motto"),
            .issuer_name = "",
            .place_and_day = visit.text("call.letter_place_and_day", {i18n::date(visit.language, day)}),
            .signed_for = "",
            .signatory_title = visit.text("call.letter_signatory"),
            .signatory_name = ""};
}

// The organiser stands below whoever issues its certificates, unless it does so itself.
Value to_value(const organisations::Letterhead& head, const Value& organiser) {
    return Value::object({{"party", head.regime == "party"},
                          {"head", head.head},
                          {"motto", head.motto},
                          {"superior", Value(head.issuer_name) == organiser ? "" : head.issuer_name},
                          {"place_and_day", head.place_and_day},
                          {"signed_for", head.signed_for},
                          {"signatory_title", head.signatory_title},
                          {"signatory_name", head.signatory_name}});
}

}  // namespace

void head_letters_by(Letterheads by) { letterheads() = std::move(by); }

http::Response letter(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        const Call call = require(tx, visit.actor, CallId{web::id_of(visit, "id")});
        Value value = call_value(visit, tx, call);
        const auto events = history(tx, call.id);
        const Date issued_on =
            events.empty() ? visit.today() : day_of(events.back().recorded_at, visit.offset);
        Value lines = Value::list();
        for (const std::string_view line : split(call.letter_text, '\n'))
            if (!line.empty()) lines.push(Value::object({{"line", line}}));
        std::int64_t ordinal = 0;
        value.set("units", list_of(*value["units"].list_items(),
                                   [&](Value unit) { return std::move(unit).set("ordinal", ++ordinal); }));
        return visit.page(
            "nominations/letter",
            value.set("title", visit.text("call.letter_title"))
                .set("letterhead", to_value(letterhead_on(visit, tx, call, issued_on), value["organiser"]))
                .set("lines", std::move(lines))
                .set("print_url", visit.request.path + "?print=1")
                .set("export", nullptr));
    });
}

}  // namespace tiendo::nominations
