// What pages, JSON and the command line say of certificates; private to this feature.
#pragma once
#include "features/certificates/certificates_store.h"
#include "platform/pages/forms.h"
#include "platform/web/web.h"

namespace tiendo::certificates {

// valid, expired, replaced or revoked on that day.
std::string_view state_on(const Line& line, Date day);
std::string_view state_on(const Certificate& certificate, Date day);
Value to_value(const Line& line, Date today);
Value to_value(const Event& event, const web::Visit& visit, std::span<const Ground> grounds);
Value to_value(const IssueState& issue, std::int64_t drawn);
// With "act": the form by which it is mended, of those on the page of the certificate.
Value to_value(const Groundless& one);
Value to_value(const Series& series);
Value to_value(const Authority& authority);
Value to_value(const BlankRange& range);
// {"value","text","current"} of every ground in force, in the reader's language.
Value grounds_value(const std::vector<Ground>& grounds, i18n::Language language, std::string_view current);
// {"value","current"} of words.
Value choices(std::span<const std::string_view> words, std::string_view current);
// Why each was refused, in the reader's language: [{"person","reason"}].
Value refused_value(const std::vector<Refused>& refused, const i18n::Texts& texts, i18n::Language language);

}  // namespace tiendo::certificates
