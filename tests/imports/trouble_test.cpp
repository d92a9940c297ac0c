// What must not happen to a workbook on its way: seen by others, recorded twice, half, or by
// surprise; and one that is too large to get in.
#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <fstream>
#include <thread>

#include "platform/http/server.h"
#include "site.h"

namespace tiendo::tests {
namespace {

const std::string migrations = TIENDO_SOURCE_DIR "/db/migrations";

TEST_CASE("another unit's officer finds nothing, whoever may not change gets no further") {
    on_a_site([](Site& site, Centre& centre) {
        const std::string page =
            checked_roster(site, {{1, "Bùi Thị Lan Anh", "15/3/1985", "12"}, {2, "Lê Nam", "1985", ""}});
        const auto unit = centre.database.write([&](db::Write& tx) {
            organisations::UnitNames names(tx);
            return names.find_or_make(tx, "Bộ Nội vụ", now);
        });
        site.visit_as("of a unit", "training_officer", unit);
        for (const char* what : {"", "/mapping", "/rejected", "/file"}) {
            CHECK(site.get(page + what).status == 404);
            CHECK(site.get("/api/v1" + page + what).status == 404);
        }
        for (const char* what : {"/recording", "/checking", "/discarding", "/mapping"}) {
            CHECK(site.post(page + what).status == 404);
            CHECK(site.post("/api/v1" + page + what).status == 404);
        }
        CHECK(site.json("/imports")["imports"].list_items()->empty());
        CHECK(site.upload("/imports", "lớp.xlsx", {{"kind", "cohorts"}}).status == 403);
        CHECK(site.get("/imports/1").status == 404);
        CHECK(site.get("/imports/x").status == 404);

        // Who may see rosters but not whole IDs reads them masked, and takes no file away.
        site.visit_as("auditor", "auditor", centre.centre);
        const auto seen = site.get(page);
        CHECK(seen.status == 200);
        CHECK_FALSE(has(seen, "/recording"));
        for (const char* what : {"/mapping", "/rejected", "/file"})
            CHECK(site.get(page + what).status == 404);
        CHECK(site.post(page + "/recording").status == 404);

        site.visit_as("nobody's", "unit_officer", centre.centre);
        CHECK(site.get(page).status == 403);
        site.visitor.reset();
        CHECK(where(site.get(page)).starts_with("/sign-in"));
        CHECK(centre.count("participations") == 0);
    });
}

TEST_CASE("an ID in a rejection is masked for whom IDs are masked") {
    on_a_site([](Site& site, Centre& centre) {
        const std::string page = checked_roster(site, {{1, "Bùi Thị Lan Anh", "15/3/1985", "00108500123"},
                                                       {2, "Lê Nam", "1985", "0010850012345"}});
        CHECK(has(site.get(page), "0010850012345"));
        site.visit_as("auditor", "auditor", centre.centre);
        const auto seen = site.get(page);
        CHECK_FALSE(has(seen, "0010850012345"));
        CHECK(has(seen, "•345"));
    });
}

TEST_CASE("the file comes back as it was received, and the trail knows who took it") {
    on_a_site([](Site& site, Centre& centre) {
        const std::string page = checked_roster(site, {{1, "Bùi Thị Lan Anh", "15/3/1985", ""}});
        const auto file = site.get(page + "/file");
        REQUIRE(file.status == 200);
        REQUIRE(file.file);
        const auto bytes_of = [](const std::filesystem::path& path) {
            std::ifstream stream(path, std::ios::binary);
            return std::string(std::istreambuf_iterator<char>(stream), {});
        };
        CHECK(bytes_of(file.file->path) == bytes_of(centre.path("danh sách.xlsx")));
        CHECK(http::value_of(file.headers, "Content-Disposition").find("attachment") !=
              std::string_view::npos);
        CHECK(centre.list("select action from audit_trail where object_kind = 'import' order by sequence") ==
              std::vector<std::string>{"import.upload", "import.file"});
    });
}

TEST_CASE("a discarded file is not recorded, whatever was under way") {
    on_a_site([](Site& site, Centre& centre) {
        const std::string page = checked_roster(site, {{1, "Bùi Thị Lan Anh", "15/3/1985", ""}});
        site.post(page + "/checking");
        CHECK(centre.count("jobs") == 1);
        CHECK(where(site.post(page + "/discarding")) == "/imports");
        site.work();
        CHECK(centre.count("jobs") == 0);
        CHECK(state_of(site, page) == "discarded");
        CHECK(site.post(page + "/recording").status == 422);
        CHECK(site.post(page + "/checking").status == 303);
        site.work();
        CHECK(state_of(site, page) == "discarded");
        CHECK(centre.count("participations") == 0);
    });
}

TEST_CASE("what broke off shows its incident number, leaves nothing, and can be tried again") {
    on_a_site([](Site& site, Centre& centre) {
        const std::string page = checked_roster(site, {{1, "Bùi Thị Lan Anh", "15/3/1985", ""}});
        const auto before = centre.all_rows();
        site.post(page + "/recording");
        // The disk with the stored files is gone for a while.
        std::filesystem::rename(centre.folder + "/data", centre.folder + "/elsewhere");
        site.work();
        const Value value = site.json(page);
        CHECK(*value["state"].text() == "failed");
        CHECK(value["failed"]["incident"].text()->size() == 8);
        CHECK(has(site.get(page), *value["failed"]["incident"].text()));
        CHECK(centre.all_rows() == before + 1);  // that it was asked for

        std::filesystem::rename(centre.folder + "/elsewhere", centre.folder + "/data");
        CHECK(site.post(page + "/checking").status == 303);
        site.work();
        CHECK(state_of(site, page) == "checked");
        site.post(page + "/recording");
        site.work();
        CHECK(state_of(site, page) == "recorded");
        CHECK(centre.count("participations") == 1);
    });
}

TEST_CASE("a file waits for its turn and says so, and is checked in the end") {
    on_a_site([](Site& site, Centre& centre) {
        write_workbook(centre.path("a.xlsx"), roster_header, {{1, "Bùi Thị Lan Anh", "1985", ""}});
        const auto upload = [&] {
            return where(site.upload("/imports", "a.xlsx", {{"kind", "roster"}, {"cohort", "DVM-01/2017"}}));
        };
        const std::string first = upload(), second = upload();
        for (const std::string& page : {first, second}) {
            CHECK(has(site.get(page), "Đang chờ đến lượt"));
            CHECK(*site.json(page)["queued"].truth());
        }
        site.work();
        for (const std::string& page : {first, second}) {
            CHECK(state_of(site, page) == "checked");
            CHECK_FALSE(*site.json(page)["queued"].truth());
        }
    });
}

TEST_CASE("what the books have come to say since the check is judged again") {
    on_a_site([](Site& site, Centre& centre) {
        const Rows rows{{1, "Bùi Thị Lan Anh", "15/3/1985", "001085001234"}};
        const std::string first = checked_roster(site, rows), second = checked_roster(site, rows);
        site.post(first + "/recording");
        site.post(second + "/recording");
        site.work();
        CHECK(state_of(site, first) == "recorded");
        CHECK(state_of(site, second) == "recorded");
        CHECK(*site.json(second)["report"]["unchanged"].number() == 1);
        CHECK(centre.count("participations") == 1);

        const std::string third = checked_roster(site, {{1, "Lê Nam", "1/2/1985", "001085009999"}});
        const std::string other = checked_roster(site, {{1, "Ngô Tú", "3/4/1985", "001085009999"}});
        site.post(third + "/recording");
        site.post(other + "/recording");
        site.work();
        CHECK(state_of(site, other) == "checked");
        CHECK(*site.json(other)["blocked"].truth());
        CHECK(centre.count("participations") == 2);
    });
}

TEST_CASE("threads carry an import through while its page is asked again and again") {
    db::for_each_database(migrations, [](db::Database& database) {
        Centre centre(database);
        Site site(centre, {.threads = 2, .look_every = std::chrono::milliseconds(20)});
        Rows rows;
        for (int i = 0; i < 3'000; ++i) rows.push_back({i + 1, "Người", day("1960-01-01") + i, ""});
        write_workbook(centre.path("a.xlsx"), roster_header, rows);
        const std::string page =
            where(site.upload("/imports", "a.xlsx", {{"kind", "roster"}, {"cohort", "DVM-01/2017"}}));
        const auto reaches = [&](const std::string& state) {
            for (int i = 0; i < 1'000; ++i) {
                if (state_of(site, page) == state) return true;
                std::this_thread::sleep_for(std::chrono::milliseconds(20));
            }
            return false;
        };
        REQUIRE(reaches("checked"));
        CHECK(*site.json(page)["rows_read"].number() == 3'000);
        site.post(page + "/recording");
        REQUIRE(reaches("recorded"));
        CHECK(centre.count("participations") == 3'000);
    });
}

// What the server answers to the headers of an upload, before any of its body has come.
std::string answer_to_headers(std::uint16_t port, const std::string& headers) {
    const int connection = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(::connect(connection, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    REQUIRE(::send(connection, headers.data(), headers.size(), 0) == static_cast<ssize_t>(headers.size()));
    char answer[64] = {};
    const ssize_t size = ::recv(connection, answer, sizeof answer - 1, 0);
    ::close(connection);
    return std::string(answer, static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
}

TEST_CASE("a file over the limit is answered 413 before it has come") {
    auto made = db::test_sqlite();
    const auto found = db::migration_files(migrations);
    db::migrate(*made.database, found.files);
    Centre centre(*made.database);
    Site site(centre);
    http::Server server({.network_threads = 1, .workers = 2, .upload_folder = centre.folder},
                        web::serve(site.site()));
    std::thread serving([&] { server.run(); });
    const auto headers = [](std::string_view path, std::uint64_t bytes) {
        return "POST " + std::string(path) +
               " HTTP/1.1\r\nHost: localhost\r\nX-Visitor: officer\r\nContent-Type: multipart/form-data; "
               "boundary=x\r\nContent-Length: " +
               std::to_string(bytes) + "\r\nExpect: 100-continue\r\n\r\n";
    };
    CHECK(answer_to_headers(server.port(), headers("/imports", 300'000'000)).starts_with("HTTP/1.1 413"));
    CHECK(answer_to_headers(server.port(), headers("/api/v1/imports", 300'000'000))
              .starts_with("HTTP/1.1 413"));
    CHECK(answer_to_headers(server.port(), headers("/imports", 190'000'000)).starts_with("HTTP/1.1 100"));
    server.stop();
    serving.join();
}

}  // namespace
}  // namespace tiendo::tests
