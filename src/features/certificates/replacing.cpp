// A certificate that is lost, damaged or wrong: what is asked for, and what is given instead.
#include <algorithm>

#include "base/date_text.h"
#include "features/certificates/changes.h"
#include "features/certificates/drawing.h"
#include "features/teaching/teaching.h"
#include "platform/audit/audit.h"

namespace tiendo::certificates {
namespace {

std::optional<Refusal> not_standing(const Certificate& certificate) {
    if (certificate.state() == State::valid) return std::nullopt;
    return Refusal{"", "certificate.stands_no_more", {certificate.printed.code}};
}

// What is given for this cause on that day, or why nothing is.
Outcome<Remedy> remedy_for(db::Read& tx, const Certificate& certificate, const std::string& cause, Date day) {
    const auto remedy = remedy_on(tx, find_series(tx, certificate.printed.series).value(), cause, day);
    if (remedy) return *remedy;
    return Refusal{"cause", "certificate.no_remedy", {cause, to_text(day)}};
}

std::string joined(std::span<const std::string> words) {
    std::string all;
    for (const std::string& word : words) all += (all.empty() ? "" : ", ") + word;
    return all;
}

bool mends_something(const Replacement& replacement) {
    return !replacement.full_name.empty() || !replacement.birth.empty() || !replacement.unit_name.empty() ||
           !replacement.band.empty();
}

// A year, a month or a day, as people write it; kept as certificates keep it.
Outcome<std::string> birth_of(const std::string& written, Date issued_on) {
    const auto read = read_date(written);
    if (!read) return Refusal{"birth", "import.no_date", {written}};
    if (read->date > issued_on)
        return Refusal{"birth", "certificate.born_later", {written, to_text(issued_on)}};
    people::Person person;
    person.birth = people::Birth{read->date, read->precision};
    return people::birth_text(person);
}

Refusals mend(db::Read& tx, const Replacement& replacement, Certificate& certificate, Date issued_on) {
    Refusals refusals;
    Printed& facts = certificate.printed;
    if (!replacement.full_name.empty()) facts.full_name = replacement.full_name;
    if (!replacement.unit_name.empty()) facts.unit_name = replacement.unit_name;
    if (!replacement.birth.empty()) {
        if (const auto birth = birth_of(replacement.birth, issued_on))
            facts.birth = *birth;
        else
            refusals.push_back(birth.refusals().front());
    }
    if (!replacement.band.empty()) {
        const auto bands = assessment::bands_of(tx, certificate.cohort);
        if (std::find(bands.begin(), bands.end(), replacement.band) == bands.end())
            refusals.push_back({"band", "form.no_such_choice", {replacement.band, joined(bands)}});
        facts.band = replacement.band;
    }
    return refusals;
}

void settle_request(db::Write& tx, CertificateId id, std::optional<Date> replaced_on) {
    tx.run(R"sql(
        update certificates set requested_on = null, request_due_on = null,
               replaced_on = coalesce(:replaced_on, replaced_on)
        where id = :id)sql",
           {{"replaced_on", replaced_on}, {"id", id}});
}

}  // namespace

Outcome<Done> request(db::Write& tx, const web::Actor& actor, const Certificate& certificate,
                      const std::string& cause, Date requested_on, Date today, const cohorts::Act& act) {
    if (auto why = not_standing(certificate)) return *why;
    if (certificate.requested_on)
        return Refusal{"", "certificate.requested_already", {to_text(*certificate.requested_on)}};
    if (requested_on > today)
        return Refusal{"requested_on", "certificate.ahead", {to_text(requested_on), to_text(today)}};
    const auto remedy = remedy_for(tx, certificate, cause, requested_on);
    if (!remedy) return remedy.refusals();
    const Date due_on = teaching::after_working_days(tx, requested_on, remedy->working_days);
    const Value said = Value::object({{"cause", cause}, {"due_on", due_on}});
    insert_event(tx, actor, certificate.id, {.kind = "requested", .effective_on = requested_on, .said = said},
                 act);
    tx.run(R"sql(
        update certificates set requested_on = :requested_on, request_due_on = :due_on where id = :id)sql",
           {{"requested_on", requested_on}, {"due_on", due_on}, {"id", certificate.id}});
    audit::record(tx, actor, act.at, {"certificate.request", "certificate", certificate.id.value, said});
    return Done{};
}

Outcome<Done> decline(db::Write& tx, const web::Actor& actor, const Certificate& certificate, Date today,
                      const cohorts::Act& act) {
    if (!certificate.requested_on) return Refusal{"", "certificate.not_requested", {}};
    if (act.reason.empty()) return Refusal{"reason", "form.required", {}};
    insert_event(tx, actor, certificate.id, {.kind = "declined", .effective_on = today}, act);
    settle_request(tx, certificate.id, std::nullopt);
    audit::record(tx, actor, act.at,
                  {"certificate.decline", "certificate", certificate.id.value,
                   Value::object({{"reason", act.reason}})});
    return Done{};
}

Outcome<Certificate> replace(db::Write& tx, const web::Actor& actor, const files::Store& store,
                             const Certificate& certificate, const Replacement& replacement,
                             const Order& order, const cohorts::Act& act) {
    if (auto why = not_standing(certificate)) return *why;
    Refusals refusals;
    if (act.reason.empty()) refusals.push_back({"reason", "form.required", {}});
    if (order.issued_on > order.today)
        refusals.push_back(
            {"issued_on", "certificate.ahead", {to_text(order.issued_on), to_text(order.today)}});
    if (order.issued_on < certificate.printed.issued_on)
        refusals.push_back({"issued_on",
                            "certificate.before_issue",
                            {to_text(order.issued_on), to_text(certificate.printed.issued_on)}});
    if (replacement.cause != "issuer_error" && mends_something(replacement))
        refusals.push_back({"cause", "certificate.only_errors_are_mended", {}});
    const auto remedy = remedy_for(tx, certificate, replacement.cause, order.issued_on);
    if (!remedy) refusals.insert(refusals.end(), remedy.refusals().begin(), remedy.refusals().end());
    const Series series = find_series(tx, certificate.printed.series).value();
    const auto authority = authority_on(tx, series, order.issued_on);
    if (!authority)
        refusals.push_back({"", "certificate.no_authority", {series.code, to_text(order.issued_on)}});
    if (auto why = blanks_short(tx, series, 1)) refusals.push_back(*why);
    Certificate other = certificate;
    const Refusals wrong = mend(tx, replacement, other, order.issued_on);
    refusals.insert(refusals.end(), wrong.begin(), wrong.end());
    if (!refusals.empty()) return refusals;

    other.replaces = certificate.id;
    other.blanks = other.blank_number = 0;
    other.printed.serial.clear();
    other.requested_on = other.request_due_on = other.handed_over_on = std::nullopt;
    if (!remedy->kind.empty()) {
        other.kind = remedy->kind;
        other.printed.title = title_of(tx, remedy->kind);
    }
    const Setting setting{series, *authority, order};
    const std::string drawing = keep_drawing(tx, store, series, order.issued_on);
    const auto read = drawing_of(store, drawing);
    if (!read) return read.refusals();
    if (Refusals why = Foretelling(*read, setting)(other); !why.empty()) return why;
    const Value said = Value::object({{"cause", replacement.cause}, {"basis", remedy->basis}});
    insert_event(tx, actor, certificate.id,
                 {.kind = "replaced", .effective_on = order.issued_on, .said = said}, act);
    settle_request(tx, certificate.id, order.issued_on);
    const std::span one(&other, 1);
    enter_in_book(tx, setting, one);
    begin_issue(tx, actor, drawing, order.issued_on, one, act);
    audit::record(tx, actor, act.at,
                  {"certificate.replace", "certificate", certificate.id.value,
                   Value::object({{"cause", replacement.cause},
                                  {"by", other.id},
                                  {"issued_on", order.issued_on},
                                  {"reason", act.reason}})});
    return other;
}

}  // namespace tiendo::certificates
