#include "platform/mail/mail.h"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>
#include <memory>

namespace tiendo::mail {
namespace {

constexpr std::string_view line_end = "\r\n";

std::string base64(std::string_view bytes) {
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t left = std::min<std::size_t>(3, bytes.size() - i);
        unsigned group = 0;
        for (std::size_t j = 0; j < 3; ++j)
            group = group << 8 | (j < left ? static_cast<unsigned char>(bytes[i + j]) : 0U);
        for (std::size_t j = 0; j < 4; ++j) text += j <= left ? letters[group >> (18 - 6 * j) & 63] : '=';
    }
    return text;
}

std::string in_lines(std::string_view text) {
    constexpr std::size_t longest = 76;
    std::string lines;
    for (std::size_t i = 0; i < text.size(); i += longest) {
        lines += text.substr(i, longest);
        lines += line_end;
    }
    return lines;
}

// RFC 2047, a word for each stretch of at most 45 bytes that ends with a whole character.
std::string encoded_words(std::string_view text) {
    constexpr std::size_t longest = 45;
    std::string words;
    while (!text.empty()) {
        std::size_t cut = std::min(longest, text.size());
        while (cut < text.size() && cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) --cut;
        if (cut == 0) cut = std::min(longest, text.size());
        if (!words.empty()) words += "\r\n ";
        words += "=?UTF-8?B?" + base64(text.substr(0, cut)) + "?=";
        text.remove_prefix(cut);
    }
    return words;
}

// Mon, 12 Jun 2017 00:30:00 +0000
std::string date_text(Instant at) {
    constexpr std::array weekdays{"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};  // from 1970-01-01
    constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    constexpr std::int64_t day_ms = 86'400'000;
    const Date day = day_of(at, Offset{0});
    const auto second = static_cast<int>((at.ms - day.days * day_ms) / 1000);
    char text[48];
    std::snprintf(text, sizeof text, "%s, %d %s %d %02d:%02d:%02d +0000",
                  weekdays[static_cast<std::size_t>((day.days % 7 + 7) % 7)], day.day(),
                  months[static_cast<std::size_t>(day.month() - 1)], day.year(), second / 3600,
                  second / 60 % 60, second % 60);
    return text;
}

struct Outgoing {
    std::string_view left;
};
std::size_t give(char* buffer, std::size_t size, std::size_t count, void* outgoing) {
    std::string_view& left = static_cast<Outgoing*>(outgoing)->left;
    const std::size_t given = std::min(size * count, left.size());
    std::memcpy(buffer, left.data(), given);
    left.remove_prefix(given);
    return given;
}

// Whether the recipient was named: an answer before that is about us, not about him.
int overhear(CURL*, curl_infotype type, char* data, std::size_t size, void* named) {
    constexpr std::string_view naming = "RCPT TO:";
    if (type == CURLINFO_HEADER_OUT && std::string_view(data, size).substr(0, naming.size()) == naming)
        *static_cast<bool*>(named) = true;
    return 0;
}

Failure failure_of(CURL* curl, CURLcode code, bool named) {
    long answer = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer);
    const auto kind = !named              ? Failure::Kind::unavailable
                      : answer / 100 == 5 ? Failure::Kind::refused
                                          : Failure::Kind::not_now;
    return {kind, "the mail server did not take it: " + std::string(curl_easy_strerror(code)) +
                      ", its last answer was " + std::to_string(answer)};
}

}  // namespace

bool is_address(std::string_view text) {
    const auto at = text.find('@');
    const bool plain = std::all_of(text.begin(), text.end(), [](char c) {
        return static_cast<unsigned char>(c) > 0x20 && c != 0x7f && c != '<' && c != '>' && c != ',';
    });
    return plain && at != text.npos && at > 0 && at + 1 < text.size() && text.find('@', at + 1) == text.npos;
}

std::string composed(const Message& message, std::string_view from, Instant at) {
    std::string text;
    const auto header = [&](std::string_view name, std::string_view value) {
        text += name;
        text += ": ";
        text += value;
        text += line_end;
    };
    header("Date", date_text(at));
    header("From", from);
    header("To", message.to);
    header("Subject", encoded_words(message.subject));
    header("Message-ID", message.id);
    header("Auto-Submitted", "auto-generated");
    header("MIME-Version", "1.0");
    header("Content-Type", "text/plain; charset=utf-8");
    header("Content-Transfer-Encoding", "base64");
    text += line_end;
    text += in_lines(base64(message.text));
    return text;
}

void send(const Server& server, const Message& message, Instant at) {
    static const bool ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl(curl_easy_init(), curl_easy_cleanup);
    if (!ready || !curl) throw Failure(Failure::Kind::unavailable, "the mail library cannot start");
    const std::string text = composed(message, server.from, at);
    Outgoing outgoing{text};
    const std::string from = "<" + server.from + ">", to = "<" + message.to + ">";
    const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> recipients(
        curl_slist_append(nullptr, to.c_str()), curl_slist_free_all);
    constexpr long half_a_minute = 30;
    curl_easy_setopt(curl.get(), CURLOPT_URL, server.url.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    if (!server.user.empty()) {
        curl_easy_setopt(curl.get(), CURLOPT_USERNAME, server.user.c_str());
        curl_easy_setopt(curl.get(), CURLOPT_PASSWORD, server.password.c_str());
        // A password never travels in the clear.
        curl_easy_setopt(curl.get(), CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_ALL));
    } else {
        curl_easy_setopt(curl.get(), CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_TRY));
    }
    curl_easy_setopt(curl.get(), CURLOPT_MAIL_FROM, from.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_MAIL_RCPT, recipients.get());
    curl_easy_setopt(curl.get(), CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl.get(), CURLOPT_READFUNCTION, give);
    curl_easy_setopt(curl.get(), CURLOPT_READDATA, &outgoing);
    curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT, half_a_minute);
    curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
    bool named = false;
    curl_easy_setopt(curl.get(), CURLOPT_VERBOSE, 1L);  // to `overhear` alone
    curl_easy_setopt(curl.get(), CURLOPT_DEBUGFUNCTION, overhear);
    curl_easy_setopt(curl.get(), CURLOPT_DEBUGDATA, &named);
    const CURLcode code = curl_easy_perform(curl.get());
    if (code != CURLE_OK) throw failure_of(curl.get(), code, named);
}

}  // namespace tiendo::mail
