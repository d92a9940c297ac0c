// Any bytes as a template: refused with a reason, or a template that can be drawn.
#include <cstdint>
#include <cstdlib>

#include "platform/papers/papers.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tiendo::papers;
    static const std::vector<Field> fields = {{"name", false, "Nguyễn Thị Ánh"},
                                              {"qr", false, "https://a.example"}};
    Limits limits;
    limits.bytes = 100'000;
    limits.elements = 500;
    limits.picture_bytes = 20'000;
    limits.picture_pixels = 40'000;
    const auto read = Template::read({reinterpret_cast<const char*>(data), size}, fields, limits);
    if (read.refused()) {
        for (const tiendo::Refusal& refusal : read.refusals())
            if (refusal.message.rfind("papers.", 0) != 0 || refusal.arguments.empty()) std::abort();
        if (read.refusals().size() > 20) std::abort();
        return 0;
    }
    if (read->width_mm() < limits.smallest_page_mm || read->height_mm() > limits.longest_page_mm)
        std::abort();
    // What was judged at its longest bears its longest.
    const auto drawn = png_of(*read, read->longest(), 64);
    if (drawn.refused() || !drawn->starts_with("\x89PNG")) std::abort();
    return 0;
}
