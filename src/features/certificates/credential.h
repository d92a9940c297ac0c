// A certificate as an Open Badges 3.0 credential, which other people's verifiers accept; private to this
// feature.
#pragma once
#include "features/certificates/certificates.h"
#include "platform/signing/signing.h"

namespace tiendo::certificates {

// JSON with the signature inside it (Data Integrity, eddsa-jcs-2022). The learner is named by the name, as
// on paper; the number in the book is the licence number.
std::string credential_of(const Certificate& certificate, const signing::PrivateKey& key);
// The same inside a signature (JWT), which every JOSE library checks.
std::string credential_jwt_of(const Certificate& certificate, const signing::PrivateKey& key);

}  // namespace tiendo::certificates
