// Style sheets, scripts, fonts and icons that travel inside the binary.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/embedded.h"
#include "platform/http/http.h"

namespace tiendo::http {

// A file with a content hash in its name (app-3f2a9c1b.css: eight or more hexadecimal digits
// after a dot or hyphen) may be kept for ever; any other is asked for again with its ETag. The
// file of the same name with .gz goes to whoever accepts gzip.
class Assets {
 public:
    // The bytes must live as long as this.
    explicit Assets(const std::vector<EmbeddedFile>& files);

    // The file of that name, "app-3f2a9c1b.css"; none when there is no such file.
    std::optional<Response> find(std::string_view name, const Request& request) const;

    // The name with its hash for "app.css", so that a layout need not know it; the name itself
    // when there is none.
    std::string current(std::string_view name) const;

 private:
    struct Asset {
        std::string_view bytes, gzip;
        std::string etag;
        bool hashed = false;
    };
    std::map<std::string, Asset, std::less<>> assets_;
    std::map<std::string, std::string, std::less<>> current_;
};

// The media type a file's ending stands for.
std::string_view type_of_file(std::string_view name);

}  // namespace tiendo::http
