#include "platform/http/treatment.h"

#include "base/text.h"

namespace tiendo::http {

void name_client(Request& request, const std::string& peer, bool behind_proxy) {
    request.client = peer;
    if (!behind_proxy) return;
    // The last address is the one the proxy itself has seen.
    const auto addresses = split(request.header("x-forwarded-for"), ',');
    if (std::string last = clean(addresses.back()); !last.empty()) request.client = std::move(last);
    request.secure = request.header("x-forwarded-proto") == "https";
}

Treatment chosen(const Choose& choose, Request& request) {
    try {
        return choose(request);
    } catch (const std::exception&) {
        Treatment treatment;
        treatment.handler = [](Request&) { return plain_answer(500); };
        return treatment;
    }
}

std::optional<Response> refused_at_the_door(const Treatment& treatment, const Request& request) {
    try {
        return treatment.admit(request);
    } catch (const std::exception&) {
        return plain_answer(500);
    }
}

Response answered(const Treatment& treatment, Incoming& incoming) {
    try {
        return incoming.finish() ? treatment.handler(incoming.request()) : plain_answer(incoming.status());
    } catch (const std::exception&) {
        return plain_answer(500);
    }
}

Response plain_answer(int status) { return text(status, lower_ascii(reason_of(status)) + "\n"); }

}  // namespace tiendo::http
