#include "features/certificates/certificates_presenter.h"

namespace tiendo::certificates {
namespace {

std::string_view state_by(const std::optional<Date>& revoked_on, const std::optional<Date>& replaced_on,
                          const std::optional<Date>& valid_until, Date day) {
    if (revoked_on) return "revoked";
    if (replaced_on) return "replaced";
    return valid_until && *valid_until < day ? "expired" : "valid";
}

}  // namespace

Value printed_value(const Printed& printed) {
    return Value::object({{"code", printed.code},
                          {"title", printed.title},
                          {"series", printed.series},
                          {"book_year", printed.book_year},
                          {"register_number", printed.register_number},
                          {"register_text", printed.register_text},
                          {"serial", printed.serial},
                          {"full_name", printed.full_name},
                          {"birth", printed.birth},
                          {"unit_name", printed.unit_name},
                          {"programme_name", printed.programme_name},
                          {"cohort_code", printed.cohort_code},
                          {"periods", printed.periods > 0 ? Value(printed.periods) : Value()},
                          {"opened_on", printed.opened_on},
                          {"closed_on", printed.closed_on},
                          {"band", printed.band},
                          {"decision_number", printed.decision_number},
                          {"decision_on", printed.decision_on},
                          {"issued_on", printed.issued_on},
                          {"valid_until", printed.valid_until},
                          {"place", printed.place},
                          {"issuer_name", printed.issuer_name},
                          {"organiser_name", printed.organiser_name},
                          {"signed_for", printed.signed_for},
                          {"signatory_title", printed.signatory_title},
                          {"signatory_name", printed.signatory_name}});
}

Value check_value(const std::optional<Certificate>& found, Date today) {
    if (!found) return Value::object({{"state", "unknown"}});
    Value value =
        Value::object({{"state", to_text(found->state())}, {"expired", found->has_expired_by(today)}});
    const Value printed = printed_value(found->printed);
    for (const auto& [name, fact] : *printed.members()) value.set(name, fact);
    return value;
}

std::string_view state_on(const Line& line, Date day) {
    return state_by(line.revoked_on, line.replaced_on, line.valid_until, day);
}

std::string_view state_on(const Certificate& certificate, Date day) {
    return state_by(certificate.revoked_on, certificate.replaced_on, certificate.printed.valid_until, day);
}

Value to_value(const Line& line, Date today) {
    return Value::object({{"id", line.id},
                          {"code", line.code},
                          {"title", line.title},
                          {"series", line.series},
                          {"book_year", line.book_year},
                          {"register_number", line.register_number},
                          {"register_text", line.register_text},
                          {"serial", line.serial},
                          {"full_name", line.full_name},
                          {"birth", line.birth},
                          {"unit_name", line.unit_name},
                          {"programme_name", line.programme_name},
                          {"cohort_code", line.cohort_code},
                          {"band", line.band},
                          {"decision_number", line.decision_number},
                          {"decision_on", line.decision_on},
                          {"issued_on", line.issued_on},
                          {"valid_until", line.valid_until},
                          {"state", state_on(line, today)},
                          {"handed_over_on", line.handed_over_on},
                          {"received_by", line.received_by},
                          {"request_due_on", line.request_due_on}});
}

Value to_value(const Event& event, const web::Visit& visit, std::span<const Ground> grounds) {
    const auto said = [&](const char* name) {
        const std::string* text = event.said[name].text();
        return text ? *text : std::string();
    };
    std::string what;
    for (const Ground& ground : grounds)
        if (ground.code == said("ground"))
            what = visit.language == i18n::Language::vi ? ground.name_vi : ground.name_en;
    if (!said("cause").empty()) what = visit.text("certificate.cause." + said("cause"));
    if (!said("serial").empty()) what = said("serial_before") + " → " + said("serial");
    if (!said("received_by").empty()) what = said("received_by");
    return Value::object({{"kind", event.kind},
                          {"what", what},
                          {"effective_on", event.effective_on},
                          {"due_on", said("due_on")},
                          {"document_number", event.document_number},
                          {"reason", event.reason},
                          {"recorded_at", event.recorded_at},
                          {"recorded_by", event.recorded_by}});
}

Value to_value(const IssueState& issue, std::int64_t drawn) {
    return Value::object({{"id", issue.id},
                          {"cohort", Value::object({{"id", issue.cohort}, {"code", issue.cohort_code}})},
                          {"issued_on", issue.issued_on},
                          {"certificates", issue.certificates},
                          {"drawn", issue.state == "finished" ? issue.certificates : drawn},
                          {"drawing", issue.state == "drawing"},
                          {"finished", issue.state == "finished"},
                          {"failed", issue.state == "failed"},
                          {"incident", issue.incident},
                          {"file_digest", issue.file_digest},
                          {"recorded_at", issue.recorded_at},
                          {"recorded_by", issue.recorded_by}});
}

Value to_value(const Series& series) {
    return Value::object({{"code", series.code},
                          {"mark", series.mark},
                          {"name", series.name},
                          {"regime", series.regime},
                          {"kind", series.kind},
                          {"paper", series.title},
                          {"number_pattern", series.number_pattern},
                          {"uses_blanks", series.uses_blanks}});
}

Value to_value(const Authority& authority) {
    return Value::object({{"valid_from", authority.valid_from},
                          {"issuer_name", authority.issuer_name},
                          {"place", authority.place},
                          {"signed_for", authority.signed_for},
                          {"signatory_title", authority.signatory_title},
                          {"signatory_name", authority.signatory_name},
                          {"basis", authority.basis}});
}

Value to_value(const BlankRange& range) {
    return Value::object({{"first", serial_of(range, range.first)},
                          {"last", serial_of(range, range.last)},
                          {"received_on", range.received_on},
                          {"received", range.received()},
                          {"used", range.used},
                          {"spoiled", range.spoiled},
                          {"remaining", range.remaining()}});
}

Value to_value(const Groundless& one) {
    return Value::object({{"id", one.id},
                          {"register_text", one.register_text},
                          {"full_name", one.full_name},
                          {"why", one.why},
                          {"band", one.band},
                          {"decided_band", one.decided_band},
                          {"act", one.why == "other_band" ? "replacement" : "revocation"}});
}

Value grounds_value(const std::vector<Ground>& grounds, i18n::Language language, std::string_view current) {
    return list_of(grounds, [&](const Ground& ground) {
        return Value::object({{"value", ground.code},
                              {"text", language == i18n::Language::vi ? ground.name_vi : ground.name_en},
                              {"current", ground.code == current}});
    });
}

Value choices(std::span<const std::string_view> words, std::string_view current) {
    return list_of(words, [&](std::string_view word) {
        return Value::object({{"value", word}, {"current", word == current}});
    });
}

Value refused_value(const std::vector<Refused>& refused, const i18n::Texts& texts, i18n::Language language) {
    return list_of(refused, [&](const Refused& one) {
        return Value::object({{"person", one.full_name}, {"reason", reason_text(texts, language, one.why)}});
    });
}

}  // namespace tiendo::certificates
