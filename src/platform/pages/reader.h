// What a request asks or sends, read as what it should be; what was wrong with it is kept.
//
//   pages::Reader sent = pages::Reader::of_body(visit);
//   const auto opened_on = sent.required_day("opened_on");
//   if (sent.refused()) return sent.refusals();
#pragma once
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "base/date.h"
#include "base/outcome.h"
#include "platform/http/http.h"
#include "platform/web/web.h"

namespace tiendo::pages {

class Reader {
 public:
    // The offset is that of moments which say none.
    Reader(http::Fields fields, Offset offset) : fields_(std::move(fields)), offset_(offset) {}
    // The query of the address.
    static Reader of_query(const web::Visit& visit);
    // The fields of a form, or the members of a JSON object: a program may send either. What is
    // neither is refused with "form.no_object".
    static Reader of_body(const web::Visit& visit);

    // Whether it was sent at all, perhaps empty.
    bool names(std::string_view name) const;
    // Each is none when nothing was said, and none with a refusal when it cannot be that.
    std::string text(std::string_view name) const;
    // Whether the name was sent at all, be it with nothing.
    bool says(std::string_view name) const { return http::has(fields_, name); }
    std::optional<Date> day(std::string_view name);  // 2017-06-16 or 16/6/2017; form.no_day
    std::optional<Instant> moment(
        std::string_view name);  // with an offset, or at the centre's; form.no_moment
    std::optional<std::int64_t> count(std::string_view name);  // 0 or more; form.no_count
    std::optional<int> year(std::string_view name);            // form.no_year
    // One of the words given; form.no_such_choice, which lists them.
    std::optional<std::string> choice(std::string_view name, std::initializer_list<std::string_view> words);

    // The same, with form.required when nothing was said.
    std::string required_text(std::string_view name);
    std::optional<Date> required_day(std::string_view name);
    std::optional<std::int64_t> required_count(std::string_view name);
    std::optional<std::string> required_choice(std::string_view name,
                                               std::initializer_list<std::string_view> words);

    void refuse(std::string_view name, std::string_view message, std::vector<std::string> arguments = {});
    bool refused() const { return !refusals_.empty(); }
    const Refusals& refusals() const { return refusals_; }

 private:
    bool says_nothing(std::string_view name);

    http::Fields fields_;
    Offset offset_;
    Refusals refusals_;
};

}  // namespace tiendo::pages
