// A certificate as an Open Badges 3.0 credential, which other people's verifiers accept; private to this
// feature.
#pragma once
#include "features/certificates/certificates.h"
#include "platform/signing/signing.h"

namespace tiendo::certificates {

// Signed JSON-LD. The one who was given it is named by the hash of the name, as the specification has it.
std::string credential_of(const Certificate& certificate, const signing::PrivateKey& key);

}  // namespace tiendo::certificates
