#include "platform/signing/signing.h"

#include <doctest/doctest.h>

#include <stdexcept>

using namespace tiendo;
using namespace tiendo::signing;

namespace {

std::string from_hex(std::string_view hex) {
    std::string bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
        bytes += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
    return bytes;
}
std::string bytes_of(const PublicKey& key) { return {key.bytes.begin(), key.bytes.end()}; }
std::string message_of(const auto& outcome) {
    return outcome.refused() ? outcome.refusals().front().message : "";
}

const std::string seed_1 = from_hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");

}  // namespace

TEST_CASE("signatures are those of RFC 8032, section 7.1") {
    struct Vector {
        std::string_view seed, key, message, signature;
    };
    const Vector vectors[] = {
        {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
         "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
         "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
         "d25bf5f0595bbe24655141438e7a100b"},
        {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
         "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
         "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
         "387b2eaeb4302aeeb00d291612bb0c00"},
        {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
         "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
         "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
         "4a7c15e9716ed28dc027beceea1ec40a"},
    };
    for (const Vector& vector : vectors) {
        const PrivateKey key = PrivateKey::of_seed(from_hex(vector.seed));
        CHECK(bytes_of(key.public_key()) == from_hex(vector.key));
        CHECK(key.sign(from_hex(vector.message)) == from_hex(vector.signature));
        CHECK(is_signed_by(key.public_key(), from_hex(vector.message), from_hex(vector.signature)));
        CHECK_FALSE(is_signed_by(key.public_key(), "other", from_hex(vector.signature)));
    }
    CHECK_THROWS_AS(PrivateKey::of_seed("short"), std::invalid_argument);
}

TEST_CASE("a key that was kept signs as before") {
    const PrivateKey key = PrivateKey::generate();
    const PrivateKey again = PrivateKey::of_seed(key.seed());
    CHECK(again.public_key() == key.public_key());
    CHECK(again.sign("x") == key.sign("x"));
    CHECK_FALSE(PrivateKey::generate().public_key() == key.public_key());
}

TEST_CASE("a public key as PEM is the one of RFC 8410, and comes back") {
    // Section 10.1 of the RFC.
    const std::string pem =
        "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n"
        "-----END PUBLIC KEY-----\n";
    const auto key = from_pem(pem);
    REQUIRE(key);
    CHECK(bytes_of(*key) == from_hex("19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1"));
    CHECK(to_pem(*key) == pem);
    CHECK(from_pem("# our key\r\n" + pem + "more"));
    for (const char* wrong :
         {"", "-----BEGIN PUBLIC KEY-----", "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----",
          "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA\n-----END PUBLIC KEY-----",
          // an X25519 key
          "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VuAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n"
          "-----END PUBLIC KEY-----\n"})
        CHECK(message_of(from_pem(wrong)) == "signing.no_public_key");
}

TEST_CASE("a public key as did:key is the one of the specification, and comes back") {
    // "did:key" method, the first example of an Ed25519 key, and the key of Data Integrity EdDSA.
    const std::string did = "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp";
    const auto key = from_did(did);
    REQUIRE(key);
    CHECK(did_of(*key) == did);
    CHECK(from_did(did + "#z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp") == key);
    for (const char* wrong :
         {"", "did:key:", "did:web:a", "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooW0",
          "did:key:z6LSbysY2xFMRpGMhb7tFTLMpeuPRaqaWM1yECx2AtzE3KCc", "z6Mk"})
        CHECK_FALSE(from_did(wrong));
}

TEST_CASE("letters for bytes come back, in one way only") {
    for (const std::string_view bytes : {std::string_view(""), std::string_view("f"), std::string_view("fo"),
                                         std::string_view("\0\0x\xff", 4)}) {
        CHECK(from_base64url(base64url(bytes)) == std::string(bytes));
        CHECK(from_base58(base58(bytes)) == std::string(bytes));
    }
    CHECK(base64url("\xfb\xff") == "-_8");
    for (const char* wrong : {"-_9", "-_8=", "+/8", "a", " ", "-_8\n"}) CHECK_FALSE(from_base64url(wrong));
    // From the draft on base58 (Sporny).
    CHECK(base58("Hello World!") == "2NEpo7TZRRrLZSi2U");
    CHECK(base58(from_hex("0000287fb4cd")) == "11233QC4");
    CHECK_FALSE(from_base58("0OIl"));
    CHECK_FALSE(from_base58(std::string(201, '2')));
}

TEST_CASE("a signed text is told apart from a forged one") {
    const PrivateKey old_key = PrivateKey::of_seed(seed_1), new_key = PrivateKey::generate();
    const PublicKey keys[] = {new_key.public_key(), old_key.public_key()};
    const std::string text = sign_compact("Nguyễn Thị Ánh; 12/2017", old_key);
    CHECK(text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_") ==
          std::string::npos);

    const auto verified = verify_compact(text, keys);
    REQUIRE(verified);
    CHECK(verified->payload == "Nguyễn Thị Ánh; 12/2017");
    CHECK(verified->key == old_key.public_key());
    CHECK(verify_compact(sign_compact("", new_key), keys));

    // Each letter changed to another one: never taken for valid, and never a crash.
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string changed = text;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        CHECK(verify_compact(changed, keys).refused());
    }
    // Another payload under the old signature.
    std::string forged = text;
    forged.replace(13, 4, base64url("Mai"));
    CHECK(message_of(verify_compact(forged, keys)) == "signing.altered");
    // Signed by somebody else who claims our key.
    const std::string own = sign_compact("x", PrivateKey::generate());
    const auto unknown = verify_compact(own, keys);
    CHECK(message_of(unknown) == "signing.unknown_key");
    CHECK(unknown.refusals().front().arguments.front() == own.substr(4, 8));
    std::string claimed = own;
    claimed.replace(4, 8, key_id(new_key.public_key()));
    CHECK(message_of(verify_compact(claimed, keys)) == "signing.altered");

    for (const std::string& wrong :
         {std::string(), std::string("https://example.org/c/ABC"), std::string("TD1..."), text + "A",
          text + ".", text.substr(0, text.size() - 1), "TD2" + text.substr(3), text.substr(4), " " + text})
        CHECK(message_of(verify_compact(wrong, keys)) == "signing.malformed");
    CHECK(message_of(verify_compact(text, {})) == "signing.unknown_key");
}
