// A whole .ods, or its content.xml.
#include "platform/office/fuzz_checks.h"
#include "platform/office/stored_zip.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tiendo::office;
    const std::string bytes(reinterpret_cast<const char*>(data), size);
    if (bytes.starts_with("PK"))
        check_workbook(bytes);
    else
        check_workbook(stored_zip(
            {{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}, {"content.xml", bytes}}));
    return 0;
}
