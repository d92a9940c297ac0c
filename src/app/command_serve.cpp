// serve: the site, until a signal stops it.
#include <charconv>
#include <cstdio>

#include "app/commands.h"
#include "app/site.h"
#include "features/imports/imports.h"
#include "platform/http/server.h"

namespace tiendo::app {
namespace {

// "127.0.0.1:8080"; an address without a port, or a port alone, is completed.
std::optional<http::Settings> listening_on(const std::string& words) {
    http::Settings settings{.port = 8080, .stop_on_signals = true};
    const std::size_t colon = words.rfind(':');
    std::string_view port = words;
    if (colon != std::string::npos) {
        if (colon > 0) settings.address = words.substr(0, colon);
        port = std::string_view(words).substr(colon + 1);
    }
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), settings.port);
    if (error != std::errc{} || end != port.data() + port.size()) return std::nullopt;
    return settings;
}

}  // namespace

Exit serve(Program& program, const ServeWords& words) {
    auto settings = listening_on(words.listen);
    if (!settings) {
        program.refuse({{"--listen", "command.listen_malformed", {words.listen}}});
        return Exit::usage;
    }
    settings->behind_proxy = words.behind_proxy;
    Pages pages(program);
    if (!words.mail_server.empty()) {
        if (!mail::is_address(words.mail_from)) {
            program.refuse({{"--mail-from", "command.mail_from_malformed", {words.mail_from}}});
            return Exit::usage;
        }
        pages.mail_by({words.mail_server, words.mail_user, words.mail_password, words.mail_from});
    }
    http::Server server(*settings, web::serve(pages.site()));
    program.print(program.text("command.listening",
                               {"http://" + settings->address + ":" + std::to_string(server.port())}));
    program.print(program.text("command.how_to_sign_in"));
    std::fflush(stdout);
    server.run();
    return Exit::done;
}

}  // namespace tiendo::app
