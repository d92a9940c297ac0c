// A drawing as librsvg has read it: measured, and drawn onto a surface of cairo.
#pragma once
#include <memory>
#include <string>
#include <string_view>

struct _cairo;  // cairo_t

namespace tiendo::papers {

struct Box {
    double left = 0, top = 0, width = 0, height = 0;
    double right() const { return left + width; }
    double bottom() const { return top + height; }
};

class Picture {
 public:
    // Throws NotDrawn. Nothing outside the text is read, whatever it points at.
    explicit Picture(std::string_view svg);
    // What the element of that id covers with ink, when the page is `page` large.
    Box ink_of(const std::string& id, const Box& page) const;
    // So that the page covers `page`.
    void draw(_cairo* onto, const Box& page) const;

 private:
    std::shared_ptr<void> handle_;
};

// What librsvg has against a drawing.
struct NotDrawn {
    std::string why;
};

}  // namespace tiendo::papers
