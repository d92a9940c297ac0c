// Certificates per second, beside the same drawing filled by plain replacement and drawn page by page
// with librsvg and cairo alone: what the template's judgement, fitting and code cost.
#include <cairo-pdf.h>
#include <librsvg/rsvg.h>

#include <fstream>
#include <iterator>

#include "measure.h"
#include "platform/papers/papers.h"
#include "platform/qr/qr.h"

namespace {

using namespace tiendo;
using namespace tiendo::bench;

constexpr int pages = 200, turns = 5;
constexpr double allowed = 1.3;

const std::vector<papers::Field> fields = {
    {"title", true, "GIẤY CHỨNG NHẬN"},
    {"full_name", true, "Công Tằng Tôn Nữ Thị Huyền Trân Phương Nguyễn"},
    {"birth", false, "30/12/1985"},
    {"unit_name", false, "Đảng bộ Bộ Nội vụ"},
    {"programme_name", true, "Bồi dưỡng lý luận chính trị cho đảng viên mới"},
    {"cohort_code", false, "DVM-03/2017"},
    {"periods", false, "80 tiết"},
    {"dates", false, "từ ngày 06/3/2017 đến ngày 16/3/2017"},
    {"band", true, "Trung bình khá"},
    {"decision", false, "Quyết định số 1024-QĐ/TTBDCT ngày 30/12/2017"},
    {"place_and_day", true, "Hà Nội, ngày 16 tháng 3 năm 2017"},
    {"issuer_name", true, "ĐẢNG ỦY KHỐI CÁC CƠ QUAN TRUNG ƯƠNG"},
    {"organiser_name", false, "Trung tâm Bồi dưỡng chính trị"},
    {"signed_for", false, "T/M BAN THƯỜNG VỤ"},
    {"signatory_title", true, "GIÁM ĐỐC"},
    {"signatory_name", true, "Nguyễn Văn Bình"},
    {"register_number", true, "15/2017-DVM"},
    {"serial", false, "DVM 000015"},
    {"code", true, "7K3M-9QWE-R4TY-P"},
    {"valid_until", false, "Có giá trị đến hết ngày 16/3/2022"},
    {"head", false, "ĐẢNG CỘNG SẢN VIỆT NAM"},
    {"motto", false, "Độc lập"},
    {"qr", true, std::string(900, 'a')}};

std::string drawing() {
    std::ifstream file(TIENDO_SOURCE_DIR "/assets/papers/certificate.svg", std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

papers::Values values_of(int page, papers::Values values) {
    values["full_name"] = "Nguyễn Thị Phương " + std::to_string(page);
    values["register_number"] = std::to_string(page) + "/2017-DVM";
    values["qr"] = "https://chung-nhan.example.vn/check/" + std::to_string(page) + std::string(700, 'a');
    return values;
}

void replace(std::string& text, const std::string& what, const std::string& by) {
    for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += by.size())
        text.replace(at, what.size(), by);
}

cairo_status_t count(void* bytes, const unsigned char*, unsigned int size) {
    *static_cast<std::size_t*>(bytes) += size;
    return CAIRO_STATUS_SUCCESS;
}

void draw_bare(const std::string& svg, const papers::Values& longest) {
    std::size_t bytes = 0;
    cairo_surface_t* surface = cairo_pdf_surface_create_for_stream(&count, &bytes, 841.89, 595.28);
    cairo_t* pen = cairo_create(surface);
    for (int page = 0; page < pages; ++page) {
        std::string filled = svg;
        const papers::Values values = values_of(page, longest);
        for (const auto& [name, value] : values) replace(filled, "{{" + name + "}}", value);
        const qr::Code code = qr::code_of(values.at("qr"));
        replace(filled, "<rect id=\"qr\" x=\"22\" y=\"148.5\" width=\"41\" height=\"41\" fill=\"none\"/>",
                "<path transform=\"translate(22 148.5) scale(" + std::to_string(41.0 / code.side()) +
                    ")\" shape-rendering=\"crispEdges\" d=\"" + qr::path_of(code) + "\"/>");
        RsvgHandle* handle =
            rsvg_handle_new_from_data(reinterpret_cast<const guint8*>(filled.data()), filled.size(), nullptr);
        const RsvgRectangle viewport{0, 0, 841.89, 595.28};
        rsvg_handle_render_document(handle, pen, &viewport, nullptr);
        cairo_show_page(pen);
        g_object_unref(handle);
    }
    cairo_destroy(pen);
    cairo_surface_destroy(surface);
}

void draw_ours(const papers::Template& paper, int count = pages) {
    std::size_t bytes = 0;
    papers::PdfWriter writer([&](std::string_view piece) { bytes += piece.size(); }, {});
    for (int page = 0; page < count; ++page)
        if (!writer.add(paper, values_of(page, paper.longest())))
            throw std::runtime_error("a page was refused");
    writer.finish();
}

std::string per_second(double seconds) { return std::to_string(static_cast<int>(pages / seconds)) + "/s"; }

}  // namespace

int main() {
    const std::string svg = drawing();
    const auto paper = papers::Template::read(svg, fields);
    if (!paper) throw std::runtime_error("the certificate's drawing is refused");
    const Both both = in_turn(
        turns, [&] { draw_ours(*paper); }, [&] { draw_bare(svg, paper->longest()); });
    tell({"certificates as one PDF", per_second(both.ours), per_second(both.limit), both.ours / both.limit,
          allowed});
    constexpr double flat = 1.2;
    const auto peak = [&](int count) { return in_a_process([&] { draw_ours(*paper, count); }).peak_bytes; };
    const std::int64_t many = peak(1'000), few = peak(100);
    tell({"its peak memory, 1,000 certificates beside 100", megabytes(many), megabytes(few),
          static_cast<double>(many) / static_cast<double>(few), flat});
}
