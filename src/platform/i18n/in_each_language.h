// An argument of a text that reads otherwise in each language: what a rule asks, what a house calls a thing.
// Who says it need not know who reads.
#pragma once
#include <string>
#include <string_view>

#include "platform/i18n/i18n.h"

namespace tiendo::i18n {

// No text from outside holds it: control characters are cleaned away.
inline constexpr char between_languages = '\x1f';

inline std::string in_each_language(std::string_view vi, std::string_view en) {
    return std::string(vi) + between_languages + std::string(en);
}

}  // namespace tiendo::i18n
