// The code of a certificate read without a network: what was signed, or why it cannot be believed.
#include <algorithm>

#include "features/certificates/payload.h"
#include "platform/signing/signing.h"

namespace tiendo::certificates {
namespace {

constexpr std::string_view pem_end = "-----END PUBLIC KEY-----";

// One file may hold the keys of all years.
Outcome<std::vector<signing::PublicKey>> keys_of(std::string_view pem) {
    std::vector<signing::PublicKey> keys;
    do {
        const auto end = pem.find(pem_end);
        const std::size_t length = end == pem.npos ? pem.size() : end + pem_end.size();
        const auto key = signing::from_pem(pem.substr(0, length));
        if (!key) return key.refusals();
        keys.push_back(*key);
        pem.remove_prefix(length);
    } while (pem.find(pem_end) != pem.npos);
    return keys;
}

Scanned not_believed(std::string state, Refusals why) {
    return {.state = std::move(state), .printed = {}, .why = std::move(why)};
}

}  // namespace

Outcome<Scanned> verify_offline(std::string_view text, std::string_view public_keys) {
    const auto keys = keys_of(public_keys);
    if (!keys) return keys.refusals();
    const auto fragment = text.find('#');
    const std::string_view address = fragment == text.npos ? std::string_view() : text.substr(0, fragment);
    const std::string_view signed_text = fragment == text.npos ? text : text.substr(fragment + 1);
    const auto verified = signing::verify_compact(signed_text, *keys);
    if (!verified) {
        // Signed by a key of ours once, and changed since; or never signed by one at all.
        const bool ours = verified.refusals().front().message == "signing.altered";
        return not_believed(ours ? "altered" : "forged", verified.refusals());
    }
    auto read = read_payload(verified->payload);
    if (!read) return not_believed("forged", {{"", "certificate.payload_unknown", {}}});
    const std::string page = "/check/" + read->printed.code;
    if (!address.empty() && !address.ends_with(page))
        return not_believed("altered",
                            {{"", "certificate.other_code", {std::string(address), read->printed.code}}});
    const std::string site(address.substr(0, address.size() - std::min(address.size(), page.size())));
    if (!address.empty() && read->address && site != *read->address)
        return not_believed("altered", {{"", "certificate.other_address", {site, *read->address}}});
    return Scanned{.state = "valid",
                   .printed = std::move(read->printed),
                   .address = read->address.value_or(site),
                   .address_signed = read->address.has_value(),
                   .why = {}};
}

}  // namespace tiendo::certificates
