#include "platform/http/incoming.h"

#include <unistd.h>

#include <algorithm>
#include <boost/beast/http/basic_parser.hpp>
#include <cerrno>
#include <limits>
#include <optional>
#include <system_error>
#include <utility>

#include "base/text.h"
#include "platform/http/form.h"
#include "platform/http/multipart.h"

namespace tiendo::http {
namespace {

namespace beast = boost::beast;

// Files one form may bring.
constexpr std::size_t most_uploads = 20;

// Fields into memory, files onto disk.
class FormSink : public PartSink {
 public:
    FormSink(Request& request, BodyLimits limits) : request_(request), limits_(std::move(limits)) {}

    int refusal() const { return refusal_; }

    bool begin(Part part) override {
        if (!is_utf8(part.field) || (part.file_name && !is_utf8(*part.file_name))) return false;
        file_ = {};
        if (!part.file_name) {
            request_.form_as_typed.push_back({std::move(part.field), ""});
            return true;
        }
        upload_ = Upload{std::move(part.field), clean(*part.file_name), std::move(part.type), nullptr, 0};
        // Browsers send a nameless, empty file for a field in which nobody chose one.
        if (upload_.name.empty()) {
            expects_nothing_ = true;
            return true;
        }
        if (!limits_.uploads) return refuse(415);
        if (request_.uploads.size() == most_uploads) return refuse(413);
        file_ = std::make_shared<TemporaryFile>(limits_.upload_folder);
        return true;
    }

    bool data(std::string_view bytes) override {
        if (expects_nothing_) return refuse(limits_.uploads ? 400 : 415);
        if (!file_) {
            field_bytes_ += bytes.size();
            if (field_bytes_ > std::uint64_t{1} << 20) return refuse(413);
            request_.form_as_typed.back().value += bytes;
            return true;
        }
        upload_.size += bytes.size();
        while (!bytes.empty()) {
            const auto written = ::write(file_->descriptor(), bytes.data(), bytes.size());
            if (written < 0 && errno == EINTR) continue;
            if (written < 0) return refuse(507);
            bytes.remove_prefix(static_cast<std::size_t>(written));
        }
        return true;
    }

    bool end() override {
        expects_nothing_ = false;
        if (!file_) return true;
        upload_.stored = std::move(file_);
        request_.uploads.push_back(std::move(upload_));
        return true;
    }

 private:
    bool refuse(int status) {
        refusal_ = status;
        return false;
    }

    Request& request_;
    BodyLimits limits_;
    std::shared_ptr<TemporaryFile> file_;
    Upload upload_;
    bool expects_nothing_ = false;
    std::uint64_t field_bytes_ = 0;
    int refusal_ = 400;
};

std::string_view view(beast::string_view text) { return {text.data(), text.size()}; }

std::string media_type_of(std::string_view content_type) {
    return clean(lower_ascii(content_type.substr(0, content_type.find(';'))));
}

}  // namespace

struct Incoming::Inside : public beast::http::basic_parser<true> {
    explicit Inside(std::size_t limit) : most_header_bytes(limit) {
        header_limit(static_cast<std::uint32_t>(limit));
        body_limit(std::numeric_limits<std::uint64_t>::max());  // counted here, against the route's
    }

    std::size_t most_header_bytes;
    int version = 0;
    std::size_t header_bytes = 0;
    State state = State::head;
    int status = 400;
    Request request;
    BodyLimits limits;
    std::uint64_t body_bytes = 0;
    bool head_checked = false;
    bool waits = false;
    std::unique_ptr<FormSink> sink;
    std::optional<Multipart> multipart;

    void refuse(int why) {
        status = why;
        state = State::refused;
    }

    // --- what Beast calls ---------------------------------------------------------------

    void on_request_impl(beast::http::verb, beast::string_view method, beast::string_view target,
                         int http_version, beast::error_code&) override {
        version = http_version;
        request.method = tiendo::http::parse_method(view(method));
        request.target = view(target);
    }
    void on_response_impl(int, beast::string_view, int, beast::error_code&) override {}
    void on_field_impl(beast::http::field, beast::string_view name, beast::string_view value,
                       beast::error_code&) override {
        // Fields after a chunked body would come behind the checks of those before it.
        if (!head_checked) request.headers.push_back({lower_ascii(view(name)), std::string(view(value))});
    }
    void on_header_impl(beast::error_code&) override {}
    void on_body_init_impl(const boost::optional<std::uint64_t>&, beast::error_code&) override {}
    std::size_t on_body_impl(beast::string_view bytes, beast::error_code& error) override {
        return take_body(view(bytes), error);
    }
    void on_chunk_header_impl(std::uint64_t, beast::string_view, beast::error_code&) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view bytes,
                                   beast::error_code& error) override {
        return take_body(view(bytes), error);
    }
    void on_finish_impl(beast::error_code&) override {}

    // ------------------------------------------------------------------------------------

    std::size_t take_body(std::string_view bytes, beast::error_code& error) {
        body_bytes += bytes.size();
        if (body_bytes > limits.bytes) {
            refuse(413);
        } else if (multipart) {
            if (!multipart->take(bytes)) refuse(sink->refusal());
        } else {
            request.body += bytes;
        }
        if (state == State::refused) error = beast::http::error::body_limit;
        return bytes.size();
    }

    std::size_t count_of(std::string_view name) const {
        return static_cast<std::size_t>(
            std::count_if(request.headers.begin(), request.headers.end(),
                          [&](const Field& field) { return field.name == name; }));
    }

    // What the grammar allows and we do not: anything two programs could read differently.
    int fault_of_head() {
        if (count_of("host") != 1 || request.header("host").empty()) return 400;
        if (count_of("content-length") > 1 || count_of("content-type") > 1) return 400;
        const std::string_view length = request.header("content-length");
        if (length.find_first_not_of("0123456789") != std::string_view::npos) return 400;
        if (const auto codings = count_of("transfer-encoding"); codings > 0) {
            if (codings > 1 || lower_ascii(request.header("transfer-encoding")) != "chunked") return 400;
            if (has(request.headers, "content-length") || version == 10) return 400;
        }
        if (has(request.headers, "content-encoding")) return 415;
        if (const std::string_view expected = request.header("expect"); !expected.empty()) {
            if (lower_ascii(expected) != "100-continue") return 417;
            waits = true;
        }
        const std::string_view target = request.target;
        const std::size_t mark = std::min(target.find('?'), target.size());
        auto path = parse_path(target.substr(0, mark));
        if (!path || target.find('#') != std::string_view::npos) return 400;
        auto query = parse_form(target.substr(std::min(mark + 1, target.size())));
        if (!query) return 400;
        request.path = std::move(*path);
        request.query = cleaned(*query);
        for (const Field& field : request.headers)
            if (field.name == "cookie")
                for (Field& cookie : parse_cookies(field.value)) request.cookies.push_back(std::move(cookie));
        return 0;
    }

    std::size_t take_head(std::string_view bytes) {
        beast::error_code error;
        const std::size_t used = put(boost::asio::const_buffer(bytes.data(), bytes.size()), error);
        header_bytes += used;
        if (error && error != beast::http::error::need_more) {
            refuse(error == beast::http::error::header_limit ? 431 : 400);
        } else if (is_header_done()) {
            head_checked = true;
            if (const int fault = fault_of_head(); fault != 0)
                refuse(fault);
            else
                state = is_done() ? State::done : State::body;
        } else if (header_bytes + (bytes.size() - used) > most_header_bytes) {
            refuse(431);
        }
        return used;
    }

    std::size_t take_some_body(std::string_view bytes) {
        std::size_t used = 0;
        while (state == State::body && used < bytes.size()) {
            const std::string_view rest = bytes.substr(used);
            // Beast asserts five bytes where a last chunk may begin ("0", line end, line end);
            // no chunked body ends in fewer, so they can be waited for.
            if (chunked() && rest.size() < 5) break;
            beast::error_code error;
            const std::size_t step = put(boost::asio::const_buffer(rest.data(), rest.size()), error);
            used += step;
            if (error == beast::http::error::need_more) {
                // The line before a chunk, or the fields after the last, have an end too.
                if (rest.size() - step > most_header_bytes) refuse(400);
                break;
            }
            if (error && state != State::refused) refuse(400);
            if (!error && is_done()) state = State::done;
        }
        return used;
    }
};

Incoming::Incoming(std::size_t header_limit) : inside_(std::make_unique<Inside>(header_limit)) {}
Incoming::~Incoming() = default;
Incoming::Incoming(Incoming&&) noexcept = default;
Incoming& Incoming::operator=(Incoming&&) noexcept = default;

Incoming::State Incoming::state() const { return inside_->state; }
int Incoming::status() const { return inside_->status; }
bool Incoming::begun() const { return inside_->got_some(); }
Request& Incoming::request() { return inside_->request; }
bool Incoming::awaits_continue() const { return inside_->waits; }
bool Incoming::keeps_alive() const { return inside_->head_checked && inside_->keep_alive(); }

std::size_t Incoming::take(std::string_view bytes) {
    if (inside_->state == State::head) {
        std::size_t used = 0;
        while (inside_->state == State::head && used < bytes.size()) {
            const std::size_t step = inside_->take_head(bytes.substr(used));
            used += step;
            if (step == 0) break;
        }
        return used;
    }
    return inside_->state == State::body ? inside_->take_some_body(bytes) : 0;
}

void Incoming::expect(const BodyLimits& limits) {
    inside_->limits = limits;
    if (const auto length = inside_->content_length(); length && *length > limits.bytes) {
        inside_->refuse(413);
        return;
    }
    Request& request = inside_->request;
    if (media_type_of(request.header("content-type")) != "multipart/form-data") return;
    const auto boundary = boundary_of(request.header("content-type"));
    if (!boundary) {
        inside_->refuse(400);
        return;
    }
    inside_->sink = std::make_unique<FormSink>(request, limits);
    inside_->multipart.emplace(*boundary, *inside_->sink);
}

bool Incoming::finish() {
    Request& request = inside_->request;
    bool good = true;
    if (inside_->multipart) {
        good =
            inside_->multipart->complete() &&
            std::all_of(request.form_as_typed.begin(), request.form_as_typed.end(), [](const Field& field) {
                return is_utf8(field.value) && field.value.find('\0') == std::string::npos;
            });
    } else if (media_type_of(request.header("content-type")) == "application/x-www-form-urlencoded") {
        auto fields = parse_form(request.body);
        good = fields.has_value();
        if (fields) request.form_as_typed = std::move(*fields);
        request.body.clear();
    }
    if (good)
        request.form = cleaned(request.form_as_typed);
    else
        inside_->refuse(400);
    return good;
}

}  // namespace tiendo::http
