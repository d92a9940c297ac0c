// Papers filled in from a template that an office draws itself (an SVG, as Inkscape saves it) and
// written as PDF: fonts embedded, text selectable, the same bytes for the same input.
//
// In the drawing:
//   {{name}}   in a text: the value of that field. Typed in one go, in one style.
//   qr         a rectangle with that id or label: the QR code of the value "qr" takes its place.
//   fit name   a rectangle labelled "fit full_name" (or with the id fit-full_name): the text that
//              holds {{full_name}} stays as narrow as it. It is drawn smaller, down to 70 %, then in two
//              lines. A text may say so itself: data-fit="200" (in units of the page's viewBox),
//              data-fit-smallest="70" (per cent).
//   with name  whatever is labelled "with serial" (or has the id with-serial) is drawn only when that
//              field has a value: a heading that would stand over nothing.
//   without name  the same, only when that field has no value.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/outcome.h"

namespace tiendo::papers {

// What the program can put on a paper.
struct Field {
    std::string name;       // [a-z0-9_]+; "qr" is the text of the code
    bool required = false;  // a template without it is refused
    std::string longest;    // what it looks like at its longest; the template must bear it
};

// By field; a field without one is drawn as nothing. Lines are not broken: no control characters.
using Values = std::map<std::string, std::string, std::less<>>;

// What a template may hold. The page of a certificate is at most A3.
struct Limits {
    std::size_t bytes = 8'000'000;             // of the file
    std::size_t elements = 20'000;             // drawn, copies by <use> counted one by one
    std::size_t picture_bytes = 4'000'000;     // of all pictures, decoded from base64
    std::int64_t picture_pixels = 20'000'000;  // of all pictures
    int smallest_page_mm = 40, longest_page_mm = 420;
};

// A template that was judged and may be filled in. Cheap to copy; safe to use from several threads.
class Template {
 public:
    // Everything that is wrong with it, at most 20 refusals. `field` of each is the place ("12,
    // <image>") and is also {0}; see locales/*/papers.toml for all of them.
    //   papers.too_large {1} found, {2} allowed, MB       papers.damaged {1} what the parser says
    //   papers.not_svg                                    papers.doctype
    //   papers.script, papers.event_attribute {1}         papers.foreign_object, papers.animation
    //   papers.element_unknown {1}                        papers.filter, papers.flowed_text
    //   papers.external {1} what it points at             papers.style_sheet {1} what is not allowed in it
    //   papers.page_size {1} found, {2} expected          papers.too_many_elements {1} found, {2} allowed
    //   papers.picture_kind {1}  papers.picture_bytes {1} {2}  papers.picture_pixels {1} {2}
    //   papers.field_unknown {1} name, {2} nearest, {3} all of them   papers.field_broken {1} text
    //   papers.field_missing {1} name                     papers.no_qr, papers.qr_too_small {1} {2}
    //   papers.font_missing {1} family, {2} nearest       papers.font_unnamed, papers.font_letters {1} {2}
    //   papers.longest_too_long {1} field {2} text        papers.not_drawn {1} what librsvg says
    static Outcome<Template> read(std::string_view svg, std::span<const Field> fields,
                                  const Limits& limits = {});

    int width_mm() const;
    int height_mm() const;
    // Those fields that the drawing shows, in the order of their names.
    const std::vector<std::string>& fields() const;
    // Every field at its longest, for a preview.
    Values longest() const;
    // Why a page with these values could not be drawn, as PdfWriter::add refuses it; found by asking the
    // fonts, and without drawing for all but the widest texts. Empty: it can be drawn.
    Refusals complaints_about(const Values& values) const;

    struct Content;  // private to this part
    const Content& content() const { return *content_; }

 private:
    explicit Template(std::shared_ptr<const Content> content) : content_(std::move(content)) {}
    std::shared_ptr<const Content> content_;
};

struct Description {
    std::string title, author, subject;
    std::string created;  // 2017-06-20T01:00:00Z, as to_text(Instant) writes it: part of the bytes
};

// Takes the bytes of a file as they come; may throw.
using Sink = std::function<void(std::string_view)>;

// One PDF, page by page; memory does not grow with its pages. Not for two threads at once.
class PdfWriter {
 public:
    PdfWriter(Sink sink, const Description& description);
    PdfWriter(const PdfWriter&) = delete;
    ~PdfWriter();  // without finish() the bytes so far are no PDF

    // A refused page is not in the PDF; the others are. Refusals, with the field's name in `field` and {0}:
    //   papers.value_letter {0} field, {1} letter, {2} font: the font has no such letter
    //   papers.value_too_long {0} field, {1} the text: does not fit even at its smallest
    //   papers.qr_too_dense {0} found, {1} smallest module in hundredths of a millimetre
    Outcome<Done> add(const Template& paper, const Values& values);
    int pages() const;
    void finish();  // throws what the sink threw

 private:
    struct State;
    std::unique_ptr<State> state_;
};

// One page. Refusals as PdfWriter::add.
Outcome<std::string> pdf_of(const Template& paper, const Values& values, const Description& description);
// For a screen: so many pixels wide, 64 to 4,000, white behind.
Outcome<std::string> png_of(const Template& paper, const Values& values, int width_pixels);

}  // namespace tiendo::papers
