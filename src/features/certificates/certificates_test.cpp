// Codes, days, and what a code to scan says: rules without a database.
#include <doctest/doctest.h>

#include <set>

#include "features/certificates/books.h"
#include "features/certificates/codes.h"
#include "features/certificates/drawing.h"
#include "features/certificates/payload.h"
#include "platform/signing/signing.h"

namespace tiendo::certificates {
namespace {

Date day(const char* text) { return *parse_date(text); }

Certificate sample() {
    Certificate one;
    one.address = "https://so.example.vn";
    one.printed = {.code = make_code(),
                   .series = "cell-secretaries",
                   .book_year = 2017,
                   .register_number = 15,
                   .register_text = "15/2017-CTĐ",
                   .serial = "CTĐ 000015",
                   .title = "GIẤY CHỨNG NHẬN",
                   .full_name = "Nguyễn Thị Phương Thảo",
                   .birth = "1985-03",
                   .unit_name = "Đảng bộ Bộ Tư pháp",
                   .programme_name = "Bồi dưỡng nghiệp vụ công tác đảng",
                   .cohort_code = "BTCB-01/2017",
                   .periods = 20,
                   .opened_on = day("2017-05-24"),
                   .closed_on = day("2017-05-25"),
                   .band = "Giỏi",
                   .decision_number = "37-QĐ/TTBDCT",
                   .decision_on = day("2017-05-25"),
                   .issued_on = day("2017-05-25"),
                   .valid_until = {},
                   .place = "Hà Nội",
                   .issuer_name = "ĐẢNG ỦY KHỐI",
                   .organiser_name = "Trung tâm",
                   .signed_for = "T/L BAN THƯỜNG VỤ",
                   .signatory_title = "GIÁM ĐỐC",
                   .signatory_name = "Đỗ Quang Vinh"};
    return one;
}

TEST_CASE("a code has thirteen symbols; one mistyped or two that changed places are noticed") {
    const std::string code = make_code();
    CHECK(code.size() == 16);
    CHECK(read_code(code) == code);
    std::string typed = code;
    std::erase(typed, '-');
    for (char& letter : typed)
        if (letter >= 'A') letter = static_cast<char>(letter - 'A' + 'a');
    CHECK(read_code(" " + typed + " ") == code);
    const std::string symbols = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
    for (std::size_t i = 0; i < code.size(); ++i) {
        if (code[i] == '-') continue;
        for (const char symbol : symbols) {
            std::string other = code;
            other[i] = symbol;
            if (symbol != code[i]) CHECK_FALSE(read_code(other));
        }
        std::string swapped = code;
        if (i + 1 < code.size() && code[i + 1] != '-' && code[i] != code[i + 1]) {
            std::swap(swapped[i], swapped[i + 1]);
            CHECK_FALSE(read_code(swapped));
        }
    }
    for (const char* none : {"", "-", "2222", "O000-0000-0000-0", "2222-2222-2222-22222"})
        CHECK_FALSE(read_code(none));
    std::set<std::string> all;
    for (int i = 0; i < 10'000; ++i) all.insert(make_code());
    CHECK(all.size() == 10'000);
}

TEST_CASE("sixty months are five years to the day, and the last of a shorter month") {
    CHECK(after_months(day("2017-03-01"), 60) == day("2022-03-01"));
    CHECK(after_months(day("2017-01-31"), 1) == day("2017-02-28"));
    CHECK(after_months(day("2016-02-29"), 12) == day("2017-02-28"));
    CHECK(after_months(day("2017-11-30"), 3) == day("2018-02-28"));
}

TEST_CASE("a register number is written as its series has it") {
    CHECK(register_text({.code = "x", .mark = "CTĐ", .number_pattern = "{number}/{year}-{mark}"}, 15, 2017) ==
          "15/2017-CTĐ");
    CHECK(place_and_day("Hà Nội", day("2018-02-05")) == "Hà Nội, ngày 05 tháng 02 năm 2018");
    CHECK(place_and_day("Hà Nội", day("2018-04-03")) == "Hà Nội, ngày 03 tháng 4 năm 2018");
}

TEST_CASE("what a code says is what was printed, fact by fact") {
    Certificate one = sample();
    CHECK(read_payload(payload_of(one.printed)) == one.printed);
    one.printed.valid_until = day("2022-05-25");
    one.printed.closed_on.reset();
    CHECK(read_payload(payload_of(one.printed)) == one.printed);
    CHECK_FALSE(read_payload(""));
    CHECK_FALSE(read_payload("2" + payload_of(one.printed).substr(1)));
    CHECK_FALSE(read_payload(payload_of(one.printed) + "\nmore"));
}

TEST_CASE("a genuine code is told from one that was altered, forged, or put to another certificate") {
    const auto ours = signing::PrivateKey::generate(), theirs = signing::PrivateKey::generate();
    const std::string keys = signing::to_pem(ours.public_key());
    const Certificate one = sample();
    const std::string text = text_of_code(one, ours);
    CHECK(text.starts_with("https://so.example.vn/check/" + one.printed.code + "#"));
    const auto state = [&](const std::string& scanned) { return verify_offline(scanned, keys)->state; };
    CHECK(state(text) == "valid");
    CHECK(verify_offline(text, keys)->printed == one.printed);
    CHECK(state(text.substr(text.find('#') + 1)) == "valid");  // the signed part alone
    CHECK(state(text_of_code(one, theirs)) == "forged");
    CHECK(state("https://so.example.vn/check/" + one.printed.code) == "forged");
    std::string altered = text;
    char& letter = altered[altered.size() / 2];
    letter = letter == 'A' ? 'B' : 'A';
    CHECK(state(altered) == "altered");
    CHECK(state("https://so.example.vn/check/2222-2222-2222-2" + text.substr(text.find('#'))) == "altered");
    // A key that was used before is still believed, when it is given.
    const std::string both = signing::to_pem(theirs.public_key()) + "\n" + keys;
    CHECK(verify_offline(text, both)->state == "valid");
    CHECK(verify_offline(text, "no key").refused());
}

TEST_CASE("the drawing that comes with the program bears the longest names") {
    const auto drawing = papers::Template::read(own_drawing(), fields());
    if (!drawing)
        for (const Refusal& refusal : drawing.refusals()) MESSAGE(refusal.field << " " << refusal.message);
    REQUIRE(drawing);
    papers::Values values = drawing->longest();
    values["qr"] = sample_text_of_code();
    CHECK(papers::png_of(*drawing, values, 600));
    std::string pdf;
    Certificate one = sample();
    draw_pages([&](const Certificate&) { return *drawing; }, std::span(&one, 1),
               signing::PrivateKey::generate(), [&](std::string_view bytes) { pdf += bytes; },
               [](std::int64_t) {});
    CHECK(pdf.starts_with("%PDF"));
}

}  // namespace
}  // namespace tiendo::certificates
