#include "platform/http/multipart.h"

#include <doctest/doctest.h>

#include <vector>

using namespace tiendo;
using http::Part;

namespace {

struct Collected : http::PartSink {
    struct Entry {
        Part part;
        std::string bytes;
        bool ended = false;
    };
    std::vector<Entry> entries;
    std::size_t enough = 1'000'000;

    bool begin(Part part) override {
        entries.push_back({std::move(part), "", false});
        return true;
    }
    bool data(std::string_view bytes) override {
        entries.back().bytes += bytes;
        return entries.back().bytes.size() <= enough;
    }
    bool end() override {
        entries.back().ended = true;
        return true;
    }
};

struct Read {
    bool good = true, complete = false;
    std::vector<Collected::Entry> entries;
};

Read read_in_pieces(std::string_view body, std::size_t piece, const std::string& boundary = "XX") {
    Collected sink;
    http::Multipart form(boundary, sink);
    Read read;
    for (std::size_t at = 0; at < body.size() && read.good; at += piece)
        read.good = form.take(body.substr(at, piece));
    read.complete = form.complete();
    read.entries = std::move(sink.entries);
    return read;
}

const std::string form =
    "--XX\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\nplan\r\n"
    "--XX\r\nContent-Disposition: form-data; name=\"empty\"\r\n\r\n\r\n"
    "--XX\r\ncontent-disposition:form-data; filename=\"k\xe1\xba\xbf ho\xe1\xba\xa1"
    "ch %22A%22.xlsx\"; name=\"file\"\r\n"
    "Content-Type: application/x\r\nX-Other: y\r\n\r\n\r\n--X\r\n-\r\r\n--XY\r\n\r\n"
    "--XX--\r\nwhatever";

std::string with_headers(const std::string& headers) { return "--XX\r\n" + headers + "\r\n\r\nx\r\n--XX--"; }

}  // namespace

TEST_CASE("a form comes out the same however it is cut") {
    for (std::size_t piece = 1; piece <= form.size(); ++piece) {
        CAPTURE(piece);
        const Read read = read_in_pieces(form, piece);
        REQUIRE(read.good);
        REQUIRE(read.complete);
        REQUIRE(read.entries.size() == 3);
        CHECK(read.entries[0].part.field == "kind");
        CHECK_FALSE(read.entries[0].part.file_name);
        CHECK(read.entries[0].bytes == "plan");
        CHECK(read.entries[1].part.field == "empty");
        CHECK(read.entries[1].bytes.empty());
        CHECK(read.entries[1].ended);
        CHECK(read.entries[2].part.field == "file");
        CHECK(read.entries[2].part.file_name == "kế hoạch \"A\".xlsx");
        CHECK(read.entries[2].part.type == "application/x");
        CHECK(read.entries[2].bytes == "\r\n--X\r\n-\r\r\n--XY\r\n");
    }
}

TEST_CASE("a file's name has no folder, and quotes in it do not end it") {
    const auto name = [](const std::string& parameter) {
        const Read read =
            read_in_pieces(with_headers("Content-Disposition: form-data; name=\"f\"; " + parameter), 1000);
        return read.good ? read.entries.front().part.file_name : std::nullopt;
    };
    CHECK(name("filename=\"C:\\Users\\lan\\a.xlsx\"") == "a.xlsx");
    CHECK(name("filename=\"../../etc/passwd\"") == "passwd");
    CHECK(name("filename=\"a\\\"; name=\\\"b.txt\"") == "a\"; name=\"b.txt");
    CHECK(name("filename=plain.csv") == "plain.csv");
    CHECK(name("filename=\"\"") == "");
    CHECK(name("filename=\"a;b.csv\"") == "a;b.csv");
}

TEST_CASE("what is no form is refused") {
    const std::string disposition = "Content-Disposition: form-data; name=\"a\"";
    for (const std::string& body :
         {std::string("preamble\r\n--XX\r\n"), std::string("--XY\r\n"), std::string("--XX \r\n"),
          std::string("--XXXX"), with_headers("Content-Type: text/plain"), with_headers("no colon"),
          with_headers("Content-Disposition: attachment; name=\"a\""),
          with_headers("Content-Disposition: form-data"),
          with_headers("Content-Disposition: form-data; name=\"a"),
          with_headers(disposition + "\r\n" + disposition),
          with_headers(disposition + "\r\nContent-Transfer-Encoding: base64"),
          with_headers(disposition + "\r\nX: " + std::string(9000, 'x')),
          "--XX\r\n" + std::string(9000, 'x')}) {
        CAPTURE(body.substr(0, 80));
        CHECK_FALSE(read_in_pieces(body, 7).good);
        CHECK_FALSE(read_in_pieces(body, 100'000).good);
    }
    std::string many;
    for (int i = 0; i < 1001; ++i) many += "--XX\r\n" + disposition + "\r\n\r\n\r\n";
    CHECK_FALSE(read_in_pieces(many + "--XX--", 1000).good);
}

TEST_CASE("a form that stops short is not complete") {
    for (const std::size_t length : {std::size_t{0}, std::size_t{10}, form.size() - 13, form.size() - 11}) {
        const Read read = read_in_pieces(form.substr(0, length), 5);
        CHECK(read.good);
        CHECK_FALSE(read.complete);
    }
}

TEST_CASE("the sink may have had enough") {
    Collected sink;
    sink.enough = 3;
    http::Multipart reading("XX", sink);
    CHECK_FALSE(reading.take(form));
    CHECK_FALSE(reading.take("more"));
}

TEST_CASE("a boundary is found, and has a form of its own") {
    CHECK(http::boundary_of("multipart/form-data; boundary=----WebKitFormBoundaryA1") ==
          "----WebKitFormBoundaryA1");
    CHECK(http::boundary_of("Multipart/Form-Data; charset=utf-8; Boundary=\"a b\"") == "a b");
    for (const char* type : {"text/plain; boundary=a", "multipart/form-data",
                             "multipart/form-data; boundary=", "multipart/form-data; boundary=\"a",
                             "multipart/form-data; boundary=a{b", "multipart/form-data; boundary=\"a \"",
                             "multipart/mixed; boundary=a"}) {
        CAPTURE(type);
        CHECK_FALSE(http::boundary_of(type));
    }
    CHECK_FALSE(http::boundary_of("multipart/form-data; boundary=" + std::string(71, 'a')));
}
