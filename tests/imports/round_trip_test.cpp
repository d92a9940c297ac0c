// What goes back to a unit and comes again: rejected rows, remembered columns, undone imports.
#include <doctest/doctest.h>

#include "made_sheet.h"
#include "site.h"

namespace tiendo::tests {
namespace {

const Rows two_good_one_wrong{{1, "Bùi Thị Lan Anh", "15/3/1985", "001185001234"},
                              {2, "Trần Văn Bình", "30/2/1985", ""},
                              {3, "Lê Nam", "1985", ""}};

TEST_CASE("problems are grouped by how they are repaired") {
    on_a_site([](Site& site, Centre&) {
        Rows rows;
        for (int i = 1; i <= 30; ++i) rows.push_back({i, "Lê Nam", "30/2/1985", "12"});
        const std::string page = checked_roster(site, rows);
        const Value value = site.json(page);
        const auto& groups = *value["report"]["groups"].list_items();
        REQUIRE(groups.size() == 2);
        CHECK(*groups[0]["problem"].text() == "import.no_date");
        CHECK(*groups[0]["title"].text() == "Ngày không đọc được");
        CHECK(*groups[0]["column"].text() == "Ngày sinh");
        CHECK(*groups[0]["count"].number() == 30);
        CHECK(groups[0]["rejections"].list_items()->size() == 10);
        CHECK(*groups[1]["problem"].text() == "person.national_id_malformed");
        CHECK(has(site.get(page), "Ngày không đọc được"));
        CHECK(has(site.get(page), "và 20 chỗ nữa"));
    });
}

TEST_CASE("good rows are recorded on a decision, and the rejected ones come back mended on their own") {
    on_a_site([](Site& site, Centre& centre) {
        const std::string page = checked_roster(site, two_good_one_wrong);
        CHECK(*site.json(page)["rest"]["rows"].number() == 2);
        CHECK(site.post(page + "/recording").status == 422);
        CHECK(site.post(page + "/partial-recording").status == 303);
        site.work();
        CHECK(state_of(site, page) == "recorded");
        CHECK(centre.count("participations") == 2);
        CHECK(*site.json(page)["report"]["rejected"].number() == 1);

        // The workbook of rejected rows, with the wrong day mended and the reason left where it is.
        const auto workbook = site.get(page + "/rejected");
        REQUIRE(workbook.file);
        std::vector<std::vector<std::string>> rows;
        office::read_sheets(
            office::file(workbook.file->path), {}, [](const office::SheetInfo&) { return office::Next::row; },
            [&](const office::SheetRow& row) {
                auto& texts = rows.emplace_back();
                for (const auto& cell : row.cells)
                    texts.push_back(cell.text == "30/2/1985" ? "28/2/1985" : cell.text);
                return office::Next::row;
            });
        REQUIRE(rows.size() == 2);
        CHECK(rows[1].back().find("Dòng 3") != std::string::npos);
        write_sheets(centre.path("sửa.xlsx"), {{.rows = rows}});
        const std::string again =
            where(site.upload("/imports", "sửa.xlsx", {{"kind", "roster"}, {"cohort", "DVM-01/2017"}}));
        site.work();
        CHECK(*site.json(again)["report"]["new"].number() == 1);
        CHECK(*site.json(again)["can_commit"].truth());
        site.post(again + "/recording");
        site.work();
        CHECK(centre.count("participations") == 3);
        // The whole file again says nothing new.
        CHECK(centre.count("people") == 3);
    });
}

TEST_CASE("a plan is recorded whole or not at all") {
    on_a_site([](Site& site, Centre& centre) {
        write_workbook(centre.path("p.xlsx"), {"Tên lớp / chương trình", "Số lớp"},
                       {{"Đảng viên mới", 8}, {"Bí thư chi bộ", "ba"}});
        const std::string page =
            where(site.upload("/imports", "p.xlsx", {{"kind", "plan"}, {"year", "2018"}}));
        site.work();
        CHECK(site.json(page)["rest"].is_null());
        CHECK(site.post(page + "/partial-recording").status == 422);
    });
}

const std::vector<std::string> odd_header{"Mã", "Người học", "NS"};

TEST_CASE("columns chosen by hand are known again when the same unit sends the same headings") {
    on_a_site([](Site& site, Centre& centre) {
        write_workbook(centre.path("a.xlsx"), {"Họ và tên", "Đơn vị"}, {{"Lê Văn Một", "Bộ Nội vụ"}});
        centre.record("roster", "a.xlsx", {.cohort = "DVM-02/2017"});
        write_workbook(centre.path("lần một.xlsx"), odd_header, {{1, "Bùi Thị Lan Anh", "1985"}});
        const http::Fields form{{"kind", "roster"}, {"cohort", "DVM-01/2017"}, {"sender", "Bộ Nội vụ"}};
        const std::string mapping = where(site.upload("/imports", "lần một.xlsx", form));
        REQUIRE(mapping.ends_with("/mapping"));
        CHECK(site.post(mapping, {{"header_row", "1"}, {"column-1", "full_name"}, {"column-2", "birth_date"}})
                  .status == 303);
        site.work();

        write_workbook(centre.path("lần hai.xlsx"), odd_header, {{1, "Trần Văn Bình", "1986"}});
        const std::string page = where(site.upload("/imports", "lần hai.xlsx", form));
        CHECK_FALSE(page.ends_with("/mapping"));
        site.work();
        CHECK(*site.json(page)["mapped_as"].text() == "lần một.xlsx");
        CHECK(*site.json(page)["sender"].text() == "Bộ Nội vụ");
        CHECK(*site.json(page)["report"]["new"].number() == 1);
        CHECK(has(site.get(page), "lần một.xlsx"));

        // Not for whoever else sends them, nor for other headings.
        CHECK(where(site.upload("/imports", "lần hai.xlsx", {{"kind", "roster"}, {"cohort", "DVM-01/2017"}}))
                  .ends_with("/mapping"));
        write_workbook(centre.path("lần ba.xlsx"), {"Người học", "Mã", "NS"}, {{"Trần Văn Bình", 1, "1986"}});
        CHECK(where(site.upload("/imports", "lần ba.xlsx", form)).ends_with("/mapping"));
        // A unit that is none is refused.
        CHECK(site.upload("/imports", "lần hai.xlsx",
                          {{"kind", "roster"}, {"cohort", "DVM-01/2017"}, {"sender", "Bộ Nội vụa"}})
                  .status == 422);
    });
}

TEST_CASE("cells pasted from a spreadsheet are a file like any other") {
    on_a_site([](Site& site, Centre& centre) {
        const auto sent = site.upload("/imports", "",
                                      {{"kind", "roster"},
                                       {"cohort", "DVM-01/2017"},
                                       {"pasted", "Họ và tên\tNgày sinh\r\nBùi Thị Lan Anh\t15/3/1985\r\n"}});
        REQUIRE(sent.status == 303);
        site.work();
        CHECK(*site.json(where(sent))["report"]["new"].number() == 1);
        CHECK(site.upload("/imports", "", {{"kind", "roster"}, {"pasted", " \r\n "}}).status == 422);
        CHECK(centre.count("imports") == 1);
    });
}

TEST_CASE("an import is undone while nothing depends on it") {
    on_a_site([](Site& site, Centre& centre) {
        const auto started = [&] {
            return centre.list(
                "select cast(coalesce(sum(quantity), 0) as text) from postings where measure = "
                "'learners_started'");
        };
        const std::string page =
            checked_roster(site, {{1, "Bùi Thị Lan Anh", "15/3/1985", ""}, {2, "Lê Nam", "1985", ""}});
        site.post(page + "/recording");
        site.work();
        CHECK(started() == std::vector<std::string>{"2"});
        CHECK(*site.json(page)["can_undo"].truth());
        CHECK(site.post(page + "/undoing").status == 422);  // without a reason

        const auto postings = centre.count("postings");
        CHECK(site.post(page + "/undoing", {{"reason", "nhầm lớp"}}).status == 303);
        CHECK(state_of(site, page) == "undone");
        CHECK(centre.count("participations") == 0);
        CHECK(centre.count("postings") == postings + 2);  // reversals, no deletions
        CHECK(started() == std::vector<std::string>{"0"});
        CHECK(centre.list(
                  "select person_name || ' ' || reason from undone_participations order by person_name") ==
              std::vector<std::string>{"Bùi Thị Lan Anh nhầm lớp", "Lê Nam nhầm lớp"});
        CHECK(site.post(page + "/undoing", {{"reason", "nhầm lớp"}}).status == 422);
        CHECK(centre.list("select action from audit_trail where action = 'import.undo'").size() == 1);

        // The same file can come again.
        const std::string again = checked_roster(site, {{1, "Bùi Thị Lan Anh", "15/3/1985", ""}});
        CHECK(*site.json(again)["report"]["new"].number() == 1);
    });
}

TEST_CASE("what depends on an import is said instead of undoing it") {
    on_a_site([](Site& site, Centre& centre) {
        const std::string first = checked_roster(site, {{1, "Bùi Thị Lan Anh", "15/3/1985", ""}});
        site.post(first + "/recording");
        site.work();
        const std::vector<std::string> header{"Họ và tên", "Ngày sinh", "Ngày thôi học"};
        const std::string second =
            checked_roster(site, {{"Bùi Thị Lan Anh", "15/3/1985", "20/3/2017"}}, header);
        site.post(second + "/recording");
        site.work();
        for (const std::string& page : {first, second}) {
            const auto refused = site.post(page + "/undoing", {{"reason", "nhầm"}});
            CHECK(refused.status == 422);
            CHECK(has(refused, "Bùi Thị Lan Anh (DVM-01/2017)"));
            CHECK(state_of(site, page) == "recorded");
        }
        CHECK(centre.count("participations") == 1);
    });
}

TEST_CASE("text in fonts from before Unicode is shown before and after, and may be left") {
    on_a_site([](Site& site, Centre& centre) {
        write_sheets(centre.path("a.xlsx"),
                     {{.rows = {{"Họ và tên", "Năm sinh"}, {"tcvn3:NguyÔn V¨n §øc", "#1981"}}}});
        const std::string page =
            where(site.upload("/imports", "a.xlsx", {{"kind", "roster"}, {"cohort", "DVM-01/2017"}}));
        site.work();
        const Value legacy = site.json(page)["legacy"];
        CHECK(*legacy["turned"].truth());
        const Value& sample = legacy["samples"].list_items()->front();
        CHECK(*sample["place"].text() == "Danh sách!A2");
        CHECK(*sample["before"].text() == "NguyÔn V¨n §øc");
        CHECK(*sample["after"].text() == "Nguyễn Văn Đức");
        CHECK(has(site.get(page), "NguyÔn V¨n §øc"));

        CHECK(site.post(page + "/legacy", {{"legacy", "as_is"}}).status == 303);
        site.work();
        CHECK(*site.json(page)["legacy"]["left"].truth());
        site.post(page + "/recording");
        site.work();
        CHECK(centre.list("select full_name from people") == std::vector<std::string>{"NguyÔn V¨n §øc"});
    });
}

TEST_CASE("text that only looks like TCVN3 is a suggestion, followed when somebody says so") {
    on_a_site([](Site& site, Centre& centre) {
        write_workbook(centre.path("a.xlsx"), {"Họ và tên", "Năm sinh"},
                       {{"NguyÔn V¨n §øc", 1981}, {"TrÇn ThÞ Hµ", 1982}, {"Lª V¨n Hïng", 1983}});
        const std::string page =
            where(site.upload("/imports", "a.xlsx", {{"kind", "roster"}, {"cohort", "DVM-01/2017"}}));
        site.work();
        CHECK(*site.json(page)["legacy"]["suggested"].truth());
        CHECK(*site.json(page)["legacy"]["other"].text() == "tcvn3");
        // Until somebody decides nobody is recorded by such a name.
        CHECK_FALSE(*site.json(page)["can_commit"].truth());
        CHECK(*site.json(page)["report"]["rejected"].number() == 3);
        CHECK(*site.json(page)["report"]["groups"].list_items()->front()["problem"].text() ==
              "import.old_font");
        CHECK(site.post(page + "/legacy", {{"legacy", "tcvn3"}}).status == 303);
        site.work();
        site.post(page + "/recording");
        site.work();
        CHECK(centre.list("select full_name from people order by id") ==
              std::vector<std::string>{"Nguyễn Văn Đức", "Trần Thị Hà", "Lê Văn Hùng"});
    });
}

TEST_CASE("headings that look like TCVN3 are read so when somebody says so") {
    on_a_site([](Site& site, Centre& centre) {
        write_workbook(centre.path("a.xlsx"), {"Hä vµ tªn", "N¨m sinh"}, {{"NguyÔn V¨n §øc", 1981}});
        const std::string mapping =
            where(site.upload("/imports", "a.xlsx", {{"kind", "roster"}, {"cohort", "DVM-01/2017"}}));
        REQUIRE(mapping.ends_with("/mapping"));
        const std::string page = mapping.substr(0, mapping.rfind('/'));
        CHECK(*site.json(mapping)["old_font"]["other"].text() == "tcvn3");
        CHECK(has(site.get(mapping), "Họ và tên"));
        CHECK(where(site.post(page + "/legacy", {{"legacy", "tcvn3"}})) == page);
        site.work();
        site.post(page + "/recording");
        site.work();
        CHECK(centre.list("select full_name from people") == std::vector<std::string>{"Nguyễn Văn Đức"});
    });
}

// The workbook of rejected rows of a page, with one text mended, sent again.
Value sent_again(Site& site, Centre& centre, const std::string& page, const std::string& wrong,
                 const std::string& right) {
    const auto workbook = site.get(page + "/rejected");
    REQUIRE(workbook.file);
    std::vector<std::vector<std::string>> rows;
    office::read_sheets(
        office::file(workbook.file->path), {}, [](const office::SheetInfo&) { return office::Next::row; },
        [&](const office::SheetRow& row) {
            auto& texts = rows.emplace_back();
            for (const auto& cell : row.cells) texts.push_back(cell.text == wrong ? right : cell.text);
            return office::Next::row;
        });
    write_sheets(centre.path("sửa.xlsx"), {{.rows = rows}});
    const std::string again =
        where(site.upload("/imports", "sửa.xlsx", {{"kind", "roster"}, {"cohort", "DVM-01/2017"}}));
    site.work();
    site.post(again + "/recording");
    site.work();
    return site.json(again);
}

TEST_CASE("rejected rows of every kind of header in two rows come back and are taken when mended") {
    struct Sent {
        const char* name;
        MadeSheet sheet;
        const char* became;  // name, sex, birth
    };
    const std::vector<Sent> sent{{"sexes under one heading",
                                  {.rows = {{"STT", "Họ và tên", "Giới tính", "", "Ngày sinh"},
                                            {"", "", "Nam", "Nữ", ""},
                                            {"#1", "Bùi Thị Lan Anh", "", "x", "30/2/1985"}},
                                   .merged = {"A1:A2", "B1:B2", "C1:D1", "E1:E2"}},
                                  "Bùi Thị Lan Anh | female | 1985"},
                                 {"years of birth under the sexes",
                                  {.rows = {{"STT", "Họ và tên", "Năm sinh", ""},
                                            {"", "", "Nam", "Nữ"},
                                            {"#1", "Bùi Thị Lan Anh", "", "30/2/1985"}},
                                   .merged = {"A1:A2", "B1:B2", "C1:D1"}},
                                  "Bùi Thị Lan Anh | female | 1985"},
                                 {"names in two columns under one heading",
                                  {.rows = {{"STT", "Họ và tên", "", "Ngày sinh", "Giới tính"},
                                            {"", "Họ đệm", "Tên", "", ""},
                                            {"#1", "Bùi Thị Lan", "Anh", "30/2/1985", "Nữ"}},
                                   .merged = {"A1:A2", "B1:C1", "D1:D2", "E1:E2"}},
                                  "Bùi Thị Lan Anh | female | 1985"},
                                 {"two rows without merged cells, as .csv has them",
                                  {.rows = {{"STT", "Họ và tên", "Giới tính", "", "Ngày sinh"},
                                            {"", "", "Nam", "Nữ", ""},
                                            {"#1", "Bùi Thị Lan Anh", "", "x", "30/2/1985"}}},
                                  "Bùi Thị Lan Anh | female | 1985"}};
    for (const Sent& one : sent) {
        CAPTURE(one.name);
        on_a_site([&](Site& site, Centre& centre) {
            write_sheets(centre.path("a.xlsx"), {one.sheet});
            const std::string page =
                where(site.upload("/imports", "a.xlsx", {{"kind", "roster"}, {"cohort", "DVM-01/2017"}}));
            site.work();
            REQUIRE(*site.json(page)["report"]["rejected"].number() == 1);
            const Value again = sent_again(site, centre, page, "30/2/1985", "1985");
            CHECK(*again["report"]["rejected"].number() == 0);
            CHECK(centre.list("select full_name || ' | ' || sex || ' | ' || "
                              "substr(cast(birth_date as text), 1, 4) from people") ==
                  std::vector<std::string>{one.became});
        });
    }
}

TEST_CASE("cells pasted without their headings lose nobody") {
    on_a_site([](Site& site, Centre& centre) {
        const std::string mapping =
            where(site.upload("/imports", "",
                              {{"kind", "roster"},
                               {"cohort", "DVM-01/2017"},
                               {"pasted", "1\tBùi Thị Lan Anh\t15/3/1985\n2\tTrần Văn Bình\t1/1/1980\n"}}));
        REQUIRE(mapping.ends_with("/mapping"));
        const std::string page = mapping.substr(0, mapping.rfind('/'));
        const Value table = site.json(mapping)["tables"].list_items()->front();
        CHECK(*table["header_row"].number() == 0);
        CHECK_FALSE(*table["has_header"].truth());
        CHECK(has(site.get(mapping), "Bảng trong tệp"));
        CHECK_FALSE(has(site.get(mapping), "“”"));
        CHECK(where(site.post(
                  mapping, {{"header_row", "0"}, {"column-1", "full_name"}, {"column-2", "birth_date"}})) ==
              page);
        site.work();
        CHECK(*site.json(page)["report"]["new"].number() == 2);
        site.post(page + "/recording");
        site.work();
        CHECK(centre.list("select full_name from people order by birth_date") ==
              std::vector<std::string>{"Trần Văn Bình", "Bùi Thị Lan Anh"});
    });
}

TEST_CASE("a unit almost called like another is new only when somebody says so") {
    on_a_site([](Site& site, Centre& centre) {
        const std::vector<std::string> header{"Họ và tên", "Năm sinh", "Đơn vị"};
        centre.record_roster(header, {{"Bùi Thị Lan Anh", 1985, "Đảng bộ Bộ Tư pháp"}});
        const std::string page = checked_roster(site,
                                                {{"Trần Văn Bình", 1980, "Đảng bộ Bộ Tư phápp"},
                                                 {"Lê Nam", 1981, "Chi bộ 1"},
                                                 {"Vũ Thị Hà", 1982, "Chi bộ 2"}},
                                                header);
        CHECK(*site.json(page)["near_units"].truth());
        CHECK(*site.json(page)["report"]["rejected"].number() == 1);
        CHECK(has(site.get(page), "Xác nhận là đơn vị mới"));
        CHECK(site.post(page + "/new-units").status == 303);
        site.work();
        CHECK(*site.json(page)["report"]["rejected"].number() == 0);
        site.post(page + "/recording");
        site.work();
        CHECK(centre.list("select name from units where name like '%phápp'").size() == 1);
    });
}

}  // namespace
}  // namespace tiendo::tests
