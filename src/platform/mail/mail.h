// E-mail out, through the server of the house. Nothing is sent unless one is configured.
#pragma once
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "base/date.h"

namespace tiendo::mail {

struct Server {
    std::string url;             // smtp://mail.example:587 or smtps://mail.example
    std::string user, password;  // empty: nobody signs in
    std::string from;            // address of the sender
};

struct Message {
    std::string to;  // one address
    std::string subject, text;
    std::string id;  // of this message, the same when it is sent again: "<event-7-12@tiendo>"
};

// The server did not take the message. Says why without the address, which is somebody's.
struct Failure : std::runtime_error {
    enum class Kind {
        unavailable,  // not to be reached, or takes nothing of ours: nobody's message gets through for now
        not_now,      // 4xx to this recipient or message, or the line broke over it
        refused,      // 5xx to this recipient or message: it never will
    };
    Failure(Kind of_kind, const std::string& why) : std::runtime_error(why), kind(of_kind) {}
    Kind kind;
};

// Whether the text can be an address: one @, something on both sides, no blank and no control character.
bool is_address(std::string_view text);
// The message as it travels (RFC 5322): subject encoded (RFC 2047), text as UTF-8 in base64.
std::string composed(const Message& message, std::string_view from, Instant at);
// Hands it to the server; Failure when it does not take it within half a minute. Whether a message was taken
// is not known when the line breaks after the last byte: sent again it has the same id.
void send(const Server& server, const Message& message, Instant at);

}  // namespace tiendo::mail
