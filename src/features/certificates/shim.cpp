#include "features/certificates/drawing.h"
#include "features/certificates/credential.h"
namespace tiendo::certificates {
signing::PrivateKey signing_key(db::Database&, Instant) { static auto k = signing::PrivateKey::of_seed(std::string(32,'x')); return k; }
std::string public_key(db::Database& d, Instant i) { return signing::to_pem(signing_key(d,i).public_key()); }
std::string credential_of(const Certificate&, const signing::PrivateKey&) { return "{}"; }
}
