// A header that leans on what somebody else included before it; see house.headers_selftest.
#pragma once
inline std::string forgotten() { return "#include <string>"; }
