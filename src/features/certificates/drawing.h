// The papers: drawings, their fields, and the pages of an issue; private to this feature.
#pragma once
#include "features/certificates/issuing.h"
#include "platform/papers/papers.h"
#include "platform/signing/signing.h"

namespace tiendo::certificates {

// What a drawing may show. `required`: what makes it a certificate that can be told from others.
std::span<const papers::Field> fields();
// The drawing that comes with the program.
std::string_view own_drawing();
// From the store, judged; what was judged once is known until the program ends. Refusals as
// papers::Template::read.
Outcome<papers::Template> drawing_of(const files::Store& store, const std::string& digest);

// https://…/check/CODE#signed-facts; the signed facts alone when the address is none that papers may carry.
std::string text_of_code(const Certificate& certificate, const signing::PrivateKey& key);
// A text as long as that of a long certificate, for a preview.
std::string sample_text_of_code();
// Why papers cannot be drawn, asked before a number is given: letters that a font lacks, a text too wide, a
// code too dense. What only the number brings is foretold at its longest.
class Foretelling {
 public:
    Foretelling(papers::Template drawing, const Setting& setting);
    Refusals operator()(Certificate draft);

 private:
    papers::Template drawing_;
    const Setting& setting_;
    signing::PrivateKey key_ = signing::PrivateKey::generate();
    std::size_t code_bears_ = 0;  // a text of so many bytes was tried
};
// The key that signs now; made when there is none.
signing::PrivateKey signing_key(db::Database& database, Instant at);
// The pages of these, in their order; refused with the first that its drawing cannot bear, by its number in
// the book, and why.
Outcome<Done> draw_pages(const std::function<papers::Template(const Certificate&)>& drawing,
                         std::span<const Certificate> certificates, const signing::PrivateKey& key,
                         const papers::Sink& sink, const std::function<void(std::int64_t drawn)>& progress);

}  // namespace tiendo::certificates
