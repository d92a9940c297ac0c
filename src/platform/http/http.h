// A request as a handler reads it, and a response as it writes it. Nothing here knows sockets:
// a test makes a Request by hand and looks at the Response.
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tiendo::http {

enum class Method { get, head, post, put, patch, remove, other };  // remove: DELETE
std::string_view to_text(Method method);                           // "GET"; "" for other
Method parse_method(std::string_view text);
// Whether a request of this method may change anything.
inline bool is_safe(Method method) { return method == Method::get || method == Method::head; }

struct Field {
    std::string name, value;
    bool operator==(const Field&) const = default;
};
using Fields = std::vector<Field>;

// The first value of that name; empty when there is none.
std::string_view value_of(const Fields& fields, std::string_view name);
bool has(const Fields& fields, std::string_view name);

// A file on disk that is removed with its last owner.
class TemporaryFile {
 public:
    // An empty file that only this user may read, in an existing folder.
    explicit TemporaryFile(const std::filesystem::path& folder);
    ~TemporaryFile();
    TemporaryFile(const TemporaryFile&) = delete;
    const std::filesystem::path& path() const { return path_; }
    int descriptor() const { return descriptor_; }  // open for reading and writing

 private:
    std::filesystem::path path_;
    int descriptor_;
};

// A file that came in a form. It lies on disk as long as somebody holds `stored`.
struct Upload {
    std::string field;  // the form field
    std::string name;   // what the sender calls the file: cleaned, without folders; maybe empty
    std::string type;   // what the sender says it is; not to be believed
    std::shared_ptr<const TemporaryFile> stored;
    std::uint64_t size = 0;
    const std::filesystem::path& path() const { return stored->path(); }
};

struct Request {
    Method method = Method::get;
    std::string target;  // as sent: /cohorts?year=2017
    std::string path;    // /cohorts
    Fields parameters;   // of the route's pattern: id of /cohorts/:id
    Fields query;        // decoded, checked to be UTF-8, cleaned line by line
    Fields form;         // likewise, from a form body
    Fields headers;      // names in lower case
    Fields cookies;
    std::vector<Upload> uploads;
    std::string body;     // unless it was a form
    std::string client;   // address, "127.0.0.1"
    bool secure = false;  // came over TLS

    // The first value of that name, empty when there is none.
    std::string_view header(std::string_view lower_case_name) const {
        return value_of(headers, lower_case_name);
    }
    std::string_view cookie(std::string_view name) const { return value_of(cookies, name); }
    std::string_view parameter(std::string_view name) const { return value_of(parameters, name); }
    std::string_view asked(std::string_view name) const { return value_of(query, name); }  // ?name=
    std::string_view sent(std::string_view name) const { return value_of(form, name); }    // a form's field
    const Upload* upload(std::string_view field) const;  // none when no file was chosen
    // A field exactly as typed, neither normalised nor trimmed: for passwords.
    std::string_view secret(std::string_view name) const { return value_of(form_as_typed, name); }

    Fields form_as_typed;  // read it through secret()
};

// A body that is read from disk while it is sent.
struct FileBody {
    std::filesystem::path path;
    std::uint64_t size = 0;
    std::shared_ptr<const TemporaryFile> stored;  // when the file goes with the response
};

struct Response {
    int status = 200;
    std::string type = "text/html; charset=utf-8";  // of the content; empty: none is said
    std::string body;
    Fields headers = {};
    std::string_view constant = {};     // instead of body: bytes that live as long as the program
    std::optional<FileBody> file = {};  // instead of body

    Response& with(std::string name, std::string value) & {
        headers.push_back({std::move(name), std::move(value)});
        return *this;
    }
    Response&& with(std::string name, std::string value) && {
        headers.push_back({std::move(name), std::move(value)});
        return std::move(*this);
    }
};

Response text(int status, std::string body);  // text/plain
// 303 See Other: the browser goes there with GET. `where` is a path of this site.
Response redirect(std::string where);
// A file to be saved under a name of any letters.
Response download(FileBody file, std::string_view name, std::string type);
Response download(std::string bytes, std::string_view name, std::string type);
inline Response download(std::shared_ptr<const TemporaryFile> file, std::string_view name, std::string type) {
    return download(FileBody{file->path(), std::filesystem::file_size(file->path()), file}, name,
                    std::move(type));
}

// The value of a Set-Cookie header: HttpOnly, SameSite=Lax, Path=/. With `seconds` 0 the
// cookie goes with the browser session, with less it is deleted.
struct Cookie {
    std::string name, value;
    std::int64_t seconds = 0;
    bool secure = false;  // only over TLS: what request.secure says
};
std::string to_text(const Cookie& cookie);

// The words of a status: "Not Found".
std::string_view reason_of(int status);

}  // namespace tiendo::http
