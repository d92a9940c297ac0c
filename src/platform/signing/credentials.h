// JSON documents signed so that other people's programs accept them: W3C Verifiable Credentials.
//
//   with_proof   the signature inside the document: Data Integrity, cryptosuite eddsa-jcs-2022.
//   to_jwt       the document inside the signature: a JWT with alg EdDSA (RFC 7519, RFC 8037), as
//                VC-JOSE-COSE and Open Badges 3.0 (section 8.2) have it. Any JOSE library checks it.
//
// Both name the key by did:key, which holds the key itself: whoever checks needs no network, but must
// know by other means that the key is the issuer's.
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "base/date.h"
#include "base/value.h"
#include "platform/signing/signing.h"

namespace tiendo::signing {

// "did:key:z6Mk…#z6Mk…"
std::string verification_method_of(const PublicKey& key);

// The document with a member "proof". std::invalid_argument when it is no object, has one already or
// holds a number beyond 2^53.
Value with_proof(const Value& document, const PrivateKey& key, Instant created);

// The key of `trusted` that made the proof. Refusals signing.malformed (no proof of this suite),
// signing.unknown_key, signing.altered.
Outcome<PublicKey> verify_proof(const Value& document, std::span<const PublicKey> trusted);

// The credential as the payload, with the registered claims that follow from it: iss (issuer or its
// id), jti (id), sub (credentialSubject.id), nbf (validFrom), exp (validUntil), where it has them.
std::string to_jwt(const Value& credential, const PrivateKey& key);

// The credential of a JWT, without those claims. Refusals as verify_proof.
Outcome<Value> verify_jwt(std::string_view jwt, std::span<const PublicKey> trusted);

}  // namespace tiendo::signing
