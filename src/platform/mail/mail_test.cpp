#include "platform/mail/mail.h"

#include <doctest/doctest.h>

#include <string>

#include "platform/mail/testing.h"

namespace tiendo::mail {
namespace {

const Instant at = *parse_instant("2017-06-12T07:30:00+07:00");

TEST_CASE("a message is composed with its subject encoded and its text in base64") {
    const std::string text =
        composed({"an@example.org", "Đổi lịch học", "Buổi học chuyển sang 13/6.\n", "<event-7-12@tiendo>"},
                 "daotao@example.org", at);
    for (const char* line :
         {"Date: Mon, 12 Jun 2017 00:30:00 +0000\r\n", "From: daotao@example.org\r\n",
          "To: an@example.org\r\n", "Subject: =?UTF-8?B?xJDhu5VpIGzhu4tjaCBo4buNYw==?=\r\n",
          "Message-ID: <event-7-12@tiendo>\r\n", "Auto-Submitted: auto-generated\r\n",
          "\r\n\r\nQnXhu5VpIGjhu41jIGNodXnhu4NuIHNhbmcgMTMvNi4K\r\n"})
        CHECK_MESSAGE(text.find(line) != text.npos, line);
}

TEST_CASE("a long subject is cut into words at whole characters") {
    std::string subject;
    for (int i = 0; i < 20; ++i) subject += "ữ";
    const std::string text = composed({"a@b.c", subject, "", "<x@y>"}, "d@e.f", at);
    CHECK(text.find("?=\r\n =?UTF-8?B?") != text.npos);
}

TEST_CASE("what cannot be an address is told") {
    for (const char* good : {"an@example.org", "a.b+c@x"}) CHECK_MESSAGE(is_address(good), good);
    for (const char* bad : {"", "an", "@x", "an@", "a b@x", "a@b@c", "a@b\r\nBcc: c@d", "<a@b>", "a@b,c@d"})
        CHECK_MESSAGE(!is_address(bad), bad);
}

TEST_CASE("a server takes the message, or says no and nobody's address is told") {
    TestServer server;
    const auto send_to = [&](const char* address) {
        send(server.address(), {address, "Lịch", "Xin chào", "<x@y>"}, at);
    };
    send_to("an@example.org");
    const std::string said = server.said();
    CHECK(said.find("MAIL FROM:<daotao@example.org>") != said.npos);
    CHECK(said.find("Subject: =?UTF-8?B?") != said.npos);
    CHECK(server.taken() == std::vector<std::string>{"an@example.org"});
    server.answer("RCPT", "550 nobody here");
    try {
        send_to("binh@example.org");
        FAIL("it was taken");
    } catch (const Failure& failure) {
        CHECK(std::string(failure.what()).find("binh") == std::string::npos);
    }
    CHECK(server.taken().size() == 1);
}

TEST_CASE("a refusal is told from what may go better later, and one of the recipient from one of us") {
    using Kind = Failure::Kind;
    struct Case {
        const char *to, *answer;
        Kind kind;
    };
    for (const Case& one :
         {Case{"CONNECT", "421 too busy", Kind::unavailable},
          Case{"CONNECT", "554 not you", Kind::unavailable}, Case{"MAIL", "451 wait", Kind::unavailable},
          Case{"MAIL", "553 not from you", Kind::unavailable}, Case{"RCPT", "450 greylisted", Kind::not_now},
          Case{"RCPT", "452 full", Kind::not_now}, Case{"RCPT", "550 nobody here", Kind::refused},
          Case{"DATA", "451 wait", Kind::not_now}, Case{"DATA", "554 no", Kind::refused},
          Case{".", "451 wait", Kind::not_now}, Case{".", "552 too large", Kind::refused},
          Case{"CONNECT", "hang up", Kind::unavailable}, Case{"RCPT", "hang up", Kind::not_now},
          Case{".", "hang up", Kind::not_now}}) {
        TestServer server;
        server.answer(one.to, one.answer);
        try {
            send(server.address(), {"an@example.org", "Lịch", "Xin chào", "<x@y>"}, at);
            FAIL_CHECK(one.to, " ", one.answer);
        } catch (const Failure& failure) {
            CHECK_MESSAGE(failure.kind == one.kind, one.to, " ", one.answer);
        }
    }
    Server nobody;
    {
        const TestServer gone;
        nobody = gone.address();
    }
    try {
        send(nobody, {"an@example.org", "Lịch", "Xin chào", "<x@y>"}, at);
        FAIL_CHECK("nobody listens");
    } catch (const Failure& failure) {
        CHECK(failure.kind == Kind::unavailable);
    }
}

}  // namespace
}  // namespace tiendo::mail
