// Addresses of this site, with what they ask encoded.
#pragma once
#include <initializer_list>
#include <string>
#include <string_view>

#include "platform/http/http.h"

namespace tiendo::pages {

struct Asked {
    std::string_view name;
    std::string value;
};

// "/figures?measure=cohorts_opened&year=2017"; what has no value is left out.
std::string address(std::string_view path, std::initializer_list<Asked> query);

// The address of this page with some of its query changed; an empty value takes the name out.
std::string here(const http::Request& request, std::initializer_list<Asked> changes);

}  // namespace tiendo::pages
