#include "platform/auth/password.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <new>
#include <set>
#include <vector>

#include "base/embedded.h"
#include "base/text.h"
#include "platform/auth/cryptography.h"
#include "platform/auth/token.h"

extern "C" const tiendo::EmbeddedEntry embedded_passwords[];

namespace tiendo::auth {
namespace {

thread_local std::int64_t hashes = 0;

// Words that stand in any training centre's passwords, without marks or blanks.
constexpr std::array<std::string_view, 20> trade_words = {
    "tiendo",   "matkhau",  "password", "quantri", "admin",     "administrator", "trungtam",
    "daotao",   "boiduong", "chinhtri", "hocvien", "giangvien", "giamdoc",       "truongphong",
    "nhanvien", "vanphong", "phonghoc", "lophoc",  "dangbo",    "training"};

// A name this short is in many good passwords by chance.
constexpr std::size_t least_name_length = 4;
// What must be left of a password when names are taken out of it.
constexpr std::size_t least_length_beside_names = 8;
constexpr std::size_t least_different_characters = 5;

// The digests of most_used_passwords.txt.
const std::vector<std::string_view>& most_used_digests() {
    static const std::vector<std::string_view> list = [] {
        std::vector<std::string_view> lines = split(files_of(embedded_passwords).front().bytes, '\n');
        std::erase_if(lines, [](std::string_view line) { return line.empty() || line.front() == '#'; });
        std::sort(lines.begin(), lines.end());
        return lines;
    }();
    return list;
}

bool is_most_used(std::string_view password) {
    const auto& digests = most_used_digests();
    const std::string digest = hex_of(digest_of(lower_ascii(password))).substr(0, digests.front().size());
    return std::binary_search(digests.begin(), digests.end(), std::string_view(digest));
}

std::size_t different_characters(std::string_view text) {
    std::set<std::string_view> characters;
    for (std::size_t begin = 0, end = 0; begin < text.size(); begin = end) {
        for (end = begin + 1; end < text.size() && (text[end] & 0xC0) == 0x80;) ++end;
        characters.insert(text.substr(begin, end - begin));
    }
    return characters.size();
}

// Letters and digits alone, without marks: "Nguyễn Văn An" and "nguyenvanan" are one name.
std::string bare(std::string_view text) {
    std::string letters = fold(text);
    std::erase(letters, ' ');
    return letters;
}

// The name that a password leans on; empty when it stands on its own.
std::string leaned_on(std::string_view password, std::span<const std::string> names) {
    std::vector<std::string> words(trade_words.begin(), trade_words.end());
    for (const std::string& name : names)
        if (const std::string word = bare(name); word.size() >= least_name_length) words.push_back(word);
    // The longest first, so that "trungtam" is not taken out of the middle of the centre's name.
    std::sort(words.begin(), words.end(),
              [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
    std::string rest = bare(password);
    std::string found;
    for (const std::string& word : words)
        for (std::size_t at = rest.find(word); at != std::string::npos; at = rest.find(word)) {
            rest.erase(at, word.size());
            if (found.empty()) found = word;
        }
    return rest.size() < least_length_beside_names ? found : std::string();
}

}  // namespace

std::string hash_of(std::string_view password) {
    prepare_cryptography();
    ++hashes;
    const std::string typed = nfc(password);
    std::string hash(crypto_pwhash_STRBYTES, '\0');
    if (crypto_pwhash_str_alg(hash.data(), typed.data(), typed.size(), password_cost.passes,
                              password_cost.bytes, crypto_pwhash_ALG_ARGON2ID13) != 0)
        throw std::bad_alloc();
    hash.resize(hash.find('\0'));
    return hash;
}

bool matches(std::string_view password, const std::optional<std::string>& hash) {
    prepare_cryptography();
    ++hashes;
    // Nothing longer was ever accepted; a megabyte need not be normalised to know that.
    const bool possible = password.size() <= 4 * 3 * most_password_length;
    const std::string typed = possible ? nfc(password) : std::string();
    if (hash && possible) {
        errno = 0;
        if (crypto_pwhash_str_verify(hash->c_str(), typed.data(), typed.size()) == 0) return true;
        // A machine out of memory has not seen a wrong password.
        if (errno == ENOMEM) throw std::bad_alloc();
        return false;
    }
    static constexpr std::array<unsigned char, crypto_pwhash_SALTBYTES> salt_of_nobody{};
    std::array<unsigned char, 32> thrown_away;
    if (crypto_pwhash(thrown_away.data(), thrown_away.size(), typed.data(), typed.size(),
                      salt_of_nobody.data(), password_cost.passes, password_cost.bytes,
                      crypto_pwhash_ALG_ARGON2ID13) != 0)
        throw std::bad_alloc();
    return false;
}

bool is_outdated(const std::string& hash) {
    return crypto_pwhash_str_needs_rehash(hash.c_str(), password_cost.passes, password_cost.bytes) != 0;
}

std::int64_t hashes_made() { return hashes; }

Refusals weaknesses_of(std::string_view password, std::span<const std::string> names) {
    const std::string typed = nfc(password);
    const std::size_t length = length_of(typed);
    const auto refuse = [](std::string_view message, std::vector<std::string> arguments = {}) {
        return Refusals{{"password", std::string(message), std::move(arguments)}};
    };
    if (length < least_password_length)
        return refuse("password.too_short", {std::to_string(length), std::to_string(least_password_length)});
    if (length > most_password_length)
        return refuse("password.too_long", {std::to_string(length), std::to_string(most_password_length)});
    if (different_characters(typed) < least_different_characters) return refuse("password.repetitive");
    if (is_most_used(typed)) return refuse("password.most_used");
    if (const std::string name = leaned_on(typed, names); !name.empty())
        return refuse("password.names", {name});
    return {};
}

}  // namespace tiendo::auth
