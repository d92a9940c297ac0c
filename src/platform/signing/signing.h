// Ed25519 signatures (RFC 8032) that others can check: keys, the forms in which a public key is
// handed out, and short signed texts for a QR code. Where keys are kept: keyring.h. Signed JSON
// documents for other people's verifiers: credentials.h.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/outcome.h"

namespace tiendo::signing {

// --- keys -------------------------------------------------------------------------------

struct PublicKey {
    std::array<std::uint8_t, 32> bytes{};
    bool operator==(const PublicKey&) const = default;
};

// The private half. Its bytes are wiped when it goes.
class PrivateKey {
 public:
    static PrivateKey generate();
    // From the 32 bytes of seed(); std::invalid_argument when they are not 32.
    static PrivateKey of_seed(std::string_view seed);
    PrivateKey(const PrivateKey&) = default;
    PrivateKey& operator=(const PrivateKey&) = default;
    ~PrivateKey();

    PublicKey public_key() const;
    std::string seed() const;                          // 32 bytes, secret
    std::string sign(std::string_view message) const;  // 64 bytes

 private:
    PrivateKey() = default;
    std::array<std::uint8_t, 64> bytes_{};
};

// Whether the 64 bytes are that key's signature of exactly these bytes.
bool is_signed_by(const PublicKey& key, std::string_view message, std::string_view signature);

// Eight characters of base64url made from the key itself, to find it among several.
std::string key_id(const PublicKey& key);

// --- a public key as others read it -----------------------------------------------------

// SubjectPublicKeyInfo (RFC 8410): "-----BEGIN PUBLIC KEY-----"; openssl reads it.
std::string to_pem(const PublicKey& key);
// The first public key of the text. Refusal signing.no_public_key.
Outcome<PublicKey> from_pem(std::string_view text);

// "z6Mk…": multibase base58btc of the multicodec ed25519-pub.
std::string multibase_of(const PublicKey& key);
// "did:key:z6Mk…": an identifier that holds its own key, so that nothing need be fetched.
std::string did_of(const PublicKey& key);
// From multibase or did:key, with or without a fragment. None when the text is neither.
std::optional<PublicKey> from_multibase(std::string_view text);
std::optional<PublicKey> from_did(std::string_view text);

// --- short signed texts -----------------------------------------------------------------

// "TD1.<key id>.<payload>.<signature>", both base64url; letters, digits, '.', '-' and '_' only,
// so that it may stand in an address. Signed is the text before the last dot. With a payload of
// n bytes it is 4n/3 + 100 characters long.
std::string sign_compact(std::string_view payload, const PrivateKey& key);

struct Verified {
    std::string payload;
    PublicKey key;  // the one of those given that signed
};

// Against every key that was ever used to sign. Refusals tell apart
//   signing.malformed    not a text of ours, or one that lost a piece
//   signing.unknown_key  {0} the key id in it, {1} those that were given
//   signing.altered      of that key, but the signature is not of these bytes: forged or changed
Outcome<Verified> verify_compact(std::string_view text, std::span<const PublicKey> keys);

// --- letters for bytes ------------------------------------------------------------------

std::string base64url(std::string_view bytes);  // no padding
// None unless the text is exactly what base64url() writes.
std::optional<std::string> from_base64url(std::string_view text);
std::string base58(std::string_view bytes);  // the alphabet of Bitcoin
// None for another letter, or a text longer than 200.
std::optional<std::string> from_base58(std::string_view text);

std::string sha256(std::string_view bytes);  // 32 bytes

}  // namespace tiendo::signing
