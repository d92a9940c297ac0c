// Workbooks of formats that are not read here, turned into .xlsx by LibreOffice where it is
// installed on the machine.
#pragma once
#include <chrono>
#include <memory>
#include <string>

#include "base/outcome.h"

namespace tiendo::office {

// The program that converts; empty when the machine has none. The variable TIENDO_SOFFICE names
// another one, or none when it is empty.
std::string converter();

// A folder of one conversion with all that is in it: removed with this.
class ConvertedFile {
 public:
    explicit ConvertedFile(std::string folder) : folder_(std::move(folder)) {}
    ~ConvertedFile();
    ConvertedFile(const ConvertedFile&) = delete;
    const std::string& folder() const { return folder_; }
    std::string path() const { return folder_ + "/workbook.xlsx"; }

 private:
    std::string folder_;
};

// Converts the file at that path, which read_sheets refused as office.old_format. The converter
// works in a folder and a profile of its own, without a network where the system can do that, and
// is ended when it takes longer. What it makes is read like any file from outside. Refusals:
//   office.no_converter        {0} the format found: not installed; how to save as .xlsx
//   office.conversion_failed   {0} the format found: it made nothing, or ended with an error
//   office.conversion_too_slow {0} the format found, {1} seconds allowed
Outcome<std::shared_ptr<ConvertedFile>> convert_to_xlsx(
    const std::string& path, const std::string& format,
    std::chrono::seconds allowed = std::chrono::seconds(90));

}  // namespace tiendo::office
