#include "platform/office/archive.h"

#include <zip.h>

#include <algorithm>
#include <array>

namespace tiendo::office {
namespace {

constexpr std::size_t piece_bytes = 64 * 1024;
constexpr std::int64_t ratio_matters_from = 16'000'000;
constexpr std::uint64_t most_parts = 10'000;

std::uint64_t number_at(std::string_view bytes, std::size_t at, std::size_t length) {
    std::uint64_t value = 0;
    for (std::size_t i = length; i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    return value;
}

// A zip ends with a record that says how many parts there are. libzip makes room for all
// of them at once, so every record that could be meant is looked at first.
void check_part_count(const Bytes& bytes) {
    constexpr std::size_t record = 22, longest_comment = 65'535;
    const std::int64_t from =
        std::max<std::int64_t>(0, bytes.size() - static_cast<std::int64_t>(record + longest_comment));
    const std::string tail = bytes.read(from, record + longest_comment);
    const std::string_view view = tail;
    bool any = false;
    for (std::size_t at = view.find("PK\5\6"); at != std::string_view::npos;
         at = view.find("PK\5\6", at + 1)) {
        if (at + record > view.size()) break;
        // Packed bytes may look like a record by chance; one that points behind itself is none.
        const bool wide_only =
            number_at(view, at + 16, 4) == 0xffff'ffff || number_at(view, at + 12, 4) == 0xffff'ffff;
        const std::uint64_t directory_end = number_at(view, at + 12, 4) + number_at(view, at + 16, 4);
        const auto here = static_cast<std::uint64_t>(from) + at;
        if (at + record + number_at(view, at + 20, 2) > view.size() || (!wide_only && directory_end > here))
            continue;
        any = true;
        std::uint64_t parts = number_at(view, at + 10, 2);
        if (at >= 20 && view.substr(at - 20, 4) == "PK\6\7") {  // zip64: the true count is elsewhere
            const std::string wide =
                bytes.read(static_cast<std::int64_t>(number_at(view, at - 12, 8) & INT64_MAX), 56);
            if (wide.size() == 56) parts = std::max(parts == 0xffff ? 0 : parts, number_at(wide, 32, 8));
        }
        if (parts > most_parts) refuse_damaged("zip", std::to_string(parts) + " parts");
    }
    if (!any) refuse("office.truncated");
}

std::string error_text(int code) {
    zip_error_t error;
    zip_error_init_with_code(&error, code);
    std::string text = zip_error_strerror(&error);
    zip_error_fini(&error);
    return text;
}

}  // namespace

struct Archive::Open {
    zip_t* zip = nullptr;
    ~Open() {
        if (zip != nullptr) zip_discard(zip);
    }
    zip_int64_t find(const std::string& part) const {
        return zip_name_locate(zip, part.c_str(), ZIP_FL_NOCASE);
    }
};

Archive::Archive(const Bytes& bytes, const Limits& limits)
    : limits_(limits), open_(std::make_unique<Open>()) {
    check_part_count(bytes);
    const Source& source = bytes.source();
    int code = 0;
    if (!source.path.empty()) {
        open_->zip = zip_open(source.path.c_str(), ZIP_RDONLY, &code);
    } else {
        zip_error_t error;
        zip_error_init(&error);
        zip_source_t* buffer = zip_source_buffer_create(source.bytes.data(), source.bytes.size(), 0, &error);
        open_->zip = buffer == nullptr ? nullptr : zip_open_from_source(buffer, ZIP_RDONLY, &error);
        if (open_->zip == nullptr && buffer != nullptr) zip_source_free(buffer);
        code = zip_error_code_zip(&error);
        zip_error_fini(&error);
    }
    if (open_->zip != nullptr) return;
    if (code == ZIP_ER_NOZIP || code == ZIP_ER_EOF) refuse("office.truncated");
    refuse_damaged("zip", error_text(code));
}

Archive::~Archive() = default;

bool Archive::has(const std::string& part) const { return open_->find(part) >= 0; }

bool Archive::is_locked(const std::string& part) const {
    zip_stat_t about;
    zip_stat_init(&about);
    const zip_int64_t index = open_->find(part);
    return index >= 0 && zip_stat_index(open_->zip, static_cast<zip_uint64_t>(index), 0, &about) == 0 &&
           (about.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && about.encryption_method != ZIP_EM_NONE;
}

void Archive::read(const std::string& part, const std::function<bool(std::string_view)>& receiver) {
    const zip_int64_t found = open_->find(part);
    if (found < 0) refuse_damaged(part, "missing");
    const auto index = static_cast<zip_uint64_t>(found);
    if (is_locked(part)) refuse("office.encrypted");
    zip_stat_t about;
    zip_stat_init(&about);
    if (zip_stat_index(open_->zip, index, 0, &about) != 0) refuse_damaged(part, zip_strerror(open_->zip));
    // The other methods libzip knows may ask for gigabytes before the first byte comes out.
    if (about.comp_method != ZIP_CM_STORE && about.comp_method != ZIP_CM_DEFLATE)
        refuse_damaged(part, "packed by method " + std::to_string(about.comp_method));
    const std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> file(zip_fopen_index(open_->zip, index, 0),
                                                                 &zip_fclose);
    if (!file) refuse_damaged(part, zip_strerror(open_->zip));
    std::array<char, piece_bytes> piece;
    // Of what the directory claims about sizes only the packed one is believed, and that no
    // further than the file is long; what comes out is counted as it comes.
    const auto packed = static_cast<std::int64_t>(
        std::min<zip_uint64_t>(about.comp_size, static_cast<zip_uint64_t>(limits_.file_bytes)));
    std::int64_t of_part = 0;
    for (;;) {
        const zip_int64_t count = zip_fread(file.get(), piece.data(), piece.size());
        if (count < 0) refuse_damaged(part, zip_file_strerror(file.get()));
        if (count == 0) return;
        of_part += count;
        unpacked_ += count;
        const bool swollen = of_part > ratio_matters_from && of_part / limits_.unpacked_ratio > packed;
        if (unpacked_ > limits_.unpacked_bytes || swollen)
            refuse("office.unpacks_too_large", {megabytes(limits_.unpacked_bytes)});
        if (!receiver({piece.data(), static_cast<std::size_t>(count)})) return;
    }
}

std::string Archive::beginning(const std::string& part, std::size_t count) {
    std::string result;
    if (!has(part)) return result;
    read(part, [&](std::string_view piece) {
        result += piece.substr(0, count - result.size());
        return result.size() < count;
    });
    return result;
}

}  // namespace tiendo::office
