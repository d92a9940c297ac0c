// Certificates per second, beside the same drawing put on as many pages by librsvg and cairo alone.
#include <cairo/cairo-pdf.h>
#include <librsvg/rsvg.h>

#include <filesystem>

#include "features/certificates/drawing.h"
#include "measure.h"
#include "shelf.h"

namespace {

using namespace tiendo;
using namespace tiendo::bench;

constexpr double at_most = 1.3;
constexpr double points_per_inch = 72, mm_per_inch = 25.4;

std::vector<certificates::Certificate> some(int count) {
    std::vector<certificates::Certificate> all;
    for (int i = 0; i < count; ++i) {
        certificates::Certificate& one = all.emplace_back();
        one.address = "https://so.example.vn";
        one.head = "ĐẢNG CỘNG SẢN VIỆT NAM";
        one.printed = {.code = "7K3M-9QWE-R4TY-P",
                       .series = "cell-secretaries",
                       .book_year = 2017,
                       .register_number = i + 1,
                       .register_text = std::to_string(i + 1) + "/2017-CTĐ",
                       .serial = "",
                       .title = "GIẤY CHỨNG NHẬN",
                       .full_name = "Nguyễn Thị Phương Thảo " + std::to_string(i),
                       .birth = "1985-03-15",
                       .unit_name = "Đảng bộ Bộ Tư pháp",
                       .programme_name = "Bồi dưỡng nghiệp vụ công tác đảng cho bí thư chi bộ",
                       .cohort_code = "BTCB-01/2017",
                       .periods = 20,
                       .opened_on = *Date::of(2017, 5, 24),
                       .closed_on = Date::of(2017, 5, 25),
                       .band = "Giỏi",
                       .decision_number = "37-QĐ/TTBDCT",
                       .decision_on = *Date::of(2017, 5, 25),
                       .issued_on = *Date::of(2017, 6, 20),
                       .valid_until = {},
                       .place = "Hà Nội",
                       .issuer_name = "ĐẢNG ỦY KHỐI CÁC CƠ QUAN TRUNG ƯƠNG",
                       .organiser_name = "Trung tâm Bồi dưỡng chính trị",
                       .signed_for = "T/L BAN THƯỜNG VỤ",
                       .signatory_title = "GIÁM ĐỐC TRUNG TÂM",
                       .signatory_name = "Đỗ Quang Vinh"};
    }
    return all;
}

// The limit: every page is the drawing read and drawn, its placeholders as they stand, no code to scan.
cairo_status_t count_bytes(void* bytes, const unsigned char*, unsigned int length) {
    *static_cast<std::size_t*>(bytes) += length;
    return CAIRO_STATUS_SUCCESS;
}

void draw_plain(std::string_view svg, double width, double height, int pages) {
    std::size_t bytes = 0;
    cairo_surface_t* surface = cairo_pdf_surface_create_for_stream(count_bytes, &bytes, width, height);
    cairo_t* context = cairo_create(surface);
    const RsvgRectangle page{0, 0, width, height};
    for (int i = 0; i < pages; ++i) {
        RsvgHandle* handle =
            rsvg_handle_new_from_data(reinterpret_cast<const guint8*>(svg.data()), svg.size(), nullptr);
        rsvg_handle_render_document(handle, context, &page, nullptr);
        cairo_show_page(context);
        g_object_unref(handle);
    }
    cairo_destroy(context);
    cairo_surface_finish(surface);
    cairo_surface_destroy(surface);
}

}  // namespace

int main() {
    const int pages = quick() ? 100 : 1'000;
    const auto drawing = *papers::Template::read(certificates::own_drawing(), certificates::fields());
    const auto key = signing::PrivateKey::generate();
    const auto all = some(pages);
    const double scale = points_per_inch / mm_per_inch;
    const Both both = in_turn(
        3,
        [&] {
            certificates::draw_pages([&](const certificates::Certificate&) { return drawing; }, all, key,
                                     [](std::string_view) {}, [](std::int64_t) {});
        },
        [&] {
            draw_plain(certificates::own_drawing(), drawing.width_mm() * scale, drawing.height_mm() * scale,
                       pages);
        });
    const auto per_second = [&](double seconds) {
        return grouped(static_cast<std::int64_t>(pages / seconds)) + "/s";
    };
    tell({grouped(pages) + " certificates as one PDF", per_second(both.ours), per_second(both.limit),
          both.ours / both.limit, at_most});
}
