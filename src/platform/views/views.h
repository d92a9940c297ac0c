// Pages from mustache templates and a tree of plain values.
//
// Values stay raw (552, "87.5", "2017-06-16"); the template says how they are written:
//
//   {{name}}                                 escaped, once
//   {{#number}}{{learners}}{{/number}}       1.350
//   {{#percent}}{{progress}}{{/percent}}     73,6 %
//   {{#date}}{{opens_on}}{{/date}}           16/06/2017; of "2017-06" 06/2017
//   {{#moment}}{{recorded_at}}{{/moment}}    20/06/2017 08:00
//   {{#t}}plan.title{{/t}}                   a text of locales/
//   {{#t}}plan.progress|{{#number}}{{opened}}{{/number}}|{{planned}}{{/t}}
//                                            with arguments, separated by |
//   {{#t}}cohort.state.{{state}}{{/t}}       a key made of a value
//   {{>paging}}                              another view, here: plan/paging in plan/board, else
//                                            web/paging, which all share; or a whole name
//
// The five sections are reserved: a presenter does not name a list or object so. An empty
// value stays empty in them. Sections {{#x}} {{^x}} see null, false, an empty text and an empty
// list as nothing; a 0 is a number like any other. {{{x}}} writes markup as it is and is
// allowed only for names that end in _html or _svg, which our own code fills, and for
// {{{content}}} in a layout.
//
// Kainjow's mustache parses; rendering is ours, over its tree. Its own would copy every value
// into its data and parse a lambda's section and every partial again at each use: a page of
// 100 rows with three formats took 356 µs with it and takes 95 here, both with building the
// values. And over a tree of our own the names that a page's sample does not have can be listed.
#pragma once
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/embedded.h"
#include "base/value.h"
#include "platform/i18n/i18n.h"

namespace tiendo::views {

struct Template;  // parsed; views.cpp

struct Locale {
    i18n::Language language = i18n::Language::vi;
    Offset offset = {};
};

class Views {
 public:
    // Files named "plan/views/board.html" or "features/plan/views/board.html" are the view
    // "plan/board". Throws std::runtime_error with file and line on a template that cannot be
    // parsed, a partial that is not there, a circle of partials.
    Views(const std::vector<EmbeddedFile>& files, const i18n::Texts& texts);
    ~Views();
    Views(Views&&) noexcept;

    // The view over the value; what the value lacks is looked for in `frame`.
    // Throws std::logic_error when there is no such view.
    std::string render(std::string_view view, const Value& value, Locale locale,
                       const Value& frame = Value()) const;
    // The same inside a layout, which has it as {{{content}}} and sees the same values:
    // {{title}} is the page's own.
    std::string render_in(std::string_view layout, std::string_view view, const Value& value, Locale locale,
                          const Value& frame = Value()) const;

    bool has(std::string_view view) const;
    std::vector<std::string> names() const;
    // The keys of {{#t}} sections that are plain text, for a test that all have a text.
    std::vector<std::string> text_keys(std::string_view view) const;

    // The names a template (with its partials) refers to and the sample does not have, each
    // "name, line N". A page's test gives a sample with every list filled, every optional
    // value present, and asks for none: mustache itself is silent about a missing name. An empty
    // list is listed as "lines (empty)" because what is in it cannot be held against anything.
    // A null value counts as there. csrf and language are always there.
    std::vector<std::string> names_missing(std::string_view view, const Value& sample,
                                           const Value& frame = Value()) const;

 private:
    const Template& require(std::string_view view) const;
    const i18n::Texts& texts_;
    std::map<std::string, std::unique_ptr<Template>, std::less<>> templates_;
};

// <, >, &, " and ' made harmless, in text and in quoted attributes.
std::string escape(std::string_view text);

}  // namespace tiendo::views
