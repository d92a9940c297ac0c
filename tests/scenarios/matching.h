// Comparing what was expected with what came.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace scenario {

// Whether the lines match. "…" alone on a line stands for any lines, "…" inside one for any
// text. Blanks at line ends do not count. Answers what differs, or nothing.
std::optional<std::string> difference(const std::vector<std::string>& expected, std::string_view actual);

// Whether the text holds the phrase; "…" in it stands for any text.
bool holds(std::string_view text, std::string_view phrase);

// One expectation of a JSON text, as written behind "json":
//   lines[0].learners.actual = 552       the value at a path
//   lines[code=ĐVM].name = "…"           of the element whose member is that
//   lines has 3                          so many elements
//   lines[0].target is absent
// Answers what differs, or nothing.
std::optional<std::string> json_difference(std::string_view json, const std::string& expectation);

// The value at a path, text without its quotes; throws std::runtime_error saying where the
// path leaves the JSON.
std::string json_value(std::string_view json, const std::string& path);

}  // namespace scenario
