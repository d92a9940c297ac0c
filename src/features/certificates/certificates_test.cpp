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
    const auto payload = [&] { return payload_of(one.printed, one.address); };
    CHECK(read_payload(payload())->printed == one.printed);
    CHECK(read_payload(payload())->address == one.address);
    one.printed.valid_until = day("2022-05-25");
    one.printed.closed_on.reset();
    CHECK(read_payload(payload())->printed == one.printed);
    CHECK_FALSE(read_payload(""));
    CHECK_FALSE(read_payload("1" + payload().substr(1)));
    CHECK_FALSE(read_payload("3" + payload().substr(1)));
    CHECK_FALSE(read_payload(payload() + "\nmore"));
}

// As codes were written before the address was signed: the same facts without its line.
std::string payload_of_form_1(const Certificate& one) {
    std::string payload = payload_of(one.printed, "");
    return "1" + payload.substr(2);
}

TEST_CASE("a code says whose site it leads to, and another host is noticed") {
    const auto key = signing::PrivateKey::generate();
    const std::string keys = signing::to_pem(key.public_key());
    Certificate one = sample();
    const std::string text = text_of_code(one, key);
    const std::string page = "/check/" + one.printed.code, facts = text.substr(text.find('#'));
    const auto scanned = [&](const std::string& said) { return verify_offline(said, keys).operator*(); };
    CHECK(scanned(text).address == "https://so.example.vn");
    CHECK(scanned(text).address_signed);
    CHECK(scanned(facts.substr(1)).address == "https://so.example.vn");
    const Scanned evil = scanned("https://evil.example" + page + facts);
    CHECK(evil.state == "altered");
    CHECK(evil.why ==
          Refusals{{"", "certificate.other_address", {"https://evil.example", "https://so.example.vn"}}});
    CHECK(scanned("https://so.example.vn.evil.example" + page + facts).state == "altered");
    CHECK(scanned("http://so.example.vn" + page + facts).state == "altered");
    // Papers that are out already verify as ever; their host proves nothing.
    const std::string old = "#" + signing::sign_compact(payload_of_form_1(one), key);
    CHECK(scanned("https://evil.example" + page + old).state == "valid");
    CHECK(scanned("https://evil.example" + page + old).address == "https://evil.example");
    CHECK_FALSE(scanned("https://evil.example" + page + old).address_signed);
    // Where no address is known the facts stand alone, and nobody may put one before them.
    for (const char* none : {"", "http://localhost:8080", "http://127.0.0.1", "http://[::1]:8080/"}) {
        one.address = none;
        const std::string alone = text_of_code(one, key);
        CHECK(alone.starts_with("TD1."));
        CHECK(scanned(alone).state == "valid");
        CHECK(scanned(alone).address.empty());
        CHECK(scanned("https://evil.example" + page + "#" + alone).state == "altered");
    }
    one.address = "https://so.example.vn/";
    CHECK(text_of_code(one, key) == text);
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
    CHECK(draw_pages([&](const Certificate&) { return *drawing; }, std::span(&one, 1),
                     signing::PrivateKey::generate(), [&](std::string_view bytes) { pdf += bytes; },
                     [](std::int64_t) {}));
    CHECK(pdf.starts_with("%PDF"));
}

TEST_CASE("what a paper cannot bear is found before it is drawn, field by field") {
    const auto drawing = *papers::Template::read(own_drawing(), fields());
    const Setting setting{
        {.code = "cell-secretaries", .mark = "CTĐ", .number_pattern = "{number}/{year}-{mark}"},
        {{.issuer_name = "ĐẢNG ỦY KHỐI",
          .place = "Hà Nội",
          .signatory_title = "GIÁM ĐỐC",
          .signatory_name = "Đỗ Quang Vinh"},
         "T/L BAN THƯỜNG VỤ"},
        {day("2017-06-16"), day("2017-06-16"), "https://so.example.vn"}};
    Foretelling foretell(drawing, setting);
    const auto why = [&](auto change) {
        Certificate one = sample();
        change(one.printed);
        const Refusals found = foretell(one);
        // What is foretold is what drawing would say.
        put_signature(setting, one);
        const bool drawn =
            draw_pages([&](const Certificate&) { return drawing; }, std::span(&one, 1),
                       signing::PrivateKey::generate(), [](std::string_view) {}, [](std::int64_t) {})
                .
                operator bool();
        CHECK(drawn == found.empty());
        return found.empty() ? "" : found.front().field + " " + found.front().message;
    };
    CHECK(why([](Printed&) {}).empty());
    CHECK(why([](Printed& facts) { facts.full_name = "Nguyễn 張 Văn"; }) == "full_name papers.value_letter");
    CHECK(why([](Printed& facts) { facts.unit_name = "Đảng bộ 😀"; }) == "unit_name papers.value_letter");
    // No longer in letters than the sample, and wider.
    CHECK(why([](Printed& facts) { facts.full_name = std::string(44, 'W'); }) ==
          "full_name papers.value_too_long");
    CHECK(why([](Printed& facts) { facts.band = "WWWWWWWWWWWWWW"; }) == "band papers.value_too_long");
    CHECK(why([](Printed& facts) { facts.full_name = std::string(60, 'i'); }).empty());
    CHECK(why([](Printed& facts) {
              facts.programme_name = std::string(3'000, 'x');
          }).starts_with("programme_name"));
}

TEST_CASE("a drawing may show the Party cell, which no code to scan tells") {
    std::string svg(own_drawing());
    const std::string_view unit = "{{unit_name}}", cell = "{{party_cell}}";
    const auto place = svg.find(unit);
    REQUIRE(place != svg.npos);
    svg.replace(place, unit.size(), cell);
    // No longer what holds it in place, nor what is drawn with it.
    for (auto at = svg.find("-unit_name"); at != svg.npos; at = svg.find("-unit_name"))
        svg.replace(at, 10, "-party_cell");
    const auto drawing = papers::Template::read(svg, fields());
    REQUIRE(drawing);
    Certificate one = sample();
    one.party_cell = "Chi bộ 張";
    std::string_view field;
    const auto drawn =
        draw_pages([&](const Certificate&) { return *drawing; }, std::span(&one, 1),
                   signing::PrivateKey::generate(), [](std::string_view) {}, [](std::int64_t) {});
    REQUIRE(drawn.refused());
    CHECK(drawn.refusals().back().field == "party_cell");
    CHECK(payload_of(one.printed, one.address).find("Chi bộ") == std::string::npos);
}

}  // namespace
}  // namespace tiendo::certificates
