// Keys: made, used, and written as others read them.
#include <sodium.h>

#include <algorithm>
#include <stdexcept>

#include "platform/signing/signing.h"

namespace tiendo::signing {
namespace {

void prepare() {
    static const bool ready = sodium_init() >= 0;
    if (!ready) throw std::runtime_error("libsodium cannot start: no source of random bytes");
}

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

std::string text_of(const PublicKey& key) { return {key.bytes.begin(), key.bytes.end()}; }

std::optional<PublicKey> key_of(std::string_view bytes) {
    PublicKey key;
    if (bytes.size() != key.bytes.size()) return std::nullopt;
    std::copy(bytes.begin(), bytes.end(), key.bytes.begin());
    return key;
}

// SEQUENCE { SEQUENCE { OID 1.3.101.112 } BIT STRING of 32 bytes } (RFC 8410).
constexpr std::string_view spki{"\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00", 12};
constexpr std::string_view pem_begin = "-----BEGIN PUBLIC KEY-----";
constexpr std::string_view pem_end = "-----END PUBLIC KEY-----";

// ed25519-pub of the table of multicodecs, as a varint.
constexpr std::string_view multicodec{"\xed\x01", 2};
constexpr std::string_view did_method = "did:key:";

}  // namespace

PrivateKey PrivateKey::generate() {
    prepare();
    PrivateKey key;
    PublicKey unused;
    crypto_sign_keypair(unused.bytes.data(), key.bytes_.data());
    return key;
}

PrivateKey PrivateKey::of_seed(std::string_view seed) {
    prepare();
    if (seed.size() != crypto_sign_SEEDBYTES) throw std::invalid_argument("a seed of Ed25519 has 32 bytes");
    PrivateKey key;
    PublicKey unused;
    crypto_sign_seed_keypair(unused.bytes.data(), key.bytes_.data(), bytes_of(seed));
    return key;
}

PrivateKey::~PrivateKey() { sodium_memzero(bytes_.data(), bytes_.size()); }

PublicKey PrivateKey::public_key() const {
    PublicKey key;
    std::copy(bytes_.begin() + 32, bytes_.end(), key.bytes.begin());
    return key;
}

std::string PrivateKey::seed() const { return {bytes_.begin(), bytes_.begin() + 32}; }

std::string PrivateKey::sign(std::string_view message) const {
    std::string signature(crypto_sign_BYTES, '\0');
    crypto_sign_detached(reinterpret_cast<unsigned char*>(signature.data()), nullptr, bytes_of(message),
                         message.size(), bytes_.data());
    return signature;
}

bool is_signed_by(const PublicKey& key, std::string_view message, std::string_view signature) {
    prepare();
    return signature.size() == crypto_sign_BYTES &&
           crypto_sign_verify_detached(bytes_of(signature), bytes_of(message), message.size(),
                                       key.bytes.data()) == 0;
}

std::string key_id(const PublicKey& key) { return base64url(sha256(text_of(key)).substr(0, 6)); }

std::string to_pem(const PublicKey& key) {
    const std::string der = std::string(spki) + text_of(key);
    std::string text(sodium_base64_ENCODED_LEN(der.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes_of(der), der.size(), sodium_base64_VARIANT_ORIGINAL);
    text.pop_back();  // the terminating zero
    return std::string(pem_begin) + "\n" + text + "\n" + std::string(pem_end) + "\n";
}

Outcome<PublicKey> from_pem(std::string_view text) {
    const Refusal refusal{"", "signing.no_public_key", {}};
    const std::size_t begin = text.find(pem_begin);
    if (begin == std::string_view::npos) return refusal;
    const std::string_view rest = text.substr(begin + pem_begin.size());
    const std::size_t end = rest.find(pem_end);
    if (end == std::string_view::npos) return refusal;
    std::array<unsigned char, 64> der{};
    std::size_t size = 0;
    const char* stop = nullptr;
    if (sodium_base642bin(der.data(), der.size(), rest.data(), end, " \r\n\t", &size, &stop,
                          sodium_base64_VARIANT_ORIGINAL) != 0 ||
        stop != rest.data() + end)
        return refusal;
    const std::string_view bytes(reinterpret_cast<const char*>(der.data()), size);
    if (!bytes.starts_with(spki)) return refusal;
    if (const auto key = key_of(bytes.substr(spki.size()))) return *key;
    return refusal;
}

std::string multibase_of(const PublicKey& key) {
    return "z" + base58(std::string(multicodec) + text_of(key));
}

std::string did_of(const PublicKey& key) { return std::string(did_method) + multibase_of(key); }

std::optional<PublicKey> from_multibase(std::string_view text) {
    if (!text.starts_with('z')) return std::nullopt;
    const auto bytes = from_base58(text.substr(1));
    if (!bytes || !bytes->starts_with(multicodec)) return std::nullopt;
    return key_of(std::string_view(*bytes).substr(multicodec.size()));
}

std::optional<PublicKey> from_did(std::string_view text) {
    if (!text.starts_with(did_method)) return std::nullopt;
    text.remove_prefix(did_method.size());
    return from_multibase(text.substr(0, text.find('#')));
}

}  // namespace tiendo::signing
