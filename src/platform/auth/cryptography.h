// What every use of libsodium in this part begins with.
#pragma once

namespace tiendo::auth {

// Once per program, whoever comes first; throws std::runtime_error when the machine has no
// source of random bytes.
void prepare_cryptography();

}  // namespace tiendo::auth
