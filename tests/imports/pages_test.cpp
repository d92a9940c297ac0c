// A workbook on its way over the web, from the upload to the books.
#include <doctest/doctest.h>

#include "platform/office/sheet.h"
#include "site.h"

namespace tiendo::tests {
namespace {

TEST_CASE("upload, dry run, commit: nothing is recorded before the last step") {
    on_a_site([](Site& site, Centre& centre) {
        CHECK(site.get("/imports").status == 200);
        write_workbook(centre.path("danh sách.xlsx"), roster_header,
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
              "2 birth_date import.no_date\n2 national_id person.national_id_malformed");
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
        CHECK(site.post(mapping, {{"header_row", "10001"}}).status == 422);
        CHECK(where(site.post(mapping, {{"header_row", "0"}})) == mapping);  // no header at all
        CHECK(*site.json(mapping)["tables"].list_items()->front()["header_row"].number() == 0);
        CHECK(where(site.post(mapping, {{"header_row", "2"}})) == mapping);
        CHECK(where(site.post(
                  mapping, {{"header_row", "2"}, {"column-0", "full_name"}, {"column-1", "birth_date"}})) ==
              page);
        site.work();
        CHECK(*site.json(page)["report"]["new"].number() == 2);
    });
}

TEST_CASE("a row of somebody is not offered as the header, and what was chosen outlives the right one") {
    on_a_site([](Site& site, Centre& centre) {
        write_text(centre.path("a.csv"),
                   "Thứ,Người,Sinh,Chỗ\r\n1,Lê Nam,1/2/1986,Đơn vị Một\r\n2,Lê Nga,1/3/1987,Đơn vị Một\r\n");
        write_text(centre.path("b.csv"), "Lê Nam,1/2/1986,Đơn vị Một\r\nLê Nga,1/3/1987,Đơn vị Hai\r\n");
        const auto mapping_of = [&](const char* file) {
            return where(site.upload("/imports", file, {{"kind", "roster"}, {"cohort", "DVM-01/2017"}}));
        };
        const auto table = [&](const std::string& mapping) {
            return site.json(mapping)["tables"].list_items()->front();
        };
        const std::string headed = mapping_of("a.csv"), headless = mapping_of("b.csv");
        CHECK(*table(headed)["header_row"].number() == 1);
        CHECK(*table(headless)["header_row"].number() == 0);

        // Somebody takes the wrong row for the header, chooses columns, and then the right one.
        site.post(headed, {{"header_row", "2"}});
        site.post(headed, {{"header_row", "1"}, {"column-1", "full_name"}, {"column-2", "birth_date"}});
        const auto columns = *table(headed)["columns"].list_items();
        CHECK(*columns[1]["recognised"].truth());
        CHECK(*columns[2]["recognised"].truth());
        CHECK(!*columns[0]["recognised"].truth());

        site.post(headless, {{"header_row", "0"}, {"column-0", "full_name"}, {"column-1", "birth_date"}});
        site.work();
        const std::string page = headless.substr(0, headless.rfind('/'));
        CHECK(*site.json(page)["report"]["new"].number() == 2);
    });
}

TEST_CASE("units that the rows do not name are those of whoever sent the file") {
    on_a_site([](Site& site, Centre& centre) {
        centre.database.write(
            [](db::Write& tx) { organisations::UnitNames(tx).find_or_make(tx, "Bộ Tư pháp", now); });
        CHECK(has(site.get("/imports"), "<option value=\"Bộ Tư pháp\">"));
        write_text(centre.path("a.csv"),
                   "Họ và tên,Ngày sinh,Đơn vị\r\nLê Nam,1986,\r\nLê Nga,1987,Phòng Sáng kiến\r\n");
        const std::string page = where(site.upload(
            "/imports", "a.csv", {{"kind", "roster"}, {"cohort", "DVM-01/2017"}, {"sender", "Bộ Tư pháp"}}));
        site.work();
        CHECK(has(site.get(page), "Bộ Tư pháp”: Lê Nam (2)"));
        site.post(page + "/recording");
        site.work();
        CHECK(centre.list("select p.full_name || ' ' || u.name || ' ' || coalesce(o.name, '') from people p "
                          "join units u on u.id = p.unit left join units o on o.id = u.parent "
                          "order by p.birth_date") ==
              std::vector<std::string>{"Lê Nam Bộ Tư pháp Trung tâm", "Lê Nga Phòng Sáng kiến Bộ Tư pháp"});
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

TEST_CASE("the pages have every name their templates ask for") {
    on_a_site([](Site& site, Centre&) {
        const std::vector<std::string> with_unit{"STT", "Họ và tên", "Số CCCD", "Đơn vị"};
        const std::string page =
            checked_roster(site, {{1, "Bùi Thị Lan Anh", "12", ""}, {2, "Lê Nam", "", "Bộ mới"}}, with_unit);
        const std::string recorded = checked_roster(site, {{1, "Bùi Thị Lan Anh", "15/3/1985", ""}});
        site.post(recorded + "/recording");
        site.work();

        // One import cannot be rejected, recorded and failed at once; a sample can.
        Value sample = site.json(page);
        sample.set("recorded", site.json(recorded)["recorded"]);
        sample.set("failed", Value::object({{"incident", "7K3QX0VN"}}));
        sample.set("undone", Value::object({{"at", now}, {"by", "officer"}}));
        sample.set("sender", "Bộ Nội vụ").set("mapped_as", "trước.xlsx").set("can_undo", true);
        const Value cell = Value::object({{"place", "S!A2"}, {"before", "NguyÔn"}, {"after", "Nguyễn"}});
        sample.set("legacy", Value::object({{"told", "tcvn3"},
                                            {"suggested", true},
                                            {"turned", true},
                                            {"left", true},
                                            {"cells", 3},
                                            {"other", "tcvn3"},
                                            {"may_choose", true},
                                            {"samples", Value::list().push(cell)}}));
        Value report = sample["report"];
        sample.set("report", report.set("refusals", Value::list().push("cannot be read")));
        Value frame = Value::object({{"title", "T"},
                                     {"refused", false},
                                     {"refusals", nullptr},
                                     {"export", nullptr},
                                     {"print_url", nullptr}});
        frame.set("refusals", Value::list().push(Value::object({{"field", "file"}, {"message", "M"}})));
        frame.set("assets", Value::object({{"icons", "icons.svg"}}));
        const Value step = Value::object({{"name", "upload"}, {"done", true}, {"current", false}});
        frame.set("steps", Value::object({{"items", Value::list().push(step)}}));
        const auto missing = [&](std::string_view view, const Value& value) {
            std::string all;
            for (const std::string& name : all_views().names_missing(view, value, frame)) all += name + "; ";
            return all;
        };
        CHECK(missing("imports/import", sample) == "");
        Value mapping = site.json(page + "/mapping");
        mapping.set("missing", Value::object({{"names", "Họ và tên"}}));
        mapping.set("old_font", Value::object({{"other", "tcvn3"}, {"samples", Value::list().push(cell)}}));
        mapping.set("skipped", Value::list().push(Value::object({{"sheet", "S"}, {"why", "hidden"}})));
        CHECK(missing("imports/mapping", mapping) == "");
        CHECK(has(site.get("/imports?kind=roster&cohort=DVM-01/2017"), "value=\"DVM-01/2017\""));
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

}  // namespace
}  // namespace tiendo::tests
