#include "platform/views/views.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace tiendo;
using i18n::Language;
using views::Views;

namespace {

const i18n::Texts& texts() {
    static const std::vector<EmbeddedFile> files = {
        {"vi/a.toml",
         "\"progress\" = \"{0} trên {1} lớp\"\n\"title\" = \"Kế hoạch <1>\"\n\"state.open\" = \"Đang học\"\n"
         "\"bold\" = \"A & B {0}\""},
        {"en/a.toml",
         "\"progress\" = \"{0} of {1} cohorts\"\n\"title\" = \"Plan <1>\"\n\"state.open\" = \"Running\"\n"
         "\"bold\" = \"A & B {0}\""}};
    static const i18n::Texts made(files, i18n::Missing::throws);
    return made;
}

// One template over one value, in English unless asked otherwise.
std::string rendered(std::string_view source, const Value& value, Language language = Language::en) {
    const std::vector<EmbeddedFile> files = {{"page.html", source}};
    return Views(files, texts()).render("page", value, {language, Offset{420}});
}

std::string refusal_of(std::string_view source) {
    try {
        rendered(source, Value::object());
    } catch (const std::runtime_error& error) {
        return error.what();
    }
    return "";
}

}  // namespace

TEST_CASE("a value is escaped, once") {
    const Value value = Value::object({{"name", "<b>\"Tom\" & 'Ann'</b>"}, {"year", 2017}, {"done", true}});
    CHECK(rendered("{{name}}", value) == "&lt;b&gt;&quot;Tom&quot; &amp; &#39;Ann&#39;&lt;/b&gt;");
    CHECK(rendered("{{year}} {{done}} {{nothing}}", value) == "2017 true ");
    CHECK(rendered("{{#t}}bold|{{name}}{{/t}}", Value::object({{"name", "<&amp;>"}})) ==
          "A &amp; B &lt;&amp;amp;&gt;");
    CHECK(rendered("{{#number}}{{name}}{{/number}}", Value::object({{"name", "<i>"}})) == "&lt;i&gt;");
    CHECK(rendered("{{#t}}title{{/t}}", Value()) == "Plan &lt;1&gt;");
}

TEST_CASE("a value is never taken for template, argument or placeholder") {
    for (const char* attack : {"{{secret}}", "{{{secret}}}", "{{#t}}title{{/t}}", "{{/t}}", "a|b|c", "{0}{1}",
                               "{{>page}}", "}}"}) {
        const Value value =
            Value::object({{"x", attack}, {"secret", "42"}, {"rows", Value::list().push(attack)}});
        const std::string harmless = views::escape(attack);
        CAPTURE(attack);
        CHECK(rendered("{{x}}", value) == harmless);
        CHECK(rendered("{{#rows}}{{.}}{{/rows}}", value) == harmless);
        CHECK(rendered("{{#x}}{{.}}{{/x}}", value) == harmless);
        CHECK(rendered("{{#number}}{{x}}{{/number}}", value) == harmless);
        CHECK(rendered("{{#percent}}{{x}}{{/percent}}", value) == harmless);
        CHECK(rendered("{{#date}}{{x}}{{/date}}{{#moment}}{{x}}{{/moment}}", value) == harmless + harmless);
        CHECK(rendered("{{#t}}progress|{{x}}|7{{/t}}", value) == harmless + " of 7 cohorts");
        CHECK(rendered("{{#t}}progress|7|{{x}}{{/t}}", value) == "7 of " + harmless + " cohorts");
        CHECK_THROWS_AS(rendered("{{#t}}{{x}}{{/t}}", value), i18n::MissingText);
    }
}

TEST_CASE("raw values are written as the reader writes them") {
    const Value value = Value::object({{"learners", 1350},
                                       {"score", "8.5"},
                                       {"progress", "73.6"},
                                       {"on", *Date::of(2017, 6, 16)},
                                       {"at", *parse_instant("2017-06-20T01:00:00Z")},
                                       {"none", nullptr},
                                       {"state", "open"}});
    const char* source =
        "{{#number}}{{learners}}{{/number}}; {{#number}} {{score}} {{/number}}; "
        "{{#percent}}{{progress}}{{/percent}}; "
        "{{#date}}{{on}}{{/date}}; {{#moment}}{{at}}{{/moment}}; {{#date}}{{none}}{{/date}}; "
        "{{#t}}state.{{state}}{{/t}}; "
        "{{#t}}progress|{{#number}}{{learners}}{{/number}}|{{#t}}title{{/t}}{{/t}}";
    CHECK(rendered(source, value, Language::vi) ==
          "1.350; 8,5; 73,6 %; 16/06/2017; 20/06/2017 08:00; ; Đang học; 1.350 trên Kế hoạch &lt;1&gt; lớp");
    CHECK(rendered(source, value) ==
          "1,350; 8.5; 73.6%; 16 Jun 2017; 20 Jun 2017, 08:00; ; Running; 1,350 of Plan &lt;1&gt; cohorts");
}

TEST_CASE("sections repeat, choose and nest") {
    const Value value = Value::object(
        {{"title", "outer"},
         {"zero", 0},
         {"empty", ""},
         {"none", nullptr},
         {"unit", Value::object({{"name", "Bình Thuận"}, {"parent", Value::object({{"name", "VN"}})}})},
         {"lines", Value::list()
                       .push(Value::object({{"name", "a"}, {"title", "inner"}}))
                       .push(Value::object({{"name", "b"}}))},
         {"nothing", Value::list()}});
    CHECK(rendered("{{#lines}}{{name}}:{{title}} {{/lines}}", value) == "a:inner b:outer ");
    CHECK(rendered("{{^nothing}}none{{/nothing}}{{#nothing}}!{{/nothing}}", value) == "none");
    CHECK(rendered("{{#empty}}!{{/empty}}{{#none}}!{{/none}}{{#absent}}!{{/absent}}", value).empty());
    CHECK(rendered("{{^empty}}1{{/empty}}{{^none}}2{{/none}}{{^absent}}3{{/absent}}", value) == "123");
    CHECK(rendered("{{#zero}}{{.}}{{/zero}}", value) == "0");
    CHECK(rendered("{{unit.name}} {{unit.parent.name}} {{unit.no.name}}{{unit.name.no}}", value) ==
          "Bình Thuận VN ");
    CHECK(rendered("{{#unit}}{{name}} {{#parent}}{{name}} {{title}}{{/parent}}{{/unit}}", value) ==
          "Bình Thuận VN outer");
}

TEST_CASE("lines of structure leave no empty lines behind") {
    const Value value = Value::object({{"lines", Value::list().push("a").push("b")}});
    CHECK(rendered("<ul>\n  {{#lines}}\n  <li>{{.}}</li>\n  {{/lines}}\n{{! said }}\n</ul>\n", value) ==
          "<ul>\n  <li>a</li>\n  <li>b</li>\n</ul>\n");
}

TEST_CASE("a view has partials, a layout and a frame") {
    const std::vector<EmbeddedFile> files = {
        {"features/plan/views/board.html",
         "<h1>{{title}}</h1>{{#lines}}{{>plan/line}}{{/lines}}{{> mark}}{{actor}}"},
        {"features/plan/views/row.html", "{{>line}}{{>mark}}"},
        {"platform/web/views/mark.html", "*"},
        {"platform/web/views/line.html", "shared"},
        {"features/plan/views/line.html", "<p>{{name}}</p>"},
        {"app/views/layout.html", "<title>{{title}}</title>{{{content}}}<i>{{actor}}</i>"},
        {"app/views/readme.txt", "{{#"}};
    const Views made(files, texts());
    CHECK(made.names() == std::vector<std::string>{"app/layout", "plan/board", "plan/line", "plan/row",
                                                   "web/line", "web/mark"});
    CHECK(made.render("plan/row", Value::object({{"name", "n"}}), {}) == "<p>n</p>*");
    const Value value =
        Value::object({{"title", "A&B"}, {"lines", Value::list().push(Value::object({{"name", "<1>"}}))}});
    const Value frame = Value::object({{"actor", "Lan"}, {"title", "never"}});
    CHECK(made.render_in("app/layout", "plan/board", value, {}, frame) ==
          "<title>A&amp;B</title><h1>A&amp;B</h1><p>&lt;1&gt;</p>*Lan<i>Lan</i>");
    CHECK(made.render("plan/line", value["lines"].list_items()->front(), {}) == "<p>&lt;1&gt;</p>");
    CHECK_THROWS_AS(made.render("plan/none", value, {}), std::logic_error);
}

TEST_CASE("a template that cannot be meant is refused with its line") {
    CHECK(refusal_of("a\n{{#lines}}\nb") == "page, line 2: Unclosed section \"lines\"");
    CHECK(refusal_of("a\nb {{/lines}}") == "page, line 2: Unopened section \"lines\"");
    CHECK(refusal_of("a\n\n{{name") == "page, line 3: Unclosed tag");
    CHECK(refusal_of("{{#a}}{{#b}}{{/a}}{{/b}}").find("Unclosed section") != std::string::npos);
    CHECK(refusal_of("{{>no/view}}") == "page, line 1: no view \"no/view\"");
    CHECK(refusal_of("{{>page}}") == "page is a partial of itself");
    CHECK(refusal_of("{{{name}}}").find("would write a value as markup") != std::string::npos);
    CHECK(refusal_of("{{&name}}").find("would write a value as markup") != std::string::npos);
    CHECK(refusal_of("{{=<% %>=}}").find("delimiters") != std::string::npos);
    CHECK(refusal_of("{{}}").find("without a name") != std::string::npos);
    CHECK(refusal_of("{{#t}}{{/t}}").find("without a key") != std::string::npos);
    CHECK(refusal_of("{{#t}}a|{{{b_html}}}{{/t}}").find("only text and values") != std::string::npos);
    CHECK(refusal_of("<p>\n<a onclick=\"x\">").find("page, line 2:  onclick=") != std::string::npos);
    CHECK(rendered("{{{chart_svg}}}", Value::object({{"chart_svg", "<svg/>"}})) == "<svg/>");
}

TEST_CASE("names that a sample does not have are listed") {
    const std::vector<EmbeddedFile> files = {
        {"page.html",
         "{{title}}{{tilte}}\n{{#lines}}{{name}}{{>row}}{{#number}}{{leraners}}{{/number}}{{/lines}}\n"
         "{{^lines}}{{none}}{{/lines}}{{#t}}title|{{argument}}{{/t}}{{unit.name}}{{unit.nmae}}\n"
         "{{#closed}}{{closed_on}}{{/closed}}{{#note}}{{.}}{{/note}}{{csrf}}{{actor}}"},
        {"row.html", "{{cell}}"}};
    const Views made(files, texts());
    const Value row = Value::object({{"name", "a"}, {"cell", 1}});
    const Value sample = Value::object({{"title", "x"},
                                        {"lines", Value::list().push(row)},
                                        {"unit", Value::object({{"name", "u"}})},
                                        {"closed", false},
                                        {"note", nullptr}});
    CHECK(made.names_missing("page", sample, Value::object({{"actor", ""}})) ==
          std::vector<std::string>{"argument, page line 3", "closed_on, page line 4", "leraners, page line 2",
                                   "none, page line 3", "tilte, page line 1", "unit.nmae, page line 3"});
    CHECK(made.names_missing("row", Value::object({{"cell", nullptr}})).empty());
    const Value second_row_lacks = Value::object(
        {{"title", ""}, {"lines", Value::list().push(row).push(Value::object({{"name", "b"}}))}});
    const auto missing = made.names_missing("page", second_row_lacks);
    CHECK(std::find(missing.begin(), missing.end(), "cell, row line 1") != missing.end());
    const auto empty = made.names_missing("page", Value::object({{"lines", Value::list()}}));
    CHECK(std::find(empty.begin(), empty.end(), "lines (empty), page line 2") != empty.end());
}

TEST_CASE("the texts a view refers to by plain keys are listed") {
    const std::vector<EmbeddedFile> files = {
        {"page.html",
         "{{#t}} title {{/t}}{{#t}}state.{{x}}{{/t}}{{#a}}{{#t}}progress|{{#t}}bold{{/t}}{{/t}}{{/a}}"}};
    CHECK(Views(files, texts()).text_keys("page") == std::vector<std::string>{"title", "progress", "bold"});
}

TEST_CASE("a thousand rows are written whole") {
    Value rows = Value::list();
    for (int i = 0; i < 1000; ++i)
        rows.push(
            Value::object({{"name", "Nguyễn Thị <Lan>"}, {"learners", i * 1000}, {"progress", "87.5"}}));
    const std::string html = rendered(
        "{{#rows}}<tr><td>{{name}}</td><td>{{#number}}{{learners}}{{/number}}</"
        "td><td>{{#percent}}{{progress}}"
        "{{/percent}}</td></tr>{{/rows}}",
        Value::object({{"rows", std::move(rows)}}));
    CHECK(html.size() > 60'000);
    CHECK(html.find("<td>999,000</td><td>87.5%</td></tr>") == html.rfind("<td>999,000</td>"));
}
