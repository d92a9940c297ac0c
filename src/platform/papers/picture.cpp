#include "platform/papers/picture.h"

#include <librsvg/rsvg.h>

namespace tiendo::papers {
namespace {

// Owns what a failing call says.
class Trouble {
 public:
    Trouble() = default;
    Trouble(const Trouble&) = delete;
    ~Trouble() { g_clear_error(&error_); }
    GError** out() { return &error_; }
    [[noreturn]] void raise() const { throw NotDrawn{error_ ? error_->message : "librsvg gives no reason"}; }

 private:
    GError* error_ = nullptr;
};

RsvgHandle* handle(const std::shared_ptr<void>& held) { return static_cast<RsvgHandle*>(held.get()); }
RsvgRectangle rectangle(const Box& box) { return {box.left, box.top, box.width, box.height}; }

}  // namespace

Picture::Picture(std::string_view svg) {
    Trouble trouble;
    RsvgHandle* made =
        rsvg_handle_new_from_data(reinterpret_cast<const guint8*>(svg.data()), svg.size(), trouble.out());
    if (!made) trouble.raise();
    handle_ = std::shared_ptr<void>(made, [](void* held) { g_object_unref(held); });
    rsvg_handle_set_dpi(made, 96);
}

Box Picture::ink_of(const std::string& id, const Box& page) const {
    Trouble trouble;
    const RsvgRectangle viewport = rectangle(page);
    RsvgRectangle ink{}, logical{};
    if (!rsvg_handle_get_geometry_for_layer(handle(handle_), ("#" + id).c_str(), &viewport, &ink, &logical,
                                            trouble.out()))
        trouble.raise();
    return {ink.x, ink.y, ink.width, ink.height};
}

void Picture::draw(_cairo* onto, const Box& page) const {
    Trouble trouble;
    const RsvgRectangle viewport = rectangle(page);
    if (!rsvg_handle_render_document(handle(handle_), onto, &viewport, trouble.out())) trouble.raise();
}

}  // namespace tiendo::papers
