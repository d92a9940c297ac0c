// A workbook on its way over the web: from the upload to the books, without a socket but for
// the one test that is about what never gets in.
#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <fstream>
#include <thread>

#include "centre.h"
#include "platform/http/server.h"
#include "platform/json/json.h"
#include "platform/views/views.h"

namespace tiendo::tests {
namespace {

const std::string migrations = TIENDO_SOURCE_DIR "/db/migrations";

const views::Views& all_views() {
    static const SourceFiles files = [] {
        SourceFiles all(TIENDO_SOURCE_DIR "/src", ".html");
        return all;
    }();
    static const views::Views views(files.files, texts());
    return views;
}

// A site of imports alone, whose visitor says in a header who he is.
class Site {
 public:
    explicit Site(Centre& of, jobs::Settings settings = {.threads = 0, .clock = [] { return now; }})
        : centre(of),
          store(of.folder + "/data"),
          desk(imports::open_desk(of.database, store, texts(), settings)),
          site_{.routes = routes_, .views = all_views(), .texts = texts(), .database = of.database} {
        imports::register_routes(routes_, desk);
        site_.clock = [] { return now; };
        site_.layout = "web/layout";
        site_.actor = [this](const http::Request& request) -> std::optional<web::Actor> {
            for (const web::Actor& actor : visitors)
                if (actor.name == request.header("x-visitor")) return actor;
            return std::nullopt;
        };
        officer = centre.account("officer", "training_officer", centre.centre);
        visitors.push_back(officer);
    }

    http::Response get(const std::string& path) { return answer(request(http::Method::get, path)); }

    http::Response post(const std::string& path, http::Fields form = {}) {
        http::Request sent = request(http::Method::post, path);
        form.push_back({"csrf", visitor->csrf});
        sent.form = sent.form_as_typed = std::move(form);
        return answer(std::move(sent));
    }

    http::Response upload(const std::string& path, const std::string& file, http::Fields form) {
        http::Request sent = request(http::Method::post, path);
        form.push_back({"csrf", visitor->csrf});
        sent.form = sent.form_as_typed = std::move(form);
        if (!file.empty()) {
            const auto stored = std::make_shared<http::TemporaryFile>(centre.folder);
            std::filesystem::copy_file(centre.path(file), stored->path(),
                                       std::filesystem::copy_options::overwrite_existing);
            sent.uploads.push_back({"file", file, "application/octet-stream", stored,
                                    std::filesystem::file_size(stored->path())});
        }
        return answer(std::move(sent));
    }

    http::Response answer(http::Request request) {
        if (visitor) request.headers.push_back({"x-visitor", visitor->name});
        return web::answer(site_, request);
    }

    // As JSON, from the same presenter.
    Value json(const std::string& path) {
        const http::Response response = get("/api/v1" + path);
        CHECK(response.status == 200);
        return json::parse(response.body).value_or(Value());
    }

    void work() {
        while (desk.jobs->run_one()) {
        }
    }

    void visit_as(const std::string& name, const std::string& role, organisations::UnitId unit) {
        if (std::none_of(visitors.begin(), visitors.end(),
                         [&](const auto& actor) { return actor.name == name; }))
            visitors.push_back(centre.account(name, role, unit));
        for (const web::Actor& actor : visitors)
            if (actor.name == name) visitor = actor;
    }

    const web::Site& site() const { return site_; }

    Centre& centre;
    files::Store store;
    imports::Desk desk;
    web::Actor officer;
    std::vector<web::Actor> visitors;
    std::optional<web::Actor> visitor;

 private:
    static http::Request request(http::Method method, const std::string& path) {
        http::Request made;
        made.method = method;
        made.target = path;
        const std::size_t mark = path.find('?');
        made.path = path.substr(0, mark);
        if (mark != std::string::npos)
            for (std::size_t at = mark + 1; at < path.size();) {
                const std::size_t end = std::min(path.find('&', at), path.size()),
                                  equals = path.find('=', at);
                made.query.push_back(
                    {path.substr(at, equals - at), path.substr(equals + 1, end - equals - 1)});
                at = end + 1;
            }
        made.headers = {{"accept-language", "vi"}};
        return made;
    }
    web::Routes routes_;
    web::Site site_;
};

void on_a_site(const std::function<void(Site&, Centre&)>& test) {
    db::for_each_database(migrations, [&](db::Database& database) {
        Centre centre(database);
        Site site(centre);
        site.visitor = site.officer;
        test(site, centre);
    });
}

std::string where(const http::Response& response) {
    return std::string(http::value_of(response.headers, "Location"));
}
bool has(const http::Response& response, const std::string& words) {
    return response.body.find(words) != std::string::npos;
}
std::string state_of(Site& site, const std::string& path) { return *site.json(path)["state"].text(); }

const std::vector<std::string> header{"STT", "Họ và tên", "Ngày sinh", "Số CCCD"};

// A roster that is on its way, its dry run done.
std::string checked_roster(Site& site, const Rows& rows, const std::vector<std::string>& of = header) {
    write_workbook(site.centre.path("danh sách.xlsx"), of, rows);
    const auto response =
        site.upload("/imports", "danh sách.xlsx", {{"kind", "roster"}, {"cohort", "DVM-01/2017"}});
    REQUIRE(response.status == 303);
    site.work();
    return where(response);
}

TEST_CASE("upload, dry run, commit: nothing is recorded before the last step") {
    on_a_site([](Site& site, Centre& centre) {
        CHECK(site.get("/imports").status == 200);
        write_workbook(centre.path("danh sách.xlsx"), header,
                       {{1, "Bùi Thị Lan Anh", "15/3/1985", "001085001234"}});
        const auto before = centre.all_rows();
        const auto uploaded =
            site.upload("/imports", "danh sách.xlsx", {{"kind", "roster"}, {"cohort", "DVM-01/2017"}});
        REQUIRE(uploaded.status == 303);
        const std::string page = where(uploaded);
        CHECK(has(site.get(page), "hx-trigger"));  // asks again until the check is done
        CHECK(state_of(site, page) == "checking");

        site.work();
        CHECK(state_of(site, page) == "checked");
        const auto checked = site.json(page);
        CHECK(*checked["report"]["new"].number() == 1);
        CHECK(*checked["can_commit"].truth());
        CHECK(*checked["rows_read"].number() == 1);
        CHECK_FALSE(has(site.get(page), "hx-trigger"));
        CHECK(has(site.get(page), "/recording"));
        CHECK(centre.count("participations") == 0);
        CHECK(centre.all_rows() == before + 1);  // the trail knows of the upload

        CHECK(where(site.post(page + "/recording")) == page);
        CHECK(state_of(site, page) == "recording");
        site.work();
        CHECK(state_of(site, page) == "recorded");
        CHECK(centre.count("participations") == 1);
        CHECK_FALSE(site.json(page)["recorded"].is_null());
        CHECK(*site.json(page)["recorded"]["by"].text() == "officer");
        // The file as it was received stands behind every row.
        CHECK(
            centre.list(
                "select distinct d.file_name from participations p join documents d on d.id = p.document") ==
            std::vector<std::string>{"danh sách.xlsx"});
        CHECK(site.json("/imports")["imports"].list_items()->size() == 1);
    });
}

TEST_CASE("pressing twice commits once") {
    on_a_site([](Site& site, Centre& centre) {
        const std::string page = checked_roster(site, {{1, "Bùi Thị Lan Anh", "15/3/1985", ""}});
        CHECK(site.post(page + "/recording").status == 303);
        CHECK(site.post(page + "/recording").status == 303);
        CHECK(centre.count("jobs") == 1);
        site.work();
        CHECK(site.post(page + "/recording").status == 303);
        CHECK(centre.count("jobs") == 0);
        CHECK(centre.count("participations") == 1);
        CHECK(centre.list("select cast(count(*) as text) from documents where kind = 'workbook' and "
                          "file_name = 'danh sách.xlsx'") == std::vector<std::string>{"1"});
    });
}

TEST_CASE("a recording that began anew after its program died records once") {
    on_a_site([](Site& site, Centre& centre) {
        const std::string page = checked_roster(site, {{1, "Bùi Thị Lan Anh", "15/3/1985", ""}});
        site.post(page + "/recording");
        // Another process has begun it and died: its lease is over by now.
        centre.database.write(
            [](db::Write& tx) { tx.run("update jobs set holder = 1, attempts = 1, lease_until = 1"); });
        site.work();
        CHECK(state_of(site, page) == "recorded");
        CHECK(centre.count("participations") == 1);
        CHECK(centre.count("jobs") == 0);
    });
}

TEST_CASE("rejected rows block the commit, are listed, and come back as a workbook with the reason") {
    on_a_site([](Site& site, Centre& centre) {
        const std::string page = checked_roster(site, {{1, "Bùi Thị Lan Anh", "15/3/1985", "001085001234"},
                                                       {2, "Trần Văn Bình", "30/2/1985", "12"},
                                                       {3, "Lê Nam", "1985", ""}});
        const auto value = site.json(page);
        CHECK(*value["blocked"].truth());
        CHECK_FALSE(*value["can_commit"].truth());
        CHECK(*value["report"]["rejected"].number() == 1);
        CHECK(value["report"]["rejections"].list_items()->size() == 2);
        CHECK(has(site.get(page), "30/2/1985"));
        CHECK(site.post(page + "/recording").status == 422);
        site.work();
        CHECK(centre.count("participations") == 0);

        const auto workbook = site.get(page + "/rejected");
        REQUIRE(workbook.status == 200);
        REQUIRE(workbook.file);
        std::filesystem::copy_file(workbook.file->path, centre.path("sửa.xlsx"));
        std::vector<std::vector<std::string>> rows;
        office::read_sheets(
            office::file(centre.path("sửa.xlsx")), {},
            [](const office::SheetInfo&) { return office::Next::row; },
            [&](const office::SheetRow& row) {
                auto& texts = rows.emplace_back();
                for (const auto& cell : row.cells) texts.push_back(cell.text);
                return office::Next::row;
            });
        REQUIRE(rows.size() == 2);
        CHECK(rows[0].size() == 5);
        CHECK(rows[0][1] == "Họ và tên");
        CHECK(rows[1][1] == "Trần Văn Bình");
        CHECK(rows[1][4].find("Dòng 3") != std::string::npos);
        CHECK(rows[1][4].find("30/2/1985") != std::string::npos);
        // Mended, it can be brought again as it is.
        CHECK(problems(centre.check("roster", "sửa.xlsx", {.cohort = "DVM-01/2017"})) ==
              "2 birth_date import.no_date\n2 national_id roster.national_id_malformed");
    });
}

TEST_CASE("columns nobody recognises are mapped by hand, and a new check follows") {
    on_a_site([](Site& site, Centre& centre) {
        write_workbook(centre.path("lạ.xlsx"), {"Thứ", "Quý danh", "Sinh nhật"},
                       {{1, "Bùi Thị Lan Anh", "15/3/1985"}, {2, "Lê Nam", "1/2/1980"}});
        const auto uploaded =
            site.upload("/imports", "lạ.xlsx", {{"kind", "roster"}, {"cohort", "DVM-01/2017"}});
        REQUIRE(uploaded.status == 303);
        const std::string mapping = where(uploaded);
        REQUIRE(mapping.ends_with("/mapping"));
        const std::string page = mapping.substr(0, mapping.rfind('/'));
        CHECK(state_of(site, page) == "uploaded");
        CHECK(site.post(page + "/recording").status == 422);
        CHECK(has(site.get(mapping), "Quý danh"));
        const Value value = site.json(mapping);
        CHECK(*value["missing"]["names"].text() == "Họ và tên");
        CHECK(*value["tables"].list_items()->front()["header_row"].number() == 1);

        const auto incomplete = site.post(mapping, {{"header_row", "1"}, {"column-2", "birth_date"}});
        CHECK(incomplete.status == 422);
        const auto twice =
            site.post(mapping, {{"header_row", "1"}, {"column-1", "full_name"}, {"column-2", "full_name"}});
        CHECK(twice.status == 422);
        const auto unknown =
            site.post(mapping, {{"header_row", "1"}, {"column-1", "full_name"}, {"column-2", "shoe_size"}});
        CHECK(unknown.status == 422);

        CHECK(where(site.post(
                  mapping, {{"header_row", "1"}, {"column-1", "full_name"}, {"column-2", "birth_date"}})) ==
              page);
        site.work();
        CHECK(state_of(site, page) == "checked");
        CHECK(*site.json(page)["report"]["new"].number() == 2);
        // The choice is remembered on the page.
        const Value remembered = site.json(mapping);
        const auto& columns = *remembered["tables"].list_items()->front()["columns"].list_items();
        CHECK(*columns[1]["recognised"].truth());
        site.post(page + "/recording");
        site.work();
        CHECK(centre.list("select full_name from people order by birth_date") ==
              std::vector<std::string>{"Lê Nam", "Bùi Thị Lan Anh"});
        CHECK(where(site.get(mapping)) == page);  // too late now
    });
}

TEST_CASE("another header row is looked at before it is taken") {
    on_a_site([](Site& site, Centre& centre) {
        write_text(centre.path("a.csv"), "TRUNG TÂM,,\r\nX,Y,Z\r\nBùi Thị Lan Anh,1985,\r\nLê Nam,1986,\r\n");
        const auto uploaded =
            site.upload("/imports", "a.csv", {{"kind", "roster"}, {"cohort", "DVM-01/2017"}});
        REQUIRE(uploaded.status == 303);
        const std::string mapping = where(uploaded), page = mapping.substr(0, mapping.rfind('/'));
        CHECK(where(site.post(mapping, {{"header_row", "1"}})) == mapping);
        CHECK(*site.json(mapping)["tables"].list_items()->front()["header_row"].number() == 1);
        CHECK(where(site.post(mapping, {{"header_row", "2"}})) == mapping);
        CHECK(site.post(mapping, {{"header_row", "0"}}).status == 422);
        CHECK(where(site.post(
                  mapping, {{"header_row", "2"}, {"column-0", "full_name"}, {"column-1", "birth_date"}})) ==
              page);
        site.work();
        CHECK(*site.json(page)["report"]["new"].number() == 2);
    });
}

TEST_CASE("what is no workbook, or lacks its words, is refused in the form and not kept") {
    on_a_site([](Site& site, Centre& centre) {
        write_text(centre.path("kế hoạch.docx"), "%PDF-1.4");
        const auto refused =
            site.upload("/imports", "kế hoạch.docx", {{"kind", "roster"}, {"note", "ghi chú"}});
        CHECK(refused.status == 422);
        CHECK(has(refused, "PDF"));
        CHECK(has(refused, "ghi chú"));
        CHECK(site.upload("/imports", "", {{"kind", "roster"}}).status == 422);
        CHECK(site.upload("/imports", "lớp.xlsx", {{"kind", "recipes"}}).status == 422);
        CHECK(site.upload("/imports", "kế hoạch.xlsx", {{"kind", "plan"}}).status == 422);
        CHECK(site.upload("/imports", "kế hoạch.xlsx", {{"kind", "plan"}, {"year", "17"}}).status == 422);
        CHECK(site.upload("/imports", "kế hoạch.xlsx",
                          {{"kind", "plan"}, {"year", "2018"}, {"document_date", "31/2/2018"}})
                  .status == 422);
        CHECK(site.upload("/api/v1/imports", "kế hoạch.docx", {{"kind", "roster"}}).status == 422);
        CHECK(centre.count("imports") == 0);
        CHECK(site.json("/imports")["imports"].list_items()->empty());
    });
}

TEST_CASE("a plan carries the words said beside it") {
    on_a_site([](Site& site, Centre& centre) {
        write_workbook(centre.path("p.xlsx"), {"Tên lớp / chương trình", "Số lớp"}, {{"Bí thư chi bộ", 3}});
        const auto uploaded = site.upload("/imports", "p.xlsx",
                                          {{"kind", "plan"},
                                           {"year", "2018"},
                                           {"document_number", "12-KH/TT"},
                                           {"document_date", "2018-01-05"},
                                           {"effective_on", "2018-02-01"}});
        REQUIRE(uploaded.status == 303);
        site.work();
        site.post(where(uploaded) + "/recording");
        site.work();
        CHECK(*site.json(where(uploaded))["recorded"]["url"].text() == "/plans/2018");
        CHECK(centre.list("select d.number || ' ' || cast(v.effective_on as text) from plan_versions v join "
                          "documents d on d.id = v.document where d.number is not null and d.number <> ''") ==
              std::vector<std::string>{"12-KH/TT 2018-02-01"});
    });
}

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

        const std::string third = checked_roster(site, {{1, "Lê Nam", "1/2/1980", "001085009999"}});
        const std::string other = checked_roster(site, {{1, "Ngô Tú", "3/4/1981", "001085009999"}});
        site.post(third + "/recording");
        site.post(other + "/recording");
        site.work();
        CHECK(state_of(site, other) == "checked");
        CHECK(*site.json(other)["blocked"].truth());
        CHECK(centre.count("participations") == 2);
    });
}

TEST_CASE("the pages have every name their templates ask for") {
    on_a_site([](Site& site, Centre&) {
        const std::string page =
            checked_roster(site, {{1, "Bùi Thị Lan Anh", "15/3/1985", "12"}, {2, "Lê Nam", "1985", ""}});
        const auto in_frame = [](Value value) {
            for (const char* name :
                 {"steps", "export", "print_url", "title", "assets", "refusals", "sent", "upload"})
                value.set(name, nullptr);
            return value;
        };
        const Value frame = in_frame(Value::object());
        const auto missing = [&](std::string_view view, const Value& value) {
            std::string all;
            for (const std::string& name : all_views().names_missing(view, value, frame)) all += name + "\n";
            return all;
        };
        // Lists that are empty in this case are named as such; nothing else may be.
        CHECK(missing("imports/import", site.json(page)) == "");
        CHECK(missing("imports/mapping", site.json(page + "/mapping")) == "");
    });
}

TEST_CASE("templates to fill in are recognised when they come back") {
    on_a_site([](Site& site, Centre& centre) {
        for (const char* kind : {"plan", "cohorts", "roster"}) {
            const auto response = site.get("/imports/templates/" + std::string(kind) + ".xlsx");
            REQUIRE(response.status == 200);
            const std::string name = std::string(kind) + " mẫu.xlsx";
            std::filesystem::copy_file(response.file->path, centre.path(name));
            // All that is wrong with it is that nobody has filled it in.
            const auto report = centre.check(kind, name, {.year = 2018});
            REQUIRE(report.refusals.size() == 1);
            CHECK(report.refusals.front().message == "import.no_rows");
        }
        CHECK(site.get("/imports/templates/recipes.xlsx").status == 404);
    });
}

TEST_CASE("the list goes on page by page, the newest first") {
    on_a_site([](Site& site, Centre& centre) {
        centre.database.write([&](db::Write& tx) {
            for (int i = 0; i < 120; ++i)
                tx.run(
                    "insert into imports (id, kind, unit, file_name, file_digest, file_bytes, options, "
                    "state, uploaded_at, uploaded_by, asked_by, changed_at) "
                    "values (:id, 'roster', :unit, :name, '', 0, '{}', 'checked', :at, :by, :by, :at)",
                    {{"id", 1'000 + i},
                     {"unit", centre.centre},
                     {"name", "tệp " + std::to_string(i)},
                     {"at", now},
                     {"by", centre.officer.account}});
        });
        int seen = 0;
        std::string next = "/imports", last;
        while (!next.empty()) {
            const auto before = db::statements_run();
            const Value page = site.json(next);
            CHECK(db::statements_run() - before < 12);
            for (const Value& row : *page["imports"].list_items()) {
                CHECK(*row["file_name"].text() == "tệp " + std::to_string(119 - seen));
                ++seen;
            }
            const auto* url = page["paging"]["next_url"].text();
            next = url ? url->substr(std::string("/api/v1").size()) : "";
        }
        CHECK(seen == 120);
        CHECK(has(site.get("/imports"), "tệp 119"));
    });
}

TEST_CASE("threads carry an import through while its page is asked again and again") {
    db::for_each_database(migrations, [](db::Database& database) {
        Centre centre(database);
        Site site(centre, {.threads = 2, .look_every = std::chrono::milliseconds(20)});
        site.visitor = site.officer;
        Rows rows;
        for (int i = 0; i < 3'000; ++i) rows.push_back({i + 1, "Người", day("1960-01-01") + i, ""});
        write_workbook(centre.path("a.xlsx"), header, rows);
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
