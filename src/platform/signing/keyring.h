// The keys of this installation, in its database: several processes on one PostgreSQL sign with the
// same one. Why there: docs/decisions/0017-papers-and-signatures.md.
#pragma once
#include <string>
#include <vector>

#include "base/date.h"
#include "platform/db/db.h"
#include "platform/signing/signing.h"

namespace tiendo::signing {

// The secret under which private keys lie sealed (Argon2id, XSalsa20-Poly1305); empty: they lie open,
// and whoever reads the database can sign.
struct Seal {
    std::string secret;
};
// From the environment variable TIENDO_SIGNING_SECRET.
Seal seal_of_environment();

struct KeptKey {
    std::string key_id;
    PublicKey key;
    bool sealed = false;
    Instant created_at;
    std::optional<Instant> retired_at;
};
// Every key there ever was, the newest first.
std::vector<KeptKey> kept_keys(db::Read& tx);
// The same for verify_compact and verify_proof: a retired key still verifies.
std::vector<PublicKey> public_keys(db::Read& tx);

// The key that signs now; made when there is none. Refusals signing.sealed (it lies under a secret
// that was not given), signing.wrong_secret.
Outcome<PrivateKey> signing_key(db::Write& tx, Instant now, const Seal& seal = seal_of_environment());

// A new key signs from now on; the private half of the old one is gone for good. Nobody needs the
// secret of the old one: losing it is a reason to do this.
KeptKey rotate(db::Write& tx, Instant now, const Seal& seal = seal_of_environment());

// One PEM after the other, the newest first, each under a line "# key id, since, until".
std::string pem_of_all(const std::vector<KeptKey>& keys);

}  // namespace tiendo::signing
