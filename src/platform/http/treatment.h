// What a request gets besides reading and writing: whose it is, and its answer.
#pragma once
#include <optional>
#include <string>

#include "platform/http/incoming.h"
#include "platform/http/server.h"

namespace tiendo::http {

// Fills in who sent it. Behind a proxy that is whom the proxy has seen.
void name_client(Request& request, const std::string& peer, bool behind_proxy);

// What to do with it; an exception while choosing is a 500.
Treatment chosen(const Choose& choose, Request& request);

// What the route says before the body is read; none when it may come.
std::optional<Response> refused_at_the_door(const Treatment& treatment, const Request& request);

// The answer to a whole request. Both never throw: an exception is a 500 that says nothing
// more, for whoever wants it told better catches it himself.
Response answered(const Treatment& treatment, Incoming& incoming);

Response plain_answer(int status);  // the words of the status

}  // namespace tiendo::http
