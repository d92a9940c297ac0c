// Pictures inside a drawing: data: addresses of PNG and JPEG, and how large they are.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tiendo::papers {

struct PictureSize {
    std::int64_t width = 0, height = 0;
};
// From the header of a PNG, or the first frame of a JPEG. None when it is neither.
std::optional<PictureSize> size_of_png(std::string_view bytes);
std::optional<PictureSize> size_of_jpeg(std::string_view bytes);

// "data:image/png;base64,…". `kind` is what it says it is, `bytes` what it holds: none when that
// is no base64.
struct DataAddress {
    std::string kind;
    std::optional<std::string> bytes;
};
std::optional<DataAddress> data_address(std::string_view address);

}  // namespace tiendo::papers
