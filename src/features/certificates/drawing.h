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
// From the store, judged. Refusals as papers::Template::read.
Outcome<papers::Template> drawing_of(const files::Store& store, const std::string& digest);

// https://…/check/CODE#signed-facts
std::string text_of_code(const Certificate& certificate, const signing::PrivateKey& key);
// Why a paper cannot be drawn: a text longer than the drawing bears. Asked before a number is given; only
// who has a longer text than the drawing was judged with is tried.
std::optional<Refusal> undrawable(const papers::Template& drawing, const Certificate& draft);
// A text as long as that of a long certificate, for a preview.
std::string sample_text_of_code();
// The key that signs now; made when there is none.
signing::PrivateKey signing_key(db::Database& database, Instant at);
// The pages of these, in their order. Throws when a drawing cannot bear what it must show.
void draw_pages(const std::function<papers::Template(const Certificate&)>& drawing,
                std::span<const Certificate> certificates, const signing::PrivateKey& key,
                const papers::Sink& sink, const std::function<void(std::int64_t drawn)>& progress);

}  // namespace tiendo::certificates
