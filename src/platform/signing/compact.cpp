// Short signed texts.
#include <algorithm>

#include "base/text.h"
#include "platform/signing/signing.h"

namespace tiendo::signing {
namespace {

constexpr std::string_view version = "TD1";
constexpr std::size_t signature_bytes = 64;
constexpr std::size_t key_id_letters = 8;

}  // namespace

std::string sign_compact(std::string_view payload, const PrivateKey& key) {
    std::string text = std::string(version) + "." + key_id(key.public_key()) + "." + base64url(payload);
    const std::string signature = key.sign(text);
    return text + "." + base64url(signature);
}

Outcome<Verified> verify_compact(std::string_view text, std::span<const PublicKey> keys) {
    const Refusal malformed{"", "signing.malformed", {}};
    const std::vector<std::string_view> pieces = split(text, '.');
    if (pieces.size() != 4 || pieces[0] != version || pieces[1].size() != key_id_letters) return malformed;
    const auto payload = from_base64url(pieces[2]);
    const auto signature = from_base64url(pieces[3]);
    if (!from_base64url(pieces[1]) || !payload || !signature || signature->size() != signature_bytes)
        return malformed;
    std::string known;
    for (const PublicKey& key : keys) {
        const std::string id = key_id(key);
        if (id == pieces[1]) {
            const std::string_view signed_text = text.substr(0, text.rfind('.'));
            if (is_signed_by(key, signed_text, *signature)) return Verified{*payload, key};
            return Refusal{"", "signing.altered", {}};
        }
        known += (known.empty() ? "" : ", ") + id;
    }
    return Refusal{"", "signing.unknown_key", {std::string(pieces[1]), known}};
}

}  // namespace tiendo::signing
