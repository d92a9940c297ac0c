// A program that is to the runner's own tests what tiendo is to the scenarios: it answers on
// the command line, and serves a notebook in which every account sees its own notes.
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace {

std::string data_folder() {
    const char* folder = std::getenv("TIENDO_DATA");
    return folder ? folder : ".";
}

std::string contents(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return std::string((std::istreambuf_iterator<char>(in)), {});
}

std::string between(const std::string& text, const std::string& before, const std::string& after) {
    const auto begin = text.find(before);
    if (begin == text.npos) return "";
    const auto from = begin + before.size();
    return text.substr(from, text.find(after, from) - from);
}

std::string reply(const std::string& status, const std::string& headers, const std::string& body) {
    return "HTTP/1.1 " + status + "\r\nConnection: close\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\n" + headers + "\r\n" + body;
}

const std::string html = "Content-Type: text/html; charset=utf-8\r\n";

std::string notebook(const std::string& account, const std::string& now) {
    static int opened = 0;
    ++opened;
    return "<html><head><title>Notes</title><style>p { color: red }</style></head><body><h1>Notes&nbsp;of " +
           account + "</h1><p>" + contents(data_folder() + "/" + account) + "</p><p>it is " + now +
           "</p><p>opened " + std::to_string(opened) + " times" +
           "</p><a class=x href=\"/about\">About <b>us</b></a><form action=\"/notes?x=1\" method=\"post\">"
           "<input type='hidden' name=csrf value=\"s&amp;cret\"><input name=note value=\"old\"></form>"
           "<script>if (1<2) document.write('unseen')</script></body></html>\n";
}

std::string answer(const std::string& request, const std::string& now) {
    const auto line = request.substr(0, request.find("\r\n"));
    const auto body = request.substr(request.find("\r\n\r\n") + 4);
    const auto account = between(request, "account=", "\r");
    if (line.rfind("GET /sign-in/", 0) == 0)
        return reply("200 OK", html, "<form method=post><input type=hidden name=csrf value=1></form>");
    if (line.rfind("POST /sign-in/", 0) == 0)
        return reply("303 See Other",
                     "Location: /notes\r\nSet-Cookie: account=" + between(line, "/sign-in/", " ") +
                         "; HttpOnly; Path=/\r\n",
                     "");
    if (line.rfind("GET /about ", 0) == 0)
        return reply("200 OK", "Content-Type: application/json\r\n",
                     "{\"version\": \"1.0\", \"years\": [2016, 2017]}");
    if (account.empty()) return reply("401 Unauthorized", html, "<p>Sign in first.</p>");
    if (line.rfind("GET /notes ", 0) == 0) return reply("200 OK", html, notebook(account, now));
    if (line.rfind("POST /notes ", 0) == 0) {
        const auto note = body.find("filename=\"") != body.npos ? between(body, "\r\n\r\nfile:", "\n")
                                                                : between(body + "&", "note=", "&");
        if (body.find("s%26cret") == body.npos && body.find("s&cret") == body.npos)
            return reply("403 Forbidden", html, "<p>No form was open.</p>");
        std::ofstream(data_folder() + "/" + account, std::ios::app) << note << ";";
        return reply("303 See Other", "Location: /notes\r\n", "");
    }
    return reply("404 Not Found", html, "<p>Nothing here.</p>");
}

std::string read_request(int connection) {
    std::string request;
    char piece[4096];
    for (;;) {
        const auto end = request.find("\r\n\r\n");
        const auto length = between(request, "Content-Length: ", "\r\n");
        if (end != request.npos && request.size() >= end + 4 + std::strtoul(length.c_str(), nullptr, 10))
            return request;
        const auto size = read(connection, piece, sizeof piece);
        if (size <= 0) return request;
        request.append(piece, static_cast<std::size_t>(size));
    }
}

int serve(const std::string& now) {
    const int listener = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (bind(listener, reinterpret_cast<sockaddr*>(&address), size) != 0 || listen(listener, 8) != 0)
        return 5;
    getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
    signal(SIGINT, [](int) { _exit(0); });
    std::printf("serving on http://127.0.0.1:%d\n", ntohs(address.sin_port));
    std::fflush(stdout);
    for (;;) {
        const int connection = accept(listener, nullptr, nullptr);
        if (connection < 0) return 5;
        const auto text = answer(read_request(connection), now);
        if (write(connection, text.data(), text.size()) < 0) return 5;
        close(connection);
    }
}

}  // namespace

int main(int count, char** words) {
    std::vector<std::string> arguments(words + 1, words + count);
    std::string now = "now";
    for (std::size_t i = 0; i + 1 < arguments.size(); ++i)
        if (arguments[i] == "--now") {
            now = arguments[i + 1];
            arguments.resize(i);
        }
    const std::string command = arguments.empty() ? "" : arguments[0];
    if (command == "serve") return serve(now);
    if (command == "sign-in-link") {
        std::printf("http://localhost:8080/sign-in/%s\n", arguments.at(2).c_str());
    } else if (command == "json") {
        std::puts(
            "{\"now\": \"2017\", \"lines\": [{\"code\": \"ĐVM\", \"actual\": 552, \"target\": null}, "
            "{\"code\": \"KNĐ\", \"actual\": 368}], \"percent\": \"87.5\"}");
        std::fputs("a warning that is no JSON\n", stderr);
    } else if (command == "show") {
        std::fputs(contents(arguments.at(1)).c_str(), stdout);
    } else if (command == "when") {
        std::printf("it is %s\n", now.c_str());
    } else if (command == "where") {
        const char* database = std::getenv("TIENDO_DATABASE");
        std::printf("%s\n", database ? "postgresql" : "sqlite");
    } else if (command == "refuse") {
        std::fputs("row 3: no such unit\n", stderr);
        return 1;
    } else if (command != "silent") {
        return 2;
    }
    return 0;
}
