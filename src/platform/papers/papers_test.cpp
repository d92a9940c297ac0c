#include "platform/papers/papers.h"

#include <doctest/doctest.h>

#include <stdexcept>

#include "platform/papers/pictures.h"

using namespace tiendo;
using namespace tiendo::papers;

namespace {

const std::vector<Field> fields = {{"full_name", true, "Công Tằng Tôn Nữ Thị Huyền Trân Phương Nguyễn"},
                                   {"unit", false, "Đảng bộ Bộ Nội vụ"},
                                   {"qr", false, "https://tiendo.example/check/ABCD"}};

std::string page(std::string_view inside,
                 std::string_view root = "width=\"297mm\" height=\"210mm\" viewBox=\"0 0 297 210\"") {
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
           "xmlns:inkscape=\"http://www.inkscape.org/namespaces/inkscape\" " +
           std::string(root) + ">\n" + std::string(inside) + "\n</svg>";
}
const std::string name_text =
    "<text x=\"148\" y=\"100\" text-anchor=\"middle\" font-size=\"8\" font-family=\"Noto "
    "Serif\">{{full_name}}</text>";

// "papers.script | 2, <script>": the first refusal, and how many more there are.
std::string refusal_of(const std::string& svg, const Limits& limits = {}) {
    const auto read = Template::read(svg, fields, limits);
    if (!read.refused()) return "";
    const Refusal& first = read.refusals().front();
    std::string text = first.message;
    for (const std::string& argument : first.arguments) text += " | " + argument;
    return text;
}
std::string refused_beside_name(const std::string& inside) {
    return refusal_of(page(name_text + "\n" + inside));
}

Template require_template(const std::string& svg) {
    const auto read = Template::read(svg, fields);
    for (const Refusal& refusal : read.refused() ? read.refusals() : Refusals{}) MESSAGE(refusal.message);
    REQUIRE(read);
    return *read;
}

}  // namespace

TEST_CASE("a template knows its page and its fields") {
    const Template paper = require_template(page(name_text));
    CHECK(paper.width_mm() == 297);
    CHECK(paper.height_mm() == 210);
    CHECK(paper.fields() == std::vector<std::string>{"full_name"});
    CHECK(require_template(page(name_text, "width=\"8.27in\" height=\"842pt\"")).height_mm() == 297);
}

TEST_CASE("what runs or reaches out is refused, with its place") {
    CHECK(refused_beside_name("<script>alert(1)</script>") == "papers.script | 3, <script>");
    CHECK(refused_beside_name("<h:script xmlns:h=\"http://www.w3.org/1999/xhtml\"/>") ==
          "papers.script | 3, <script>");
    CHECK(refused_beside_name("<rect onclick=\"x()\"/>") == "papers.event_attribute | 3, <rect> | onclick");
    CHECK(refused_beside_name("<rect onLoad=\"x()\"/>") == "papers.event_attribute | 3, <rect> | onLoad");
    CHECK(refused_beside_name("<foreignObject/>") == "papers.foreign_object | 3, <foreignObject>");
    CHECK(refused_beside_name("<g><set attributeName=\"href\" to=\"http://a\"/></g>") ==
          "papers.animation | 3, <set>");
    CHECK(refused_beside_name("<filter><feImage href=\"http://a\"/></filter>") ==
          "papers.filter | 3, <filter>");
    CHECK(refused_beside_name("<rect style=\"filter:url(#a)\"/>") == "papers.filter | 3, <rect>");
    CHECK(refused_beside_name("<a href=\"#b\"/>") == "papers.element_unknown | 3, <a> | a");
    CHECK(refused_beside_name("<flowRoot/>") == "papers.flowed_text | 3, <flowRoot>");
    for (const char* address : {"http://a.example/b.png", "https://a/b", "//a/b.png", "/etc/passwd",
                                "file:///b.png", "b.png", "#b", "javascript:x"})
        CHECK(refused_beside_name("<image href=\"" + std::string(address) + "\"/>") ==
              "papers.external | 3, <image> | " + std::string(address));
    CHECK(refused_beside_name("<image xlink:href=\"http://a/b\"/>") ==
          "papers.external | 3, <image> | http://a/b");
    CHECK(refused_beside_name("<use href=\"other.svg#a\"/>") == "papers.external | 3, <use> | other.svg#a");
    CHECK(refused_beside_name("<use href=\"data:image/svg+xml,a#b\"/>").starts_with("papers.external"));
    CHECK(refused_beside_name("<rect fill=\"url( 'http://a' )\"/>") ==
          "papers.external | 3, <rect> | http://a");
    CHECK(refused_beside_name("<rect style=\"fill:UR/**/L(http://a);fill:url(http://a)\"/>") ==
          "papers.external | 3, <rect> | http://a");
    CHECK(refused_beside_name("<rect style=\"fill:u\\72l(http://a)\"/>") ==
          "papers.style_sheet | 3, <rect> | \\");
    CHECK(refused_beside_name("<style>@import 'a.css';</style>") ==
          "papers.style_sheet | 3, <style> | @import");
    CHECK(refused_beside_name("<style>/* */@font-face{src:url(a)}</style>") ==
          "papers.style_sheet | 3, <style> | @font-face");
    CHECK(refused_beside_name("<style>rect{fill:url(//a)}</style>") == "papers.external | 3, <style> | //a");
    CHECK(refused_beside_name("<g xml:base=\"http://a\"/>") == "papers.external | 3, <g> | http://a");
    CHECK(refusal_of("<?xml-stylesheet href='http://a'?>" + page(name_text)) ==
          "papers.external | 1 | <?xml-stylesheet?>");
}

TEST_CASE("a document type, and with it every entity, is refused") {
    CHECK(refusal_of("<!DOCTYPE svg [<!ENTITY a \"b\">]>" + page(name_text)) == "papers.doctype | 1");
    CHECK(refusal_of("<!DOCTYPE svg SYSTEM \"file:///etc/passwd\">" + page(name_text)) ==
          "papers.doctype | 1");
    CHECK(refusal_of(page("<text>&b;</text>")).starts_with("papers.damaged | 2"));
}

TEST_CASE("what is no drawing is told apart from one that is damaged") {
    CHECK(refusal_of("") == "papers.not_svg | 1");
    CHECK(refusal_of("\x1f\x8b svgz") == "papers.not_svg | 1");
    CHECK(refusal_of("<html/>") == "papers.not_svg | 1, <html>");
    CHECK(refusal_of("<svg/>") == "papers.not_svg | 1, <svg>");
    CHECK(refusal_of("<svg xmlns=\"http://www.w3.org/2000/svg\"><g></svg>")
              .starts_with("papers.damaged | 1 | "));
    std::string deep;
    for (int i = 0; i < 300; ++i) deep += "<g>";
    CHECK(refusal_of(page(deep)).starts_with("papers.damaged | 2, <g> | "));
}

TEST_CASE("a template has a page and a measure") {
    CHECK(refusal_of(page(name_text, "")).starts_with("papers.page_size | 1, <svg> | width=\"\""));
    CHECK(refusal_of(page(name_text, "width=\"100%\" height=\"100%\"")).starts_with("papers.page_size"));
    CHECK(refusal_of(page(name_text, "width=\"9000mm\" height=\"210mm\"")).starts_with("papers.page_size"));
    CHECK(refusal_of(page(name_text, "width=\"297mm\" height=\"210mm\" viewBox=\"0 0 100 200\""))
              .starts_with("papers.page_size | 1, <svg> | viewBox=\"0 0 100 200\""));
    Limits limits;
    limits.bytes = 100;
    CHECK(refusal_of(page(name_text), limits) == "papers.too_large |  | 1 | 1");
    CHECK(refusal_of(std::string(8'000'001, ' ')) == "papers.too_large |  | 9 | 8");
    // Ten copies of ten copies of …: a thousand million rectangles in a dozen lines.
    std::string copies = "<defs><rect id=\"a0\" width=\"1\" height=\"1\"/>";
    for (int i = 1; i <= 9; ++i) {
        copies += "<g id=\"a" + std::to_string(i) + "\">";
        for (int j = 0; j < 10; ++j) copies += "<use href=\"#a" + std::to_string(i - 1) + "\"/>";
        copies += "</g>";
    }
    CHECK(refused_beside_name(copies + "</defs>") == "papers.too_many_elements | 1, <svg> | 20001 | 20000");
    CHECK(refused_beside_name(
              "<g id=\"a\"><use href=\"#b\"/></g><g id=\"b\"><use href=\"#a\"/><use href=\"#a\"/></g>") ==
          "papers.too_many_elements | 1, <svg> | 20001 | 20000");
}

TEST_CASE("pictures are PNG or JPEG inside the file, and not too large") {
    const std::string png =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    const std::string image = "<image width=\"9\" height=\"9\" href=\"data:image/png;base64," + png + "\"/>";
    CHECK(refused_beside_name(image).empty());
    CHECK(refused_beside_name("<image href=\"data:image/svg+xml;base64,PHN2Zy8+\"/>") ==
          "papers.picture_kind | 3, <image> | image/svg+xml");
    CHECK(refused_beside_name("<image href=\"data:image/png;base64,AAAA\"/>") ==
          "papers.picture_kind | 3, <image> | image/png");
    CHECK(
        refused_beside_name("<image href=\"data:image/png;base64,*\"/>").starts_with("papers.picture_kind"));
    Limits limits;
    limits.picture_bytes = 50;
    CHECK(refusal_of(page(name_text + image), limits) == "papers.picture_bytes | 1, <svg> | 1 | 1");
    // A header is enough to fill the memory of whoever unpacks it.
    std::string bomb = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA/////wAA////";
    CHECK(refused_beside_name("<image href=\"" + bomb + "\"/>").starts_with("papers.picture_pixels"));
    CHECK_FALSE(size_of_jpeg("\xff\xd8\xff"));
    CHECK_FALSE(size_of_jpeg(std::string("\xff\xd8\xff\xe0\x00\x00xxxxxxxxxx", 16)));
    const auto size =
        size_of_jpeg(std::string("\xff\xd8\xff\xe0\x00\x04xx\xff\xc0\x00\x11\x08\x00\x10\x00\x20xx", 19));
    REQUIRE(size);
    CHECK(size->width == 32);
    CHECK(size->height == 16);
}

TEST_CASE("a field nobody knows is refused with the nearest one") {
    CHECK(refused_beside_name("<text font-family=\"Noto Serif\">{{ ful_name }}</text>") ==
          "papers.field_unknown | 3, <text> | ful_name | full_name | full_name, unit, qr");
    CHECK(refused_beside_name("<text font-family=\"Noto Serif\">{{Họ tên}}</text>")
              .starts_with("papers.field_unknown | 3, <text> | Họ tên | "));
    CHECK(refusal_of(page("<rect/>")) == "papers.field_missing | 1, <svg> | full_name");
    CHECK(refused_beside_name("<text font-family=\"Noto Serif\">{{unit</text>") ==
          "papers.field_broken | 3, <text> | {{unit");
    CHECK(refused_beside_name("<defs><text id=\"a\" font-family=\"Noto Serif\">{{unit}}</text></defs>") ==
          "papers.field_in_definition | 3, <defs>");
}

TEST_CASE("a placeholder that Inkscape cut into pieces is read as one, on one line") {
    const std::string before =
        "<text x=\"148\" y=\"90\" text-anchor=\"middle\" font-size=\"8\" font-family=\"Noto Serif\">";
    CHECK(
        refusal_of(page(before + "<tspan>{{full</tspan><tspan font-weight=\"bold\">_na</tspan>me}} x</text>"))
            .empty());
    CHECK(refusal_of(page(before + "{<tspan>{full_name}</tspan>}</text>")).empty());
    CHECK(
        refusal_of(page(before +
                        "<tspan x=\"1\" y=\"1\">{{full</tspan><tspan x=\"1\" y=\"9\">_name}}</tspan></text>"))
            .starts_with("papers.field_broken | 2, <tspan> | {{full"));
}

TEST_CASE("a font that is not there is an error, and so is one that lacks a letter") {
    CHECK(refused_beside_name("<text style=\"font-family:'Noto Serf', 'Noto Serif'\">x</text>") ==
          "papers.font_missing | 3, <text> | Noto Serf | Noto Serif");
    CHECK(refused_beside_name("<text font-family=\"serif\">x</text>").starts_with("papers.font_missing"));
    CHECK(refused_beside_name("<text>x</text>") == "papers.font_unnamed | 3, <text>");
    CHECK(refused_beside_name("<g style=\"font-family:Noto Sans\"><text>x</text></g>").empty());
    CHECK(refused_beside_name("<style>text{font-family:'No Such Font'}</style>")
              .starts_with("papers.font_missing"));
    CHECK(refused_beside_name("<text font-family=\"Noto Serif\">中文中</text>") ==
          "papers.font_letters | 3, <text> | Noto Serif | 中文");
    // Blank texts draw nothing, whatever they are set in.
    CHECK(refused_beside_name("<text style=\"font-family:sans-serif\">  </text>").empty());
}

TEST_CASE("the code takes the place of a rectangle that is large enough") {
    CHECK(refused_beside_name("<rect id=\"qr\" x=\"9\" y=\"9\" width=\"30\" height=\"30\"/>").empty());
    CHECK(refused_beside_name("<rect inkscape:label=\"qr\" width=\"30\" height=\"30\"/>").empty());
    CHECK(refused_beside_name("<rect id=\"qr\" width=\"5\" height=\"30\"/>") ==
          "papers.qr_too_small | 3, <rect> | 5 | 9");
    CHECK(
        refused_beside_name("<g transform=\"scale(0.1)\"><rect id=\"qr\" width=\"30\" height=\"30\"/></g>") ==
        "papers.qr_too_small | 3, <rect> | 3 | 9");
    CHECK(refused_beside_name("<rect id=\"qr\" width=\"50%\" height=\"30\"/>") ==
          "papers.qr_shape | 3, <rect>");
    const Template paper =
        require_template(page(name_text + "<rect id=\"qr\" x=\"9\" y=\"9\" width=\"30\" height=\"30\"/>"));
    const auto dense = png_of(paper, {{"full_name", "An"}, {"qr", std::string(2'000, 'a')}}, 100);
    REQUIRE(dense.refused());
    CHECK(dense.refusals().front().message == "papers.qr_too_dense");
    CHECK(dense.refusals().front().arguments[0] == "16");
    CHECK(dense.refusals().front().arguments[1] == "25");
}

TEST_CASE("a long text is drawn smaller, then in two lines, then refused") {
    const auto with_fit = [](int width) {
        return page("<rect inkscape:label=\"fit full_name\" width=\"" + std::to_string(width) +
                    "\" height=\"9\"/>" + name_text);
    };
    CHECK(refusal_of(with_fit(220)).empty());
    CHECK(refusal_of(with_fit(150)).empty());
    CHECK(refusal_of(with_fit(80)).empty());
    CHECK(refusal_of(with_fit(30)) ==
          "papers.longest_too_long | 2, <text> | full_name | Công Tằng Tôn Nữ Thị Huyền Trân Phương "
          "Nguyễn");
    const Template paper = require_template(with_fit(80));
    CHECK(pdf_of(paper, paper.longest(), {}));
    const auto longer =
        pdf_of(paper, {{"full_name", paper.longest()["full_name"] + " " + paper.longest()["full_name"]}}, {});
    REQUIRE(longer.refused());
    CHECK(longer.refusals().front().message == "papers.value_too_long");
    // Without a rectangle a text must stay on the page, at its longest and beyond.
    const Template free = require_template(page(name_text));
    CHECK(pdf_of(free, {{"full_name", std::string(90, 'W')}}, {}).refused());
    CHECK(refusal_of(
              page("<text x=\"250\" y=\"9\" font-size=\"8\" font-family=\"Noto Serif\">{{full_name}}</text>"))
              .starts_with("papers.longest_too_long"));
    const std::string own =
        "<text data-fit=\"150\" data-fit-smallest=\"90\" x=\"148\" y=\"9\" font-size=\"8\" "
        "text-anchor=\"middle\" font-family=\"Noto Serif\">{{full_name}}</text>";
    CHECK(refusal_of(page(own)).empty());
}

TEST_CASE("a value with a letter that the font has not is refused, not drawn in another font") {
    const Template paper = require_template(page(name_text));
    const auto drawn = png_of(paper, {{"full_name", "An 中"}}, 100);
    REQUIRE(drawn.refused());
    CHECK(drawn.refusals().front() ==
          Refusal{"full_name", "papers.value_letter", {"full_name", "中", "Noto Serif"}});
}

TEST_CASE("what stands in place of a value is drawn only where there is none") {
    const Template paper = require_template(
        page("<g id=\"without-full_name\"><text font-family=\"Noto Serif\" y=\"9\">{{unit}}</text></g>" +
             name_text));
    // A letter that no font has is noticed only where it is drawn.
    CHECK(png_of(paper, {{"unit", "中"}}, 100).refused());
    CHECK_FALSE(png_of(paper, {{"full_name", "An"}, {"unit", "中"}}, 100).refused());
}

TEST_CASE("whether a page can be drawn is told without drawing it") {
    const Template free = require_template(page(name_text));
    const auto first = [](const Template& paper, const std::string& name) {
        const Refusals why = paper.complaints_about({{"full_name", name}});
        CHECK(why.empty() == !png_of(paper, {{"full_name", name}}, 100).refused());
        return why.empty() ? "" : why.front().message;
    };
    CHECK(first(free, "Đỗ Thị Ánh").empty());
    CHECK(first(free, "An 中") == "papers.value_letter");
    // As many letters as the longest name, and wider than the page.
    CHECK(first(free, std::string(45, 'W')) == "papers.value_too_long");
    CHECK(first(free, std::string(60, 'i')).empty());
    const Template narrow = require_template(
        page("<rect inkscape:label=\"fit full_name\" width=\"80\" height=\"9\"/>" + name_text));
    CHECK(first(narrow, std::string(20, 'W')) == "papers.value_too_long");  // has no place to break
    CHECK(first(narrow, "Đỗ Thị Ánh").empty());
}

TEST_CASE("values are text, whatever they look like") {
    const Template paper = require_template(page(name_text));
    const auto pdf = pdf_of(paper, {{"full_name", "<b>&amp; \"An\" {{unit}}</b>"}}, {});
    CHECK(pdf);
}

TEST_CASE("the same input gives the same bytes") {
    const Template paper = require_template(page("<rect width=\"9\" height=\"9\"/>" + name_text +
                                                 "<rect id=\"qr\" width=\"30\" height=\"30\"/>"));
    const Values values{{"full_name", "Đỗ Thị Ánh"}, {"qr", "https://a.example"}};
    const Description description{"Chứng nhận", "Trung tâm", "", "2017-06-20T01:00:00Z"};
    const auto first = pdf_of(paper, values, description);
    REQUIRE(first);
    CHECK(first->starts_with("%PDF-"));
    CHECK(*first == *pdf_of(paper, values, description));
    CHECK_FALSE(*first == *pdf_of(paper, values, {"Khác", "", "", "2017-06-20T01:00:00Z"}));
}

TEST_CASE("a refused page is not in the PDF, and a sink may fail") {
    const Template paper = require_template(page(name_text));
    std::string bytes;
    PdfWriter writer([&](std::string_view piece) { bytes += piece; }, {});
    CHECK(writer.add(paper, {{"full_name", "An"}}));
    CHECK(writer.add(paper, {{"full_name", "中"}}).refused());
    CHECK(writer.add(paper, {{"full_name", "Bình"}}));
    CHECK(writer.pages() == 2);
    writer.finish();
    CHECK(bytes.find("/Count 2") != std::string::npos);
    CHECK_THROWS_AS((void)writer.add(paper, {}), std::logic_error);

    struct Full {};
    PdfWriter full([](std::string_view) { throw Full{}; }, {});
    CHECK_THROWS_AS(
        [&] {
            for (int i = 0; i < 50; ++i) full.add(paper, {{"full_name", "An " + std::to_string(i)}});
            full.finish();
        }(),
        Full);
}
