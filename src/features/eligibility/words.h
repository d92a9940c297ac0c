// Conditions, and what they saw, in the reader's words; private to this feature.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "features/eligibility/eligibility.h"

namespace tiendo::eligibility {

// Who reads, and how the programmes are called that conditions name by their codes.
struct Reader {
    const i18n::Texts& texts;
    i18n::Language language;
    std::map<std::string, std::string> programmes = {};

    std::string text(std::string_view key, std::initializer_list<std::string> arguments = {}) const {
        return texts.text(language, key, arguments);
    }
};
std::map<std::string, std::string> programme_names(db::Read& tx);

// "chuyên viên"; a word that nobody has named stands as it is.
std::string word_text(const Reader& reader, std::string_view set, std::string_view word);
// "từ 30 tuổi trở lên, hoặc (nữ và từ 28 tuổi trở lên)"
std::string in_words(const Reader& reader, const Condition& condition);
// "chuyên viên từ 01/03/2014 (3 năm); Phó Trưởng phòng (cấp phòng)"
std::string in_words(const Reader& reader, const std::vector<Seen>& seen);
const std::string& message_of(const Rule& rule, i18n::Language language);

}  // namespace tiendo::eligibility
