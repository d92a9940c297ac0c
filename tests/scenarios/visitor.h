// One character of the cast at a browser: cookies kept, the last page remembered.
#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "html.h"

namespace scenario {

struct Answer {
    int status = 0;
    std::vector<std::pair<std::string, std::string>> headers;  // names in lower case
    std::string body;

    std::string header(const std::string& name) const;  // empty when absent
    bool is_html() const { return header("content-type").rfind("text/html", 0) == 0; }
    bool is_workbook() const { return header("content-type").find("spreadsheetml") != std::string::npos; }
};

class Visitor {
 public:
    Visitor();
    ~Visitor();
    Visitor(Visitor&&) noexcept;

    // Requests to a path of the server at `origin`; redirects are answers, not followed.
    // Throws std::runtime_error when no answer comes.
    const Answer& get(const std::string& origin, const std::string& path);
    // Sends a form the way a browser does: the hidden fields of that form on the last page
    // seen go with it. A value "@name" uploads the file of that name in the folder.
    const Answer& post(const std::string& origin, const std::string& path, const Fields& fields,
                       const std::filesystem::path& folder);
    // The last request once more, as a nervous finger or a retrying proxy sends it.
    const Answer& again();

    // Opens the one-time link in a text ("http://…/sign-in/…"), chooses a password where one is
    // asked for, and goes on to the first page. Throws std::runtime_error when that is refused.
    void sign_in(const std::string& origin, const std::string& text_with_link);

    const Answer& last() const;
    const Answer& last_page() const;  // the last answer that was HTML

 private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace scenario
