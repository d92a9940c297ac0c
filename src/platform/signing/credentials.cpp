#include "platform/signing/credentials.h"

#include <algorithm>
#include <stdexcept>

#include "base/text.h"
#include "platform/json/canonical.h"
#include "platform/json/json.h"

namespace tiendo::signing {
namespace {

constexpr std::string_view suite = "eddsa-jcs-2022";
const Refusal malformed{"", "signing.malformed", {}};
const Refusal altered{"", "signing.altered", {}};

std::string text_of(const Value& value) { return value.text() ? *value.text() : std::string(); }

Value without(const Value& object, std::span<const std::string_view> names) {
    Value::Object kept;
    for (const auto& [name, member] : *object.members())
        if (std::find(names.begin(), names.end(), name) == names.end()) kept.emplace_back(name, member);
    return kept;
}

// What is signed (vc-di-eddsa, section 3.3.4): both hashes, that of the proof's own words first.
std::string hashed(const Value& document, const Value& proof) {
    return sha256(json::canonical(proof)) + sha256(json::canonical(document));
}

Refusal unknown_key(std::string_view found, std::span<const PublicKey> trusted) {
    std::string known;
    for (const PublicKey& key : trusted) known += (known.empty() ? "" : ", ") + key_id(key);
    return {"", "signing.unknown_key", {std::string(found), known}};
}

// The key that a did:key names, if it is one of those trusted.
Outcome<PublicKey> trusted_key(std::string_view method, std::span<const PublicKey> trusted) {
    const auto named = from_did(method);
    if (!named || verification_method_of(*named) != method) return malformed;
    if (std::find(trusted.begin(), trusted.end(), *named) == trusted.end())
        return unknown_key(method, trusted);
    return *named;
}

constexpr std::string_view claims[] = {"iss", "jti", "sub", "nbf", "exp"};

void set_moment(Value& payload, const char* claim, const Value& moment) {
    if (const auto* text = moment.text())
        if (const auto instant = parse_instant(*text)) payload.set(claim, instant->ms / 1000);
}
void set_text(Value& payload, const char* claim, const Value& text) {
    if (text.text()) payload.set(claim, text);
}

}  // namespace

std::string verification_method_of(const PublicKey& key) { return did_of(key) + "#" + multibase_of(key); }

Value with_proof(const Value& document, const PrivateKey& key, Instant created) {
    if (!document.members() || !document["proof"].is_null())
        throw std::invalid_argument("a proof is added to an object that has none");
    Value proof;
    // The proof says in which words it was written, so that a change of them is noticed.
    if (!document["@context"].is_null()) proof.set("@context", document["@context"]);
    proof.set("type", "DataIntegrityProof")
        .set("cryptosuite", suite)
        .set("created", to_text(created))
        .set("verificationMethod", verification_method_of(key.public_key()))
        .set("proofPurpose", "assertionMethod");
    const std::string signature = key.sign(hashed(document, proof));
    proof.set("proofValue", "z" + base58(signature));
    return Value(document).set("proof", proof);
}

Outcome<PublicKey> verify_proof(const Value& document, std::span<const PublicKey> trusted) {
    if (!document.members()) return malformed;
    const Value& proof = document["proof"];
    const std::string value = text_of(proof["proofValue"]);
    if (!proof.members() || text_of(proof["type"]) != "DataIntegrityProof" ||
        text_of(proof["cryptosuite"]) != suite || text_of(proof["proofPurpose"]) != "assertionMethod" ||
        !value.starts_with('z'))
        return malformed;
    const auto signature = from_base58(std::string_view(value).substr(1));
    if (!signature) return malformed;
    const auto key = trusted_key(text_of(proof["verificationMethod"]), trusted);
    if (key.refused()) return key.refusals();
    // The document's context must begin with the one the proof was written in.
    if (const Value& context = proof["@context"]; !context.is_null() && !(context == document["@context"]))
        return altered;
    constexpr std::string_view proof_member[] = {"proof"}, value_member[] = {"proofValue"};
    try {
        if (is_signed_by(*key, hashed(without(document, proof_member), without(proof, value_member)),
                         *signature))
            return *key;
    } catch (const std::invalid_argument&) {
        return malformed;
    }
    return altered;
}

std::string to_jwt(const Value& credential, const PrivateKey& key) {
    const PublicKey half = key.public_key();
    const std::string_view bytes(reinterpret_cast<const char*>(half.bytes.data()), half.bytes.size());
    const Value header = Value::object(
        {{"alg", "EdDSA"},
         {"typ", "JWT"},
         {"kid", verification_method_of(half)},
         {"jwk", Value::object({{"kty", "OKP"}, {"crv", "Ed25519"}, {"x", base64url(bytes)}})}});
    Value payload = credential;
    const Value& issuer = credential["issuer"];
    set_text(payload, "iss", issuer.text() ? issuer : issuer["id"]);
    set_text(payload, "jti", credential["id"]);
    set_text(payload, "sub", credential["credentialSubject"]["id"]);
    set_moment(payload, "nbf", credential["validFrom"]);
    set_moment(payload, "exp", credential["validUntil"]);
    const std::string text = base64url(json::write(header)) + "." + base64url(json::write(payload));
    return text + "." + base64url(key.sign(text));
}

Outcome<Value> verify_jwt(std::string_view jwt, std::span<const PublicKey> trusted) {
    const std::vector<std::string_view> pieces = split(jwt, '.');
    if (pieces.size() != 3) return malformed;
    const auto header = from_base64url(pieces[0]), payload = from_base64url(pieces[1]);
    const auto signature = from_base64url(pieces[2]);
    if (!header || !payload || !signature || signature->size() != 64) return malformed;
    const auto said = json::parse(*header), credential = json::parse(*payload);
    // One algorithm, whatever the text would like: "none" and all others are not ours.
    if (!said || !credential || !credential->members() || text_of((*said)["alg"]) != "EdDSA")
        return malformed;
    const auto key = trusted_key(text_of((*said)["kid"]), trusted);
    if (key.refused()) return key.refusals();
    if (!is_signed_by(*key, jwt.substr(0, jwt.rfind('.')), *signature)) return altered;
    return without(*credential, claims);
}

}  // namespace tiendo::signing
