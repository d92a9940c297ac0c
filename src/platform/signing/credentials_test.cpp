// Against the vector of the specification, and against openssl and node, which know nothing of ours.
#include "platform/signing/credentials.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "base/text.h"
#include "platform/json/json.h"

using namespace tiendo;
using namespace tiendo::signing;

namespace {

// vc-di-eddsa, "Representation: eddsa-jcs-2022".
const char* vector_document = R"({
    "@context": ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/examples/v2"],
    "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
    "type": ["VerifiableCredential", "AlumniCredential"],
    "name": "Alumni Credential",
    "description": "A minimum viable example of an Alumni Credential.",
    "issuer": "https://vc.example/issuers/5678",
    "validFrom": "2023-01-01T00:00:00Z",
    "credentialSubject": {"id": "did:example:abcdefgh", "alumniOf": "The School of Examples"}})";
const char* vector_secret = "z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq";
const char* vector_key = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2";
const char* vector_value =
    "z2HnFSSPPBzR36zdDgK8PbEHeXbR56YF24jwMpt3R1eHXQzJDMWS93FCzpvJpwTWd3GAVFuUfjoJdcnTMuVor51aX";

PrivateKey vector_private_key() {
    // Two bytes of multicodec (ed25519-priv), then the seed.
    return PrivateKey::of_seed(from_base58(vector_secret + 1).value().substr(2));
}
Value document() { return json::parse(vector_document).value(); }
std::string message_of(const auto& outcome) {
    return outcome.refused() ? outcome.refusals().front().message : "";
}

// A folder of this test alone, gone with it.
struct Folder {
    std::filesystem::path path = std::filesystem::temp_directory_path() /
                                 ("tiendo-signing-" + key_id(PrivateKey::generate().public_key()));
    Folder() { std::filesystem::create_directory(path); }
    ~Folder() { std::filesystem::remove_all(path); }
    std::string put(const char* name, std::string_view bytes) const {
        std::ofstream(path / name, std::ios::binary).write(bytes.data(), std::ssize(bytes));
        return (path / name).string();
    }
};
int run(const std::string& command) { return std::system((command + " >/dev/null 2>&1").c_str()); }

}  // namespace

TEST_CASE("a proof is the one of the specification") {
    const PrivateKey key = vector_private_key();
    CHECK(multibase_of(key.public_key()) == vector_key);
    const Value secured = with_proof(document(), key, parse_instant("2023-02-24T23:36:38Z").value());
    CHECK(*secured["proof"]["proofValue"].text() == vector_value);
    CHECK(secured["proof"]["@context"] == secured["@context"]);

    const PublicKey trusted[] = {PrivateKey::generate().public_key(), key.public_key()};
    const auto verified = verify_proof(secured, trusted);
    REQUIRE(verified);
    CHECK(*verified == key.public_key());
}

TEST_CASE("a document changed after it was signed is noticed") {
    const PrivateKey key = vector_private_key();
    const PublicKey trusted[] = {key.public_key()};
    const Value secured = with_proof(document(), key, parse_instant("2023-02-24T23:36:38Z").value());
    CHECK(message_of(verify_proof(Value(secured).set("name", "Other"), trusted)) == "signing.altered");
    CHECK(message_of(verify_proof(Value(secured).set("more", 1), trusted)) == "signing.altered");
    CHECK(message_of(verify_proof(Value(secured).set("@context", "x"), trusted)) == "signing.altered");
    const auto with_other = [&](const char* name, Value value) {
        Value proof = secured["proof"];
        return Value(secured).set("proof", proof.set(name, std::move(value)));
    };
    CHECK(message_of(verify_proof(with_other("created", "2024-02-24T23:36:38Z"), trusted)) ==
          "signing.altered");
    CHECK(message_of(verify_proof(with_other("proofValue", "z11"), trusted)) == "signing.altered");
    CHECK(message_of(verify_proof(with_other("proofValue", "z0"), trusted)) == "signing.malformed");
    CHECK(message_of(verify_proof(with_other("proofPurpose", "authentication"), trusted)) ==
          "signing.malformed");
    CHECK(message_of(verify_proof(with_other("cryptosuite", "eddsa-rdfc-2022"), trusted)) ==
          "signing.malformed");
    CHECK(message_of(verify_proof(with_other("verificationMethod", "did:key:z6Mk"), trusted)) ==
          "signing.malformed");
    CHECK(message_of(verify_proof(secured, {})) == "signing.unknown_key");
    CHECK(message_of(verify_proof(document(), trusted)) == "signing.malformed");
    CHECK(message_of(verify_proof(Value(1), trusted)) == "signing.malformed");
    CHECK_THROWS_AS(with_proof(secured, key, Instant{}), std::invalid_argument);
}

TEST_CASE("a JWT carries the credential and the claims that follow from it") {
    const PrivateKey key = vector_private_key();
    const PublicKey trusted[] = {key.public_key()};
    Value credential = document();
    credential.set("validUntil", "2028-01-01T00:00:00Z");
    const std::string jwt = to_jwt(credential, key);
    const auto pieces = split(jwt, '.');
    const auto payload = json::parse(from_base64url(pieces[1]).value()).value();
    CHECK(*payload["iss"].text() == "https://vc.example/issuers/5678");
    CHECK(*payload["sub"].text() == "did:example:abcdefgh");
    CHECK(*payload["jti"].text() == "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33");
    CHECK(*payload["nbf"].number() == 1'672'531'200);
    CHECK(*payload["exp"].number() == 1'830'297'600);
    const auto read = verify_jwt(jwt, trusted);
    REQUIRE(read);
    CHECK(*read == credential);

    CHECK(message_of(verify_jwt(jwt, {})) == "signing.unknown_key");
    CHECK(message_of(verify_jwt(jwt + "A", trusted)) == "signing.malformed");
    CHECK(message_of(verify_jwt("a.b", trusted)) == "signing.malformed");
    const std::string forged =
        std::string(pieces[0]) + "." + base64url("{\"name\":\"x\"}") + "." + std::string(pieces[2]);
    CHECK(message_of(verify_jwt(forged, trusted)) == "signing.altered");
    const std::string unsigned_jwt = base64url("{\"alg\":\"none\"}") + "." + std::string(pieces[1]) + ".";
    CHECK(message_of(verify_jwt(unsigned_jwt, trusted)) == "signing.malformed");
}

TEST_CASE("openssl accepts our key and our signature, and nothing changed") {
    REQUIRE(run("openssl version") == 0);
    const Folder folder;
    const PrivateKey key = PrivateKey::generate();
    const std::string text = sign_compact("Đỗ Thị Ánh", key);
    const std::string signed_text = text.substr(0, text.rfind('.'));
    const std::string pem = folder.put("key.pem", to_pem(key.public_key()));
    const std::string signature =
        folder.put("signature", from_base64url(text.substr(text.rfind('.') + 1)).value());
    const auto verify = [&](std::string_view what) {
        return run("openssl pkeyutl -verify -pubin -rawin -inkey " + pem + " -sigfile " + signature +
                   " -in " + folder.put("text", what));
    };
    CHECK(verify(signed_text) == 0);
    CHECK(verify(signed_text + "x") != 0);
}

TEST_CASE("node verifies our proofs and our JWTs by its own means") {
    const std::string script = TIENDO_SOURCE_DIR "/tests/golden/signing/verify.mjs";
    REQUIRE(run("node --version") == 0);
    const Folder folder;
    const PrivateKey key = PrivateKey::generate();
    Value credential = document();
    credential.set("name", "Bồi dưỡng đảng viên mới \"\\\u0001 😀").set("hours", 80).set("\xef\xac\xb3", true);
    const Value secured = with_proof(credential, key, Instant{1'500'000'000'000});
    const auto verifies = [&](std::string_view bytes) {
        return run("node " + script + " " + folder.put("c", bytes)) == 0;
    };
    CHECK(verifies(json::write(secured, json::Layout::pretty)));
    CHECK_FALSE(verifies(json::write(Value(secured).set("hours", 81))));
    const std::string jwt = to_jwt(credential, key);
    CHECK(verifies(jwt));
    std::string changed = jwt;
    changed[changed.size() - 10] = changed[changed.size() - 10] == 'A' ? 'B' : 'A';
    CHECK_FALSE(verifies(changed));
}
