// A whole .xlsx, or its parts one after the other with a zero byte between: sheet, shared
// strings, styles, workbook. Changing the bytes of a zip rarely gets past its checksums.
#include "platform/office/fuzz_checks.h"
#include "platform/office/stored_zip.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tiendo::office;
    const std::string bytes(reinterpret_cast<const char*>(data), size);
    if (bytes.starts_with("PK")) {
        check_workbook(bytes);
        return 0;
    }
    std::vector<std::string> parts;
    for (std::size_t at = 0; at <= bytes.size();) {
        const std::size_t end = std::min(bytes.find('\0', at), bytes.size());
        parts.push_back(bytes.substr(at, end - at));
        at = end + 1;
    }
    parts.resize(4);
    const std::string workbook =
        parts[3].empty() ? "<workbook><sheets><sheet name=\"S\" id=\"a\"/></sheets></workbook>" : parts[3];
    check_workbook(stored_zip(
        {{"[Content_Types].xml", "<Types/>"},
         {"_rels/.rels", "<a/>"},
         {"xl/workbook.xml", workbook},
         {"xl/_rels/workbook.xml.rels",
          "<a><Relationship Id=\"a\" Type=\"/worksheet\" Target=\"s.xml\"/><Relationship Id=\"b\" "
          "Type=\"/styles\" "
          "Target=\"t.xml\"/><Relationship Id=\"c\" Type=\"/sharedStrings\" Target=\"u.xml\"/></a>"},
         {"xl/s.xml", parts[0]},
         {"xl/u.xml", parts[1].empty() ? "<sst/>" : parts[1]},
         {"xl/t.xml", parts[2].empty() ? "<styleSheet/>" : parts[2]}}));
    return 0;
}
