#include "platform/pages/workbook.h"

#include <filesystem>
#include <memory>

namespace tiendo::pages {

http::Response workbook(std::string_view name, const std::function<void(const std::string& path)>& write) {
    auto file = std::make_shared<const http::TemporaryFile>(std::filesystem::temp_directory_path());
    write(file->path().string());
    return http::download(std::move(file), name,
                          "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
}

http::Response workbook(const office::ListLayout& layout, std::string_view name,
                        const std::function<void(office::ListWriter&)>& write_rows) {
    return workbook(name, [&](const std::string& path) {
        auto writer = office::ListWriter::to_file(path, layout);
        write_rows(writer);
        writer.finish();
    });
}

}  // namespace tiendo::pages
