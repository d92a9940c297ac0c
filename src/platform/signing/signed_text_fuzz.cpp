// Any bytes as something signed: nothing but what was signed verifies.
#include <cstdint>
#include <cstdlib>

#include "platform/json/json.h"
#include "platform/signing/credentials.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tiendo::signing;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    // A key nobody signs with outside of this file.
    static const PrivateKey key = PrivateKey::of_seed(std::string(32, 'f'));
    static const PublicKey keys[] = {key.public_key()};
    if (const auto verified = verify_compact(text, keys))
        if (sign_compact(verified->payload, key) != text) std::abort();
    if (const auto credential = verify_jwt(text, keys))
        if (to_jwt(*credential, key) != text) std::abort();
    if (const auto value = tiendo::json::parse(text)) (void)verify_proof(*value, keys);
    if (const auto bytes = from_base64url(text))
        if (base64url(*bytes) != text) std::abort();
    if (const auto bytes = from_base58(text))
        if (base58(*bytes) != text) std::abort();
    if (const auto named = from_did(text))
        if (!text.starts_with(did_of(*named))) std::abort();
    if (const auto imported = from_pem(text))
        if (*from_pem(to_pem(*imported)) != *imported) std::abort();
    const std::string made = sign_compact(text, key);
    const auto again = verify_compact(made, keys);
    if (!again || again->payload != text) std::abort();
    return 0;
}
