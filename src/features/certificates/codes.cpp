#include "features/certificates/codes.h"

#include "platform/auth/token.h"

namespace tiendo::certificates {
namespace {

constexpr std::string_view symbols = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
constexpr std::size_t drawn = 12, group = 4;
static_assert(symbols.size() == 31);

char check_of(std::string_view code) {
    std::size_t sum = 0;
    for (std::size_t i = 0; i < drawn; ++i) sum += (i + 1) * symbols.find(code[i]);
    return symbols[sum % symbols.size()];
}

std::string written(std::string_view code) {
    std::string text;
    for (std::size_t i = 0; i < code.size(); ++i) {
        if (i > 0 && i % group == 0) text += '-';
        text += code[i];
    }
    return text;
}

}  // namespace

std::string make_code() {
    // The largest multiple of 31 below 256: a byte beyond it would favour some symbols.
    constexpr unsigned fair = 256 / symbols.size() * symbols.size();
    std::string code;
    while (code.size() < drawn)
        for (const char byte : auth::digest_of(auth::new_token())) {
            const auto chance = static_cast<unsigned char>(byte);
            if (chance < fair && code.size() < drawn) code += symbols[chance % symbols.size()];
        }
    return written(code + check_of(code));
}

std::optional<std::string> read_code(std::string_view typed) {
    std::string code;
    for (const char letter : typed) {
        if (letter == '-' || letter == ' ') continue;
        const char upper = letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
        if (symbols.find(upper) == symbols.npos || code.size() > drawn) return std::nullopt;
        code += upper;
    }
    if (code.size() != drawn + 1 || check_of(code) != code.back()) return std::nullopt;
    return written(code);
}

}  // namespace tiendo::certificates
