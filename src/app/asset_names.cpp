#include "app/asset_names.h"

#include <algorithm>
#include <stdexcept>

#include "platform/json/json.h"

namespace tiendo::app {

AssetNames asset_names(const std::vector<EmbeddedFile>& embedded) {
    const auto find = [&](std::string_view name) {
        return std::find_if(embedded.begin(), embedded.end(),
                            [&](const EmbeddedFile& file) { return file.name == name; });
    };
    const auto found = find("manifest.json");
    const auto manifest = found == embedded.end() ? std::nullopt : json::parse(found->bytes);
    if (!manifest) throw std::runtime_error("the assets have no manifest.json");

    AssetNames names{.links = (*manifest)["links"]};
    constexpr std::string_view folder = "/assets/";
    for (const auto& [address, name] : *(*manifest)["files"].members())
        for (const std::string_view ending : {"", ".gz"})
            if (const auto file = find(*name.text() + std::string(ending)); file != embedded.end()) {
                names.kept.push_back(address.substr(folder.size()) + std::string(ending));
                names.files.push_back({names.kept.back(), file->bytes});
            }
    return names;
}

}  // namespace tiendo::app
