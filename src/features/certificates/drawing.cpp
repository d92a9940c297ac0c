// What a drawing may show, and an issue drawn page by page.
#include "features/certificates/drawing.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>

#include "base/embedded.h"
#include "base/text.h"
#include "features/certificates/payload.h"
#include "platform/http/http.h"
#include "platform/signing/keyring.h"

extern "C" const tiendo::EmbeddedEntry embedded_certificate[];

namespace tiendo::certificates {
namespace {

// The longest names that are met; a drawing must bear them.
const std::array all_fields{
    papers::Field{"title", true, "GIẤY CHỨNG NHẬN HOÀN THÀNH KHÓA HỌC"},
    papers::Field{"head", false, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"},
    papers::Field{"motto", false, "Độc lập - Tự do - Hạnh phúc"},
    papers::Field{"full_name", true, "Công Tằng Tôn Nữ Nguyễn Thị Phương Thảo Quỳnh"},
    papers::Field{"birth", false, "30/12/1985"},
    papers::Field{"unit_name", false,
                  "Đảng bộ Viện Hàn lâm Khoa học xã hội Việt Nam, Đảng bộ Khối các cơ quan Trung ương"},
    papers::Field{"party_cell", false, "Chi bộ Vụ Tổ chức - Điều lệ và Công tác đảng viên"},
    papers::Field{"party_committee", false, "Đảng bộ cơ quan Viện Hàn lâm Khoa học xã hội Việt Nam"},
    papers::Field{"programme_name", true,
                  "Bồi dưỡng nghiệp vụ công tác đảng cho bí thư chi bộ và cấp ủy viên cơ sở"},
    papers::Field{"cohort_code", false, "LLCT-HC-TC-K28B-16/2017"},
    papers::Field{"periods", false, "1.056 tiết"},
    papers::Field{"dates", false, "28/12/2016 – 30/12/2017"},
    papers::Field{"band", true, "Trung bình khá"},
    papers::Field{"decision", false, "Quyết định số 1024-QĐ/TTBDCT ngày 30/12/2017"},
    papers::Field{"place_and_day", true, "Thành phố Hồ Chí Minh, ngày 30 tháng 12 năm 2017"},
    papers::Field{"issuer_name", true, "ĐẢNG ỦY KHỐI CÁC CƠ QUAN TRUNG ƯƠNG"},
    papers::Field{"organiser_name", false, "Trung tâm Bồi dưỡng chính trị Khối các cơ quan Trung ương"},
    papers::Field{"signed_for", false, "T/M BAN THƯỜNG VỤ ĐẢNG ỦY KHỐI"},
    papers::Field{"signatory_title", true, "PHÓ GIÁM ĐỐC TRUNG TÂM"},
    papers::Field{"signatory_name", true, "Nguyễn Thị Phương Thảo Quỳnh"},
    papers::Field{"register_number", true, "10024/2017-CVCC"},
    papers::Field{"serial", false, "CVCC 0001024"},
    papers::Field{"code", true, "WWWW-MMMM-WWWW-W"},
    papers::Field{"valid_until", false, "Có giá trị đến hết ngày 30/12/2022"},
    papers::Field{"qr", true, ""}};

std::string bytes_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error("a stored file is missing");
    return {std::istreambuf_iterator<char>(file), {}};
}

std::runtime_error cannot_draw(const Refusals& refusals) {
    // Number in the book and fields, no names: what is thrown goes into the log.
    std::string why;
    for (const Refusal& refusal : refusals)
        why +=
            " " + refusal.message + " " + (refusal.field.empty() ? refusal.arguments.at(0) : refusal.field);
    return std::runtime_error("the drawing cannot bear it:" + why);
}

papers::Template require_drawing(const files::Store& store, const std::string& digest) {
    auto drawing = drawing_of(store, digest);
    if (!drawing) throw cannot_draw(drawing.refusals());
    return *drawing;
}

// Draws an issue into one file. `hold(tx)` ends what the work was done for in the same transaction. Refusals
// as draw_pages.
Outcome<Done> draw_issue(db::Database& database, const files::Store& store, IssueId id,
                         const std::function<void(std::int64_t)>& progress,
                         const std::function<void(db::Write&)>& hold, Instant at) {
    const auto key = signing_key(database, at);
    const auto [issue, certificates] = database.read(
        [&](db::Read& tx) { return std::pair(find_issue(tx, id).value(), certificates_of(tx, id)); });
    const http::TemporaryFile draft(std::filesystem::temp_directory_path());
    std::ofstream file(draft.path(), std::ios::binary);
    const papers::Template drawing = require_drawing(store, issue.drawing);
    if (auto drawn = draw_pages([&](const Certificate&) { return drawing; }, certificates, key,
                                [&](std::string_view bytes) { file.write(bytes.data(), std::ssize(bytes)); },
                                progress);
        !drawn)
        return drawn;
    if (!file.flush()) throw std::runtime_error("no room to draw certificates");
    const files::Stored stored = store.keep(draft.path());
    database.write([&](db::Write& tx) {
        hold(tx);
        tx.run(R"sql(
            update certificate_issues set state = 'finished', incident = '', file_digest = :digest,
                   file_bytes = :bytes
            where id = :id)sql",
               {{"digest", stored.digest}, {"bytes", stored.bytes}, {"id", id}});
        tx.run(R"sql(update certificates set file_digest = :digest where issue = :id)sql",
               {{"digest", stored.digest}, {"id", id}});
    });
    return Done{};
}

papers::Values values_of(const Certificate& certificate) {
    papers::Values values = worded(certificate.printed);
    values["head"] = certificate.head;
    values["motto"] = certificate.motto;
    values["party_cell"] = certificate.party_cell;
    values["party_committee"] = certificate.party_committee;
    return values;
}

}  // namespace

std::span<const papers::Field> fields() { return all_fields; }

std::string_view own_drawing() {
    static const auto files = files_of(embedded_certificate);
    return files.front().bytes;
}

Outcome<papers::Template> drawing_of(const files::Store& store, const std::string& digest) {
    static std::mutex held;
    static std::map<std::string, papers::Template> judged;
    constexpr std::size_t most = 16;
    const std::lock_guard hold(held);
    if (const auto known = judged.find(digest); known != judged.end()) return known->second;
    auto read = papers::Template::read(bytes_of(store.path_of(digest)), fields());
    if (!read) return read;
    if (judged.size() >= most) judged.clear();
    judged.emplace(digest, *read);
    return read;
}

std::string keep_drawing(db::Read& tx, const files::Store& store, const Series& series, Date day) {
    const std::string digest = drawing_on(tx, series.code, day);
    return digest.empty() ? store.keep_bytes(own_drawing()).digest : digest;
}

signing::PrivateKey signing_key(db::Database& database, Instant at) {
    auto key = database.write([&](db::Write& tx) { return signing::signing_key(tx, at); });
    if (!key) throw std::runtime_error("the key that signs is sealed: " + key.refusals().front().message);
    return *key;
}

std::string public_key(db::Database& database, Instant at) {
    signing_key(database, at);
    return database.read([](db::Read& tx) { return signing::pem_of_all(signing::kept_keys(tx)); });
}

std::string text_of_code(const Certificate& certificate, const signing::PrivateKey& key) {
    const std::string address = printable_address(certificate.address);
    const std::string text = signing::sign_compact(payload_of(certificate.printed, address), key);
    return address.empty() ? text : address + "/check/" + certificate.printed.code + "#" + text;
}

Foretelling::Foretelling(papers::Template drawing, const Setting& setting)
    : drawing_(std::move(drawing)), setting_(setting) {}

Refusals Foretelling::operator()(Certificate draft) {
    constexpr std::int64_t long_number = 99'999;
    put_signature(setting_, draft);
    draft.printed.code = "WWWW-MMMM-WWWW-W";
    draft.printed.register_text = register_text(setting_.series, long_number, draft.printed.book_year);
    papers::Values values = values_of(draft);
    // As long as the code to scan will be, whatever it says.
    std::string code = text_of_code(draft, key_);
    const std::size_t length = code.size();
    if (length > code_bears_) values["qr"] = std::move(code);
    Refusals why = drawing_.complaints_about(values);
    if (why.empty()) code_bears_ = std::max(code_bears_, length);
    return why;
}

std::string sample_text_of_code() {
    Certificate longest;
    longest.address = "https://chung-nhan.trung-tam-boi-duong.example.vn";
    longest.printed.code = "WWWW-MMMM-WWWW-W";
    for (const papers::Field& field : all_fields)
        if (!field.name.starts_with("party_")) longest.printed.programme_name += field.longest;
    return text_of_code(longest, signing::PrivateKey::generate());
}

Outcome<Done> draw_pages(const std::function<papers::Template(const Certificate&)>& drawing,
                         std::span<const Certificate> certificates, const signing::PrivateKey& key,
                         const papers::Sink& sink, const std::function<void(std::int64_t)>& progress) {
    const Printed& first = certificates.front().printed;
    papers::PdfWriter writer(sink, {.title = first.title + " " + first.cohort_code,
                                    .author = first.issuer_name,
                                    .subject = first.programme_name,
                                    .created = to_text(first.issued_on) + "T00:00:00Z"});
    std::int64_t drawn = 0;
    for (const Certificate& one : certificates) {
        papers::Values values = values_of(one);
        values["qr"] = text_of_code(one, key);
        if (const auto added = writer.add(drawing(one), values); !added) {
            Refusals why{{"", "certificate.cannot_draw", {one.printed.register_text}}};
            why.insert(why.end(), added.refusals().begin(), added.refusals().end());
            return why;
        }
        progress(++drawn);
    }
    writer.finish();
    return Done{};
}

Desk open_desk(db::Database& database, const files::Store& store, std::string address,
               jobs::Settings settings) {
    const Clock clock = settings.clock;
    settings.threads = std::min(settings.threads, 1);
    const auto run = [&database, store, clock](jobs::Run& job) {
        const auto drawn = draw_issue(
            database, store, IssueId{job.subject()}, [&](std::int64_t done) { job.progress(done); },
            [&](db::Write& tx) { job.finish(tx); }, clock());
        if (!drawn) throw cannot_draw(drawn.refusals());
    };
    const auto failed = [](db::Write& tx, std::int64_t subject, const std::string& incident) {
        tx.run(R"sql(
            update certificate_issues set state = 'failed', incident = :incident where id = :id)sql",
               {{"incident", incident}, {"id", subject}});
    };
    return {std::make_shared<jobs::Pool>(
                database, std::vector<jobs::Work>{{std::string(drawing_job), run, failed}}, settings),
            std::move(address)};
}

Outcome<Done> draw_now(db::Database& database, const files::Store& store, cohorts::CohortId cohort,
                       Instant at) {
    const auto issues = database.read([&](db::Read& tx) { return issues_of(tx, cohort); });
    Refusals refusals;
    for (const IssueState& issue : issues) {
        if (issue.state == "finished") continue;
        const auto drawn = draw_issue(
            database, store, issue.id, [](std::int64_t) {},
            [&](db::Write& tx) { jobs::drop(tx, issue.id.value); }, at);
        if (!drawn) refusals.insert(refusals.end(), drawn.refusals().begin(), drawn.refusals().end());
    }
    if (!refusals.empty()) return refusals;
    return Done{};
}

Outcome<Done> write_booklet(db::Database& database, const files::Store& store, cohorts::CohortId cohort,
                            const std::string& path, Instant at) {
    const auto key = signing_key(database, at);
    const auto [certificates, issues] = database.read(
        [&](db::Read& tx) { return std::pair(standing_in(tx, cohort), issues_of(tx, cohort)); });
    if (certificates.empty()) return Done{};
    std::ofstream file(path, std::ios::binary);
    const Refusal unwritten{"--out", "command.file_unwritable", {path}};
    if (!file) return unwritten;
    for (const IssueState& issue : issues)
        // All of one issue, and nobody else: that is the file itself.
        if (!issue.file_digest.empty() && issue.id == certificates.front().issue &&
            issue.id == certificates.back().issue && issue.certificates == std::ssize(certificates)) {
            std::ifstream kept(store.path_of(issue.file_digest), std::ios::binary);
            file << kept.rdbuf();
            if (!file.flush()) return unwritten;
            return Done{};
        }
    std::map<IssueId, papers::Template> drawings;
    for (const IssueState& issue : issues) drawings.emplace(issue.id, require_drawing(store, issue.drawing));
    auto drawn = draw_pages([&](const Certificate& one) { return drawings.at(one.issue); }, certificates, key,
                            [&](std::string_view bytes) { file.write(bytes.data(), std::ssize(bytes)); },
                            [](std::int64_t) {});
    if (drawn && !file.flush()) return unwritten;
    std::error_code ignored;
    if (!drawn) std::filesystem::remove(path, ignored);
    return drawn;
}

}  // namespace tiendo::certificates
