#include "visitor.h"

#include <curl/curl.h>

#include <algorithm>
#include <cctype>
#include <functional>
#include <regex>
#include <stdexcept>

namespace scenario {
namespace {

std::size_t take_body(char* bytes, std::size_t size, std::size_t count, void* answer) {
    static_cast<Answer*>(answer)->body.append(bytes, size * count);
    return size * count;
}

std::size_t take_header(char* bytes, std::size_t size, std::size_t count, void* answer) {
    std::string line(bytes, size * count);
    while (!line.empty() && (line.back() == '\r' || line.back() == '\n')) line.pop_back();
    if (const auto colon = line.find(':'); colon != line.npos) {
        auto name = line.substr(0, colon);
        std::transform(name.begin(), name.end(), name.begin(),
                       [](unsigned char c) { return std::tolower(c); });
        const auto begin = line.find_first_not_of(' ', colon + 1);
        static_cast<Answer*>(answer)->headers.emplace_back(name,
                                                           begin == line.npos ? "" : line.substr(begin));
    }
    return size * count;
}

std::string without_query(const std::string& path) { return path.substr(0, path.find_first_of("?#")); }

}  // namespace

std::string Answer::header(const std::string& name) const {
    for (const auto& [key, value] : headers)
        if (key == name) return value;
    return "";
}

struct Visitor::State {
    CURL* curl = curl_easy_init();
    Answer last;
    Answer page;
    std::string page_path;
    std::function<void()> request;  // prepares and sends the last request once more

    State() {
        if (!curl) throw std::runtime_error("cannot start curl");
        curl_easy_setopt(curl, CURLOPT_COOKIEFILE, "");  // cookies on, in memory
    }
    ~State() { curl_easy_cleanup(curl); }

    void send(const std::string& origin, const std::string& path) {
        last = {};
        const auto url = origin + path;
        const auto origin_header = "Origin: " + origin;
        curl_slist* headers = curl_slist_append(nullptr, origin_header.c_str());
        headers = curl_slist_append(headers, "Sec-Fetch-Site: same-origin");
        headers = curl_slist_append(headers, "Expect:");
        curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
        curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
        curl_easy_setopt(curl, CURLOPT_PATH_AS_IS, 1L);
        curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
        curl_easy_setopt(curl, CURLOPT_TIMEOUT, 60L);
        curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
        curl_easy_setopt(curl, CURLOPT_WRITEDATA, &last);
        curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
        curl_easy_setopt(curl, CURLOPT_HEADERDATA, &last);
        const auto result = curl_easy_perform(curl);
        curl_slist_free_all(headers);
        if (result != CURLE_OK) throw std::runtime_error(url + ": " + curl_easy_strerror(result));
        long status = 0;
        curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
        last.status = static_cast<int>(status);
        if (last.is_html()) {
            page = last;
            page_path = path;
        }
    }

    // The hidden fields of the form on the last page that sends to this path; one that searches has none.
    Fields hidden_fields(const std::string& path) const {
        for (const auto& form : forms_of(page.body))
            if (!form.hidden.empty() &&
                without_query(form.action.empty() ? page_path : form.action) == without_query(path))
                return form.hidden;
        return {};
    }
};

Visitor::Visitor() : state_(std::make_unique<State>()) {}
Visitor::~Visitor() = default;
Visitor::Visitor(Visitor&&) noexcept = default;

const Answer& Visitor::get(const std::string& origin, const std::string& path) {
    state_->request = [this, origin, path] {
        curl_easy_setopt(state_->curl, CURLOPT_HTTPGET, 1L);
        state_->send(origin, path);
    };
    return again();
}

const Answer& Visitor::post(const std::string& origin, const std::string& path, const Fields& fields,
                            const std::filesystem::path& folder) {
    auto all = state_->hidden_fields(path);
    for (const auto& [name, value] : fields) {
        // What the scenario says of a field replaces what the page hid in it.
        all.erase(std::remove_if(all.begin(), all.end(),
                                 [&name = name](auto& known) { return known.first == name; }),
                  all.end());
    }
    all.insert(all.end(), fields.begin(), fields.end());
    const bool uploads = std::any_of(fields.begin(), fields.end(),
                                     [](const auto& field) { return field.second.rfind('@', 0) == 0; });
    state_->request = [this, origin, path, all, folder, uploads] {
        auto* curl = state_->curl;
        if (uploads) {
            curl_mime* mime = curl_mime_init(curl);
            for (const auto& [name, value] : all) {
                auto* part = curl_mime_addpart(mime);
                curl_mime_name(part, name.c_str());
                const bool file = value.rfind('@', 0) == 0;
                if (file)
                    curl_mime_filedata(part, (folder / value.substr(1)).c_str());
                else
                    curl_mime_data(part, value.data(), value.size());
            }
            curl_easy_setopt(curl, CURLOPT_MIMEPOST, mime);
            const std::unique_ptr<curl_mime, void (*)(curl_mime*)> freed(mime, curl_mime_free);
            state_->send(origin, path);
        } else {
            std::string form;
            const auto encoded = [&](const std::string& text) {
                const std::unique_ptr<char, void (*)(void*)> owned(
                    curl_easy_escape(curl, text.data(), static_cast<int>(text.size())), curl_free);
                return std::string(owned.get());
            };
            for (const auto& [name, value] : all)
                form += (form.empty() ? "" : "&") + encoded(name) + "=" + encoded(value);
            curl_easy_setopt(curl, CURLOPT_POST, 1L);
            curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, static_cast<long>(form.size()));
            curl_easy_setopt(curl, CURLOPT_COPYPOSTFIELDS, form.c_str());
            state_->send(origin, path);
        }
    };
    return again();
}

const Answer& Visitor::again() {
    if (!state_->request) throw std::runtime_error("there was no request to repeat");
    state_->request();
    return state_->last;
}

void Visitor::sign_in(const std::string& origin, const std::string& text_with_link) {
    static const std::regex link("(https?://[^/\\s]+)?(/sign-in/\\S+)");
    std::smatch match;
    if (!std::regex_search(text_with_link, match, link))
        throw std::runtime_error("no sign-in link in: " + text_with_link);
    const std::string path = match[2];
    get(origin, path);
    // Mail programs open links by themselves, so the page asks for a click, and for a password.
    if (last().status == 200 && !forms_of(last().body).empty()) {
        Fields chosen;
        for (const auto& form : forms_of(last().body))
            for (const auto& [name, value] : form.fields)
                if (name.find("password") != name.npos) chosen.emplace_back(name, "mật khẩu của kịch bản");
        post(origin, path, chosen, {});
    }
    for (int hops = 0; last().status / 100 == 3 && hops < 5; ++hops) get(origin, last().header("location"));
    if (last().status != 200)
        throw std::runtime_error("cannot sign in: status " + std::to_string(last().status) + "\n" +
                                 visible_text(last().body));
}

const Answer& Visitor::last() const { return state_->last; }
const Answer& Visitor::last_page() const { return state_->page; }

}  // namespace scenario
