// A list to take away as a workbook.
#pragma once
#include <functional>
#include <string_view>

#include "platform/http/http.h"
#include "platform/office/xlsx_writer.h"

namespace tiendo::pages {

// `name` is what the file is called, "cac-lop-2017.xlsx". The rows go to disk as they come, so
// that a million of them need no more memory than ten.
http::Response workbook(const office::ListLayout& layout, std::string_view name,
                        const std::function<void(office::ListWriter&)>& write_rows);
// The same from a function that writes the whole file.
http::Response workbook(std::string_view name, const std::function<void(const std::string& path)>& write);

}  // namespace tiendo::pages
