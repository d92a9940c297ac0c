// house_layers ROOT PARTS_FILE              checks every include below src/
// house_layers ROOT PARTS_FILE --drawing    checks that docs/features.svg is up to date
// house_layers ROOT PARTS_FILE --draw       writes it
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "drawing.h"
#include "layers.h"

namespace {

std::string contents(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return std::string((std::istreambuf_iterator<char>(in)), {});
}

}  // namespace

int main(int count, char** words) {
    const std::vector<std::string> arguments(words + 1, words + count);
    if (arguments.size() < 2 || arguments.size() > 3) {
        std::fputs("usage: house_layers ROOT PARTS_FILE [--draw | --drawing]\n", stderr);
        return 2;
    }
    const std::filesystem::path root = arguments[0];
    const auto parts = house::parse_parts(contents(arguments[1]));
    if (parts.empty()) {
        std::fprintf(stderr, "%s names no part\n", arguments[1].c_str());
        return 2;
    }
    if (arguments.size() == 2)
        return house::report("layers", house::check_layers(house::files_below(root), parts));

    const auto drawing = root / "docs" / "features.svg";
    if (arguments[2] == "--draw") {
        std::ofstream(drawing, std::ios::binary) << house::draw(parts);
        return 0;
    }
    if (contents(drawing) == house::draw(parts)) return 0;
    std::puts("docs/features.svg:0: differs from what the CMake lines say: run bin/draw and look at it");
    return 1;
}
