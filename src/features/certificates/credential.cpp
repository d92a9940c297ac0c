#include "features/certificates/credential.h"

#include "features/certificates/payload.h"
#include "platform/json/json.h"
#include "platform/signing/credentials.h"

namespace tiendo::certificates {
namespace {

Value words(std::initializer_list<const char*> all) {
    Value list = Value::list();
    for (const char* word : all) list.push(word);
    return list;
}

std::string begin_of(Date day) { return to_text(day) + "T00:00:00+07:00"; }
std::string end_of(Date day) { return to_text(day) + "T23:59:59+07:00"; }

Value achievement_of(const Printed& facts, const std::string& address) {
    return Value::object(
        {{"id", (address.empty() ? "urn:tiendo:series:" : address + "/programmes#") + facts.series},
         {"type", words({"Achievement"})},
         {"achievementType", "Certificate"},
         {"name", facts.programme_name},
         {"description", facts.title + ": " + facts.programme_name},
         {"criteria", Value::object({{"narrative", facts.decision_number + ", " + to_text(facts.decision_on) +
                                                       ". " + facts.band}})}});
}

Value subject_of(const Printed& facts, const std::string& address) {
    Value subject =
        Value::object({{"type", words({"AchievementSubject"})},
                       {"identifier", Value::list().push(Value::object({{"type", "IdentityObject"},
                                                                        {"hashed", false},
                                                                        {"identityHash", facts.full_name},
                                                                        {"identityType", "name"}}))},
                       {"licenseNumber", facts.register_text},
                       {"activityStartDate", begin_of(facts.opened_on)}});
    if (facts.closed_on) subject.set("activityEndDate", end_of(*facts.closed_on));
    if (facts.periods > 0) subject.set("creditsEarned", facts.periods);
    return std::move(subject).set("achievement", achievement_of(facts, address));
}

Value document_of(const Certificate& certificate, const signing::PublicKey& key) {
    const Printed& facts = certificate.printed;
    const std::string address = printable_address(certificate.address);
    Value document = Value::object(
        {{"@context", words({"https://www.w3.org/ns/credentials/v2",
                             "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"})},
         {"id", (address.empty() ? "urn:tiendo:certificate:" : address + "/check/") + facts.code},
         {"type", words({"VerifiableCredential", "OpenBadgeCredential"})},
         {"name", facts.programme_name},
         {"issuer",
          Value::object(
              {{"id", signing::did_of(key)}, {"type", words({"Profile"})}, {"name", facts.issuer_name}})},
         {"validFrom", begin_of(facts.issued_on)}});
    if (facts.valid_until) document.set("validUntil", end_of(*facts.valid_until));
    return std::move(document).set("credentialSubject", subject_of(facts, address));
}

}  // namespace

std::string credential_of(const Certificate& certificate, const signing::PrivateKey& key) {
    const Instant created = parse_instant(begin_of(certificate.printed.issued_on)).value();
    return json::write(signing::with_proof(document_of(certificate, key.public_key()), key, created),
                       json::Layout::pretty);
}

std::string credential_jwt_of(const Certificate& certificate, const signing::PrivateKey& key) {
    return signing::to_jwt(document_of(certificate, key.public_key()), key);
}

}  // namespace tiendo::certificates
