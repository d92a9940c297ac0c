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
    using std::runtime_error::runtime_error;
};

// Whether the text can be an address: one @, something on both sides, no blank and no control character.
bool is_address(std::string_view text);
// The message as it travels (RFC 5322): subject encoded (RFC 2047), text as UTF-8 in base64.
std::string composed(const Message& message, std::string_view from, Instant at);
// Hands it to the server; Failure when it does not take it within half a minute.
void send(const Server& server, const Message& message, Instant at);

}  // namespace tiendo::mail
