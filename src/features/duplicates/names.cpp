#include "features/duplicates/names.h"

#include <algorithm>

#include "base/text.h"

namespace tiendo::duplicates {
namespace {

using Words = std::vector<std::string_view>;

bool is_plain(std::string_view word) {
    return std::all_of(word.begin(), word.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Two names that fold to the same: what became of the marks.
std::vector<Reason> compare_marks(const std::string& one, const std::string& other) {
    if (one == other) return {Reason::same_name};
    const std::string first = lower(one), second = lower(other);
    if (first == second) return {Reason::same_name};
    if (sort_key(first) == sort_key(second)) return {Reason::same_name, Reason::tone_placement};
    const Words a = split(first, ' '), b = split(second, ' ');
    if (a.size() != b.size()) return {Reason::same_name};  // only dots and hyphens between words differ
    bool one_lacks_them = true;
    for (std::size_t i = 0; i < a.size(); ++i)
        one_lacks_them = one_lacks_them && (a[i] == b[i] || is_plain(a[i]) || is_plain(b[i]) ||
                                            sort_key(a[i]) == sort_key(b[i]));
    return {Reason::same_name, one_lacks_them ? Reason::diacritics_missing : Reason::marks_differ};
}

// "nguyen v an" and "nguyen van an": the given name whole in both.
bool abbreviates(const Words& a, const Words& b) {
    if (a.size() != b.size() || a.size() < 2 || a.back() != b.back()) return false;
    for (std::size_t i = 0; i + 1 < a.size(); ++i) {
        const bool letter = a[i].size() == 1 || b[i].size() == 1;
        if (a[i] != b[i] && !(letter && a[i].front() == b[i].front())) return false;
    }
    return true;
}

bool is_within(const Words& few, const Words& many) {
    std::size_t met = 0;
    for (const std::string_view word : many)
        if (met < few.size() && few[met] == word) ++met;
    return met == few.size();
}

bool lacks_a_middle_name(const Words& a, const Words& b) {
    const Words& few = a.size() < b.size() ? a : b;
    const Words& many = a.size() < b.size() ? b : a;
    return few.size() >= 2 && few.size() < many.size() && few.front() == many.front() &&
           few.back() == many.back() && is_within(few, many);
}

}  // namespace

std::vector<Reason> compare_names(const std::string& one, const std::string& other) {
    const std::string first = fold(one), second = fold(other);
    if (first == second) return compare_marks(one, other);
    if (sorted_words(first) == sorted_words(second)) return {Reason::same_name, Reason::name_order};
    const Words a = split(first, ' '), b = split(second, ' ');
    if (abbreviates(a, b)) return {Reason::initials};
    if (lacks_a_middle_name(a, b)) return {Reason::middle_name_missing};
    constexpr std::size_t long_enough = 8;  // one letter of "le an" makes it another name
    if (std::min(first.size(), second.size()) >= long_enough && one_slip_apart(first, second))
        return {Reason::name_misspelt};
    return {Reason::names_differ};
}

std::string sorted_words(std::string_view folded) {
    Words words = split(folded, ' ');
    std::sort(words.begin(), words.end());
    std::string text;
    text.reserve(folded.size());
    for (const std::string_view word : words) {
        if (!text.empty()) text += ' ';
        text += word;
    }
    return text;
}

Initials initials_of(std::string_view folded) {
    Initials initials;
    const Words words = split(folded, ' ');
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i].empty()) continue;
        initials.letters += words[i].front();
        initials.abbreviated = initials.abbreviated || (i + 1 < words.size() && words[i].size() == 1);
    }
    return initials;
}

bool one_slip_apart(std::string_view one, std::string_view other) {
    if (one.size() > other.size()) std::swap(one, other);
    if (other.size() - one.size() > 1) return false;
    std::size_t begin = 0;
    while (begin < one.size() && one[begin] == other[begin]) ++begin;
    std::string_view rest = one.substr(begin), other_rest = other.substr(begin);
    while (!rest.empty() && rest.back() == other_rest.back()) {
        rest.remove_suffix(1);
        other_rest.remove_suffix(1);
    }
    if (rest.size() + other_rest.size() == 1) return true;
    if (rest.size() == 1 && other_rest.size() == 1) return true;
    return rest.size() == 2 && other_rest.size() == 2 && rest[0] == other_rest[1] && rest[1] == other_rest[0];
}

}  // namespace tiendo::duplicates
