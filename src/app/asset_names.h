// The embedded assets under the addresses they are asked for by: assets/build.mjs puts a hash
// of each file's content into its address, and says so in manifest.json.
#pragma once
#include <list>
#include <string>
#include <vector>

#include "base/embedded.h"
#include "base/value.h"

namespace tiendo::app {

struct AssetNames {
    std::list<std::string> kept;      // the names that `files` points to
    std::vector<EmbeddedFile> files;  // "app.a050104f1e.css", and its ".gz"
    Value links;                      // {css, js, icons, mark, sans}: addresses, for the layout
};
// Throws std::runtime_error when the manifest is missing or no JSON.
AssetNames asset_names(const std::vector<EmbeddedFile>& embedded);

}  // namespace tiendo::app
