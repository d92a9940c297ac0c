#include "platform/http/assets.h"

#include <doctest/doctest.h>

#include "platform/http/outgoing.h"

using namespace tiendo;
using http::Assets;

namespace {

const std::vector<EmbeddedFile> files = {{"app-3f2a9c1b.css", "body{}"},
                                         {"app-3f2a9c1b.css.gz", "zipped"},
                                         {"mark.svg", "<svg/>"},
                                         {"fonts/inter.0123456789ab.woff2", "font"},
                                         {"cafe-face.js", "no hash"}};

http::Request request_with(const char* name, const std::string& value) {
    http::Request request;
    request.headers.push_back({name, value});
    return request;
}

}  // namespace

TEST_CASE("a file with a hash in its name is kept for ever, any other is asked for again") {
    const Assets assets(files);
    const auto cache = [&](const char* name) {
        return std::string(http::value_of(assets.find(name, {})->headers, "Cache-Control"));
    };
    CHECK(cache("app-3f2a9c1b.css") == "public, max-age=31536000, immutable");
    CHECK(cache("fonts/inter.0123456789ab.woff2") == "public, max-age=31536000, immutable");
    CHECK(cache("mark.svg") == "no-cache");
    CHECK(cache("cafe-face.js") == "no-cache");
    CHECK(assets.current("app.css") == "app-3f2a9c1b.css");
    CHECK(assets.current("fonts/inter.woff2") == "fonts/inter.0123456789ab.woff2");
    CHECK(assets.current("mark.svg") == "mark.svg");
    CHECK_FALSE(assets.find("none.css", {}));
    CHECK_FALSE(assets.find("", {}));
}

TEST_CASE("gzip goes to whoever takes it") {
    const Assets assets(files);
    const auto body = [&](const std::string& accepted) {
        return assets.find("app-3f2a9c1b.css", request_with("accept-encoding", accepted))->constant;
    };
    CHECK(body("gzip, deflate, br") == "zipped");
    CHECK(body("br;q=1.0, GZIP;q=0.5") == "zipped");
    CHECK(body("gzip;q=0") == "body{}");
    CHECK(body("gzip;q=0.000") == "body{}");
    CHECK(body("") == "body{}");
    CHECK(body("xgzip") == "body{}");
    const auto zipped = assets.find("app-3f2a9c1b.css", request_with("accept-encoding", "gzip"));
    CHECK(http::value_of(zipped->headers, "Content-Encoding") == "gzip");
    CHECK(http::value_of(zipped->headers, "Vary") == "Accept-Encoding");
    CHECK(zipped->type == "text/css; charset=utf-8");
}

TEST_CASE("what did not change is not sent again") {
    const Assets assets(files);
    const std::string tag(http::value_of(assets.find("mark.svg", {})->headers, "ETag"));
    CHECK(tag.size() == 18);
    CHECK(assets.find("mark.svg", request_with("if-none-match", tag))->status == 304);
    CHECK(assets.find("mark.svg", request_with("if-none-match", "W/" + tag + ", \"x\""))->status == 304);
    CHECK(assets.find("mark.svg", request_with("if-none-match", "\"other\""))->status == 200);
    CHECK(assets.find("mark.svg", request_with("if-none-match", tag))->constant.empty());
}

TEST_CASE("a response says what protects it") {
    http::Response page;
    page.body = "ộ";
    const std::string head = http::head_of(page, http::After::stays_open, true, Instant{1498000000123});
    CHECK(head.rfind("HTTP/1.1 200 OK\r\nDate: Tue, 20 Jun 2017 23:06:40 GMT\r\n", 0) == 0);
    for (const char* line :
         {"Content-Length: 3\r\n", "Content-Type: text/html; charset=utf-8\r\n", "default-src 'self'",
          "frame-ancestors 'none'", "X-Content-Type-Options: nosniff\r\n", "Referrer-Policy: same-origin\r\n",
          "Cross-Origin-Opener-Policy: same-origin\r\n", "Cache-Control: no-store\r\n",
          "Strict-Transport-Security: "}) {
        CAPTURE(line);
        CHECK(head.find(line) != std::string::npos);
    }
    CHECK(head.find("unsafe-inline") == std::string::npos);
    CHECK(head.substr(head.size() - 4) == "\r\n\r\n");
    const std::string plain = http::head_of(page, http::After::closes, false, Instant{0});
    CHECK(plain.find("Strict-Transport-Security") == std::string::npos);
    CHECK(plain.find("Connection: close\r\n") != std::string::npos);
}

TEST_CASE("a header cannot be split, and its own value goes before the usual one") {
    http::Response response = http::redirect("/a\r\nSet-Cookie: x=y/ộ");
    response.with("X-Name", "a\r\nSet-Cookie: evil=1").with("cache-control", "private");
    const std::string head = http::head_of(response, http::After::stays_open, false, Instant{0});
    CHECK(head.find("\r\nSet-Cookie") == std::string::npos);
    CHECK(head.find("Location: /a%0D%0ASet-Cookie:%20x=y/%E1%BB%99\r\n") != std::string::npos);
    CHECK(head.find("cache-control: private\r\n") != std::string::npos);
    CHECK(head.find("no-store") == std::string::npos);
    CHECK(head.find("\r\nContent-Type") == std::string::npos);
}

TEST_CASE("a file is offered under a name of any letters") {
    const auto disposition = [](std::string_view name) {
        return std::string(http::value_of(http::download("x", name, "a/b").headers, "Content-Disposition"));
    };
    CHECK(disposition("Danh sách \"lớp\" 7.xlsx") ==
          "attachment; filename=\"danh-sach-lop-7.xlsx\"; "
          "filename*=UTF-8''Danh%20s%C3%A1ch%20%22l%E1%BB%9Bp%22%207.xlsx");
    CHECK(disposition("README") == "attachment; filename=\"readme\"; filename*=UTF-8''README");
}

TEST_CASE("a cookie is read by the server alone, and only over TLS when it came so") {
    CHECK(http::to_text(http::Cookie{"a", "b", 60, true}) ==
          "a=b; Path=/; HttpOnly; SameSite=Lax; Max-Age=60; Secure");
    CHECK(http::to_text(http::Cookie{"a", "b"}) == "a=b; Path=/; HttpOnly; SameSite=Lax");
    CHECK(http::to_text(http::Cookie{"a", "", -1}) == "a=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
}
