// The certificate that comes with the program, as PDF, looked at as a picture (tests/golden/papers).
#include <cairo.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "platform/papers/papers.h"

using namespace tiendo;
using namespace tiendo::papers;

namespace {

const std::string golden_folder = TIENDO_SOURCE_DIR "/tests/golden/papers/";

const std::vector<Field> fields = {
    {"title", true, "GIẤY CHỨNG NHẬN HOÀN THÀNH KHÓA HỌC"},
    {"full_name", true, "Công Tằng Tôn Nữ Thị Huyền Trân Phương Nguyễn"},
    {"birth", false, "30/12/1985"},
    {"unit_name", false,
     "Đảng bộ Viện Hàn lâm Khoa học xã hội Việt Nam, Đảng bộ Khối các cơ quan Trung ương"},
    {"programme_name", true, "Bồi dưỡng nghiệp vụ công tác đảng cho bí thư chi bộ và cấp ủy viên cơ sở"},
    {"cohort_code", false, "LLCT-HC-TC-K28B-16/2017"},
    {"periods", false, "1.056 tiết"},
    {"dates", false, "từ ngày 28/12/2016 đến ngày 30/12/2017"},
    {"band", true, "Trung bình khá"},
    {"decision", false, "Quyết định số 1024-QĐ/TTBDCT ngày 30/12/2017"},
    {"place_and_day", true, "Thành phố Hồ Chí Minh, ngày 30 tháng 12 năm 2017"},
    {"issuer_name", true, "ĐẢNG ỦY KHỐI CÁC CƠ QUAN TRUNG ƯƠNG"},
    {"organiser_name", false, "Trung tâm Bồi dưỡng chính trị Khối các cơ quan Trung ương"},
    {"signed_for", false, "T/M BAN THƯỜNG VỤ ĐẢNG ỦY KHỐI"},
    {"signatory_title", true, "PHÓ GIÁM ĐỐC TRUNG TÂM"},
    {"signatory_name", true, "Nguyễn Thị Phương Thảo Quỳnh"},
    {"register_number", true, "10024/2017-NVCTD"},
    {"serial", false, "NVCTD 0001024"},
    {"code", true, "WWWW-MMMM-WWWW-W"},
    {"valid_until", false, "Có giá trị đến hết ngày 30/12/2022"},
    {"head", false, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"},
    {"motto", false, "Độc lập - Tự do - Hạnh phúc"},
    {"qr", true, "https://chung-nhan.example.vn/check/WWWW-MMMM-WWWW-W"}};

const Values ordinary = {{"title", "GIẤY CHỨNG NHẬN"},
                         {"full_name", "Đỗ Thị Ánh"},
                         {"birth", "03/9/1988"},
                         {"unit_name", "Đảng bộ Bộ Nội vụ"},
                         {"programme_name", "Bồi dưỡng lý luận chính trị cho đảng viên mới"},
                         {"cohort_code", "DVM-03/2017"},
                         {"dates", "từ ngày 06/3/2017 đến ngày 16/3/2017"},
                         {"band", "Giỏi"},
                         {"place_and_day", "Hà Nội, ngày 16 tháng 3 năm 2017"},
                         {"issuer_name", "ĐẢNG ỦY KHỐI CÁC CƠ QUAN TRUNG ƯƠNG"},
                         {"signatory_title", "GIÁM ĐỐC"},
                         {"signatory_name", "Nguyễn Văn Bình"},
                         {"register_number", "15/2017-DVM"},
                         {"code", "7K3M-9QWE-R4TY-P"},
                         {"head", "ĐẢNG CỘNG SẢN VIỆT NAM"},
                         {"qr", "https://chung-nhan.example.vn/check/7K3M-9QWE-R4TY-P"}};

std::string bytes_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

Template certificate() {
    const auto read = Template::read(bytes_of(TIENDO_SOURCE_DIR "/assets/papers/certificate.svg"), fields);
    for (const Refusal& refusal : read.refused() ? read.refusals() : Refusals{})
        MESSAGE(refusal.field << " " << refusal.message);
    REQUIRE(read);
    return *read;
}

struct Folder {
    std::filesystem::path path = std::filesystem::temp_directory_path() / "tiendo-papers-golden-XXXXXX";
    Folder() {
        std::string name = path.string();
        path = ::mkdtemp(name.data());
    }
    ~Folder() { std::filesystem::remove_all(path); }
};

struct Pixels {
    std::unique_ptr<cairo_surface_t, void (*)(cairo_surface_t*)> surface;
    explicit Pixels(const std::string& path)
        : surface(cairo_image_surface_create_from_png(path.c_str()), &cairo_surface_destroy) {
        REQUIRE_MESSAGE(cairo_surface_status(surface.get()) == CAIRO_STATUS_SUCCESS, path);
    }
    int width() const { return cairo_image_surface_get_width(surface.get()); }
    int height() const { return cairo_image_surface_get_height(surface.get()); }
    // Of red, green and blue, 0 to 255.
    int at(int x, int y, int channel) const {
        const int stride = cairo_image_surface_get_stride(surface.get());
        return cairo_image_surface_get_data(surface.get())[y * stride + x * 4 + channel];
    }
};

// Where the two differ most: of a square of 16 by 16, how many in a hundred are clearly of another
// colour. Lettering drawn by another version of FreeType differs a little along the edges of letters;
// a mark that is lost is a small thing on the page, and most of its square.
int difference(const Pixels& a, const Pixels& b) {
    if (a.width() != b.width() || a.height() != b.height()) return 100;
    constexpr int clearly = 90, side = 16;
    const auto differs = [&](int x, int y) {
        for (int channel = 0; channel < 3; ++channel)
            if (std::abs(a.at(x, y, channel) - b.at(x, y, channel)) > clearly) return true;
        return false;
    };
    int most = 0;
    for (int top = 0; top < a.height(); top += side / 2)
        for (int left = 0; left < a.width(); left += side / 2) {
            int different = 0;
            for (int y = top; y < std::min(top + side, a.height()); ++y)
                for (int x = left; x < std::min(left + side, a.width()); ++x) different += differs(x, y);
            most = std::max(most, different * 100 / (side * side));
        }
    return most;
}
constexpr int most_different = 5;

std::string rasterised(const std::string& pdf, const Folder& folder) {
    std::ofstream(folder.path / "paper.pdf", std::ios::binary) << pdf;
    const std::string to = (folder.path / "paper").string();
    REQUIRE(std::system(("pdftoppm -r 80 -png -singlefile " + to + ".pdf " + to).c_str()) == 0);
    return to + ".png";
}

int difference_from_golden(const std::string& name, const Values& values) {
    const auto pdf = pdf_of(certificate(), values, {"Giấy chứng nhận", "", "", "2017-03-16T00:00:00Z"});
    REQUIRE(pdf);
    const Folder folder;
    const std::string drawn = rasterised(*pdf, folder), golden = golden_folder + name;
    if (std::getenv("TIENDO_RENEW_GOLDEN"))
        std::filesystem::copy_file(drawn, golden, std::filesystem::copy_options::overwrite_existing);
    return difference(Pixels(drawn), Pixels(golden));
}

}  // namespace

TEST_CASE("a certificate looks as it should, with an ordinary name and with the longest") {
    CHECK(difference_from_golden("certificate.png", ordinary) <= most_different);
    CHECK(difference_from_golden("certificate_longest.png", certificate().longest()) <= most_different);
}

TEST_CASE("the comparison sees another name, and another mark over a letter") {
    Values other = ordinary;
    other["full_name"] = "Đỗ Thị Anh";  // the acute of Á is lost
    const auto pdf = pdf_of(certificate(), other, {});
    const Folder folder;
    const Pixels drawn(rasterised(*pdf, folder)), golden(golden_folder + "certificate.png");
    CHECK(difference(drawn, golden) > most_different);
    other["programme_name"] = "Bồi dưỡng nghiệp vụ";
    const Folder second;
    CHECK(difference(Pixels(rasterised(*pdf_of(certificate(), other, {}), second)), golden) > most_different);
}

TEST_CASE("fonts are embedded and text can be copied, marks and all") {
    const Folder folder;
    const std::string pdf = (folder.path / "a.pdf").string(), out = (folder.path / "out").string();
    std::ofstream(pdf, std::ios::binary) << *pdf_of(certificate(), certificate().longest(), {});
    REQUIRE(std::system(("pdftotext " + pdf + " " + out).c_str()) == 0);
    const std::string text = bytes_of(out);
    for (const char* piece :
         {"Công Tằng Tôn Nữ Thị Huyền Trân Phương Nguyễn", "GIẤY CHỨNG NHẬN", "LLCT-HC-TC-K28B-16/2017"})
        CHECK_MESSAGE(text.find(piece) != std::string::npos, piece);
    REQUIRE(std::system(("pdffonts " + pdf + " > " + out).c_str()) == 0);
    const std::string fonts = bytes_of(out);
    CHECK(fonts.find("NotoSerif-Bold") != std::string::npos);
    CHECK(fonts.find(" no  ") == std::string::npos);  // of the column "emb"
}

TEST_CASE("what stands on every page is in the file once") {
    const Template paper = certificate();
    const auto size_of = [&](int pages) {
        std::size_t size = 0;
        PdfWriter writer([&](std::string_view piece) { size += piece.size(); }, {});
        for (int i = 0; i < pages; ++i) REQUIRE(writer.add(paper, ordinary));
        writer.finish();
        return size;
    };
    const std::size_t one = size_of(1), five = size_of(5);
    CHECK(five < one * 2);
}
