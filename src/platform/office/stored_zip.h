// A zip of parts without compression, for the fuzzers: what they vary are the parts.
#pragma once
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace tiendo::office {

inline std::uint32_t checksum(const std::string& bytes) {
    std::uint32_t sum = 0xffff'ffff;
    for (const char c : bytes) {
        sum ^= static_cast<unsigned char>(c);
        for (int bit = 0; bit < 8; ++bit) sum = sum >> 1 ^ (0xedb8'8320 & (0 - (sum & 1)));
    }
    return ~sum;
}

inline std::string stored_zip(const std::vector<std::pair<std::string, std::string>>& parts) {
    std::string bytes, directory;
    const auto put = [](std::string& to, std::size_t value, int length) {
        for (int i = 0; i < length; ++i) to += static_cast<char>(value >> (8 * i) & 0xff);
    };
    for (const auto& [name, content] : parts) {
        std::string about;  // what both records say: version, flags, method, time, sums, lengths
        put(about, 20, 2), put(about, 0, 2), put(about, 0, 2), put(about, 0x2100'0000, 4);
        put(about, checksum(content), 4), put(about, content.size(), 4), put(about, content.size(), 4);
        put(about, name.size(), 2), put(about, 0, 2);
        directory += "PK\1\2", put(directory, 20, 2), directory += about;
        put(directory, 0, 2), put(directory, 0, 2), put(directory, 0, 2), put(directory, 0, 4),
            put(directory, bytes.size(), 4);
        directory += name;
        bytes += "PK\3\4" + about + name + content;
    }
    const std::size_t start = bytes.size();
    bytes += directory + "PK\5\6";
    put(bytes, 0, 4), put(bytes, parts.size(), 2), put(bytes, parts.size(), 2);
    put(bytes, directory.size(), 4), put(bytes, start, 4), put(bytes, 0, 2);
    return bytes;
}

}  // namespace tiendo::office
