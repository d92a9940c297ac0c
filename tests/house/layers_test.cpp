// Every rule of the layer check is broken once here, and the check must say so.
#include "layers.h"

#include <doctest/doctest.h>

using namespace house;

namespace {

const Parts parts = parse_parts(
    "base: \n"
    "platform_db: base\n"
    "platform_http: base platform_db\n"
    "feature_ledger: platform_db platform_http\n"
    "feature_plan: platform_db platform_http feature_ledger\n");

const std::vector<SourceFile> headers = {
    {"src/base/date.h", ""},
    {"src/platform/db/db.h", ""},
    {"src/features/ledger/ledger.h", ""},
    {"src/features/ledger/ledger_store.h", ""},
    {"src/features/plan/plan.h", ""},
    {"src/app/commands.h", ""},
};

std::string first_fault(const std::string& path, const std::string& text, const Parts& declared = parts) {
    auto files = headers;
    files.push_back({path, text});
    const auto found = check_layers(files, declared);
    return found.empty() ? "" : found.front().message;
}
bool mentions(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("layers: a declared use of a public header passes") {
    CHECK(first_fault("src/features/plan/plan.cpp",
                      "#include \"features/ledger/ledger.h\"\n#include \"base/date.h\"\n"
                      "#include \"platform/db/db.h\"\n#include \"plan.h\"\n#include <spdlog/spdlog.h>\n") ==
          "");
    CHECK(first_fault("src/app/main.cpp", "#include \"features/plan/plan.h\"\n#include <CLI/CLI.hpp>\n") ==
          "");
}

TEST_CASE("layers: an undeclared use is refused") {
    const auto fault = first_fault("src/features/ledger/ledger.cpp", "#include \"features/plan/plan.h\"\n");
    CHECK(mentions(fault, "does not say USES plan"));
    CHECK(mentions(first_fault("src/platform/db/x.cpp", "#include \"platform/http/http.h\"\n"),
                   "no tracked file"));
}

TEST_CASE("layers: an upward include is refused") {
    CHECK(mentions(first_fault("src/base/x.cpp", "#include \"platform/db/db.h\"\n"), "lies above"));
    CHECK(
        mentions(first_fault("src/platform/db/x.cpp", "#include \"features/plan/plan.h\"\n"), "lies above"));
    CHECK(mentions(first_fault("src/features/plan/x.cpp", "#include \"app/commands.h\"\n"), "lies above"));
}

TEST_CASE("layers: a private header of another feature is refused, even to app") {
    const std::string include = "#include \"features/ledger/ledger_store.h\"\n";
    CHECK(mentions(first_fault("src/features/plan/x.cpp", include), "include features/ledger/ledger.h"));
    CHECK(mentions(first_fault("src/app/x.cpp", include), "private to ledger"));
    CHECK(first_fault("src/features/ledger/x.cpp", include) == "");
}

TEST_CASE("layers: a circle of uses is refused") {
    const auto circle = parse_parts("feature_a: feature_b\nfeature_b: feature_c\nfeature_c: feature_a\n");
    CHECK(mentions(first_fault("src/base/x.cpp", "", circle),
                   "feature_a -> feature_b -> feature_c -> feature_a"));
}

TEST_CASE("layers: a heavy header stays at home and out of headers") {
    CHECK(mentions(first_fault("src/platform/db/x.h", "#include <sqlite3.h>\n"), "out of every header"));
    CHECK(first_fault("src/platform/db/x.cpp", "#include <sqlite3.h>\n") == "");
    CHECK(mentions(first_fault("src/features/plan/x.cpp", "#include <sqlite3.h>\n"), "lives in platform_db"));
    CHECK(mentions(first_fault("src/features/plan/x.h", "#include <spdlog/spdlog.h>\n"),
                   "out of every header"));
    CHECK(mentions(first_fault("src/platform/db/x.cpp", "#include <boost/asio.hpp>\n"),
                   "lives in platform_http"));
    CHECK(mentions(first_fault("src/base/x.cpp", "#include \"libpq-fe.h\"\n"), "lives in platform_db"));
}

TEST_CASE("layers: an include in a comment is prose") {
    CHECK(first_fault("src/base/x.cpp", "// #include \"platform/db/db.h\"\n/*\n#include <zip.h>\n*/\n") ==
          "");
}

TEST_CASE("layers: the finding names the line") {
    auto files = headers;
    files.push_back({"src/base/x.cpp", "\n\n#include \"platform/db/db.h\"\n"});
    const auto found = check_layers(files, parts);
    REQUIRE(found.size() == 1);
    CHECK(found[0].line == 3);
    CHECK(found[0].path == "src/base/x.cpp");
}
