#include "platform/signing/keyring.h"

#include <sodium.h>

#include <algorithm>
#include <cstdlib>
#include <stdexcept>

#include "base/id.h"

namespace tiendo::signing {
namespace {

unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }
const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

std::string key_under(const Seal& seal, std::string_view salt) {
    std::string key(crypto_secretbox_KEYBYTES, '\0');
    if (crypto_pwhash(bytes_of(key), key.size(), seal.secret.data(), seal.secret.size(), bytes_of(salt),
                      crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE,
                      crypto_pwhash_ALG_ARGON2ID13) != 0)
        throw std::bad_alloc();
    return key;
}

std::string sealed(std::string_view seed, const Seal& seal) {
    std::string salt(crypto_pwhash_SALTBYTES, '\0'), nonce(crypto_secretbox_NONCEBYTES, '\0');
    randombytes_buf(salt.data(), salt.size());
    randombytes_buf(nonce.data(), nonce.size());
    std::string key = key_under(seal, salt);
    std::string box(crypto_secretbox_MACBYTES + seed.size(), '\0');
    crypto_secretbox_easy(bytes_of(box), bytes_of(seed), seed.size(), bytes_of(nonce), bytes_of(key));
    sodium_memzero(key.data(), key.size());
    return salt + nonce + box;
}

std::optional<std::string> opened(std::string_view kept, const Seal& seal) {
    constexpr std::size_t before = crypto_pwhash_SALTBYTES + crypto_secretbox_NONCEBYTES;
    if (kept.size() < before + crypto_secretbox_MACBYTES) return std::nullopt;
    std::string key = key_under(seal, kept.substr(0, crypto_pwhash_SALTBYTES));
    const std::string_view nonce = kept.substr(crypto_pwhash_SALTBYTES, crypto_secretbox_NONCEBYTES);
    const std::string_view box = kept.substr(before);
    std::string seed(box.size() - crypto_secretbox_MACBYTES, '\0');
    const bool open = crypto_secretbox_open_easy(bytes_of(seed), bytes_of(box), box.size(), bytes_of(nonce),
                                                 bytes_of(key)) == 0;
    sodium_memzero(key.data(), key.size());
    return open ? std::optional(seed) : std::nullopt;
}

struct Current {
    std::string private_key;
    bool sealed = false;
};
std::optional<Current> current(db::Read& tx) {
    return tx.find<Current>(R"sql(
        select private_key, sealed from signing_keys
        where retired_at is null and private_key is not null
        order by id desc)sql",
                            {}, [](const db::Row& row) {
                                return Current{row.text(0), row.truth(1)};
                            });
}

KeptKey keep(db::Write& tx, const PrivateKey& key, Instant now, const Seal& seal) {
    const PublicKey half = key.public_key();
    KeptKey kept{key_id(half), half, !seal.secret.empty(), now, {}};
    std::string seed = key.seed();
    const std::string lying = kept.sealed ? sealed(seed, seal) : seed;
    const std::string_view bytes(reinterpret_cast<const char*>(half.bytes.data()), half.bytes.size());
    tx.run(R"sql(
        insert into signing_keys (id, key_id, public_key, private_key, sealed, created_at)
        values (:id, :key_id, :public_key, :private_key, :sealed, :now))sql",
           {{"id", next_id()},
            {"key_id", kept.key_id},
            {"public_key", db::Blob{bytes}},
            {"private_key", db::Blob{lying}},
            {"sealed", kept.sealed},
            {"now", now}});
    sodium_memzero(seed.data(), seed.size());
    return kept;
}

constexpr std::string_view lock_name = "signing_keys";

}  // namespace

Seal seal_of_environment() {
    const char* secret = std::getenv("TIENDO_SIGNING_SECRET");
    return {secret ? secret : ""};
}

std::vector<KeptKey> kept_keys(db::Read& tx) {
    return tx.all<KeptKey>(R"sql(
        select key_id, public_key, sealed, created_at, retired_at from signing_keys order by id desc)sql",
                           {}, [](const db::Row& row) {
                               KeptKey kept{row.text(0), {}, row.truth(2), row.instant(3), {}};
                               const std::string_view bytes = row.view(1);
                               if (bytes.size() != kept.key.bytes.size())
                                   throw std::runtime_error("a key of signing_keys has not 32 bytes");
                               std::copy(bytes.begin(), bytes.end(), kept.key.bytes.begin());
                               if (!row.is_null(4)) kept.retired_at = row.instant(4);
                               return kept;
                           });
}

std::vector<PublicKey> public_keys(db::Read& tx) {
    std::vector<PublicKey> keys;
    for (const KeptKey& kept : kept_keys(tx)) keys.push_back(kept.key);
    return keys;
}

Outcome<PrivateKey> signing_key(db::Write& tx, Instant now, const Seal& seal) {
    auto found = current(tx);
    if (!found) {
        // Two processes that start together must not make two.
        tx.lock(lock_name);
        found = current(tx);
    }
    if (!found) {
        const PrivateKey made = PrivateKey::generate();
        keep(tx, made, now, seal);
        return made;
    }
    if (!found->sealed) return PrivateKey::of_seed(found->private_key);
    if (seal.secret.empty()) return Refusal{"", "signing.sealed", {}};
    auto seed = opened(found->private_key, seal);
    if (!seed) return Refusal{"", "signing.wrong_secret", {}};
    PrivateKey key = PrivateKey::of_seed(*seed);
    sodium_memzero(seed->data(), seed->size());
    return key;
}

KeptKey rotate(db::Write& tx, Instant now, const Seal& seal) {
    tx.lock(lock_name);
    tx.run(R"sql(
        update signing_keys set retired_at = :now, private_key = null where retired_at is null)sql",
           {{"now", now}});
    return keep(tx, PrivateKey::generate(), now, seal);
}

std::string pem_of_all(const std::vector<KeptKey>& keys) {
    std::string text;
    for (const KeptKey& kept : keys) {
        text += "# " + kept.key_id + ", " + to_text(kept.created_at) + ", ";
        text += (kept.retired_at ? to_text(*kept.retired_at) : "…") + "\n" + to_pem(kept.key);
    }
    return text;
}

}  // namespace tiendo::signing
