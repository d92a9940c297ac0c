// Sessions: a browser that has signed in. The cookie holds a token; the database only its
// digest, so that who reads the database cannot sit down at anybody's place.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

namespace tiendo::auth {

// NIST SP 800-63B (AAL2) asks for a sign-in after 30 minutes at rest and after 12 hours in any
// case; a working day fits between.
inline constexpr std::int64_t session_idle_ms = 30 * 60'000;
inline constexpr std::int64_t session_longest_ms = 12 * 3'600'000;
// Reading pages writes "seen at" no oftener than this.
inline constexpr std::int64_t seen_every_ms = 60'000;
// Sessions that ended stay this long for the list of when an account was last seen.
inline constexpr std::int64_t sessions_kept_ms = std::int64_t{90} * 24 * 3'600'000;

struct Session {
    std::string token;
    std::string csrf;
    Instant expires_at;
};

// A new one at every sign-in, with a token nobody has seen before. One account may have any
// number of them: a person works at two machines.
Session begin_session(db::Write& tx, std::int64_t account, Instant now);

// The cookie is "tiendo_session"; over TLS "__Host-tiendo_session", which a browser takes from
// this host and over TLS only. It goes with the browser.
http::Cookie cookie_of(const Session& session, bool secure);
http::Cookie cookie_gone(bool secure);
// The token a request came with; empty when none.
std::string_view session_token(const http::Request& request);

// When the session of that token began; none when it is over.
std::optional<Instant> signed_in_at(db::Read& tx, std::string_view token, Instant now);

void end_session(db::Write& tx, std::string_view token, Instant now);
// All of an account but the one with `token`, if it has that one. Answers how many ended.
std::int64_t end_sessions(db::Write& tx, std::int64_t account, Instant now, std::string_view token = {});

struct OpenSession {
    std::string digest;
    Instant began_at, seen_at, expires_at;
};
// Those not ended, expired or idle, the last seen first.
std::vector<OpenSession> open_sessions(db::Read& tx, std::int64_t account, Instant now);
// False when the account has no open session of that digest.
bool end_session_of(db::Write& tx, std::int64_t account, std::string_view digest, Instant now);

}  // namespace tiendo::auth
