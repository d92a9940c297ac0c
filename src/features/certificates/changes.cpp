// Revoked, handed over, or put on another blank.
#include "features/certificates/changes.h"

#include <algorithm>

#include "platform/audit/audit.h"

namespace tiendo::certificates {
namespace {

// Why a certificate can no longer be acted upon; none while it stands.
std::optional<Refusal> fallen(const Certificate& certificate) {
    const std::string& code = certificate.printed.code;
    if (certificate.revoked_on)
        return Refusal{"", "certificate.revoked_already", {code, to_text(*certificate.revoked_on)}};
    if (certificate.replaced_on)
        return Refusal{"", "certificate.replaced_already", {code, to_text(*certificate.replaced_on)}};
    return std::nullopt;
}

std::optional<Refusal> wrong_day(const char* field, const Certificate& certificate, Date day, Date today) {
    if (day > today) return Refusal{field, "certificate.ahead", {to_text(day), to_text(today)}};
    if (day < certificate.printed.issued_on)
        return Refusal{
            field, "certificate.before_issue", {to_text(day), to_text(certificate.printed.issued_on)}};
    return std::nullopt;
}

Refusal unknown_ground(const std::string& ground, std::span<const Ground> grounds) {
    std::string known;
    for (const Ground& one : grounds) known += (known.empty() ? "" : ", ") + one.code;
    return {"ground", "form.no_such_choice", {ground, known}};
}

}  // namespace

Outcome<Done> revoke(db::Write& tx, const web::Actor& actor, const Certificate& certificate,
                     const std::string& ground, Date revoked_on, Date today,
                     const std::string& document_number, const cohorts::Act& act) {
    if (auto why = fallen(certificate)) return *why;
    Refusals refusals;
    if (act.reason.empty()) refusals.push_back({"reason", "form.required", {}});
    if (auto why = wrong_day("revoked_on", certificate, revoked_on, today)) refusals.push_back(*why);
    const auto grounds = grounds_on(tx, revoked_on);
    if (std::none_of(grounds.begin(), grounds.end(), [&](const Ground& one) { return one.code == ground; }))
        refusals.push_back(unknown_ground(ground, grounds));
    if (!refusals.empty()) return refusals;
    std::optional<documents::DocumentId> document;
    if (!document_number.empty())
        document = documents::record(
            tx, actor,
            {.kind = "decision", .title = document_number, .number = document_number, .dated_on = revoked_on},
            act.at);
    const Value said = Value::object({{"ground", ground}});
    const std::int64_t event = insert_event(
        tx, actor, certificate.id,
        {.kind = "revoked", .effective_on = revoked_on, .said = said, .document = document}, act);
    tx.run(R"sql(
        update certificates set revoked_on = :day, revoked_ground = :ground, requested_on = null,
               request_due_on = null
        where id = :id)sql",
           {{"day", revoked_on}, {"ground", ground}, {"id", certificate.id}});
    ledger::settle(tx, act.at, event, certificate.cohort, certificate.participation);
    audit::record(tx, actor, act.at,
                  {"certificate.revoke", "certificate", certificate.id.value,
                   Value::object({{"ground", ground}, {"revoked_on", revoked_on}, {"reason", act.reason}})});
    return Done{};
}

Outcome<Done> revoke(db::Write& tx, const web::Actor& actor, std::string_view code, const std::string& ground,
                     Date revoked_on, Date today, const cohorts::Act& act) {
    const CertificateId id = require(tx, actor, code).id;
    const Certificate certificate = require_for_change(tx, actor, revoke_certificates, id);
    return revoke(tx, actor, certificate, ground, revoked_on, today, "", act);
}

Outcome<Done> hand_over(db::Write& tx, const web::Actor& actor, std::span<const Certificate> certificates,
                        Date handed_over_on, Date today, const std::string& received_by,
                        const cohorts::Act& act) {
    std::vector<Certificate> now;
    for (const Certificate& one : certificates) {
        if (one.handed_over_on || one.state() != State::valid) continue;
        if (auto why = wrong_day("handed_over_on", one, handed_over_on, today)) return *why;
        now.push_back(one);
    }
    if (now.empty()) return Refusal{"", "certificate.nothing_to_hand_over", {}};
    insert_events(tx, actor, now,
                  {.kind = "handed_over",
                   .effective_on = handed_over_on,
                   .said = Value::object({{"received_by", received_by}})},
                  act);
    // One statement over all of them: the events of this act say which.
    tx.run(R"sql(
        update certificates set handed_over_on = :day, received_by = :received_by
        where handed_over_on is null and cohort = :cohort
          and id in (select e.certificate from certificate_events e
                     where e.kind = 'handed_over' and e.recorded_at = :at and e.effective_on = :day))sql",
           {{"day", handed_over_on},
            {"received_by", received_by},
            {"cohort", now.front().cohort},
            {"at", act.at}});
    audit::record(tx, actor, act.at,
                  {"certificates.hand_over", "cohort", now.front().cohort.value,
                   Value::object({{"handed_over_on", handed_over_on}, {"certificates", now.size()}})});
    return Done{};
}

Outcome<Done> spoil_blank(db::Write& tx, const web::Actor& actor, const Certificate& certificate, Date today,
                          const cohorts::Act& act) {
    if (auto why = fallen(certificate)) return *why;
    if (act.reason.empty()) return Refusal{"reason", "form.required", {}};
    if (certificate.handed_over_on)
        return Refusal{"", "certificate.handed_over_already", {to_text(*certificate.handed_over_on)}};
    const Series series = find_series(tx, certificate.printed.series).value();
    if (certificate.blanks == 0) return Refusal{"", "certificate.on_no_blank", {}};
    if (auto why = blanks_short(tx, series, 1)) return *why;
    const Blank next = take_blanks(tx, series, 1).value().front();
    const std::string& before = certificate.printed.serial;
    write_spoiled(tx, actor, {certificate.blanks, certificate.blank_number, before}, certificate.id, act);
    insert_event(
        tx, actor, certificate.id,
        {.kind = "blank_spoiled",
         .effective_on = today,
         .said = Value::object(
             {{"serial_before", before}, {"serial", next.serial}, {"file_before", certificate.file_digest}})},
        act);
    tx.run(
        R"sql(
        update certificates set blanks = :blanks, blank_number = :number, serial = :serial
        where id = :id)sql",
        {{"blanks", next.blanks}, {"number", next.number}, {"serial", next.serial}, {"id", certificate.id}});
    begin_drawing_again(tx, actor, certificate.issue, act.at);
    audit::record(tx, actor, act.at,
                  {"certificate.spoil_blank", "certificate", certificate.id.value,
                   Value::object({{"serial_before", before}, {"serial", next.serial}})});
    return Done{};
}

}  // namespace tiendo::certificates
