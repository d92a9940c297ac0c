#include "layers.h"

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <sstream>

namespace house {
namespace {

bool starts(std::string_view text, std::string_view with) { return text.substr(0, with.size()) == with; }
bool ends(std::string_view text, std::string_view with) {
    return text.size() >= with.size() && text.substr(text.size() - with.size()) == with;
}

int layer_of(std::string_view part) {
    if (part == "base") return 0;
    if (starts(part, "platform_")) return 1;
    if (starts(part, "feature_")) return 2;
    return 3;
}

std::string_view name_of(std::string_view part) {
    const auto at = part.find('_');
    return at == std::string_view::npos ? part : part.substr(at + 1);
}

// A library whose headers cost a second or more of every compilation, or draw a whole world
// of names with them, is included in .cpp files of the parts that are there to hide it.
struct Heavy {
    std::string_view header;  // the beginning of the path between < and >
    std::vector<std::string_view> homes;
};
const std::vector<Heavy> heavy_headers = {
    {"boost/", {"platform_http"}},
    {"nlohmann/", {"platform_json"}},
    {"kainjow/", {"platform_views"}},
    {"sqlite3", {"platform_db"}},
    {"libpq", {"platform_db"}},
    {"openssl/", {"platform_http"}},
    {"sodium", {"platform_audit", "platform_auth", "platform_files", "platform_signing", "feature_accounts"}},
    {"unicode/", {"base"}},
    {"zip.h", {"platform_office"}},
    {"expat", {"platform_office", "platform_papers"}},
    {"xlsxwriter", {"platform_office"}},
    {"pugixml", {"platform_office"}},
    {"freexl", {"platform_office"}},
    {"cairo", {"platform_papers"}},
    {"pango/", {"platform_papers"}},
    {"librsvg/", {"platform_papers"}},
    {"qrencode", {"platform_qr"}},
    {"fontconfig/", {"platform_papers"}},
    {"CLI/", {"app"}},
    {"toml", {"platform_i18n", "feature_accounts", "app"}},
    {"curl/", {"platform_mail"}},
    {"spdlog/", {}},  // any .cpp may log, no header may
};

struct Include {
    int line = 0;
    bool own = false;  // "…" rather than <…>
    std::string path;
};

std::vector<Include> includes_of(std::string_view text) {
    std::vector<Include> includes;
    const std::string code = code_only(text, Strings::kept);
    int number = 0;
    for (auto line : lines_of(code)) {
        ++number;
        const auto hash = line.find_first_not_of(" \t");
        if (hash == std::string_view::npos || line[hash] != '#') continue;
        const auto word = line.find("include", hash);
        if (word == std::string_view::npos) continue;
        const auto open = line.find_first_of("\"<", word);
        if (open == std::string_view::npos) continue;
        const auto close = line.find(line[open] == '"' ? '"' : '>', open + 1);
        if (close == std::string_view::npos) continue;
        includes.push_back({number, line[open] == '"', std::string(line.substr(open + 1, close - open - 1))});
    }
    return includes;
}

// The repository path an include means: below src/, or beside the file itself.
std::string resolve(const std::set<std::string_view>& known, std::string_view from,
                    const std::string& include) {
    const std::string below = "src/" + include;
    if (known.count(below)) return below;
    const std::string beside = std::string(from.substr(0, from.rfind('/') + 1)) + include;
    return known.count(beside) ? beside : "";
}

std::string joined(const std::vector<std::string_view>& words) {
    std::string text;
    for (auto word : words) text.append(text.empty() ? "" : " or ").append(word);
    return text;
}

std::optional<std::string> heavy_fault(std::string_view path, std::string_view part,
                                       const std::string& header) {
    for (const auto& heavy : heavy_headers) {
        if (!starts(header, heavy.header)) continue;
        if (ends(path, ".h"))
            return "<" + header + "> is heavy and stays out of every header: include it in the .cpp";
        const bool home = heavy.homes.empty() || std::count(heavy.homes.begin(), heavy.homes.end(), part);
        if (!home)
            return "<" + header + "> is heavy and lives in " + joined(heavy.homes) +
                   ": call that part instead";
    }
    return {};
}

std::optional<std::string> use_fault(const Parts& parts, const std::string& user, const std::string& used,
                                     const std::string& header) {
    if (layer_of(used) > layer_of(user))
        return used + " lies above " + user + ": turn the dependency round, or offer a slot that app fills";
    if (starts(used, "feature_")) {
        const std::string name(name_of(used));
        const std::string open = "src/features/" + name + "/" + name + ".h";
        if (header != open)
            return header.substr(4) + " is private to " + name + ": include " + open.substr(4);
    }
    if (used == "base" || user == "app") return {};
    const auto declared = parts.find(user);
    if (declared == parts.end() || !declared->second.count(used))
        return "the CMake line of " + user + " does not say USES " + std::string(name_of(used));
    return {};
}

std::vector<Finding> circles(const Parts& parts) {
    std::vector<Finding> found;
    std::set<std::string> done;
    std::vector<std::string> path;
    const std::function<void(const std::string&)> visit = [&](const std::string& part) {
        const auto again = std::find(path.begin(), path.end(), part);
        if (again != path.end()) {
            std::string circle;
            for (auto at = again; at != path.end(); ++at) circle += *at + " -> ";
            found.push_back(
                {"CMakeLists.txt", 0,
                 "a circle of uses: " + circle + part + "; two parts that need each other are one"});
            return;
        }
        if (done.count(part)) return;
        path.push_back(part);
        if (const auto uses = parts.find(part); uses != parts.end())
            for (const auto& used : uses->second) visit(used);
        path.pop_back();
        done.insert(part);
    };
    for (const auto& [part, uses] : parts) visit(part);
    return found;
}

}  // namespace

Parts parse_parts(std::string_view text) {
    Parts parts;
    for (auto line : lines_of(text)) {
        const auto colon = line.find(':');
        if (colon == std::string_view::npos) continue;
        auto& uses = parts[std::string(line.substr(0, colon))];
        std::istringstream words{std::string(line.substr(colon + 1))};
        for (std::string word; words >> word;) uses.insert(word);
    }
    return parts;
}

std::string part_of(std::string_view path) {
    const auto folder = [&](std::string_view above) {
        const auto rest = path.substr(above.size());
        return std::string(rest.substr(0, rest.find('/')));
    };
    if (starts(path, "src/base/")) return "base";
    if (starts(path, "src/platform/")) return "platform_" + folder("src/platform/");
    if (starts(path, "src/features/")) return "feature_" + folder("src/features/");
    if (starts(path, "src/app/")) return "app";
    return "";
}

std::vector<Finding> check_layers(const std::vector<SourceFile>& files, const Parts& parts) {
    std::set<std::string_view> known;
    for (const auto& file : files) known.insert(file.path);
    std::vector<Finding> found = circles(parts);
    for (const auto& file : files) {
        const auto user = part_of(file.path);
        if (user.empty() || !(ends(file.path, ".h") || ends(file.path, ".cpp"))) continue;
        for (const auto& include : includes_of(file.text)) {
            std::optional<std::string> fault;
            if (!include.own) {
                fault = heavy_fault(file.path, user, include.path);
            } else if (const auto header = resolve(known, file.path, include.path); header.empty()) {
                // What a quoted include does not find in the house is somebody else's header.
                fault = heavy_fault(file.path, user, include.path);
                if (!fault) fault = "\"" + include.path + "\" is no tracked file below src/";
            } else if (const auto used = part_of(header); used != user) {
                fault = use_fault(parts, user, used, header);
            }
            if (fault) found.push_back({file.path, include.line, *fault});
        }
    }
    return found;
}

}  // namespace house
