#include "platform/office/old_formats.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "platform/office/made_workbook.h"

namespace tiendo::office {
namespace {

const std::string old_workbook = TIENDO_SOURCE_DIR "/tests/golden/office/roster.xls";

// Another converter, for as long as this lives.
struct Converter {
    explicit Converter(const std::string& path) { ::setenv("TIENDO_SOFFICE", path.c_str(), 1); }
    ~Converter() { ::unsetenv("TIENDO_SOFFICE"); }
};

struct Script {
    explicit Script(const std::string& commands)
        : path(
              (std::filesystem::temp_directory_path() / ("tiendo-converter-" + std::to_string(::getpid())))) {
        std::ofstream(path) << "#!/bin/sh\n" << commands << "\n";
        ::chmod(path.c_str(), 0700);
    }
    ~Script() { std::filesystem::remove(path); }
    std::string path;
};

std::string refusal_of(const Outcome<std::shared_ptr<ConvertedFile>>& outcome) {
    return outcome ? "" : outcome.refusals().front().message;
}

TEST_CASE("without a converter an old workbook is refused, and the refusal names its format") {
    const Converter none("");
    const auto converted = convert_to_xlsx(old_workbook, ".xls");
    CHECK(refusal_of(converted) == "office.no_converter");
    CHECK(converted.refusals().front().arguments.front() == ".xls");
}

TEST_CASE("a converter that fails, makes nothing or takes too long is told") {
    {
        const Script script("exit 3");
        const Converter fails(script.path);
        CHECK(refusal_of(convert_to_xlsx(old_workbook, ".xls")) == "office.conversion_failed");
    }
    {
        const Script script("exit 0");
        const Converter makes_nothing(script.path);
        CHECK(refusal_of(convert_to_xlsx(old_workbook, ".xls")) == "office.conversion_failed");
    }
    {
        const Script script("sleep 60 & sleep 60");
        const Converter sleeps(script.path);
        CHECK(refusal_of(convert_to_xlsx(old_workbook, ".xls", std::chrono::seconds(1))) ==
              "office.conversion_too_slow");
    }
}

TEST_CASE("what a conversion made is gone with it") {
    const Script script("for last; do :; done; cp \"$last\" \"$(dirname \"$last\")/workbook.xlsx\"");
    const Converter copies(script.path);
    std::string folder;
    {
        const auto converted = convert_to_xlsx(old_workbook, ".xls");
        REQUIRE(converted);
        folder = (*converted)->folder();
        CHECK(std::filesystem::exists((*converted)->path()));
        // It is judged like any other file.
        CHECK(shown(file((*converted)->path())) == "refused: office.old_format | .xls");
    }
    CHECK_FALSE(std::filesystem::exists(folder));
}

TEST_CASE("LibreOffice, where there is one, turns an .xls into a workbook that is read") {
    if (converter().empty()) return;
    const auto converted = convert_to_xlsx(old_workbook, ".xls");
    REQUIRE(converted);
    const std::string rows = shown(file((*converted)->path()));
    CHECK(rows.find("Đỗ Văn An | @1985-03-15") != std::string::npos);
    CHECK(rows.find("Lê Thị Bình") != std::string::npos);
    CHECK(rows.find("Tổng số: 3 người") != std::string::npos);
}

}  // namespace
}  // namespace tiendo::office
