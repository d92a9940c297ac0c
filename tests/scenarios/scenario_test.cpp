// The runner must notice what is wrong: each expectation is broken once. What it must let
// pass is in selftest/holds.scenario.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "html.h"
#include "matching.h"
#include "play.h"

using namespace scenario;

namespace {

// "LINE: what" of the failure, or nothing.
std::string failure_of(const std::string& text) {
    try {
        const Place place(FAKE_TIENDO, "");
        play(parse(text), place);
    } catch (const Failure& failure) {
        return std::to_string(failure.line) + ": " + failure.what();
    }
    return "";
}
bool fails(const std::string& steps, const std::string& with) {
    const auto failure = failure_of("# a scenario\n" + steps);
    INFO(failure);
    const bool said = failure.find(with) != failure.npos;
    CHECK(said);
    return said;
}

}  // namespace

TEST_CASE("scenario: a line that is no step is refused, with the steps there are") {
    fails("$$ tiendo json\n", "2: \"$$ tiendo json\" is no step; a line begins with #, at, file, $");
    fails("    indented\n", "2: an indented line belongs beneath");
    fails("exit 1\n", "2: \"exit\" belongs beneath a command");
    fails("$ tiendo json\nstatus 200\n", "3: \"status\" belongs beneath a request");
    fails("$ tiendo json\nexit x\n", "3: \"x\" is no code");
    fails("sees\n", "something must follow \"sees\"");
    fails("", "without a step");
    CHECK(failure_of("$ true\n").find("begins with a line of prose") != std::string::npos);
}

TEST_CASE("scenario: commands that do not do what was said") {
    fails("$ tiendo refuse\n", "2: exit code 1, expected 0\nrow 3: no such unit");
    fails("$ tiendo json\nexit 1\n", "2: exit code 0, expected 1");
    fails("$ tiendo when\n    it is then\n", "this expected line did not come:\n    it is then");
    fails("$ printf 'a\\nb\\n'\n    a\n", "more came than was expected");
    fails("$ tiendo when\nprints nothing\n", "it printed");
    fails("$ tiendo when\nsees \"yesterday\"\n", "not to be seen");
    fails("$ tiendo when\ndoes not see \"it is\"\n", "should not be");
    fails("$ tiendo when\nsees yesterday\n", "between quotes");
    fails("file ../x\n    y\n", "plain name");
}

TEST_CASE("scenario: JSON that differs") {
    fails("$ tiendo json\njson lines[0].actual = 553\n", "lines[0].actual is 552, expected 553");
    fails("$ tiendo json\njson lines[0].actual = \"552\"\n", "is 552, expected \"552\"");
    fails("$ tiendo json\njson lines has 3\n", "has 2 elements, expected 3");
    fails("$ tiendo json\njson percent is absent\n", "expected no percent");
    fails("$ tiendo json\njson total = 1\n", "there is no total");
    fails("$ tiendo json\njson total.learners = 1\n", "there is no total");
    fails("$ tiendo json\njson lines[code=X].actual = 1\n", "there is no lines[code=X]");
    fails("$ tiendo json\njson lines.actual = 1\n", "stands no object");
    fails("$ tiendo json\njson lines[0].actual\n", "write: json PATH = VALUE");
    fails("$ tiendo when\njson a = 1\n", "no JSON");
    fails("$ tiendo json\nlet x = json lines[7].code\n", "there is no lines[7]");
}

TEST_CASE("scenario: pages that differ") {
    fails("GET /notes\n", "who asks?");
    fails("as nobody\nGET /notes\n", "status 401, expected 2xx or 3xx");
    fails("as nobody\nGET /about\nstatus 404\n", "status 200, expected 404");
    fails("as director\nGET /notes\nsees \"Notes of auditor\"\n", "not to be seen");
    fails("as director\nGET /notes\nfollow \"Nowhere\"\n", "no link \"Nowhere\"");
    fails("as director\nPOST /notes note\n", "\"note\" is no field=value");
    fails("as director\nPOST /notes csrf=wrong note=x\n", "status 403");
    fails("as director\nPOST /elsewhere note=x\n", "status 404");
    fails("as director\nGET /notes\nfield note = new\n", "note is \"old\", expected \"new\"");
    fails("as nobody\nuntil \"x\"\n", "no request to repeat");
    fails("as director\nGET /notes\nheader content-type = text/plain\n", "content-type is");
    fails("as director\nGET /notes\ngoes to /elsewhere\n", "location is \"\"");
}

TEST_CASE("scenario: a server that does not start is told with its words") {
    const auto program = (std::filesystem::temp_directory_path() / "tiendo-does-not-start").string();
    std::ofstream(program) << "#!/bin/sh\necho 'the port is taken'\nexit 4\n";
    std::filesystem::permissions(program, std::filesystem::perms::owner_all);
    const Place place(program, "");
    CHECK_THROWS_WITH(play(parse("# x\nas nobody\nGET /\n"), place),
                      "the server ended at once: the port is taken\n");
    std::filesystem::remove(program);
}

TEST_CASE("scenario: wildcards") {
    CHECK_FALSE(difference({"a", "…", "d"}, "a\nb\nc\nd\n"));
    CHECK_FALSE(difference({"…"}, ""));
    CHECK_FALSE(difference({"a…c…e"}, "abcde\n"));
    CHECK(difference({"a…c"}, "ab\n"));
    CHECK(difference({"a…a"}, "a\n"));  // the two ends may not share a letter
    CHECK(difference({"…", "d"}, "a\nd\nb\n"));
    CHECK(holds("one two three", "one … three"));
    CHECK_FALSE(holds("one two three", "three … one"));
}

TEST_CASE("scenario: what a reader sees of a page") {
    CHECK(visible_text("<p>a</p><p>b <b>c</b>d</p><!-- <p>e</p> --><script>f < g</script>") == "a b cd");
    CHECK(*raw_key("Sổ imports.kind_hint.people Tải mẫu") == "imports.kind_hint.people");
    CHECK_FALSE(raw_key("people.csv, 1.350, www.tiendo.vn, a.b"));
    CHECK(visible_text("&lt;b&gt; &amp;amp; &#273;&#x111; &unknown; &") == "<b> &amp; đđ &unknown; &");
    CHECK(link_target("<a href=/a>A</a><a href='/b?x=1&amp;y=2'>B <i>b</i></a>", "B b") == "/b?x=1&y=2");
    const auto forms = forms_of(
        "<form action=/x><input type=hidden name=h value=1><input name=t value=2><input type=checkbox name=c>"
        "<select name=s><option value=1><option value=2 selected></select><textarea "
        "name=a>b&amp;</textarea></form>");
    REQUIRE(forms.size() == 1);
    CHECK(forms[0].hidden == Fields{{"h", "1"}});
    CHECK(forms[0].fields == Fields{{"t", "2"}, {"s", "2"}, {"a", "b&"}});
}
