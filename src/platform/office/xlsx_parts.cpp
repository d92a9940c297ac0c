#include "platform/office/xlsx_parts.h"

#include <algorithm>
#include <map>

namespace tiendo::office {
namespace {

struct Relation {
    std::string type;  // its last word: "worksheet"
    std::string part;
};

// The folder of a part, with its slash.
std::string folder_of(std::string_view part) {
    const std::size_t slash = part.rfind('/');
    return std::string(slash == std::string_view::npos ? "" : part.substr(0, slash + 1));
}

// Where a target leads from a folder: "../a.xml" and "/xl/a.xml" are allowed.
std::string resolve(std::string folder, std::string target) {
    std::replace(target.begin(), target.end(), '\\', '/');
    if (target.starts_with('/')) {
        folder.clear();
        target.erase(0, 1);
    }
    std::vector<std::string> steps;
    const std::string whole = folder + target;
    for (std::size_t at = 0; at <= whole.size();) {
        const std::size_t slash = std::min(whole.find('/', at), whole.size());
        const std::string step = whole.substr(at, slash - at);
        if (step == "..") {
            if (!steps.empty()) steps.pop_back();
        } else if (!step.empty() && step != ".") {
            steps.push_back(step);
        }
        at = slash + 1;
    }
    std::string result;
    for (const std::string& step : steps) result += (result.empty() ? "" : "/") + step;
    return result;
}

class RelationsHandler : public XmlHandler {
 public:
    explicit RelationsHandler(std::string folder) : folder_(std::move(folder)) {}
    void open(std::string_view name, const Attributes& attributes) override {
        if (name != "Relationship" || attributes.get("TargetMode") == "External") return;
        if (relations.size() >= 20'000) refuse_damaged(folder_ + "_rels", "more than 20,000 relations");
        const std::string_view type = attributes.get("Type");
        relations[std::string(attributes.get("Id"))] = {
            std::string(type.substr(type.rfind('/') + 1)),
            resolve(folder_, std::string(attributes.get("Target")))};
    }
    void close(std::string_view) override {}
    void text(std::string_view) override {}
    std::map<std::string, Relation, std::less<>> relations;

 private:
    std::string folder_;
};

// The relations of a part stand beside it in _rels.
std::map<std::string, Relation, std::less<>> relations_of(Archive& archive, const std::string& part) {
    const std::string folder = folder_of(part);
    const std::string beside = folder + "_rels/" + part.substr(folder.size()) + ".rels";
    RelationsHandler handler(folder);
    if (archive.has(beside)) parse_xml(archive, beside, handler);
    return std::move(handler.relations);
}

class WorkbookHandler : public XmlHandler {
 public:
    struct Listed {
        std::string name, relation;
        bool hidden = false;
    };
    void open(std::string_view name, const Attributes& attributes) override {
        if (name == "workbookPr") {
            if (attributes.truth("date1904")) epoch = Epoch::from_1904;
        } else if (name == "sheet") {
            if (sheets.size() >= 10'000) refuse_damaged("workbook.xml", "more than 10,000 sheets");
            const std::string_view state = attributes.get("state");
            sheets.push_back({std::string(attributes.get("name").substr(0, 1000)),
                              std::string(attributes.get("id").substr(0, 1000)),
                              state == "hidden" || state == "veryHidden"});
        }
    }
    void close(std::string_view) override {}
    void text(std::string_view) override {}
    std::vector<Listed> sheets;
    Epoch epoch = Epoch::from_1900;
};

class StylesHandler : public XmlHandler {
 public:
    void open(std::string_view name, const Attributes& attributes) override {
        if (name == "numFmt") {
            // Formats in dxfs (of conditional formats) have numbers of their own.
            check_count(formats_.size());
            if (inside_ == Inside::formats)
                formats_[attributes.number("numFmtId", -1)] = number_format(attributes.get("formatCode"));
        } else if (name == "numFmts") {
            inside_ = Inside::formats;
        } else if (name == "fonts") {
            inside_ = Inside::fonts;
        } else if (name == "cellXfs") {
            inside_ = Inside::styles;
        } else if (name == "cellStyleXfs" || name == "dxfs" || name == "fills" || name == "borders") {
            inside_ = Inside::other;
        } else if (name == "font" && inside_ == Inside::fonts) {
            check_count(fonts_.size());
            fonts_.push_back(LegacyFont::none);
        } else if (name == "name" && inside_ == Inside::fonts && !fonts_.empty()) {
            fonts_.back() = legacy_font(attributes.get("val"));
        } else if (name == "xf" && inside_ == Inside::styles) {
            check_count(styles.size());
            const int format = attributes.number("numFmtId", 0);
            const auto custom = formats_.find(format);
            const auto font = static_cast<std::size_t>(attributes.number("fontId", 0));
            styles.push_back({custom != formats_.end() ? custom->second : built_in_number_format(format),
                              font < fonts_.size() ? fonts_[font] : LegacyFont::none});
        }
    }
    void close(std::string_view) override {}
    void text(std::string_view) override {}
    std::vector<CellStyle> styles;

 private:
    // Excel itself holds 65,490.
    static void check_count(std::size_t count) {
        if (count >= 200'000) refuse_damaged("styles.xml", "more than 200,000 styles");
    }
    enum class Inside { other, formats, fonts, styles };
    Inside inside_ = Inside::other;
    std::map<int, NumberFormat> formats_;
    std::vector<LegacyFont> fonts_;
};

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

// Excel writes what XML cannot hold as _x000D_, and an underscore that could be taken for
// one as _x005F_. Only the controls and the underscore are turned back.
void decode_escapes(std::string& text) {
    for (std::size_t at = text.find("_x"); at != std::string::npos; at = text.find("_x", at + 1)) {
        if (at + 7 > text.size() || text[at + 6] != '_') continue;
        int code = 0;
        for (std::size_t i = at + 2; i < at + 6 && code >= 0; ++i)
            code = hex_digit(text[i]) < 0 ? -1 : code * 16 + hex_digit(text[i]);
        if (code >= 0 && (code < 0x20 || code == 0x5f)) text.replace(at, 7, 1, static_cast<char>(code));
    }
}

}  // namespace

void RichText::begin() {
    result_.clear();
    run_.clear();
    run_font_ = LegacyFont::none;
    in_text_ = was_legacy_ = false;
    phonetic_ = 0;
}

void RichText::open(std::string_view name, const Attributes& attributes) {
    if (name == "rPh")
        ++phonetic_;
    else if (name == "t")
        in_text_ = phonetic_ == 0;
    else if (name == "r")
        end_run();
    else if (name == "rFont")
        run_font_ = legacy_font(attributes.get("val"));
}

void RichText::close(std::string_view name) {
    if (name == "rPh")
        --phonetic_;
    else if (name == "t")
        in_text_ = false;
    else if (name == "r" || name == "si" || name == "is")
        end_run();
}

void RichText::text(std::string_view piece) {
    if (in_text_) run_ += piece;
}

void RichText::end_run() {
    decode_escapes(run_);
    if (read_legacy(run_, run_font_, legacy_)) was_legacy_ = true;
    result_ += run_;
    run_.clear();
    run_font_ = LegacyFont::none;
}

class SharedStringsHandler : public XmlHandler {
 public:
    SharedStringsHandler(SharedStrings& strings, std::int64_t most_bytes, LegacyText legacy)
        : strings_(strings), most_bytes_(most_bytes), text_(legacy) {}
    void open(std::string_view name, const Attributes& attributes) override {
        if (name == "si")
            text_.begin();
        else
            text_.open(name, attributes);
    }
    void close(std::string_view name) override {
        text_.close(name);
        if (name != "si") return;
        if (text_.was_legacy()) strings_.legacy_.push_back(static_cast<std::uint32_t>(strings_.ends_.size()));
        strings_.text_ += text_.result();
        strings_.ends_.push_back(static_cast<std::uint32_t>(strings_.text_.size()));
        check(0);
    }
    void text(std::string_view piece) override {
        text_.text(piece);
        check(text_.length());
    }

 private:
    void check(std::size_t pending) const {
        const std::size_t held =
            strings_.text_.size() + pending + strings_.ends_.size() * sizeof(std::uint32_t);
        if (static_cast<std::int64_t>(held) > most_bytes_)
            refuse("office.unpacks_too_large", {megabytes(most_bytes_)});
    }
    SharedStrings& strings_;
    std::int64_t most_bytes_;
    RichText text_;
};

void SharedStrings::read(Archive& archive, const std::string& part, std::int64_t most_bytes,
                         LegacyText legacy) {
    SharedStringsHandler handler(*this, std::min<std::int64_t>(most_bytes, UINT32_MAX), legacy);
    parse_xml(archive, part, handler);
}

bool SharedStrings::was_legacy(std::size_t index) const {
    return std::binary_search(legacy_.begin(), legacy_.end(), static_cast<std::uint32_t>(index));
}

Workbook read_workbook(Archive& archive) {
    Workbook workbook;
    std::string part = "xl/workbook.xml";
    for (const auto& [id, relation] : relations_of(archive, ""))
        if (relation.type == "officeDocument") part = relation.part;
    WorkbookHandler handler;
    parse_xml(archive, part, handler);
    workbook.epoch = handler.epoch;
    const auto relations = relations_of(archive, part);
    for (const auto& [id, relation] : relations) {
        if (relation.type == "styles") workbook.styles_part = relation.part;
        if (relation.type == "sharedStrings") workbook.shared_strings_part = relation.part;
    }
    for (auto& listed : handler.sheets) {
        const auto relation = relations.find(listed.relation);
        if (relation == relations.end()) refuse_damaged(part, "sheet " + listed.name + " leads nowhere");
        // Sheets of charts, dialogs and macros have no rows.
        if (relation->second.type != "worksheet") continue;
        workbook.sheets.push_back({std::move(listed.name), relation->second.part, listed.hidden});
    }
    return workbook;
}

std::vector<CellStyle> read_styles(Archive& archive, const std::string& part) {
    StylesHandler handler;
    if (!part.empty() && archive.has(part)) parse_xml(archive, part, handler);
    return std::move(handler.styles);
}

}  // namespace tiendo::office
